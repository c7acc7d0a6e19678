"""`python -m tests.benchmarks [--quick] [--only PART,PART] [--json FILE]`: measure, and print the tables.

It ends with 0 even when a bar is missed: a figure is a measurement, and whose machine it was decides what it means.
"""

import argparse
import asyncio
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from tests.benchmarks import machine, report, run, town
from tests.benchmarks.servers import cores, hold_to
from tests.benchmarks.web import QUICK, Effort


def main() -> None:
    """Measure and tell."""
    reading = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    reading.add_argument("--quick", action="store_true", help="a smoke run: every piece once and short")
    reading.add_argument("--json", type=Path, metavar="FILE", help="write every figure there as well")
    reading.add_argument("--sqlite-only", action="store_true", help="leave PostgreSQL out")
    reading.add_argument("--only", metavar="PART,PART", default=",".join(run.PARTS), help="of %(default)s")
    said = reading.parse_args()
    parts = said.only.split(",")
    if unknown := set(parts) - set(run.PARTS):
        reading.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(run.PARTS)}")
    effort, console = QUICK if said.quick else Effort(), Console()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="enishi-bench-")))
        facts = machine.told(folder)
        towns = {"SQLite": town.settle(f"sqlite:///{folder}/enishi.db", folder / "keys")}
        address = None if said.sqlite_only else stack.enter_context(town.postgres())
        if address:
            towns["PostgreSQL"] = town.settle(address, folder / "keys-postgres")
            facts["postgres"] = asyncio.run(machine.postgres_version(address))
        _head(console, facts)
        sections = _measured(console, towns, folder, effort, parts)
    report.close(console, sections)
    _warn(console, facts)
    if said.json:
        report.write(said.json, facts, sections)


def _head(console: Console, facts: dict[str, Any]) -> None:
    servers, load = cores()
    console.print(f"{facts['cores']} cores, {facts['cpu']}, {facts['system']}; Python {facts['python']}")
    console.print(", ".join(f"{name} {version}" for name, version in facts["libraries"].items()))
    console.print(f"SQLite {facts['sqlite']}, fdatasync of 4 KiB {facts['fdatasync_ms']} ms; ", end="")
    console.print(f"PostgreSQL {facts['postgres']}" if "postgres" in facts else f"PostgreSQL {run.NO_POSTGRES}")
    console.print(f"Servers on core {servers}, load and transactions on core {load}; load average {_load(facts)}")
    _warn(console, facts)


def _load(facts: dict[str, Any]) -> str:
    return f"{facts['load_average']:.2f} at the start"


def _warn(console: Console, facts: dict[str, Any]) -> None:
    if facts["busy"]:
        console.print(
            f"[bold yellow]The machine was busy (load average {_load(facts)}): ratios of CPU may be believed, "
            "latencies not.[/bold yellow]"
        )


def _measured(
    console: Console, towns: dict[str, town.Town], folder: Path, effort: Effort, parts: list[str]
) -> list[report.Section]:
    hold_to(cores()[1])
    columns = (TextColumn("{task.description:<32}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, refresh_per_second=2, transient=True) as progress:
        task = progress.add_task("starting the servers", total=run.seconds(effort, len(towns)))
        under_way = 0.0

        def watch(what: str, seconds: float) -> None:
            nonlocal under_way
            progress.update(task, advance=under_way, description=what)
            under_way = seconds

        async def measure() -> list[report.Section]:
            sections = []
            async for section in run.everything(towns, folder, effort, watch, parts):
                report.show(console, section)
                sections.append(section)
            return sections

        return asyncio.run(measure())


if __name__ == "__main__":
    main()
