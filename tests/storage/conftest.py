"""What state machines ask for, whose steps are plain functions."""

import asyncio
from collections.abc import Iterator

import pytest

from storage.clock import MovableClock
from storage.engine import Database
from storage.engine import database as open_database
from storage.keys import Keys


@pytest.fixture
def opened(database_url: str, keys: Keys) -> Iterator[tuple[asyncio.Runner, Database, MovableClock]]:
    """A database on a loop of its own."""
    with asyncio.Runner() as runner:
        clock = MovableClock()
        database = open_database(database_url, keys, clock)
        runner.run(database.open())
        yield runner, database, clock
        runner.run(database.close())
