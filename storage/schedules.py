"""What the clock is due to do: wall times, zones and recurrence rules, and their occurrences."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any

import sqlalchemy as sa

from storage import ids
from storage.recurrence import Rule, rule
from storage.tables import occurrence, schedule
from storage.work import Shelf

LOCKED_AT_ONCE = 50  # schedules planned in one transaction
EXPANDED_AT_ONCE = 400  # occurrences of one schedule planned in one transaction
OPEN = occurrence.c.state < sa.literal_column("2")  # spelled out for the partial index


class CatchUp(StrEnum):
    """What happens to times that passed while nobody was running."""

    EACH = "each"  # all are told; each message's own expiry says until when (event reminders)
    LATEST = "latest"  # only the latest is told, if it is within the grace (check-ins)
    SKIP = "skip"  # none that is older than the grace (digests)


class Stage(IntEnum):
    """How far an occurrence is."""

    PLANNED = 0
    FANNING = 1  # a part of its messages is in the outbox
    FANNED = 2
    CANCELLED = 3  # its schedule changed or stopped
    SKIPPED = 4  # it passed while nobody was running


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One time of a schedule.  `nominal_local` is naive wall time in `zone`; `starts_at` the instant, UTC."""

    id: str
    community: str
    schedule: str
    kind: str
    subject: str
    zone: str
    nominal_local: datetime
    starts_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a planner of this kind is asked, for one subject."""

    id: str
    kind: str
    subject: str
    rule: Rule
    catch_up: CatchUp
    grace: timedelta
    planned_until: datetime
    version: int
    active: bool


class Schedules(Shelf):
    """The schedules of one community; one for each kind and subject."""

    def set(
        self,
        kind: str,
        *,
        dtstart_local: datetime,
        zone: str,
        rrule: str | None = None,
        subject: str = "",
        catch_up: CatchUp | str = CatchUp.SKIP,
        grace: timedelta = timedelta(hours=6),
    ) -> Schedule:
        """Have this kind planned by this rule from now on; setting the same again changes nothing.

        When the rule changes, what was planned for times still to come is cancelled and planned anew under its nominal
        wall time.  Raises RuleProblem.
        """
        new = rule(dtstart_local, rrule, zone)
        policy = {"catch_up": str(CatchUp(catch_up)), "grace_s": int(grace.total_seconds())}
        values = {"dtstart_local": new.dtstart_local, "rrule": new.rrule, "zone": zone, **policy}
        now = self.work.database_now
        made = self._put_once(
            schedule, id=ids.fresh(), kind=kind, subject=subject, planned_until=now, version=1, active=True, **values
        )
        old = self._get(kind, subject, lock=not made)
        if made or old is None:
            return self._found(kind, subject)
        if old.rule != new or not old.active:
            self._cancel_coming(old.id, now)
            values |= {"active": True, "version": old.version + 1, "planned_until": now}
        self.run(self._change(schedule).where(schedule.c.id == old.id).values(**values))
        return self._found(kind, subject)

    def get(self, kind: str, subject: str = "") -> Schedule | None:
        """The schedule as it was set, or None when there is none or it was stopped."""
        found = self._get(kind, subject)
        return found if found and found.active else None

    def stop(self, kind: str, subject: str = "") -> None:
        """No more times; what was planned for times still to come is cancelled."""
        old = self._get(kind, subject, lock=True)
        if old and old.active:
            self.run(self._change(schedule).where(schedule.c.id == old.id).values(active=False))
            self._cancel_coming(old.id, self.work.database_now)

    def next_times(self, kind: str, number: int = 5, subject: str = "") -> list[datetime]:
        """The next instants, UTC; none when there is no such schedule."""
        found = self.get(kind, subject)
        return found.rule.next_times(self.work.database_now, number) if found else []

    def _found(self, kind: str, subject: str) -> Schedule:
        found = self._get(kind, subject)
        if found is None:
            raise LookupError(kind)
        return found

    def _get(self, kind: str, subject: str, *, lock: bool = False) -> Schedule | None:
        statement = self._rows(schedule).where(schedule.c.kind == kind, schedule.c.subject == subject)
        row = self.run(statement.with_for_update() if lock else statement).one_or_none()
        return _schedule(row) if row else None

    def _cancel_coming(self, schedule_id: str, now: datetime) -> None:
        from storage.outbox import Outbox  # noqa: PLC0415 - the outbox names Occurrence in its types

        coming = self._rows(occurrence, occurrence.c.id).where(
            occurrence.c.schedule_id == schedule_id,
            occurrence.c.starts_at > now,
            occurrence.c.state != Stage.CANCELLED,
        )
        found = list(self.run(coming.with_for_update()).scalars())
        Outbox(self.work, self.community).cancel_occurrences(found)
        self.run(self._change(occurrence).where(occurrence.c.id.in_(found)).values(state=Stage.CANCELLED))


def _schedule(row: sa.Row[Any]) -> Schedule:
    return Schedule(
        id=row.id,
        kind=row.kind,
        subject=row.subject,
        rule=Rule(row.dtstart_local, row.rrule, row.zone),
        catch_up=CatchUp(row.catch_up),
        grace=timedelta(seconds=row.grace_s),
        planned_until=row.planned_until,
        version=row.version,
        active=row.active,
    )
