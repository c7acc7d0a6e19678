"""Series for fixed teams: who is in one, and the seats that are theirs at each date.

A place is a row under the tag of series and member.  The seats at the dates are seats like all others (`places.py`), so
reminders, calendars, the door and the file of those who come need not know of teams.  Where an event has several parts,
teams meet at one each, in turn: that is how teams have different days.

Whoever changes places holds the series first, then its events in the order of their ids.  Routes that lead here are
`untraced`, as those of seats are.  What members are to be told stands in their rows until the clock tells them.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from storage.apart import Apart
from storage.asides import Asides
from storage.cohorting import Book, News, Place, Roll, Stage
from storage.events import Event, Events, State
from storage.places import CLAIMS, Known, Places
from storage.programme import Attendee, Details, FixedTeams, Part, end_of
from storage.seating import Seat, Standing, fits
from storage.tables import cohort, cohort_place, event
from storage.work import Shelf, Work

KEPT = timedelta(days=90)  # after the last date
ASIDE = "events.cohort"
PLACE_BYTES, BOOK_BYTES = 1024, 512  # one size of a member's row, and steps of what stands of the whole


class No(StrEnum):
    """Why something was not done."""

    GONE = "gone"  # there is no such series, or nothing of it is to come
    LATE = "late"  # the last day to join is over
    KIND = "kind"  # it is not for whoever comes as this
    OTHER = "other"  # meanwhile it is otherwise


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


def sized(details: Details, parts: Sequence[Part]) -> list[Part]:
    """The parts with as many seats as their teams have places."""
    terms = details.cohort
    if terms is None:
        return list(parts)
    teams = [len(range(number, terms.teams, len(parts))) for number in range(len(parts))]
    return [
        part.model_copy(update={"capacity": max(1, count) * terms.places, "shares": {}})
        for part, count in zip(parts, teams, strict=True)
    ]


class Cohorts(Shelf):
    """The series for fixed teams of one community."""

    # --- looking

    def get(self, series_id: str) -> Cohort | None:
        """One as it is now, or None."""
        dates = [one for one in Events(self.work, self.community).of_series(series_id) if one.state is not State.DRAFT]
        terms = dates[-1].details.cohort if dates else None
        if terms is None:
            return None
        rows = self.run(self._rows(cohort_place).where(cohort_place.c.series_id == series_id)).all()
        places = {row.tag: self._read(row.body_sealed) for row in rows}
        roll = Roll(places, self.book(series_id), terms.places, terms.teams)
        return Cohort(series_id, terms, dates[-1].details, dates, roll, self.work.now)

    def book(self, series_id: str) -> Book:
        """What stands of it as a whole."""
        row = self._row(cohort, series_id=series_id)
        return Book.model_validate_json(self.work.keys.open(row.body_sealed)) if row else Book()

    def tag(self, series_id: str, who: str) -> bytes:
        """What stands for a member in a series."""
        return self.work.keys.tag("event.cohort", self.community, series_id, who)

    def place(self, series_id: str, who: str) -> Place | None:
        """Where one member stands, or None."""
        row = self._row(cohort_place, series_id=series_id, tag=self.tag(series_id, who))
        return self._read(row.body_sealed) if row else None

    def of(self, who: str) -> list[tuple[str, Place]]:
        """Every series that a member is in or waits for, with where they stand."""
        series = self.run(self._rows(cohort_place, cohort_place.c.series_id).distinct()).scalars().all()
        found = ((one, self.place(one, who)) for one in sorted(series))
        return [(one, place) for one, place in found if place]

    def people(self, found: Cohort) -> dict[bytes, Known]:
        """Whose these places are; one whose member is gone is left out."""
        tags = ((self.tag(found.id, one.id), one) for one in self._places.members()) if found.roll.places else ()
        return {tag: one for tag, one in tags if tag in found.roll.places}

    # --- joining and leaving

    def join(self, series_id: str, who: str, kind: Attendee | None) -> Place | No:
        """Somebody joins all dates that are to come, or stands in line."""
        found = self.hold(series_id)
        if found is None or not found.coming:
            return No.GONE
        tag = self.tag(series_id, who)
        if tag not in found.roll.places:
            if found.joins_until <= self.work.now:
                return No.LATE
            if found.details.kinds and (kind is None or not found.details.admits(kind)):
                return No.KIND
        before = dict(found.roll.places)
        found.roll.join(tag, kind or Attendee.OTHER, self._foes(found, [who]))
        self._keep(found, before)
        self._seat(found, [tag])
        return found.roll.places[tag]

    def claim(self, series_id: str, who: str) -> bool:
        """Take the place that is kept; False when it has gone to the next."""
        found = self.hold(series_id)
        tag = self.tag(series_id, who)
        if found is None or not found.coming:
            return False
        before = dict(found.roll.places)
        if not found.roll.claim(tag, self.work.now, self._foes(found, [who])):
            return False
        self._keep(found, before)
        self._seat(found, [tag])
        return True

    def leave(self, series_id: str, who: str) -> Place | None:
        """Somebody is in it no more, or waits no more; their seats of all coming dates are free.  Where they stood."""
        found = self.hold(series_id)
        if found is None:
            return None
        tag, before = self.tag(series_id, who), dict(found.roll.places)
        mine = found.roll.leave(tag)
        if mine:
            self._offer(found)
            self._keep(found, before)
            self._unseat(found, who)
        return mine

    def lapse(self, series_id: str) -> None:
        """Places that were kept long enough go to the next in line."""
        found = self.hold(series_id)
        if found:
            before = dict(found.roll.places)
            found.roll.lapse(self.work.now)
            self._offer(found)
            self._keep(found, before)

    # --- teams

    def form(self, series_id: str, groups: Sequence[Collection[str]]) -> bool:
        """These are the teams, by member; nobody hears of it yet."""
        by_tag = [[self.tag(series_id, who) for who in group] for group in groups]
        return self._does(series_id, lambda found: found.roll.form(by_tag))

    def move(self, series_id: str, who: str, team: int) -> bool:
        """Somebody is in another team; they hear of it when teams are told again."""
        return self._does(series_id, lambda found: found.roll.move(self.tag(series_id, who), team))

    def exchange(self, series_id: str, who: str, other: str) -> bool:
        """Two change teams; they hear of it when teams are told again."""
        pair = self.tag(series_id, who), self.tag(series_id, other)
        return self._does(series_id, lambda found: found.roll.exchange(*pair))

    def tell(self, series_id: str) -> int:
        """Everybody hears their team, if it is news, and has their seats there.  To how many it is."""
        found = self.hold(series_id)
        if found is None or not found.roll.book.teams:
            return 0
        before, news = dict(found.roll.places), found.roll.tell()
        self._keep(found, before)
        self._reseat(found, before, news)
        return len(news)

    def merge_teams(self, series_id: str, gone: int, kept: int) -> bool:
        """Two teams are one from now on, and are told so."""
        found = self.hold(series_id)
        before = dict(found.roll.places) if found else {}
        if found is None or not (members := found.roll.merge(gone, kept)):
            return False
        self._keep(found, before)
        self._reseat(found, before, members)
        return True

    def note(self, series_id: str, book: Book) -> None:
        """Keep what stands of it as a whole; the series is held."""
        sealed = self.work.keys.seal(book.model_dump_json(exclude_defaults=True), BOOK_BYTES)
        self._put_over(cohort, series_id=series_id, body_sealed=sealed)

    def put(self, series_id: str, tag: bytes, place: Place) -> None:
        """Keep where somebody stands; the series is held."""
        sealed = self.work.keys.seal(place.model_dump_json(exclude_defaults=True), PLACE_BYTES)
        self._put_over(cohort_place, series_id=series_id, tag=tag, body_sealed=sealed, until=place.until)

    def change(self, series_id: str, who: str, **new: object) -> bool:
        """Keep something else of where somebody stands; False when they stand nowhere."""
        self._places.hold(f"cohort {series_id}")
        mine = self.place(series_id, who)
        if mine:
            self.put(series_id, self.tag(series_id, who), mine.model_copy(update=new))
        return mine is not None

    def hold(self, series_id: str) -> Cohort | None:
        """The same as `get`; until this transaction ends nobody else changes a place."""
        self._places.hold(f"cohort {series_id}")
        return self.get(series_id)

    def clear(self, series_id: str, tags: Collection[bytes]) -> None:
        """Forget these places; the series is held."""
        if tags:
            self.work.erases = True
            mine = self._remove(cohort_place).where(cohort_place.c.series_id == series_id)
            self.run(mine.where(cohort_place.c.tag.in_(list(tags))))

    def tell_later(self, found: Cohort) -> None:
        """Have the clock tell everybody what they are owed."""
        Asides(self.work, self.community).leave(found.dates[0].id, ASIDE)

    # --- the community's

    def called_off(self, series_id: str) -> None:
        """No date takes place any more: all who are in it or wait are to hear so once."""
        found = self.hold(series_id)
        if found:
            before = dict(found.roll.places)
            found.roll.places = {
                tag: one.model_copy(update={"owed": (News.OFF,), "until": None}) for tag, one in before.items()
            }
            self._keep(found, before)

    def erase(self, who: str) -> None:
        """Forget a member: their places, which go to those who wait."""
        self.work.erases = True
        for series_id, _ in self.of(who):
            self.leave(series_id, who)

    def merge(self, gone: str, kept: str) -> None:
        """Two members are one person: the better of two places stays, and the other one goes to the next."""
        for series_id, old in self.of(gone):
            found = self.hold(series_id)
            if found is None:
                continue
            here, there, before = self.tag(series_id, gone), self.tag(series_id, kept), dict(found.roll.places)
            new = found.roll.places.get(there)
            best = min((one for one in (new, old) if one), key=lambda one: (_RANK.index(one.state), one.line))
            del found.roll.places[here]
            found.roll.places[there] = best
            self._offer(found)
            self._keep(found, before)
            if new and new.state is Stage.IN and best is new:
                self._unseat(found, gone)

    # ---

    @property
    def _places(self) -> Places:
        return Places(self.work, self.community)

    def _read(self, sealed: bytes) -> Place:
        return Place.model_validate_json(self.work.keys.open(sealed))

    def _does(self, series_id: str, step: Callable[[Cohort], bool]) -> bool:
        found = self.hold(series_id)
        before = dict(found.roll.places) if found else {}
        if found is None or not step(found):
            return False
        self._keep(found, before)
        return True

    def _keep(self, found: Cohort, before: Mapping[bytes, Place]) -> None:
        """Write what is different now; the clock tells whoever is owed something."""
        for tag, one in found.roll.places.items():
            if before.get(tag) != one:
                self.put(found.id, tag, one)
        self.clear(found.id, before.keys() - found.roll.places.keys())
        if found.roll.book != self.book(found.id):
            self.note(found.id, found.roll.book)
        self.tell_later(found)

    def _offer(self, found: Cohort) -> None:
        """Free places are kept for whoever waits, as long as something is to come."""
        if found.coming and found.roll.line() and found.roll.room() > 0:
            last = found.coming[-1].starts_at
            found.roll.offer(min(self.work.now + CLAIMS, last), self._foes(found))

    def _foes(self, found: Cohort, more: Sequence[str] = ()) -> Callable[[bytes, int], int]:
        """How many of a team somebody asked not to sit with, or was asked about."""
        ids = {tag: one.id for tag, one in self.people(found).items()} | {self.tag(found.id, one): one for one in more}
        pairs = Apart(self.work, self.community).pairs(list(ids.values()))

        def foes(tag: bytes, team: int) -> int:
            others = (ids[one] for one in found.roll.held(team) if one in ids and one != tag)
            return sum(frozenset({ids.get(tag, ""), other}) in pairs for other in others)

        return foes

    # --- seats at the dates

    def _coming(self, found: Cohort) -> list[Event]:
        """The dates to come, held, as they are now."""
        events = Events(self.work, self.community)
        ids = sorted(one.id for one in found.coming)
        return [one for event_id in ids if (one := events.get(event_id, lock=True))]

    def _seat(self, found: Cohort, tags: Sequence[bytes]) -> None:
        """Their seats at every date to come; an answer that stands already stays."""
        wanted = [tag for tag in tags if found.roll.places[tag].state is Stage.IN]
        people = self.people(found)
        for one in self._coming(found) if wanted else ():
            for tag in wanted:
                if tag in people:
                    self._sit(one, people[tag].id, found.roll.places[tag])

    def _sit(self, one: Event, who: str, place: Place) -> None:
        """A seat at their part; where a guest or somebody of another team has it, at another one, or first in line."""
        part = Cohort.part(one, place)
        if part is None or any(self._row_of(one, other, who) for other in one.parts):
            return
        for other in (part, *one.parts):
            if other.starts_at > self.work.now and fits(other, self._places.taken(one.id, other.id), place.kind, 1):
                self._put_seat(one, other, who, Standing.GOING, place.kind)
                return
        self._put_seat(one, part, who, Standing.WAITING, place.kind)

    def _row_of(self, one: Event, part: Part, who: str) -> Seat | None:
        return self._places.seat(one.id, part.id, self._places.tag(part.id, who))

    def _put_seat(self, one: Event, part: Part, who: str, state: Standing, kind: Attendee) -> None:
        line = 1 if state is Standing.WAITING else 0
        self._places.put(one.id, part.id, Seat(tag=self._places.tag(part.id, who), state=state, kind=kind, line=line))

    def _unseat(self, found: Cohort, who: str) -> None:
        """Their seats of all coming dates are free: for whoever joins, or else for who waits at that date."""
        kept = any(one.state is not Stage.IN for one in found.roll.places.values())
        for one in self._coming(found):
            for part in one.parts:
                if part.starts_at > self.work.now and self._row_of(one, part, who):
                    self._places.remove(one.id, part.id, self._places.tag(part.id, who))
                    if not kept:
                        self._places.settle(one.id, part, one.details.waitlist, now=self.work.now, alone=True)

    def _reseat(self, found: Cohort, before: Mapping[bytes, Place], tags: Sequence[bytes]) -> None:
        """Where a team meets at another part, its new members move there; who cannot come still cannot."""
        people, wanted = self.people(found), [tag for tag in tags if found.roll.places[tag].state is Stage.IN]
        for one in self._coming(found) if wanted else ():
            moving = [tag for tag in wanted if tag in people and self._moves(one, before[tag], found.roll.places[tag])]
            cannot = {tag for tag in moving if self._take_out(one, people[tag].id)}
            for tag in (tag for tag in wanted if tag in people):
                here, place = people[tag].id, found.roll.places[tag]
                part = Cohort.part(one, place)
                if tag in cannot and part:
                    self._put_seat(one, part, here, Standing.CANNOT, place.kind)
                else:
                    self._sit(one, here, place)

    @staticmethod
    def _moves(one: Event, old: Place, new: Place) -> bool:
        was, now = Cohort.part(one, old), Cohort.part(one, new)
        return was is not None and was != now

    def _take_out(self, one: Event, who: str) -> bool:
        """Take somebody's seats of a date away; whether they had said that they cannot come."""
        rows = [(part, self._row_of(one, part, who)) for part in one.parts]
        for part, row in rows:
            if row:
                self._places.remove(one.id, part.id, row.tag)
        found = [row for _, row in rows if row]
        return bool(found) and all(row.state is Standing.CANNOT for row in found)


_RANK = [Stage.IN, Stage.OFFERED, Stage.WAITING, Stage.GONE]


def lapsed_everywhere(work: Work) -> Sequence[tuple[str, str]]:
    """Series in which a place was kept long enough, with their communities."""
    columns = (cohort_place.c.community_id, cohort_place.c.series_id)
    late = sa.select(*columns).where(cohort_place.c.until <= work.now).distinct()
    return [(community, series) for community, series in work.connection.execute(late)]


def forget(work: Work) -> int:
    """Forget who was in a series, `KEPT` after its last date.  How many rows."""
    same = (event.c.community_id == cohort_place.c.community_id, event.c.series_id == cohort_place.c.series_id)
    recent = sa.exists().where(*same, event.c.ends_at >= work.now - KEPT)
    gone = work.connection.execute(sa.delete(cohort_place).where(~recent)).rowcount
    work.erases = work.erases or bool(gone)
    return gone
