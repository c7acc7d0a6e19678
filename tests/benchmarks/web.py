"""Requests: a slash command on Slack and a form on the portal, from the socket to the commit and back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.asking import Maker
from tests.benchmarks.load import closed, opened
from tests.benchmarks.report import Bar, Row
from tests.benchmarks.servers import Server

AT_ONCE = 16  # connections of the closed loop
CPU = f"CPU, {AT_ONCE} at once"
SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "slowest": 1.0}


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: turns of floor and Enishi, requests, and seconds."""

    turns: int = 3
    commands: int = 2500
    forms: int = 400
    presses: int = 800
    workspaces: int = 200
    open_s: float = 5.0
    transactions_s: float = 1.0
    idle_s: float = 5.0
    starts: int = 5
    roster: int = 20_000
    members: int = 100_000  # for whom is planned
    messages: int = 6_000  # through the outbox
    batch: int = 600  # at the pace of the platform


QUICK = Effort(
    turns=1,
    commands=800,
    forms=120,
    presses=200,
    open_s=1.5,
    transactions_s=0.4,
    idle_s=1.0,
    starts=1,
    roster=2000,
    members=500,
    batch=40,
)


Watch = Callable[[str, float], None]
"""Hears what begins to be measured, and about how many seconds it will take."""


@dataclass(slots=True)
class Side:
    """One server with what it is asked, and what was measured of it."""

    server: Server
    make: Maker
    figures: dict[str, list[float]] = field(default_factory=dict)

    def note(self, what: str, figure: float) -> None:
        """One turn's figure."""
        self.figures.setdefault(what, []).append(figure)


async def compare(
    sides: Sequence[Side], effort: Effort, count: int, rates: Sequence[int], watch: Watch
) -> Sequence[Side]:
    """Measure all sides in turns: CPU per request with `AT_ONCE` connections, then latency at each rate."""
    for side in sides:
        await closed(side.server.port, side.make(max(AT_ONCE, count // 8)), AT_ONCE)  # warm
    for turn in range(effort.turns):
        for side in sides:
            watch(f"{side.server.name}: CPU", count / 1000)
            await _cpu(side, count)
            for rate in rates:
                watch(f"{side.server.name}: {rate}/s", effort.open_s)
                await _latency(side, rate, effort.open_s, seed=turn)
    return sides


async def _cpu(side: Side, count: int) -> None:
    requests, before = side.make(count), side.server.cpu()
    load = await closed(side.server.port, requests, AT_ONCE)
    side.note(CPU, (side.server.cpu() - before) / count * 1e6)
    side.note(f"most, {AT_ONCE} at once", count / load.wall)


async def _latency(side: Side, rate: int, seconds: float, seed: int) -> None:
    requests, before = side.make(max(1, int(rate * seconds))), side.server.cpu()
    load = await opened(side.server.port, requests, rate, seed)
    side.note(f"CPU at {rate}/s", (side.server.cpu() - before) / len(requests) * 1e6)
    for name, share in SHARES.items():
        side.note(f"{name} at {rate}/s", load.percentile(share))


def rows(floor: Side, ours: Side, what: str, bars: dict[str, Bar]) -> list[Row]:
    """Every figure of ours beside the floor's."""
    units = {"CPU": "µs", "most": "/s"}
    return [
        Row(
            f"{what}, {name}", units.get(name.split()[0].strip(","), "ms"), floor.figures[name], figures, bars.get(name)
        )
        for name, figures in ours.figures.items()
    ]
