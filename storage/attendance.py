"""Who came, what came of it, and how long that is remembered.

For a year it is known who came, under the same tags as their seats; then the counts alone stay, for the yearly report.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from storage.events import Event, Events, State
from storage.places import Known, Places
from storage.programme import Attendee, Part
from storage.seating import Seat, Standing, fits
from storage.tables import event, event_look, event_outcome, event_part, event_pitch, event_seat, event_slip, event_wish
from storage.work import Shelf, Work

NAMES_KEPT = timedelta(days=365)  # after the end
EARLY = timedelta(hours=12)  # nobody is checked in sooner before a part begins
LINE_MAX, LINE_BYTES = 200, 1024  # characters of what came of it, and the one size at which it is sealed
STRANGERS_MAX = 5000
AT_ONCE = 500  # parts of a transaction
_WHOLE = (event_look, event_outcome, event_wish, event_pitch, event_slip)  # rows under the tag of member and event


class Arrival(StrEnum):
    """What checking in led to."""

    SEATED = "seated"  # they had a seat
    WALKED_IN = "walked_in"  # and took a free seat
    EXTRA = "extra"  # came without a seat, and none is free
    ALREADY = "already"  # they were checked in before
    CLOSED = "closed"  # the part does not begin today, was cancelled, or is no part


@dataclass(frozen=True, slots=True)
class Outcome:
    """What those who came said came of it.  `lines` are their words, in nobody's order."""

    yes: int = 0
    no: int = 0
    lines: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Yearly:
    """The events of a span of time, in numbers; of people, how often they came, not how many there are."""

    events: int = 0
    parts: int = 0
    cancelled: int = 0
    seats: int = 0  # taken, guests among them
    members: int = 0  # came
    strangers: int = 0  # came and are no members
    kinds: Mapping[Attendee, int]  # seats taken
    yes: int = 0  # something came of it
    no: int = 0


class Attendance(Shelf):
    """Who came to the events of one community."""

    # --- on the day

    def arrived(self, part_id: str, who: str, kind: Attendee = Attendee.OTHER) -> Arrival:
        """A member is there, with or without a seat; `kind`: as whom, where they had not answered.

        The route must be `untraced`, as that of an answer.
        """
        found = Events(self.work, self.community).of_part(part_id)
        part = found.part(part_id) if found else None
        open_ = part and part.starts_at - EARLY <= self.work.now < part.ends_at + NAMES_KEPT
        if found is None or part is None or found.state is not State.ANNOUNCED or not open_:
            return Arrival.CLOSED
        self._places.hold(found.id)
        tag = self._places.tag(part_id, who)
        mine = self._places.seat(found.id, part_id, tag)
        if mine and mine.here:
            return Arrival.ALREADY
        if mine and mine.state.holds:
            self._places.put(found.id, part_id, replace(mine, state=Standing.GOING, until=None, here=True))
            return Arrival.SEATED
        came = Seat(tag=tag, state=Standing.CAME, kind=mine.kind if mine else kind, here=True)
        free = self._is_free(found, part, came)
        self._places.put(found.id, part_id, replace(came, state=Standing.GOING) if free else came)
        return Arrival.WALKED_IN if free else Arrival.EXTRA

    def _is_free(self, found: Event, part: Part, came: Seat) -> bool:
        """Whether whoever came without a seat gets one: until it begins, those who wait are not passed."""
        teams = found.details.cohort is not None  # a seat that is free there is somebody's for the next date
        if teams or self.work.now >= part.ends_at or not found.details.admits(came.kind):
            return False
        waiting = self._places.seats(found.id, part.id, Standing.WAITING) if self.work.now < part.starts_at else []
        passed = any(one.tag != came.tag for one in waiting)
        return not passed and fits(part, self._places.taken(found.id, part.id), came.kind, 1)

    def left(self, part_id: str, who: str) -> bool:
        """They were checked in by mistake; False when they were not."""
        found = Events(self.work, self.community).of_part(part_id)
        if found is None:
            return False
        self._places.hold(found.id)
        mine = self._places.seat(found.id, part_id, self._places.tag(part_id, who))
        if mine is None or not mine.here:
            return False
        if mine.state is Standing.CAME:
            self._places.remove(found.id, part_id, mine.tag)
        else:
            self._places.put(found.id, part_id, replace(mine, here=False))
        return True

    def stranger(self, part_id: str) -> None:
        """One more came who is no member."""
        more = self._change(event_part).where(event_part.c.id == part_id, event_part.c.strangers < STRANGERS_MAX)
        self.run(more.values(strangers=event_part.c.strangers + 1))

    def strangers(self, part_id: str, number: int) -> None:
        """So many people came who are no members."""
        self.run(self._change(event_part).where(event_part.c.id == part_id).values(strangers=max(0, number)))

    # --- afterwards

    def everybody_came(self, part_id: str) -> None:
        """Whoever had a seat was there: for an organiser without a list at the door."""
        going = (event_seat.c.part_id == part_id, event_seat.c.state == str(Standing.GOING))
        self.run(self._change(event_seat).where(*going).values(here=True))

    def confirm(self, event_id: str, today: date) -> bool:
        """An organiser says that it is noted right who came; False when one has said so before."""
        mine = self._change(event).where(event.c.id == event_id, event.c.confirmed_on.is_(None))
        return bool(self.run(mine.values(confirmed_on=today)).rowcount)

    def came(self, found: Event) -> list[Known]:
        """The members who came to any part of an event."""
        here = self._rows(event_seat, event_seat.c.tag).where(event_seat.c.event_id == found.id, event_seat.c.here)
        tags = set(self.run(here).scalars())
        parts = [part.id for part in found.parts]
        everybody = self._places.members() if tags else []
        return [one for one in everybody if any(self._places.tag(part, one.id) in tags for part in parts)]

    def tell(self, event_id: str, who: str, *, came: bool, line: str = "") -> None:
        """Whether anything came of it, in place of what they said before.  The route must be `untraced`."""
        sealed = self.work.keys.seal(line[:LINE_MAX], LINE_BYTES)
        tag = self._places.tag_of_event(event_id, who)
        self._put_over(event_outcome, event_id=event_id, tag=tag, came=came, line_sealed=sealed)

    def told(self, event_id: str, who: str) -> tuple[bool, str] | None:
        """What one member said came of it, for themselves; None: nothing yet."""
        row = self._row(event_outcome, event_id=event_id, tag=self._places.tag_of_event(event_id, who))
        return (row.came, self.work.keys.open(row.line_sealed)) if row else None

    def outcome(self, event_id: str) -> Outcome:
        """What came of it, also when those who said so are forgotten."""
        totals = self.run(self._rows(event, event.c.totals).where(event.c.id == event_id)).scalar()
        if totals:
            return Outcome(**json.loads(totals))
        rows = self._rows(event_outcome).where(event_outcome.c.event_id == event_id).order_by(event_outcome.c.tag)
        found = self.run(rows).all()
        lines = [self.work.keys.open(row.line_sealed) for row in found]
        yes = sum(row.came for row in found)
        return Outcome(yes, len(found) - yes, [line for line in lines if line])

    def report(self, first: datetime, last: datetime) -> Yearly:
        """What ended in (first, last]; how small a number may be told, the community's preset says."""
        when = (event.c.ends_at > first, event.c.ends_at <= last)
        cancelled = self._rows(event, sa.func.count()).where(event.c.state == str(State.CANCELLED), *when)
        held, kinds, numbers = (
            Events(self.work, self.community).between(first, last),
            Counter[Attendee](),
            Counter[str](),
        )
        for one in held:
            outcome = self.outcome(one.id)
            numbers.update(yes=outcome.yes, no=outcome.no)
            for part in one.parts:
                counts = self._places.counts(one.id, part.id)
                kinds.update(counts.kinds)
                numbers.update(parts=1, seats=counts.going, members=counts.here, strangers=counts.strangers)
        off = int(self.run(cancelled).scalar_one())
        return Yearly(events=len(held), cancelled=off, kinds=dict(kinds), **numbers)

    # --- leaving, merging, forgetting

    def leave(self, member_id: str) -> None:
        """Forget a member: their seats, which go to those who wait, and whatever else stands for them.

        Those who get a seat by it are owed the news, see `Seats.owed`.
        """
        self.work.erases = True
        for one in self._with(member_id):
            for part in one.parts:
                tag = self._places.tag(part.id, member_id)
                mine = self._places.seat(one.id, part.id, tag)
                if mine:
                    self._places.remove(one.id, part.id, tag)
                    self._settle(one)
            whole = self._places.tag_of_event(one.id, member_id)
            for table in _WHOLE:
                self.run(self._remove(table).where(table.c.event_id == one.id, table.c.tag == whole))
        Events(self.work, self.community).leave(member_id)

    def merge(self, gone: str, kept: str) -> None:
        """Two members are one person: the better of two answers to a part stays, and what is free goes to the next."""
        for one in self._with(gone):
            for part in one.parts:
                self._merge(one, part.id, gone, kept)
            here, there = (self._places.tag_of_event(one.id, who) for who in (gone, kept))
            for table in _WHOLE:
                if self._row(table, event_id=one.id, tag=there) is None:
                    moved = self._change(table).where(table.c.event_id == one.id, table.c.tag == here)
                    self.run(moved.values(tag=there))
                self.run(self._remove(table).where(table.c.event_id == one.id, table.c.tag == here))
            self._settle(one)
        Events(self.work, self.community).leave(gone, kept)

    def _merge(self, one: Event, part_id: str, gone: str, kept: str) -> None:
        here, there = (self._places.tag(part_id, who) for who in (gone, kept))
        old, new = (self._places.seat(one.id, part_id, tag) for tag in (here, there))
        if old is None:
            return
        self._places.remove(one.id, part_id, here)
        best = min((seat for seat in (old, new) if seat), key=lambda seat: (_RANK.index(seat.state), seat.line))
        came = old.here or bool(new and new.here)
        self._places.put(one.id, part_id, replace(best, tag=there, here=came))

    def _with(self, member_id: str) -> list[Event]:
        """The events in which something stands for a member, held, in the order of their ids."""
        events = Events(self.work, self.community)
        everything = events.some(self._ids())
        tags = {self._places.tag(part.id, member_id) for one in everything for part in one.parts}
        tags |= {self._places.tag_of_event(one.id, member_id) for one in everything}
        found: set[str] = set()
        for table in (event_seat, *_WHOLE):
            found |= set(self.run(self._rows(table, table.c.event_id).where(table.c.tag.in_(tags))).scalars())
        for event_id in sorted(found):
            self._places.hold(event_id)
        return events.some(found)  # as they are now that nobody else changes them

    def _ids(self) -> list[str]:
        """The events in which anything stands for anybody."""
        tables = (event_seat, *_WHOLE)
        return [one for table in tables for one in self.run(self._rows(table, table.c.event_id).distinct()).scalars()]

    def _settle(self, one: Event) -> None:
        if one.state is State.ANNOUNCED:
            for part in one.parts:
                self._places.settle(one.id, part, one.details.waitlist, now=self.work.now, alone=True)

    def total(self, event_id: str) -> None:
        """Forget who came, and keep the counts."""
        self._places.hold(event_id)
        for part_id in self.run(
            self._rows(event_part, event_part.c.id).where(event_part.c.event_id == event_id)
        ).scalars():
            counts = asdict(self._places.counts(event_id, part_id))
            counts.pop("strangers")
            kept = self._change(event_part).where(event_part.c.id == part_id)
            self.run(kept.values(totals=json.dumps(counts)))
        outcome = self.outcome(event_id)
        kept = self._change(event).where(event.c.id == event_id)
        self.run(kept.values(totals=json.dumps({"yes": outcome.yes, "no": outcome.no})))
        self._places.clear(event_id)
        for table in (event_wish, event_pitch):
            self.run(self._remove(table).where(table.c.event_id == event_id))

    @property
    def _places(self) -> Places:
        return Places(self.work, self.community)


_RANK = [Standing.GOING, Standing.OFFERED, Standing.CAME, Standing.WAITING, Standing.CANNOT]


def forget(work: Work) -> int:
    """Forget who came to events that ended `NAMES_KEPT` ago, and keep the counts.  How many events."""
    old = sa.select(event.c.community_id, event.c.id).where(
        event.c.ends_at < work.now - NAMES_KEPT, event.c.totals == ""
    )
    rows = work.connection.execute(old.limit(AT_ONCE)).all()
    for community, event_id in rows:
        Attendance(work, community).total(event_id)
    return len(rows)


def forget_looks(work: Work) -> int:
    """Forget who looked at events that have begun.  How many rows."""
    begun = sa.select(event.c.id).where(
        event.c.community_id == event_look.c.community_id, event.c.starts_at <= work.now
    )
    there = sa.select(event.c.id).where(event.c.community_id == event_look.c.community_id)
    gone = sa.or_(event_look.c.event_id.in_(begun), event_look.c.event_id.not_in(there))
    return work.connection.execute(sa.delete(event_look).where(gone)).rowcount
