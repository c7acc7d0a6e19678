"""What bringing in a roster costs, beside reading and checking the same file without a database.

Each figure is a process of its own, so that its peak of memory is its own, too.
"""

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from handlers.roster import columns, reading, rules, terminal
from storage import communities, errands, keys
from storage.clock import SystemClock
from storage.engine import database
from tests.benchmarks.report import Bar, Row, Section
from tests.benchmarks.town import Town
from tests.benchmarks.web import Effort, Watch

FEW = 10  # the shorter file has so many times fewer rows
MEGABYTE = 1024  # KiB, as the system counts
FLAT = 32  # MB that ten times the rows may need more


@dataclass
class Moment:
    """When something began: on the clock, and in this process's own time."""

    clock: float = field(default_factory=time.perf_counter)
    own: float = field(default_factory=time.process_time)

    def since(self) -> dict[str, float]:
        """Seconds until now, of both."""
        return {"seconds": time.perf_counter() - self.clock, "cpu": time.process_time() - self.own}


def roster(rows: int) -> bytes:
    """A file as a personnel department saves it."""
    lines = [
        f"山田　太郎{n},ヤマダ タロウ,taro{n}@example.co.jp,{n:06},令和{n % 6 + 1}年4月1日,営業部第{n % 9}課\r\n"
        for n in range(rows)
    ]
    return ("氏名,フリガナ,メールアドレス,社員番号,退職日,最終所属\r\n" + "".join(lines)).encode("cp932")


def section(towns: dict[str, Town], effort: Effort, watch: Watch) -> Section:
    """Time and memory, on each database."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="enishi-roster-") as folder:
        many, few = Path(folder, "many.csv"), Path(folder, "few.csv")
        many.write_bytes(roster(effort.roster))
        few.write_bytes(roster(effort.roster // FEW))
        floors: list[dict[str, float]] = []
        ours: dict[str, list[dict[str, float]]] = {name: [] for name in towns}
        fewer: dict[str, list[dict[str, float]]] = {name: [] for name in towns}
        for _ in range(effort.turns):
            watch("a roster, read and checked", effort.roster / 5000)
            floors.append(_measured("floor", many))
            for name, town in towns.items():
                watch(f"a roster, {name}", effort.roster / 2000)
                ours[name].append(_measured("ours", many, town))
                fewer[name].append(_measured("ours", few, town))
        for name in towns:
            for what, figure, bar in (("rows", "seconds", Bar(3.0)), ("rows, CPU", "cpu", None)):
                took = [one[figure] for one in floors], [one[figure] for one in ours[name]]
                rows.append(Row(f"{name}, {effort.roster:,} {what}", "s", *took, bar))
            more = [much["peak"] - little["peak"] for much, little in zip(ours[name], fewer[name], strict=True)]
            rows.append(Row(f"{name}, memory for {FEW} × the rows", "MB", [], more, Bar(FLAT, of_ours=True)))
    return Section(
        "A roster: tried, sealed and written, app.py import --confirm",
        "reading, decoding and checking the same file (CSV in CP932), without a database",
        rows,
    )


def _measured(what: str, file: Path, town: Town | None = None) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.importing", what, str(file)]
    command += [town.url, str(town.keys_folder)] if town else []
    told: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)  # noqa: S603 - our own code
    return told


def _floor(content: bytes) -> None:
    sheet = reading.read(content)
    found = columns.guess(list(islice(sheet.rows(), columns.LOOKED_AT)))
    met = rules.Namesakes()
    for number, cells in enumerate(sheet.rows(), 1):
        if number > found.header:
            met.meet(rules.checked(number, cells, found.where, date(2026, 11, 21)))


async def _ours(content: bytes, url: str, folder: Path) -> dict[str, float]:
    """In a community of its own, which is not counted."""
    memory = database(url, keys.load(folder), SystemClock())
    await memory.open()
    try:
        name = f"roster {time.time_ns()}"
        await memory.tx(lambda work: communities.found(work, name))
        began = Moment()
        wish = terminal.Wish(name, confirm=True)
        await errands.run(memory, terminal.bringing_in(content, wish, lambda _done, _all: None))
        return began.since()
    finally:
        await memory.close()


def main() -> None:
    """`floor FILE` or `ours FILE DATABASE KEYS`: seconds and MB at the peak, as JSON."""
    what, file, *where = sys.argv[1:]
    content = Path(file).read_bytes()
    if what == "floor":
        began = Moment()
        _floor(content)
        took = began.since()
    else:
        took = asyncio.run(_ours(content, where[0], Path(where[1])))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    sys.stdout.write(json.dumps({**took, "peak": peak}))


if __name__ == "__main__":
    main()
