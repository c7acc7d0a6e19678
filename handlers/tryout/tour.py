"""The story of one quarter in a terminal: real events through the real turn, and what is answered, drawn."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from rich.console import Console, RenderableType

from bot.actions import Action
from bot.address import Address
from bot.cards import Button, Buttons, Card, Look, Text, dump, load
from bot.language import Reader, Sentence
from bot.people import Handle
from bot.portal.delivering import board, page_of
from bot.portal.door import SURFACE
from bot.replies import Answer
from bot.surface import TakeTurn
from handlers.checkins import actions, rules
from handlers.tryout import terminal, texts
from handlers.tryout.people import Starring, starring
from handlers.tryout.player import OffScript, Player, button_of, card_of, form_of, found, player
from handlers.welcome import actions as welcome
from storage import communities, ids
from storage.communities import Community
from storage.engine import Database
from storage.invitations import Invitations, Kind, State
from storage.notebook import StoredNotebook
from storage.people import People
from storage.work import Work

A = TypeVar("A", bound=Action)
Forward = Callable[[timedelta], Awaitable[list[str]]]
QUARTER, DAY = timedelta(days=91), timedelta(days=1)
PATIENCE = 40  # days until a monthly digest has come for certain
PAGES = 20  # of a digest
PAUSE_S = 2.5
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
        await self._joins()
        await self._shows(texts.HOME, await author.opens_home(), name=author.name)
        news = self.reader(texts.NEWS)
        await self._is_asked(author, news)
        await self._is_read(author, friend, english, news)
        await self._at_the_desk(secretary)
        self.console.print(terminal.Flow(self.reader(texts.END, command=BROWSER), "bold"))

    async def _joins(self) -> None:
        """Somebody new comes by a link, reads what is kept, joins, and gets a first letter."""
        name = self.reader(texts.NEWCOMER)
        guest = await self.database.tx(lambda work: _invited(work, self.community.id, self.reader.language))
        newcomer = Player(guest, name, self.reader, self.take_turn)
        hello = await newcomer.opens_home()
        await self._shows(texts.INVITED, hello, name=name)
        opens = button_of(card_of(hello), welcome.Join)
        form = form_of(await newcomer.presses(opens, welcome.Join))
        await self._shows(texts.PRESS, form, name=name, label=opens.label)
        joined = await newcomer.submits(form, welcome.Enter, called=name, years="2018")
        await self._shows(texts.JOINED, joined, name=name)
        members = await self.database.look(lambda work: People(work, self.community.id).all())
        member = player(next(one for one in members if one.name == name), self.take_turn)
        letter = await self._next(member.inbox)
        await self._shows(texts.FIRST_LETTER, letter, name=name, day=await self._today())
        purpose = button_of(letter, welcome.Choose)
        await self._shows(texts.PRESS, await member.presses(purpose, welcome.Choose), name=name, label=purpose.label)

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
        if secretary.reader.language != self.reader.language:
            await secretary.asks(f"language {self.reader.language}")
        desk = await secretary.asks("checkin", admin=True)
        await self._shows(texts.DESK, desk, name=secretary.name, command="/enishi-admin checkin")
        change = button_of(card_of(desk), actions.Desk)
        form = form_of(await secretary.presses(change, actions.Desk))
        await self._shows(texts.PRESS, form, name=secretary.name, label=change.label)
        saved = await secretary.submits(form, actions.Arrange, months="1")
        await self._shows(texts.MONTHLY, saved, name=secretary.name)
        preview = await secretary.presses(button_of(card_of(saved), actions.Preview), actions.Preview)
        await self._shows(texts.PREVIEW, preview, name=secretary.name)

    # --- looking around --------------------------------------------------------------------------

    async def _letter(self, who: Player, kind: type[Action]) -> tuple[str, Card, Button]:
        """The newest letter with such a button, and its name."""
        for name, text in await self.notebook.leaf(self.community.id, page_of(who.inbox)):
            if button := found(letter := load(text), kind):
                return name, letter, button
        raise OffScript(kind.name)

    async def _next(self, place: Address) -> Card:
        """Wait, a day at a time, until something new is there."""
        page = page_of(place)
        before = {name for name, _ in await self.notebook.leaf(self.community.id, page)}
        for _ in range(PATIENCE):
            await self.forward(DAY)
            for name, text in await self.notebook.leaf(self.community.id, page):
                if name not in before:
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


def _invited(work: Work, community: str, language: str) -> Handle:
    """The guest who has just opened an invitation."""
    links, today = Invitations(work, community), work.now.date()
    last_day = today + timedelta(days=30)
    link = links.add(Kind.PERSONAL, State.PLANNED, "", language=language, last_day=last_day)
    links.open(link, today, last_day)
    return Handle(SURFACE, community, links.sit(link, work.keys.tag("session", ids.fresh())))
