"""Who comes: every answer to an event, and what becomes of the seats.

Whoever calls this from a button or form uses a route that is `untraced`, for hidden members and all others alike: a
transaction that also wrote to a member's row would lead from the row to the seat.  Nothing is lost by it, since an
answer that is delivered twice is the same answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from storage.cohorting import Stage
from storage.cohorts import Cohorts
from storage.events import Changed, Event, Events, State
from storage.people import Member
from storage.places import OWED, Known, Moved, Places
from storage.presets import Level
from storage.programme import KIND, Attendee, Part
from storage.seating import Counts, Seat, Standing, fits, largest
from storage.standins import StandIns
from storage.tables import event_look, event_part, event_seat
from storage.team_seats import Cohort
from storage.work import Shelf


class Why(StrEnum):
    """Why an answer was not taken."""

    GONE = "gone"  # there is no such part (any more), or it is a draft
    CANCELLED = "cancelled"
    BEGUN = "begun"  # the part has begun, or is over
    LATE = "late"  # the last day to sign up is over
    KIND = "kind"  # it is not for whoever comes as this
    ASK = "ask"  # seats are kept by kind, and nobody knows as whom they come
    GUESTS = "guests"  # more guests than the event allows
    PARTY = "party"  # there are not so many seats at all
    FULL = "full"  # more guests than are free, or others wait for a seat; what stood before stands
    LAPSED = "lapsed"  # the seat was kept for a day and has gone to the next
    TEAM = "team"  # it is for fixed teams, and they are in none


@dataclass(frozen=True, slots=True)
class Seated:
    """A seat is theirs."""

    guests: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """They stand in line; 1 is the next."""

    place: int
    guests: int = 0


@dataclass(frozen=True, slots=True)
class Freed:
    """They do not come; whether a seat or a place in line was theirs."""

    had: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was changed."""

    why: Why


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer led to: for whoever answered, and for others."""

    said: Seated | Waiting | Freed | Refused
    moved: Sequence[Moved] = ()


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one member stands in one part.  `place` is of those who wait, 1 is the next; else 0."""

    event: Event
    part: Part
    state: Standing
    kind: Attendee
    guests: int
    place: int
    until: datetime | None  # of a seat that is kept for them
    here: bool


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody who answered, as the house sees it; who may read their name, `Member.is_seen_by` says."""

    member: str
    level: Level
    state: Standing
    kind: Attendee
    guests: int
    here: bool


def kind_of(who: Member) -> Attendee | None:
    """As whom a member comes: as they said, else by the years they told; None: nobody knows."""
    said = str(who.profile.get(KIND, ""))
    if said in list(Attendee):
        return Attendee(said)
    years = str(who.profile.get("years", ""))
    if not years:
        return None
    return Attendee.STAFF if years.endswith("–") else Attendee.ALUMNI  # the dash of an open end


class Seats(Shelf):
    """The answers to the events of one community."""

    # --- one's own

    def answer(
        self, part_id: str, who: Member, *, going: bool, guests: int = 0, kind: Attendee | None = None
    ) -> Answered:
        """Somebody comes with so many guests, or does not; the last answer counts.  `kind`: as whom, if not as known.

        The route must be `untraced`.
        """
        found = self._held(part_id)
        if isinstance(found, Refused):
            return Answered(found)
        happening, part = found
        tag = self.places.tag(part_id, who.id)
        mine = self.places.seat(happening.id, part_id, tag)
        if not going:
            return self._frees(happening, part, mine, tag)
        kind = kind or (mine.kind if mine else None) or kind_of(who)
        if no := self._not_theirs(happening, part, mine, who) or self._no(happening, part, mine, guests, kind):
            return Answered(Refused(no))
        wanted = Seat(tag=tag, state=Standing.WAITING, kind=kind or Attendee.OTHER, guests=guests)
        if mine and mine.state.holds:
            return self._keeps(happening, part, mine, wanted)
        return self._stands_in_line(happening, part, mine, wanted)

    def claim(self, part_id: str, who: Member) -> Answered:
        """Take the seat that is kept; refused when it has gone to the next.  The route must be `untraced`."""
        found = self._held(part_id)
        if isinstance(found, Refused):
            return Answered(found)
        happening, _ = found
        mine = self.places.seat(happening.id, part_id, self.places.tag(part_id, who.id))
        if mine and mine.state is Standing.GOING:
            return Answered(Seated(mine.guests))
        if mine is None or mine.state is not Standing.OFFERED or (mine.until and mine.until <= self.work.now):
            return Answered(Refused(Why.LAPSED))
        self.places.put(happening.id, part_id, replace(mine, state=Standing.GOING, until=None, owed=""))
        return Answered(Seated(mine.guests))

    def release(self, part_id: str, who: Member) -> Answered:
        """They do not come after all."""
        return self.answer(part_id, who, going=False)

    def opened(self, event_id: str, who: Member) -> None:
        """Somebody looked at the details; kept until it begins, for those who then forget to answer.

        The route must be `untraced`.
        """
        self._put_once(event_look, event_id=event_id, tag=self.places.tag_of_event(event_id, who.id))

    def standing(self, who: str, events: Sequence[Event] | None = None) -> list[Stand]:
        """Where a member stands in every part they answered to: of these events, or of all that are not over."""
        known = Events(self.work, self.community).upcoming(cancelled=True) if events is None else events
        parts = {self.places.tag(part.id, who): (one, part) for one in known for part in one.parts}
        mine = self._rows(event_seat).where(
            event_seat.c.event_id.in_([one.id for one in known]), event_seat.c.tag.in_(list(parts))
        )
        found = [(row.tag, self._stand(*parts[row.tag], row)) for row in self.run(mine)]
        order = {tag: number for number, tag in enumerate(parts)}
        return [stand for _, stand in sorted(found, key=lambda one: order[one[0]])]

    def past_of(self, who: str) -> list[Stand]:
        """Where a member stood in every part that is over and whose names are still kept, the latest first."""
        events = Events(self.work, self.community)
        return self.standing(who, events.past(limit=_ALL, cancelled=True))

    # --- everybody's

    def counts(self, event_id: str, part_id: str) -> Counts:
        """How many answered what to a part, also when their names are forgotten."""
        return self.places.counts(event_id, part_id)

    def sitters(self, event_id: str, part_id: str, *states: Standing) -> list[Sitter]:
        """Who answered so, or at all, hidden members among them; those who wait in their order.

        For drawing what each reader may see, and for those who remind: never for a list of its own.
        """
        seats = self.places.seats(event_id, part_id, *states)
        people = self.places.named(part_id, [one.tag for one in seats])
        return [_sitter(people[one.tag], one) for one in seats if one.tag in people]

    def going(self, event_id: str, part_id: str) -> list[Sitter]:
        """Who is going."""
        return self.sitters(event_id, part_id, Standing.GOING)

    def concerned(self, event_id: str, part_id: str) -> list[Sitter]:
        """Whom a change of the part concerns: who is going, has a seat kept, or waits."""
        return self.sitters(event_id, part_id, Standing.GOING, Standing.OFFERED, Standing.WAITING)

    def unanswered(self, event_id: str) -> list[Known]:
        """Who looked at the details and has answered to no part of it."""
        mine = self._rows(event_look, event_look.c.tag).where(event_look.c.event_id == event_id)
        looked = set(self.run(mine).scalars())
        if not looked:
            return []
        people = [one for one in self.places.members() if self.places.tag_of_event(event_id, one.id) in looked]
        answered = set(
            self.run(self._rows(event_seat, event_seat.c.tag).where(event_seat.c.event_id == event_id)).scalars()
        )
        parts = list(
            self.run(self._rows(event_part, event_part.c.id).where(event_part.c.event_id == event_id)).scalars()
        )
        return [one for one in people if not {self.places.tag(part, one.id) for part in parts} & answered]

    # --- the house's

    def resize(
        self, part_id: str, capacity: int | None, shares: Mapping[Attendee, int] | None = None
    ) -> Changed | None:
        """Another number of seats; None when the part is not announced.

        Raises `storage.events.Overfull` when more are taken: nobody loses a seat.
        """
        events = Events(self.work, self.community)
        found = events.of_part(part_id)
        if found is None:
            return None
        size: dict[str, Any] = {"capacity": capacity} | ({"shares": shares} if shares is not None else {})
        parts = [part.model_copy(update=size) if part.id == part_id else part for part in found.parts]
        return events.change(found.id, found.details, parts)

    def lapse(self) -> list[Moved]:
        """Offers whose day is over go to the next in line.  Whoever did not claim has to answer again.

        All of them are returned to be told: who lost an offer (`now` is CANNOT) and who has one or a seat now.
        """
        late = self._rows(event_seat, event_seat.c.event_id, event_seat.c.part_id).where(
            event_seat.c.state == str(Standing.OFFERED), event_seat.c.until <= self.work.now
        )
        moved: list[Moved] = []
        for event_id, part_id in self.run(late.distinct().order_by(event_seat.c.event_id, event_seat.c.part_id)).all():
            self.places.hold(event_id)
            offered = self.places.seats(event_id, part_id, Standing.OFFERED)
            over = [one for one in offered if one.until and one.until <= self.work.now]
            found = Events(self.work, self.community).get(event_id)
            part = found.part(part_id) if found else None
            people = self.places.named(part_id, [one.tag for one in over])
            for one in over:
                who = people.get(one.tag)
                owed = str(Standing.CANNOT) if who and who.hidden else ""
                lapsed = replace(one, state=Standing.CANNOT, guests=0, until=None, owed=owed)
                self.places.put(event_id, part_id, lapsed)
            moved += self.places.told_of(event_id, part_id, over, Standing.CANNOT)
            if found and part and found.state is State.ANNOUNCED:
                moved += self._settle(found, part)
        return moved

    def owed(self, *, take: bool = True) -> list[Moved]:
        """Those who have not been told how they stand now; `take`: they are told by whoever asks.

        These are hidden members, to be told by a message that no row tells of, and members who got a seat when nobody
        was there to tell them, as when somebody left the community.
        """
        rows = self.run(self._rows(event_seat).where(OWED)).all()
        moved = []
        for row in rows:
            who = self.places.named(row.part_id, [row.tag]).get(row.tag)
            if who:
                here = {"event": row.event_id, "part": row.part_id, "until": row.until, "hidden": who.hidden}
                moved.append(Moved(member=who.id, was=Standing.WAITING, now=Standing(row.owed), **here))
        if take and rows:
            self.run(self._change(event_seat).where(OWED).values(owed=""))
        return moved

    # ---

    @property
    def places(self) -> Places:
        """The rows of the seats."""
        return Places(self.work, self.community)

    def _held(self, part_id: str) -> tuple[Event, Part] | Refused:
        """The event of a part, held, and the part, if it can still be answered."""
        mine = self._rows(event_part, event_part.c.event_id).where(event_part.c.id == part_id)
        event_id = self.run(mine).scalar()
        found = Events(self.work, self.community).get(event_id, lock=True) if event_id else None
        part = found.part(part_id) if found else None
        if found is None or part is None or found.state is State.DRAFT:
            return Refused(Why.GONE)
        if found.state is State.CANCELLED:
            return Refused(Why.CANCELLED)
        return Refused(Why.BEGUN) if part.starts_at <= self.work.now else (found, part)

    def _not_theirs(self, happening: Event, part: Part, mine: Seat | None, who: Member) -> Why | None:
        """Why somebody cannot come to a date of fixed teams: they are in none, meet elsewhere, or have one already."""
        if happening.details.cohort is None or (mine and (mine.state.holds or mine.state is Standing.WAITING)):
            return None
        place = Cohorts(self.work, self.community).place(happening.series, who.id)
        if place is None or place.state is not Stage.IN or (mine is None and Cohort.part(happening, place) != part):
            return Why.TEAM
        stands = self.standing(who.id, [happening])
        return Why.TEAM if any(one.state.holds or one.state is Standing.WAITING for one in stands) else None

    def _no(self, happening: Event, part: Part, mine: Seat | None, guests: int, kind: Attendee | None) -> Why | None:
        """Why somebody cannot come so, if they cannot."""
        details = happening.details
        in_it = mine is not None and (mine.state.holds or mine.state is Standing.WAITING)
        if not in_it and not details.cohort and happening.signs_up_until <= self.work.now:
            return Why.LATE
        if kind is None and (part.shares or details.kinds):
            return Why.ASK
        if kind is not None and not details.admits(kind):
            return Why.KIND
        allowed = 0 if details.cohort else details.guests
        if not 0 <= guests <= max(allowed, mine.guests if mine else 0):
            return Why.GUESTS
        most = largest(part, kind or Attendee.OTHER)
        return Why.PARTY if most is not None and 1 + guests > most else None

    def _frees(self, happening: Event, part: Part, mine: Seat | None, tag: bytes) -> Answered:
        had = mine is not None and (mine.state.holds or mine.state is Standing.WAITING)
        kind = mine.kind if mine else Attendee.OTHER
        self.places.put(happening.id, part.id, Seat(tag=tag, state=Standing.CANNOT, kind=kind))
        return Answered(Freed(had), self._settle(happening, part) if had else ())

    def _keeps(self, happening: Event, part: Part, mine: Seat, wanted: Seat) -> Answered:
        """Whoever has a seat answers again: with the same, fewer or more guests, or as somebody else."""
        seat = replace(wanted, state=Standing.GOING, here=mine.here)
        if seat == replace(mine, owed=""):
            return Answered(Seated(mine.guests))
        if (seat.size > mine.size or seat.kind is not mine.kind) and not self._has_room(happening, part, mine, seat):
            return Answered(Refused(Why.FULL))
        self.places.put(happening.id, part.id, seat)
        return Answered(Seated(seat.guests), self._settle(happening, part))

    def _has_room(self, happening: Event, part: Part, mine: Seat, seat: Seat) -> bool:
        """Whether a seat may grow, or be another kind's: others who wait are not passed."""
        if self.places.seats(happening.id, part.id, Standing.WAITING):
            return False
        without = self.places.taken(happening.id, part.id).more(mine.kind, -mine.size)
        return fits(part, without, seat.kind, seat.size)

    def _stands_in_line(self, happening: Event, part: Part, mine: Seat | None, wanted: Seat) -> Answered:
        waits = mine is not None and mine.state is Standing.WAITING
        seat = replace(wanted, line=mine.line if mine and waits else 0)
        waitlist, now = happening.details.waitlist, self.work.now
        seat, place, moved = self.places.join(happening.id, part, waitlist, seat, now=now)
        said = Waiting(place, seat.guests) if place else Seated(seat.guests)
        return Answered(said, moved)

    def _settle(self, happening: Event, part: Part) -> list[Moved]:
        moved = self.places.settle(happening.id, part, happening.details.waitlist, now=self.work.now)
        return [*moved, *StandIns(self.work, self.community).offer(happening, part)]

    def _stand(self, happening: Event, part: Part, row: sa.Row[Any]) -> Stand:
        state = Standing(row.state)
        place = 0
        if state is Standing.WAITING:
            seat = self.places.seat(happening.id, part.id, row.tag)
            place = self.places.ahead(happening.id, part.id, seat) + 1 if seat else 0
        return Stand(happening, part, state, Attendee(row.kind), row.guests, place, row.until, row.here)


_ALL = 100_000


def _sitter(who: Known, seat: Seat) -> Sitter:
    return Sitter(who.id, who.level, seat.state, seat.kind, seat.guests, seat.here)
