"""Nothing is kept longer than is said, and the clock looks by itself."""

import asyncio
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.address import Address
from bot.surface import Parcel, TryLater
from scheduler.clock import Clock
from scheduler.tidying import CONTENT, POSTS, RECORDS, tidy
from storage import seen
from storage.clock import MovableClock
from storage.engine import Database
from storage.outbox import Draft, State
from storage.schedules import Occurrence, Schedules
from storage.tables import nudge, nudge_log, occurrence
from storage.work import Work
from tests.scheduler.stage import Stage, build, direct


@pytest.fixture
async def stage(database: Database, clock: MovableClock) -> Stage:
    return await build(database, clock)


async def rows(stage: Stage, table: sa.Table) -> int:
    query = sa.select(sa.func.count()).select_from(table)
    return int(await stage.database.look(lambda work: work.connection.execute(query).scalar_one()))


async def contents(stage: Stage) -> set[tuple[bool, bool, bool]]:
    """Whether messages have an address, parameters, and a receipt."""
    query = sa.select(nudge.c.dest_sealed, nudge.c.params_sealed, nudge.c.receipt_sealed)
    found = await stage.database.look(lambda work: work.connection.execute(query).all())
    return {(bool(dest), bool(params), bool(receipt)) for dest, params, receipt in found}


async def test_content_goes_first_and_the_record_later(stage: Stage) -> None:
    """What a member was sent loses address, content and receipt after 30 days, and is gone after 180."""
    await stage.write("ada", "ben", member="somebody")
    await stage.sender.drain()
    stage.clock.forward(CONTENT - timedelta(hours=1))
    await tidy(stage.database)
    assert await contents(stage) == {(True, True, True)}
    stage.clock.forward(timedelta(hours=2))
    assert (await tidy(stage.database))["contents"] == 2
    assert await contents(stage) == {(False, False, False)}
    assert await stage.states() == {"ada": State.SENT, "ben": State.SENT}
    assert (await tidy(stage.database))["contents"] == 0
    stage.clock.forward(RECORDS - CONTENT)
    await tidy(stage.database)
    assert (await rows(stage, nudge), await rows(stage, nudge_log)) == (0, 0)


async def test_a_post_in_a_shared_room_can_be_withdrawn_for_two_years(stage: Stage) -> None:
    """What stands in a channel keeps its address and receipt, so that it can be drawn anew, and then goes whole."""
    await stage.write("digest", to=Address("slack", "T1", "C1"))
    await stage.sender.drain()
    stage.clock.forward(POSTS - timedelta(hours=1))
    await tidy(stage.database)
    assert await contents(stage) == {(True, True, True)}
    stage.clock.forward(timedelta(hours=2))
    assert (await tidy(stage.database))["posts"] == 1
    assert await contents(stage) == set()


async def test_what_is_still_to_be_sent_or_looked_up_is_kept(stage: Stage) -> None:
    """Nothing that is not done with loses its content, however old it is."""
    stage.chat.says = lambda _parcel: TryLater(timedelta(days=1))
    await stage.write("ada", member="ada", expires_at=stage.clock.now() + timedelta(days=999))
    await stage.sender.drain()
    stage.clock.forward(RECORDS * 2)
    await tidy(stage.database)
    assert await contents(stage) == {(True, True, False)}


async def test_occurrences_and_keys_are_dropped(stage: Stage) -> None:
    """Times long past and keys of events are dropped; the schedule goes on."""

    def sets(work: Work) -> None:
        start = (work.now + timedelta(hours=1)).replace(tzinfo=None)
        Schedules(work, stage.community).set("k", dtstart_local=start, rrule="FREQ=WEEKLY", zone="UTC", catch_up="each")
        seen.first_time(work, "slack", "key")

    def planner(_work: Work, _one: Occurrence, _cursor: str, _limit: int) -> tuple[list[Draft], None]:
        return [], None

    await stage.database.tx(sets)
    clock = Clock(stage.database, {"k": planner}, stage.sender)
    stage.clock.forward(timedelta(days=20))
    await clock.look("plan")
    assert await rows(stage, occurrence) == 4
    stage.clock.forward(RECORDS)
    gone = await tidy(stage.database)
    assert (gone["occurrences"], gone["seen"]) == (3, 1)
    await clock.look("plan")
    assert await rows(stage, occurrence) > 20


async def test_the_clock_plans_and_sends_by_itself_and_stops_cleanly(stage: Stage) -> None:
    """Once started, what is due goes out without anybody asking; after stopping nothing is left in doubt."""
    heard = asyncio.Event()

    def planner(work: Work, one: Occurrence, _cursor: str, _limit: int) -> tuple[list[Draft], None]:
        now = work.database_now
        later = now + timedelta(days=1)
        key = f"story:{one.nominal_local}"
        return [Draft(key=key, kind="story.nudge", to=direct("ada"), member=None, due_at=now, expires_at=later)], None

    def says(_parcel: Parcel) -> None:
        heard.set()

    stage.chat.says = says
    start = datetime.fromisoformat("2026-01-01T00:00")
    await stage.database.tx(
        lambda work: Schedules(work, stage.community).set(
            "k", dtstart_local=start, rrule="FREQ=DAILY", zone="UTC", catch_up="each"
        )
    )
    stage.clock.forward(timedelta(days=1))
    clock = Clock(stage.database, {"k": planner}, stage.sender)
    clock.start()
    async with asyncio.timeout(20):
        await heard.wait()
    await clock.stop()
    assert set((await stage.states()).values()) == {State.SENT}


async def test_a_job_that_fails_does_not_stop_the_clock(stage: Stage) -> None:
    """A mistake in one look is logged by its class, and the next look comes."""
    clock = Clock(stage.database, {}, stage.sender)
    await stage.database.tx(lambda work: work.connection.exec_driver_sql("DROP TABLE nudge_log").close())
    await stage.write("ada")
    await clock.look("send")
    assert stage.chat.texts == ["ada"]
    await clock.look("plan")
