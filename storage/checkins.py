"""What members told, how they like to be asked, and the digests made of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from storage import ids
from storage.presets import Level
from storage.tables import cheer, digest, entry, habit, member
from storage.work import Shelf

BODY_BYTES = 512  # bodies are sealed in steps of this size


class Template(StrEnum):
    """What an answer is about."""

    FREE = "free"
    JOB = "job"
    PROJECT = "project"
    LIFE = "life"
    COMPANY = "company"


class Audience(StrEnum):
    """Who may read an answer; its author picks."""

    EVERYONE = "everyone"
    SECRETARIAT = "secretariat"
    SELF = "self"


class CheerKind(StrEnum):
    """A reaction to an answer."""

    CONGRATS = "congrats"
    MEET = "meet"


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer.  `link` is an https address or ""; `agreed`: whoever is named in it has agreed."""

    id: str
    member: str
    template: Template
    audience: Audience
    told_at: datetime
    digest: str | None
    text: str
    link: str
    agreed: bool


@dataclass(frozen=True, slots=True)
class Habit:
    """How one member is asked.  Dates are local to the member."""

    member: str
    months: int | None = None  # their own cadence; None: the community's
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A reaction somebody gave to an answer."""

    entry: str
    kind: CheerKind


class Checkins(Shelf):
    """One community's check-ins."""

    # --- answers ---------------------------------------------------------------------------------

    def tell(self, author: str, template: Template, audience: Audience, text: str, link: str, *, agreed: bool) -> str:
        """A new answer.  Returns its id."""
        entry_id = ids.fresh()
        body = self._body(text, link, agreed=agreed)
        self._put(
            entry,
            id=entry_id,
            member_id=author,
            template=str(template),
            audience=str(audience),
            told_at=self.work.now,
            body_sealed=body,
        )
        return entry_id

    def retell(
        self, entry_id: str, template: Template, audience: Audience, text: str, link: str, *, agreed: bool
    ) -> None:
        """Put new words in place of the old ones."""
        self.run(
            self._change(entry)
            .where(entry.c.id == entry_id)
            .values(template=str(template), audience=str(audience), body_sealed=self._body(text, link, agreed=agreed))
        )

    def withdraw(self, entry_id: str) -> None:
        """Forget an answer and the reactions to it."""
        self.run(self._remove(entry).where(entry.c.id == entry_id))

    def entry(self, entry_id: str, *, author: str | None = None) -> Entry | None:
        """One answer, or None; with `author`, only if it is theirs."""
        where = [entry.c.id == entry_id] + ([entry.c.member_id == author] if author else [])
        return next(iter(self._entries(sa.and_(*where), limit=1)), None)

    def told_by(self, author: str, limit: int = 10) -> list[Entry]:
        """A member's answers, newest first."""
        return self._entries(entry.c.member_id == author, limit=limit)

    def tellers(self) -> dict[Level, int]:
        """How many members have told something, by who may see them."""
        whose = sa.and_(member.c.community_id == entry.c.community_id, member.c.id == entry.c.member_id)
        people = sa.func.count(sa.distinct(entry.c.member_id))
        rows = self.run(
            self._rows(entry.join(member, whose), member.c.level, people, scope=entry).group_by(member.c.level)
        )
        return {Level(level): int(count) for level, count in rows}

    def has_acted(self, member_id: str) -> bool:
        """Whether a member wrote something or reacted to something that is still there."""
        told = self._rows(entry, entry.c.id).where(entry.c.member_id == member_id).limit(1)
        cheered = self._rows(cheer, cheer.c.entry_id).where(cheer.c.member_id == member_id).limit(1)
        return self.run(told).first() is not None or self.run(cheered).first() is not None

    def _entries(self, where: sa.ColumnElement[bool], *, limit: int | None, oldest_first: bool = False) -> list[Entry]:
        order = entry.c.told_at if oldest_first else entry.c.told_at.desc()
        rows = self.run(self._rows(entry).where(where).order_by(order, entry.c.id).limit(limit))
        return [self._entry(row) for row in rows]

    def _entry(self, row: sa.Row[Any]) -> Entry:
        body = json.loads(self.work.keys.open(row.body_sealed))
        return Entry(
            row.id,
            row.member_id,
            Template(row.template),
            Audience(row.audience),
            row.told_at,
            row.digest_id,
            body["text"],
            body["link"],
            body["agreed"],
        )

    def _body(self, text: str, link: str, *, agreed: bool) -> bytes:
        body = json.dumps({"text": text, "link": link, "agreed": agreed}, ensure_ascii=False)
        return self.work.keys.seal(body, BODY_BYTES)

    # --- habits ----------------------------------------------------------------------------------

    def habit(self, member_id: str) -> Habit:
        """How a member is asked; the default for one who never was."""
        row = self._row(habit, member_id=member_id)
        return _habit(row) if row else Habit(member_id)

    def keep(self, kept: Habit) -> None:
        """Store a habit."""
        self._put_over(habit, member_id=kept.member, months=kept.months, next_on=kept.next_on)

    def due(self, day: date, after: str, limit: int) -> list[Habit]:
        """Members to be asked on this day or never planned yet, in the order of ids, after the id `after`."""
        joined = member.outerjoin(
            habit, sa.and_(habit.c.community_id == member.c.community_id, habit.c.member_id == member.c.id)
        )
        rows = self.run(
            self._rows(joined, member.c.id, habit.c.months, habit.c.next_on, scope=member)
            .where(
                member.c.id > after,
                sa.or_(habit.c.next_on.is_(None), habit.c.next_on <= day),
                sa.or_(member.c.paused_until.is_(None), member.c.paused_until <= day),
            )
            .order_by(member.c.id)
            .limit(limit)
        )
        return [Habit(row.id, row.months, row.next_on) for row in rows]

    def paused(self, day: date) -> int:
        """How many members are paused on this day."""
        rows = self._rows(member, sa.func.count()).where(member.c.paused_until > day)
        return int(self.run(rows).scalar_one())

    def planned(self, first: date, last: date) -> list[str]:
        """Members to be asked from the first to the last day, in the order of ids."""
        rows = self._rows(habit, habit.c.member_id).where(habit.c.next_on >= first, habit.c.next_on <= last)
        return list(self.run(rows.order_by(habit.c.member_id)).scalars())

    # --- digests ---------------------------------------------------------------------------------

    def waiting(self, before: datetime) -> list[Entry]:
        """Answers for everyone that no digest has carried yet, oldest first."""
        where = sa.and_(
            entry.c.digest_id.is_(None), entry.c.audience == str(Audience.EVERYONE), entry.c.told_at <= before
        )
        return self._entries(where, limit=None, oldest_first=True)

    def for_secretariat(self, limit: int = 100) -> list[Entry]:
        """What members wrote to the secretariat, newest first."""
        return self._entries(entry.c.audience == str(Audience.SECRETARIAT), limit=limit)

    def publish(self, nominal_local: datetime, entries: Sequence[Entry]) -> str:
        """Make a digest of these answers.  Returns its id; the same nominal time gives the same digest."""
        digest_id = ids.fresh()
        if not self._put_once(digest, id=digest_id, nominal_local=nominal_local):
            return str(
                self.run(self._rows(digest, digest.c.id).where(digest.c.nominal_local == nominal_local)).scalar_one()
            )
        self.run(self._change(entry).where(entry.c.id.in_([told.id for told in entries])).values(digest_id=digest_id))
        return digest_id

    def published(self, digest_id: str) -> tuple[date, list[Entry]] | None:
        """The day of a digest and the answers still in it, oldest first.

        Withdrawn ones, and those that are no longer for everyone, are gone.
        """
        day = self.run(self._rows(digest, digest.c.nominal_local).where(digest.c.id == digest_id)).scalar()
        if day is None:
            return None
        where = sa.and_(entry.c.digest_id == digest_id, entry.c.audience == str(Audience.EVERYONE))
        return day.date(), self._entries(where, limit=None, oldest_first=True)

    def digests_with(self, author: str) -> list[str]:
        """The ids of the digests that carry this member's answers."""
        rows = self._rows(entry, entry.c.digest_id).where(entry.c.member_id == author, entry.c.digest_id.is_not(None))
        return list(self.run(rows.distinct()).scalars())

    def latest_digest(self) -> str | None:
        """The id of the newest digest."""
        rows = self._rows(digest, digest.c.id).order_by(digest.c.nominal_local.desc()).limit(1)
        return self.run(rows).scalar()

    # --- reactions -------------------------------------------------------------------------------

    def cheer(self, entry_id: str, who: str, kind: CheerKind) -> bool:
        """Whether this reaction is new."""
        return self._put_once(cheer, entry_id=entry_id, member_id=who, kind=str(kind))

    def given_by(self, who: str) -> list[Given]:
        """The reactions a member gave."""
        rows = self._rows(cheer, cheer.c.entry_id, cheer.c.kind).where(cheer.c.member_id == who)
        return [Given(entry_id, CheerKind(kind)) for entry_id, kind in self.run(rows.order_by(cheer.c.entry_id))]

    def uncheer(self, entry_id: str, who: str, kind: CheerKind) -> bool:
        """Take a reaction back; False when it has reached the author already."""
        gone = self._remove(cheer).where(
            cheer.c.entry_id == entry_id,
            cheer.c.member_id == who,
            cheer.c.kind == str(kind),
            cheer.c.told_in.is_(None),
        )
        return self.run(gone).rowcount == 1

    def tell_cheers(self, author: str, message: str) -> list[tuple[CheerKind, str]]:
        """The reactions that this message tells the author of, as (kind, member), in the order of ids.

        The first time those not told yet; the same ones when the message has to be drawn again.
        """
        own = self._rows(entry, entry.c.id).where(entry.c.member_id == author)
        new = sa.and_(cheer.c.entry_id.in_(own), cheer.c.told_in.is_(None))
        self.run(self._change(cheer).where(new).values(told_in=message))
        rows = self.run(
            self._rows(cheer, cheer.c.kind, cheer.c.member_id)
            .where(cheer.c.told_in == message)
            .order_by(cheer.c.kind, cheer.c.member_id)
        )
        return [(CheerKind(kind), who) for kind, who in rows]


def _habit(row: sa.Row[Any]) -> Habit:
    return Habit(row.member_id, row.months, row.next_on)
