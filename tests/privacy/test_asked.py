"""The attack on questions that were asked for an event without a name: sealed, opened, and after the event.

As in `test_gate.py`, a leak has to be certain here, since who asks when is drawn anew each time.
"""

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any
from unittest import mock

import pytest

from storage import asking
from storage.asked import Asked, State
from storage.asking import Rounds, Taken
from storage.boxes import SurveyKey
from storage.clock import MovableClock
from storage.engine import Database, Sqlite
from storage.events import Event
from storage.people import People
from storage.work import Work
from tests.community import START, Stage
from tests.conversations.gathering import announced
from tests.conversations.surveyed import crowd
from tests.privacy.attack import Attack, Found, Truth
from tests.privacy.looking import Copy, Thief, journal_at, of_postgres, of_sqlite
from tests.stages import Person

CERTAIN, PLANTED = 1e-9, 1e-5
PEOPLE, GONE, EVERY = 40, 2, 14  # who asks, who takes it back, and questions between two copies
SIX = START + timedelta(hours=9)
CODE = re.compile(r"(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}")


@dataclass
class Evening:
    """An event for which many ask, as a thief with patience sees it."""

    stage: Stage
    folk: list[str]  # members, in the order in which they ask
    people: dict[str, Person]
    event: Event
    since: str
    truth: Truth = field(default_factory=lambda: Truth([], []))
    copies: list[Copy] = field(default_factory=list)

    @classmethod
    async def begins(cls, database: Database, clock: MovableClock, surface: str, several: int = 0) -> "Evening":
        """Members who can act, or `several` who cannot, and a round that is open."""
        since = "" if isinstance(database, Sqlite) else journal_at(database.url)
        stage = await Stage.set_up(surface, database, clock)
        names = [] if several else [f"Person {number}" for number in range(PEOPLE + GONE)]
        people = [await stage.member(name) for name in names]
        folk = [*await crowd(stage, several), *(stage.members[name] for name in names)]
        event = await announced(stage)
        await database.tx(lambda work: Rounds(work, stage.community.id).open(event.id))
        secrets.SystemRandom().shuffle(folk)
        acts = {stage.members[one.name]: one for one in people}
        return cls(stage, folk, acts, event, since)

    @property
    def thief(self) -> Thief:
        """With the keys of the install."""
        return Thief(self.stage.database._keys)  # type: ignore[attr-defined]  # both kinds keep them so

    def copy(self, *, journal: bool = False) -> Copy:
        """What lies there now."""
        database, since = self.stage.database, self.since if journal else ""
        return of_sqlite(database.path) if isinstance(database, Sqlite) else of_postgres(database.url, since)

    async def names(self, who: str) -> tuple[str, ...]:
        """All that is known of somebody."""

        def known(work: Work) -> tuple[str, ...]:
            handles = People(work, self.stage.community.id).handles(who)
            return (who, *(str(one) for one in handles), *(one.user for one in handles))

        return await self.stage.database.look(known)

    async def dispatched(self, who: str, words: str) -> str:
        """Asked as members do: a command that leaves its traces, the event, the form.  The code."""
        person = self.people[who]
        await person.asks("イベント 質問")
        await person.presses("春の集い")
        await person.presses("名前を出さずに質問する")
        shown = await person.submits(words=words)
        found = CODE.search(shown.text) or CODE.search((await person.submits()).text)  # a number may be a name
        assert found
        return found.group()

    async def quickly(self, _: str, words: str) -> str:
        """The same below the surface, where our own code is broken on purpose."""
        ask = partial(Rounds.ask, event_id=self.event.id, words=words)
        taken = await self.stage.database.tx(lambda work: ask(Rounds(work, self.stage.community.id)))
        assert isinstance(taken, Taken)
        return taken.code

    async def everybody_asks(self, asks: Callable[[str, str], Any]) -> None:
        """One question each, as different in length as they can be; the last two take theirs back."""
        for number, who in enumerate(self.folk):
            mark = f"mark{secrets.token_hex(6)}"
            code = await asks(who, mark + " 縁" * secrets.randbelow(90))
            if number < PEOPLE:
                self.truth.marks.append(mark)
                self.truth.people.append(await self.names(who))
            else:
                self.truth.forbidden.add(mark)
                back = partial(Rounds.take_back, event_id=self.event.id, code=code)
                assert await self.stage.database.tx(lambda work, b=back: b(Rounds(work, self.stage.community.id)))  # type: ignore[misc] # mypy cannot infer a lambda with defaults
            if number % EVERY == EVERY - 1:
                self.copies.append(self.copy())
        self.copies.append(self.copy())

    async def until(self, at: datetime) -> None:
        """The clock looks then."""
        self.stage.clock.forward(at - self.stage.clock.now())
        await self.stage.tick()

    async def moderated(self) -> None:
        """All of them are published, and somebody wants each."""
        here, event = self.stage.community.id, self.event.id

        def publish(work: Work) -> int:
            shelf = Asked(work, here)
            some = [one for one in shelf.all(event) if shelf.move(event, one.id, State.SHOWN, State.NEW)]
            for one in some:
                assert shelf.vote(event, one.id, secrets.choice([*self.stage.members.values()]), wanted=True)
            return len(some)

        assert await self.stage.database.tx(publish) == PEOPLE

    def attacked(self, final: Copy, logs: str = "") -> Found:
        """What the thief makes of it; before it was opened nothing may be readable."""
        return Attack(self.thief, self.truth, final, self.copies, logs).run()


async def test_nobody_can_tell_who_asked_what(
    database: Database, clock: MovableClock, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Waiting, with copies on the way, opened, moderated and wanted, and after the end: all that is found is chance."""
    caplog.set_level(0, logger="storage")
    evening = await Evening.begins(database, clock, "slack" if isinstance(database, Sqlite) else "portal")
    await evening.everybody_asks(evening.dispatched)
    await evening.until(SIX)
    await evening.moderated()
    opened = evening.attacked(evening.copy(), "".join(capsys.readouterr()))
    await evening.until(evening.event.ends_at)
    over = evening.attacked(evening.copy(journal=True), "".join(capsys.readouterr()) + caplog.text)
    await evening.stage.close()
    assert opened.leaks(CERTAIN) == over.leaks(CERTAIN) == []
    assert len(opened.chances) > 10  # it looked
    left = [row for row in evening.copy().rows if row.table in {"event_inbox", "event_vote"}]
    assert left == []


def _not_sealed() -> Iterator[Any]:
    yield mock.patch.object(SurveyKey, "seal", lambda _key, plain, *_: plain)
    yield mock.patch.object(SurveyKey, "open", lambda _key, sealed, *_: sealed)


def _not_shuffled() -> Iterator[Any]:
    turns = count()
    yield mock.patch.object(asking, "_id", side_effect=lambda *_: next(turns).to_bytes(16, "big"))
    yield mock.patch.object(asking, "_shuffled", side_effect=list)


@pytest.mark.parametrize("broken", [_not_sealed, _not_shuffled])
async def test_the_attack_bites(database: Database, clock: MovableClock, broken: Callable[[], Iterator[Any]]) -> None:
    """With one safeguard taken out of our own code, the same attack finds it."""
    evening = await Evening.begins(database, clock, "slack", several=PEOPLE)
    with ExitStack() as stack:
        for one in broken():
            stack.enter_context(one)
        await evening.everybody_asks(evening.quickly)
        await evening.until(SIX)
    found = evening.attacked(evening.copy())
    await evening.stage.close()
    assert found.leaks(PLANTED) != []
