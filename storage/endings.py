"""What became of attempts, written together: however many messages ended, it takes a handful of statements.

Every ending is fenced by the attempt it belongs to and the states it may come from, so an answer that comes late, from
a process that was thought dead, is only a line of the history (`measured.md`, scale).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any, Self

import sqlalchemy as sa

from bot.address import Address
from storage.outbox import State
from storage.tables import nudge, nudge_log
from storage.tickets import SETTLE, WORD, Ticket
from storage.work import Work, insert_into, one_of


@dataclass(frozen=True, slots=True)
class _Ending:
    ticket: Ticket
    outcome: str
    values: Mapping[str, object]
    after: timedelta | None


class Endings:
    """Endings of attempts, to be written at once."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._dialect = work.connection.dialect.name
        self._endings: list[_Ending] = []

    def sent(self, ticket: Ticket, receipt: str) -> Self:
        """The platform has it."""
        told = {"receipt_sealed": self._work.keys.seal(receipt), "sent_at": self._work.database_now}
        return self._ended(ticket, "sent", {"state": State.SENT, **told, "last_error": ""})

    def sent_later(self, ticket: Ticket, after: timedelta, why: str) -> Self:
        """Certainly not sent; due again after `after`."""
        values = {"state": State.PENDING, "due_at": self._work.database_now + after, "sending_at": None}
        return self._ended(ticket, why, values, after)

    def sent_elsewhere(self, ticket: Ticket, to: Address, why: str) -> Self:
        """Certainly not sent, and this member is to be found elsewhere: due there at once."""
        there = {"platform": to.surface, "workspace": to.tenant, "dest_sealed": self._work.keys.seal(str(to))}
        return self._ended(ticket, why, {"state": State.PENDING, "sending_at": None, **there})

    def failed(self, ticket: Ticket, why: str) -> Self:
        """Certainly not sent, and never will be."""
        return self._ended(ticket, why, {"state": State.FAILED})

    def doubted(self, ticket: Ticket, why: str) -> Self:
        """Perhaps sent: stays as it is, to be looked up when it has settled."""
        return self._ended(ticket, f"doubt:{why}", {})

    def unknown(self, ticket: Ticket, why: str) -> Self:
        """Perhaps sent, and it stays that way; shown to an administrator."""
        return self._ended(ticket, why, {"state": State.UNKNOWN, "sending_at": None})

    def look_again(self, ticket: Ticket, after: timedelta, why: str) -> Self:
        """Could not be looked up just now; in doubt again after `after`."""
        return self._ended(ticket, why, {"sending_at": self._work.database_now + after - SETTLE}, after)

    def write(self) -> set[str]:
        """Write them; the ids of those whose attempt was not over already."""
        if not self._endings:
            return set()
        ours = self._ours()
        run = self._work.connection.execute
        alike: defaultdict[tuple[str, ...], list[dict[str, object]]] = defaultdict(list)
        for one in self._endings:
            if (one.ticket.id, one.ticket.attempt) in ours:
                values = {"last_error": one.outcome[:WORD], **one.values}
                key = {"in_community": one.ticket.community, "with_id": one.ticket.id}
                alike[tuple(sorted(values))].append({**{f"to_{name}": values[name] for name in values}, **key})
        for names, rows in alike.items():
            run(_change(names), rows)
        erased = self._erased(ours)
        now = self._work.database_now
        lines = [
            {
                "community_id": one.ticket.community,
                "nudge_id": one.ticket.id,
                "attempt": one.ticket.attempt,
                "at": now,
                "outcome": (one.outcome if (one.ticket.id, one.ticket.attempt) in ours else f"late:{one.outcome}")[
                    :WORD
                ],
                "retry_after_s": one.after.total_seconds() if one.after is not None else None,
            }
            for one in self._endings
            if one.ticket.id not in erased
        ]
        if lines:
            run(_line(self._dialect), lines)
        self._endings = []
        return {name for name, _ in ours}

    def _ended(
        self, ticket: Ticket, outcome: str, values: Mapping[str, object], after: timedelta | None = None
    ) -> Self:
        self._endings.append(_Ending(ticket, outcome, values, after))
        return self

    def _ours(self) -> set[tuple[str, int]]:
        """The attempts that are still under way, locked in one order, so that no two replicas wait for each other."""
        tickets = [one.ticket for one in self._endings]
        found = self._work.connection.execute(
            _under_way(self._dialect),
            {"communities": list({one.community for one in tickets}), "ids": list({one.id for one in tickets})},
        )
        return {(row.id, row.attempt) for row in found} & {(one.id, one.attempt) for one in tickets}

    def _erased(self, ours: set[tuple[str, int]]) -> set[str]:
        """Messages that were erased while they were under way, with their member: nothing is written of them."""
        late = {one.ticket.id for one in self._endings if (one.ticket.id, one.ticket.attempt) not in ours}
        if not late:
            return set()
        communities = list({one.ticket.community for one in self._endings})
        found = self._work.connection.execute(_there(self._dialect), {"communities": communities, "ids": list(late)})
        return late - set(found.scalars())


# Statements are made once: making one takes longer than running it.


@cache
def _under_way(dialect: str) -> sa.Select[Any]:
    return (
        sa.select(nudge.c.id, nudge.c.attempt)
        .where(
            one_of(dialect, nudge.c.community_id, "communities"),
            one_of(dialect, nudge.c.id, "ids"),
            nudge.c.state.in_([State.SENDING, State.UNKNOWN]),
        )
        .order_by(nudge.c.community_id, nudge.c.id)
        .with_for_update()
    )


@cache
def _there(dialect: str) -> sa.Select[Any]:
    return sa.select(nudge.c.id).where(
        one_of(dialect, nudge.c.community_id, "communities"),
        one_of(dialect, nudge.c.id, "ids"),
    )


@cache
def _change(names: tuple[str, ...]) -> sa.Update:
    key = (nudge.c.community_id == sa.bindparam("in_community"), nudge.c.id == sa.bindparam("with_id"))
    return sa.update(nudge).where(*key).values({name: sa.bindparam(f"to_{name}") for name in names})


@cache
def _line(dialect: str) -> sa.Insert:
    return insert_into(dialect, nudge_log).on_conflict_do_nothing()
