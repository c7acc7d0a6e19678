"""How fast a platform may be spoken to: one bucket a workspace and method, shared by all replicas.

GCRA: `tat` is when the next message would be due if they came evenly spaced; `burst` messages may come early.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.address import Address
from storage.tables import bucket, dest_pace
from storage.work import Work

SHARE = 0.97  # of what the platform allows is used ...
BURST = 0.02  # ... and so much of a minute's allowance may come at once: 0 refusals in `measured.md`, scale
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

Limits = Mapping[tuple[str, str], Limit]
LIMITS: Limits = {  # by platform and method; what is not named is unlimited
    # Slack publishes "several hundred a minute" a workspace; 525 is what a large vendor holds itself to
    # (help.moveworks.com, "rate limits"; `measured.md`, scale).
    ("slack", "deliver"): per_minute(525),
    ("slack", "look_up"): per_minute(50),  # conversations.history is tier 3: docs.slack.dev, rate limits
    ("teams", "deliver"): per_minute(25 * 60),  # half of the 50 a second of an app in a tenant: `measured.md`, teams
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


def lock_bucket(work: Work, platform: str, workspace: str, method: str, limits: Limits) -> Bucket | None:
    """The bucket, or None when another replica is sending there at this moment."""
    limit = limits.get((platform, method), UNLIMITED)
    where = _where(platform, workspace, method)
    statement = sa.select(bucket.c.tat, bucket.c.blocked_until).where(where)
    row = work.connection.execute(statement.with_for_update(skip_locked=True)).one_or_none()
    if row is None:
        if not _create(work, platform, workspace, method, limit):
            return None
        row = work.connection.execute(statement).one()
    now = work.database_now
    if row.blocked_until and row.blocked_until > now:
        return Bucket(platform, workspace, method, limit, row.tat, 0)
    tat = max(row.tat, now)
    available = int(limit.burst - (tat - now).total_seconds() * limit.per_s + 1e-6)  # whole messages, rounding forgiven
    return Bucket(platform, workspace, method, limit, tat, max(0, available))


def spend(work: Work, taken: Bucket, messages: int) -> None:
    """Take so many messages out of a locked bucket."""
    if messages:
        tat = taken.tat + timedelta(seconds=messages / taken.limit.per_s)
        values = {"tat": tat, "per_s": taken.limit.per_s, "burst": taken.limit.burst}
        work.connection.execute(
            sa.update(bucket).where(_where(taken.platform, taken.workspace, taken.method)).values(**values)
        )


def block(work: Work, platform: str, workspace: str, method: str, *, until: datetime, limits: Limits) -> None:
    """The platform asked to slow down: nobody sends there before `until`."""
    _create(work, platform, workspace, method, limits.get((platform, method), UNLIMITED))
    longer = sa.or_(bucket.c.blocked_until.is_(None), bucket.c.blocked_until < until)
    work.connection.execute(
        sa.update(bucket).where(_where(platform, workspace, method), longer).values(blocked_until=until)
    )


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
