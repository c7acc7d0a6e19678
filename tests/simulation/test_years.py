"""A third of a simulated year, small enough for every run; the full one is `make years`."""

from pathlib import Path

import pytest

from handlers.events import rules
from tests.simulation import years


@pytest.fixture
def folder(tmp_path: Path, sqlite_template: Path) -> Path:
    """With an empty database."""
    (tmp_path / "years.db").write_bytes(sqlite_template.read_bytes())
    return tmp_path


async def test_nobody_is_ever_written_to_too_much(folder: Path) -> None:
    """Every feature on, mixed habits: the budget, the hours and the days are kept, and silence is heard."""
    lived = await years.live(folder, members=8, days=120, seed=4)
    assert lived.broken() == []
    silent = [one for one in lived.people if one.habit == "silent"]
    assert silent
    assert all(lived.in_year(one, 0) >= 1 for one in silent)
    kinds = {kind for one in lived.people for _, kind in one.got}
    assert kinds >= {"events.announced", *rules.REMINDERS}  # a last call finds no room in some of these months
    assert max(lived.in_year(one, 0) for one in lived.people) > 6  # there was enough to say
