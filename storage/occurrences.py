"""The clock's own look at schedules, across communities: which times are to come, and which is to be fanned out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa

from storage import ids
from storage.recurrence import Rule
from storage.schedules import EXPANDED_AT_ONCE, LOCKED_AT_ONCE, OPEN, CatchUp, Occurrence, Stage
from storage.tables import occurrence, schedule
from storage.work import Work

SKIPPED_AT_ONCE = 200  # occurrences skipped in one transaction, so that catching up on years keeps nobody waiting
_INSTANT = timedelta(microseconds=1)  # the finest step both databases keep


@dataclass(frozen=True, slots=True)
class Opened:
    """An occurrence that is ours for this transaction, and the last subject already fanned out ("": none)."""

    occurrence: Occurrence
    cursor: str


def expand_due_schedules_everywhere(work: Work, horizon: timedelta) -> tuple[int, int]:
    """Write down the occurrences in (planned until, now + horizon] of schedules with less than half the horizon left.

    Returns how many schedules were looked at (0: done for now) and how many occurrences are new.  Schedules another
    replica is planning at this moment are left to it.
    """
    now = work.database_now
    due = (
        sa.select(schedule)
        .where(schedule.c.active, schedule.c.planned_until < now + horizon / 2)
        .order_by(schedule.c.planned_until, schedule.c.id)
        .limit(LOCKED_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    rows = work.connection.execute(due).all()
    new = 0
    for row in rows:
        times, planned_until = _times(Rule(row.dtstart_local, row.rrule, row.zone), row.planned_until, now + horizon)
        new += _write_down(work, row, times)
        work.connection.execute(
            sa.update(schedule)
            .where(schedule.c.community_id == row.community_id, schedule.c.id == row.id)
            .values(planned_until=planned_until)
        )
    return len(rows), new


def _times(rule: Rule, after: datetime, until: datetime) -> tuple[list[tuple[datetime, datetime]], datetime]:
    """The times in (after, until], or as many as are planned at once, and how far they reach."""
    times = list(islice(rule.times(after, until), EXPANDED_AT_ONCE + 1))
    if len(times) <= EXPANDED_AT_ONCE:
        return times, until
    _, first_left_out = times[-1]
    return [time for time in times if time[1] < first_left_out], first_left_out - _INSTANT


def _write_down(work: Work, row: sa.Row[Any], times: list[tuple[datetime, datetime]]) -> int:
    if not times:
        return 0
    statement = work.insert(occurrence)
    statement = statement.on_conflict_do_update(
        index_elements=["community_id", "schedule_id", "zone", "nominal_local"],
        set_={name: statement.excluded[name] for name in ("starts_at", "state", "fan_cursor", "version")},
        where=occurrence.c.state == Stage.CANCELLED,  # the schedule was changed, and has this wall time again
    )
    rows = [
        {
            "community_id": row.community_id,
            "id": ids.fresh(),
            "schedule_id": row.id,
            "zone": row.zone,
            "nominal_local": nominal,
            "starts_at": at,
            "state": Stage.PLANNED,
            "fan_cursor": "",
            "version": row.version,
        }
        for nominal, at in times
    ]
    return len(work.connection.execute(statement.returning(occurrence.c.id), rows).all())


def open_next_anywhere(
    work: Work,
    kinds: Collection[str],
    lead: timedelta,
    without: Collection[str] = (),
    *,
    early: Collection[str] = (),
    ahead: timedelta = timedelta(),
) -> tuple[Opened | None, int]:
    """The earliest occurrence of these kinds to be fanned out by now + `lead`, and how many were skipped before it.

    Those of `early` kinds are found so far `ahead`.  It stays locked until the transaction ends, and is left out when
    another replica has it or its id is in `without`.
    """
    now = work.database_now
    soon = sa.and_(schedule.c.kind.in_(early), occurrence.c.starts_at <= now + ahead)
    statement = (
        sa.select(occurrence, schedule.c.kind, schedule.c.subject, schedule.c.catch_up, schedule.c.grace_s)
        .join_from(
            occurrence,
            schedule,
            sa.and_(schedule.c.community_id == occurrence.c.community_id, schedule.c.id == occurrence.c.schedule_id),
        )
        .where(OPEN, sa.or_(occurrence.c.starts_at <= now + lead, soon), occurrence.c.id.not_in(without))
        .where(schedule.c.active, schedule.c.kind.in_(kinds))
        # which time is the latest is known only when the schedule is expanded up to now
        .where(sa.or_(schedule.c.catch_up != str(CatchUp.LATEST), schedule.c.planned_until >= now))
        .order_by(occurrence.c.starts_at, occurrence.c.id)
        .limit(1)
        .with_for_update(of=occurrence, skip_locked=True)
    )
    for skipped in range(SKIPPED_AT_ONCE):
        row = work.connection.execute(statement).one_or_none()
        if row is None:
            return None, skipped
        if row.state != Stage.PLANNED or not _passed_by(work, row, now):
            return Opened(_occurrence(row), row.fan_cursor), skipped
        _set(work, row.community_id, row.id, state=Stage.SKIPPED)
    return None, SKIPPED_AT_ONCE


def _passed_by(work: Work, row: sa.Row[Any], now: datetime) -> bool:
    late: bool = row.starts_at <= now - timedelta(seconds=row.grace_s)
    if row.catch_up == CatchUp.EACH or row.starts_at > now:
        return False
    if late or row.catch_up == CatchUp.SKIP:
        return late
    newer = sa.select(occurrence.c.id).where(
        occurrence.c.community_id == row.community_id,
        occurrence.c.schedule_id == row.schedule_id,
        occurrence.c.starts_at > row.starts_at,
        occurrence.c.starts_at <= now,
        occurrence.c.state != Stage.CANCELLED,
    )
    return work.connection.execute(newer.limit(1)).one_or_none() is not None


def _occurrence(row: sa.Row[Any]) -> Occurrence:
    return Occurrence(
        id=row.id,
        community=row.community_id,
        schedule=row.schedule_id,
        kind=row.kind,
        subject=row.subject,
        zone=row.zone,
        nominal_local=row.nominal_local,
        starts_at=row.starts_at,
    )


def fanned(work: Work, opened: Opened, cursor: str | None) -> None:
    """Remember how far an occurrence is fanned out; None: wholly."""
    one = opened.occurrence
    if cursor is None:
        _set(work, one.community, one.id, state=Stage.FANNED)
    else:
        _set(work, one.community, one.id, state=Stage.FANNING, fan_cursor=cursor)


def _set(work: Work, community: str, occurrence_id: str, **values: object) -> None:
    work.connection.execute(
        sa.update(occurrence)
        .where(occurrence.c.community_id == community, occurrence.c.id == occurrence_id)
        .values(**values)
    )
