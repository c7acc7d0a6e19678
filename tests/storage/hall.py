"""A made-up community with an event, for the tests of what is remembered of events."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from bot.people import Handle
from storage import communities
from storage.clock import MovableClock
from storage.engine import Database
from storage.events import Event, Events
from storage.people import Member, People
from storage.places import Moved
from storage.presets import Level
from storage.programme import Attendee, Details, Part
from storage.seating import Counts
from storage.seats import Answered, Seats
from storage.work import Work

START = datetime(2035, 4, 2, tzinfo=UTC)
R = TypeVar("R")


def part(begins: str = "2035-04-20T18:00", **more: Any) -> Part:
    """Two hours in Tokyo."""
    at = datetime.fromisoformat(begins)
    told = {"starts_local": at, "ends_local": at + timedelta(hours=2), "zone": "Asia/Tokyo", **more}
    return Part.model_validate(told)


def details(**more: Any) -> Details:
    """An event in both languages."""
    return Details.model_validate({"title": {"en": "Lunch", "ja": "ランチ"}, **more})


@dataclass
class Hall:
    """A community, its members, and one event."""

    database: Database
    clock: MovableClock
    community: str
    members: list[str]
    event: str = ""

    @classmethod
    async def settle(cls, database: Database, clock: MovableClock, people: int = 8, hidden: int = 0) -> "Hall":
        """So many members, the last of them hidden."""
        clock.forward(max(START - clock.now(), timedelta()))

        def found(work: Work) -> tuple[str, list[str]]:
            here = communities.found(work, "みなとの縁").id
            folk = People(work, here)
            shown = [Level.MEMBERS] * (people - hidden) + [Level.HIDDEN] * hidden
            members = [folk.welcome({"name": f"Person {n}"}, level=level) for n, level in enumerate(shown)]
            for number, member_id in enumerate(members):
                folk.add_handle(member_id, Handle("slack", "T1", f"U{number:04}"))
            return here, members

        return cls(database, clock, *await database.tx(found))

    async def does(self, deed: Callable[["Desk"], R]) -> R:
        """In a transaction of its own."""
        return await self.database.tx(lambda work: deed(Desk(work, self)))

    async def announces(self, *parts: Part, **more: Any) -> Event:
        """One event is announced."""

        def announce(desk: Desk) -> Event:
            self.event = desk.events.write(details(**more), parts or [part()])
            found = desk.events.announce(self.event)
            assert found
            return found

        return await self.does(announce)

    async def answers(
        self, number: int, *, going: bool = True, guests: int = 0, kind: Attendee | None = None, part: int = 0
    ) -> Answered:
        """One member answers to one part."""
        return await self.does(lambda desk: desk.answers(number, part, going=going, guests=guests, kind=kind))

    async def counts(self, part: int = 0) -> Counts:
        """How many answered what."""
        return await self.does(lambda desk: desk.seats.counts(self.event, desk.part(part)))

    def names(self, moved: Sequence[Moved]) -> list[int]:
        """Which members were moved."""
        return [self.members.index(one.member) for one in moved]


@dataclass
class Desk:
    """The repositories of one transaction."""

    work: Work
    hall: Hall

    @property
    def events(self) -> Events:
        """The repository."""
        return Events(self.work, self.hall.community)

    @property
    def seats(self) -> Seats:
        """The repository."""
        return Seats(self.work, self.hall.community)

    @property
    def event(self) -> Event:
        """The event as it is now."""
        found = self.events.get(self.hall.event)
        assert found
        return found

    def part(self, number: int = 0) -> str:
        """The id of one of its parts."""
        return self.event.parts[number].id

    def member(self, number: int) -> Member:
        """One of the members."""
        found = People(self.work, self.hall.community).get(self.hall.members[number])
        assert found
        return found

    def answers(
        self, number: int, part: int = 0, *, going: bool = True, guests: int = 0, kind: Attendee | None = None
    ) -> Answered:
        """One member answers to one part."""
        return self.seats.answer(self.part(part), self.member(number), going=going, guests=guests, kind=kind)
