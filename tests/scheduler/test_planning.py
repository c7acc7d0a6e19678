"""What planning promises: every time once, whoever plans and wherever it stops."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.people import Handle
from scheduler.planning import HORIZON, PLAN_EVERY, plan
from storage import communities
from storage.clock import MovableClock
from storage.engine import Database
from storage.outbox import AGAIN, Draft, Outbox, State
from storage.people import People
from storage.rates import DELIVERING, LIMITS
from storage.recurrence import RuleProblem
from storage.schedules import CatchUp, Occurrence, Schedule, Schedules, Stage
from storage.tables import occurrence, schedule
from storage.work import Work
from tests.scheduler.stage import direct

MEMBERS = [f"member-{number:02}" for number in range(25)]
KIND = "story.daily"


class Story:
    """A community whose planner nudges every member at each time of a schedule."""

    def __init__(self, database: Database, clock: MovableClock, community: str) -> None:
        self.database, self.clock, self.community = database, clock, community
        self.asked: list[tuple[datetime, str]] = []
        self.breaks: Callable[[Occurrence, str], None] = lambda _occurrence, _cursor: None

    def planner(self, work: Work, one: Occurrence, cursor: str, limit: int) -> tuple[list[Draft], str | None]:
        self.asked.append((one.nominal_local, cursor))
        self.breaks(one, cursor)
        now = work.database_now
        due = [member for member in MEMBERS if member > cursor][:limit]
        drafts = [
            Draft(
                key=f"{one.kind}:{one.nominal_local.isoformat()}:{member}",
                kind=one.kind,
                to=direct(member),
                member=member,
                due_at=now,
                expires_at=now + timedelta(days=9),
            )
            for member in due
        ]
        return drafts, due[-1] if len(due) == limit else None

    async def plans(self, **more: Any) -> int:
        """One tick; how many messages it added."""
        return (await plan(self.database, {KIND: self.planner}, chunk=10, **more)).messages

    async def sets(self, hours: int = 1, rrule: str | None = "FREQ=DAILY", **more: Any) -> None:
        """A schedule whose first time comes in so many hours."""
        start = (self.clock.now() + timedelta(hours=hours)).replace(tzinfo=None, microsecond=0)
        await self.database.tx(
            lambda work: Schedules(work, self.community).set(
                KIND, **{"dtstart_local": start, "rrule": rrule, "zone": "UTC", **more}
            )
        )

    async def stages(self) -> list[Stage]:
        """Of every occurrence, in the order of time."""
        query = sa.select(occurrence.c.state).order_by(occurrence.c.starts_at)
        rows = await self.database.look(lambda work: work.connection.execute(query).scalars().all())
        return [Stage(state) for state in rows]

    async def counts(self) -> dict[State, int]:
        return await self.database.look(lambda work: Outbox(work, self.community).counts())


@pytest.fixture
async def story(database: Database, clock: MovableClock) -> Story:
    community = await database.tx(lambda work: communities.found(work, "Story"))
    return Story(database, clock, community.id)


async def test_a_time_is_fanned_out_when_it_comes_and_only_once(story: Story) -> None:
    """Every member is nudged once at each time, in chunks, however often the clock looks."""
    await story.sets()
    assert await story.plans() == 0
    story.clock.forward(timedelta(hours=1, minutes=1))
    assert await story.plans() == len(MEMBERS)
    assert await story.plans() == 0
    assert [cursor for _, cursor in story.asked] == ["", "member-09", "member-19"]
    story.clock.forward(timedelta(days=1))
    assert await story.plans() == len(MEMBERS)


async def test_a_planner_that_stops_between_chunks_goes_on_where_it_was(story: Story) -> None:
    """A crash between two chunks loses nobody and asks nobody twice."""
    await story.sets()
    story.clock.forward(timedelta(hours=1, minutes=1))

    def dies(_one: Occurrence, cursor: str) -> None:
        if cursor == "member-09":
            raise RuntimeError

    story.breaks = dies
    assert await story.plans() == 10
    assert await story.stages() == [Stage.FANNING, Stage.PLANNED, Stage.PLANNED]
    story.breaks = lambda _one, _cursor: None
    assert await story.plans() == len(MEMBERS) - 10
    assert await story.counts() == {State.PENDING: len(MEMBERS)}


async def test_a_planner_that_fails_stops_no_other(story: Story) -> None:
    """One broken planner is asked again at the next tick; the others are asked at this one."""
    await story.sets()
    await story.sets(subject="broken")
    story.clock.forward(timedelta(hours=1, minutes=1))

    def breaks(one: Occurrence, _cursor: str) -> None:
        if one.subject == "broken":
            raise ValueError(one)

    story.breaks = breaks
    planned = await plan(story.database, {KIND: story.planner})
    assert (planned.messages, planned.failed) == (len(MEMBERS), 1)


async def test_two_clocks_at_once_plan_everything_once(story: Story) -> None:
    """Replicas without a leader neither lose nor double."""
    start = (story.clock.now() + timedelta(hours=1)).replace(tzinfo=None, microsecond=0)
    for number in range(8):
        await story.sets(subject=f"{number}", dtstart_local=start)
    story.clock.forward(timedelta(hours=1, minutes=1))
    await asyncio.gather(*(story.plans() for _ in range(3)))
    await story.plans()
    assert (await story.stages()).count(Stage.FANNED) == 8
    assert len(story.asked) == 8 * 3
    assert await story.counts() == {State.PENDING: len(MEMBERS)}  # one key names one reason, whoever gives it


@pytest.mark.parametrize(
    ("catch_up", "grace", "stages"),
    [
        (CatchUp.EACH, 1, "fffff"),
        (CatchUp.LATEST, 24, "ssssf"),
        (CatchUp.LATEST, 2, "sssss"),
        (CatchUp.LATEST, 99, "ssssf"),
        (CatchUp.SKIP, 2, "sssss"),
        (CatchUp.SKIP, 40, "sssff"),
    ],
)
async def test_after_days_without_a_clock_each_kind_catches_up_in_its_way(
    story: Story, catch_up: CatchUp, grace: int, stages: str
) -> None:
    """Reminders are all told, check-ins once, digests not at all; what is skipped is a row, never silence."""
    await story.sets(catch_up=catch_up, grace=timedelta(hours=grace))
    await story.plans()
    story.clock.forward(timedelta(days=4, hours=13))
    await story.plans()
    names = {Stage.FANNED: "f", Stage.SKIPPED: "s"}
    assert "".join(names.get(stage, "") for stage in await story.stages()) == stages


async def test_years_without_a_clock_are_caught_up_in_small_steps(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much was missed, it is written down a bounded number at a time, and the latest is the latest of all."""
    monkeypatch.setattr("storage.occurrences.EXPANDED_AT_ONCE", 7)
    monkeypatch.setattr("storage.occurrences.SKIPPED_AT_ONCE", 5)
    await story.sets(catch_up=CatchUp.LATEST, grace=timedelta(days=1))
    story.clock.forward(timedelta(days=60, hours=2))
    await story.plans()
    stages = await story.stages()
    assert stages[:61] == [Stage.SKIPPED] * 60 + [Stage.FANNED]
    assert set(stages[61:]) == {Stage.PLANNED}


async def test_the_same_schedule_again_changes_nothing(story: Story) -> None:
    """Setting what is set is free, so a feature may do it at every start."""
    start = datetime.fromisoformat("2026-01-01T09:00")

    async def sets(zone: str) -> Schedule:
        return await story.database.tx(
            lambda work: Schedules(work, story.community).set(
                KIND, dtstart_local=start, rrule="FREQ=DAILY", zone=zone, catch_up="latest"
            )
        )

    first = await sets("Asia/Tokyo")
    await story.plans()
    again = await sets("Asia/Tokyo")
    assert (again.id, again.version) == (first.id, 1)
    assert again.planned_until > first.planned_until
    assert (await sets("Europe/Berlin")).version == 2


async def test_a_changed_schedule_is_planned_anew_from_now_on(story: Story) -> None:
    """Times of the old rule that have not come are cancelled with their messages; no member hears both."""
    await story.sets(hours=30)
    await story.plans(lead=HORIZON)  # fanned out before its time
    assert await story.counts() == {State.PENDING: len(MEMBERS)}
    await story.sets(hours=31)
    assert await story.counts() == {State.CANCELLED: len(MEMBERS)}
    await story.plans(lead=HORIZON)
    assert await story.counts() == {State.CANCELLED: len(MEMBERS), State.PENDING: len(MEMBERS)}
    assert await story.stages() == [Stage.CANCELLED, Stage.FANNED]


async def test_a_change_takes_nothing_back_that_has_begun(story: Story) -> None:
    """Messages of a time that has come stay, whatever the schedule says from now on."""
    await story.sets()
    story.clock.forward(timedelta(hours=1, minutes=1))
    await story.plans()
    await story.sets(hours=5)
    assert await story.counts() == {State.PENDING: len(MEMBERS)}
    assert (await story.stages())[0] is Stage.FANNED


async def test_a_rule_changed_back_tells_what_was_cancelled(story: Story) -> None:
    """The same nominal time is planned again under the same key, once."""
    start = (story.clock.now() + timedelta(hours=30)).replace(tzinfo=None, microsecond=0)
    for _ in range(2):
        await story.sets(dtstart_local=start)
        await story.plans(lead=HORIZON)
        await story.sets(hours=31)
    await story.sets(dtstart_local=start)
    await story.plans(lead=HORIZON)
    assert await story.counts() == {State.PENDING: len(MEMBERS)}


async def test_a_stopped_schedule_plans_nothing(story: Story) -> None:
    """Stopping cancels what was to come, and setting it again begins anew."""
    await story.sets()
    await story.plans(lead=HORIZON)
    await story.database.tx(lambda work: Schedules(work, story.community).stop(KIND))
    assert State.PENDING not in await story.counts()
    assert await story.database.look(lambda work: Schedules(work, story.community).get(KIND)) is None
    story.clock.forward(timedelta(days=2))
    assert await story.plans() == 0
    await story.sets()
    story.clock.forward(timedelta(hours=2))
    assert await story.plans() == len(MEMBERS)


async def test_the_next_times_are_told(story: Story) -> None:
    """A form can show when a schedule falls due next, as instants."""
    await story.sets(
        dtstart_local=datetime.fromisoformat("2020-01-31T09:00"), rrule="FREQ=MONTHLY;BYMONTHDAY=-1", zone="Asia/Tokyo"
    )
    times = await story.database.look(lambda work: Schedules(work, story.community).next_times(KIND, 3))
    assert len(times) == 3
    assert all((at + timedelta(hours=9 + 24)).day == 1 for at in times)
    assert all(at.tzinfo is UTC for at in times)


async def test_a_broken_rule_is_refused_and_nothing_is_kept(story: Story) -> None:
    """A rule is checked before it is stored."""
    with pytest.raises(RuleProblem):
        await story.sets(rrule="FREQ=NEVER")
    rows = await story.database.look(lambda work: work.connection.execute(sa.select(schedule)).all())
    assert rows == []


async def test_a_crowd_has_its_messages_when_the_time_comes(story: Story) -> None:
    """So many members at Slack's pace take a while: they are planned that much earlier, and begin to leave then."""
    due = story.clock.now() + timedelta(hours=2)

    def people(work: Work) -> list[str]:
        folk, found = People(work, story.community), []
        for number in range(60):
            found.append(folk.welcome({"name": f"{number}"}))
            folk.add_handle(found[-1], Handle("slack", "T1", f"U{number}"))
        return found

    crowd, asked = await story.database.tx(people), []

    def planner(work: Work, one: Occurrence, cursor: str, _: int) -> tuple[list[Draft], str | None]:
        asked.append(cursor)
        now = work.database_now
        end = one.starts_at + timedelta(hours=1)
        drafts = [
            Draft(key=f"{KIND}:{who}", kind=KIND, to=direct(who), member=who, due_at=one.starts_at, expires_at=end)
            for who in crowd
        ]
        return drafts, AGAIN if not cursor and one.starts_at > now else None

    async def looks() -> int:
        return (await plan(story.database, {KIND: planner}, crowds={KIND: lambda _work, _one: crowd})).messages

    await story.sets(hours=2, rrule=None)
    takes = timedelta(seconds=len(crowd) / LIMITS["slack", DELIVERING].per_s)
    assert await looks() == 0
    story.clock.forward(due - story.clock.now() - takes - PLAN_EVERY - timedelta(seconds=5))
    assert await looks() == 0
    story.clock.forward(timedelta(seconds=10))
    assert await looks() == len(crowd)
    first = await story.database.look(lambda work: Outbox(work, story.community).last(limit=1)[0].due_at)
    assert abs((first - (due - takes)).total_seconds()) < 2
    assert (await looks(), asked) == (0, [""])  # the second pass comes at the time itself, for latecomers
    story.clock.forward(takes + PLAN_EVERY)
    crowd.append("late")
    assert (await looks(), asked) == (1, ["", AGAIN])
    assert await looks() == 0
