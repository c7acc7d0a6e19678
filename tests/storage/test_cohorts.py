"""Fixed teams: whatever is done in any order, nobody is in two, none is too large, and the line keeps its order.

Seats at the dates are looked at from the other side: whoever has one is in a team, or a guest in place of somebody
who offered it.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from storage import cohorts, leaving
from storage.attendance import Attendance
from storage.clock import MovableClock
from storage.cohorting import Place, Stage
from storage.cohorts import Cohorts, No, sized
from storage.engine import Database
from storage.engine import database as open_database
from storage.events import Event
from storage.keys import Keys
from storage.people import People
from storage.programme import FixedTeams
from storage.seating import Standing
from storage.seats import Refused, Seated, Seats, Waiting, Why
from storage.series import SeriesShelf
from storage.standins import MARK, StandIns
from storage.team_seats import Cohort
from tests.storage.hall import Desk, Hall, details, part

PEOPLE, HIDDEN = 12, 3
RULE = "FREQ=DAILY;INTERVAL=30;COUNT=3"
who = st.integers(0, PEOPLE - 1)
dates = st.integers(0, 2)


def _begins(hall: Hall, parts: int, **terms: Any) -> Callable[[Desk], str]:
    """Three dates a month apart, of so many parts."""
    cohort = FixedTeams(places=4, dates=3, **terms)

    def announce(desk: Desk) -> str:
        said = details(rule=RULE, cohort=cohort)
        first = (desk.work.now + timedelta(days=18)).replace(tzinfo=None)
        days = [part((first + timedelta(days=number)).isoformat()) for number in range(parts)]
        draft = desk.events.write(said, sized(said, days))
        return SeriesShelf(desk.work, hall.community).announce(draft, cohort.dates)[0].series

    return announce


def _of(desk: Desk) -> Cohorts:
    return Cohorts(desk.work, desk.hall.community)


def _ids(desk: Desk, series: str) -> dict[str, Place]:
    """Where everybody stands, by member."""
    found = _of(desk).get(series)
    assert found
    people = _of(desk).people(found)
    assert people.keys() == found.roll.places.keys(), "a place of nobody"
    return {people[tag].id: place for tag, place in found.roll.places.items()}


def _joins(series: str, member: str, desk: Desk) -> Place | No:
    return _of(desk).join(series, member, None)


def _leaves(series: str, member: str, desk: Desk) -> Place | None:
    return _of(desk).leave(series, member)


def _moves(series: str, member: str, team: int, desk: Desk) -> bool:
    return _of(desk).move(series, member, team)


class Teams(RuleBasedStateMachine):
    """Two teams of four, joined and left in any order."""

    database: Database
    runner: asyncio.Runner
    clock: MovableClock
    cohort: Cohort  # as it is now

    def does(self, deed: Callable[[Desk], Any]) -> Any:
        """In a transaction of its own."""
        done = self.runner.run(self.hall.does(deed))
        self.look()
        return done

    @initialize(parts=st.sampled_from([1, 2]), joined=st.integers(4, 11), cut=st.integers(2, 4))
    def announced(self, parts: int, joined: int, cut: int) -> None:
        """A series whose teams may meet at two parts, with two teams that are told, and perhaps a line."""
        self.hall = self.runner.run(Hall.settle(self.database, self.clock, PEOPLE, HIDDEN))
        self.series = self.runner.run(self.hall.does(_begins(self.hall, parts, teams=2)))
        self.here, self.places = list(self.hall.members), dict[str, Place]()
        self.look()
        self.join(list(range(joined)))
        self.form(min(cut, joined - 1))
        self.tell()

    def look(self) -> None:
        """Everything as it is; whoever waited and waits no more was not passed."""
        before = self.places

        def found(desk: Desk) -> tuple[dict[str, Place], Cohort]:
            now = _of(desk).get(self.series)
            assert now
            return _ids(desk, self.series), now

        self.places, self.cohort = self.runner.run(self.hall.does(found))
        waited = {who: one.line for who, one in before.items() if one.state is Stage.WAITING}
        moved = [waited[who] for who, one in self.places.items() if who in waited and one.state.holds]
        left = [waited[who] for who, one in self.places.items() if who in waited and one.state is Stage.WAITING]
        assert not moved or not left or max(moved) < min(left), "somebody was passed"

    def member(self, number: int) -> str:
        """One who is still there."""
        return self.here[number % len(self.here)]

    # --- what is done

    @rule(numbers=st.lists(who, min_size=2, max_size=9))
    def join(self, numbers: list[int]) -> None:
        """Some join; who does so twice stands where they stood."""
        for number in numbers:
            here = self.member(number)
            was = self.places.get(here)
            done = self.does(partial(_joins, self.series, here))
            assert done == was or was is None or was.state is Stage.GONE

    @rule(numbers=st.lists(who, min_size=1, max_size=3))
    def leave(self, numbers: list[int]) -> None:
        """Some leave, or wait no more."""
        for number in numbers:
            here = self.member(number)
            self.does(partial(_leaves, self.series, here))
            assert here not in self.places

    @rule(number=who)
    def claim(self, number: int) -> None:
        """Somebody takes what is kept for them, if anything is."""
        mine = self.places.get(self.member(number))
        done = self.does(lambda desk: _of(desk).claim(self.series, self.member(number)))
        assert done is bool(mine and mine.state is Stage.OFFERED)

    @rule(cut=st.integers(1, 4))
    def form(self, cut: int) -> None:
        """Teams are made, told later; those that would be too large are refused."""
        inside = sorted(one for one, place in self.places.items() if place.state is Stage.IN)
        groups = [inside[:cut], inside[cut:]] if inside[cut:] else [inside]
        number = self.cohort.terms.teams - self.cohort.roll.book.fewer
        done = self.does(lambda desk: _of(desk).form(self.series, groups))
        assert done is (len(groups) <= number and max(map(len, groups)) <= 4)

    @rule()
    def tell(self) -> None:
        """They hear of it."""
        self.does(lambda desk: _of(desk).tell(self.series))

    @rule(numbers=st.lists(who, min_size=3, max_size=8), team=st.integers(1, 3))
    def move(self, numbers: list[int], team: int) -> None:
        """Some are in another team, as long as it has room."""
        for number in numbers:
            self.does(partial(_moves, self.series, self.member(number), team))
            self.no_team_is_too_large()

    @rule(number=who, other=who)
    def exchange(self, number: int, other: int) -> None:
        """Two change teams."""
        self.does(lambda desk: _of(desk).exchange(self.series, self.member(number), self.member(other)))

    @rule(gone=st.integers(1, 2))
    def merge(self, gone: int) -> None:
        """Two teams are one."""
        self.does(lambda desk: _of(desk).merge_teams(self.series, gone, 3 - gone))

    @rule(number=who, date=dates, going=st.booleans())
    def answers(self, number: int, date: int, *, going: bool) -> None:
        """Somebody cannot come this time, or can after all; who is in no team is refused."""
        event, member = self.cohort.dates[date], self.member(number)

        def answer(desk: Desk) -> None:
            here = People(desk.work, self.hall.community).get(member)
            assert here
            for one in event.parts:
                if going or desk.seats.standing(member, [event]):
                    desk.seats.answer(one.id, here, going=going)
            if member not in self.places:
                done = desk.seats.answer(event.parts[0].id, here, going=True)
                assert done.said in (Refused(Why.TEAM), Refused(Why.BEGUN), Seated())

        self.does(answer)

    @rule(number=who, date=dates)
    def lend(self, number: int, date: int) -> None:
        """Whoever cannot come offers the seat for that date."""
        event = self.cohort.dates[date].id
        self.does(lambda desk: StandIns(desk.work, self.hall.community).lend(event, self.member(number)))

    @rule(number=who, date=dates, yes=st.booleans())
    def takes_a_seat(self, number: int, date: int, *, yes: bool) -> None:
        """A guest takes the seat that is kept for them, or leaves it to the next."""
        event, member = self.cohort.dates[date], self.member(number)

        def take(desk: Desk) -> None:
            here = People(desk.work, self.hall.community).get(member)
            assert here
            for stand in desk.seats.standing(member, [event]):
                if stand.state is Standing.OFFERED:
                    (desk.seats.claim if yes else desk.seats.release)(stand.part.id, here)

        self.does(take)

    @rule(number=who, other=who, date=dates, yes=st.sampled_from([True, True, False]))
    def swap(self, number: int, other: int, date: int, *, yes: bool) -> None:
        """Two change dates once both have said so; a no changes nothing."""
        one, two, event = self.member(number), self.member(other), self.cohort.dates[date]

        def seats(desk: Desk) -> set[tuple[str, str]]:
            stands = {who: desk.seats.standing(who, [event]) for who in (one, two)}
            return {(who, stand.part.id) for who, some in stands.items() for stand in some if stand.state.holds}

        before = self.does(seats)
        if not self.does(lambda desk: StandIns(desk.work, self.hall.community).ask(event.id, one, two)):
            return
        assert self.does(seats) == before
        asker = self.does(lambda desk: _of(desk).tag(self.series, one).hex()[:MARK])
        done = self.does(lambda desk: StandIns(desk.work, self.hall.community).answer(self.series, two, asker, yes=yes))
        after = self.does(seats)
        if yes and done:
            assert {who for who, _ in after} == {one, two}
            assert before & after == set()
        else:
            assert after == before

    @rule(hours=st.sampled_from([1, 23, 25, 24 * 20]))
    def time_passes(self, hours: int) -> None:
        """What was kept goes on."""
        self.clock.forward(timedelta(hours=hours))

        def lapse(desk: Desk) -> None:
            for _, series in cohorts.lapsed_everywhere(desk.work):
                _of(desk).lapse(series)
            desk.seats.lapse()

        self.does(lapse)
        assert all(one.until is None or one.until > self.clock.now() for one in self.places.values())

    @rule(number=who)
    def leaves_the_community(self, number: int) -> None:
        """Nothing stands for them any more, and their place is somebody's."""
        if len(self.here) > 8:
            gone = self.here.pop(number % len(self.here))
            self.places.pop(gone, None)
            self.does(lambda desk: leaving.leave(desk.work, self.hall.community, gone))

    @rule(number=who, other=who)
    def are_one(self, number: int, other: int) -> None:
        """Two members turn out to be one person."""
        gone, kept = self.member(number), self.member(other)
        if gone == kept or len(self.here) <= 8:
            return

        def merge(desk: Desk) -> None:
            _of(desk).merge(gone, kept)
            Attendance(desk.work, self.hall.community).merge(gone, kept)
            People(desk.work, self.hall.community).remove(gone)

        self.here.remove(gone)
        self.places.pop(gone, None)
        self.places.pop(kept, None)
        self.does(merge)

    # --- what is always so

    @invariant()
    def no_team_is_too_large(self) -> None:
        """Kept places are taken, too; and everybody's team is one there is."""
        book = self.cohort.roll.book
        holding = [one for one in self.places.values() if one.state.holds]
        sizes = Counter(one.team for one in holding)
        assert all(sizes[team] <= 4 for team in sizes if team)
        assert len(holding) <= 4 * (self.cohort.terms.teams - book.fewer)
        assert set(sizes) <= {0, *book.teams}

    @invariant()
    def the_line_has_an_order(self) -> None:
        """Each waits at a place of their own, and only while nothing is free that could be kept for them."""
        lines = [one.line for one in self.places.values() if one.state is Stage.WAITING]
        assert len(set(lines)) == len(lines)
        assert all((one.line > 0) is (one.state is Stage.WAITING) for one in self.places.values())
        assert all((one.until is not None) is (one.state is Stage.OFFERED) for one in self.places.values())

    @invariant()
    def seats_are_of_somebody(self) -> None:
        """At no date are more seats taken than there are; nobody has two; a guest has one that was offered."""

        def look(desk: Desk) -> list[tuple[Event, dict[str, dict[str, Standing]]]]:
            shelf = Seats(desk.work, self.hall.community)
            return [
                (one, {p.id: {s.member: s.state for s in shelf.sitters(one.id, p.id)} for p in one.parts})
                for one in self.cohort.dates
            ]

        inside = {one for one, place in self.places.items() if place.state is Stage.IN}
        for event, parts in self.runner.run(self.hall.does(look)):
            if event.starts_at <= self.clock.now():
                continue
            holding = [one for seats in parts.values() for one, state in seats.items() if state.holds]
            assert len(set(holding)) == len(holding)
            for one in event.parts:
                assert sum(state.holds for state in parts[one.id].values()) <= (one.capacity or 0)
            answered = {one for seats in parts.values() for one in seats}
            if len(event.parts) == 1:
                assert inside <= answered, "somebody in a team has no seat"


@pytest.fixture
def opened(database_url: str, keys: Keys) -> Iterator[tuple[asyncio.Runner, Database, MovableClock]]:
    """A database on a loop of its own."""
    with asyncio.Runner() as runner:
        clock = MovableClock()
        database = open_database(database_url, keys, clock)
        runner.run(database.open())
        yield runner, database, clock
        runner.run(database.close())


def test_teams_keep_their_promises(opened: tuple[asyncio.Runner, Database, MovableClock]) -> None:
    """Over random interleavings of all that can be done to a series."""

    class Told(Teams):
        pass

    Told.runner, Told.database, Told.clock = opened
    told = settings(
        max_examples=8,
        stateful_step_count=16,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        phases=[Phase.generate],
        database=None,
    )
    run_state_machine_as_test(Told, settings=told)


async def test_a_place_that_comes_free(database: Database, clock: MovableClock) -> None:
    """It is kept for a day for the first in line, then for the next; who takes it has the seats of all coming dates."""
    hall = await Hall.settle(database, clock, 8)
    series = await hall.does(_begins(hall, 1, teams=1))
    for number in range(6):
        place = await hall.does(partial(_joins, series, hall.members[number]))
        assert isinstance(place, Place)
        assert (place.state, place.line) == ((Stage.IN, 0) if number < 4 else (Stage.WAITING, number - 3))
    await hall.does(lambda desk: _of(desk).form(series, [hall.members[:4]]))
    assert await hall.does(lambda desk: _of(desk).tell(series)) == 4

    def going(desk: Desk) -> list[list[int]]:
        found = _of(desk).get(series)
        assert found
        shelf = desk.seats
        return [
            sorted(hall.members.index(s.member) for s in shelf.going(one.id, one.parts[0].id)) for one in found.dates
        ]

    assert await hall.does(going) == [[0, 1, 2, 3]] * 3
    await hall.does(lambda desk: _of(desk).leave(series, hall.members[0]))
    assert await hall.does(going) == [[1, 2, 3]] * 3
    offered = await hall.does(lambda desk: _ids(desk, series))
    assert (offered[hall.members[4]].state, offered[hall.members[4]].team) == (Stage.OFFERED, 1)
    clock.forward(timedelta(hours=25))
    assert not await hall.does(lambda desk: _of(desk).claim(series, hall.members[4]))
    await hall.does(lambda desk: _of(desk).lapse(series))
    assert await hall.does(lambda desk: _of(desk).claim(series, hall.members[5]))
    assert await hall.does(going) == [[1, 2, 3, 5]] * 3
    clock.forward(timedelta(days=40))
    await hall.does(lambda desk: _of(desk).leave(series, hall.members[1]))
    assert await hall.does(going) == [[1, 2, 3, 5], [2, 3, 5], [2, 3, 5]]  # who was there stays noted
    assert await hall.does(lambda desk: _of(desk).join(series, hall.members[6], None)) is No.LATE
    clock.forward(timedelta(days=200))
    assert await database.tx(cohorts.forget) == 4  # with whoever was not told that it lapsed


async def test_a_seat_for_one_date(database: Database, clock: MovableClock) -> None:
    """It is offered to one of those who wait at a time, in their order; other dates and the line stay the same."""
    hall = await Hall.settle(database, clock, 8)
    series = await hall.does(_begins(hall, 1, teams=1))
    for number in range(7):
        await hall.does(partial(_joins, series, hall.members[number]))

    def stands(desk: Desk, date: int = 0) -> dict[int, Standing]:
        found = _of(desk).get(series)
        assert found
        event = found.dates[date]
        sitting = desk.seats.sitters(event.id, event.parts[0].id)
        return {hall.members.index(one.member): one.state for one in sitting}

    def part_of(desk: Desk) -> tuple[str, str]:
        found = _of(desk).get(series)
        assert found
        return found.dates[0].id, found.dates[0].parts[0].id

    event, first = await hall.does(part_of)

    def lend(desk: Desk) -> Any:
        return StandIns(desk.work, hall.community).lend(event, hall.members[0])

    assert await hall.does(lend) is None  # it is still theirs
    await hall.does(lambda desk: desk.seats.release(first, desk.member(0)))
    assert hall.names(await hall.does(lend)) == [4]
    assert (await hall.does(stands))[4] is Standing.OFFERED
    freed = await hall.does(lambda desk: desk.seats.release(first, desk.member(4)))
    assert hall.names(freed.moved) == [5]
    assert await hall.does(lend) == []  # one seat, one guest
    clock.forward(timedelta(hours=25))
    assert hall.names(await hall.does(lambda desk: desk.seats.lapse())) == [5, 6]
    assert (await hall.does(lambda desk: desk.seats.claim(first, desk.member(6)))).said == Seated()
    back = await hall.does(lambda desk: desk.seats.answer(first, desk.member(0), going=True))
    assert back.said == Waiting(1)
    assert await hall.does(lambda desk: stands(desk, 1)) == dict.fromkeys(range(4), Standing.GOING)
    places = await hall.does(lambda desk: _ids(desk, series))
    assert [places[hall.members[n]].line for n in range(7)] == [0, 0, 0, 0, 1, 2, 3]
    assert (await hall.does(lambda desk: desk.seats.answer(first, desk.member(7), going=True))).said == Refused(
        Why.TEAM
    )


async def test_many_at_once(database: Database, clock: MovableClock) -> None:
    """Twelve join and half of them leave in the same moment, while others answer: nobody too many, nobody twice."""
    hall = await Hall.settle(database, clock, PEOPLE)
    series = await hall.does(_begins(hall, 1, teams=2))
    await asyncio.gather(*(hall.does(partial(_joins, series, who)) for who in hall.members))
    places = await hall.does(lambda desk: _ids(desk, series))
    assert Counter(one.state for one in places.values()) == {Stage.IN: 8, Stage.WAITING: 4}
    inside = [who for who, one in places.items() if one.state is Stage.IN]
    await hall.does(lambda desk: _of(desk).form(series, [inside[:4], inside[4:]]))
    waiting = sorted((one.line, who) for who, one in places.items() if one.state is Stage.WAITING)

    def away(number: int, desk: Desk) -> None:
        found = _of(desk).get(series)
        here = People(desk.work, hall.community).get(inside[number])
        assert found
        assert here
        desk.seats.answer(found.dates[0].parts[0].id, here, going=False)

    await asyncio.gather(
        hall.does(lambda desk: _of(desk).tell(series)),
        *(hall.does(partial(_leaves, series, who)) for who in inside[:2]),
        *(hall.does(partial(away, number)) for number in range(4, 8)),
    )
    await asyncio.gather(*(hall.does(lambda desk, who=who: _of(desk).claim(series, who)) for _, who in waiting))  # type: ignore[misc] # bound now
    after = await hall.does(lambda desk: _ids(desk, series))
    assert [after[who].state for _, who in waiting] == [Stage.IN] * 2 + [Stage.WAITING] * 2
    assert Counter(one.team for one in after.values() if one.state is Stage.IN) == {1: 4, 2: 4}

    def seats(desk: Desk) -> list[int]:
        found = _of(desk).get(series)
        assert found
        return [len(desk.seats.going(one.id, one.parts[0].id)) for one in found.dates]

    assert await hall.does(seats) == [4, 8, 8]
