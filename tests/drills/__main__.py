"""`python -m tests.drills [--only WORD] [--json FILE]`: every drill at full size, on both databases.

It ends with 1 when a promise was broken, or when a control, which breaks one on purpose, was not noticed.
"""

import argparse
import asyncio
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from storage import schema
from tests.benchmarks.town import postgres
from tests.drills.chat import Weather
from tests.drills.cluster import cluster
from tests.drills.drill import Plan, Report, run
from tests.drills.worker import Pace

SKEWS = (-1.5, 0.0, 1.5, 0.5)
BLIND = Weather(can_look=False)
ATTEMPTS = 1.05  # of the rows that the clock plans: the bar of `measured.md`, scale
ANSWERS = Weather(lost=100, broken=150)
STORMS = Weather(storm=400)
SLOW = Weather(slow_s=0.4)
HIDDEN = Weather(hidden_s=9.0)

WHOLE = (
    Plan("kill -9, look-up", messages=2000, kills=30, in_flight=15),
    Plan("kill -9, no look-up", messages=2000, kills=30, in_flight=15, weather=BLIND),
    Plan("kill -9, lost answers and 500s after acceptance", messages=1000, kills=15, in_flight=15, weather=ANSWERS),
    Plan("kill -9, storms of 429", messages=1000, kills=15, in_flight=15, weather=STORMS),
    Plan("kill -9, a slow platform", messages=600, kills=10, in_flight=15, weather=SLOW),
    Plan("SIGSTOP", messages=1000, kills=0, stops=8, in_flight=15),
)
TOGETHER = (  # several replicas; so many messages that they are not through before all harm is done
    *(replace(plan, workers=4, messages=plan.messages * 3 // 2) for plan in WHOLE),
    Plan("kill -9, clocks 1.5 s off", messages=3000, kills=30, planned=16, workers=4, in_flight=15, skews=SKEWS),
)
CONTROLS = (
    Plan("control: found later than it settles", messages=600, kills=10, in_flight=15, weather=HIDDEN),
    Plan("control: the SDK resends", messages=600, kills=0, weather=Weather(lost=50), retries=True),
)
LATE = Plan(
    "control: the guard begins after the commit",
    messages=600,
    kills=0,
    workers=4,
    late_guard=True,
    stall_s=Pace().settle + 1,
)
SHOCKS = Plan("the database is stopped hard", messages=1500, kills=0, workers=2, in_flight=15, shocks=3)


@dataclass(frozen=True)
class Drill:
    """One drill on one database, and what it showed."""

    database: str
    plan: Plan
    report: Report

    @property
    def problem(self) -> str:
        """What broke a promise, or "" ."""
        plan, told = self.plan, self.report
        if plan.name.startswith("control"):
            return "" if told.doubled else "the mistake was not noticed"
        allowed = 0 if plan.weather.can_look else (told.kills + told.stops) * plan.in_flight
        wrong = [f"lost {told.lost}"] if told.lost else []
        wrong += [f"doubled {told.doubled}, {allowed} allowed"] if told.doubled > allowed else []
        wrong += [f"extra {told.extra}"] if told.extra else []
        wrong += [f"{told.attempts} rows tried of {told.planned}"] if told.attempts > ATTEMPTS * told.planned else []
        wrong += [f"only {told.kills} kills"] if told.kills < plan.kills // 3 else []
        wrong += ["fewer look-ups than kills: it showed nothing"] if told.looked < told.kills else []
        return "; ".join(wrong)


def main() -> None:
    """Drill and tell."""
    reading = argparse.ArgumentParser(prog="python -m tests.drills", description=__doc__)
    reading.add_argument("--only", default="", metavar="WORD", help="drills with this in their name or database")
    reading.add_argument("--json", type=Path, metavar="FILE", help="write every count there as well")
    said, console = reading.parse_args(), Console()
    console.print(f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f} at the start")
    columns = (TextColumn("{task.description:<60}"), BarColumn(), TimeElapsedColumn())
    drills: list[Drill] = []
    with Progress(*columns, console=console, refresh_per_second=2, transient=True) as progress:
        for kind, plan, place in _all():
            if said.only not in f"{kind}: {plan.name}":
                continue
            with place() as found:
                if found is None:
                    console.print(f"[yellow]{kind}: {plan.name}: skipped, there is no such server here[/yellow]")
                    continue
                task = progress.add_task(f"{kind}: {plan.name}", total=1.0)
                url, shock = found

                def watch(_: str, share: float, task: TaskID = task) -> None:
                    progress.update(task, completed=share)

                report = asyncio.run(run(plan, url, watch, shock))
                if not console.is_terminal:
                    console.print(f"{kind}: {plan.name}: {report.words}")
                progress.remove_task(task)
                drills.append(Drill(kind, plan, report))
    told(console, drills)
    if said.json:
        rows = [{"database": one.database, "drill": one.plan.name, **asdict(one.report)} for one in drills]
        said.json.write_text(json.dumps(rows, indent=1) + "\n")
    raise SystemExit(any(one.problem for one in drills))


Found = tuple[str, Callable[[], None]]
Place = Callable[[], AbstractContextManager[Found | None]]


def _all() -> Iterator[tuple[str, Plan, Place]]:
    for plan in (*WHOLE, *CONTROLS):
        yield "SQLite", plan, _file
    for plan in (*TOGETHER, *CONTROLS, LATE):
        yield "PostgreSQL", plan, _server
    yield "PostgreSQL", SHOCKS, _own


@contextmanager
def _file() -> Iterator[Found]:
    with tempfile.TemporaryDirectory(prefix="enishi-drill-") as folder:
        url = f"sqlite:///{folder}/enishi.db"
        schema.migrate(url)
        yield url, lambda: None


@contextmanager
def _server() -> Iterator[Found | None]:
    with postgres() as url:
        if url:
            schema.migrate(url)
        yield (url, lambda: None) if url else None


@contextmanager
def _own() -> Iterator[Found | None]:
    with cluster() as found:
        if found:
            schema.migrate(found[0])
        yield found


def told(console: Console, drills: list[Drill]) -> None:
    """The table."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("database", "drill"):
        table.add_column(heading)
    for heading in (
        "messages",
        "kills",
        "stops",
        "look-ups",
        "refused",
        "lost",
        "doubled",
        "extra",
        "planned",
        "tried",
    ):
        table.add_column(heading, justify="right")
    table.add_column("")
    for one in drills:
        report = one.report
        first = (report.expected, report.kills, report.stops, report.looked, report.refused)
        counts = (*first, report.lost, report.doubled, report.extra, report.planned, report.attempts)
        verdict = f"[bold red]{one.problem}[/bold red]" if one.problem else "[green]as promised[/green]"
        verdict = "[green]noticed[/green]" if one.plan.name.startswith("control") and not one.problem else verdict
        table.add_row(one.database, one.plan.name, *map(str, counts), verdict)
    console.print(table)


if __name__ == "__main__":
    main()
