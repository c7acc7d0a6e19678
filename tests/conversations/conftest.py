"""Every story runs on every surface and on every database; every pair of them with `--everywhere`.

Without it the stories on PostgreSQL are shared out among the surfaces: which database lies below is nothing that a
surface can see, and what a database must do has suites of its own on both.
"""

from collections import defaultdict
from collections.abc import AsyncIterator
from zlib import crc32

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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave each story one surface on PostgreSQL, of those it is told on, always the same one."""
    if config.getoption("--everywhere"):
        return
    stories: dict[str, dict[str, list[pytest.Item]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        given = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
        surface = str(given.get("stage"))
        if given.get("database_url") == "postgres" and surface in SURFACES:
            stories[item.nodeid.partition("[")[0]][surface].append(item)
    elsewhere: list[pytest.Item] = []
    for name, told in stories.items():
        kept = sorted(told)[crc32(name.encode()) % len(told)]
        elsewhere += [item for surface in told if surface != kept for item in told[surface]]
    config.hook.pytest_deselected(items=elsewhere)
    left_out = set(elsewhere)
    items[:] = [item for item in items if item not in left_out]


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
