"""One survey from its opening to its close, with copies taken on the way, and what an attack makes of them."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from storage import errands
from storage.clock import MovableClock
from storage.closing import Ended
from storage.engine import Database, Sqlite
from storage.errands import Errand, Look, Scrub
from storage.people import People
from storage.questions import Answer
from storage.surveys import State
from storage.work import Work
from tests.privacy.attack import Attack, Found, Truth
from tests.privacy.lived import Lived
from tests.privacy.looking import Copy, Thief, journal_at, of_postgres, of_sqlite
from tests.privacy.town import TEXTS

EVERY = 6  # submissions between two copies
CHANGED, WITHDRAWN, SILENT = 6, 2, 4  # people who change, withdraw, and never answer
LONGEST = 90  # pairs of letters after a mark


@dataclass
class Story:
    """A survey of a town, as a thief with patience sees it."""

    town: Lived
    thief: Thief
    truth: Truth
    since: str = ""
    copies: list[Copy] = field(default_factory=list)  # before there was a result
    crashed: Copy | None = None  # after it, and before the key was destroyed

    @classmethod
    @asynccontextmanager
    async def told(
        cls, database: Database, clock: MovableClock, n: int = 40, surface: str = "slack", **survey: object
    ) -> AsyncIterator["Story"]:
        """So many will answer, on this surface; the survey is open."""
        since = "" if isinstance(database, Sqlite) else journal_at(database.url)
        town = await Lived.lives(surface, database, clock, n + WITHDRAWN + SILENT)
        keys = database._keys  # type: ignore[attr-defined]  # both kinds keep them so
        try:
            await town.opens(**survey)
            yield cls(town, Thief(keys), Truth([], []), since)
        finally:
            await town.moves_away()

    def copy(self, *, journal: bool = False) -> Copy:
        """What lies there now; with `journal` also what a PostgreSQL server's has held since the beginning."""
        database, since = self.town.database, self.since if journal else ""
        return of_sqlite(database.path) if isinstance(database, Sqlite) else of_postgres(database.url, since)

    async def everybody_answers(self) -> None:
        """In random order, some of them twice, two of them for nothing."""
        chance = secrets.SystemRandom()
        folk = list(range(1, len(self.town.members) - SILENT))
        chance.shuffle(folk)
        folk.append(0)
        turns = [*((who, "final") for who in folk)]
        for who in folk[:CHANGED]:
            turns.insert(chance.randrange(turns.index((who, "final")) + 1), (who, "first"))
        gone = set(folk[-1 - WITHDRAWN : -1])
        longs = [number % LONGEST for number in range(len(turns))]  # as different as they can be
        chance.shuffle(longs)
        for number, (who, how) in enumerate(turns):
            mark = f"mark{secrets.token_hex(6)}"
            text = mark + " 縁" * longs[number]
            await self.town.answers(who, text)
            if how == "first" or who in gone:
                self.truth.forbidden.add(mark)
            else:
                self.truth.marks.append(mark)
                self.truth.people.append(await self._names(who))
            if number % EVERY == EVERY - 1:
                self.copies.append(self.copy())
        for who in gone:
            assert await self.town.withdraws(who) is True
        self.copies.append(self.copy())

    async def _names(self, who: int) -> tuple[str, ...]:
        member_id = self.town.members[who]

        def known(work: Work) -> tuple[str, ...]:
            handles = People(work, self.town.community).handles(member_id)
            return (member_id, *(str(handle) for handle in handles), *(handle.user for handle in handles))

        return await self.town.database.look(known)

    async def closes(self, *, crash: int | None = None) -> None:
        """The last day is over; with `crash`, the process ends before so many steps are done, and begins again."""
        self.town.is_over()
        if crash is not None:
            await ends_early(self.town.database, self.town.closing(), crash)
            copied = self.copy()
            if (await self.town.get()).state is State.CLOSED:
                self.crashed = copied
            else:
                self.copies.append(copied)
        ended = await errands.run(self.town.database, self.town.closing())
        assert isinstance(ended, Ended)
        assert ended.counted == self.truth.n

    def attacked(self, final: Copy, logs: str = "") -> Found:
        """What the thief makes of it all.  Before the crash and the close nothing may be readable."""
        found = Attack(self.thief, self.truth, final, self.copies, logs).run()
        if self.crashed:
            then = Attack(self.thief, self.truth, self.crashed, self.copies).run()
            found.raw.update({f"killed: {name}": p for name, p in then.raw.items()})
            found.readable.extend(then.readable)
        return found


async def ends_early(database: Database, errand: Errand[object], steps: int) -> bool:
    """Do so many steps of an errand and no more, as when a process is killed.  Whether it had more."""
    found: object = None
    for _ in range(steps):
        try:
            step = errand.send(found)
        except StopIteration:
            return False
        if isinstance(step, Scrub):
            await database.scrub(step.tables)
            found = None
        else:
            found = await (database.look(step.read) if isinstance(step, Look) else database.tx(step))
    errand.close()
    return True


__all__ = ["TEXTS", "Answer", "Story", "ends_early"]
