"""A made-up member who acts by real events, as the portal would send them."""

from dataclasses import dataclass

from bot.actions import Action, unpack
from bot.address import Address
from bot.cards import Button, Card, Choices
from bot.events import Asked, OpenedHome, Pressed, Submitted
from bot.language import Reader
from bot.people import Handle, Sighting
from bot.replies import Answer, Form, Silence
from bot.surface import TakeTurn
from storage import ids
from storage.doors import portal_handle
from storage.people import Member


class OffScript(LookupError):
    """The community did not answer as the story has it."""


@dataclass(frozen=True, slots=True)
class Player:
    """A member who acts, or somebody who came in by a link and has not joined."""

    handle: Handle
    name: str
    reader: Reader
    take_turn: TakeTurn

    @property
    def inbox(self) -> Address:
        return Address.direct(self.handle)

    @property
    def _seen(self) -> Sighting:
        return Sighting(self.handle, language=self.reader.language)

    async def opens_home(self) -> Answer:
        return await self.take_turn(OpenedHome(who=self._seen, where=self.inbox))

    async def asks(self, words: str, *, admin: bool = False) -> Answer:
        return await self.take_turn(Asked(who=self._seen, where=self.inbox, key=ids.fresh(), words=words, admin=admin))

    async def presses(self, button: Button, kind: type[Action], where: Address | None = None) -> Answer:
        return await self.does(unpack({kind.name: kind}, button.press), where or self.inbox)

    async def does(self, action: Action, where: Address) -> Answer:
        return await self.take_turn(Pressed(who=self._seen, where=where, key=ids.fresh(), action=action))

    async def submits(self, form: Form, kind: type[Action], **typed: str | tuple[str, ...]) -> Answer:
        values = {field.name: field.values if isinstance(field, Choices) else field.value for field in form.fields}
        action = unpack({kind.name: kind}, form.submit, {**values, **typed})
        return await self.take_turn(Submitted(who=self._seen, where=self.inbox, key=ids.fresh(), action=action))


def player(member: Member, take_turn: TakeTurn) -> Player:
    """A member, on the portal."""
    return Player(portal_handle(member.community.id, member.id), member.name, member.reader, take_turn)


def card_of(answer: Answer) -> Card:
    """The card of an answer that is one.  Raises OffScript."""
    if isinstance(answer, Form | Silence):
        raise OffScript(type(answer).__name__)
    return answer.card


def form_of(answer: Answer) -> Form:
    """An answer that is a form.  Raises OffScript."""
    if not isinstance(answer, Form):
        raise OffScript(type(answer).__name__)
    return answer


def found(card: Card, kind: type[Action], *, last: bool = False) -> Button | None:
    """The first (or last) button that presses this kind of action."""
    buttons = [
        button for button in card.buttons if isinstance(button, Button) and button.press.split(" ")[0] == kind.name
    ]
    return buttons[-1 if last else 0] if buttons else None


def button_of(card: Card, kind: type[Action], *, last: bool = False) -> Button:
    """The same, which must be there.  Raises OffScript."""
    if button := found(card, kind, last=last):
        return button
    raise OffScript(kind.name)
