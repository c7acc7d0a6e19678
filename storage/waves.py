"""Waves: people of the roster picked together, for somebody to write to one by one."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from storage import ids
from storage.invitations import Invitation, Invitations, Kind, State
from storage.roster import Invitee, Person, Roster
from storage.tables import invitation, wave
from storage.work import Shelf

WAITS = timedelta(days=60)  # for a second person's word, and for its turn
PICKED_BYTES = 512


class Stage(StrEnum):
    """How far a wave has come."""

    ASKED = "asked"  # a second person has to approve
    APPROVED = "approved"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Pick:
    """By what people were picked; what is empty makes no difference.  `tone` is that of the drafts."""

    year: int | None = None
    department: str = ""
    tag: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Wave:
    """One wave.  `member` is who picked and who sends; "": they have left."""

    id: str
    stage: Stage
    member: str
    pick: Pick
    asked_on: date


class Waves(Shelf):
    """The waves of one community."""

    def ask(self, member_id: str, pick: Pick, people: Iterable[Invitee], language: str, today: date) -> str:
        """A new wave, which somebody has to approve.  `language` is that of people who have none."""
        wave_id = ids.fresh()
        picked = self.work.keys.seal(json.dumps(asdict(pick), ensure_ascii=False), PICKED_BYTES)
        self._put(wave, id=wave_id, state=str(Stage.ASKED), member_id=member_id, picked_sealed=picked, asked_on=today)
        links = Invitations(self.work, self.community)
        for who in people:
            links.add(
                Kind.PERSONAL,
                State.ASKED,
                member_id,
                language=who.language or language,
                invitee=who.id,
                wave=wave_id,
                last_day=today + WAITS,
            )
        return wave_id

    def get(self, wave_id: str) -> Wave | None:
        """One, or None."""
        return next(iter(self._all(wave.c.id == wave_id)), None)

    def some(self, wave_ids: Iterable[str]) -> dict[str, Wave]:
        """These, by id."""
        return {one.id: one for one in self._all(wave.c.id.in_(list(wave_ids)))}

    def asked(self) -> list[Wave]:
        """Those that wait for a second person's word, oldest first."""
        return self._all(wave.c.state == Stage.ASKED)

    def of_member(self, member_id: str) -> list[Wave]:
        """Those somebody picked and that were not stopped, oldest first."""
        return self._all(wave.c.member_id == member_id, wave.c.state != Stage.STOPPED)

    def approve(self, wave_id: str) -> bool:
        """Its people are written to, a few a week.  False when it does not wait any more."""
        if not self._move(wave_id, Stage.ASKED, Stage.APPROVED):
            return False
        mine = self._change(invitation).where(invitation.c.wave_id == wave_id, invitation.c.state == State.ASKED)
        self.run(mine.values(state=str(State.PLANNED)))
        return True

    def stop(self, wave_id: str) -> bool:
        """Nobody else of it is written to; links that went out stay.  False when it was stopped already."""
        if not (self._move(wave_id, Stage.ASKED, Stage.STOPPED) or self._move(wave_id, Stage.APPROVED, Stage.STOPPED)):
            return False
        unsent = invitation.c.state.in_([State.ASKED, State.PLANNED])
        self.run(self._remove(invitation).where(invitation.c.wave_id == wave_id, unsent))
        return True

    def release(self, member_id: str, room: int, today: date, last_day: date) -> None:
        """Open the next links of somebody's approved waves, as many as there is room for this week.

        Who was put on the do-not-invite list since, or is on the roster no more, is left out and forgotten here.
        """
        links, roster = Invitations(self.work, self.community), Roster(self.work, self.community)
        planned = links.of_member(member_id, State.PLANNED)
        people = {who.id: who for who in roster.some(link.invitee for link in planned)}
        barred = roster.barred_among(listed := list(people.values()))
        gone = {listed[place].id for place in barred}
        for link in planned:
            if link.invitee in gone or link.invitee not in people:
                links.drop(link.id)
            elif room > 0:
                links.open(link.id, today, last_day)
                room -= 1

    def personal(self, member_id: str) -> list[tuple[Invitation, Person]]:
        """Somebody's personal links that were given, and whom they are for, in the order of readings and names.

        Who is on the do-not-invite list is left out.
        """
        links, roster = Invitations(self.work, self.community), Roster(self.work, self.community)
        given = links.of_member(member_id, State.OPEN, State.USED, State.REVOKED)
        mine = [one for one in given if one.kind is Kind.PERSONAL]
        listed = {who.id: who for who in roster.some(one.invitee for one in mine if one.invitee)}
        pairs = [(one, listed.get(one.invitee) if one.invitee else Person(one.name, mail=one.mail)) for one in mine]
        found = [(one, who) for one, who in pairs if who is not None]
        barred = roster.barred_among([who for _, who in found])
        fine = [pair for place, pair in enumerate(found) if place not in barred]
        return sorted(fine, key=lambda pair: (pair[1].reading or pair[1].name, pair[1].name, pair[0].id))

    def leave(self, member_id: str) -> None:
        """Forget a member: waves that wait are stopped, others name nobody."""
        for one in self.of_member(member_id):
            if one.stage is Stage.ASKED:
                self.stop(one.id)
        self.run(self._change(wave).where(wave.c.member_id == member_id).values(member_id=None))

    def _move(self, wave_id: str, before: Stage, after: Stage) -> bool:
        one = self._change(wave).where(wave.c.id == wave_id, wave.c.state == before)
        return bool(self.run(one.values(state=str(after))).rowcount)

    def _all(self, *where: sa.ColumnElement[bool]) -> list[Wave]:
        rows = self.run(self._rows(wave).where(*where).order_by(wave.c.asked_on, wave.c.id))
        return [self._wave(row) for row in rows]

    def _wave(self, row: sa.Row[Any]) -> Wave:
        pick = Pick(**json.loads(self.work.keys.open(row.picked_sealed)))
        return Wave(row.id, Stage(row.state), row.member_id or "", pick, row.asked_on)
