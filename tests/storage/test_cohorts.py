"""Fixed teams: whatever is done in any order, nobody is in two, none is too large, and the line keeps its order.

Seats at the dates are looked at from the other side: whoever has one is in a team, or a guest in place of somebody
who offered it.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from storage import cohorts, leaving
from storage.attendance import Attendance
from storage.clock import MovableClock
from storage.cohorting import Place, Stage
from storage.engine import Database
from storage.events import Event
from storage.people import People
from storage.seating import Standing
from storage.seats import Refused, Seated, Seats, Why
from storage.standins import MARK, StandIns
from storage.team_seats import Cohort
from tests.storage.crews import begins, ids, joins, leaves, moves, of
from tests.storage.hall import Desk, Hall

PEOPLE, HIDDEN = 12, 3
who = st.integers(0, PEOPLE - 1)
dates = st.integers(0, 2)


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
        self.series = self.runner.run(self.hall.does(begins(self.hall, parts, teams=2)))
        self.here, self.places = list(self.hall.members), dict[str, Place]()
        self.look()
        self.join(list(range(joined)))
        self.form(min(cut, joined - 1))
        self.tell()

    def look(self) -> None:
        """Everything as it is; whoever waited and waits no more was not passed."""
        before = self.places

        def found(desk: Desk) -> tuple[dict[str, Place], Cohort]:
            now = of(desk).get(self.series)
            assert now
            return ids(desk, self.series), now

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
            done = self.does(partial(joins, self.series, here))
            assert done == was or was is None or was.state is Stage.GONE

    @rule(numbers=st.lists(who, min_size=1, max_size=3))
    def leave(self, numbers: list[int]) -> None:
        """Some leave, or wait no more."""
        for number in numbers:
            here = self.member(number)
            self.does(partial(leaves, self.series, here))
            assert here not in self.places

    @rule(number=who)
    def claim(self, number: int) -> None:
        """Somebody takes what is kept for them, if anything is."""
        mine = self.places.get(self.member(number))
        done = self.does(lambda desk: of(desk).claim(self.series, self.member(number)))
        assert done is bool(mine and mine.state is Stage.OFFERED)

    @rule(cut=st.integers(1, 4))
    def form(self, cut: int) -> None:
        """Teams are made, told later; those that would be too large are refused."""
        inside = sorted(one for one, place in self.places.items() if place.state is Stage.IN)
        groups = [inside[:cut], inside[cut:]] if inside[cut:] else [inside]
        number = self.cohort.terms.teams - self.cohort.roll.book.fewer
        done = self.does(lambda desk: of(desk).form(self.series, groups))
        assert done is (len(groups) <= number and max(map(len, groups)) <= 4)

    @rule()
    def tell(self) -> None:
        """They hear of it."""
        self.does(lambda desk: of(desk).tell(self.series))

    @rule(numbers=st.lists(who, min_size=3, max_size=8), team=st.integers(1, 3))
    def move(self, numbers: list[int], team: int) -> None:
        """Some are in another team, as long as it has room."""
        for number in numbers:
            self.does(partial(moves, self.series, self.member(number), team))
            self.no_team_is_too_large()

    @rule(number=who, other=who)
    def exchange(self, number: int, other: int) -> None:
        """Two change teams."""
        self.does(lambda desk: of(desk).exchange(self.series, self.member(number), self.member(other)))

    @rule(gone=st.integers(1, 2))
    def merge(self, gone: int) -> None:
        """Two teams are one."""
        self.does(lambda desk: of(desk).merge_teams(self.series, gone, 3 - gone))

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
        asker = self.does(lambda desk: of(desk).tag(self.series, one).hex()[:MARK])
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
                of(desk).lapse(series)
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
            of(desk).merge(gone, kept)
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


def test_teams_keep_their_promises(opened: tuple[asyncio.Runner, Database, MovableClock]) -> None:
    """Over random interleavings of all that can be done to a series."""

    class Told(Teams):
        pass

    Told.runner, Told.database, Told.clock = opened
    told = settings(
        max_examples=8,
        stateful_step_count=16,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        phases=[Phase.generate],
        database=None,
    )
    run_state_machine_as_test(Told, settings=told)
