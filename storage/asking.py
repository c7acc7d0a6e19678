"""Questions for an event that say nothing of who asked: sealed when they are asked, opened many at once, then nobody's.

    asked ──> event_inbox ── an announced time ──> event_question ── the end ──> the key is destroyed

Asking writes exactly one row, of one size, under an id that says nothing; the route must be `untraced`.  Opening moves
all rows of an event in one transaction, shuffled, under new random ids.  One key file a round (`storage/boxes.py`)
opens them and makes the tags of votes (`storage/asked.py`); it is destroyed when the event is over or off.
See docs/decisions/0028-unsigned-questions.md.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

import sqlalchemy as sa
import structlog

from bot.codes import plain
from storage import ids
from storage.boxes import SurveyKey, Unopenable
from storage.errands import Errand, Scrub
from storage.presets import K
from storage.surveys import hold
from storage.tables import event, event_inbox, event_question, event_round, event_vote
from storage.work import Shelf, Work

WORDS_MAX = 300  # characters of a question
SIZE = 1280  # bytes: of any question before it is sealed, and in steps of this afterwards
KEPT = timedelta(days=90)  # after the end
LEAST_MEMBERS = 10  # who may come: among fewer, a question would point at somebody
log = structlog.get_logger()


class Refused(StrEnum):
    """Why a question was not taken."""

    CLOSED = "closed"  # no questions are asked there (any more)
    NO_KEY = "no_key"  # the key file is lost


@dataclass(frozen=True, slots=True)
class Taken:
    """It lies in the inbox.  `code` takes it back as long as it does; shown once, sent nowhere.  `new`: not again."""

    code: str
    new: bool


@dataclass(frozen=True, slots=True)
class Round:
    """The questions of one event, as a whole."""

    event: str
    key_id: str
    box: bytes
    opened_at: datetime
    over: bool
    shared: bool

    @property
    def bound(self) -> bytes:
        """What is sealed here opens in no other round."""
        return sha256(f"{self.event}|{self.key_id}".encode()).digest()


class Rounds(Shelf):
    """The rounds of questions of one community."""

    def get(self, event_id: str) -> Round | None:
        """The round of an event, or None when nobody has opened one."""
        row = self._row(event_round, event_id=event_id)
        return _round(row) if row else None

    def open(self, event_id: str) -> bool:
        """Let questions be asked from now on; False when that was done before."""
        self.hold(event_id)
        if self.get(event_id):
            return False
        key, key_id = SurveyKey.fresh(), ids.fresh()
        self.work.keys.surveys.put(key_id, key)
        self._put(event_round, event_id=event_id, key_id=key_id, box=key.boxes[0], opened_at=self.work.now)
        return True

    def key(self, found: Round) -> SurveyKey | None:
        """Its key, while there is one."""
        kept = None if found.over else self.work.keys.surveys.get(found.key_id)
        return kept if kept and kept.boxes == (found.box,) else None

    def hold(self, event_id: str, *, shared: bool = False) -> None:
        """Until this transaction ends nobody opens, merges or ends questions of this event; `shared`: as others ask."""
        hold(self.work, f"questions {self.community} {event_id}", shared=shared)

    # --- asking

    def ask(self, event_id: str, words: str, once: str = "") -> Taken | Refused:
        """Seal a question.  `once` is the key of the event: delivered again, it is the same question."""
        found = self._taking(event_id)
        if isinstance(found, Refused):
            return found
        here, key = found
        code = key.code("asked", once or secrets.token_hex(16))
        id_ = _id(key, code)
        padded = words.replace("\0", "")[:WORDS_MAX].encode().ljust(SIZE, b"\0")
        sealed = key.seal(padded, [here.box], here.bound, id_)
        return Taken(code, self._put_once(event_inbox, event_id=event_id, id=id_, question=sealed))

    def take_back(self, event_id: str, code: str) -> bool:
        """Forget a question that is still sealed; False when none there has this code."""
        found = self._taking(event_id)
        if isinstance(found, Refused):
            return False
        self.work.erases = True
        mine = (event_inbox.c.event_id == event_id, event_inbox.c.id == _id(found[1], plain(code)))
        return bool(self.run(self._remove(event_inbox).where(*mine)).rowcount)

    def _taking(self, event_id: str) -> tuple[Round, SurveyKey] | Refused:
        self.hold(event_id, shared=True)
        found = self.get(event_id)
        if found is None or found.over:
            return Refused.CLOSED
        key = self.key(found)
        return (found, key) if key else Refused.NO_KEY

    # --- opening and ending

    def unseal(self, event_id: str, at: datetime, least: int) -> int | None:
        """Move all that lies in the inbox, if it is `least` or more, for the announced time `at`.  How many.

        Once for each time, whoever of several replicas comes first; None: it was done.
        """
        self.hold(event_id)
        found = self.get(event_id)
        if found is None or found.over or found.opened_at >= at:
            return None
        self._mix_votes(event_id)
        self.run(self._change(event_round).where(event_round.c.event_id == event_id).values(opened_at=at))
        inbox = self._rows(event_inbox, event_inbox.c.id, event_inbox.c.question)
        rows = self.run(inbox.where(event_inbox.c.event_id == event_id)).all()
        if len(rows) < max(1, least):
            return 0
        key = self.key(found)
        if key is None:
            log.warning("questions cannot be opened", event_id=event_id, why=str(Refused.NO_KEY))
            return 0
        said = _shuffled(_opened(found, key, [(row.id, row.question) for row in rows]))
        for id_, words in zip(sorted(secrets.token_bytes(16) for _ in said), said, strict=True):
            sealed = self.work.keys.seal(words, SIZE)
            self._put(event_question, event_id=event_id, id=id_, state="new", words_sealed=sealed)
        self._clear(event_inbox, event_id)
        return len(said)

    def _mix_votes(self, event_id: str) -> None:
        """Write all votes once more, at once and in the order of their tags.

        PostgreSQL would show in which order they came, and so beside which other deed of somebody.
        """
        rows = self.run(self._rows(event_vote).where(event_vote.c.event_id == event_id)).mappings().all()
        self._clear(event_vote, event_id)
        if rows:
            same = sorted(map(dict, rows), key=lambda one: (one["question_id"], one["tag"]))
            self.run(self.work.insert(event_vote), same)

    def end(self, event_id: str, *, off: bool) -> str:
        """Nothing is asked any more; counts stay as they were shown.  The id of the key to destroy.

        `off`: it does not take place, so that nothing is kept at all.
        """
        self.hold(event_id)
        found = self.get(event_id)
        if found is None:
            return ""
        if not found.over:
            per = self._rows(event_vote, event_vote.c.question_id, sa.func.count())
            per = per.where(event_vote.c.event_id == event_id).group_by(event_vote.c.question_id)
            for id_, votes in self.run(per).all():
                mine = (event_question.c.event_id == event_id, event_question.c.id == id_)
                self.run(self._change(event_question).where(*mine).values(votes=votes if votes >= K else 0))
            self._clear(event_inbox, event_id)
            self._clear(event_vote, event_id)
            gone = sa.true() if off else event_question.c.state == "aside"
            self.run(self._remove(event_question).where(event_question.c.event_id == event_id, gone))
            self.run(self._change(event_round).where(event_round.c.event_id == event_id).values(over=True))
        return found.key_id

    def share(self, event_id: str, *, shared: bool) -> None:
        """Whether members read the answered ones below the past event."""
        self.run(self._change(event_round).where(event_round.c.event_id == event_id).values(shared=shared))

    def _clear(self, table: sa.Table, event_id: str) -> None:
        self.work.erases = True
        self.run(self._remove(table).where(table.c.event_id == event_id))

    # ---

    def alive(self) -> list[Round]:
        """The rounds that have a key."""
        return [_round(row) for row in self.run(self._rows(event_round).where(~event_round.c.over))]


def _round(row: "sa.Row[*tuple[object, ...]]") -> Round:
    return Round(row.event_id, row.key_id, row.box, row.opened_at, row.over, row.shared)


def _id(key: SurveyKey, code: str) -> bytes:
    return key.digest("question", code)[:16]


def _opened(found: Round, key: SurveyKey, rows: Sequence[tuple[bytes, bytes]]) -> list[str]:
    """What they say; one that this key did not seal is left out."""
    said = []
    for id_, sealed in rows:
        try:
            said.append(key.open(sealed, [found.box], found.bound, id_).rstrip(b"\0").decode())
        except (Unopenable, ValueError):
            log.warning("a question cannot be opened", event_id=found.event)
    return said


def _shuffled(said: list[str]) -> list[str]:
    """The same in nobody's order."""
    return secrets.SystemRandom().sample(said, len(said))


# --- by the clock ----------------------------------------------------------------------------------


def alive_everywhere(work: Work) -> list[tuple[str, Round]]:
    """The rounds that have a key, with their communities."""
    rows = work.connection.execute(sa.select(event_round).where(~event_round.c.over))
    return [(row.community_id, _round(row)) for row in rows]


def unseal(community: str, event_id: str, at: datetime, least: int) -> Errand[None]:
    """Open what was asked, and clean away what the database keeps of the sealed rows and of the order of votes."""
    if (yield lambda work: Rounds(work, community).unseal(event_id, at, least)) is not None:
        yield Scrub((event_inbox.name, event_vote.name))


def end(community: str, event_id: str, *, off: bool) -> Errand[None]:
    """The event is over or off: first the rows go, then the key, so that it may be begun again anywhere."""
    key_id = yield lambda work: Rounds(work, community).end(event_id, off=off)
    yield lambda work: work.keys.surveys.destroy(key_id) if key_id else None
    yield Scrub((event_inbox.name, event_vote.name, event_question.name))


def has_key(work: Work) -> dict[str, bool]:
    """By the id of a key file: whether its round is not over."""
    rows = work.connection.execute(sa.select(event_round.c.key_id, event_round.c.over))
    return {row.key_id: not row.over for row in rows}


def forget(work: Work) -> int:
    """Delete the questions of events that ended `KEPT` ago, and whatever belongs to no round.  How many rounds."""
    ended = sa.exists().where(
        event.c.community_id == event_round.c.community_id,
        event.c.id == event_round.c.event_id,
        event.c.ends_at < work.now - KEPT,
    )
    gone = work.connection.execute(sa.delete(event_round).where(event_round.c.over, ended)).rowcount
    for table in (event_inbox, event_vote, event_question):
        lost = ~sa.exists().where(
            event_round.c.community_id == table.c.community_id, event_round.c.event_id == table.c.event_id
        )
        work.erases = work.erases or bool(work.connection.execute(sa.delete(table).where(lost)).rowcount)
    return gone
