"""Figures beside their floors, as a table and as JSON."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Bar:
    """What must hold: of the ratio to the floor, or of our own figure (`of_ours`).  `at_least`: else at most."""

    limit: float
    at_least: bool = False
    of_ours: bool = False

    def holds(self, row: "Row") -> bool:
        """Whether a figure is within it."""
        figure = row.ours if self.of_ours else row.ratio
        if figure is None:
            return False
        return figure >= self.limit if self.at_least else figure <= self.limit

    def words(self, unit: str) -> str:
        """As it stands in the table."""
        sign = "≥" if self.at_least else "≤"
        return f"{sign} {number(self.limit)} {unit if self.of_ours else '×'}"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of ours beside the floor's; both are medians over the turns (`all_*`)."""

    what: str
    unit: str
    all_floor: Sequence[float]
    all_ours: Sequence[float]
    bar: Bar | None = None

    @property
    def floor(self) -> float | None:
        """The floor's median; None when nothing can be compared."""
        return median(self.all_floor) if self.all_floor else None

    @property
    def ours(self) -> float:
        """Our median."""
        return median(self.all_ours)

    @property
    def ratio(self) -> float | None:
        """Ours divided by the floor's."""
        return self.ours / self.floor if self.floor else None

    @property
    def holds(self) -> bool | None:
        """Whether the bar holds; None without a bar."""
        return self.bar.holds(self) if self.bar else None


@dataclass(frozen=True, slots=True)
class Section:
    """Figures of one task.  `floor` says what the floor is; `skipped` why there are none."""

    title: str
    floor: str
    rows: Sequence[Row] = ()
    skipped: str = ""


def number(figure: float) -> str:
    """About three digits."""
    if figure and abs(figure) < 1:
        return f"{figure:.3g}"
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.1f}".removesuffix(".0")


def ratio(figure: float) -> str:
    """Two decimals, more below a tenth."""
    if figure >= 100:
        return f"{figure:,.0f} ×"
    return f"{figure:.2f} ×" if figure >= 0.1 else f"{figure:.3f} ×"


def table(section: Section) -> Table:
    """One line a figure: what, floor, Enishi, ratio, bar, and whether it holds."""
    drawn = Table(box=None, pad_edge=False, header_style="dim")
    drawn.add_column("what", width=27)
    for heading, width in (("floor", 10), ("Enishi", 10), ("ratio", 8), ("bar", 10)):
        drawn.add_column(heading, justify="right", no_wrap=True, width=width)
    drawn.add_column("ok?", no_wrap=True, min_width=4)
    for row in section.rows:
        drawn.add_row(*_cells(row))
    return drawn


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.what,
        f"{number(row.floor)} {row.unit}" if row.floor is not None else "–",
        f"{number(row.ours)} {row.unit}",
        ratio(row.ratio) if row.ratio is not None else "–",
        row.bar.words(row.unit) if row.bar else "",
        {True: "[green]ok[/green]", False: "[bold red]MISS[/bold red]", None: ""}[row.holds],
    )


def missed(sections: Iterable[Section]) -> list[str]:
    """The bars that do not hold, one line each."""
    return [f"{section.title}: {row.what}" for section in sections for row in section.rows if row.bar and not row.holds]


def tell(console: Console, sections: Sequence[Section]) -> None:
    """The tables, and which bars were missed."""
    for section in sections:
        show(console, section)
    close(console, sections)


def show(console: Console, section: Section) -> None:
    """One table."""
    console.print(f"\n[bold]{section.title}[/bold]\n[dim]{section.skipped or 'floor: ' + section.floor}[/dim]")
    if section.rows:
        console.print(table(section))


def close(console: Console, sections: Sequence[Section]) -> None:
    """Which bars were missed."""
    console.print()
    if wrong := missed(sections):
        console.print("[bold red]Missed:[/bold red] " + "; ".join(wrong))
    else:
        console.print(f"All {sum(row.bar is not None for one in sections for row in one.rows)} bars hold.")


def write(path: Path, machine: dict[str, Any], sections: Sequence[Section]) -> None:
    """Everything, every turn's figure included, as JSON."""
    told = [
        {
            **{name: getattr(section, name) for name in ("title", "floor", "skipped")},
            "rows": [
                {
                    **{name: getattr(row, name) for name in ("what", "unit", "floor", "ours", "ratio", "holds")},
                    "bar": asdict(row.bar) if row.bar else None,
                    "all_floor": list(row.all_floor),
                    "all_ours": list(row.all_ours),
                }
                for row in section.rows
            ],
        }
        for section in sections
    ]
    path.write_text(json.dumps({"machine": machine, "sections": told}, ensure_ascii=False, indent=1) + "\n")
