"""What became of messages, counted by batch: those of one occurrence, or of one kind on one day.  Nobody is named."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from storage.manners import CARRIED, DIGEST, HELD
from storage.outbox import State
from storage.people import People
from storage.tables import nudge
from storage.work import Shelf

SINCE = timedelta(days=60)  # batches that came due longer ago are not listed
AGAIN_LIVES = timedelta(days=2)  # how long a message that is sent again is worth saying
AT_ONCE = 1000  # messages sent again in one transaction


class Fate(StrEnum):
    """What became of a message; every one of a batch has one of these."""

    SENT = "sent"
    WAITING = "waiting"  # or on its way, or being looked up
    HELD = "held"  # not said for a member's sake, or told in one line of another message
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNKNOWN = "unknown"  # perhaps sent, and nobody can tell


@dataclass(slots=True)
class Batch:
    """So many messages of one kind.  `why` counts the words of the last outcome, of those that failed or wait."""

    name: str
    kind: str
    at: datetime
    shared: bool  # for a room, not for members
    fates: Counter[Fate] = field(default_factory=Counter)
    why: Counter[tuple[Fate, str]] = field(default_factory=Counter)

    @property
    def planned(self) -> int:
        """How many there are."""
        return self.fates.total()


class Batches(Shelf):
    """The batches of one community."""

    def all(self, name: str = "") -> list[Batch]:
        """Of the last `SINCE`, the latest first; or the one of this name."""
        day = _day(self.work.connection.dialect.name)
        doubtful = sa.and_(nudge.c.state == State.UNKNOWN, nudge.c.sending_at.is_not(None)).label("doubtful")
        told = sa.case((nudge.c.last_error.startswith(CARRIED, autoescape=True), CARRIED), else_=nudge.c.last_error)
        shared = nudge.c.member_id.is_(None).label("shared")
        columns = (nudge.c.occurrence_id, nudge.c.kind, day.label("day"), nudge.c.state, doubtful, shared)
        rows = self._rows(nudge, nudge.c.community_id, *columns, told.label("why"), nudge.c.due_at)
        each = rows.where(nudge.c.replaces.is_(None), *self._named(name)).subquery()
        groups = [column for column in each.c if column.name not in {"community_id", "due_at"}]
        counts = (sa.func.count().label("many"), sa.func.min(each.c.due_at).label("first"))
        statement = self._rows(each, *groups, *counts).group_by(*groups)
        found: dict[str, Batch] = {}
        for row in self.run(statement):
            batch_name = row.occurrence_id or f"{row.kind}:{row.day}"
            batch = found.setdefault(batch_name, Batch(batch_name, row.kind, row.first, row.shared))
            batch.at = min(batch.at, row.first)
            fate = _fate(row)
            batch.fates[fate] += row.many
            batch.why[fate, row.why] += row.many
        return sorted(found.values(), key=lambda one: (one.at, one.name), reverse=True)

    def get(self, name: str) -> Batch | None:
        """One batch, if it is still there."""
        return next(iter(self.all(name)), None)

    def again(self, name: str, fate: Fate) -> int:
        """Send those that failed, or that nobody can tell of, to where their members are found now; how many."""
        state = {Fate.FAILED: State.FAILED, Fate.UNKNOWN: State.UNKNOWN}[fate]
        settled = nudge.c.sending_at.is_(None) if fate is Fate.UNKNOWN else sa.true()
        where = (nudge.c.state == state, settled, nudge.c.replaces.is_(None), nudge.c.dest_sealed != b"")
        columns = (nudge.c.id, nudge.c.member_id, nudge.c.expires_at)
        rows = self._rows(nudge, *columns).where(*where, *self._named(name)).order_by(nudge.c.id).limit(AT_ONCE)
        people, now, number = People(self.work, self.community), self.work.database_now, 0
        for row in self.run(rows.with_for_update()).all():
            there: dict[str, Any] = {}
            if row.member_id:
                to = people.address(row.member_id)
                if to is None:
                    continue  # nothing reaches them any more
                there = {"platform": to.surface, "workspace": to.tenant, "dest_sealed": self.work.keys.seal(str(to))}
            values = {"state": State.PENDING, "due_at": now, "sending_at": None, "last_error": "", **there}
            values["expires_at"] = max(row.expires_at, now + AGAIN_LIVES)
            number += self.run(self._change(nudge).where(nudge.c.id == row.id, *where).values(**values)).rowcount
        return number

    def _named(self, name: str) -> list[sa.ColumnElement[bool]]:
        kind, _, day = name.rpartition(":")
        if not name:
            return [nudge.c.due_at > self.work.database_now - SINCE]
        if not kind:
            return [nudge.c.occurrence_id == name]
        try:
            date.fromisoformat(day)
        except ValueError:
            return [sa.false()]
        return [nudge.c.occurrence_id.is_(None), nudge.c.kind == kind, _day(self.work.connection.dialect.name) == day]


def _day(dialect: str) -> sa.ColumnElement[str]:
    """The day on which a message is due, UTC, as text."""
    if dialect == "sqlite":
        return sa.func.date(nudge.c.due_at, type_=sa.String)
    return sa.func.to_char(sa.func.timezone("UTC", nudge.c.due_at), "YYYY-MM-DD", type_=sa.String)


_FATES: Mapping[State, Fate] = {
    State.PENDING: Fate.WAITING,
    State.SENDING: Fate.WAITING,
    State.SENT: Fate.SENT,
    State.FAILED: Fate.FAILED,
    State.EXPIRED: Fate.EXPIRED,
    State.CANCELLED: Fate.CANCELLED,
    State.UNKNOWN: Fate.UNKNOWN,
}


def _fate(row: sa.Row[Any]) -> Fate:
    state = State(row.state)
    if state is State.CANCELLED and row.why.startswith((HELD, DIGEST, CARRIED)):
        return Fate.HELD
    return Fate.WAITING if row.doubtful else _FATES[state]
