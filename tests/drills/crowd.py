"""Several processes answer for one event at once: nobody too many, nobody passed, whatever the order.

`python -m tests.drills.crowd` drills it at full size on PostgreSQL; the tests do the same, small.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.sharedctypes import Synchronized
from typing import Any

from rich.progress import Progress

from bot.surface import Unavailable
from storage import communities, schema
from storage.clock import SystemClock
from storage.engine import Database
from storage.engine import database as open_database
from storage.events import Events, Overfull
from storage.keys import Keys
from storage.people import People
from storage.places import Places
from storage.presets import Level
from storage.programme import Attendee, Details, Part
from storage.seating import Standing, Taken, overfull, seated
from storage.seats import Seats
from storage.work import Work
from tests.benchmarks.town import postgres
from tests.drills.drill import FORKS

AHEAD = timedelta(days=30)
KINDS = (Attendee.ALUMNI, Attendee.STAFF)


@dataclass(frozen=True)
class Crowd:
    """How many there are of each."""

    processes: int = 4
    taps: int = 15  # of each process
    members: int = 24
    capacity: int = 8
    every_s: float = 0.1  # between two looks


@dataclass(frozen=True)
class Where:
    """What a process needs to find the community."""

    url: str
    keys: Keys
    community: str


@dataclass
class Seen:
    """What was seen while they answered, and what stood there at the end."""

    looks: int = 0
    overfull: int = 0  # more seats taken than there are
    idle: int = 0  # a seat free for somebody who waits
    doubled: int = 0  # two with one place in line
    taken: int = 0
    waiting: int = 0
    answers: int = 0

    @property
    def wrong(self) -> int:
        """How often something was not as promised."""
        return self.overfull + self.idle + self.doubled


async def run(crowd: Crowd, url: str, watch: Callable[[int], None] = lambda _: None) -> Seen:
    """Let them answer, look on, and look at what stands there when they are done; `watch` hears of the taps so far."""
    keys, seen = Keys.fresh(), Seen()
    done: Synchronized[int] = FORKS.Value("i", 0)
    database = open_database(url, keys, SystemClock())
    await database.open()
    community, event = await database.tx(lambda work: _announce(work, crowd))
    where = Where(url, keys, community)
    begun = [FORKS.Process(target=answer, args=(where, n, crowd.taps, done)) for n in range(crowd.processes)]
    for process in begun:
        process.start()
    while any(process.is_alive() for process in begun):
        await _look(database, community, event, seen)
        watch(done.value)
        await asyncio.sleep(crowd.every_s)  # looking holds the event, too
    await _look(database, community, event, seen)
    await database.close()
    if any(process.exitcode for process in begun):
        raise RuntimeError("a process ended early")
    return seen


def _announce(work: Work, crowd: Crowd) -> tuple[str, str]:
    here = communities.found(work, "Crowd").id
    people = People(work, here)
    for number in range(crowd.members):
        people.welcome({"name": f"Person {number}"}, level=Level.HIDDEN if number % 3 == 0 else Level.MEMBERS)
    begins = (work.now + AHEAD).replace(tzinfo=None, microsecond=0)
    times: dict[str, Any] = {"starts_local": begins, "ends_local": begins + timedelta(hours=2), "zone": "UTC"}
    parts = [Part(capacity=crowd.capacity, shares={Attendee.STAFF: crowd.capacity // 2}, **times)]
    events = Events(work, here)
    event = events.write(Details(title={"en": "Assembly"}, guests=2), [*parts, Part(capacity=crowd.capacity, **times)])
    events.announce(event)
    return here, event


async def _look(database: Database, community: str, event: str, seen: Seen) -> None:
    """At one moment between two answers."""

    def look(work: Work) -> None:
        places = Places(work, community)
        places.hold(event)
        found = Events(work, community).get(event)
        seen.looks += 1
        seen.taken = seen.waiting = seen.answers = 0
        for part in found.parts if found else ():
            seats, kinds = places.seats(event, part.id), Counter[Attendee]()
            for one in seats:
                kinds[one.kind] += one.size * one.state.holds
            waiting = [one for one in seats if one.state is Standing.WAITING]
            seen.overfull += overfull(part, Taken(kinds))
            seen.idle += bool(seated(part, Taken(kinds), waiting))
            seen.doubled += len({one.line for one in waiting}) < len(waiting)
            seen.taken += kinds.total()
            seen.waiting += len(waiting)
            seen.answers += len(seats)

    await database.tx(look)


def answer(where: Where, number: int, taps: int, done: "Synchronized[int]") -> None:
    """One process: its people come, bring guests, and do not come; now and then it changes the number of seats."""
    dice = random.Random(number)  # noqa: S311 - a story, not a secret
    asyncio.run(_answer(where, dice, taps, done))


async def _answer(where: Where, dice: random.Random, taps: int, done: "Synchronized[int]") -> None:
    community = where.community
    database = open_database(where.url, where.keys, SystemClock())
    members = await database.look(lambda work: People(work, community).all())

    def tap(work: Work) -> None:
        seats = Seats(work, community)
        [event] = Events(work, community).upcoming()
        part = dice.choice(event.parts)
        if dice.random() < 0.1:
            seats.resize(part.id, max(1, (part.capacity or 0) + dice.choice((-2, -1, 1))))
            return
        come = {"going": dice.random() < 0.65, "guests": dice.choice((0, 0, 1, 2)), "kind": dice.choice(KINDS)}
        seats.answer(part.id, dice.choice(members), **come)  # type: ignore[arg-type] # by name

    for _ in range(taps):
        with done.get_lock():
            done.value += 1
        try:
            await database.tx(tap)
        except (Overfull, Unavailable):  # told so, as anybody who taps while the database is too busy
            continue
    await database.close()


def main() -> None:
    """At full size."""
    with postgres() as url:
        if not url:
            print("events, four processes: skipped, there is no PostgreSQL server here")  # noqa: T201 - as below
            return
        schema.migrate(url)
        crowd = Crowd(taps=1000, members=200, capacity=60, every_s=1.0)
        with Progress() as progress:
            task = progress.add_task("answering", total=crowd.processes * crowd.taps)
            seen = asyncio.run(run(crowd, url, lambda taps: progress.update(task, completed=taps)))
    print(f"events, four processes: {seen}")  # noqa: T201 - what it is for
    if seen.wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
