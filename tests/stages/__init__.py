"""What a story needs of a surface: people who act by name, through the surface's own dispatcher, and what they see."""

from dataclasses import dataclass, field
from typing import Protocol

from bot.address import Address
from bot.people import Handle
from bot.surface import Surface


@dataclass(frozen=True)
class Shown:
    """What a person has before their eyes, as text: a card, a form or a page."""

    text: str  # all visible text, line by line, without buttons
    buttons: tuple[str, ...] = ()  # labels, in order
    fields: dict[str, str] = field(default_factory=dict)  # of a form: name -> label
    values: dict[str, str] = field(default_factory=dict)  # of a form: what stands in each field ("true"/"" for a tick)
    errors: dict[str, str] = field(default_factory=dict)  # of a form: name -> sentence
    is_form: bool = False
    links: dict[str, str] = field(default_factory=dict)  # addresses by label

    def __contains__(self, words: str) -> bool:
        return words in self.text


NOTHING = Shown("")
Typed = str | bool | tuple[str, ...]
"""What is put into a field: words, a tick, or the values of several that are chosen."""


class Person(Protocol):
    """Somebody with an account on the surface."""

    name: str

    async def asks(self, words: str, *, admin: bool = False) -> Shown:
        """`/enishi words` (or `/enishi-admin words`); what comes back."""
        ...

    async def presses(self, label: str) -> Shown:
        """The button with this label; what comes back.

        It is looked for on what was shown last, then on the newest message of the inbox, then on the newest message of
        the shared room.  Fails, listing the labels there are, when none has it.
        """
        ...

    async def submits(self, **values: Typed) -> Shown:
        """The form shown last, with these fields changed and the others as they stand.

        What comes back: the form again, with errors, when it was refused.
        """
        ...

    async def opens_home(self) -> Shown:
        """The home page."""
        ...

    async def says(self, text: str) -> Shown:
        """A message to the bot in the one-to-one chat (the portal's command line takes its place there)."""
        ...

    async def inbox(self) -> list[Shown]:
        """Messages the bot sent this person, oldest first, as they look now."""
        ...


class SurfaceStage(Protocol):
    """One surface under a story, on fakes at the edge of its SDK only."""

    tenant: str

    @property
    def surface(self) -> Surface:
        """What the house talks over."""
        ...

    async def open(self) -> None:
        """Start the fakes and the surface."""
        ...

    async def close(self) -> None:
        """Stop them."""
        ...

    def handle(self, name: str, community: str, member_id: str) -> Handle:
        """The account a member has on this surface."""
        ...

    async def person(self, name: str, handle: Handle, *, language: str = "ja") -> Person:
        """Somebody who can act; they need not be a member (only chat surfaces know strangers)."""
        ...

    async def returns(self) -> None:
        """Time has passed: people whose session may have ended come in anew."""
        ...

    @property
    def room(self) -> Address | None:
        """The shared room (a channel), where the surface has one."""
        ...

    async def room_shows(self) -> list[Shown]:
        """The messages of the shared room, oldest first."""
        ...
