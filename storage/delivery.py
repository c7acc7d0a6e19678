"""The sender's own look at the outbox, across communities: what to send, what became of it, what is in doubt.

Every change is fenced by the attempt it belongs to and the state it may come from, so an answer that comes late, from a
process that was thought dead, changes nothing (`measured.md`, scale).

`sending_at` has two more meanings while a row is in doubt: of an UNKNOWN row it is when its last look-up began, and an
UNKNOWN row without one stays as it is, for an administrator to see.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import groupby, zip_longest
from typing import Any

import sqlalchemy as sa

from storage.endings import Endings
from storage.outbox import NOT_DRAWN, PENDING, OnUnknown, State
from storage.tables import install, nudge, nudge_log
from storage.tickets import SETTLE, WORD, Ticket
from storage.work import Work, one_of

__all__ = ["ABSENT", "DRAW_FAILED", "SETTLE", "Endings", "Queue", "Ticket"]  # what callers take from here

PRIORITIES = range(4)
EXPIRED_AT_ONCE = 500
RESTORED = "restored"  # why a message is in doubt that was due when a backup was restored
DRAW_FAILED, ABSENT = "not_drawn:", "absent"  # how outcomes begin that count as a try
_IN_DOUBT = nudge.c.state.in_([sa.literal_column("1"), sa.literal_column("6")])  # spelled out for the partial index


@dataclass(frozen=True, slots=True)
class Queue:
    """Where something is due: messages of one community and urgency, in one workspace."""

    workspace: str
    priority: int
    community: str


def expire_everywhere(work: Work) -> int:
    """What is not sent and too late to be.  Returns how many."""
    late = (
        sa.select(nudge.c.community_id, nudge.c.id)
        .where(PENDING, nudge.c.expires_at <= work.database_now)
        .limit(EXPIRED_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    rows = work.connection.execute(late).all()
    if rows:
        statement = sa.update(nudge).where(
            nudge.c.community_id == sa.bindparam("in_community"), nudge.c.id == sa.bindparam("with_id"), PENDING
        )
        parameters = [{"in_community": row.community_id, "with_id": row.id} for row in rows]
        work.connection.execute(statement.values(state=State.EXPIRED), parameters)
    return len(rows)


def queues(work: Work, platform: str) -> list[Queue]:
    """Where on a platform something is due, the urgent first in each workspace; not where the bot was taken out."""
    found = work.connection.execute(_queues(), {"platform": platform, "now": work.database_now})
    return [Queue(row.workspace, row.priority, row.community) for row in found]


@cache
def _queues() -> sa.Select[Any]:
    """Made once: it takes longer to make than to run.  One step of the index a queue, not one a row."""
    platform: sa.BindParameter[str] = sa.bindparam("platform")
    pending = sa.and_(PENDING, nudge.c.platform == platform)
    places = sa.select(sa.func.min(nudge.c.workspace).label("name")).where(pending).cte("places", recursive=True)
    after = sa.select(sa.func.min(nudge.c.workspace)).where(pending, nudge.c.workspace > places.c.name)
    places = places.union_all(sa.select(after.scalar_subquery()).where(places.c.name.is_not(None)))
    each: list[sa.Select[Any]] = [sa.select(sa.literal_column(str(one)).label("priority")) for one in PRIORITIES]
    urgency = sa.union_all(*each).subquery("urgency")

    def here(workspace: sa.ColumnElement[Any], priority: sa.ColumnElement[Any]) -> sa.Select[Any]:
        of = sa.select(sa.func.min(nudge.c.community_id)).where(pending, nudge.c.workspace == workspace)
        return of.where(nudge.c.priority == priority)

    start = here(places.c.name, urgency.c.priority).scalar_subquery()
    found = sa.select(
        places.c.name.label("workspace"), urgency.c.priority.label("priority"), start.label("community")
    ).select_from(places.join(urgency, sa.true()))
    found = found.where(places.c.name.is_not(None))
    queue = found.cte("queue", recursive=True)
    following = here(queue.c.workspace, queue.c.priority).where(nudge.c.community_id > queue.c.community)
    step = sa.select(queue.c.workspace, queue.c.priority, following.scalar_subquery())
    queue = queue.union_all(step.where(queue.c.community.is_not(None)))
    earliest = sa.select(sa.func.min(nudge.c.due_at)).where(pending, nudge.c.workspace == queue.c.workspace)
    earliest = earliest.where(nudge.c.priority == queue.c.priority, nudge.c.community_id == queue.c.community)
    at = sa.select(install.c.tenant).where(install.c.surface == platform, install.c.tenant == queue.c.workspace)
    gone = sa.and_(sa.exists(at.where(~install.c.active)), ~sa.exists(at.where(install.c.active)))
    return (
        sa.select(queue)
        .where(
            queue.c.community.is_not(None), earliest.scalar_subquery() <= sa.bindparam("now", type_=nudge.c.due_at.type)
        )
        .where(~gone)
        .order_by(queue.c.workspace, queue.c.priority, queue.c.community)
    )


@dataclass(frozen=True, slots=True)
class Backlog:
    """What has not come to its end on a platform."""

    platform: str
    due: int
    oldest_s: float
    doubtful: int
    unknown: int


def backlog(work: Work) -> list[Backlog]:
    """What is due, in doubt or unknown, on each platform where something is."""
    now, run = work.database_now, work.connection.execute
    late = sa.select(nudge.c.platform, sa.func.count(), sa.func.min(nudge.c.due_at))
    due = {row[0]: row for row in run(late.where(PENDING, nudge.c.due_at <= now).group_by(nudge.c.platform))}
    settled = nudge.c.sending_at.is_(None).label("settled")
    open_ = sa.select(nudge.c.platform, settled, sa.func.count()).where(_IN_DOUBT).group_by(nudge.c.platform, settled)
    doubt = {(row[0], bool(row[1])): int(row[2]) for row in run(open_)}
    return [
        Backlog(
            platform=name,
            due=int(due[name][1]) if name in due else 0,
            oldest_s=(now - due[name][2]).total_seconds() if name in due else 0.0,
            doubtful=doubt.get((name, False), 0),
            unknown=doubt.get((name, True), 0),
        )
        for name in sorted({*due, *(platform for platform, _ in doubt)})
    ]


def waiting(work: Work, platform: str, workspace: str, until: datetime) -> int:
    """How many messages are to leave for a workspace by then."""
    here = sa.and_(PENDING, nudge.c.platform == platform, nudge.c.workspace == workspace)
    statement = sa.select(sa.func.count()).where(here, nudge.c.due_at <= until)
    return int(work.connection.execute(statement).scalar_one())


def due(work: Work, platform: str, where: Sequence[Queue], limit: int, turn: int = 0) -> list[Ticket]:
    """What is due in these queues of a workspace, the most urgent first, then of each community one in turn.

    The rows are locked until the transaction ends.
    """
    tickets: list[Ticket] = []
    for _, alike in groupby(where, key=lambda one: one.priority):
        if len(tickets) >= limit:
            break
        group = list(alike)
        begins = turn % len(group)
        found = [_due_in(work, platform, one, limit - len(tickets)) for one in group[begins:] + group[:begins]]
        shared = (row for row_of_each in zip_longest(*found) for row in row_of_each if row is not None)
        tickets += [Ticket.of(row) for row in shared][: limit - len(tickets)]
    return tickets


def due_in_workspace(work: Work, platform: str, workspace: str, limit: int) -> list[Ticket]:
    """What is due in all queues of a workspace."""
    return due(work, platform, [one for one in queues(work, platform) if one.workspace == workspace], limit)


def _due_in(work: Work, platform: str, queue: Queue, limit: int) -> Sequence[sa.Row[Any]]:
    given = {"platform": platform, "now": work.database_now, "most": limit}
    names = {"in_workspace": queue.workspace, "with_priority": queue.priority, "of_community": queue.community}
    return work.connection.execute(_first(), {**given, **names}).all()


@cache
def _first() -> sa.Select[Any]:
    return (
        sa.select(nudge)
        .where(PENDING, nudge.c.platform == sa.bindparam("platform"))
        .where(nudge.c.workspace == sa.bindparam("in_workspace"))
        .where(nudge.c.priority == sa.bindparam("with_priority"))
        .where(nudge.c.community_id == sa.bindparam("of_community"))
        .where(nudge.c.due_at <= sa.bindparam("now"))
        .order_by(nudge.c.due_at, nudge.c.id)
        .limit(sa.bindparam("most"))
        .with_for_update(skip_locked=True)
    )


def claim(work: Work, tickets: Sequence[Ticket], owner: str) -> set[str]:
    """These are being sent from now on: when this is committed, each has perhaps been sent.

    The tickets are of this transaction, which holds their rows.  Returns the ids of those that still waited.
    """
    if not tickets:
        return set()
    given = {
        "communities": list({one.community for one in tickets}),
        "ids": [one.id for one in tickets],
        "us": owner,
        "began": work.database_now,
    }
    return set(work.connection.execute(_claiming(work.connection.dialect.name), given).scalars())


@cache
def _claiming(dialect: str) -> sa.sql.dml.ReturningUpdate[Any]:
    values = {"state": State.SENDING, "owner": sa.bindparam("us"), "sending_at": sa.bindparam("began")}
    return (
        sa.update(nudge)
        .where(one_of(dialect, nudge.c.community_id, "communities"), one_of(dialect, nudge.c.id, "ids"), PENDING)
        .values(attempt=nudge.c.attempt + 1, **values)
        .returning(nudge.c.id)
    )


def doubt_all_due(work: Work) -> int:
    """A backup was restored: whatever is due by now may have been sent since it was made, and is to be looked up first.

    What then cannot be looked up stays unknown, for the secretariat to see, unless a second message does no harm.
    Returns how many.
    """
    drop = sa.case((nudge.c.on_unknown == OnUnknown.LOOKUP_RESEND, OnUnknown.LOOKUP_DROP), else_=nudge.c.on_unknown)
    settled = work.database_now - SETTLE
    values = {"state": State.UNKNOWN, "sending_at": settled, "on_unknown": drop, "last_error": RESTORED}
    statement = sa.update(nudge).where(PENDING, nudge.c.due_at <= work.database_now).values(**values)
    return work.connection.execute(statement).rowcount


def doubtful_everywhere(work: Work, platform: str, limit: int, owner: str) -> list[Ticket]:
    """Attempts nobody has told the end of for `SETTLE`; ours to look up, until it passes again."""
    doubtful = (
        sa.select(nudge)
        .where(_IN_DOUBT, nudge.c.platform == platform, nudge.c.sending_at <= work.database_now - SETTLE)
        .order_by(nudge.c.sending_at, nudge.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    tickets = [Ticket.of(row) for row in work.connection.execute(doubtful)]
    values = {"state": State.UNKNOWN, "owner": owner, "sending_at": work.database_now}
    _move(work, tickets, State.SENDING, State.UNKNOWN, behind=1, **values)
    return tickets


def cancelled(work: Work, ticket: Ticket) -> None:
    """Due, but its drawer says that it should not be said any more."""
    _move(work, [ticket], State.PENDING, behind=1, state=State.CANCELLED, last_error=NOT_DRAWN)


def put_off(work: Work, ticket: Ticket, until: datetime) -> None:
    """Due, but its room has to wait: due again then, and this was no attempt."""
    before = replace(ticket, attempt=ticket.attempt - 1)
    _move(work, [before], State.PENDING, behind=0, due_at=until)


def held(work: Work, ticket: Ticket, until: datetime, why: str, zone: str) -> None:
    """Due, but it would not be polite: due again then, a wall time of this zone, and this was no attempt."""
    before = replace(ticket, attempt=ticket.attempt - 1)
    _move(work, [before], State.PENDING, behind=0, due_at=until, last_error=why, zone=zone)


def spared(work: Work, ticket: Ticket, why: str) -> None:
    """Due, and not said: the member has enough, or it is told in one line of another message."""
    _move(work, [ticket], State.PENDING, behind=1, state=State.CANCELLED, last_error=why)


def receipt_replaced(work: Work, ticket: Ticket) -> tuple[str | None, bool]:
    """The receipt of the message that this one replaces, and, when there is none, whether there may still be one."""
    row = work.connection.execute(
        sa.select(nudge.c.state, nudge.c.sending_at, nudge.c.receipt_sealed).where(
            nudge.c.community_id == ticket.community, nudge.c.id == ticket.replaces
        )
    ).one_or_none()
    if row is None:
        return None, False
    if row.receipt_sealed:
        return work.keys.open(row.receipt_sealed), False
    return None, row.state in {State.SENDING, State.UNKNOWN} and row.sending_at is not None


def not_drawn(work: Work, ticket: Ticket, after: timedelta | None, why: str) -> None:
    """Due, but its drawer failed: due again after `after`, or never again."""
    outcome = f"{DRAW_FAILED}{why}"
    again = {"state": State.FAILED} if after is None else {"due_at": work.database_now + after}
    _move(work, [ticket], State.PENDING, behind=1, last_error=outcome[:WORD], **again)
    _log(work, ticket, outcome, after)


def tries(work: Work, ticket: Ticket, outcome: str) -> int:
    """How many attempts ended with an outcome that begins so."""
    statement = sa.select(sa.func.count()).where(
        nudge_log.c.community_id == ticket.community,
        nudge_log.c.nudge_id == ticket.id,
        nudge_log.c.outcome.startswith(outcome, autoescape=True),
    )
    return int(work.connection.execute(statement).scalar_one())


def _move(work: Work, tickets: Sequence[Ticket], *states: State, behind: int, **values: object) -> bool:
    """Change rows that are still in one of `states`, `behind` attempts behind the ticket.  Of one: whether it was."""
    if not tickets:
        return False
    statement = (
        sa.update(nudge)
        .where(
            nudge.c.community_id == sa.bindparam("in_community"),
            nudge.c.id == sa.bindparam("with_id"),
            nudge.c.attempt == sa.bindparam("at_attempt"),
            sa.or_(*(nudge.c.state == state for state in states)),
        )
        .values(attempt=sa.bindparam("to_attempt"), **values)
    )
    parameters = [
        {
            "in_community": ticket.community,
            "with_id": ticket.id,
            "at_attempt": ticket.attempt - behind,
            "to_attempt": ticket.attempt,
        }
        for ticket in tickets
    ]
    if len(parameters) > 1:
        work.connection.execute(statement, parameters)
        return True
    return work.connection.execute(statement, parameters[0]).rowcount == 1


def _log(work: Work, ticket: Ticket, outcome: str, after: timedelta | None) -> None:
    statement = work.insert(nudge_log).values(
        community_id=ticket.community,
        nudge_id=ticket.id,
        attempt=ticket.attempt,
        at=work.database_now,
        outcome=outcome[:WORD],
        retry_after_s=after.total_seconds() if after is not None else None,
    )
    work.connection.execute(statement.on_conflict_do_nothing())
