"""Every story runs on every surface and on every database."""

from collections.abc import AsyncIterator

import pytest

from handlers.checkins import rules
from storage import ids
from storage.clock import MovableClock
from storage.engine import Database
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
