"""Organisers' own lines on a run-sheet: kept as they are, emptied, and forgotten."""

from datetime import timedelta

from storage import runsheets
from storage.clock import MovableClock
from storage.engine import Database
from storage.runsheets import KEPT, Lines, RunSheets
from tests.storage.hall import Hall, part


async def test_lines_are_kept_until_90_days_after_the_event(database: Database, clock: MovableClock) -> None:
    """The last ones count; without any there is no row, and in the end nobody knows who helped."""
    hall = await Hall.settle(database, clock)
    event = await hall.announces(part())
    other = await hall.announces(part())
    lines = Lines(who="Ben: sound", after="Wash the cups")

    async def kept(event_id: str) -> Lines:
        return await hall.does(lambda desk: RunSheets(desk.work, hall.community).get(event_id))

    async def keeps(event_id: str, new: Lines) -> None:
        await hall.does(lambda desk: RunSheets(desk.work, hall.community).keep(event_id, new))

    assert await kept(event.id) == Lines()
    await keeps(event.id, Lines(who="Nobody yet"))
    await keeps(event.id, lines)
    await keeps(other.id, lines)
    await keeps(other.id, Lines())
    assert (await kept(event.id), await kept(other.id)) == (lines, Lines())
    clock.forward(event.ends_at + KEPT - clock.now() - timedelta(minutes=5))
    assert await hall.does(lambda desk: runsheets.forget(desk.work)) == 0
    clock.forward(timedelta(minutes=10))
    assert await hall.does(lambda desk: runsheets.forget(desk.work)) == 1
    assert await kept(event.id) == Lines()
