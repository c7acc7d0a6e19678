"""Asks each feature's planner who is due, and fills the outbox under unique keys.

Any number of replicas may do so at once, and any of them may stop anywhere: a schedule's cursor, an occurrence's
cursor and the messages' keys move in one transaction each.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.surface import Unavailable
from scheduler.courtesy import Courtesy
from storage.engine import Database
from storage.occurrences import Opened, expand_due_schedules_everywhere, fanned, open_next_anywhere
from storage.outbox import Outbox, Planner
from storage.work import Work

HORIZON = timedelta(days=2)  # how far ahead occurrences are written down
CHUNK = 500  # subjects fanned out in one transaction, so that nobody waits long for the writer
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Planned:
    """What a tick did."""

    occurrences: int = 0
    messages: int = 0
    skipped: int = 0
    failed: int = 0  # occurrences whose planner raised; asked again at the next tick
    unavailable: bool = False

    def __add__(self, other: "Planned") -> "Planned":
        return Planned(
            self.occurrences + other.occurrences,
            self.messages + other.messages,
            self.skipped + other.skipped,
            self.failed + other.failed,
            self.unavailable or other.unavailable,
        )


@dataclass(slots=True)
class _Step:
    opened: Opened | None = None
    skipped: int = 0
    messages: int = 0
    error: Exception | None = None


async def plan(
    database: Database,
    planners: Mapping[str, Planner],
    horizon: timedelta = HORIZON,
    *,
    courtesy: Courtesy | None = None,
    lead: timedelta = timedelta(),
    chunk: int = CHUNK,
) -> Planned:
    """Write down what is to come within `horizon`, and fan out what has come (or comes within `lead`).

    With `courtesy` each message gets a polite time.  Planners are called with an open transaction, once a chunk.  One
    that raises is asked again at the next tick, and does not keep the others from being asked.  When the database
    cannot be reached the rest is left to the next tick.
    """
    planned = Planned()
    try:
        while True:
            schedules, new = await database.tx(lambda work: expand_due_schedules_everywhere(work, horizon))
            planned += Planned(occurrences=new)
            if not schedules:
                break
        broken: list[str] = []
        while True:
            fan = _Fan(planners, courtesy, lead, chunk, tuple(broken))
            step = await _fan_out(database, fan)
            planned += Planned(messages=step.messages, skipped=step.skipped, failed=int(step.error is not None))
            if step.error and step.opened:
                broken.append(step.opened.occurrence.id)
            elif not step.opened and not step.skipped:
                return planned
    except Unavailable:
        return planned + Planned(unavailable=True)


@dataclass(frozen=True, slots=True)
class _Fan:
    planners: Mapping[str, Planner]
    courtesy: Courtesy | None
    lead: timedelta
    chunk: int
    without: tuple[str, ...]  # occurrences whose planner raised


async def _fan_out(database: Database, how: _Fan) -> _Step:
    """The next chunk of the next occurrence, in one transaction."""
    step = _Step()

    def fan(work: Work) -> None:
        step.opened, step.skipped = open_next_anywhere(work, sorted(how.planners), how.lead, how.without)
        if step.opened is None:
            return
        one = step.opened.occurrence
        drafts, cursor = how.planners[one.kind](work, one, step.opened.cursor, how.chunk)
        if how.courtesy:
            drafts = how.courtesy.place(work, one.community, drafts)
        step.messages = Outbox(work, one.community).add(drafts, one.id)
        fanned(work, step.opened, cursor)

    try:
        await database.tx(fan)
    except Unavailable:
        raise
    except Exception as error:
        if step.opened is None:
            raise
        log.error("planner failed", kind=step.opened.occurrence.kind, error=type(error).__name__)  # noqa: TRY400 - a traceback may hold content
        step.error, step.messages, step.skipped = error, 0, 0
    return step
