"""Series for fixed teams: who is in one, and the seats that are theirs at each date.

A place is a row under the tag of series and member.  The seats at the dates are seats like all others (`places.py`), so
reminders, calendars, the door and the file of those who come need not know of teams.  Where an event has several parts,
teams meet at one each, in turn: that is how teams have different days.

Whoever changes places holds the series first, then its events in the order of their ids.  Routes that lead here are
`untraced`, as those of seats are.  What members are to be told stands in their rows until the clock tells them.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import timedelta
from enum import StrEnum

import sqlalchemy as sa

from storage.apart import Apart
from storage.asides import Asides
from storage.cohorting import Book, News, Place, Roll, Stage
from storage.events import Events, State
from storage.places import CLAIMS, Known, Places
from storage.programme import Attendee, Details, Part
from storage.tables import cohort, cohort_place, event
from storage.team_seats import Cohort, TeamSeats
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
        self._seats.seat(found, self.people(found), [tag])
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
        self._seats.seat(found, self.people(found), [tag])
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
        if mine and mine.state is Stage.IN:  # whoever waits may be a guest at a date, and stays one
            self._seats.unseat(found, who)
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
        self._seats.reseat(found, self.people(found), before, news)
        return len(news)

    def merge_teams(self, series_id: str, gone: int, kept: int) -> bool:
        """Two teams are one from now on, and are told so."""
        found = self.hold(series_id)
        before = dict(found.roll.places) if found else {}
        if found is None or not (members := found.roll.merge(gone, kept)):
            return False
        self._keep(found, before)
        self._seats.reseat(found, self.people(found), before, members)
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
                self._seats.unseat(found, gone)

    # ---

    @property
    def _places(self) -> Places:
        return Places(self.work, self.community)

    @property
    def _seats(self) -> TeamSeats:
        return TeamSeats(self.work, self.community)

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
