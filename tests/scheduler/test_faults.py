"""What goes wrong around the clock: a restored backup, a full disk, people who leave, and clocks that are set back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.people import Handle
from bot.surface import Gone, Outcome, Parcel
from scheduler.planning import plan
from scheduler.sending import Sender
from storage import delivery
from storage.clock import MovableClock
from storage.engine import Database, Sqlite
from storage.engine import database as open_database
from storage.keys import Keys
from storage.outbox import Draft, Outbox, State
from storage.people import People
from storage.recurrence import Rule, rule
from storage.schedules import CatchUp, Occurrence, Schedules
from storage.tables import nudge_log, schedule
from storage.work import Work
from tests.scheduler.stage import FREELY, KIND, Stage, build, direct, draw

HOUR = timedelta(hours=1)
PLANNED = "story.planned"


@pytest.fixture
async def stage(database: Database, clock: MovableClock) -> Stage:
    return await build(database, clock)


@pytest.mark.parametrize("told", [True, False])
async def test_after_a_restore_what_was_sent_is_not_sent_again(
    sqlite_url: str, keys: Keys, clock: MovableClock, tmp_path: Path, *, told: bool
) -> None:
    """What is due is looked up first, if Enishi is told of the restore; else all of it comes twice."""
    before = open_database(sqlite_url, keys, clock)
    await before.open()
    stage = await build(before, clock)
    await stage.write("sent-1", "sent-2", "elsewhere", "new")
    copy = tmp_path / "backup.db"
    stage.chat.says = lambda parcel: Gone("busy") if parcel.card.summary == "new" else None
    assert isinstance(before, Sqlite)
    with sa.create_engine(sqlite_url).connect() as connection:
        connection.exec_driver_sql(f"VACUUM INTO '{copy}'")
    await stage.sender.drain()
    await before.close()
    stage.chat.says = lambda _parcel: None

    after = open_database(f"sqlite:///{copy}", keys, clock)
    await after.open()
    try:
        if told:
            assert await after.tx(delivery.doubt_all_due) == 4
        stage.database = after
        await Sender(after, {"slack": stage.chat}, {KIND: draw}, limits=FREELY).drain()
        assert set((await stage.states()).values()) == {State.SENT}
        twice = [] if told else ["elsewhere", "sent-1", "sent-2"]
        assert sorted(stage.chat.texts) == sorted(["elsewhere", "new", "sent-1", "sent-2", *twice])
    finally:
        await after.close()


async def test_where_nothing_can_be_looked_up_a_restore_sends_nothing_by_itself(stage: Stage) -> None:
    """It stays unknown, for the secretariat to see."""
    stage.chat.can_look = False
    await stage.write("ada")
    assert await stage.database.tx(delivery.doubt_all_due) == 1
    await stage.sender.drain()
    assert (stage.chat.texts, await stage.states()) == ([], {"ada": State.UNKNOWN})


def _may_have(work: Work, pages: int) -> None:
    work.connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")


async def test_a_full_disk_loses_and_doubles_nothing(sqlite_url: str, keys: Keys, clock: MovableClock) -> None:
    """What was sent is recorded when there is room again, and the rest follows."""
    memory = open_database(sqlite_url, keys, clock)
    await memory.open()
    assert isinstance(memory, Sqlite)
    stage = await build(memory, clock)
    names = [f"member-{number}" for number in range(40)]
    await stage.write(*names)
    await stage.sender.pump()
    await memory.tx(lambda work: _may_have(work, pages=1))  # as many as there are
    stopped = [await stage.sender.pump() for _ in range(3)]
    assert any(one.unavailable for one in stopped)
    await memory.tx(lambda work: _may_have(work, pages=100_000))
    stage.clock.forward(delivery.SETTLE + timedelta(seconds=1))
    await stage.sender.drain()
    await stage.settles()
    assert sorted(stage.chat.texts) == sorted(names)
    assert set((await stage.states()).values()) == {State.SENT}
    await memory.close()


async def test_who_leaves_while_their_message_is_under_way_leaves_nothing(stage: Stage) -> None:
    """The answer that comes afterwards writes no line about somebody who was erased."""

    def joins(work: Work) -> str:
        people = People(work, stage.community)
        member = people.welcome({"name": "Ada"})
        people.add_handle(member, Handle("slack", "T1", "ada"))
        return member

    ada = await stage.database.tx(joins)
    await stage.write("ada", member=ada)
    await stage.sender.pump()
    await stage.database.tx(lambda work: Outbox(work, stage.community).forget(ada))
    await stage.sender.drain()
    assert await stage.states() == {}
    assert await stage.database.look(lambda work: work.connection.execute(sa.select(nudge_log)).all()) == []


async def test_a_room_that_was_archived_stops_nobody_else(stage: Stage) -> None:
    """It failed, with the reason, and everybody else gets theirs."""

    def archived(parcel: Parcel) -> Outcome | None:
        return Gone("is_archived") if parcel.card.summary == "room" else None

    stage.chat.says = archived
    await stage.write("room", "ada", "ben")
    await stage.sender.drain()
    assert sorted(stage.chat.texts) == ["ada", "ben"]
    posted = (await stage.posted())["room"]
    assert (posted.state, posted.last_error) == (State.FAILED, "gone:is_archived")


# --- clocks and calendars ----------------------------------------------------------------------------


async def planned(stage: Stage) -> list[str]:
    """Have everything planned and fanned out that is due; the keys in the outbox."""

    def one(_: Work, occurrence: Occurrence, _cursor: str, _limit: int) -> tuple[list[Draft], None]:
        at = occurrence.starts_at
        key = f"{PLANNED}:{occurrence.nominal_local:%Y-%m-%dT%H:%M}"
        draft = Draft(key=key, kind=KIND, to=direct("ada"), member=None, due_at=at, expires_at=at + 90 * 24 * HOUR)
        return [draft], None

    await plan(stage.database, {PLANNED: one})
    return sorted(await stage.states())


async def daily(stage: Stage) -> None:
    """A daily schedule in Berlin, from now on, each time told."""
    start = stage.clock.now().replace(tzinfo=None, hour=9, minute=0, second=0, microsecond=0)

    def set_(work: Work) -> None:
        Schedules(work, stage.community).set(
            PLANNED,
            dtstart_local=start,
            zone="Europe/Berlin",
            rrule="FREQ=DAILY",
            catch_up=CatchUp.EACH,
            grace=90 * 24 * HOUR,
        )

    await stage.database.tx(set_)


async def _forgets_how_far(stage: Stage) -> None:
    """The cursor goes back, as if the schedule had never been expanded."""
    long_ago = stage.clock.now() - timedelta(days=10)
    await stage.database.tx(
        lambda work: work.connection.execute(sa.update(schedule).values(planned_until=long_ago)).close()
    )


async def test_a_change_of_the_zone_tables_doubles_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message is known by its wall time, so a zone that is an hour off now names the same messages."""
    await daily(stage)
    stage.clock.forward(timedelta(days=3))
    before = await planned(stage)
    instant = Rule.instant
    monkeypatch.setattr(Rule, "instant", lambda self, nominal: instant(self, nominal) + HOUR)
    await _forgets_how_far(stage)
    after = await planned(stage)
    earlier = [key for key in after if key < before[0]]  # from before the schedule was set
    assert [key for key in after if key not in earlier] == before
    assert len(before) >= 2


async def test_a_clock_that_is_set_back_doubles_nothing(stage: Stage) -> None:
    """Cursors only go forward, and what was planned and sent stays so."""
    await daily(stage)
    stage.clock.forward(timedelta(days=3))
    before = await planned(stage)
    await stage.sender.drain()
    stage.clock.offset -= timedelta(hours=30)
    assert await planned(stage) == before
    await stage.sender.drain()
    stage.clock.offset += timedelta(hours=30)
    assert await planned(stage) == before
    assert len(stage.chat.texts) == len(before)


def test_29_february_comes_every_four_years() -> None:
    """A year without it is left out, not moved."""
    leap = rule(datetime.fromisoformat("2024-02-29T09:00"), "FREQ=YEARLY", "Asia/Tokyo")
    found = leap.next_times(datetime(2026, 1, 1, tzinfo=UTC), 3)
    assert [at.strftime("%Y-%m-%d") for at in found] == ["2028-02-29", "2032-02-29"]


@pytest.mark.parametrize("rrule", ["FREQ=DAILY", "FREQ=DAILY;COUNT=1000000", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"])
async def test_a_rule_of_a_million_times_holds_nobody_up(stage: Stage, rrule: str) -> None:
    """Only what is due soon is written down, a few hundred in a transaction."""

    def set_(work: Work) -> None:
        Schedules(work, stage.community).set(
            PLANNED, dtstart_local=datetime.fromisoformat("1990-01-01T09:00"), zone="Asia/Tokyo", rrule=rrule
        )

    await stage.database.tx(set_)
    told = await plan(stage.database, {PLANNED: lambda *_: ([], None)})
    assert 1 <= told.occurrences <= 3
