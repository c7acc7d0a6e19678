"""A tenant with Ada, Ben and the bot."""

from collections.abc import AsyncIterator

import pytest

from bot.people import Handle
from tests.bot.slack.house import MemoryNotebook, Turns, router
from tests.fakes.teams import TENANT
from tests.stages.teams import TeamsPerson, TeamsStage

ADA, BEN = "00000000-0000-4000-8000-0000000000ad", "00000000-0000-4000-8000-0000000000be"
HERE = "a community"


async def communities(who: Handle) -> list[str]:
    """Ada is a member; nobody else is."""
    return [HERE] if who.user == ADA else []


@pytest.fixture
def turns() -> Turns:
    return Turns()


@pytest.fixture
def notebook() -> MemoryNotebook:
    return MemoryNotebook()


@pytest.fixture
async def stage(turns: Turns, notebook: MemoryNotebook) -> AsyncIterator[TeamsStage]:
    stage = TeamsStage(turns, router.actions, notebook, communities)
    await stage.open()
    yield stage
    await stage.close()


@pytest.fixture
async def ada(stage: TeamsStage) -> TeamsPerson:
    return await stage.person("Ada", Handle("teams", TENANT, ADA))


@pytest.fixture
async def ben(stage: TeamsStage) -> TeamsPerson:
    return await stage.person("Ben", Handle("teams", TENANT, BEN))
