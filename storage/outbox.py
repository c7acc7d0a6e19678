"""Whatever is said later: one row a message, added in the transaction that caused it."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.address import Address
from bot.cards import Card
from storage.keys import Keys
from storage.manners import CARRIED, DIGEST
from storage.schedules import Occurrence
from storage.tables import nudge, nudge_log
from storage.work import Shelf, Work, insert_into

NOT_DRAWN = "not_drawn"  # why a row was cancelled, when its drawer found no reason for it any more
REPLANNED = "replanned"  # why a row was cancelled, when its schedule changed: the one cancelling that can be undone
PENDING = nudge.c.state == sa.literal_column("0")  # spelled out: SQLite uses a partial index only for a literal
LINES = 6  # lines of a message that tell what had no message of its own
_ID_BYTES = 16


REVISION_LIVES = timedelta(days=7)


class State(IntEnum):
    """What we know of a message."""

    PENDING = 0  # certainly not sent
    SENDING = 1  # perhaps sent
    SENT = 2
    FAILED = 3
    EXPIRED = 4
    CANCELLED = 5
    UNKNOWN = 6  # perhaps sent, and nobody can tell


class OnUnknown(StrEnum):
    """What to do when nobody can tell whether a message was sent; a look-up comes first where the surface has one."""

    LOOKUP_RESEND = "lookup_resend"
    LOOKUP_DROP = "lookup_drop"
    RESEND = "resend"
    DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message to be sent.

    `key` names the reason by nominal wall time (`checkins.prompt:2026-12-01:<member>`), so adding it again changes
    nothing.  `params` is what the feature's drawer needs to draw the card when it is sent.
    """

    key: str
    kind: str
    to: Address
    member: str | None  # None: a shared room; "": a person who is no member
    due_at: datetime
    expires_at: datetime
    params: Mapping[str, Any] = field(default_factory=dict)
    priority: int = 2  # 0 urgent, 1 asked for, 2 nudge, 3 digest
    on_unknown: OnUnknown = OnUnknown.LOOKUP_RESEND
    replaces: str | None = None  # the id of the message whose place it takes
    zone: str = ""  # in which `due_at` is the member's wall time, and moves when they do; "": an instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudge:
    """A message on its way."""

    id: str
    key: str
    community: str
    kind: str
    to: Address
    member: str | None
    params: Mapping[str, Any]
    attempt: int
    due_at: datetime
    expires_at: datetime
    replaces: str | None = None
    language: str = ""  # to be drawn in; "" is its reader's, or the community's


Planner = Callable[[Work, Occurrence, str, int], tuple[list[Draft], str | None]]
"""Who is due at an occurrence: `(work, occurrence, cursor, limit)` gives drafts and the next cursor, None at the end.

The cursor is the last subject already done, in the order of ids ("" at the start), so a crash between two chunks loses
and doubles nothing.
"""

AGAIN = "~"  # how the cursor of a second pass begins: behind every id
Crowd = Callable[[Work, Occurrence], Collection[str]]
"""The members an occurrence is for, of kinds that are to have arrived when its time comes.

Their planner is asked so long before that all messages leave in time, and once more at the time itself, for whoever was
too late for the first pass: it ends that one with the cursor `AGAIN`, and begins those of the second with it.
"""

Drawer = Callable[[Work, Nudge], Card | None]
"""The card of a nudge at the moment it is sent, in its reader's language; None when it should no longer be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What became of a message, for its member or an administrator; without its content."""

    key: str
    kind: str
    member: str | None
    state: State
    attempt: int
    due_at: datetime
    sent_at: datetime | None
    last_error: str


def nudge_id(keys: Keys, community: str, key: str) -> str:
    """The id of a message, and the name it travels under: it says nothing, and is the same after a restored backup."""
    return urlsafe_b64encode(keys.tag("nudge", community, key)[:_ID_BYTES]).rstrip(b"=").decode()


@cache
def _adding(dialect: str, renewed: tuple[str, ...]) -> sa.Executable:
    """Made once: it takes longer to make than to run.

    New rows are counted by RETURNING, since asyncpg's rowcount for many rows is -1; on SQLite, whose rowcount is right,
    doing without is an eighth faster.
    """
    statement = insert_into(dialect, nudge)
    adding = statement.on_conflict_do_update(
        index_elements=["community_id", "id"],
        set_={name: statement.excluded[name] for name in renewed},
        where=sa.and_(nudge.c.state == State.CANCELLED, nudge.c.last_error == REPLANNED),
    )
    return adding if dialect == "sqlite" else adding.returning(nudge.c.id)


class Outbox(Shelf):
    """The messages of one community."""

    def add(self, drafts: Iterable[Draft], occurrence: str | None = None) -> int:
        """Add what is not there yet; the number of new rows.

        A key that is known stays as it is, whatever became of it, unless its schedule was changed before it was sent.
        Rows are stored in the order of their ids, which are keyed tags, so their place tells nothing of the directory.
        """
        nothing = self.work.keys.seal("{}")  # once for all that need nothing: sealing is half of what a row costs
        rows = {row["id"]: row for row in (self._values(draft, occurrence, nothing) for draft in drafts)}
        if not rows:
            return 0
        renewed = set(next(iter(rows.values()))) - {"community_id", "id", "dedupe_key"}
        statement = _adding(self.work.connection.dialect.name, tuple(sorted(renewed)))
        added = self.run(statement, [rows[name] for name in sorted(rows)])
        return len(added.all()) if added.returns_rows else added.rowcount

    def cancel(
        self, *, kind: str | None = None, member: str | None = None, key_prefix: str | None = None, why: str = ""
    ) -> int:
        """Cancel what is certainly not sent yet and matches everything given; how many.  `why` is one word."""
        if kind is None and member is None and key_prefix is None:
            msg = "say what to cancel: a kind, a member or a key"
            raise ValueError(msg)
        where = [PENDING]
        where += [nudge.c.kind == kind] if kind is not None else []
        where += [nudge.c.member_id == member] if member is not None else []
        where += [nudge.c.dedupe_key.startswith(key_prefix, autoescape=True)] if key_prefix is not None else []
        return self._cancel(*where, why=why)

    def revise(self, key_prefix: str) -> int:
        """Have messages in shared rooms whose keys begin so drawn anew, each in its place; how many.

        What waits is drawn when it is sent anyway, and what is to be revised already is not revised twice.
        """
        revision = nudge.alias()
        waiting = sa.exists().where(
            revision.c.community_id == nudge.c.community_id,
            revision.c.replaces == nudge.c.id,
            revision.c.state == State.PENDING,
        )
        rows = self.run(
            self._rows(nudge).where(
                nudge.c.dedupe_key.startswith(key_prefix, autoescape=True),
                nudge.c.member_id.is_(None),
                nudge.c.replaces.is_(None),
                nudge.c.state.in_([State.SENDING, State.SENT, State.UNKNOWN]),
                nudge.c.dest_sealed != b"",
                ~waiting,
            )
        )
        now, keys = self.work.database_now, self.work.keys
        return self.add(
            Draft(
                key=f"{row.dedupe_key}~{now:%Y%m%dT%H%M%S%f}",
                kind=row.kind,
                to=Address.parse(keys.open(row.dest_sealed)),
                member=None,
                due_at=now,
                expires_at=now + REVISION_LIVES,
                params=json.loads(keys.open(row.params_sealed)),
                priority=0,
                on_unknown=OnUnknown.RESEND,  # to replace it again with the same is no harm
                replaces=row.id,
            )
            for row in rows.all()
        )

    def cancel_occurrences(self, occurrences: Iterable[str]) -> int:
        """Cancel what these occurrences of a changed schedule planned; the same keys may be planned again."""
        return self._cancel(PENDING, nudge.c.occurrence_id.in_(list(occurrences)), why=REPLANNED)

    def dropped(self, keys: Collection[str]) -> set[str]:
        """Those of these keys whose message was not said, since its drawer found no reason for it any more."""
        named = {nudge_id(self.work.keys, self.community, key): key for key in keys}
        gone = (nudge.c.state == State.CANCELLED, nudge.c.last_error == NOT_DRAWN)
        rows = self.run(self._rows(nudge, nudge.c.id).where(nudge.c.id.in_(list(named)), *gone))
        return {named[found] for found in rows.scalars()}

    def is_waiting(self, kind: str, member: str) -> bool:
        """Whether a message of this kind is on its way to this member."""
        states = [State.PENDING, State.SENDING]
        rows = self._rows(nudge, nudge.c.id).where(nudge.c.kind == kind, nudge.c.member_id == member)
        return self.run(rows.where(nudge.c.state.in_(states)).limit(1)).first() is not None

    def counts(self, *, kind: str | None = None, occurrence: str | None = None) -> dict[State, int]:
        """How many messages are in each state, of a kind, an occurrence, or all."""
        statement = self._rows(nudge, nudge.c.state, sa.func.count()).group_by(nudge.c.state)
        if kind is not None:
            statement = statement.where(nudge.c.kind == kind)
        if occurrence is not None:
            statement = statement.where(nudge.c.occurrence_id == occurrence)
        return {State(row[0]): int(row[1]) for row in self.run(statement)}

    def last(self, member: str | None = None, limit: int = 20, *, state: State | None = None) -> list[Posted]:
        """The latest messages, by the time they were due, newest first; of one member, in one state, or all."""
        statement = self._rows(
            nudge,
            nudge.c.dedupe_key.label("key"),
            nudge.c.kind,
            nudge.c.member_id.label("member"),
            nudge.c.state,
            nudge.c.attempt,
            nudge.c.due_at,
            nudge.c.sent_at,
            nudge.c.last_error,
        ).order_by(nudge.c.due_at.desc(), nudge.c.id)
        if member is not None:
            statement = statement.where(nudge.c.member_id == member)
        if state is not None:
            statement = statement.where(nudge.c.state == state)
        rows = self.run(statement.limit(limit)).mappings()
        return [Posted(**{**row, "state": State(row["state"])}) for row in rows]

    def carry(self, member: str, message: str) -> list[Nudge]:
        """What this message tells its member in one line each, oldest first; what has no room waits for the next.

        The first time what was not told yet; the same again when the message has to be drawn anew.
        """
        theirs = sa.and_(nudge.c.member_id == member, nudge.c.state == State.CANCELLED, nudge.c.params_sealed != b"")
        here = sa.and_(theirs, nudge.c.last_error == f"{CARRIED}{message}")
        if not self.run(self._rows(nudge, nudge.c.id).where(here).limit(1)).first():
            untold = self._rows(nudge, nudge.c.id).where(theirs, nudge.c.last_error.startswith(DIGEST, autoescape=True))
            first = list(self.run(untold.order_by(nudge.c.due_at, nudge.c.id).limit(LINES)).scalars())
            if not first:
                return []
            told = self._change(nudge).where(nudge.c.id.in_(first))
            self.run(told.values(last_error=f"{CARRIED}{message}"))
        return [
            self._nudge(row) for row in self.run(self._rows(nudge).where(here).order_by(nudge.c.due_at, nudge.c.id))
        ]

    def _nudge(self, row: sa.Row[Any]) -> Nudge:
        return Nudge(
            id=row.id,
            key=row.dedupe_key,
            community=self.community,
            kind=row.kind,
            to=Address.parse(self.work.keys.open(row.dest_sealed)),
            member=row.member_id,
            params=json.loads(self.work.keys.open(row.params_sealed)),
            attempt=row.attempt,
            due_at=row.due_at,
            expires_at=row.expires_at,
        )

    def move(self, member: str, zone: str) -> None:
        """A member lives in another time zone now: what waits keeps its wall time."""
        rows = self._rows(nudge, nudge.c.id, nudge.c.due_at, nudge.c.expires_at, nudge.c.zone).where(
            PENDING, nudge.c.member_id == member, nudge.c.zone.not_in(["", zone])
        )
        for row in self.run(rows.with_for_update()).all():
            wall = row.due_at.astimezone(ZoneInfo(row.zone)).replace(tzinfo=ZoneInfo(zone), fold=0)
            due_at = wall.astimezone(UTC)
            values = {"due_at": due_at, "expires_at": row.expires_at + (due_at - row.due_at), "zone": zone}
            self.run(self._change(nudge).where(nudge.c.id == row.id, PENDING).values(**values))

    def forget(self, member: str, kinds: Collection[str] | None = None) -> None:
        """Erase every message of a member who leaves, and its history; or those of these kinds."""
        where = [nudge.c.member_id == member] + ([nudge.c.kind.in_(sorted(kinds))] if kinds is not None else [])
        theirs = self._rows(nudge, nudge.c.id).where(*where)
        self.run(self._remove(nudge_log).where(nudge_log.c.nudge_id.in_(theirs)))
        self.run(self._remove(nudge).where(*where))

    def forget_account(self, tag: bytes) -> None:
        """Erase what was sent to an account before it was a member's; such keys end with the account's tag."""
        strangers = sa.and_(nudge.c.member_id == "", nudge.c.dedupe_key.endswith(f":{tag.hex()}"))
        theirs = self._rows(nudge, nudge.c.id).where(strangers)
        self.run(self._remove(nudge_log).where(nudge_log.c.nudge_id.in_(theirs)))
        self.run(self._remove(nudge).where(strangers))

    def _cancel(self, *where: sa.ColumnElement[bool], why: str) -> int:
        return self.run(self._change(nudge).where(*where).values(state=State.CANCELLED, last_error=why)).rowcount

    def _values(self, draft: Draft, occurrence: str | None, nothing: bytes) -> dict[str, Any]:
        keys = self.work.keys
        return {
            "community_id": self.community,
            "id": nudge_id(keys, self.community, draft.key),
            "dedupe_key": draft.key,
            "occurrence_id": occurrence,
            "member_id": draft.member,
            "platform": draft.to.surface,
            "workspace": draft.to.tenant,
            "dest_sealed": keys.seal(str(draft.to)),
            "kind": draft.kind,
            "params_sealed": keys.seal(json.dumps(dict(draft.params), ensure_ascii=False)) if draft.params else nothing,
            "priority": draft.priority,
            "due_at": draft.due_at,
            "expires_at": draft.expires_at,
            "state": State.PENDING,
            "replaces": draft.replaces,
            "on_unknown": str(draft.on_unknown),
            "last_error": "",
            "zone": draft.zone,
        }
