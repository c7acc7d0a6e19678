"""Asks each feature's planner who is due, and fills the outbox under unique keys.

Any number of replicas may do so at once, and any of them may stop anywhere: a schedule's cursor, an occurrence's
cursor and the messages' keys move in one transaction each.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.surface import Unavailable
from scheduler.courtesy import Courtesy
from scheduler.pacing import fits
from storage import ledger
from storage.engine import Database
from storage.occurrences import Opened, expand_due_schedules_everywhere, fanned, open_next_anywhere
from storage.outbox import AGAIN, Crowd, Outbox, Planner
from storage.work import Work

HORIZON = timedelta(days=2)  # how far ahead occurrences are written down
PLAN_EVERY = timedelta(seconds=30)
AHEAD = timedelta(hours=4)  # how long before its time a crowd may have to be written to
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
    waits: bool = False  # it is to be fanned out later


async def plan(
    database: Database,
    planners: Mapping[str, Planner],
    horizon: timedelta = HORIZON,
    *,
    courtesy: Courtesy | None = None,
    crowds: Mapping[str, Crowd] | None = None,
    lead: timedelta = timedelta(),
    chunk: int = CHUNK,
) -> Planned:
    """Write down what is to come within `horizon`, and fan out what has come (or comes within `lead`).

    With `courtesy` each message gets a polite time.  Kinds with one of the `crowds` are fanned out so long before that
    all have their message when the time comes, by the pace of the platforms.  Planners are called with an open
    transaction, once a chunk.  One that raises is asked again at the next tick, and does not keep the others from being
    asked.  When the database cannot be reached the rest is left to the next tick.
    """
    planned = Planned()
    try:
        while True:
            schedules, new = await database.tx(lambda work: expand_due_schedules_everywhere(work, horizon))
            planned += Planned(occurrences=new)
            if not schedules:
                break
        left: list[str] = []
        while True:
            fan = _Fan(planners, courtesy, crowds or {}, lead, chunk, tuple(left))
            step = await _fan_out(database, fan)
            planned += Planned(messages=step.messages, skipped=step.skipped, failed=int(step.error is not None))
            if step.opened and (step.error or step.waits):
                left.append(step.opened.occurrence.id)
            elif not step.opened and not step.skipped:
                return planned
    except Unavailable:
        return planned + Planned(unavailable=True)


@dataclass(frozen=True, slots=True)
class _Fan:
    planners: Mapping[str, Planner]
    courtesy: Courtesy | None
    crowds: Mapping[str, Crowd]
    lead: timedelta
    chunk: int
    without: tuple[str, ...]  # occurrences whose planner raised, or whose crowd has time


async def _fan_out(database: Database, how: _Fan) -> _Step:
    """The next chunk of the next occurrence, in one transaction."""
    step = _Step()

    def fan(work: Work) -> None:
        step.opened, step.skipped = open_next_anywhere(
            work, sorted(how.planners), how.lead, how.without, early=sorted(how.crowds), ahead=AHEAD
        )
        if step.opened is None:
            return
        one = step.opened.occurrence
        begins = _begins(work, step.opened, how)
        step.waits = begins is not None and work.database_now < begins - _notice(step.opened)
        if step.waits:
            return
        drafts, cursor = how.planners[one.kind](work, one, step.opened.cursor, how.chunk)
        if begins:
            drafts = [replace(draft, due_at=min(draft.due_at, begins)) for draft in drafts]
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


def _begins(work: Work, opened: Opened, how: _Fan) -> datetime | None:
    """When the messages of an occurrence begin to leave, so that its crowd has them when its time comes.

    None: they are as their planner says, since it has no crowd, its time is here, or a pass has begun.
    """
    one = opened.occurrence
    crowd, at = how.crowds.get(one.kind), one.starts_at
    if crowd is None or at <= work.database_now + how.lead or opened.cursor not in {"", AGAIN}:
        return None
    if opened.cursor == AGAIN:
        return at
    there = Counter(ledger.places(work, one.community, crowd(work, one)).values())
    through = (fits(work, place, count, (work.database_now, at)) for place, count in there.items())
    return at - max((fit.ends - fit.begins for fit in through), default=timedelta())


def _notice(opened: Opened) -> timedelta:
    """How long before its messages leave a pass is planned: the first one a look early, the second one not at all."""
    return timedelta() if opened.cursor == AGAIN else PLAN_EVERY
