import asyncio
import io
import json
from collections import Counter
from pathlib import Path

import pytest
from rich.console import Console

from tests.benchmarks import report, run, town, transactions
from tests.benchmarks.report import Bar, Row, Section
from tests.benchmarks.web import Effort

TINY = Effort(
    turns=1,
    commands=16,
    forms=2,
    presses=3,
    workspaces=2,
    members=3,
    open_s=0.05,
    transactions_s=0.02,
    idle_s=0.02,
    starts=1,
    roster=20,
    messages=60,
    batch=8,
)


def _unwatched(_: str, _seconds: float) -> None:
    """Nobody looks at the progress."""


def _told(*sections: Section) -> str:
    console = Console(file=io.StringIO(), width=100)
    report.tell(console, sections)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_ratio_is_our_median_over_the_floors() -> None:
    """One slow turn changes no figure."""
    row = Row("a thing", "ms", [2.0, 100.0, 1.0], [6.0, 5.0, 900.0])
    assert (row.floor, row.ours, row.ratio, row.holds) == (2.0, 6.0, 3.0, None)


@pytest.mark.parametrize(
    ("bar", "holds", "words"),
    [
        (Bar(3.0), True, "≤ 3 ×"),
        (Bar(2.9), False, "≤ 2.9 ×"),
        (Bar(3.0, at_least=True), True, "≥ 3 ×"),
        (Bar(3.1, at_least=True), False, "≥ 3.1 ×"),
        (Bar(6.0, of_ours=True), True, "≤ 6 ms"),
        (Bar(5.9, of_ours=True), False, "≤ 5.9 ms"),
    ],
)
def test_a_bar_is_on_the_ratio_or_on_our_own_figure(bar: Bar, words: str, *, holds: bool) -> None:
    """The table says which bar it is, and names the figure that misses it."""
    row = Row("a thing", "ms", [2.0], [6.0], bar)
    told = _told(Section("Things", "nothing", [row]))
    assert row.holds is holds
    assert words in told
    assert ("Missed: Things: a thing" in told) is not holds


def test_figures_without_a_floor_have_no_ratio() -> None:
    """A bar on a ratio that does not exist is missed, not passed."""
    row = Row("a thing", "ms", [], [6.0], Bar(4.0))
    assert (row.floor, row.ratio, row.holds) == (None, None, False)


def test_everything_is_measured(tmp_path: Path) -> None:
    """Every piece runs against the real servers, and every figure promised is in the table and in the file."""
    towns = {"SQLite": town.settle(f"sqlite:///{tmp_path}/enishi.db", tmp_path / "keys", members=3)}

    async def measured() -> list[Section]:
        return [section async for section in run.everything(towns, tmp_path, TINY, _unwatched)]

    sections = asyncio.run(measured())
    told = _told(*sections)
    assert all(section.title in told for section in sections)
    assert run.NO_POSTGRES in told
    bars = Counter(row.what for section in sections for row in section.rows if row.bar)
    promised = {"p99 at 150/s", "slowest at 300/s", "memory idle", "1 at once", "p95 at 20/s"}
    promised |= {"20 rows", "memory for 10 × the rows"}
    promised |= {"an answer, p95", "a feed"}
    promised |= {"in, beside commits", "in again, beside in", "out, beside HTTP", "of the limit"}
    promised |= {"urgent, beside alone", "fair, beside half", "8 by two senders"}
    on_each = {"CPU, 16 at once": 4}  # Slack, many workspaces, Teams beside each of its floors
    alone: tuple[str, ...] = ("a decision", f"a message, {TINY.members} × 5", "memory it took")
    alone += (
        "most within any minute",
        "seal and store an answer",
        "close, CPU",
        "close, memory more",
        "count and release, CPU",
    )
    on_sqlite = {f"SQLite, {what}": times for what, times in {**dict.fromkeys(promised, 1), **on_each}.items()}
    assert bars == Counter({**on_sqlite, **dict.fromkeys(alone, 1)})
    report.write(tmp_path / "told.json", {"cores": 2}, sections)
    written = json.loads((tmp_path / "told.json").read_text())["sections"]
    assert [len(section["rows"]) for section in written] == [len(section.rows) for section in sections]


@pytest.mark.postgres
def test_postgres_is_measured(postgres_url: str, tmp_path: Path) -> None:
    """The interaction and both drivers run on PostgreSQL."""
    here = town.settle(postgres_url, tmp_path / "keys", members=3)
    rows = asyncio.run(transactions.postgres_rows(here, TINY, _unwatched))
    rows += asyncio.run(transactions.driver_rows(here, TINY, _unwatched))
    assert [row.what for row in rows] == ["PostgreSQL, 8 at once"] * 2
    assert all(row.ratio for row in rows)
