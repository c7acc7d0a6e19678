"""The roster: people the secretariat may invite, the imports they came by, and whom not to invite.

An import is a batch of rows that nobody sees until it is published, all at once.  People are told apart by keyed tags
(`storage.names`): the same address or number is the same person; so is the same name, reading and year of leaving,
unless both have an address, or both a number, and these differ.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Self

import sqlalchemy as sa

from storage import ids
from storage.communities import Settings
from storage.keys import Keys
from storage.names import mail_key, name_key, number_key, reading_key
from storage.presets import Level
from storage.tables import barred, batch, invitee, member
from storage.work import Shelf, Work

PERSON_BYTES = 1024  # every person of the roster is sealed at this size
KEPT = timedelta(days=2 * 365)  # somebody who was imported and has not joined
AT_ONCE = 500  # rows of a transaction when old ones are deleted
ALIVE = timedelta(minutes=2)  # an import that has not moved for so long was interrupted


class State(StrEnum):
    """How far somebody has come.  Nobody is more than invited in a community whose membership is hidden."""

    IMPORTED = "imported"
    INVITED = "invited"
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Person:
    """What a row of a roster says of somebody, as typed."""

    name: str = ""
    reading: str = ""
    mail: str = ""
    number: str = ""
    left_year: int | None = None
    department: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""

    @property
    def size(self) -> int:
        """Bytes as stored; more than `PERSON_BYTES` cannot be."""
        return len(_dump(self).encode())


@dataclass(frozen=True, slots=True)
class Invitee(Person):
    """Somebody on the roster."""

    id: str = ""
    batch: str = ""
    state: State = State.IMPORTED
    member: str | None = None  # who they became, where membership is not hidden


@dataclass(frozen=True, slots=True)
class Batch:
    """One import that has been published."""

    id: str
    day: date
    size: int
    closed: bool  # an invitation went out: it cannot be undone any more


@dataclass(frozen=True, slots=True)
class Tags:
    """What a person is recognised by; None where they have no such thing."""

    mail: bytes | None
    number: bytes | None
    person: bytes

    @classmethod
    def of(cls, keys: Keys, who: Person) -> Self:
        """Of the roster."""
        mail, number = mail_key(who.mail), number_key(who.number)
        return cls(
            keys.tag("roster.mail", mail) if mail else None,
            keys.tag("roster.number", number) if number else None,
            keys.tag("roster.person", name_key(who.name), reading_key(who.reading), str(who.left_year or "")),
        )


@dataclass(frozen=True, slots=True)
class Prepared:
    """A person ready to be written: sealed and tagged, which is the work, outside of any transaction."""

    id: str
    tags: Tags
    sealed: bytes


def prepared(keys: Keys, who: Person) -> Prepared:
    """Seal a person."""
    return Prepared(ids.fresh(), Tags.of(keys, who), keys.seal(_dump(who), PERSON_BYTES))


def same_person(one: Person, other: Person) -> bool:
    """Whether two rows that share a name, a number or an address stand for one person on the do-not-invite list.

    A shared address or number says so; a shared name does, too, unless the readings or the years of leaving differ.
    """
    if one.mail and mail_key(one.mail) == mail_key(other.mail):
        return True
    if one.number and number_key(one.number) == number_key(other.number):
        return True
    if not one.name or name_key(one.name) != name_key(other.name):
        return False
    readings = {reading_key(who.reading) for who in (one, other) if who.reading}
    years = {who.left_year for who in (one, other) if who.left_year}
    return len(readings) < 2 and len(years) < 2  # noqa: PLR2004 - two that differ


class Roster(Shelf):
    """One community's roster."""

    # --- people ----------------------------------------------------------------------------------

    def get(self, invitee_id: str) -> Invitee | None:
        """One person, or None."""
        return next(iter(self.some([invitee_id])), None)

    def some(self, invitee_ids: Iterable[str]) -> list[Invitee]:
        """These, in the order of ids; who is not there is left out."""
        return self._invitees(invitee.c.id.in_(list(invitee_ids)))

    def after(self, cursor: str = "", limit: int = 500) -> list[Invitee]:
        """The next ones in the order of ids, after the id `cursor`."""
        return self._invitees(invitee.c.id > cursor, limit=limit)

    def counts(self) -> dict[State, int]:
        """How many there are in each state."""
        rows = self.run(
            self._rows(self._published, invitee.c.state, sa.func.count(), scope=invitee).group_by(invitee.c.state)
        )
        found = {State(state): int(count) for state, count in rows}
        return {state: found.get(state, 0) for state in State}

    def invited(self, invitee_id: str) -> None:
        """Their first link goes out: the import they came by cannot be undone any more."""
        self.run(
            self._change(invitee)
            .where(invitee.c.id == invitee_id, invitee.c.state == State.IMPORTED)
            .values(state=str(State.INVITED))
        )
        whose = self._rows(invitee, invitee.c.batch_id).where(invitee.c.id == invitee_id)
        self.run(self._change(batch).where(batch.c.id.in_(whose)).values(closed=True))

    def joined(self, invitee_id: str, member_id: str) -> None:
        """They became a member; leaving takes the row with it.

        Where membership is hidden, or theirs is, nothing changes: nobody may learn from the roster who joined.
        """
        level = self.run(self._rows(member, member.c.level).where(member.c.id == member_id)).scalar()
        if not (Settings(self.work, self.community).get().preset.hides or level == Level.HIDDEN):
            self.run(
                self._change(invitee)
                .where(invitee.c.id == invitee_id)
                .values(state=str(State.JOINED), member_id=member_id)
            )

    def of_member(self, member_id: str) -> Invitee | None:
        """The row of whoever became this member, where membership is not hidden."""
        return next(iter(self._invitees(invitee.c.member_id == member_id, limit=1)), None)

    def hide(self, member_id: str) -> None:
        """A member is hidden from now on: they stand here as if they had never joined."""
        theirs = self._change(invitee).where(invitee.c.member_id == member_id)
        self.run(theirs.values(state=str(State.INVITED), member_id=None))

    @property
    def _published(self) -> sa.FromClause:
        both = sa.and_(batch.c.community_id == invitee.c.community_id, batch.c.id == invitee.c.batch_id)
        return invitee.join(batch, sa.and_(both, batch.c.state == "ready"))

    def _invitees(self, where: sa.ColumnElement[bool], *, limit: int | None = None) -> list[Invitee]:
        rows = self.run(
            self._rows(self._published, *invitee.c, scope=invitee).where(where).order_by(invitee.c.id).limit(limit)
        )
        return [
            Invitee(
                **_load(self.work.keys, row.person_sealed),
                id=row.id,
                batch=row.batch_id,
                state=State(row.state),
                member=row.member_id,
            )
            for row in rows
        ]

    # --- imports ---------------------------------------------------------------------------------

    def known(self, people: Sequence[Tags]) -> set[int]:
        """Which of these the roster has already, by their place in the list."""
        tags = {
            invitee.c.mail_tag: [who.mail for who in people if who.mail],
            invitee.c.number_tag: [who.number for who in people if who.number],
            invitee.c.person_tag: [who.person for who in people],
        }
        alike = [self._rows(self._published, *tags, scope=invitee).where(one.in_(these)) for one, these in tags.items()]
        rows = [row for statement in alike for row in self.run(statement)]  # one by one: each has its index
        mails, numbers = {row.mail_tag for row in rows}, {row.number_tag for row in rows}
        namesakes: dict[bytes, list[tuple[bytes | None, bytes | None]]] = {}
        for row in rows:
            namesakes.setdefault(row.person_tag, []).append((row.mail_tag, row.number_tag))

        def is_known(who: Tags) -> bool:
            if (who.mail and who.mail in mails) or (who.number and who.number in numbers):
                return True
            return any(
                not (who.mail and mail) and not (who.number and number)
                for mail, number in namesakes.get(who.person, ())
            )

        return {place for place, who in enumerate(people) if is_known(who)}

    def begin(self) -> str | None:
        """A new batch that nobody sees yet, or None while another import is under way; one that stopped is dropped."""
        writing = batch.c.state == "writing"
        self.run(self._remove(batch).where(writing, batch.c.busy_until <= self.work.now))
        if self.run(self._rows(batch, batch.c.id).where(writing)).first():
            return None
        batch_id = ids.fresh()
        self._put(batch, id=batch_id, day=self.work.now.date(), state="writing", busy_until=self.work.now + ALIVE)
        return batch_id

    def put(self, batch_id: str, people: Sequence[Prepared]) -> bool:
        """Write people into a batch that is not published.  False when it is gone: it stood still for too long."""
        mine = self._change(batch).where(batch.c.id == batch_id, batch.c.state == "writing")
        if not self.run(mine.values(busy_until=self.work.now + ALIVE)).rowcount:
            return False
        if people:
            rows = [
                {
                    "community_id": self.community,
                    "id": who.id,
                    "batch_id": batch_id,
                    "person_sealed": who.sealed,
                    "mail_tag": who.tags.mail,
                    "number_tag": who.tags.number,
                    "person_tag": who.tags.person,
                }
                for who in sorted(people, key=lambda who: who.id)
            ]
            self.run(self.work.insert(invitee).on_conflict_do_nothing(), rows)
        return True

    def publish(self, batch_id: str) -> int:
        """Everybody in it is on the roster from now on.  How many; an empty batch leaves nothing."""
        size = self._size(batch_id)
        mine = batch.c.id == batch_id
        if not size:
            self.run(self._remove(batch).where(mine))
        self.run(self._change(batch).where(mine).values(state="ready", busy_until=None))
        return size

    def abandon(self, batch_id: str) -> None:
        """Forget a batch that is not published."""
        self.run(self._remove(batch).where(batch.c.id == batch_id, batch.c.state == "writing"))

    def batches(self) -> list[Batch]:
        """The imports, newest first."""
        rows = self.run(
            self._rows(self._published, batch.c.id, batch.c.day, batch.c.closed, sa.func.count(), scope=invitee)
            .group_by(batch.c.id, batch.c.day, batch.c.closed)
            .order_by(batch.c.day.desc(), batch.c.id)
        )
        return [Batch(batch_id, day, int(size), closed) for batch_id, day, closed, size in rows]

    def undo(self, batch_id: str) -> int | None:
        """Take a whole import back.  How many, or None when it is gone or an invitation went out."""
        size = self._size(batch_id)
        open_still = self._remove(batch).where(batch.c.id == batch_id, batch.c.state == "ready", ~batch.c.closed)
        return size if self.run(open_still).rowcount else None

    def _size(self, batch_id: str) -> int:
        return int(self.run(self._rows(invitee, sa.func.count()).where(invitee.c.batch_id == batch_id)).scalar_one())

    # --- do not invite ---------------------------------------------------------------------------

    def bar(self, who: Person) -> str:
        """Put somebody on the do-not-invite list.  Returns the entry's id.  Why is kept nowhere."""
        entry_id = ids.fresh()
        self._put(
            barred,
            id=entry_id,
            person_sealed=self.work.keys.seal(_dump(who), PERSON_BYTES),
            **self._list_tags(who),
        )
        return entry_id

    def unbar(self, entry_id: str) -> bool:
        """Take somebody off the list; False when nobody was there."""
        return bool(self.run(self._remove(barred).where(barred.c.id == entry_id)).rowcount)

    def bars(self) -> list[tuple[str, Person]]:
        """Everybody on the list as (id, person), in the order of their names."""
        rows = self.run(self._rows(barred, barred.c.id, barred.c.person_sealed))
        listed = [(entry_id, Person(**_load(self.work.keys, sealed))) for entry_id, sealed in rows]
        return sorted(listed, key=lambda entry: (entry[1].reading, entry[1].name, entry[0]))

    def is_barred(
        self, *, mail: str = "", name: str = "", reading: str = "", number: str = "", left_year: int | None = None
    ) -> bool:
        """Whether somebody of whom this is known is on the list."""
        return bool(self.barred_among([Person(name, reading, mail, number, left_year)]))

    def barred_among(self, people: Sequence[Person]) -> set[int]:
        """Which of these are on the list, by their place in the sequence."""
        if not self.run(self._rows(barred, barred.c.id).limit(1)).first():
            return set()
        wanted = [self._list_tags(who) for who in people]
        either = [
            barred.c[column].in_([tags[column] for tags in wanted if tags[column]])
            for column in ("mail_tag", "number_tag", "name_tag")
        ]
        rows = self.run(self._rows(barred).where(sa.or_(*either))).all()
        listed = [(row, Person(**_load(self.work.keys, row.person_sealed))) for row in rows]
        return {place for place, who in enumerate(people) if any(same_person(who, entry) for _, entry in listed)}

    def _list_tags(self, who: Person) -> dict[str, bytes | None]:
        keys, mail, number, name = self.work.keys, mail_key(who.mail), number_key(who.number), name_key(who.name)
        return {
            "mail_tag": keys.tag("barred.mail", mail) if mail else None,
            "number_tag": keys.tag("barred.number", number) if number else None,
            "name_tag": keys.tag("barred.name", name) if name else None,
        }


def forget(work: Work) -> int:
    """Delete people who came by an import so long ago and have not joined, and imports that stopped.  How many rows."""
    stopped = sa.and_(batch.c.state == "writing", batch.c.busy_until <= work.now)
    old = sa.and_(batch.c.day < (work.now - KEPT).date(), invitee.c.state != State.JOINED)
    both = sa.and_(batch.c.community_id == invitee.c.community_id, batch.c.id == invitee.c.batch_id)
    rows = sa.select(invitee.c.community_id, invitee.c.id).join(batch, both).where(sa.or_(stopped, old))
    gone = [tuple(row) for row in work.connection.execute(rows.limit(AT_ONCE))]
    key = sa.tuple_(invitee.c.community_id, invitee.c.id)
    work.connection.execute(sa.delete(invitee).where(key.in_(gone)))
    if len(gone) < AT_ONCE:
        filled = sa.select(invitee.c.id).where(both).exists()
        work.connection.execute(sa.delete(batch).where(~filled, sa.or_(stopped, batch.c.state == "ready")))
    return len(gone)


_FIELDS = tuple(field.name for field in fields(Person))


def _dump(who: Person) -> str:
    told = {name: value for name in _FIELDS if (value := getattr(who, name))}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _load(keys: Keys, sealed: bytes) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(keys.open(sealed))
    return {**told, "tags": tuple(told.get("tags", ()))}
