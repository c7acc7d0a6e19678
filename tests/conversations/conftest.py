"""Every story runs on every surface and on every database."""

from collections.abc import AsyncIterator

import pytest

from bot.cards import Card
from bot.language import Reader
from handlers import features, turn
from handlers.checkins import rules
from storage import ids
from storage.clock import MovableClock
from storage.communities import Community
from storage.discretion import hushed
from storage.engine import Database
from storage.presets import PRESETS
from tests.community import SURFACES, Stage
from tests.fakes.slack import FakeSlack
from tests.stages.slack_installs import Replica

QUARTER = 90  # days over which members are spread when they are first asked, at the usual cadence


@pytest.fixture(autouse=True)
def _nobody_at_the_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's random id puts their first prompt at an edge of the quarter, where 98 days may hold two."""
    fresh = ids.fresh

    def well_spread() -> str:
        return next(one for one in iter(fresh, None) if 10 <= rules.spread(one, QUARTER) < QUARTER - 10)

    monkeypatch.setattr(ids, "fresh", well_spread)


@pytest.fixture(autouse=True)
def _nothing_telling_on_lock_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a story has drawn, an answer or a message, could be read on a lock screen of an ALLY community."""

    def neutral(card: Card, here: Community, reader: Reader) -> Card:
        telling = PRESETS["ally"].gives_away(card.summary) and not PRESETS["ally"].gives_away(here.name)
        assert not telling, card.summary
        return hushed(card, here, reader)

    for room in (turn, features):
        monkeypatch.setattr(room, "hushed", neutral)


@pytest.fixture(params=SURFACES)
async def stage(request: pytest.FixtureRequest, database: Database, clock: MovableClock) -> AsyncIterator[Stage]:
    """A community of nobody yet."""
    stage = await Stage.set_up(request.param, database, clock)
    yield stage
    await stage.close()


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """Slack's Web API, for any number of workspaces."""
    slack = FakeSlack()
    await slack.open()
    yield slack
    await slack.close()


@pytest.fixture
async def here(database: Database, clock: MovableClock, slack: FakeSlack) -> AsyncIterator[Replica]:
    """A process of an install that many Slack workspaces share."""
    replica = await Replica(database, clock, slack).open()
    yield replica
    await replica.close()


@pytest.fixture
async def there(database: Database, clock: MovableClock, slack: FakeSlack) -> AsyncIterator[Replica]:
    """Another process of it."""
    replica = await Replica(database, clock, slack).open()
    yield replica
    await replica.close()
