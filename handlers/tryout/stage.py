"""The try-out behind the portal's bar: act as anybody, and let time pass (`bot.portal.tryout.Tryout`)."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.language import Reader
from bot.portal.tryout import Player
from bot.surface import TakeTurn
from handlers import features
from handlers.tryout import neighbours, texts
from handlers.tryout.people import STARRING, starring
from handlers.tryout.roster import sample
from handlers.turn import turns
from storage import communities
from storage.clock import MovableClock
from storage.doors import Doors
from storage.engine import Database
from storage.outbox import Outbox, State
from storage.people import People
from storage.work import Work

Tick = Callable[[], Awaitable[object]]
LOOKS = (time(0, 30), time(17, 45))  # late in a working day here, and in Europe: somebody may still be written to
STAYS = timedelta(days=3650)  # a session outlives every move of the clock
AT_ONCE = 1000


def stops(now: datetime, by: timedelta, zone: str) -> Iterator[datetime]:
    """`LOOKS` of this zone until `now + by`, and that moment itself: where a clock stops that lives every day."""
    end = now + by
    here = ZoneInfo(zone)
    first = now.astimezone(here).date()
    days = (first + timedelta(days=number) for number in range(by.days + 2))
    yield from (at for day in days for look in LOOKS if now < (at := datetime.combine(day, look, here)) < end)
    yield end


class DemoTryout:
    """One browser or terminal, one community, one clock."""

    def __init__(self, clock: MovableClock) -> None:
        self._clock = clock
        self._acting = ""
        self._played: set[str] = set()  # whom somebody has acted as: they answer for themselves
        self._one_move = asyncio.Lock()
        self._database: Database
        self._tick: Tick
        self._take_turn: TakeTurn

    def play(self, database: Database, tick: Tick) -> None:
        """Begin: the seeded database, and what plans and sends once."""
        self._database, self._tick = database, tick
        self._take_turn = turns(database, features.house(features.router()))

    async def people(self) -> Sequence[Player]:
        """Everybody, whom one is shown first at the top."""

        def everybody(work: Work) -> list[Player]:
            found = [
                (member.id, where.id, member.name, str(member.role))
                for where in communities.all_of(work)
                for member in People(work, where.id).all()
            ]
            return sorted(found, key=lambda player: (_place(player[2]), player[2]))

        return await self._database.look(everybody)

    async def become(self, member_id: str, community: str) -> str:
        """The token of a new session; it lasts however far the clock is moved."""
        self._acting = member_id
        self._played.add(member_id)

        def begin(work: Work) -> str:
            later = Work(work.connection, work.keys, MovableClock(self._clock.offset + STAYS))
            return Doors(later, community).begin(member_id)

        return await self._database.tx(begin)

    async def speak(self, member_id: str, community: str, language: str) -> None:
        """Set a member's own language."""
        self._acting = member_id
        await self._database.tx(lambda work: People(work, community).speak(member_id, language))

    def now(self) -> datetime:
        """The demo's time, aware."""
        return self._clock.now()

    def roster(self) -> bytes:
        """A made-up roster to bring in, as CSV."""
        return sample()

    async def forward(self, by: timedelta) -> list[str]:
        """Live through every day until then; one line for each kind of message that was delivered."""
        async with self._one_move:
            where = (await self._database.look(communities.all_of))[0]
            before = await self._database.look(lambda work: self._delivered(work, where.id))
            still = await self._themselves(where.id)
            for stop in list(stops(self.now(), by, where.zone)):
                since = self.now()
                self._clock.forward(max(timedelta(), stop - since))
                await self._tick()
                await neighbours.answer(self._database, self._take_turn, where.id, since, still)
            after = await self._database.look(lambda work: self._delivered(work, where.id))
            reader = await self._database.look(lambda work: self._reader(work, where))
            return _lines(after - before, reader)

    async def _themselves(self, community: str) -> set[str]:
        """Who is left alone: whom one is shown first, and whom somebody has acted as."""
        cast = await self._database.look(lambda work: starring(work, community))
        return {cast.member.id, cast.english.id, cast.secretary.id, *self._played}

    def _delivered(self, work: Work, community: str) -> Counter[str]:
        """How many messages of each kind have been sent, and under "" those to whom one acts as."""
        outbox = Outbox(work, community)
        counts = Counter({kind: outbox.counts(kind=kind).get(State.SENT, 0) for kind in features.drawers()})
        if self._acting:
            counts[""] = len(outbox.last(self._acting, AT_ONCE, state=State.SENT))
        return counts

    def _reader(self, work: Work, where: communities.Community) -> Reader:
        member = People(work, where.id).get(self._acting) if self._acting else None
        return member.reader if member else Reader(where.language, where.zone)


def _place(name: str) -> int:
    return STARRING.index(name) if name in STARRING else len(STARRING)


def _lines(brought: Counter[str], reader: Reader) -> list[str]:
    lines = [
        reader(texts.BROUGHT.get(kind, texts.BROUGHT_ELSE), count=count)
        for kind, count in brought.items()
        if kind and count
    ]
    if yours := brought[""]:
        lines.append(reader(texts.BROUGHT_YOU, count=yours))
    return lines or [reader(texts.BROUGHT_NOTHING)]
