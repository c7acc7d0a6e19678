"""A row of the outbox for one attempt at it."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.address import Address
from storage.outbox import Nudge, OnUnknown
from storage.work import Work

SETTLE = timedelta(seconds=60)  # after which nothing can still be on its way: an attempt without an end is looked up
WORD = 64  # the longest outcome


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

    @classmethod
    def of(cls, row: sa.Row[Any]) -> "Ticket":
        """For the next attempt at a row of the outbox."""
        return cls(
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
