"""Who would present something at an event, and what became of it.

Whoever presents is named on the event's card as far as they may be seen, so somebody whom nobody sees cannot.  The rows
lie under the tag of event and member like everything else that stands for people at an event.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import sqlalchemy as sa
from pydantic import Field

from storage.places import Places
from storage.questions import Frozen
from storage.tables import event_pitch
from storage.work import Shelf

TITLE_MAX, LINE_MAX, PITCH_BYTES = 80, 200, 2048
WAITING_MAX = 60  # of an event: more than anybody can choose from


class Answer(StrEnum):
    """What whoever organises said to it."""

    ASKED = "asked"  # nothing yet
    YES = "yes"
    NO = "no"


class Pitch(Frozen):
    """What somebody would present.  `place` counts from 1 of those who have a slot; `told`: the place they know."""

    title: Annotated[str, Field(max_length=TITLE_MAX)]
    line: Annotated[str, Field(max_length=LINE_MAX)] = ""
    place: int = 0
    told: int = 0


@dataclass(frozen=True, slots=True)
class Presenter:
    """One member and what they would present."""

    member: str
    answer: Answer
    pitch: Pitch


class Pitches(Shelf):
    """What members would present at the events of one community."""

    def hold(self, event_id: str) -> None:
        """Until this transaction ends nobody else changes a slot."""
        self._places.hold(event_id)

    def ask(self, event_id: str, who: str, title: str, line: str) -> bool:
        """Somebody would present this, or says it in other words; False when so many have asked.  The event is held."""
        now = self.of(event_id, who)
        if now is None:
            count = self._rows(event_pitch, sa.func.count()).where(event_pitch.c.event_id == event_id)
            if int(self.run(count).scalar_one()) >= WAITING_MAX:
                return False
        old = now.pitch if now else Pitch(title=title)
        answer = now.answer if now and now.answer is Answer.YES else Answer.ASKED
        self._write(event_id, who, answer, old.model_copy(update={"title": title, "line": line}))
        return True

    def of(self, event_id: str, who: str) -> Presenter | None:
        """What one member would present, or None."""
        row = self._row(event_pitch, event_id=event_id, tag=self._tag(event_id, who))
        return self._read(who, row) if row else None

    def all(self, event_id: str) -> list[Presenter]:
        """Everybody's: those who have a slot in their order, then the others in nobody's."""
        rows = self.run(self._rows(event_pitch).where(event_pitch.c.event_id == event_id)).all()
        everybody = [one.id for one in self._places.members()] if rows else []
        tags = {self._tag(event_id, who): who for who in everybody}
        found = [(row.tag, self._read(tags[row.tag], row)) for row in rows if row.tag in tags]
        return [one for _, one in sorted(found, key=lambda each: (each[1].pitch.place or _LAST, each[0]))]

    def chosen(self, event_id: str) -> list[Presenter]:
        """Those who have a slot, in their order."""
        return [one for one in self.all(event_id) if one.answer is Answer.YES]

    def say(self, event_id: str, who: str, answer: Answer) -> Presenter | None:
        """A slot for somebody, at the end, or none; None when they ask for none (any more).  The event is held."""
        found = self.of(event_id, who)
        if found is None:
            return None
        last = len([one for one in self.chosen(event_id) if one.member != who]) + 1
        place = (found.pitch.place or last) if answer is Answer.YES else 0
        told = found.pitch.told if answer is Answer.YES else 0
        self._write(event_id, who, answer, found.pitch.model_copy(update={"place": place, "told": told}))
        self._close_up(event_id)
        return self.of(event_id, who)

    def move(self, event_id: str, who: str, by: int) -> bool:
        """Before (-1) or after (1) the one beside them; False when there is none.  The event is held."""
        order = [one.member for one in self.chosen(event_id)]
        if who not in order or not 0 <= order.index(who) + by < len(order):
            return False
        here = order.index(who)
        order[here], order[here + by] = order[here + by], order[here]
        self._order(event_id, order)
        return True

    def take_back(self, event_id: str, who: str) -> bool:
        """Somebody does not present after all; False when they did not.  The event is held."""
        self.work.erases = True
        gone = self._remove(event_pitch).where(
            event_pitch.c.event_id == event_id, event_pitch.c.tag == self._tag(event_id, who)
        )
        taken = bool(self.run(gone).rowcount)
        self._close_up(event_id)
        return taken

    def publish(self, event_id: str) -> list[Presenter]:
        """Those who have a slot and do not know which; they are told now.  The event is held."""
        self._close_up(event_id)
        news = [one for one in self.chosen(event_id) if one.pitch.place != one.pitch.told]
        for one in news:
            self._write(event_id, one.member, one.answer, one.pitch.model_copy(update={"told": one.pitch.place}))
        return news

    # ---

    @property
    def _places(self) -> Places:
        return Places(self.work, self.community)

    def _tag(self, event_id: str, who: str) -> bytes:
        return self._places.tag_of_event(event_id, who)

    def _close_up(self, event_id: str) -> None:
        self._order(event_id, [one.member for one in self.chosen(event_id)])

    def _order(self, event_id: str, order: Sequence[str]) -> None:
        now: Mapping[str, Presenter] = {one.member: one for one in self.chosen(event_id)}
        for place, who in enumerate(order, 1):
            one = now[who]
            if one.pitch.place != place:
                self._write(event_id, who, one.answer, one.pitch.model_copy(update={"place": place}))

    def _write(self, event_id: str, who: str, answer: Answer, pitch: Pitch) -> None:
        sealed = self.work.keys.seal(pitch.model_dump_json(exclude_defaults=True), PITCH_BYTES)
        tag = self._tag(event_id, who)
        self._put_over(event_pitch, event_id=event_id, tag=tag, state=str(answer), body_sealed=sealed)

    def _read(self, who: str, row: sa.Row[tuple[object, ...]]) -> Presenter:
        pitch = Pitch.model_validate_json(self.work.keys.open(row.body_sealed))
        return Presenter(who, Answer(row.state), pitch)


_LAST = 1_000
