"""A series for fixed teams as it is at a moment, and the seats of its members at the dates to come.

Where an event has several parts, teams meet at one each, in turn.  Whoever calls this holds the series; events are held
here, in the order of their ids.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.cohorting import Place, Roll, Stage
from storage.events import Event, Events, State
from storage.places import Known, Places
from storage.programme import Details, FixedTeams, Part, end_of
from storage.seating import Seat, Standing, Taken, fits
from storage.work import Shelf


@dataclass(frozen=True)
class Cohort:
    """One series for fixed teams as it is now."""

    id: str
    terms: FixedTeams
    details: Details
    dates: Sequence[Event]  # announced or cancelled, the earliest first
    roll: Roll
    now: datetime

    @property
    def coming(self) -> list[Event]:
        """What takes place and has not begun."""
        return [one for one in self.dates if one.state is State.ANNOUNCED and one.starts_at > self.now]

    @property
    def held(self) -> list[Event]:
        """What took place."""
        return [one for one in self.dates if one.state is State.ANNOUNCED and one.ends_at <= self.now]

    @property
    def is_over(self) -> bool:
        """Whether nothing is to come of it."""
        return all(one.state is State.CANCELLED or one.ends_at <= self.now for one in self.dates)

    @property
    def joins_until(self) -> datetime:
        """The instant from which nobody new can join."""
        last = self.dates[-1].starts_at
        if self.terms.until:
            return min(last, end_of(self.terms.until, self.dates[0].zone))
        return self.dates[0].starts_at

    @staticmethod
    def part(happening: Event, place: Place) -> Part | None:
        """Where somebody sits at a date; None while it is not known."""
        if len(happening.parts) == 1:
            return happening.parts[0]
        return happening.parts[(place.told - 1) % len(happening.parts)] if place.told else None


@dataclass
class _Date:
    """One date with all its seats, as they are while it is held."""

    event: Event
    places: Places
    seats: dict[str, dict[bytes, Seat]]  # by part

    def of(self, who: str) -> list[tuple[Part, Seat]]:
        """What somebody answered there."""
        tags = ((part, self.places.tag(part.id, who)) for part in self.event.parts)
        return [(part, seat) for part, tag in tags if (seat := self.seats[part.id].get(tag))]

    def put(self, part: Part, who: str, state: Standing, place: Place) -> None:
        """Their seat, or that they cannot come, or a place in line before everybody."""
        tag, line = self.places.tag(part.id, who), 1 if state is Standing.WAITING else 0
        self.seats[part.id][tag] = Seat(tag=tag, state=state, kind=place.kind, line=line)
        self.places.put(self.event.id, part.id, self.seats[part.id][tag])

    def take_out(self, who: str) -> list[tuple[Part, Seat]]:
        """Nothing of theirs stands there any more; what did."""
        old = self.of(who)
        for part, seat in old:
            self.places.remove(self.event.id, part.id, seat.tag)
            del self.seats[part.id][seat.tag]
        return old

    def has_room(self, part: Part, place: Place) -> bool:
        """Whether a seat is free at a part that has not begun."""
        taken = Taken({})
        for seat in self.seats[part.id].values():
            taken = taken.more(seat.kind, seat.size) if seat.state.holds else taken
        return part.starts_at > self.places.work.now and fits(part, taken, place.kind, 1)

    def sit(self, who: str, place: Place) -> None:
        """A seat at their part, unless something stands there of them.

        Where a guest or somebody of another team has it, at another part, or first in line.
        """
        own = Cohort.part(self.event, place)
        if own is None or self.of(who):
            return
        free = next((part for part in (own, *self.event.parts) if self.has_room(part, place)), None)
        self.put(free or own, who, Standing.GOING if free else Standing.WAITING, place)


class TeamSeats(Shelf):
    """The seats of one community's series for fixed teams."""

    def seat(self, found: Cohort, people: Mapping[bytes, Known], tags: Iterable[bytes]) -> None:
        """Whoever is new has a seat at every date to come; one they have as a guest stays."""
        wanted = self._wanted(found, people, tags)
        for date in self._coming(found) if wanted else ():
            for who, place, _ in wanted:
                if all(seat.state is Standing.CANNOT for _, seat in date.of(who)):  # what they said as a guest
                    date.take_out(who)
                date.sit(who, place)

    def unseat(self, found: Cohort, who: str) -> None:
        """Their seats of all coming dates are free: for whoever joins, or else for who waits at that date."""
        kept = any(one.state is not Stage.IN for one in found.roll.places.values())
        for date in self._coming(found):
            for part, _ in date.take_out(who):
                if not kept:
                    waitlist = date.event.details.waitlist
                    date.places.settle(date.event.id, part, waitlist, now=self.work.now, alone=True)

    def reseat(
        self, found: Cohort, people: Mapping[bytes, Known], before: Mapping[bytes, Place], tags: Sequence[bytes]
    ) -> None:
        """Where a team meets at another part, its new members move there; who cannot come still cannot."""
        wanted = self._wanted(found, people, tags)
        for date in self._coming(found) if wanted else ():
            cannot = set[str]()
            for who, place, tag in wanted:
                was, now = Cohort.part(date.event, before[tag]), Cohort.part(date.event, place)
                old = date.take_out(who) if was and was != now else []
                if now and old and all(seat.state is Standing.CANNOT for _, seat in old):
                    cannot.add(who)
                    date.put(now, who, Standing.CANNOT, place)
            for who, place, _ in wanted:
                if who not in cannot:
                    date.sit(who, place)

    # ---

    def _wanted(
        self, found: Cohort, people: Mapping[bytes, Known], tags: Iterable[bytes]
    ) -> list[tuple[str, Place, bytes]]:
        """Those who are in it, by id."""
        known = ((people[tag].id, found.roll.places[tag], tag) for tag in tags if tag in people)
        return [one for one in known if one[1].state is Stage.IN]

    def _coming(self, found: Cohort) -> Iterator[_Date]:
        """The dates to come, held, as they are now."""
        events, places = Events(self.work, self.community), Places(self.work, self.community)
        for event_id in sorted(one.id for one in found.coming):
            if event := events.get(event_id, lock=True):
                seats = {part.id: {one.tag: one for one in places.seats(event_id, part.id)} for part in event.parts}
                yield _Date(event, places, seats)
