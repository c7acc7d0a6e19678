"""The attack program as a gate; `make privacy` runs it at full size (docs/privacy).

At p < 0.01 one honest run in a hundred would fail, and nothing here may hang on chance: whoever submits when is drawn
anew each time, as it must be.  So in this suite a leak has to be certain (p < 1e-9 after Holm); the level of the full
gate is 0.01.
"""

import pytest

from storage.clock import MovableClock
from storage.engine import Database, Sqlite
from tests.privacy import planted
from tests.privacy.attack import Attack
from tests.privacy.story import Story

CERTAIN = 1e-9
SLACK, PORTAL, TEAMS = "slack", "portal", "teams"  # one each here; the full gate plays all of them on both
PLANTED = 1e-5  # what is planted is the same each time, and so is what it gives away


async def test_9_1_nobody_can_tell_who_wrote_what(
    database: Database, clock: MovableClock, capsys: pytest.CaptureFixture[str]
) -> None:
    """Open, with copies on the way, killed in the middle of the close, and closed: all an attack finds is chance."""
    surface = SLACK if isinstance(database, Sqlite) else PORTAL
    async with Story.told(database, clock, surface=surface) as story:
        await story.everybody_answers()
        await story.closes(crash=3)
        found = story.attacked(story.copy(journal=True), "".join(capsys.readouterr()))
    assert found.leaks(CERTAIN) == []
    assert len(found.chances) > 20  # it looked


async def test_the_attack_bites(database: Database, clock: MovableClock) -> None:
    """Every planted leak is found, one after the other, beside a survey that leaks nothing itself.

    On PostgreSQL those that the server itself gives away; `make privacy` plants all of them there, too.
    """
    missed = []
    battery = planted.LEAKS if isinstance(database, Sqlite) else planted.OF_THE_SERVER
    async with Story.told(database, clock, surface=TEAMS) as story:
        await story.everybody_answers()
        await story.closes()
        assert Attack(story.thief, story.truth, story.copy()).run().leaks(CERTAIN) == []
        for name in battery:
            await planted.plant(database, name, story.truth)
            if not Attack(story.thief, story.truth, story.copy()).run().leaks(PLANTED):
                missed.append(name)
    assert missed == []
    assert len(planted.LEAKS) >= 18
    assert set(planted.LEAKS) >= planted.OF_THE_SERVER
