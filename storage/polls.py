"""Named polls: who comes, which date.  Whoever answers is named, to everybody or to the organiser alone.

What a poll asks and who is shown the names is frozen when it is published.  Votes can be changed and withdrawn until
the close; then the counts are kept as they may be told, and the votes, which name people, for `NAMES_KEPT`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict

from storage import ids
from storage.outbox import Outbox
from storage.tables import poll, vote
from storage.work import Shelf, Work

NAMES_KEPT = timedelta(days=90)  # after the close
KEPT = timedelta(days=3 * 365)  # the question and its counts, as those of a survey
DRAFTS_KEPT = timedelta(days=60)  # after they were last written
POST = "polls.post"  # how keys of messages in a shared room that show a poll begin: `polls.post:<poll>:`
TERMS_BYTES, PICKED_BYTES = 1024, 64  # sealed in steps of this size
_AT_ONCE = 500  # polls of a transaction when old ones are erased


class State(StrEnum):
    """How far a poll is."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Names(StrEnum):
    """Who is shown who chose what."""

    EVERYBODY = "everybody"
    ORGANISER = "organiser"


class Letters(StrEnum):
    """Whether members are written to."""

    NONE = "none"
    ONCE = "once"
    REMIND = "remind"  # and once more those who have not answered


class Terms(BaseModel):
    """What is asked, and how; frozen when the poll is published."""

    model_config = ConfigDict(frozen=True)
    question: str
    options: tuple[str, ...]
    several: bool = False  # more than one may be chosen
    last_day: date  # local to the community
    names: Names = Names.EVERYBODY
    channel: str = ""  # an Address; "": no shared room
    letters: Letters = Letters.NONE


class Result(BaseModel):
    """How it ended: how many chose each option and how many people answered, as everybody may be told."""

    model_config = ConfigDict(frozen=True)
    counts: tuple[int, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Poll:
    """One poll.  `organiser` is a member's id; "": they have left."""

    id: str
    state: State
    organiser: str
    terms: Terms
    closes_at: datetime | None  # of a draft, when it was last written
    closed_at: datetime | None
    result: Result | None

    def takes_votes(self, now: datetime) -> bool:
        """Whether it is open at this moment; the clock may be late to close it."""
        return self.state is State.OPEN and self.closes_at is not None and now < self.closes_at


class Polls(Shelf):
    """The polls of one community."""

    # --- the poll --------------------------------------------------------------------------------

    def draft(self, organiser: str, terms: Terms) -> str:
        """A new draft.  Its id."""
        poll_id = ids.fresh()
        row = {"state": str(State.DRAFT), "organiser_member_id": organiser, "terms_sealed": self._sealed(terms)}
        self._put(poll, id=poll_id, closes_at=self.work.now, **row)
        return poll_id

    def rewrite(self, poll_id: str, terms: Terms) -> bool:
        """Change a draft; False when it is none (any more)."""
        return self._step(poll_id, State.DRAFT, terms_sealed=self._sealed(terms), closes_at=self.work.now)

    def discard(self, poll_id: str) -> bool:
        """Delete a draft; False when it is none (any more)."""
        gone = self._remove(poll).where(poll.c.id == poll_id, poll.c.state == str(State.DRAFT))
        return self.run(gone).rowcount == 1

    def publish(self, poll_id: str, closes_at: datetime) -> bool:
        """From now on it takes votes, and its terms stay; False when it is no draft (any more)."""
        return self._step(poll_id, State.DRAFT, state=str(State.OPEN), closes_at=closes_at)

    def close(self, poll_id: str, result: Result) -> bool:
        """No votes any more, and this is how it ended; False when it is not open (any more)."""
        kept = self.work.keys.seal(result.model_dump_json(), PICKED_BYTES)
        at = self.work.now
        return self._step(poll_id, State.OPEN, state=str(State.CLOSED), closed_at=at, result_sealed=kept)

    def get(self, poll_id: str, *, lock: bool = False) -> Poll | None:
        """One, or None; with `lock` nobody votes or closes it until this transaction ends."""
        rows = self._rows(poll).where(poll.c.id == poll_id)
        found = self.run(rows.with_for_update() if lock else rows).one_or_none()
        return self._poll(found) if found else None

    def all(self, *states: State, limit: int = 50) -> list[Poll]:
        """Those in these states, or all, newest last day first."""
        rows = self._rows(poll).order_by(poll.c.closes_at.desc(), poll.c.id).limit(limit)
        if states:
            rows = rows.where(poll.c.state.in_([str(one) for one in states]))
        return [self._poll(row) for row in self.run(rows)]

    def _step(self, poll_id: str, now: State, **values: Any) -> bool:
        here = self._change(poll).where(poll.c.id == poll_id, poll.c.state == str(now))
        return self.run(here.values(**values)).rowcount == 1

    def _poll(self, row: sa.Row[Any]) -> Poll:
        keys = self.work.keys
        terms = Terms.model_validate_json(keys.open(row.terms_sealed))
        result = Result.model_validate_json(keys.open(row.result_sealed)) if row.result_sealed else None
        return Poll(row.id, State(row.state), row.organiser_member_id, terms, row.closes_at, row.closed_at, result)

    def _sealed(self, terms: Terms) -> bytes:
        return self.work.keys.seal(terms.model_dump_json(), TERMS_BYTES)

    # --- votes -----------------------------------------------------------------------------------

    def vote(self, poll_id: str, member_id: str, picked: Sequence[int]) -> bool:
        """Store what a member chose, in place of what they chose before; False when it takes no votes."""
        if not self._takes_votes(poll_id):
            return False
        chosen = self.work.keys.seal(json.dumps(sorted(set(picked))), PICKED_BYTES)
        self._put_over(vote, poll_id=poll_id, member_id=member_id, picked_sealed=chosen)
        return True

    def withdraw(self, poll_id: str, member_id: str) -> bool:
        """Forget what a member chose; False when there is nothing, or the poll takes no changes any more."""
        if not self._takes_votes(poll_id):
            return False
        gone = self._remove(vote).where(vote.c.poll_id == poll_id, vote.c.member_id == member_id)
        return self.run(gone).rowcount == 1

    def _takes_votes(self, poll_id: str) -> bool:
        """Whether it does, and will until this transaction ends: its close waits for the votes under way."""
        row = self.run(self._rows(poll).where(poll.c.id == poll_id).with_for_update(read=True)).one_or_none()
        return row is not None and self._poll(row).takes_votes(self.work.now)

    def votes(self, poll_id: str) -> dict[str, tuple[int, ...]]:
        """Who chose what, by member id, in the order of ids."""
        rows = self._rows(vote, vote.c.member_id, vote.c.picked_sealed).where(vote.c.poll_id == poll_id)
        return {who: self._picked(sealed) for who, sealed in self.run(rows.order_by(vote.c.member_id))}

    def picked(self, poll_id: str, member_id: str) -> tuple[int, ...]:
        """What one member chose; empty: nothing."""
        row = self._row(vote, poll_id=poll_id, member_id=member_id)
        return self._picked(row.picked_sealed) if row else ()

    def voted(self, poll_id: str) -> set[str]:
        """Who has answered."""
        rows = self._rows(vote, vote.c.member_id).where(vote.c.poll_id == poll_id)
        return set(self.run(rows).scalars())

    def by(self, member_id: str) -> list[tuple[Poll, tuple[int, ...]]]:
        """What one member chose in every poll that still knows it, newest last day first."""
        same = sa.and_(vote.c.community_id == poll.c.community_id, vote.c.poll_id == poll.c.id)
        rows = self._rows(poll.join(vote, same), *poll.c, vote.c.picked_sealed, scope=poll)
        rows = rows.where(vote.c.member_id == member_id).order_by(poll.c.closes_at.desc(), poll.c.id)
        return [(self._poll(row), self._picked(row.picked_sealed)) for row in self.run(rows)]

    def organised_by(self, member_id: str) -> list[Poll]:
        """The polls of one organiser."""
        rows = self._rows(poll).where(poll.c.organiser_member_id == member_id)
        return [self._poll(row) for row in self.run(rows.order_by(poll.c.id))]

    def _picked(self, sealed: bytes) -> tuple[int, ...]:
        return tuple(json.loads(self.work.keys.open(sealed)))

    # --- people ----------------------------------------------------------------------------------

    def leave(self, member_id: str) -> None:
        """A member leaves: their votes go, drafts of theirs too, and polls they published stay without them."""
        self.run(self._remove(vote).where(vote.c.member_id == member_id))
        theirs = poll.c.organiser_member_id == member_id
        self.run(self._remove(poll).where(theirs, poll.c.state == str(State.DRAFT)))
        self.run(self._change(poll).where(theirs).values(organiser_member_id=""))

    def merge(self, gone: str, kept: str) -> None:
        """Two members turned out to be one: what the one who stays chose counts, else what the other did."""
        both = self._rows(vote, vote.c.poll_id).where(vote.c.member_id == kept)
        again = list(self.run(both).scalars())
        self.run(self._remove(vote).where(vote.c.member_id == gone, vote.c.poll_id.in_(again)))
        self.run(self._change(vote).where(vote.c.member_id == gone).values(member_id=kept))
        self.run(self._change(poll).where(poll.c.organiser_member_id == gone).values(organiser_member_id=kept))

    def redraw(self, poll_id: str) -> None:
        """Messages in shared rooms that show this poll are drawn again."""
        Outbox(self.work, self.community).revise(f"{POST}:{poll_id}:")


def forget_names(work: Work) -> int:
    """Delete votes of polls that closed `NAMES_KEPT` ago; what rooms show is drawn again, without names.  How many."""
    old = (
        sa.select(poll.c.community_id, poll.c.id)
        .where(
            poll.c.state == str(State.CLOSED),
            poll.c.closed_at < work.now - NAMES_KEPT,
            sa.exists().where(vote.c.community_id == poll.c.community_id, vote.c.poll_id == poll.c.id),
        )
        .limit(_AT_ONCE)
    )
    found = work.connection.execute(old).all()
    for community, poll_id in found:
        this = (vote.c.community_id == community, vote.c.poll_id == poll_id)
        work.connection.execute(sa.delete(vote).where(*this))
        Polls(work, community).redraw(poll_id)
        work.erases = True
    return len(found)


def forget(work: Work) -> int:
    """Delete polls that closed `KEPT` ago, and drafts that nobody has written on for `DRAFTS_KEPT`.  How many."""
    closed = sa.and_(poll.c.state == str(State.CLOSED), poll.c.closed_at < work.now - KEPT)
    left = sa.and_(poll.c.state == str(State.DRAFT), poll.c.closes_at < work.now - DRAFTS_KEPT)
    gone = work.connection.execute(sa.delete(poll).where(sa.or_(closed, left))).rowcount
    work.erases = work.erases or bool(gone)
    return gone
