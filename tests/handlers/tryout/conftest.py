"""The fictional community, put together as `app.py demo` does it, on either database."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from app import Install, assemble
from bot.settings import Settings
from handlers.tryout.seed import seed
from handlers.tryout.stage import DemoTryout
from storage.clock import MovableClock
from storage.engine import Database
from storage.keys import Keys
from tests.community import START


@dataclass
class World:
    """A running demo."""

    install: Install
    tryout: DemoTryout
    clock: MovableClock
    community: str

    @property
    def database(self) -> Database:
        return self.install.database


@pytest.fixture
async def world(database_url: str, keys: Keys, clock: MovableClock) -> AsyncIterator[World]:
    """The demo as it begins, on a day of its own: a story must not depend on the day it is told."""
    clock.forward(START - clock.now())
    tryout = DemoTryout(clock)
    settings = Settings(database=database_url, public_url="http://127.0.0.1:8000", _env_file=None)
    install = assemble(settings, keys, clock, tryout)
    await install.database.open()
    community = await seed(install.database, clock)
    tryout.play(install.database, install.tick)
    yield World(install, tryout, clock, community)
    await install.sender.close()
    await install.database.close()
