"""One date of a series for fixed teams: a seat offered to whoever waits, and two who change dates.

A seat that is offered for one date goes in the order of the series' line, a day for each; it is a seat like all others,
so it is claimed and given back as they are.  Two change dates when both have said so; until then nothing is different.
"""

from storage.cohorting import News, Place, Stage, Swap
from storage.cohorts import Cohorts
from storage.events import Event, Events, State
from storage.places import CLAIMS, Moved, Places
from storage.programme import Part
from storage.seating import Seat, Standing, fits
from storage.team_seats import Cohort
from storage.work import Shelf

MARK = 32  # letters of a tag that are enough to answer somebody by; elsewhere they lead to nobody


class StandIns(Shelf):
    """The dates of one community's series for fixed teams."""

    # --- a seat offered

    def lend(self, event_id: str, who: str) -> list[Moved] | None:
        """Whoever cannot come offers their seat to who waits; None when it is not theirs to offer.  Who was moved."""
        event = Events(self.work, self.community).get(event_id)
        found = self._cohorts.hold(event.series) if event else None
        event = Events(self.work, self.community).get(event_id, lock=True)
        if found is None or event is None or event.state is not State.ANNOUNCED:
            return None
        tag = self._cohorts.tag(found.id, who)
        place = found.roll.places.get(tag)
        part = Cohort.part(event, place) if place and place.state is Stage.IN else None
        mine = self._seat(event, part, who) if part else None
        if place is None or part is None or mine is None or mine.state is not Standing.CANNOT:
            return None
        if part.starts_at <= self.work.now:
            return None
        new = place.model_copy(update={"lent": tuple(dict.fromkeys((*self._lent(found, place), part.id)))})
        self._cohorts.put(found.id, tag, new)
        found.roll.places[tag] = new
        return self._offer(found, event, part)

    def offer(self, event: Event, part: Part) -> list[Moved]:
        """Seats that were offered and are free are kept for the next in line; the event is held.  Who was moved."""
        found = self._cohorts.get(event.series) if event.details.cohort and event.series else None
        return self._offer(found, event, part) if found else []

    def _lent(self, found: Cohort, place: Place) -> list[str]:
        """What is still of use."""
        coming = {part.id for one in found.coming for part in one.parts}
        return [part for part in place.lent if part in coming]

    def _offer(self, found: Cohort, event: Event, part: Part) -> list[Moved]:
        lenders = [tag for tag, one in found.roll.places.items() if part.id in one.lent]
        if not lenders or part.starts_at <= self.work.now:
            return []
        people, moved = self._cohorts.people(found), []
        seats = {one.tag: one for one in self._places.seats(event.id, part.id)}
        by_cohort = {tag: self._places.tag(part.id, one.id) for tag, one in people.items()}
        inside = {by_cohort[tag] for tag in found.roll.held() if tag in by_cohort}
        cannot = [tag for tag in lenders if (seat := seats.get(by_cohort.get(tag, b""))) and _away(seat)]
        free = len(cannot) - sum(one.state.holds and one.tag not in inside for one in seats.values())
        for tag in found.roll.line():
            who = people.get(tag)
            taken = self._places.taken(event.id, part.id)
            if free <= 0 or not fits(part, taken, found.roll.places[tag].kind, 1):
                break
            if who is None or by_cohort[tag] in seats:  # they have been asked, and could not
                continue
            until = min(self.work.now + CLAIMS, part.starts_at)
            owed = str(Standing.OFFERED) if who.hidden else ""
            kind = found.roll.places[tag].kind
            seat = Seat(tag=by_cohort[tag], state=Standing.OFFERED, kind=kind, until=until, owed=owed)
            self._places.put(event.id, part.id, seat)
            moved.append(who.moved(event.id, part.id, was=Standing.WAITING, now=Standing.OFFERED, until=until))
            free -= 1
        return moved

    # --- two who change dates

    def ask(self, event_id: str, who: str, other: str) -> bool:
        """Somebody would like to change dates with somebody of another team; False when that cannot be."""
        event = Events(self.work, self.community).get(event_id)
        found = self._cohorts.hold(event.series) if event else None
        if event is None or found is None or who == other:
            return False
        tags = self._cohorts.tag(found.id, who), self._cohorts.tag(found.id, other)
        parts = [self.sits(found, event, one) for one in (who, other)]
        mine, theirs = parts
        if mine is None or theirs is None or mine.id == theirs.id or self.asked(found, tags[0]):
            return False
        until = min(self.work.now + CLAIMS, mine.starts_at, theirs.starts_at)
        swap = Swap(event=event.id, mine=mine.id, theirs=theirs.id, other=tags[1].hex(), until=until)
        places = found.roll.places
        self._cohorts.put(found.id, tags[0], places[tags[0]].model_copy(update={"swap": swap}))
        self._cohorts.put(found.id, tags[1], places[tags[1]].owing(News.ASKED))
        self._cohorts.tell_later(found)
        return True

    def sits(self, found: Cohort, event: Event, who: str) -> Part | None:
        """The part that somebody would change for another one: theirs, which has not begun, and is not lent."""
        place = found.roll.places.get(self._cohorts.tag(found.id, who))
        if place is None or place.state is not Stage.IN or event.state is not State.ANNOUNCED:
            return None
        for part in event.parts:
            seat = self._seat(event, part, who)
            if seat is None or part.starts_at <= self.work.now or seat.here or part.id in place.lent:
                continue
            if seat.state is Standing.GOING or (seat.state is Standing.CANNOT and part == Cohort.part(event, place)):
                return part
        return None

    def asked(self, found: Cohort, tag: bytes) -> Swap | None:
        """What somebody asked and is still waiting to hear."""
        place = found.roll.places.get(tag)
        swap = place.swap if place else None
        return swap if swap and swap.until > self.work.now else None

    def asking(self, found: Cohort, who: str) -> list[tuple[bytes, Swap]]:
        """Who asked this member, and what; without those they declined."""
        mine = self._cohorts.tag(found.id, who).hex()
        asked = ((tag, self.asked(found, tag)) for tag in sorted(found.roll.places))
        return [(tag, swap) for tag, swap in asked if swap and swap.other == mine and not swap.no]

    def answer(self, series_id: str, who: str, asker: str, *, yes: bool) -> bool:
        """Both change dates, or not; whoever asked hears of a yes alone.  False when it cannot be any more."""
        found = self._cohorts.hold(series_id)
        if found is None:
            return False
        known = {tag.hex()[:MARK]: (tag, swap) for tag, swap in self.asking(found, who)}
        if asker not in known:
            return False
        (tag, swap), places = known[asker], found.roll.places
        if not yes:
            declined = swap.model_copy(update={"no": True})
            self._cohorts.put(found.id, tag, places[tag].model_copy(update={"swap": declined}))
            return True
        people = self._cohorts.people(found)
        event = Events(self.work, self.community).get(swap.event, lock=True)
        if event is None or tag not in people or not self._swap(event, found, people[tag].id, who, swap):
            return False
        self._cohorts.put(found.id, tag, places[tag].model_copy(update={"swap": None}).owing(News.SWAPPED))
        self._cohorts.tell_later(found)
        return True

    def _swap(self, event: Event, found: Cohort, asker: str, who: str, swap: Swap) -> bool:
        """Each has the other's seat, if all is as it was when it was asked."""
        pair = self.sits(found, event, asker), self.sits(found, event, who)
        mine, theirs = pair
        if mine is None or theirs is None or (mine.id, theirs.id) != (swap.mine, swap.theirs):
            return False
        seats = self._seat(event, mine, asker), self._seat(event, theirs, who)
        old, other = seats
        if old is None or other is None:
            return False
        for part, seat, to in ((mine, old, who), (theirs, other, asker)):
            without = self._places.taken(event.id, part.id).more(seat.kind, -seat.size if seat.state.holds else 0)
            if not fits(part, without, seat.kind, 1):
                return False
            if (row := self._seat(event, part, to)) and row.state.holds:
                return False
        for part, seat, to in ((mine, old, who), (theirs, other, asker)):
            kind = other.kind if part is mine else old.kind
            self._places.remove(event.id, part.id, seat.tag)
            new = Seat(tag=self._places.tag(part.id, to), state=Standing.GOING, kind=kind)
            self._places.put(event.id, part.id, new)
        return True

    # ---

    @property
    def _cohorts(self) -> Cohorts:
        return Cohorts(self.work, self.community)

    @property
    def _places(self) -> Places:
        return Places(self.work, self.community)

    def _seat(self, event: Event, part: Part, who: str) -> Seat | None:
        return self._places.seat(event.id, part.id, self._places.tag(part.id, who))


def _away(seat: Seat) -> bool:
    return seat.state is Standing.CANNOT
