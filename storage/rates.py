"""How fast a platform may be spoken to: one bucket a workspace and method, shared by all replicas.

GCRA: `tat` is when the next message would be due if they came evenly spaced; `burst` messages may come early.

A platform that asks to slow down is spoken to at half the pace from then on, which grows back within `RECOVERS`.
Replicas share that, too: the row keeps the pace and since when, and everybody reckons the same growth.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.address import Address
from storage.tables import bucket, dest_pace
from storage.work import Work

SHARE = 0.97  # of what the platform allows is used ...
BURST = 0.02  # ... and so much of a minute's allowance may come at once: 0 refusals in `measured.md`, scale
SLOWEST = 1 / 32  # of the limit: however often a platform asks to slow down, something still goes out
RECOVERS = timedelta(minutes=20)  # from nothing to the whole limit, evenly
ROOM_PACE = timedelta(seconds=1)  # a shared room takes one message a second: docs.slack.dev, rate limits


@dataclass(frozen=True, slots=True)
class Limit:
    """What we allow ourselves: messages a second, and how many at once."""

    per_s: float
    burst: float


def per_minute(allowed: float) -> Limit:
    """Within what a platform allows a minute."""
    return Limit(SHARE * allowed / 60, max(1.0, BURST * allowed))


UNLIMITED = Limit(1e6, 1e6)

DELIVERING, LOOKING = "deliver", "look_up"  # the methods of a surface

Limits = Mapping[tuple[str, str], Limit]
LIMITS: Limits = {  # by platform and method; what is not named is unlimited
    # Slack publishes "several hundred a minute" a workspace; 525 is what a large vendor holds itself to
    # (help.moveworks.com, "rate limits"; `measured.md`, scale).
    ("slack", DELIVERING): per_minute(525),
    ("slack", LOOKING): per_minute(50),  # conversations.history is tier 3: docs.slack.dev, rate limits
    ("teams", DELIVERING): per_minute(25 * 60),  # half of the 50 a second of an app in a tenant: `measured.md`, teams
}


@dataclass(frozen=True, slots=True)
class Bucket:
    """One bucket, locked until the transaction ends."""

    platform: str
    workspace: str
    method: str
    limit: Limit
    tat: datetime
    available: int  # messages that may be sent now
    per_s: float  # the pace just now: the limit's, or less after a refusal


def lock_bucket(work: Work, platform: str, workspace: str, method: str, limits: Limits) -> Bucket | None:
    """The bucket, or None when another replica is sending there at this moment."""
    limit = limits.get((platform, method), UNLIMITED)
    where = _where(platform, workspace, method)
    statement = sa.select(bucket).where(where)
    row = work.connection.execute(statement.with_for_update(skip_locked=True)).one_or_none()
    if row is None:
        if not _create(work, platform, workspace, method, limit):
            return None
        row = work.connection.execute(statement).one()
    now = work.database_now
    per_s, tat = _pace(row, limit, now), max(row.tat, now)
    if row.blocked_until and row.blocked_until > now:
        return Bucket(platform, workspace, method, limit, row.tat, 0, per_s)
    available = int(limit.burst - (tat - now).total_seconds() * per_s + 1e-6)  # whole messages, rounding forgiven
    return Bucket(platform, workspace, method, limit, tat, max(0, available), per_s)


def _pace(row: sa.Row[Any] | None, limit: Limit, now: datetime) -> float:
    """Messages a second just now: the limit's, less for a while after the platform asked to slow down."""
    if row is None or row.slowed_at is None:
        return limit.per_s
    grown = limit.per_s * ((now - row.slowed_at) / RECOVERS)
    return float(min(limit.per_s, row.per_s + max(0.0, grown)))


def spend(work: Work, taken: Bucket, messages: int) -> None:
    """Take so many messages out of a locked bucket."""
    if messages:
        tat = taken.tat + timedelta(seconds=messages / taken.per_s)
        work.connection.execute(
            sa.update(bucket).where(_where(taken.platform, taken.workspace, taken.method)).values(tat=tat)
        )


def block(work: Work, platform: str, workspace: str, method: str, *, until: datetime, limits: Limits) -> None:
    """The platform asked to slow down: nobody sends there before `until`, and then at half the pace.

    Refusals of messages that were under way together slow down once: until the block ends, more change its end alone.
    """
    limit, where = limits.get((platform, method), UNLIMITED), _where(platform, workspace, method)
    _create(work, platform, workspace, method, limit)
    row = work.connection.execute(sa.select(bucket).where(where).with_for_update()).one()
    now = work.database_now
    values: dict[str, object] = {}
    if row.blocked_until is None or row.blocked_until < now:
        values |= {"per_s": max(_pace(row, limit, now) / 2, limit.per_s * SLOWEST), "slowed_at": now}
    if row.blocked_until is None or row.blocked_until < until:
        values["blocked_until"] = until
    if values:
        work.connection.execute(sa.update(bucket).where(where).values(**values))


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast messages leave for a workspace, and from when on."""

    per_s: float
    begins: datetime


def pace(work: Work, platform: str, workspace: str, limits: Limits = LIMITS) -> Pace:
    """How fast messages leave for a workspace just now."""
    limit, now = limits.get((platform, DELIVERING), UNLIMITED), work.database_now
    row = work.connection.execute(sa.select(bucket).where(_where(platform, workspace, DELIVERING))).one_or_none()
    begins = max(now, row.blocked_until) if row and row.blocked_until else now
    return Pace(_pace(row, limit, now), begins)


def wait_for_room(work: Work, to: Address) -> datetime | None:
    """Take the room's turn: None, or when it comes.  One-to-one chats never wait."""
    if to.user:
        return None
    now = work.database_now
    key = {"workspace": to.tenant, "dest": work.keys.tag("pace", to.surface, to.tenant, to.room)}
    statement = work.insert(dest_pace).values(**key, next_at=now + ROOM_PACE)
    statement = statement.on_conflict_do_update(
        index_elements=list(key), set_={"next_at": statement.excluded.next_at}, where=dest_pace.c.next_at <= now
    )
    if work.connection.execute(statement.returning(dest_pace.c.next_at)).one_or_none():
        return None
    at: datetime = work.connection.execute(sa.select(dest_pace.c.next_at).filter_by(**key)).scalar_one()
    return at


def forget_paces(work: Work) -> int:
    """Drop rooms whose turn has long come.  Returns how many."""
    long_ago = work.database_now - timedelta(hours=1)
    return work.connection.execute(sa.delete(dest_pace).where(dest_pace.c.next_at < long_ago)).rowcount


def _create(work: Work, platform: str, workspace: str, method: str, limit: Limit) -> bool:
    statement = work.insert(bucket).values(
        platform=platform,
        workspace=workspace,
        method=method,
        tat=work.database_now,
        per_s=limit.per_s,
        burst=limit.burst,
    )
    return work.connection.execute(statement.on_conflict_do_nothing()).rowcount == 1


def _where(platform: str, workspace: str, method: str) -> sa.ColumnElement[bool]:
    return sa.and_(bucket.c.platform == platform, bucket.c.workspace == workspace, bucket.c.method == method)
