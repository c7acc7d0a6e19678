"""Answers while a survey is open: sealed, of one size, under tags that mean nothing once the key is destroyed.

Storing one writes exactly one row (T1 of docs/decisions/0019-sealed-surveys.md), and the route that does must be
`untraced`, so that the transaction writes nothing else.  Nothing here can open a ballot.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from storage.boxes import SurveyKey
from storage.questions import RECEIPT, Answer, padded
from storage.surveys import State, Survey, Surveys, hold, tag_of
from storage.tables import audience, ballot, member, metadata, receipt, survey
from storage.work import Shelf, insert_into


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer lies in the box; `code` is the receipt, to be shown once and sent nowhere."""

    code: str


class Refused(StrEnum):
    """Why an answer was not taken, or could not be taken back."""

    CLOSED = "closed"  # it is no survey that takes answers (any more)
    NOT_ASKED = "not_asked"  # they were no member when it was opened
    NO_KEY = "no_key"  # its key is lost: it has to be asked again
    CHANGED = "changed"  # somebody changed the manifest: nothing is taken under it


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that is stored under somebody's tag, and what the published check says of the box."""

    tag: bytes  # b"" when there is no key any more: then nobody can say which rows would be theirs
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # tables, and in them (column, value as shown)
    checks: tuple[tuple["Check", bool], ...]
    sealed: bytes = b""  # their sealed answer, if there is one


class Check(StrEnum):
    """What anybody may look at on the live data."""

    ONE_SIZE = "one_size"  # all ballots of the survey are equally long
    NO_MORE_COLUMNS = "no_more_columns"  # a ballot has no column but its survey, its tag and what is sealed
    TAG_ORDER = "tag_order"  # nothing but the tags orders the rows
    WHOLE = "whole"  # the manifest is the one that was opened, and so is its mark
    NOWHERE_ELSE = "nowhere_else"  # the tag stands in no other table


class Ballots(Shelf):
    """The answers to the open surveys of one community."""

    def cast(self, survey_id: str, member_id: str, answer: Answer, once: str = "") -> Taken | Refused:
        """Seal an answer in place of an earlier one of theirs.  Raises BadAnswer when it does not fit.

        `once` is the key of the event: delivered again it gives the same receipt.  An answer that replaces another
        has a new receipt, and the old one stops counting.
        """
        found = self._taking(survey_id, member_id)
        if isinstance(found, Refused):
            return found
        asked, key, tag = found
        code = key.code(tag.hex(), once or secrets.token_hex(16))
        plain = padded(asked.promised, answer, hashed(survey_id, code))
        row = {
            "community_id": self.community,
            "survey_id": survey_id,
            "tag": tag,
            "ballot": key.seal(plain, asked.boxes, asked.sha256, tag),
            "now": self.work.now,
        }
        stored = self.run(_cast(self.work.connection.dialect.name), row).rowcount
        if stored:
            return Taken(code)
        return Refused.CLOSED if self._is_there(audience, survey_id, tag) else Refused.NOT_ASKED

    def withdraw(self, survey_id: str, member_id: str) -> bool | Refused:
        """Take an answer back; whether there was one."""
        found = self._open_to(survey_id, member_id)
        if isinstance(found, Refused):
            return found
        _, _, tag = found
        self.work.erases = True
        taking = sa_exists(survey.c.community_id == self.community, survey.c.id == survey_id, self.work.now)
        mine = self._remove(ballot).where(ballot.c.survey_id == survey_id, ballot.c.tag == tag, taking)
        return bool(self.run(mine).rowcount)

    def standing(self, member_id: str) -> list[tuple[Survey, bool]]:
        """The surveys that are open to a member, and whether a sealed answer of theirs is present: for them alone."""
        found = []
        for one in Surveys(self.work, self.community).all(State.OPEN):
            opened = self._open_to(one.id, member_id)
            if not isinstance(opened, Refused):
                found.append((one, self._is_there(ballot, one.id, opened[2])))
        return found

    def asked(self, survey_id: str, members: Iterable[str]) -> set[str]:
        """Which of these members were asked; only reads, and says nothing of who has answered."""
        key = self.work.keys.surveys.get(survey_id)
        there = self._tags(audience, survey_id) if key else set()
        return {one for one in members if key and tag_of(key, survey_id, one) in there}

    def open_to(self, member_id: str) -> list[Survey]:
        """The surveys that are open to a member, whether they have answered or not: that is not looked at."""
        opened = ((one, self._open_to(one.id, member_id)) for one in Surveys(self.work, self.community).all(State.OPEN))
        return [one for one, found in opened if not isinstance(found, Refused)]

    def stands(self, survey_id: str, member_id: str) -> bool | Refused:
        """Whether a sealed answer of a member is present: for them alone."""
        opened = self._open_to(survey_id, member_id)
        return opened if isinstance(opened, Refused) else self._is_there(ballot, survey_id, opened[2])

    def to_remind(self, survey_id: str) -> list[str]:
        """Whom to remind, in random order: whoever was asked and has not answered, or everybody who was asked.

        For a job that sends and forgets (T3): it is stored, logged and counted nowhere.
        """
        asked = Surveys(self.work, self.community).get(survey_id)
        key = self.work.keys.surveys.get(survey_id)
        if asked is None or key is None or asked.state is not State.OPEN or not asked.whole:
            return []
        there = self._tags(audience, survey_id)
        if not asked.promised.remind_everyone:
            there -= self._tags(ballot, survey_id)
        members = self.run(self._rows(member, member.c.id)).scalars()
        due = [one for one in members if tag_of(key, survey_id, one) in there]
        secrets.SystemRandom().shuffle(due)
        return due

    def forget(self, member_id: str) -> None:
        """Somebody leaves: what they have answered to surveys that are not closed yet is withdrawn."""
        self.work.erases = True
        for one in Surveys(self.work, self.community).all(State.OPEN, State.SHUT):
            if key := self.work.keys.surveys.get(one.id):
                hold(self.work, one.id, shared=True)
                tag = tag_of(key, one.id, member_id)
                for table in (ballot, audience):
                    self.run(self._remove(table).where(table.c.survey_id == one.id, table.c.tag == tag))

    def merge(self, gone: str, kept: str) -> None:
        """Two members are one person: the second may answer where the first could; the first's answer is withdrawn.

        It is bound to its row, so that it cannot be another's.
        """
        for one in Surveys(self.work, self.community).all(State.OPEN, State.SHUT):
            if key := self.work.keys.surveys.get(one.id):
                hold(self.work, one.id, shared=True)
                here, there = (tag_of(key, one.id, who) for who in (gone, kept))
                if not self._is_there(audience, one.id, there):
                    moved = self._change(audience).where(audience.c.survey_id == one.id, audience.c.tag == here)
                    self.run(moved.values(tag=there))
        self.forget(gone)

    def counts(self, survey_id: str, code: str) -> bool:
        """Whether a receipt's answer was counted; nothing tells whose it was or what it said."""
        mine = (receipt.c.survey_id == survey_id, receipt.c.receipt == hashed(survey_id, code))
        return self.run(self._rows(receipt, receipt.c.receipt).where(*mine)).first() is not None

    def prove(self, survey_id: str, member_id: str) -> Evidence:
        """All that is stored under a member's tag, and the published check on the live data."""
        asked = Surveys(self.work, self.community).get(survey_id)
        key = self.work.keys.surveys.get(survey_id)
        tag = tag_of(key, survey_id, member_id) if key else b""
        rows = tuple(self._under(tag)) if tag else ()
        sizes = self.run(
            self._rows(ballot, sa_length(ballot.c.ballot)).where(ballot.c.survey_id == survey_id).distinct()
        ).all()
        ours = {table.name for table in (audience, ballot)}
        checks = {
            Check.ONE_SIZE: len(sizes) <= 1,
            Check.NO_MORE_COLUMNS: self._columns(ballot) == {"community_id", "survey_id", "tag", "ballot"},
            Check.TAG_ORDER: [column.name for column in ballot.primary_key] == ["community_id", "survey_id", "tag"],
            Check.WHOLE: bool(asked and asked.whole),
            Check.NOWHERE_ELSE: {table for table, _ in rows} <= ours,
        }
        mine = self._row(ballot, survey_id=survey_id, tag=tag) if tag else None
        return Evidence(tag, rows, tuple(checks.items()), mine.ballot if mine else b"")

    # ---

    def _open_to(self, survey_id: str, member_id: str) -> tuple[Survey, SurveyKey, bytes] | Refused:
        """The survey, its key and this member's tag there, if they were asked; only reads, and locks no row."""
        found = self._taking(survey_id, member_id)
        asked = isinstance(found, Refused) or self._is_there(audience, survey_id, found[2])
        return found if asked else Refused.NOT_ASKED

    def _taking(self, survey_id: str, member_id: str) -> tuple[Survey, SurveyKey, bytes] | Refused:
        """The same, whether they were asked or not."""
        hold(self.work, survey_id, shared=True)
        asked = Surveys(self.work, self.community).get(survey_id)
        if asked is None or asked.state is not State.OPEN or asked.closes_at is None:
            return Refused.CLOSED
        if not asked.whole:
            return Refused.CHANGED
        if asked.closes_at <= self.work.now:
            return Refused.CLOSED
        key = self.work.keys.surveys.get(survey_id)
        if key is None or set(key.boxes) != set(asked.boxes):
            return Refused.NO_KEY
        return asked, key, tag_of(key, survey_id, member_id)

    def _is_there(self, table: sa.Table, survey_id: str, tag: bytes) -> bool:
        return self._row(table, survey_id=survey_id, tag=tag) is not None

    def _tags(self, table: sa.Table, survey_id: str) -> set[bytes]:
        return set(self.run(self._rows(table, table.c.tag).where(table.c.survey_id == survey_id)).scalars())

    def _under(self, tag: bytes) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
        """Every row of every table of ours in which this tag stands, in whatever column."""
        found = []
        for table in metadata.sorted_tables:
            columns = [column for column in table.columns if isinstance(column.type, sa.LargeBinary)]
            if columns and "community_id" in table.c:
                holding = sa.or_(*(column == tag for column in columns))
                found += [(table.name, _told(table, row)) for row in self.run(self._rows(table).where(holding))]
        return found

    def _columns(self, table: sa.Table) -> set[str]:
        """As the database has them, not as we think."""
        return {str(column["name"]) for column in sa.inspect(self.work.connection).get_columns(table.name)}


def hashed(survey_id: str, code: str) -> bytes:
    """What is kept of a receipt; blanks, dashes and small letters make no difference."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return sha256(f"receipt|{survey_id}|{plain}".encode()).digest()[:RECEIPT]


def sa_exists(*which: Any) -> sa.ColumnElement[bool]:
    """Whether a survey takes answers: (conditions ..., now)."""
    *where, now = which
    return sa.exists().where(*where, survey.c.state == State.OPEN, survey.c.closes_at > now)


def sa_length(column: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """Bytes of a value."""
    return sa.func.length(column)


@cache
def _cast(dialect: str) -> sa.Insert:
    """One row of somebody who was asked, new or in place of theirs, as long as the survey takes answers."""
    names = ("community_id", "survey_id", "tag", "ballot")
    values = [sa.bindparam(name, type_=ballot.c[name].type).label(name) for name in names]
    here = (survey.c.community_id == sa.bindparam("community_id"), survey.c.id == sa.bindparam("survey_id"))
    taking = sa_exists(*here, sa.bindparam("now", type_=survey.c.closes_at.type))
    asked = sa.exists().where(*(audience.c[name] == sa.bindparam(name) for name in names[:3]))
    insert = insert_into(dialect, ballot).from_select(names, sa.select(*values).where(taking, asked))
    return insert.on_conflict_do_update(index_elements=list(names[:3]), set_={"ballot": insert.excluded.ballot})


def _told(table: sa.Table, row: sa.Row[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((column.name, _shown(value)) for column, value in zip(table.c, row, strict=True))


def _shown(value: Any) -> str:
    """A value as a member may read it: long ones by their beginning and length."""
    text = value.hex() if isinstance(value, bytes) else str(value)
    whole = 64
    return text if len(text) <= whole else f"{text[:whole]}… ({len(value)} bytes)"
