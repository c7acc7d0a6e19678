"""The close of a survey (T2): once, by the clock, in steps that may end anywhere and be begun again.

1. One transaction, alone with the survey: it takes no answer any more (`shut`).  Fewer than k answers are deleted here,
   unread, and it is `void`.
2. A thread beside any transaction opens one ballot after the other and counts; nothing is written.
3. One transaction, alone with the survey: figures under the release rules, texts in an order of their own, receipts
   sorted; ballots and audience are deleted; it is `closed`.  When a member left since step 1, step 2 is done again.
4. The key is destroyed, and what the database keeps of deleted rows is cleaned away.

Ended before 3, it is shut, and whoever looks next begins with 2.  Ended between 3 and 4, `sweep` destroys the key: it
runs at every start and every hour.  There is no way back from `closed` or `void`: there is no key.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import partial
from secrets import token_bytes

import sqlalchemy as sa
import structlog

from storage import asking
from storage.audit import Audit
from storage.boxes import FORSAKEN_S, SurveyKey, Unopenable, WrongPassphrase
from storage.errands import Errand, Look, Scrub
from storage.questions import Manifest, unpadded
from storage.surveys import (
    CLOSED,
    RECEIPTS_KEPT,
    TALLIES_KEPT,
    TEXTS_KEPT,
    VOIDED,
    Ending,
    State,
    Survey,
    Surveys,
    hold,
)
from storage.tables import audience, ballot, receipt, said, survey, tally
from storage.tally import Counts, Released, Tally
from storage.work import Shelf, Work

AT_ONCE = 500  # ballots of a look
INSERTED = 2000  # rows of a statement
Release = Callable[[Manifest, Counts], Released]
Progress = Callable[[int, int], None]
"""Called with the ballots counted and the ballots there are; of no ballot is said whose it was."""
log = structlog.get_logger()


class Held(StrEnum):
    """Why a survey whose last day is over stays shut."""

    CHANGED = "changed"  # its manifest is not the one that was opened
    NO_KEY = "no_key"  # its key is not here, or another's
    TRUSTEES = "trustees"  # a passphrase has not been typed yet


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended.  `unreadable`: ballots that no key of this survey made, which were not counted."""

    state: State
    counted: int = 0
    unreadable: int = 0


class Closings(Shelf):
    """The ends of one community's surveys."""

    def begin(self, survey_id: str) -> Ended | Held | Survey:
        """Step 1: the survey, shut and ready to be counted; or how it ended, or why it waits."""
        hold(self.work, survey_id)
        asked = Surveys(self.work, self.community).get(survey_id, lock=True)
        if asked is None or asked.state is State.DRAFT:
            raise TypeError("this survey was never opened")
        if not asked.state.has_key:
            return Ended(asked.state, asked.counted or 0)
        if asked.closes_at is None or self.work.now < asked.closes_at:
            raise TypeError("its last day is not over")
        self._set(survey_id, state=str(State.SHUT))
        if not asked.whole:
            late = self.work.now >= asked.closes_at + timedelta(days=15)
            return self._void(survey_id, Ending.LATE) if late else Held.CHANGED
        if self.work.now >= asked.destroyed_at:
            return self._void(survey_id, Ending.LATE)
        if self.ballots(survey_id) < asked.promised.k:
            return self._void(survey_id, Ending.FEW)
        return held(asked, self.work.keys.surveys.get(survey_id)) or asked

    def stop(self, survey_id: str) -> Ended | None:
        """The secretariat ends it for good: everything is destroyed unread.  None: there was nothing to end.

        There is no early close: whoever chose its moment could choose whose answer is the last.
        """
        hold(self.work, survey_id)
        asked = Surveys(self.work, self.community).get(survey_id, lock=True)
        if asked is None or asked.state not in {State.OPEN, State.SHUT}:
            return None
        return self._void(survey_id, Ending.STOPPED)

    def chunk(self, survey_id: str, after: bytes) -> list[tuple[bytes, bytes]]:
        """The next ballots in the order of their tags, as far as they are of people who were asked."""
        asked = sa.and_(
            audience.c.community_id == ballot.c.community_id,
            audience.c.survey_id == ballot.c.survey_id,
            audience.c.tag == ballot.c.tag,
        )
        rows = self._rows(ballot.join(audience, asked), ballot.c.tag, ballot.c.ballot, scope=ballot)
        mine = rows.where(ballot.c.survey_id == survey_id, ballot.c.tag > after).order_by(ballot.c.tag)
        return [(tag, sealed) for tag, sealed in self.run(mine.limit(AT_ONCE))]

    def ballots(self, survey_id: str) -> int:
        """How many ballots there are."""
        rows = self._rows(ballot, sa.func.count()).where(ballot.c.survey_id == survey_id)
        return int(self.run(rows).scalar_one())

    def publish(self, counted: Tally, released: Released, seen: int, unreadable: int) -> Ended | None:
        """Step 3; None when it has to be counted again."""
        asked = counted.manifest
        hold(self.work, asked.survey)
        now = Surveys(self.work, self.community).get(asked.survey, lock=True)
        if now is None or now.state is not State.SHUT or not now.whole:
            return Ended(now.state, now.counted or 0) if now else Ended(State.VOID)
        if self.ballots(asked.survey) != seen:
            return None
        n = len(counted.receipts)
        if n < asked.k:
            return self._void(asked.survey, Ending.FEW)
        mine = {"community_id": self.community, "survey_id": asked.survey}
        self._insert(
            tally,
            (
                {**mine, "question_id": one.question, "segment": one.segment, "option": one.option, "shown": one.shown}
                for one in released.tallies
            ),
        )
        if released.with_texts:
            self._insert(said, self._bodies(counted, mine))
        self._insert(receipt, ({**mine, "receipt": one} for one in counted.receipts))
        self._clear(asked.survey)
        self._set(asked.survey, state=str(State.CLOSED), counted=n)
        Audit(self.work, self.community).record(None, CLOSED, asked.survey)
        return Ended(State.CLOSED, n, unreadable)

    def _bodies(self, counted: Tally, mine: dict[str, str]) -> Iterator[dict[str, object]]:
        """Texts under random ids, in the order of these."""
        surveys = Surveys(self.work, self.community)
        for question, texts in counted.texts.items():
            for id_ in sorted(token_bytes(16) for _ in texts):
                yield {**mine, "question_id": question, "id": id_, "body_sealed": surveys.sealed_text(texts.pop())}

    def _insert(self, table: sa.Table, rows: Iterator[dict[str, object]]) -> None:
        part: list[dict[str, object]] = []
        for row in rows:
            part.append(row)
            if len(part) == INSERTED:
                self.run(self.work.insert(table), part)
                part = []
        if part:
            self.run(self.work.insert(table), part)

    def _void(self, survey_id: str, ending: Ending) -> Ended:
        self._clear(survey_id)
        self._set(survey_id, state=str(State.VOID), ending=str(ending))
        Audit(self.work, self.community).record(None, VOIDED, survey_id)
        return Ended(State.VOID)

    def _clear(self, survey_id: str) -> None:
        """Nothing of those who were asked is left."""
        self.work.erases = True
        for table in (ballot, audience):
            self.run(self._remove(table).where(table.c.survey_id == survey_id))

    def _set(self, survey_id: str, **values: object) -> None:
        self.run(self._change(survey).where(survey.c.id == survey_id).values(**values))


def held(asked: Survey, key: SurveyKey | None) -> Held | None:
    """Why a survey cannot be counted, if it cannot."""
    if not asked.whole:
        return Held.CHANGED
    if key is None or set(key.boxes) != set(asked.boxes):
        return Held.NO_KEY
    return None if key.opens(asked.boxes) else Held.TRUSTEES


def close(community: str, survey_id: str, release: Release, progress: Progress | None = None) -> Errand[Ended | Held]:
    """All steps; may be begun again, on any replica, however far an earlier one came."""
    ended: Ended | Held | None = None
    while ended is None:
        begun = yield lambda work: Closings(work, community).begin(survey_id)
        if isinstance(begun, Held):
            log.warning("a survey cannot be opened", survey=survey_id, why=str(begun))
            return begun
        if isinstance(begun, Ended):
            ended = begun
            break
        key = yield Look(lambda work: work.keys.surveys.get(survey_id))
        if not isinstance(key, SurveyKey):  # somebody else was quicker just now
            continue
        total = yield Look(lambda work: Closings(work, community).ballots(survey_id))
        counted, unreadable = Tally(begun.promised), 0
        after = b""
        while rows := (yield Look(partial(_chunk, community, survey_id, after))):
            unreadable += _count(counted, begun, key, rows)
            after = rows[-1][0]
            if progress:
                progress(len(counted.receipts) + unreadable, total)
        del key
        counted.shuffle()
        released = release(begun.promised, counted.counts())
        publish = partial(Closings.publish, counted=counted, released=released, seen=total, unreadable=unreadable)
        ended = yield lambda work: publish(Closings(work, community))  # noqa: B023 - run before the next round
    yield from _destroy(survey_id)
    return ended


def stop(community: str, survey_id: str, also: Callable[[Work], None]) -> Errand[Ended | None]:
    """End it unread, and `also` in the same transaction; None: there was nothing to end."""

    def end(work: Work) -> Ended | None:
        ended = Closings(work, community).stop(survey_id)
        if ended:
            also(work)
        return ended

    ended: Ended | None = yield end
    if ended:
        yield from _destroy(survey_id)
    return ended


def _destroy(survey_id: str) -> Errand[None]:
    """Step 4."""
    yield lambda work: work.keys.surveys.destroy(survey_id)
    yield Scrub((ballot.name, audience.name))


def _chunk(community: str, survey_id: str, after: bytes, work: Work) -> list[tuple[bytes, bytes]]:
    return Closings(work, community).chunk(survey_id, after)


def _count(counted: Tally, asked: Survey, key: SurveyKey, rows: Sequence[tuple[bytes, bytes]]) -> int:
    """Open these and count them; how many could not be opened."""
    unreadable = 0
    for tag, sealed in rows:
        try:
            answer, mark = unpadded(asked.promised, key.open(sealed, asked.boxes, asked.sha256, tag))
        except (Unopenable, ValueError):
            unreadable += 1
        else:
            counted.add(answer, mark)
    return unreadable


# --- trustees --------------------------------------------------------------------------------------


class Unlocked(StrEnum):
    """What became of a trustee's passphrase."""

    DONE = "done"  # both have been typed: it can be counted
    ANOTHER = "another"  # theirs is right, the other trustee's is missing
    WRONG = "wrong"
    NOT_NOW = "not_now"  # the last day is not over, it has ended, or they are none of its trustees


def unlock(community: str, survey_id: str, trustee: str, passphrase: str) -> Errand[Unlocked]:
    """A trustee types their passphrase; takes a fifth of a second outside any transaction."""

    def look(work: Work) -> tuple[Survey, SurveyKey] | None:
        asked, key = Surveys(work, community).get(survey_id), work.keys.surveys.get(survey_id)
        over = asked is not None and asked.closes_at is not None and work.now >= asked.closes_at
        return (asked, key) if asked and key and over and asked.state in {State.OPEN, State.SHUT} else None

    found = yield Look(look)
    if found is None or trustee not in found[1].halves:
        return Unlocked.NOT_NOW
    half = found[1].halves[trustee]
    try:
        opened = half.unlock(passphrase)
    except WrongPassphrase:
        return Unlocked.WRONG

    def keep(work: Work) -> Unlocked:
        hold(work, survey_id)
        again = look(work)
        if again is None:
            return Unlocked.NOT_NOW
        asked, key = again
        key = key.unlocked(half, opened)
        work.keys.surveys.put(survey_id, key)
        return Unlocked.DONE if key.opens(asked.boxes) else Unlocked.ANOTHER

    done: Unlocked = yield keep
    return done


# --- by the clock ----------------------------------------------------------------------------------


def due(work: Work) -> list[tuple[str, str]]:
    """Surveys that can be closed or destroyed now, as (community, id)."""
    rows = work.connection.execute(
        sa.select(survey.c.community_id, survey.c.id)
        .where(survey.c.state.in_([State.OPEN, State.SHUT]), survey.c.closes_at <= work.now)
        .order_by(survey.c.closes_at)
    )
    found = []
    for community, survey_id in rows.all():
        asked = Surveys(work, community).get(survey_id)
        if asked is None:
            continue
        if asked.state is State.OPEN or not held(asked, work.keys.surveys.get(survey_id)) or _is_late(work, asked):
            found.append((community, survey_id))
    return found


def _is_late(work: Work, asked: Survey) -> bool:
    if asked.closes_at is None:
        return False
    return work.now >= (asked.destroyed_at if asked.whole else asked.closes_at + timedelta(days=15))


def waiting(work: Work) -> list[tuple[str, str, Held]]:
    """Open and shut surveys that could not be counted as things are, and why; trustees only when it is their time."""
    rows = work.connection.execute(
        sa.select(survey.c.community_id, survey.c.id).where(survey.c.state.in_([State.OPEN, State.SHUT]))
    )
    found = []
    for community, survey_id in rows.all():
        asked = Surveys(work, community).get(survey_id)
        why = held(asked, work.keys.surveys.get(survey_id)) if asked else None
        if asked and why and (why is not Held.TRUSTEES or asked.state is State.SHUT):
            found.append((community, survey_id, why))
    return found


def sweep(work: Work) -> int:
    """Destroy the keys of surveys, and of questions for events, that are not open (any more).  How many."""
    kept = work.keys.surveys.kept()
    if not kept:
        return 0
    surveys = work.connection.execute(sa.select(survey.c.id, survey.c.state))
    lives = {row.id: State(row.state).has_key for row in surveys} | asking.has_key(work)
    gone = [one for one, age in kept.items() if (not lives[one] if one in lives else age > FORSAKEN_S)]
    for survey_id in gone:
        work.keys.surveys.destroy(survey_id)
    return len(gone)


def forget_receipts(work: Work) -> int:
    """Delete receipts `RECEIPTS_KEPT` after the close.  How many."""
    return _forget(work, receipt, work.now - RECEIPTS_KEPT)


def forget_texts(work: Work) -> int:
    """Delete free texts `TEXTS_KEPT` after the close.  How many."""
    return _forget(work, said, work.now - TEXTS_KEPT)


def forget_surveys(work: Work) -> int:
    """Delete surveys `TALLIES_KEPT` after the close.  How many."""
    before = work.now - TALLIES_KEPT
    _forget(work, tally, before)
    old = sa.and_(survey.c.closes_at < before, survey.c.state.in_([State.CLOSED, State.VOID]))
    return work.connection.execute(sa.delete(survey).where(old)).rowcount


def _forget(work: Work, table: sa.Table, before: object) -> int:
    old = sa.select(survey.c.id).where(survey.c.closes_at < before, survey.c.state == State.CLOSED)
    gone = work.connection.execute(sa.delete(table).where(table.c.survey_id.in_(old))).rowcount
    work.erases = work.erases or bool(gone)
    return gone
