"""Reminders of events: whoever is going hears each once, nobody else does, and none comes when it has begun.

The instants are reckoned here a second time, by plain wall clocks; what is done in between is drawn.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from bot.cards import Text
from bot.language import Reader
from bot.surface import Parcel
from handlers import features
from handlers.events import rules, telling, texts_clock
from scheduler.courtesy import Courtesy
from scheduler.planning import PLAN_EVERY, plan
from scheduler.sending import Sender
from scheduler.working import whisper, work
from storage.clock import MovableClock
from storage.engine import Database
from storage.engine import database as open_database
from storage.events import State
from storage.keys import Keys
from storage.programme import Part
from storage.tables import bucket, nudge
from storage.work import Work
from tests.scheduler.stage import FREELY, FakeChat
from tests.storage.hall import Desk, Hall, part

PEOPLE, HIDDEN = 5, 2
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEGINS = [  # wall times around clocks that are put forward and back, at the end of a February, and on a plain day
    ("2035-11-04T01:30", "America/New_York"),
    ("2035-11-05T01:30", "America/New_York"),
    ("2036-03-09T02:30", "America/New_York"),
    ("2036-03-10T02:15", "America/New_York"),
    ("2036-02-29T18:30", "Asia/Tokyo"),
    ("2036-03-01T00:10", "Asia/Tokyo"),
    ("2035-10-28T02:20", "Europe/Berlin"),
]
who = st.integers(0, PEOPLE - 1)
minds = st.lists(st.tuples(who, st.sampled_from([True, True, False])), min_size=1, max_size=3)
spans = st.sampled_from([timedelta(minutes=7), HOUR, 3 * HOUR, DAY - 2 * HOUR])
moves = st.sampled_from([HOUR / 2, 2 * HOUR, -HOUR, DAY, -DAY])
Heard = Counter[tuple[int, str]]  # who, and of which kind


class Waiting(RuleBasedStateMachine):
    """An event that is coming, people who change their minds, and two replicas of the clock."""

    database: Database
    runner: asyncio.Runner
    clock: MovableClock
    heard_by_all: ClassVar[list[int]]  # how many reminders were heard, by example

    def does(self, deed: Callable[[Desk], Any]) -> Any:
        """In a transaction of its own."""
        return self.runner.run(self.hall.does(deed))

    @initialize(begins=st.sampled_from(BEGINS))
    def announced(self, begins: tuple[str, str]) -> None:
        """Announced somewhat more than a day before; most are going."""
        self.hall = self.runner.run(Hall.settle(self.database, self.clock, PEOPLE, HIDDEN))
        self.clock = self.hall.clock
        local, zone = datetime.fromisoformat(begins[0]), begins[1]
        starts = local.replace(tzinfo=ZoneInfo(zone)).timestamp()
        self.clock.forward(timedelta(seconds=starts - self.clock.now().timestamp()) - DAY - 3 * HOUR)
        self.runner.run(self.hall.announces(part(begins[0], zone=zone)))
        self.chat, self.courtesy = FakeChat(), Courtesy(features.manners())
        drawers = features.drawers()
        self.senders = [
            Sender(self.database, {"slack": self.chat}, drawers, courtesy=self.courtesy, limits=FREELY)
            for _ in range(2)
        ]
        self.told: set[tuple[str, str, int]] = set()  # kind, reason, member
        self.fired: set[tuple[str, str]] = set()  # the same, of hidden members together
        self.seen = self.clock.now()
        self.heard = 0
        self.think([(number, True) for number in range(PEOPLE - 1)])
        self.looks()

    # --- what is done

    @rule(minds=minds)
    def think(self, minds: list[tuple[int, bool]]) -> None:
        """Some are going, some are not (any more)."""
        for number, going in minds:
            self.does(partial(Desk.answers, number=number, going=going))

    @rule(before=st.sampled_from([PLAN_EVERY / 3, 2 * PLAN_EVERY, timedelta(seconds=-1)]), minds=minds)
    def think_at_the_last_moment(self, before: timedelta, minds: list[tuple[int, bool]]) -> None:
        """The same, around the moment at which something is due."""
        now = self.clock.now()
        stops = [at - before for at in self.times().values() if at - before > now]
        if stops:
            self.passes(min(stops) - now)
        self.think(minds)

    @rule(by=moves)
    def is_moved(self, by: timedelta) -> None:
        """To another time, if that is still to come."""
        one = self.part
        new = one.model_copy(
            update={"starts_local": one.starts_local + by, "ends_local": one.ends_local + by}, deep=True
        )
        new = Part.model_validate(new.model_dump())
        if not self.on or new.starts_at <= self.clock.now():
            return

        def move(desk: Desk) -> None:
            changed = desk.events.change(desk.hall.event, desk.event.details, [new])
            assert changed
            telling.changed(desk.work, desk.hall.community, changed)

        self.does(move)
        self.looks(moved=True)

    @precondition(lambda self: self.heard > PEOPLE)
    @rule()
    def is_cancelled(self) -> None:
        """It does not take place."""

        def cancel(desk: Desk) -> None:
            if found := desk.events.cancel(desk.hall.event):
                telling.cancelled(desk.work, desk.hall.community, found)

        self.does(cancel)
        self.looks(moved=True)

    @rule(by=spans)
    def passes(self, by: timedelta) -> None:
        """Time passes, and the clocks look whenever anything is due."""
        end = self.clock.now() + by
        while (now := self.clock.now()) < end:
            stops = [at - early for at in self.times().values() for early in (PLAN_EVERY, timedelta())]
            self.clock.forward(min([stop for stop in stops if stop > now] + [end]) - now)
            self.looks()

    @rule(by=spans)
    def nobody_looks(self, by: timedelta) -> None:
        """Time passes while no process runs."""
        self.clock.forward(by)
        self.looks()

    # --- what must hold

    @property
    def part(self) -> Part:
        """As it is now."""
        found: Part = self.does(lambda desk: desk.event.parts[0])
        return found

    @property
    def on(self) -> bool:
        """Whether it takes place and is still to come."""
        found = self.does(lambda desk: desk.event)
        return found.state is State.ANNOUNCED and found.starts_at > self.clock.now()

    def times(self) -> dict[str, datetime]:
        """When to remind, as plain clocks say."""
        one = self.part
        zone = ZoneInfo(one.zone)
        begins = datetime.fromtimestamp(one.starts_local.replace(tzinfo=zone).timestamp(), self.clock.now().tzinfo)
        day = (one.starts_local - DAY).replace(tzinfo=zone).timestamp()
        return {rules.A_DAY: datetime.fromtimestamp(day, begins.tzinfo), rules.AN_HOUR: begins - HOUR}

    def looks(self, *, moved: bool = False) -> None:
        """Two replicas look at once; then what was heard is what was to be heard."""
        before, now = len(self.chat.accepted), self.clock.now()
        due = [kind for kind, at in self.times().items() if self.seen < at <= now and not moved] if self.on else []
        expected: Heard = Counter()
        for kind in due:
            reason = f"{self.part.starts_local.date()}" if kind == rules.A_DAY else f"{self.part.starts_at}"
            for number in self.going():
                hidden = number >= PEOPLE - HIDDEN
                known = (kind, reason) in self.fired if hidden else (kind, reason, number) in self.told
                expected[number, kind] += not known
                self.told.add((kind, reason, number))
            self.fired.add((kind, reason))
        self.runner.run(self._looked())
        self.seen = now
        heard: Heard = Counter()
        for parcel in self.chat.accepted[before:]:
            if parcel.community == self.hall.community and (kind := _kind(parcel)):
                heard[int(parcel.to.user.removeprefix("U")), kind] += 1
        assert heard == +expected
        self.heard += heard.total()

    async def _looked(self) -> None:
        planners, crowds = features.planners(), features.crowds()
        for _ in range(2):  # a message that was planned at this look is sent at it
            await asyncio.gather(
                *(plan(self.database, planners, courtesy=self.courtesy, crowds=crowds) for _ in self.senders)
            )
            await asyncio.gather(*(sender.drain() for sender in self.senders))
        await asyncio.gather(*(work(self.database, features.due()) for _ in self.senders))
        surfaces = {"slack": self.chat}
        await asyncio.gather(
            *(whisper(self.database, surfaces, features.quiet(), self.courtesy.lets, _at_once) for _ in self.senders)
        )

    def going(self) -> list[int]:
        """Who is going now."""
        found = self.does(lambda desk: desk.seats.going(desk.hall.event, desk.part()))
        return [self.hall.members.index(one.member) for one in found]


async def _at_once(_: float) -> None:
    """No gap."""


def _kind(parcel: Parcel) -> str:
    """Which reminder it is, if it is one."""
    first = parcel.card.pieces[0]
    said = first.text if isinstance(first, Text) else ""
    reader = Reader("ja")
    if said in {reader(texts_clock.TODAY), reader(texts_clock.TOMORROW)} or "お知らせ：" in said:
        return rules.A_DAY
    minutes = {reader(texts_clock.IN_MINUTES, count=count) for count in range(1, 61)}
    return rules.AN_HOUR if said == reader(texts_clock.IN_AN_HOUR) or said in minutes else ""


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """A loop that outlives each step."""
    with asyncio.Runner() as one:
        yield one


def _here(runner: asyncio.Runner, database_url: str, keys: Keys) -> type[Waiting]:
    """The story on this database."""

    class Here(Waiting):
        heard_by_all: ClassVar[list[int]] = []  # of this test

        def __init__(self) -> None:
            super().__init__()
            self.runner, self.clock = runner, MovableClock()
            self.database = open_database(database_url, keys, self.clock)
            self.runner.run(self.database.open())
            forget = sa.delete(bucket)  # of an earlier example, whose clock was ahead
            self.runner.run(self.database.tx(lambda work: work.connection.execute(forget)))

        def teardown(self) -> None:
            self.heard_by_all.append(self.heard)
            self.runner.run(self.database.close())

    return Here


def test_each_reminder_reaches_whoever_is_going_once(runner: asyncio.Runner, database_url: str, keys: Keys) -> None:
    """Over any answers, moves and silences of the clock, on two replicas."""
    here, many = _here(runner, database_url, keys), 4 if database_url.startswith("sqlite") else 2
    run_state_machine_as_test(
        here,
        settings=settings(
            max_examples=many,
            stateful_step_count=12,
            derandomize=True,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert sum(here.heard_by_all) > many * PEOPLE / 2  # enough was said


@pytest.mark.parametrize("begins", [BEGINS[0], BEGINS[2]])
def test_moves_and_second_thoughts_one_by_one(
    runner: asyncio.Runner, database_url: str, keys: Keys, begins: tuple[str, str]
) -> None:
    """What chance meets rarely: moved after a reminder, changed minds while it waits, nights of other lengths."""
    story = _here(runner, database_url, keys)()
    try:
        story.announced(begins)
        story.think_at_the_last_moment(PLAN_EVERY / 3, [(0, False), (4, True)])  # after the first pass
        story.think([(1, False)])
        story.passes(PLAN_EVERY)
        heard = story.heard
        assert heard == PEOPLE - 2
        story.is_moved(HOUR / 2)  # within the day: nobody hears of the day again, the newcomer does
        story.think([(0, True)])
        story.passes(HOUR)
        assert story.heard == heard + 1
        story.is_moved(DAY)  # another day
        story.passes(DAY + 2 * HOUR)
        assert story.heard == heard + PEOPLE
        story.is_moved(2 * HOUR)
        story.passes(story.times()[rules.AN_HOUR] - story.clock.now())
        assert story.heard == heard + PEOPLE + (PEOPLE - 1)
        story.is_moved(HOUR / 2)  # an hour before a new time is another one
        story.passes(HOUR)
        assert story.heard == heard + PEOPLE + 2 * (PEOPLE - 1)
        story.is_moved(-HOUR)  # so near that its time has passed: the change has said it
        story.nobody_looks(DAY)
        assert story.heard == heard + PEOPLE + 2 * (PEOPLE - 1)
    finally:
        story.teardown()


def test_whoever_takes_the_seat_again_while_their_message_waits_is_reminded(
    runner: asyncio.Runner, database_url: str, keys: Keys
) -> None:
    """Ten thousand others are written to first, so it waits a while; it is dropped once, and then sent."""
    story = _here(runner, database_url, keys)()
    story.announced(BEGINS[4])
    try:
        story.passes(story.times()[rules.A_DAY] - story.clock.now() - PLAN_EVERY / 2)
        story.does(lambda desk: desk.answers(0, going=False))

        def early(work: Work) -> None:  # as if it were one of the first of a large crowd
            work.connection.execute(sa.update(nudge).where(nudge.c.kind == rules.A_DAY).values(due_at=work.now))

        story.runner.run(story.database.tx(early))
        before = len(story.chat.accepted)
        story.runner.run(story.senders[0].drain())
        assert len(story.chat.accepted) - before == PEOPLE - HIDDEN - 1
        story.think([(0, True)])
        story.clock.forward(PLAN_EVERY / 2)
        story.runner.run(story._looked())
        heard = Counter(parcel.to.user for parcel in story.chat.accepted if _kind(parcel))
        assert heard == Counter(f"U{number:04}" for number in story.going())
    finally:
        story.teardown()
