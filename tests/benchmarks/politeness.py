"""What it costs to decide about a message, and to plan for a hundred thousand members.

The work is single-threaded; `process_time` is taken, so that another process on the machine is not counted.
"""

import asyncio
import resource
import tempfile
import time
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.people import Handle
from scheduler.courtesy import Courtesy
from scheduler.planning import plan
from scheduler.politeness import Standing, Wanted, decide
from storage import communities
from storage.engine import Database, database
from storage.habits import ALL, Awaited
from storage.keys import Keys
from storage.manners import Settings, Wishes, limits
from storage.people import People
from storage.work import Work
from storage.workdays import calendar
from tests.benchmarks.report import Bar, Row, Section
from tests.benchmarks.web import Effort, Watch
from tests.simulation import village, years

DECISIONS = 20_000
DECISION_MAX = 50  # µs
DRAFT_MAX = 120  # µs: 100,000 members x 5 features are 500,000 in 60 s
FLAT = 32  # MB that planning may need beyond what the process has
AT_ONCE = 1000  # members made in one transaction


async def section(effort: Effort, watch: Watch) -> Section:
    """A decision, and a planned message of five features."""
    watch("deciding", 1.0)
    deciding = [_deciding() for _ in range(effort.turns)]
    watch("planning", effort.members / 500)
    with tempfile.TemporaryDirectory(prefix="enishi-planning-") as name:
        folder = await asyncio.to_thread(years.prepared, Path(name))
        drafts, grown = await _planning(folder, effort.members)
    rows = [
        Row("a decision", "µs", [], deciding, Bar(DECISION_MAX, of_ours=True)),
        Row(f"a message, {effort.members:,} × 5", "µs", [], [drafts], Bar(DRAFT_MAX, of_ours=True)),
        Row("memory it took", "MB", [], [grown], Bar(FLAT, of_ours=True)),
    ]
    return Section("Politeness: deciding and planning, SQLite, one core", "none; 120 µs are 500,000 in a minute", rows)


def _deciding() -> float:
    """µs for one, with what is known of the member made anew each time."""
    settings, now = Settings(), village.START + timedelta(hours=3)
    sent = (now - timedelta(days=20), now - timedelta(days=9), now - timedelta(days=4))
    manner, awaited = village.MANNERS["made.meetup"], {ALL: Awaited(2, village.START.date() - timedelta(days=9))}
    began = time.process_time()
    for number in range(DECISIONS):
        days = calendar(settings, "Asia/Tokyo")
        member = Standing("Asia/Tokyo", days, limits(settings, Wishes()), sent, awaited)
        decide(Wanted("made.meetup", manner, now + timedelta(days=14), f"{number}"), member, now)
    return (time.process_time() - began) / DECISIONS * 1e6


async def _planning(folder: Path, members: int) -> tuple[float, float]:
    """µs of CPU for a message in the outbox, and the MB by which the process grew."""
    clock = years.StillClock()
    memory = database(f"sqlite:///{folder}/years.db", Keys.fresh(), clock)
    await memory.open()
    try:
        community = (await memory.tx(lambda work: communities.found(work, "みなとの縁"))).id
        for start in range(0, members, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, members))
            await memory.tx(partial(_welcome, community=community, numbers=numbers))
        await memory.tx(lambda work: village.settle(work, community))
        courtesy = Courtesy(village.manners())
        before, began, messages = _peak(), time.process_time(), 0
        while messages < members * len(village.RULES):  # one of each feature, within the first weeks of the quarter
            clock.offset += timedelta(days=1)
            messages += await _day(memory, courtesy)
        return (time.process_time() - began) / messages * 1e6, _peak() - before
    finally:
        await memory.close()


async def _day(memory: Database, courtesy: Courtesy) -> int:
    planners = {kind: planner for kind, planner in village.planners().items() if kind in village.RULES}
    return (await plan(memory, planners, courtesy=courtesy)).messages


def _welcome(work: Work, community: str, numbers: range) -> None:
    people = People(work, community)
    for number in numbers:
        member = people.welcome({"name": f"{number}"}, zone="Asia/Tokyo")
        people.add_handle(member, Handle("slack", "T1", f"U{number}"))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
