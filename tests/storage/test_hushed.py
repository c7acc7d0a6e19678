"""A log that nobody reads any more must not stop the work."""

import asyncio

import pytest

from bot.surface import Unavailable
from storage import engine
from storage.clock import MovableClock
from storage.engine import Sqlite
from storage.keys import Keys
from storage.work import Work


async def test_a_broken_log_does_not_stop_the_writer(
    sqlite_url: str, keys: Keys, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When telling of a trouble fails, the caller still hears of the trouble, and the next one is served."""

    def broken(*_: object) -> Exception:
        raise ValueError("I/O operation on closed file")

    database = Sqlite(sqlite_url, keys, clock)
    await database.open()
    monkeypatch.setattr(engine._Health, "meaning", broken)
    monkeypatch.setattr(database, "_commit", broken)
    async with asyncio.timeout(5):
        with pytest.raises(Unavailable):
            await database.tx(lambda work: work.now)
    monkeypatch.undo()

    def now(work: Work) -> object:
        return work.now

    assert await database.tx(now)
    await database.close()
