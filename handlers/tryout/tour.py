"""The story of one quarter in a terminal: real events through the real turn, and what is answered, drawn."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from rich.console import Console, RenderableType

from bot.actions import Action, unpack
from bot.address import Address
from bot.cards import Button, Buttons, Card, Copy, Look, Text, dump, load
from bot.language import Reader, Sentence
from bot.people import Handle
from bot.portal import texts as portal
from bot.portal.delivering import board, page_of
from bot.portal.door import SURFACE
from bot.replies import Answer
from bot.surface import TakeTurn
from handlers.checkins import actions, rules
from handlers.events import actions as events
from handlers.events import after_actions as after
from handlers.invite import actions as invite
from handlers.invite import texts as invite_texts
from handlers.nudges import actions as nudges
from handlers.roster import actions as roster
from handlers.tryout import evening, gathered, pitched, sealed, terminal, texts
from handlers.tryout.people import Starring, starring
from handlers.tryout.player import OffScript, Player, button_of, card_of, form_of, found, player
from handlers.tryout.roster import BERLIN, NEWSLETTER, sample
from handlers.welcome import actions as welcome
from storage import communities
from storage.communities import Community
from storage.doors import StoredDoors
from storage.engine import Database
from storage.notebook import StoredNotebook
from storage.people import People, Role
from storage.uploads import StoredUploads
from storage.work import Work

A = TypeVar("A", bound=Action)
Forward = Callable[[timedelta], Awaitable[list[str]]]
QUARTER, DAY = timedelta(days=91), timedelta(days=1)
PATIENCE = 40  # days until a monthly digest has come for certain
PAGES = 20  # of a digest
PAUSE_S = 2.5
LOOK_S, LOOKS = 0.2, 600  # how often one looks whether long work is done: two minutes for what takes a second
CODE = re.compile(r"/i/([A-Z0-9-]+)")  # in the address of an invitation
BROWSER = "python app.py demo"


async def play(
    console: Console, database: Database, take_turn: TakeTurn, forward: Forward, language: str, *, quick: bool
) -> None:
    """Play it to its end; pauses only where somebody watches.  Raises OffScript when no seeded community is there."""
    community = (await database.look(communities.all_of))[0]
    cast = await database.look(lambda work: starring(work, community.id))
    tour = _Tour(
        console=console,
        database=database,
        take_turn=take_turn,
        forward=forward,
        community=community,
        reader=Reader(language, community.zone),
        pause_s=PAUSE_S if console.is_terminal and not quick else 0.0,
    )
    await tour.play(cast)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tour:
    console: Console
    database: Database
    take_turn: TakeTurn
    forward: Forward
    community: Community
    reader: Reader
    pause_s: float

    @property
    def notebook(self) -> StoredNotebook:
        """What the portal remembers: letters and the board."""
        return StoredNotebook(self.database, SURFACE)

    async def play(self, cast: Starring) -> None:
        """In Japanese a Japanese reader writes and an English one is glad; in English the other way round."""
        member, english, secretary = (
            player(who, self.take_turn) for who in (cast.member, cast.english, cast.secretary)
        )
        swapped = self.reader.language == cast.english.reader.language
        author, friend = (english, member) if swapped else (member, english)
        count = await self.database.look(lambda work: People(work, self.community.id).count())
        self.console.print(terminal.Flow(self.reader(texts.TITLE, community=self.community.name), "bold"))
        self.console.print(terminal.Flow(self.reader(texts.LEAD, count=count), "dim"))
        if secretary.reader.language != self.reader.language:
            await secretary.asks(f"language {self.reader.language}")
        await self._from_a_file(secretary, cast.secretary.id)
        name, code = await self._is_invited(secretary)
        await self._joins(name, code)
        await self._gathers(author, secretary)
        sums = await secretary.asks("deliveries", admin=True)
        await self._shows(texts.SUMS, sums, name=secretary.name, command="/enishi-admin deliveries")
        await self._shows(texts.HOME, await author.opens_home(), name=author.name)
        news = self.reader(texts.NEWS)
        await self._is_asked(author, news)
        await self._is_read(author, friend, english, news)
        await self._at_the_desk(secretary)
        await self._is_surveyed(author, friend, secretary)
        self.console.print(terminal.Flow(self.reader(texts.END, command=BROWSER), "bold"))

    async def _from_a_file(self, secretary: Player, member: str) -> None:
        """A roster of 600: what would happen to each row, then those who can be taken."""
        file = await StoredUploads(self.database).keep(
            self.community.id, member, self.reader(portal.DEMO_ROSTER_FILE), sample()
        )
        form = form_of(await secretary.asks("import", admin=True))
        dry = await self._done(secretary, await secretary.submits(form, roster.Take, file=file), roster.Confirm)
        await self._shows(texts.FILE, dry, name=secretary.name, command="/enishi-admin import")
        confirm = button_of(dry, roster.Confirm)
        await self._done(secretary, await secretary.presses(confirm, roster.Confirm), roster.Undo)
        self._says(texts.IMPORTED, name=secretary.name, label=confirm.label)

    async def _is_invited(self, secretary: Player) -> tuple[str, str]:
        """A wave, a second person's yes, and the first draft: whom it is for, and the code of its link."""
        waves = card_of(await secretary.asks("wave", admin=True))
        form = form_of(await secretary.presses(button_of(waves, invite.Pick), invite.Pick))
        tag = BERLIN if self.reader.language == "en" else NEWSLETTER
        wave = card_of(await secretary.submits(form, invite.Picked, tag=tag))
        await self._shows(texts.WAVE, wave, name=secretary.name, tag=tag, command="/enishi-admin wave")
        asked = unpack({invite.StopWave.name: invite.StopWave}, button_of(wave, invite.StopWave).press)
        owner = await self.database.look(lambda work: People(work, self.community.id).with_role(Role.OWNER)[0])
        other = player(owner, self.take_turn)
        looks = card_of(await other.does(invite.Wave.model_validate(asked.model_dump()), other.inbox))
        await other.presses(button_of(looks, invite.ApproveWave), invite.ApproveWave)
        self._says(texts.APPROVED, name=other.name, label=self.reader(invite_texts.APPROVE))
        draft = card_of(await secretary.does(invite.Drafts(), secretary.inbox))
        await self._shows(texts.DRAFT, draft, name=secretary.name)
        sent = button_of(draft, invite.Ticked)
        await secretary.presses(sent, invite.Ticked)
        self._says(texts.SENT, name=secretary.name, label=sent.label)
        name = next(piece.text for piece in draft.pieces if isinstance(piece, Text) and piece.look is Look.HEADING)
        letter = next(piece.text for piece in draft.pieces if isinstance(piece, Copy))
        if link := CODE.search(letter):
            return name, link[1]
        raise OffScript(letter)

    async def _joins(self, name: str, code: str) -> None:
        """Whoever was invited opens the link, reads what is kept, joins, gets a first letter, and wants no second."""
        newcomer = Player(await self._guest(code), name, self.reader, self.take_turn)
        hello = await newcomer.opens_home()
        await self._shows(texts.INVITED, hello, name=name)
        opens = button_of(card_of(hello), welcome.Join)
        form = form_of(await newcomer.presses(opens, welcome.Join))
        await self._shows(texts.PRESS, form, name=name, label=opens.label)
        joined = await newcomer.submits(form, welcome.Enter, called=name, years="2018")
        await self._shows(texts.JOINED, joined, name=name)
        members = await self.database.look(lambda work: People(work, self.community.id).all())
        member = player(next(one for one in members if one.name == name), self.take_turn)
        letter = await self._next(member.inbox, welcome.Choose)
        await self._shows(texts.FIRST_LETTER, letter, name=name, day=await self._today())
        purpose = button_of(letter, welcome.Choose)
        await self._shows(texts.PRESS, await member.presses(purpose, welcome.Choose), name=name, label=purpose.label)
        stop = button_of(letter, nudges.Stop)
        await self._shows(texts.ENOUGH, await member.presses(stop, nudges.Stop), name=name, label=stop.label)
        await self._shows(texts.WHY, await member.asks("nudges"), name=name, command="/enishi nudges")

    async def _gathers(self, member: Player, secretary: Player) -> None:
        """An evening of two parts that is full, until the day after it; then what is set up for a pitch evening."""
        found = await self.database.look(lambda work: evening.of(work, self.community.id, evening.TITLE))
        if found is None:
            raise OffScript(evening.TITLE["en"])
        now = partial(self.database.look, _now)
        await gathered.play(
            gathered.Evening(self._shows, self.forward, now, found.starts_at),
            member,
            secretary,
        )
        _, letter, _ = await self._letter(secretary, after.Confirm)
        await self._shows(texts.EVENING_AFTER, letter, name=secretary.name)
        await pitched.play(self._shows, partial(self._next, member.inbox, events.See), member, secretary)

    async def _is_asked(self, author: Player, news: str) -> None:
        """The prompt, the form, a mistake, and the answer."""
        await self.forward(QUARTER)
        name, prompt, write = await self._letter(author, actions.Write)
        await self._shows(texts.QUARTER, prompt, name=author.name, day=await self._today())
        form = form_of(await author.presses(write, actions.Write))
        await self._shows(texts.PRESS, form, name=author.name, label=write.label)
        too_long = " ".join([news] * (rules.TEXT_MAX // len(news) + 1))
        form = form_of(await author.submits(form, actions.Tell, text=too_long))
        await self._shows(texts.LONG, form, name=author.name)
        told = await author.submits(form, actions.Tell, text=news)
        await self.notebook.write(self.community.id, page_of(author.inbox), name, dump(card_of(told)))
        await self._shows(texts.SHORT, told, name=author.name)

    async def _is_read(self, author: Player, friend: Player, english: Player, news: str) -> None:
        """The digest, a reaction, and the one letter about it."""
        room = board(self.community.id)
        digest = await self._next(room)
        await self._shows(texts.DIGEST, digest, day=await self._today())
        page, _ = await self._looks_for(english, news, digest, room)
        await self._shows(texts.READ, page, name=english.name)
        _, cheer = await self._looks_for(friend, news, digest, room)
        cheered = await friend.presses(cheer, actions.Cheer)
        await self._shows(texts.PRESS, cheered, name=friend.name, label=cheer.label)
        letter = await self._next(author.inbox)
        await self._shows(texts.THANKS, letter, name=author.name, day=await self._today())

    async def _at_the_desk(self, secretary: Player) -> None:
        """Settings and the preview."""
        desk = await secretary.asks("checkin", admin=True)
        await self._shows(texts.DESK, desk, name=secretary.name, command="/enishi-admin checkin")
        change = button_of(card_of(desk), actions.Desk)
        form = form_of(await secretary.presses(change, actions.Desk))
        await self._shows(texts.PRESS, form, name=secretary.name, label=change.label)
        saved = await secretary.submits(form, actions.Arrange, months="1")
        await self._shows(texts.MONTHLY, saved, name=secretary.name)
        preview = await secretary.presses(button_of(card_of(saved), actions.Preview), actions.Preview)
        await self._shows(texts.PREVIEW, preview, name=secretary.name)

    async def _is_surveyed(self, author: Player, friend: Player, secretary: Player) -> None:
        """A sealed survey, from its first word to a code that is checked."""
        members = await self.database.look(lambda work: People(work, self.community.id).all())
        known = {author.handle, friend.handle, secretary.handle}
        others = [one for one in (player(each, self.take_turn) for each in members) if one.handle not in known]
        telling = sealed.Telling(self._shows, self._says, self.forward, self.reader(texts.SURVEY_WORDS))
        await sealed.play(telling, secretary, [author, friend, *sorted(others, key=lambda one: one.name)])

    # --- looking around --------------------------------------------------------------------------

    async def _letter(self, who: Player, kind: type[Action]) -> tuple[str, Card, Button]:
        """The newest letter with such a button, and its name."""
        for name, text in await self.notebook.leaf(self.community.id, page_of(who.inbox)):
            if button := found(letter := load(text), kind):
                return name, letter, button
        raise OffScript(kind.name)

    async def _next(self, place: Address, kind: type[Action] | None = None) -> Card:
        """Wait, a day at a time, until something new is there; given a kind, something with such a button."""
        page = page_of(place)
        before = {name for name, _ in await self.notebook.leaf(self.community.id, page)}
        for _ in range(PATIENCE):
            await self.forward(DAY)
            for name, text in await self.notebook.leaf(self.community.id, page):
                if name not in before and (kind is None or found(load(text), kind)):
                    return load(text)
        raise OffScript(page)

    async def _looks_for(self, who: Player, news: str, digest: Card, room: Address) -> tuple[Card, Button]:
        """The page of a digest that has these words, in the reader's own language, and the button to be glad."""
        answer = await who.presses(button_of(digest, actions.Read, last=True), actions.Read, room)
        for _ in range(PAGES):
            page = card_of(answer)
            for quote, row in zip(page.pieces, page.pieces[1:], strict=False):
                if quote == Text(news, Look.QUOTE) and isinstance(row, Buttons):
                    return page, button_of(Card("", (row,)), actions.Cheer)
            answer = await who.presses(button_of(page, actions.Read), actions.Read)
        raise OffScript(news)

    async def _done(self, who: Player, answer: Answer, kind: type[Action]) -> Card:
        """What long work ends with: a card with such a button."""
        for _ in range(LOOKS):
            if found(shown := card_of(answer), kind):
                return shown
            await asyncio.sleep(LOOK_S)
            answer = await who.does(roster.Look(), who.inbox)
        raise OffScript(kind.name)

    async def _guest(self, code: str) -> Handle:
        """Who has just opened the link with this code.  Raises OffScript."""
        doors = StoredDoors(self.database)
        visitor = await doors.inside(await doors.invited(code, "") or "")
        if visitor is None:
            raise OffScript(code)
        return Handle(SURFACE, visitor.community, visitor.member)

    async def _today(self) -> str:
        now: datetime = await self.database.look(_now)
        return self.reader.long_day(self.reader.local(now).date())

    async def _shows(self, said: Sentence, shown: Answer | Card, **values: object) -> None:
        drawn: RenderableType = terminal.card(shown) if isinstance(shown, Card) else terminal.answer(shown, self.reader)
        self._says(said, **values)
        self.console.print(drawn)
        await asyncio.sleep(self.pause_s)

    def _says(self, said: Sentence, **values: object) -> None:
        self.console.print()
        self.console.print(terminal.Flow(f"▸ {self.reader(said, **values)}", "bold cyan"))


def _now(work: Work) -> datetime:
    return work.now
