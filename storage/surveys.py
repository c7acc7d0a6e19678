"""Sealed surveys: from a draft to a result, without anything that says who wrote what.

    draft ── open ──> open ── the last day is over ──> shut ──> closed      the key is destroyed
                                                         └───> void         unread, and the key is destroyed

What belongs to whom: `questions.py` is what is asked and answered, `ballots.py` the answers while a survey is open,
`boxes.py` the keys, `closing.py` the close, `tally.py` the counting, and `handlers/surveys/rules.py` what may be shown.
No row here stands for a person but those of `ballots.py`, and no method here tells who has answered.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
import structlog
from pydantic import ValidationError

from storage import ids
from storage.audit import Audit
from storage.boxes import Half, SurveyKey
from storage.communities import Settings
from storage.keys import KeyProblem, Keys
from storage.questions import K_TEXT, KEPT, Draft, Fault, Manifest
from storage.tables import audience, ballot, member, receipt, said, survey, tally
from storage.tally import Shown
from storage.work import Shelf, Work

if TYPE_CHECKING:
    from storage.people import Member

log = structlog.get_logger()
REMINDERS = 2
RECEIPTS_KEPT, TEXTS_KEPT, TALLIES_KEPT = timedelta(days=90), timedelta(days=365), timedelta(days=3 * 365)
TEXT_BYTES = 512  # free texts are kept in steps of this
OPENED, CLOSED, VOIDED, SHARED, REDACTED = (
    f"survey.{deed}" for deed in ("opened", "closed", "voided", "shared", "redacted")
)
"""What the audit says; the subject is the id, and of an opening `id:mark`."""


class State(StrEnum):
    """How far a survey has come."""

    DRAFT = "draft"
    OPEN = "open"
    SHUT = "shut"  # takes no answer any more, and has not been opened yet
    CLOSED = "closed"
    VOID = "void"  # destroyed unread

    @property
    def has_key(self) -> bool:
        """Whether there is a key, which must be destroyed afterwards."""
        return self in {State.DRAFT, State.OPEN, State.SHUT}


class Ending(StrEnum):
    """Why a survey is void."""

    FEW = "few"  # fewer than k answers
    LATE = "late"  # could not be opened in time: the key or a passphrase is lost, or the manifest was changed
    STOPPED = "stopped"  # by the secretariat


@dataclass(frozen=True)
class Survey:
    """One survey.  `draft` is there until it is opened, `manifest` from then on."""

    id: str
    state: State
    ending: Ending | None
    draft: Draft | None
    manifest: Manifest | None
    sha256: bytes  # of the manifest as it was opened
    closes_at: datetime | None  # the end of the last day
    counted: int | None  # how many answers were counted
    enough: bool  # whether k or more have answered, as of the last day somebody looked; the one live figure there is
    reminders: int
    reminded_on: date | None
    shared_on: date | None  # when members were shown the results

    @property
    def whole(self) -> bool:
        """Whether the manifest is the one that was opened; nothing is taken or opened under another."""
        return self.manifest is not None and self.manifest.sha256 == self.sha256 and self.manifest.survey == self.id

    @property
    def promised(self) -> Manifest:
        """The manifest of a survey that has been opened."""
        if self.manifest is None:
            raise TypeError("a draft has promised nothing yet")
        return self.manifest

    @property
    def boxes(self) -> tuple[bytes, ...]:
        """Public keys of its boxes."""
        return tuple(map(bytes.fromhex, self.promised.boxes))

    @property
    def destroyed_at(self) -> datetime:
        """When it is destroyed unread, if it could not be opened until then."""
        at: datetime = self.closes_at  # type: ignore[assignment]  # of an open one it is there
        return at + KEPT - (self.promised.closes_on - self.promised.opens_on)


@dataclass(frozen=True, slots=True)
class Text:
    """One free text, under an id that says nothing."""

    id: bytes
    body: str


@dataclass(frozen=True)
class Results:
    """What may be shown of a closed survey.  `receipts` are hashes, sorted; as many as answers were counted."""

    counted: int
    tallies: Sequence[Shown]
    texts: Mapping[str, Sequence[Text]]  # by question
    receipts: Sequence[bytes]


class CannotOpen(Exception):
    """A draft cannot be opened; `faults` say why, and of some the question."""

    def __init__(self, faults: Mapping[Fault, str]) -> None:
        super().__init__(", ".join(faults))
        self.faults = dict(faults)


class Surveys(Shelf):
    """The surveys of one community."""

    # --- drafts

    def write(self, draft: Draft) -> str:
        """A new draft.  Its id."""
        survey_id = ids.fresh()
        self._put(survey, id=survey_id, state=str(State.DRAFT), manifest_sealed=self._sealed(draft))
        return survey_id

    def rewrite(self, survey_id: str, draft: Draft) -> bool:
        """Replace a draft; False when it is none (any more)."""
        return self._update(survey_id, State.DRAFT, manifest_sealed=self._sealed(draft))

    def discard(self, survey_id: str) -> bool:
        """Forget a draft; False when it is none (any more)."""
        gone = self._remove(survey).where(survey.c.id == survey_id, survey.c.state == State.DRAFT)
        return bool(self.run(gone).rowcount)

    def entrust(self, survey_id: str, trustee: str, half: Half) -> bool:
        """A trustee of a draft gave their passphrase (`Half.fresh`, outside any transaction); False: no such trustee.

        Giving another one replaces it, until the survey is opened.
        """
        found = self.get(survey_id, lock=True)
        if found is None or found.draft is None or trustee not in found.draft.trustees:
            return False
        store = self.work.keys.surveys
        store.put(survey_id, (store.get(survey_id) or SurveyKey.fresh(trustees=True)).trusting(trustee, half))
        return True

    def trusting(self, survey_id: str) -> frozenset[str]:
        """The trustees who have given a passphrase."""
        key = self.work.keys.surveys.get(survey_id)
        return frozenset(key.halves) if key else frozenset()

    # --- opening

    def faults(self, survey_id: str) -> dict[Fault, str]:
        """Why a draft cannot be opened today; empty: it can."""
        found = self.get(survey_id)
        if found is None or found.draft is None:
            raise TypeError("this is no draft")
        amiss = found.draft.faults(self.members(), self.today())
        if found.draft.sensitive and not set(found.draft.trustees) <= self.trusting(survey_id):
            amiss[Fault.TRUSTEES] = ""
        return amiss

    def open(self, survey_id: str, actor: "Member", trustees: Sequence[str] = ()) -> Survey:
        """Freeze a draft and ask everybody who is a member now.  `trustees`: the names members read.

        Raises CannotOpen.
        """
        hold(self.work, f"surveys of {self.community}")  # one follows the other
        found = self.get(survey_id, lock=True)
        if found is None or found.draft is None:
            raise TypeError("this is no draft")
        if amiss := self.faults(survey_id):
            raise CannotOpen(amiss)
        draft, store, here = found.draft, self.work.keys.surveys, Settings(self.work, self.community).get()
        key = store.get(survey_id) if draft.sensitive else SurveyKey.fresh()
        if key is None:
            raise CannotOpen({Fault.TRUSTEES: ""})
        key = replace(key, halves={who: half for who, half in key.halves.items() if who in draft.trustees})
        shared = set(Draft.model_fields) & set(Manifest.model_fields) - {"k", "trustees"}
        frozen = Manifest(
            **{name: getattr(draft, name) for name in shared},
            survey=survey_id,
            trustees=tuple(trustees) if draft.sensitive else (),
            opens_on=self.today(),
            zone=here.zone,
            audience=self.members(),
            k=draft.least,
            k_text=max(draft.least, K_TEXT),
            boxes=tuple(box.hex() for box in key.boxes),
            after=self.newest(),
        )
        store.put(survey_id, key)
        self._ask(survey_id, key)
        end = datetime.combine(draft.closes_on + timedelta(days=1), time(), ZoneInfo(here.zone))
        values = {"manifest_sealed": self._sealed(frozen), "sha256": frozen.sha256, "closes_at": end}
        self._update(survey_id, State.DRAFT, state=str(State.OPEN), **values)
        Audit(self.work, self.community).record(actor, OPENED, f"{survey_id}:{frozen.mark}")
        opened = self.get(survey_id)
        if opened is None:
            raise TypeError("it was there a moment ago")
        return opened

    def _ask(self, survey_id: str, key: SurveyKey) -> None:
        """Everybody who is a member now, in the order of their tags, which is nobody's order."""
        members = self.run(self._rows(member, member.c.id)).scalars()
        tags = sorted(tag_of(key, survey_id, who) for who in members)
        rows = [{"community_id": self.community, "survey_id": survey_id, "tag": tag} for tag in tags]
        self.run(self.work.insert(audience), rows)

    def joined(self, day: date) -> tuple[int, int]:
        """How many of today's members joined in a later month than this day's, and how many in that month."""
        month = day.replace(day=1)
        counts = [
            self.run(self._rows(member, sa.func.count()).where(when)).scalar_one()
            for when in (member.c.joined_month > month, member.c.joined_month == month)
        ]
        return int(counts[0]), int(counts[1])

    def newest(self) -> str:
        """The hash of the manifest that was opened last, or "": the one that no other comes after."""
        opened = {one.sha256.hex(): one.manifest for one in self.all() if one.manifest}
        followed = {manifest.after for manifest in opened.values()}
        return next((mark for mark in sorted(opened) if mark not in followed), "")

    def changed(self) -> list[str]:
        """Ids of surveys whose manifest is not the one that was opened, or that follow one that is not known.

        Once the first was kept long enough, the oldest that is left follows one that is gone.
        """
        opened = [one for one in self.all() if one.manifest or one.state is not State.DRAFT]
        known = {one.sha256.hex() for one in opened}
        astray = [one for one in opened if one.manifest and one.manifest.after and one.manifest.after not in known]
        begun = any(one.manifest and not one.manifest.after for one in opened)
        oldest = None if begun else min(astray, key=lambda one: one.promised.opens_on, default=None)
        return sorted(one.id for one in opened if not one.whole or (one in astray and one is not oldest))

    # --- looking

    def get(self, survey_id: str, *, lock: bool = False) -> Survey | None:
        """One survey, or None."""
        if lock:
            row = self.run(self._rows(survey).where(survey.c.id == survey_id).with_for_update()).one_or_none()
        else:
            row = self._row(survey, id=survey_id)
        return self._read(row) if row else None

    def all(self, *states: State) -> list[Survey]:
        """All surveys, or those in these states, the newest last day first."""
        which = survey.c.state.in_([str(state) for state in states]) if states else sa.true()
        rows = self.run(self._rows(survey).where(which).order_by(survey.c.closes_at.desc(), survey.c.id))
        return [self._read(row) for row in rows]

    def results(self, survey_id: str) -> Results:
        """What may be shown of a closed survey, texts in the order of their ids, which is nobody's."""
        mine = {table: table.c.survey_id == survey_id for table in (tally, said, receipt)}
        key = (tally.c.question_id, tally.c.segment, tally.c.option)
        shown = [Shown(*row) for row in self.run(self._rows(tally, *key, tally.c.shown).where(mine[tally]))]
        texts: dict[str, list[Text]] = {}
        rows = self._rows(said, said.c.question_id, said.c.id, said.c.body_sealed).where(mine[said])
        for question, id_, body in self.run(rows.order_by(said.c.question_id, said.c.id)):
            texts.setdefault(question, []).append(Text(id_, self.work.keys.open(body)))
        receipts = self.run(self._rows(receipt, receipt.c.receipt).where(mine[receipt]).order_by(receipt.c.receipt))
        found = self.get(survey_id)
        counted = (found.counted if found else None) or 0
        return Results(
            counted, sorted(shown, key=lambda one: (one.question, one.segment)), texts, list(receipts.scalars())
        )

    # --- after the opening

    def look_in(self, survey_id: str, today: date) -> bool:
        """Whether k or more have answered; counted once a day, so that nobody sees one answer come."""
        found = self.get(survey_id)
        if found is None or found.state is not State.OPEN:
            return bool(found and found.enough)
        mine = (survey.c.id == survey_id, sa.or_(survey.c.enough_on.is_(None), survey.c.enough_on < today))
        if not self.run(self._rows(survey, survey.c.id).where(*mine)).first():
            return found.enough
        several = self.run(self._rows(ballot, sa.func.count()).where(ballot.c.survey_id == survey_id)).scalar_one()
        enough = bool(several >= found.promised.k)
        self._update(survey_id, State.OPEN, enough=enough, enough_on=today)
        return enough

    def reminded(self, survey_id: str, today: date) -> bool:
        """Note that reminders go out today; False when two have, or one did today: then none may.

        All that is kept is the date, so a crash may repeat a reminder, and nothing tells who got one.
        """
        free = sa.or_(survey.c.reminded_on.is_(None), survey.c.reminded_on < today)
        again = self._change(survey).where(
            survey.c.id == survey_id, survey.c.state == State.OPEN, survey.c.reminders < REMINDERS, free
        )
        return bool(self.run(again.values(reminded_on=today, reminders=survey.c.reminders + 1)).rowcount)

    def redact(self, survey_id: str, question: str, text: bytes, body: str, actor: "Member") -> bool:
        """Replace a free text before members see it; "" takes it away.  False when they have, or it is none."""
        found = self.get(survey_id, lock=True)
        if found is None or found.state is not State.CLOSED or found.shared_on:
            return False
        self.work.erases = True
        this = (said.c.survey_id == survey_id, said.c.question_id == question, said.c.id == text)
        change = self._change(said).values(body_sealed=self.sealed_text(body)) if body else self._remove(said)
        done = bool(self.run(change.where(*this)).rowcount)
        if done:
            Audit(self.work, self.community).record(actor, REDACTED, survey_id)
        return done

    def share(self, survey_id: str, actor: "Member") -> bool:
        """Show members the results; False when it is not closed, or they see them already."""
        mine = self._change(survey).where(
            survey.c.id == survey_id, survey.c.state == State.CLOSED, survey.c.shared_on.is_(None)
        )
        done = bool(self.run(mine.values(shared_on=self.today())).rowcount)
        if done:
            Audit(self.work, self.community).record(actor, SHARED, survey_id)
        return done

    # ---

    def members(self) -> int:
        """How many would be asked now."""
        return int(self.run(self._rows(member, sa.func.count())).scalar_one())

    def today(self) -> date:
        """The date in the community's zone."""
        zone = Settings(self.work, self.community).get().zone
        return self.work.now.astimezone(ZoneInfo(zone)).date()

    def _update(self, survey_id: str, within: State, **values: Any) -> bool:
        mine = self._change(survey).where(survey.c.id == survey_id, survey.c.state == str(within))
        return bool(self.run(mine.values(**values)).rowcount)

    def _sealed(self, asked: Draft | Manifest) -> bytes:
        return self.work.keys.seal(json.dumps(asked.model_dump(mode="json"), ensure_ascii=False), 1024)

    def sealed_text(self, body: str) -> bytes:
        """A free text as it is kept."""
        return self.work.keys.seal(body, TEXT_BYTES)

    def _read(self, row: sa.Row[Any]) -> Survey:
        state, draft, manifest = State(row.state), None, None
        try:
            if state is State.DRAFT:
                draft = Draft.model_validate_json(self.work.keys.open(row.manifest_sealed))
            else:
                manifest = _manifest(row.manifest_sealed, self.work.keys)
        except (ValueError, ValidationError, KeyProblem):
            log.warning("a survey's manifest was changed", survey=row.id)  # `whole` tells everybody else
        return Survey(
            row.id,
            state,
            Ending(row.ending) if row.ending else None,
            draft,
            manifest,
            row.sha256 or b"",
            row.closes_at,
            row.counted,
            row.enough,
            row.reminders,
            row.reminded_on,
            row.shared_on,
        )


@lru_cache(64)
def _manifest(sealed: bytes, keys: Keys) -> Manifest:
    """What these very bytes hold: opened and checked once, since every answer asks for it."""
    return Manifest.model_validate_json(keys.open(sealed))


def open_everywhere(work: Work) -> list[tuple[str, str]]:
    """The open surveys of all communities, as (community, id)."""
    rows = work.connection.execute(
        sa.select(survey.c.community_id, survey.c.id)
        .where(survey.c.state == State.OPEN, survey.c.closes_at > work.now)
        .order_by(survey.c.closes_at, survey.c.id)
    )
    return [(community, survey_id) for community, survey_id in rows]


def tag_of(key: SurveyKey, survey_id: str, member_id: str) -> bytes:
    """What stands for a member in one survey; nothing, once its key is destroyed."""
    return key.digest("ballot", survey_id, member_id)


def hold(work: Work, name: str, *, shared: bool = False) -> None:
    """Until this transaction ends nobody else holds this name, or with `shared` nobody holds it alone.

    It leaves no trace on the disk, as a locked row would.  On SQLite there is one writer anyway.
    """
    if work.connection.dialect.name == "postgresql":
        number = int.from_bytes(sha256(name.encode()).digest()[:8], "big", signed=True)
        work.connection.execute(_HOLD_SHARED if shared else _HOLD, {"number": number})


_HOLD = sa.text("SELECT pg_advisory_xact_lock(:number)")
_HOLD_SHARED = sa.text("SELECT pg_advisory_xact_lock_shared(:number)")
