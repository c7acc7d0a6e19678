"""What the secretariat did, in a chain that shows when somebody changed it.

Every entry carries a keyed hash of itself and of the hash before it, and a head says where the chain begins and ends,
under a keyed hash of its own.  The key (`tag.key`) is not in the database, so whoever can only edit the database can
neither change, drop, reorder nor cut off entries without `verify` naming it.  The hashes are of what the seals hold,
so new seal keys break nothing.  An entry says who of the secretariat did what kind of thing to which object, and at
which minute; never what a member did, never a member's id, never content.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from storage.keys import KeyProblem, Keys
from storage.tables import audit, audit_head
from storage.work import Shelf, Work

if TYPE_CHECKING:
    from storage.people import Member  # which begins at communities, which begin their audit here

KEPT = timedelta(days=2 * 365)
MARK = 20  # letters of a link that a person notes
AT_ONCE = 500  # entries of a transaction when old ones are erased
_START = bytes(32)  # the link before the first entry
_ACTION = re.compile(r"[a-z][a-z_]*(\.[a-z_]+)*")
_SUBJECT = re.compile(r"[A-Za-z0-9_:.-]{0,64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One action.  `actor` is a member id that may be nobody's any more, or "" for the server."""

    number: int
    at: datetime  # UTC, to the minute
    action: str
    subject: str
    actor: str


class Fault(StrEnum):
    """What is wrong with a chain."""

    CHANGED = "was changed, or stands in another's place"
    MISSING = "is missing"
    CUT = "is missing, with everything after it"
    HEAD = "cannot be trusted: the record of where the chain begins and ends was changed or deleted"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that is not as it was written."""

    number: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything is as it was written: so many entries, the newest being this one with this link."""

    entries: int
    number: int
    link: bytes

    @property
    def mark(self) -> str:
        """To note outside the database: it shows later that nothing up to here was taken away."""
        return f"{self.number}-{self.link.hex()[:MARK]}"


@dataclass(frozen=True, slots=True)
class _Head:
    erased: int
    erased_link: bytes
    number: int
    link: bytes

    def mark(self, keys: Keys, community: str) -> bytes:
        parts = (str(self.erased), self.erased_link.hex(), str(self.number), self.link.hex())
        return keys.tag("audit head", community, *parts)


def _head(row: sa.Row[Any]) -> _Head:
    return _Head(row.erased, row.erased_link, row.number, row.link)


def begin(work: Work, community: str) -> None:
    """A community is founded: its chain begins, without entries."""
    Audit(work, community).begin()


def knows(work: Work, mark: str) -> bool:
    """Whether what `Whole.mark` said once is still so in some community; not when it is of an entry erased by now.

    An older copy of the database, put back as a whole, verifies by itself; it does not know later marks.
    """
    number, _, link = mark.partition("-")
    if not number.isdecimal() or len(link) != MARK:
        return False
    links = work.connection.execute(sa.select(audit.c.link).where(audit.c.number == int(number))).scalars()
    heads = work.connection.execute(sa.select(audit_head.c.erased, audit_head.c.erased_link)).all()
    known = [*links, *(last for erased, last in heads if erased == int(number))]
    return any(one.hex().startswith(link) for one in known)


def forget(work: Work) -> int:
    """Erase entries that were kept for `KEPT`, a few hundred at a time.  How many."""
    old = sa.select(audit.c.community_id).where(audit.c.done_at < work.now - KEPT).distinct().limit(AT_ONCE)
    communities = work.connection.execute(old).scalars().all()
    gone = 0
    for community in communities:
        gone += Audit(work, community).erase_before(work.now - KEPT)
        if gone >= AT_ONCE:
            break
    return gone


class Audit(Shelf):
    """The chain of one community."""

    def begin(self) -> None:
        """The chain begins, without entries."""
        head = _Head(0, _START, 0, _START)
        self._put(audit_head, **self._columns(head))

    def record(self, actor: "Member | None", action: str, subject: str = "") -> None:
        """Note what one of the secretariat did, or the server (None): its operator, or the clock.

        `action` is a dotted word ("import.confirmed"); `subject` the id of an object or "", never of a member.
        """
        if not _ACTION.fullmatch(action) or not _SUBJECT.fullmatch(subject):
            msg = "an audit entry has a dotted word and the id of an object, nothing else"
            raise ValueError(msg)
        head = self._head(lock=True)
        at = self.work.now.replace(second=0, microsecond=0)
        entry = Entry(head.number + 1, at, action, subject, actor.id if actor else "")
        link = self._link(entry, head.link)
        self._put(
            audit,
            number=entry.number,
            done_at=at,
            action=action,
            subject=subject,
            actor_sealed=self.work.keys.seal(entry.actor),
            link=link,
        )
        self._keep(_Head(head.erased, head.erased_link, entry.number, link))

    def latest(self, limit: int, before: int | None = None) -> list[Entry]:
        """The newest entries first, those before the entry `before`."""
        older = audit.c.number < before if before is not None else sa.true()
        rows = self.run(self._rows(audit).where(older).order_by(audit.c.number.desc()).limit(limit))
        return [self._entry(row) for row in rows]

    def about(self, subject: str, limit: int) -> list[Entry]:
        """The newest entries first that are about this object, whatever follows a colon in theirs."""
        mine = sa.or_(audit.c.subject == subject, audit.c.subject.startswith(f"{subject}:", autoescape=True))
        rows = self.run(self._rows(audit).where(mine).order_by(audit.c.number.desc()).limit(limit))
        return [self._entry(row) for row in rows]

    def verify(self) -> Whole | Broken:
        """Walk the whole chain: what it is, or the first entry that is not as it was written."""
        row = self.run(self._rows(audit_head)).one_or_none()
        if row is None:
            return Broken(1, Fault.HEAD)
        head = _head(row)
        if head.mark(self.work.keys, self.community) != row.mark:
            return Broken(head.erased + 1, Fault.HEAD)
        number, link = head.erased, head.erased_link
        for stored in self.run(self._rows(audit).order_by(audit.c.number)):
            if stored.number > number + 1:
                return Broken(number + 1, Fault.MISSING)
            number, before = stored.number, link
            link = stored.link
            if number > head.number or self._relinked(stored, before) != link:
                return Broken(number, Fault.CHANGED)
        if number < head.number:
            return Broken(number + 1, Fault.CUT)
        return Whole(number - head.erased, number, link) if link == head.link else Broken(number, Fault.CHANGED)

    def erase_before(self, moment: datetime) -> int:
        """Erase the oldest entries, as long as they are older than this; the rest stays verifiable.  How many."""
        head = self._head(lock=True)
        rows = self.run(self._rows(audit).order_by(audit.c.number).limit(AT_ONCE)).all()
        gone = []
        for row in rows:
            if row.done_at >= moment:
                break
            gone.append(row)
        if gone:
            self.run(self._remove(audit).where(audit.c.number <= gone[-1].number))
            self._keep(_Head(gone[-1].number, gone[-1].link, head.number, head.link))
        return len(gone)

    def _relinked(self, stored: sa.Row[Any], before: bytes) -> bytes | None:
        """The link this entry ought to have after that one; None when its seal was tampered with."""
        try:
            return self._link(self._entry(stored), before)
        except KeyProblem:
            return None

    def _entry(self, row: sa.Row[Any]) -> Entry:
        actor = self.work.keys.open(row.actor_sealed)
        return Entry(row.number, row.done_at.astimezone(UTC), row.action, row.subject, actor)

    def _link(self, entry: Entry, before: bytes) -> bytes:
        parts = (str(entry.number), entry.at.isoformat(), entry.action, entry.subject, entry.actor)
        return self.work.keys.tag("audit", self.community, *parts, before.hex())

    def _head(self, *, lock: bool) -> _Head:
        statement = self._rows(audit_head)
        row = self.run(statement.with_for_update() if lock else statement).one()
        return _head(row)

    def _keep(self, head: _Head) -> None:
        self.run(self._change(audit_head).values(**self._columns(head)))

    def _columns(self, head: _Head) -> dict[str, Any]:
        values = {"erased": head.erased, "erased_link": head.erased_link, "number": head.number, "link": head.link}
        return {**values, "mark": head.mark(self.work.keys, self.community)}
