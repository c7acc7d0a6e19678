"""Who somebody is, asked of Slack when it matters: buttons carry neither name nor zone, nor a guest's mark."""

from collections.abc import AsyncIterator

import pytest

from storage.clock import MovableClock
from storage.engine import Database
from storage.people import People
from tests.community import Stage
from tests.fakes.slack import Fault
from tests.stages.slack import SlackPerson, SlackStage


@pytest.fixture
async def stage(database: Database, clock: MovableClock) -> AsyncIterator[Stage]:
    """A community of nobody yet, on Slack."""
    stage = await Stage.set_up("slack", database, clock)
    yield stage
    await stage.close()


async def _zoe(stage: Stage, **profile: object) -> SlackPerson:
    zoe = await stage.stranger("Zoe")
    assert isinstance(zoe, SlackPerson)
    assert isinstance(stage.surface, SlackStage)
    stage.surface.slack.profiles[zoe.user] = profile
    return zoe


async def test_the_form_to_join_begins_with_the_name_slack_knows(stage: Stage) -> None:
    """Name, language and zone are taken from the profile, and can be changed."""
    zoe = await _zoe(stage, tz="Europe/Berlin", locale="en-GB", profile={"display_name": "Zoë"})
    await zoe.asks("")
    form = await zoe.presses("参加する")
    assert form.values["called"] == "Zoë"
    assert form.values["language"] == "en"
    await zoe.submits()
    [member] = await stage.database.look(lambda work: People(work, stage.community.id).all())
    assert (member.name, member.reader.language, member.reader.zone) == ("Zoë", "en", "Europe/Berlin")


@pytest.mark.parametrize("mark", ["is_restricted", "is_ultra_restricted", "is_stranger"])
async def test_guests_and_outsiders_may_not_join(stage: Stage, mark: str) -> None:
    """A guest's tap is answered with one sentence, and makes nobody a member."""
    zoe = await _zoe(stage, **{mark: True})
    await zoe.asks("")
    refused = await zoe.presses("参加する")
    assert not refused.is_form
    assert "このワークスペースの方" in refused
    assert await stage.database.look(lambda work: People(work, stage.community.id).count()) == 0


async def test_slack_out_of_reach_does_not_keep_anybody_out(stage: Stage) -> None:
    """When Slack does not say who it is, the form opens without a name."""
    zoe = await _zoe(stage, profile={"display_name": "Zoë"})
    assert isinstance(stage.surface, SlackStage)
    stage.surface.slack.fails("users.info", Fault.THROTTLED)
    await zoe.asks("")
    form = await zoe.presses("参加する")
    assert form.is_form
    assert form.values["called"] == ""
