"""The sender's own look at the outbox, across communities: what to send, what became of it, what is in doubt.

Every change is fenced by the attempt it belongs to and the state it may come from, so an answer that comes late, from a
process that was thought dead, changes nothing (`measured.md`, scale).

`sending_at` has two more meanings while a row is in doubt: of an UNKNOWN row it is when its last look-up began, and an
UNKNOWN row without one stays as it is, for an administrator to see.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from bot.address import Address
from storage.outbox import PENDING, Nudge, OnUnknown, State
from storage.tables import install, nudge, nudge_log
from storage.work import Work

PRIORITIES = range(4)
EXPIRED_AT_ONCE = 500
SETTLE = timedelta(seconds=60)  # after which nothing can still be on its way: an attempt without an end is looked up
DRAW_FAILED, ABSENT = "not_drawn:", "absent"  # how outcomes begin that count as a try
_IN_DOUBT = nudge.c.state.in_([sa.literal_column("1"), sa.literal_column("6")])  # spelled out for the partial index
_WORD = 64


@dataclass(frozen=True, slots=True)
class Ticket:
    """A row of the outbox for one attempt at it; still sealed."""

    community: str
    id: str
    attempt: int  # the number of this attempt, from 1
    key: str
    kind: str
    member: str | None
    platform: str
    workspace: str
    dest_sealed: bytes
    params_sealed: bytes
    due_at: datetime
    expires_at: datetime
    replaces: str | None
    on_unknown: OnUnknown

    def open(self, work: Work) -> Nudge:
        """The message.  Raises KeyProblem."""
        return Nudge(
            id=self.id,
            key=self.key,
            community=self.community,
            kind=self.kind,
            to=Address.parse(work.keys.open(self.dest_sealed)),
            member=self.member,
            params=json.loads(work.keys.open(self.params_sealed)),
            attempt=self.attempt,
            due_at=self.due_at,
            expires_at=self.expires_at,
            replaces=self.replaces,
        )


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


def workspaces_with_pending(work: Work, platform: str) -> list[str]:
    """Where on a platform something waits to be sent, leaving out where the bot was taken out."""
    return list(work.connection.execute(_waiting(), {"platform": platform}).scalars())


@cache
def _waiting() -> sa.Select[Any]:
    """Made once: it is asked every second, and takes longer to make than to run."""
    platform: sa.BindParameter[str] = sa.bindparam("platform")
    pending = sa.and_(PENDING, nudge.c.platform == platform)
    # one step of the index a workspace, not one a row
    found = sa.select(sa.func.min(nudge.c.workspace).label("name")).where(pending).cte("found", recursive=True)
    after = sa.select(sa.func.min(nudge.c.workspace)).where(pending, nudge.c.workspace > found.c.name)
    found = found.union_all(sa.select(after.scalar_subquery()).where(found.c.name.is_not(None)))
    here = sa.select(install.c.tenant).where(install.c.surface == platform, install.c.tenant == found.c.name)
    gone = sa.and_(sa.exists(here.where(~install.c.active)), ~sa.exists(here.where(install.c.active)))
    return sa.select(found.c.name).where(found.c.name.is_not(None), ~gone).order_by(found.c.name)


def due_in_workspace(work: Work, platform: str, workspace: str, limit: int) -> list[Ticket]:
    """What is due there, the most urgent first; locked until the transaction ends."""
    rows: list[sa.Row[Any]] = []
    for priority in PRIORITIES:  # one range of the index each: 20 times cheaper than one sort (`measured.md`, scale)
        if len(rows) < limit:
            due = (
                sa.select(nudge)
                .where(PENDING, nudge.c.platform == platform, nudge.c.workspace == workspace)
                .where(nudge.c.priority == priority, nudge.c.due_at <= work.database_now)
                .order_by(nudge.c.due_at, nudge.c.rank, nudge.c.id)
                .limit(limit - len(rows))
                .with_for_update(skip_locked=True)
            )
            rows += work.connection.execute(due).all()
    return [_ticket(row) for row in rows]


def claim(work: Work, tickets: Sequence[Ticket], owner: str) -> None:
    """These are being sent from now on: when this is committed, each has perhaps been sent."""
    _move(work, tickets, State.PENDING, behind=1, state=State.SENDING, owner=owner, sending_at=work.database_now)


def doubtful_everywhere(work: Work, platform: str, limit: int, owner: str) -> list[Ticket]:
    """Attempts nobody has told the end of for `SETTLE`; ours to look up, until it passes again."""
    doubtful = (
        sa.select(nudge)
        .where(_IN_DOUBT, nudge.c.platform == platform, nudge.c.sending_at <= work.database_now - SETTLE)
        .order_by(nudge.c.sending_at, nudge.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    tickets = [_ticket(row) for row in work.connection.execute(doubtful)]
    values = {"state": State.UNKNOWN, "owner": owner, "sending_at": work.database_now}
    _move(work, tickets, State.SENDING, State.UNKNOWN, behind=1, **values)
    return tickets


def sent(work: Work, ticket: Ticket, receipt: str) -> bool:
    """The platform has it.  False when the attempt is over already."""
    told = {"receipt_sealed": work.keys.seal(receipt), "sent_at": work.database_now, "last_error": ""}
    return _finish(work, ticket, "sent", {"state": State.SENT, **told})


def sent_later(work: Work, ticket: Ticket, after: timedelta, why: str) -> bool:
    """Certainly not sent; due again after `after`."""
    values = {"state": State.PENDING, "due_at": work.database_now + after, "sending_at": None}
    return _finish(work, ticket, why, values, after)


def sent_elsewhere(work: Work, ticket: Ticket, to: Address, why: str) -> bool:
    """Certainly not sent, and this member is to be found elsewhere: due there at once."""
    there = {"platform": to.surface, "workspace": to.tenant, "dest_sealed": work.keys.seal(str(to))}
    return _finish(work, ticket, why, {"state": State.PENDING, "sending_at": None, **there})


def failed(work: Work, ticket: Ticket, why: str) -> bool:
    """Certainly not sent, and never will be."""
    return _finish(work, ticket, why, {"state": State.FAILED})


def doubted(work: Work, ticket: Ticket, why: str) -> bool:
    """Perhaps sent: stays as it is, to be looked up when it has settled."""
    return _finish(work, ticket, f"doubt:{why}", {})


def unknown(work: Work, ticket: Ticket, why: str) -> bool:
    """Perhaps sent, and it stays that way; shown to an administrator."""
    return _finish(work, ticket, why, {"state": State.UNKNOWN, "sending_at": None})


def look_again(work: Work, ticket: Ticket, after: timedelta, why: str) -> bool:
    """Could not be looked up just now; in doubt again after `after`."""
    return _finish(work, ticket, why, {"sending_at": work.database_now + after - SETTLE}, after)


def cancelled(work: Work, ticket: Ticket) -> None:
    """Due, but its drawer says that it should not be said any more."""
    _move(work, [ticket], State.PENDING, behind=1, state=State.CANCELLED, last_error="not_drawn")


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
    _move(work, [ticket], State.PENDING, behind=1, last_error=outcome[:_WORD], **again)
    _log(work, ticket, outcome, after)


def tries(work: Work, ticket: Ticket, outcome: str) -> int:
    """How many attempts ended with an outcome that begins so."""
    statement = sa.select(sa.func.count()).where(
        nudge_log.c.community_id == ticket.community,
        nudge_log.c.nudge_id == ticket.id,
        nudge_log.c.outcome.startswith(outcome, autoescape=True),
    )
    return int(work.connection.execute(statement).scalar_one())


def _ticket(row: sa.Row[Any]) -> Ticket:
    return Ticket(
        community=row.community_id,
        id=row.id,
        attempt=row.attempt + 1,
        key=row.dedupe_key,
        kind=row.kind,
        member=row.member_id,
        platform=row.platform,
        workspace=row.workspace,
        dest_sealed=row.dest_sealed,
        params_sealed=row.params_sealed,
        due_at=row.due_at,
        expires_at=row.expires_at,
        replaces=row.replaces,
        on_unknown=OnUnknown(row.on_unknown),
    )


def _finish(
    work: Work, ticket: Ticket, outcome: str, values: dict[str, object], after: timedelta | None = None
) -> bool:
    values = {"last_error": outcome[:_WORD], **values}
    ours = _move(work, [ticket], State.SENDING, State.UNKNOWN, behind=0, **values)
    _log(work, ticket, outcome if ours else f"late:{outcome}", after)
    return ours


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
        outcome=outcome[:_WORD],
        retry_after_s=after.total_seconds() if after is not None else None,
    )
    work.connection.execute(statement.on_conflict_do_nothing())
