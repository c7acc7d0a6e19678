"""Questions of an event once they are opened: nobody's, read by those who moderate, then by members, who vote.

A vote is a row under a tag of one question and one member, made with the key of the round (`storage/asking.py`):
without that file no two votes can be told to be one person's, and after the event only a number is left.
"""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from storage.asking import SIZE, WORDS_MAX, Round, Rounds
from storage.boxes import SurveyKey
from storage.tables import event_question, event_vote, member
from storage.work import Shelf


class State(StrEnum):
    """How far a question has come."""

    NEW = "new"  # nobody but those who moderate reads it
    SHOWN = "shown"
    ANSWERED = "answered"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Question:
    """One question."""

    id: bytes
    state: State
    words: str
    votes: int


class Asked(Shelf):
    """The opened questions of one community's events."""

    def all(self, event_id: str, *states: State) -> list[Question]:
        """Those in these states, in the order of their ids, which is nobody's."""
        which = event_question.c.state.in_([str(one) for one in states]) if states else sa.true()
        mine = self._rows(event_question).where(event_question.c.event_id == event_id, which)
        per = self._rows(event_vote, event_vote.c.question_id, sa.func.count())
        votes = {
            id_: int(number)
            for id_, number in self.run(
                per.where(event_vote.c.event_id == event_id).group_by(event_vote.c.question_id)
            ).all()
        }
        return [
            Question(row.id, State(row.state), self.work.keys.open(row.words_sealed), votes.get(row.id, row.votes))
            for row in self.run(mine.order_by(event_question.c.id))
        ]

    def get(self, event_id: str, id_: bytes) -> Question | None:
        """One of them."""
        return next((one for one in self.all(event_id) if one.id == id_), None)

    # --- moderating

    def move(self, event_id: str, id_: bytes, to: State, *of: State) -> bool:
        """Change its state; False when it is in none of the states `of` (any more)."""
        mine = (event_question.c.event_id == event_id, event_question.c.id == id_)
        was = event_question.c.state.in_([str(one) for one in of])
        return bool(self.run(self._change(event_question).where(*mine, was).values(state=str(to))).rowcount)

    def reword(self, event_id: str, id_: bytes, words: str) -> None:
        """Other words in their place."""
        self.work.erases = True
        sealed = self.work.keys.seal(words[:WORDS_MAX], SIZE)
        mine = (event_question.c.event_id == event_id, event_question.c.id == id_)
        self.run(self._change(event_question).where(*mine).values(words_sealed=sealed))

    def merge(self, event_id: str, some: Collection[bytes], words: str) -> bytes | None:
        """One question in place of these, wanted by everybody who wanted any of them, each counted once.

        None when fewer than two of them are there to be merged, or the round is over.
        """
        rounds = Rounds(self.work, self.community)
        rounds.hold(event_id)
        here = rounds.get(event_id)
        key = rounds.key(here) if here else None
        merged = [one for one in self.all(event_id, State.NEW, State.SHOWN) if one.id in some]
        if key is None or len(merged) < 2:  # noqa: PLR2004 - one alone is no merger
            return None
        new, tags = secrets.token_bytes(16), self._tags(event_id, [one.id for one in merged])
        voters = [who for who in self._members() if any(_tag(key, one.id, who) in tags for one in merged)]
        state = State.SHOWN if any(one.state is State.SHOWN for one in merged) else State.NEW
        sealed = self.work.keys.seal(words[:WORDS_MAX], SIZE)
        self.work.erases = True
        for one in merged:
            for table, column in ((event_question, event_question.c.id), (event_vote, event_vote.c.question_id)):
                self.run(self._remove(table).where(table.c.event_id == event_id, column == one.id))
        self._put(event_question, event_id=event_id, id=new, state=str(state), words_sealed=sealed)
        for tag in sorted(_tag(key, new, who) for who in voters):
            self._put(event_vote, event_id=event_id, question_id=new, tag=tag)
        return new

    # --- voting

    def vote(self, event_id: str, id_: bytes, member_id: str, *, wanted: bool) -> bool:
        """Somebody wants it answered, or not any more; False when that cannot be said of it now.

        The route must be `untraced`.
        """
        rounds = Rounds(self.work, self.community)
        rounds.hold(event_id, shared=True)
        found = self._row(event_question, event_id=event_id, id=id_)
        here = rounds.get(event_id)
        key = rounds.key(here) if here else None
        if key is None or found is None or State(found.state) is not State.SHOWN:
            return False
        tag = _tag(key, id_, member_id)
        if wanted:
            self._put_once(event_vote, event_id=event_id, question_id=id_, tag=tag)
        else:
            self._unvote(event_id, id_, [tag])
        return True

    def wanted_by(self, event_id: str, member_id: str) -> set[bytes]:
        """The questions that one member wants answered: for them alone."""
        rounds = Rounds(self.work, self.community)
        here = rounds.get(event_id)
        return self._wanted(here, member_id) if here else set()

    def _wanted(self, here: Round, member_id: str) -> set[bytes]:
        key = Rounds(self.work, self.community).key(here)
        mine = self._rows(event_vote, event_vote.c.question_id, event_vote.c.tag)
        rows = self.run(mine.where(event_vote.c.event_id == here.event)).all()
        return {id_ for id_, tag in rows if key and tag == _tag(key, id_, member_id)}

    # --- leaving and merging

    def forget(self, member_id: str, instead: str = "") -> None:
        """Somebody leaves: what they wanted answered is forgotten; or `instead` wants it, once.

        What they asked cannot be found: nothing says that it was theirs.
        """
        rounds = Rounds(self.work, self.community)
        for here in sorted(rounds.alive(), key=lambda one: one.event):
            rounds.hold(here.event, shared=True)
            key = rounds.key(here)
            for id_ in self._wanted(here, member_id) if key else ():
                if instead and key:
                    self._put_once(event_vote, event_id=here.event, question_id=id_, tag=_tag(key, id_, instead))
                self._unvote(here.event, id_, [_tag(key, id_, member_id)] if key else [])

    # ---

    def _unvote(self, event_id: str, id_: bytes, tags: Iterable[bytes]) -> None:
        self.work.erases = True
        mine = (event_vote.c.event_id == event_id, event_vote.c.question_id == id_, event_vote.c.tag.in_(list(tags)))
        self.run(self._remove(event_vote).where(*mine))

    def _tags(self, event_id: str, some: Collection[bytes]) -> set[bytes]:
        rows = self._rows(event_vote, event_vote.c.tag).where(event_vote.c.event_id == event_id)
        return set(self.run(rows.where(event_vote.c.question_id.in_(list(some)))).scalars())

    def _members(self) -> list[str]:
        return list(self.run(self._rows(member, member.c.id)).scalars())


def _tag(key: SurveyKey, id_: bytes, member_id: str) -> bytes:
    return key.digest("vote", id_.hex(), member_id)
