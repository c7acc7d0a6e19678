"""A workspace with Ada, Ben and the bot."""

from collections.abc import AsyncIterator

import pytest

from bot.people import Handle
from tests.bot.slack.house import MemoryNotebook, Turns, router
from tests.fakes.slack import TEAM
from tests.stages.slack import SlackPerson, SlackStage


@pytest.fixture
def turns() -> Turns:
    return Turns()


@pytest.fixture
def notebook() -> MemoryNotebook:
    return MemoryNotebook()


@pytest.fixture
async def stage(turns: Turns, notebook: MemoryNotebook) -> AsyncIterator[SlackStage]:
    stage = SlackStage(turns, router.actions, notebook)
    await stage.open()
    yield stage
    await stage.close()


@pytest.fixture
async def ada(stage: SlackStage) -> SlackPerson:
    return await stage.person("Ada", Handle("slack", TEAM, "U0ADA"))


@pytest.fixture
async def ben(stage: SlackStage) -> SlackPerson:
    return await stage.person("Ben", Handle("slack", TEAM, "U0BEN"))
