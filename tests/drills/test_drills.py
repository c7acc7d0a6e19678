"""What a crash may cost, with real processes, small: nothing lost, nothing doubled where it can be looked up.

`make drill` does the same at full size, and more of it.
"""

import asyncio
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.cards import sentence
from bot.surface import Delivered, InDoubt, Parcel
from scheduler import sending
from storage import delivery
from storage.clock import MovableClock
from storage.engine import Database
from storage.keys import Keys
from tests.conftest import on_server, on_this_server
from tests.drills.chat import Chat, Weather
from tests.drills.drill import Plan, Report, run
from tests.drills.worker import Orders, Pace, Stalling, Wire
from tests.scheduler.stage import FREELY, KIND, build, direct, draw

BAD = Weather(lost=60, broken=80, storm=90)
BLIND = Weather(can_look=False)


def _kept(report: Report, plan: Plan) -> None:
    assert (report.lost, report.extra, report.kills) == (0, 0, plan.kills), report.words
    assert report.looked >= report.kills, report.words  # else nobody was killed in the middle of anything
    allowed = 0 if plan.weather.can_look else report.kills * plan.in_flight
    assert report.doubled <= allowed, report.words
    assert report.states["SENT"] == report.expected, report.words
    assert report.planned <= report.attempts <= 1.5 * report.planned, report.words  # the bar of 1.05 is for full size


async def _together(*drills: tuple[Plan, str]) -> None:
    for report, (plan, _) in zip(await asyncio.gather(*(run(*drill) for drill in drills)), drills, strict=True):
        _kept(report, plan)


@pytest.fixture
def files(sqlite_template: Path, tmp_path: Path) -> list[str]:
    """Two migrated files."""
    paths = [tmp_path / f"{number}.db" for number in range(2)]
    for path in paths:
        path.write_bytes(sqlite_template.read_bytes())
    return [f"sqlite:///{path}" for path in paths]


async def test_killed_on_sqlite(files: list[str]) -> None:
    """One process at a time, killed while it sends, in bad weather and where nothing can be looked up."""
    await _together(
        (Plan("bad weather", messages=300, kills=4, planned=2, weather=BAD), files[0]),
        (Plan("blind", messages=300, kills=4, weather=BLIND), files[1]),
    )


@pytest.mark.postgres
async def test_replicas_killed_on_postgres(postgres_template: str) -> None:
    """Four replicas with wrong clocks plan and send, two cannot look anything up; all are killed while they send."""
    names = [f"enishi_drill_{secrets.token_hex(6)}" for _ in range(2)]
    for name in names:
        await on_server(f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    try:
        skewed = Plan("skewed", messages=300, kills=4, planned=4, workers=4, skews=(-1.5, 0.0, 1.5, 0.5), weather=BAD)
        await _together(
            (skewed, on_this_server(names[0])),
            (Plan("blind", messages=250, kills=4, workers=2, weather=BLIND), on_this_server(names[1])),
        )
    finally:
        for name in names:
            await on_server(f"DROP DATABASE {name} WITH (FORCE)")


# --- the controls: each takes one precaution away, and the harm shows --------------------------------


@pytest.mark.parametrize("hidden", [False, True])
async def test_what_is_found_later_than_it_settles_is_doubled(
    database: Database, clock: MovableClock, *, hidden: bool
) -> None:
    """A look-up that comes too early for the platform sees nothing, and the message comes again."""
    stage = await build(database, clock)
    await stage.write("ada")

    def lost(parcel: Parcel) -> InDoubt:
        stage.chat.accepted.append(parcel)
        return InDoubt("timeout")

    stage.chat.says = lost
    await stage.sender.drain()
    stage.chat.says = lambda _parcel: None
    accepted = stage.chat.accepted
    if hidden:
        stage.chat.accepted = []
    await stage.settles()
    assert len(accepted) + (len(stage.chat.accepted) if hidden else 0) == (2 if hidden else 1)


@pytest.mark.parametrize("late", [False, True])
async def test_a_guard_that_begins_after_the_commit_doubles(
    database: Database, clock: MovableClock, monkeypatch: pytest.MonkeyPatch, *, late: bool
) -> None:
    """A replica that stalls after its claim finds its message sent by another one, and must not send it then."""
    stage = await build(database, clock)
    await stage.write("ada")
    stalled: list[Callable[[], None]] = []
    sender = Stalling(database, {"slack": stage.chat}, {KIND: draw}, limits=FREELY)
    sender.late = late
    begins = sender._start
    monkeypatch.setattr(sender, "_start", lambda platform, work: stalled.append(lambda: begins(platform, work)))
    await sender.pump()
    assert stage.chat.texts == []
    await stage.settles()
    assert stage.chat.texts == ["ada"]
    later = SimpleNamespace(monotonic=lambda: time.monotonic() + delivery.SETTLE.total_seconds(), time=time.time)
    monkeypatch.setattr(sending, "time", later)
    for awakes in stalled:
        awakes()
    await sender.close()
    assert len(stage.chat.texts) == (2 if late else 1)


@pytest.mark.parametrize("retries", [False, True])
async def test_an_sdk_that_resends_doubles(*, retries: bool) -> None:
    """Slack's SDK sends again by itself when a connection drops, unless it is told not to."""
    chat = Chat(Weather(lost=1, slow_s=0))
    await chat.open()
    try:
        wire = Wire(Orders(1, "", Keys.fresh(), f"{chat.url}/api/", 1, Pace(), retries=retries))
        outcome = await wire.deliver(Parcel("key", "c", direct("U1"), sentence("hello")))
        await wire.stop()
    finally:
        await chat.close()
    assert not isinstance(outcome, Delivered)
    assert chat.accepted["key"] == (2 if retries else 1)


def test_the_senders_promise_leaves_room_for_the_platform() -> None:
    """A late start, a slow answer and the platform's own delay together end before anything is looked up."""
    assert delivery.SETTLE.total_seconds() - sending.GUARD - sending.DELIVERY_TIMEOUT >= 45
