"""How long starting takes, from the command to the answer."""

import subprocess
import sys
import time
from collections.abc import Sequence

from tests.benchmarks.report import Row
from tests.benchmarks.servers import ENISHI, cores, floor_command, free_port, launch, ready, running
from tests.benchmarks.town import Town
from tests.benchmarks.web import Effort, Watch


async def rows(towns: dict[str, Town], slack_api: str, effort: Effort, watch: Watch) -> list[Row]:
    """`--help` beside an empty Python, `serve` beside a server with one empty page; in ms."""
    nothing: list[float] = []
    help_: list[float] = []
    bare: list[float] = []
    serve: dict[str, list[float]] = {name: [] for name in towns}
    for _ in range(effort.starts):
        watch("starting", 4.0)
        nothing.append(_ended([sys.executable, "-c", "pass"]))
        help_.append(_ended([*ENISHI, "--help"]))
        port = free_port()
        bare.append(await _answered(floor_command("bare", port), port, {}))
        for name, town in towns.items():
            port = free_port()
            settings = town.settings(port, slack_api)
            serve[name].append(await _answered([*ENISHI, "serve"], port, settings))
    return [
        Row("app.py --help, to its end", "ms", nothing, help_),
        *(Row(f"app.py serve, {name}, to /readyz", "ms", bare, figures) for name, figures in serve.items()),
    ]


def _ended(command: Sequence[str]) -> float:
    began = time.perf_counter()
    process = launch(command, cores()[0], {}, subprocess.DEVNULL)
    process.wait()
    return (time.perf_counter() - began) * 1000


async def _answered(command: Sequence[str], port: int, settings: dict[str, str]) -> float:
    began = time.perf_counter()
    with running("starting", command, port, settings) as server:
        await ready(server)
        return (time.perf_counter() - began) * 1000
