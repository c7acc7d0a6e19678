"""What those who come to an event look for and can offer, and which two of them would like to talk.

A slip is a row under the tag of event and member, as everything that stands for people at an event.  That somebody
would like to talk with somebody is a row under one tag of the two, in that order.  Neither says who, all are of one
size, and what was answered is sealed: a copy shows how many there are.  Routes that lead here are `untraced`.
"""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

import sqlalchemy as sa
from pydantic import Field

from storage.places import Places
from storage.presets import Level
from storage.questions import Frozen
from storage.tables import event, event_slip, event_talk, member
from storage.work import Shelf, Work

LINE_MAX, REACH_MAX = 200, 100  # characters
SLIP_BYTES, TALK_BYTES = 4096, 128  # the one size of each
KEPT = timedelta(days=90)  # after the end
_KEY = 16  # bytes of a slip's tag that are enough to know it by


class Slip(Frozen):
    """What somebody looks for and can offer.  `level`: who could see them when they agreed to be named on it."""

    seeks: Annotated[str, Field(max_length=LINE_MAX)] = ""
    offers: Annotated[str, Field(max_length=LINE_MAX)] = ""
    reach: Annotated[str, Field(max_length=REACH_MAX)] = ""
    level: Level = Level.OPEN


class Said(StrEnum):
    """What whoever was asked said to it."""

    NOTHING = ""
    YES = "yes"
    NO = "no"


class Talk(Frozen):
    """That one would like to talk with another.  `told`, `heard`: the other was told so, and one heard the yes."""

    wants: bool = False
    answer: Said = Said.NOTHING
    told: bool = False
    heard: bool = False


Pair = tuple[Talk, Talk]
"""Of two: what one of them wants of the other, and what the other wants of them."""

NO_TALK = Talk()


class Exchange(Shelf):
    """The slips at the events of one community."""

    def hold(self, event_id: str) -> None:
        """Until this transaction ends nobody else changes anything about this event."""
        self._places.hold(event_id)

    # --- slips

    def key(self, event_id: str, who: str) -> str:
        """What a button calls the slip of a member: it means nothing at another event."""
        return self._tag(event_id, who)[:_KEY].hex()

    def of(self, event_id: str, who: str) -> Slip | None:
        """One member's own."""
        row = self._row(event_slip, event_id=event_id, tag=self._tag(event_id, who))
        return self._slip(row.body_sealed) if row else None

    def events(self, who: str) -> list[str]:
        """The events at which a member has one, by id."""
        some = self.run(self._rows(event_slip, event_slip.c.event_id).distinct()).scalars()
        tags = {self._tag(event_id, who): event_id for event_id in some}
        mine = self._rows(event_slip, event_slip.c.tag).where(event_slip.c.tag.in_(tags)) if tags else None
        return sorted(tags[tag] for tag in self.run(mine).scalars()) if mine is not None else []

    def all(self, event_id: str) -> dict[str, Slip]:
        """Everybody's, by member, in the order of their tags, which is nobody's."""
        rows = self.run(self._rows(event_slip).where(event_slip.c.event_id == event_id)).all()
        found = {row.tag: row.body_sealed for row in rows}
        tags = sorted((self._tag(event_id, who), who) for who in (self._everybody() if found else ()))
        return {who: self._slip(found[tag]) for tag, who in tags if tag in found}

    def write(self, event_id: str, who: str, slip: Slip) -> None:
        """In place of what stood there.  The event is held."""
        sealed = self.work.keys.seal(slip.model_dump_json(exclude_defaults=True), SLIP_BYTES)
        self._put_over(event_slip, event_id=event_id, tag=self._tag(event_id, who), body_sealed=sealed)

    def drop(self, event_id: str, who: str) -> bool:
        """A slip goes, and with it what its owner wanted and was asked; False when there was none.  The event is held.

        A no stays: whoever is asked once more after it hears nothing of that.
        """
        self.work.erases = True
        mine = (event_slip.c.event_id == event_id, event_slip.c.tag == self._tag(event_id, who))
        gone = self.run(self._remove(event_slip).where(*mine)).rowcount
        for other, pair in self.talks(event_id, who, self._everybody()).items():
            for (asker, asked), talk in zip(((who, other), (other, who)), pair, strict=True):
                if talk.answer is Said.NO:
                    self.put(event_id, asker, asked, talk.model_copy(update={"wants": False}))
                elif talk != NO_TALK:
                    self._forget(event_id, [self._pair(event_id, asker, asked)])
        return bool(gone)

    # --- talks

    def talks(self, event_id: str, who: str, others: Collection[str]) -> dict[str, Pair]:
        """Between one member and each of these: what they want, and what is wanted of them."""
        rows = self.run(self._rows(event_talk).where(event_talk.c.event_id == event_id)).all()
        found = {row.tag: row.body_sealed for row in rows}

        def read(asker: str, asked: str) -> Talk:
            sealed = found.get(self._pair(event_id, asker, asked)) if found else None
            return Talk.model_validate_json(self.work.keys.open(sealed)) if sealed else NO_TALK

        return {other: (read(who, other), read(other, who)) for other in others if other != who}

    def put(self, event_id: str, asker: str, asked: str, talk: Talk) -> None:
        """What one wants of another, as it is now.  The event is held."""
        sealed = self.work.keys.seal(talk.model_dump_json(exclude_defaults=True), TALK_BYTES)
        self._put_over(event_talk, event_id=event_id, tag=self._pair(event_id, asker, asked), body_sealed=sealed)

    # --- leaving and merging: slips go with everything else under their tag, see `Attendance`

    def leave(self, who: str) -> None:
        """Forget with whom a member would have talked, and who with them."""
        self.work.erases = True
        others = self._everybody()
        for event_id in self._events():
            pairs = (pair for other in others for pair in ((who, other), (other, who)))
            self._forget(event_id, [self._pair(event_id, *pair) for pair in pairs])

    def merge(self, gone: str, kept: str) -> None:
        """Two members are one person: what stands for either stands for the one, where nothing does yet."""
        others = [one for one in self._everybody() if one not in {gone, kept}]
        for event_id in self._events():
            there = self.talks(event_id, kept, others)
            for other, pair in self.talks(event_id, gone, others).items():
                for (asker, asked), old, new in zip(((kept, other), (other, kept)), pair, there[other], strict=True):
                    if old != NO_TALK and new == NO_TALK:
                        self.put(event_id, asker, asked, old)
        self.leave(gone)

    # ---

    @property
    def _places(self) -> Places:
        return Places(self.work, self.community)

    def _tag(self, event_id: str, who: str) -> bytes:
        return self._places.tag_of_event(event_id, who)

    def _pair(self, event_id: str, asker: str, asked: str) -> bytes:
        return self.work.keys.tag("event.talk", self.community, event_id, asker, asked)

    def _everybody(self) -> list[str]:
        return list(self.run(self._rows(member, member.c.id)).scalars())

    def _events(self) -> list[str]:
        return sorted(self.run(self._rows(event_talk, event_talk.c.event_id).distinct()).scalars())

    def _forget(self, event_id: str, tags: Collection[bytes]) -> None:
        self.run(self._remove(event_talk).where(event_talk.c.event_id == event_id, event_talk.c.tag.in_(tags)))

    def _slip(self, sealed: bytes) -> Slip:
        return Slip.model_validate_json(self.work.keys.open(sealed))


def forget(work: Work) -> int:
    """Forget who looked for what and talked with whom, `KEPT` after an event.  How many rows."""
    gone = 0
    for table in (event_slip, event_talk):
        fresh = sa.select(event.c.id).where(
            event.c.community_id == table.c.community_id, event.c.ends_at >= work.now - KEPT
        )
        gone += work.connection.execute(sa.delete(table).where(table.c.event_id.not_in(fresh))).rowcount
    work.erases = work.erases or bool(gone)
    return gone
