"""The simulated years: `make years`.  Prints the promises and a table; `--chart` draws the distribution."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.progress import Progress

from bot.cards import Chart
from tests.simulation import years
from tests.simulation.village import HABITS
from tests.simulation.years import Lived

BANDS = ((0, 0), (1, 3), (4, 6), (7, 12), (13, 24), (25, 42))  # messages of a year, which holds at most 42


def main() -> None:
    """Live, and tell."""
    reading = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    reading.add_argument("--members", type=int, default=600)
    reading.add_argument("--years", type=int, default=2)
    reading.add_argument("--chart", type=Path, metavar="FILE", help="write the chart there (PNG)")
    said = reading.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory(prefix="enishi-years-") as name, Progress(console=console) as progress:
        folder = years.prepared(Path(name))
        task = progress.add_task("days lived")
        lived = asyncio.run(
            years.live(
                folder,
                said.members,
                said.years * years.YEAR.days,
                watch=lambda n, of: progress.update(task, completed=n, total=of),
            )
        )
    for year in range(said.years):
        console.print(f"\nYear {year + 1}: messages we started, of {len(lived.people)} members\n")
        console.print(table(lived, year), markup=False)
    if said.chart:
        from bot import charts  # noqa: PLC0415 - takes half a second

        said.chart.write_bytes(charts.png(chart(lived, 0)))
    broken = lived.broken()
    console.print("\n" + ("\n".join(broken[:20]) if broken else "Every promise was kept."), markup=False)
    sys.exit(bool(broken))


def bands(lived: Lived, year: int, habit: str = "") -> list[int]:
    """Members by how many messages they got."""
    counts = lived.distribution(year, habit)
    return [sum(of for number, of in counts.items() if low <= number <= high) for low, high in BANDS]


def table(lived: Lived, year: int) -> str:
    """In Markdown: a line a habit, and all of them."""
    rows = [("habit", "members", "least", "median", "most", *map(_name, BANDS)), ("---",) * (5 + len(BANDS))]
    for habit in (*HABITS, ""):
        counts: Sequence[int] = sorted(lived.distribution(year, habit).elements())
        if counts:
            figures = (len(counts), counts[0], f"{median(counts):g}", counts[-1], *bands(lived, year, habit))
            rows.append((habit or "all", *map(str, figures)))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def chart(lived: Lived, year: int) -> Chart:
    """The distribution over all members."""
    bars = tuple((f"{_name(band)} messages", count) for band, count in zip(BANDS, bands(lived, year), strict=True))
    told = "; ".join(f"{label}: {count}" for label, count in bars)
    return Chart(f"Messages a member got in year {year + 1}", bars, f"{len(lived.people)} members. {told}")


def _name(band: tuple[int, int]) -> str:
    low, high = band
    return str(low) if low == high else f"{low}–{high}"


if __name__ == "__main__":
    main()
