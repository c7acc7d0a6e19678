"""What is true of seats whatever is done: answers, guests, other capacities, parts that move or go, people who leave.

The rule of who gets a seat is said here a second time, from the other side: not how seats are given, but what nobody
may find when they have been.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from storage import leaving
from storage.attendance import Attendance
from storage.clock import MovableClock
from storage.engine import Database
from storage.events import Changed, Event, HasPeople, Overfull
from storage.people import People
from storage.places import Moved
from storage.programme import Attendee, Part, Waitlist
from storage.seating import Seat, Standing
from storage.seats import Answered, Freed, Refused, Seated, Waiting
from storage.tables import event_seat
from storage.work import Work
from tests.storage.hall import Desk, Hall, part

PEOPLE, HIDDEN = 9, 3
Rows = dict[str, dict[str, Seat]]  # by part and member
who = st.integers(0, PEOPLE - 1)
which = st.sampled_from([0, 0, 0, 1, 1, 2])
guests = st.sampled_from([0, 0, 1, 2])
kinds = st.sampled_from(list(Attendee)[:2])
capacities = st.sampled_from([2, 1, 3, 4, 6, None])
shares = st.dictionaries(kinds, st.integers(1, 3), max_size=2)


class Doors(RuleBasedStateMachine):
    """One event, changed and answered in any order."""

    database: Database
    runner: asyncio.Runner
    clock: MovableClock
    event: Event  # as it is now

    def does(self, deed: Callable[[Desk], Any]) -> Any:
        """In a transaction of its own."""
        return self.runner.run(self.hall.does(deed))

    @initialize(capacity=capacities, shares=shares, waitlist=st.sampled_from(Waitlist))
    def announced(self, capacity: int | None, shares: dict[Attendee, int], waitlist: Waitlist) -> None:
        """An event in two parts."""
        settle = Hall.settle(self.database, self.clock, PEOPLE, HIDDEN)
        self.hall = self.runner.run(settle)
        self.clock = self.hall.clock
        begins = (self.clock.now() + timedelta(days=40)).replace(tzinfo=None).isoformat()
        parts = (part(begins, capacity=capacity, shares=_within(shares, capacity)), part(begins, capacity=2))
        self.runner.run(self.hall.announces(*parts, waitlist=waitlist, guests=2))
        self.here = list(self.hall.members)
        self.rows = self.found()

    # --- what is done

    @rule(answers=st.lists(st.tuples(who, guests, kinds), min_size=2, max_size=8), at=which)
    def come(self, answers: list[tuple[int, int, Attendee]], at: int) -> None:
        """Some come, or come with other guests."""
        for number, several, kind in answers:
            self.comes(number, at, several, kind)

    def comes(self, number: int, at: int, several: int, kind: Attendee) -> None:
        """One of them."""
        self.taps(number, at, lambda desk, one: desk.answers(number, one, guests=several, kind=kind))

    @rule(numbers=st.lists(who, min_size=1, max_size=3), at=which)
    def cannot_come(self, numbers: list[int], at: int) -> None:
        """Some do not come after all."""
        for number in numbers:
            self.cannot(number, at)

    def cannot(self, number: int, at: int) -> None:
        """Somebody does not come."""
        self.taps(number, at, lambda desk, one: desk.answers(number, one, going=False))

    @rule(number=who, at=which)
    def claims(self, number: int, at: int) -> None:
        """Somebody takes what is kept for them, if anything is."""
        self.taps(number, at, lambda desk, one: desk.seats.claim(desk.part(one), desk.member(number)))

    @rule(at=which, capacity=capacities, shares=shares)
    def resized(self, at: int, capacity: int | None, shares: dict[Attendee, int]) -> None:
        """Another number of seats; refused when more are taken."""
        number = at % len(self.event.parts)
        smaller = self.event.parts[number].model_copy(
            update={"capacity": capacity, "shares": _within(shares, capacity)}
        )
        resize = partial(self.does, lambda desk: desk.seats.resize(smaller.id, capacity, smaller.shares))
        if _over(smaller, _taken(self.rows[smaller.id].values())):
            with pytest.raises(Overfull):
                resize()
            assert self.found() == self.rows
        else:
            self.moves(resize().moved, tapping=None)

    @rule(at=which, days=st.integers(1, 60))
    def moved(self, at: int, days: int) -> None:
        """A part is on another day."""
        self.changes(lambda parts: _at(parts, at, lambda one: _later(one, days)))

    @rule(capacity=capacities)
    def added(self, capacity: int | None) -> None:
        """One more part."""
        if len(self.event.parts) < 4:
            self.changes(
                lambda parts: [*parts, _later(parts[0], 1).model_copy(update={"id": "", "capacity": capacity})]
            )

    @rule(at=which, dropping=st.booleans())
    def dropped(self, at: int, *, dropping: bool) -> None:
        """A part is left out; refused without the word for it when people signed up there."""
        event = self.event
        if len(event.parts) == 1:
            return
        gone = event.parts[at % len(event.parts)].id
        left = partial(self.changes, lambda parts: [one for one in parts if one.id != gone], dropping=dropping)
        if not dropping and any(one.state is not Standing.CANNOT for one in self.rows[gone].values()):
            with pytest.raises(HasPeople):
                left()
            assert self.found() == self.rows
        else:
            left()

    @rule(waitlist=st.sampled_from(Waitlist))
    def other_line(self, waitlist: Waitlist) -> None:
        """The line moves in another way from now on."""
        event = self.event
        new = event.details.model_copy(update={"waitlist": waitlist})
        self.moves(self.does(lambda desk: desk.events.change(event.id, new, event.parts)).moved, tapping=None)

    @rule(hours=st.sampled_from([1, 23, 25]))
    def time_passes(self, hours: int) -> None:
        """Offers end."""
        self.clock.forward(timedelta(hours=hours))
        self.moves(self.does(lambda desk: desk.seats.lapse()), tapping=None)
        for seats in self.rows.values():
            assert all(one.until is None or one.until > self.clock.now() for one in seats.values())

    @rule(number=who)
    def leaves(self, number: int) -> None:
        """Somebody leaves the community: others are owed the news of a seat."""
        gone = self.hall.members[number]
        if gone in self.here and len(self.here) > 5:
            self.here.remove(gone)
            before = self.promoted_after(lambda desk: leaving.leave(desk.work, self.hall.community, gone))
            self.told_alone(before)

    @rule(number=who, other=who)
    def merged(self, number: int, other: int) -> None:
        """Two members turn out to be one."""
        gone, kept = self.hall.members[number], self.hall.members[other]
        if gone != kept and {gone, kept} <= set(self.here) and len(self.here) > 5:

            def merge(desk: Desk) -> None:
                Attendance(desk.work, self.hall.community).merge(gone, kept)
                People(desk.work, self.hall.community).remove(gone)

            self.here.remove(gone)
            seats = [self.rows[one].get(gone) for one in self.rows]
            before = self.promoted_after(merge, but=kept)
            self.told_alone(before)
            for old, now in zip(seats, self.rows.values(), strict=True):
                assert old is None or kept in now

    # --- what is looked at

    def found(self) -> Rows:
        """Every seat, by whom it stands for; a row that stands for nobody is a mistake."""

        def look(desk: Desk) -> Rows:
            rows: Rows = {}
            self.event = desk.event
            for one in self.event.parts:
                tags = {desk.seats.places.tag(one.id, member): member for member in self.here}
                rows[one.id] = {tags[seat.tag]: seat for seat in desk.seats.places.seats(self.event.id, one.id)}
            every = self.database_rows(desk.work)
            assert every == sum(map(len, rows.values())), "a seat of no part, or of nobody"
            return rows

        rows = self.does(look)
        assert isinstance(rows, dict)
        return rows

    def database_rows(self, work: Work) -> int:
        """How many seats there are in the event, whatever they are of."""
        mine = sa.select(sa.func.count()).select_from(event_seat).where(event_seat.c.event_id == self.event.id)
        return int(work.connection.execute(mine).scalar_one())

    def taps(self, number: int, at: int, deed: Callable[[Desk, int], Answered]) -> None:
        """Somebody answers: what they are told is what stands there."""
        tapping = self.hall.members[number]
        if tapping not in self.here:
            return
        event = self.event
        one = at % len(event.parts)
        done = self.does(lambda desk: deed(desk, one))
        before = self.rows
        self.moves(done.moved, tapping)
        mine = self.rows[event.parts[one].id].get(tapping)
        match done.said:
            case Refused():
                assert self.rows == before
            case Seated(guests=several):
                assert mine
                assert (mine.state, mine.guests) == (Standing.GOING, several)
            case Waiting(place=place, guests=several):
                line = [seat for seat in self.rows[event.parts[one].id].values() if seat.state is Standing.WAITING]
                assert mine
                assert (mine.state, mine.guests) == (Standing.WAITING, several)
                assert place == 1 + sum(seat.line < mine.line for seat in line)
            case Freed():
                assert mine
                assert mine.state is Standing.CANNOT

    def changes(self, how: Callable[[list[Part]], list[Part]], **more: Any) -> None:
        """The parts are others."""
        event = self.event
        done = self.does(lambda desk: desk.events.change(event.id, event.details, how(list(event.parts)), **more))
        assert isinstance(done, Changed)
        self.moves(done.moved, tapping=None)

    def moves(self, moved: Sequence[Moved], tapping: str | None) -> None:
        """Whoever was moved is told, and nobody else; and they were moved in their order."""
        before, self.rows = self.rows, self.found()
        told = {(one.member, one.part): one.now for one in moved}
        assert len(told) == len(moved)
        changed = {
            (member, at): self.rows[at][member].state if at in self.rows else None
            for at in before
            for member, seat in before[at].items()
            if member != tapping
            and (at in self.rows or seat.state is not Standing.CANNOT)
            and (at not in self.rows or self.rows[at][member].state is not seat.state)
        }
        assert told == changed
        owed = {(one.member, one.part) for one in self.does(lambda desk: desk.seats.owed())} if moved else set()
        hidden = set(self.hall.members[PEOPLE - HIDDEN :])
        assert owed == {(member, at) for (member, at), now in told.items() if member in hidden and now}
        assert all(one.hidden is (one.member in hidden) for one in moved)
        self.rows = self.found() if moved else self.rows
        self.in_order(before)

    def promoted_after(self, deed: Callable[[Desk], Any], but: str = "") -> list[str]:
        """Whoever has a seat by what was done; one may have it from themselves."""
        before = self.rows
        self.does(deed)
        self.rows = self.found()
        gained = [
            member
            for at, seats in self.rows.items()
            for member, seat in seats.items()
            if member != but
            and member in before[at]
            and before[at][member].state is Standing.WAITING
            and seat.state.holds
        ]
        for seats in before.values():
            seats.pop(but, None)
        self.in_order(before)
        return gained

    def told_alone(self, gained: list[str]) -> None:
        """There was no conversation, so the clock tells all of them, once."""
        owed = [one.member for one in self.does(lambda desk: desk.seats.owed())]
        assert set(owed) >= set(gained)
        assert self.does(lambda desk: desk.seats.owed()) == []
        self.rows = self.found()

    def in_order(self, before: Rows) -> None:
        """Nobody was passed by somebody behind them, but where their own kind has no seat left."""
        for one in self.event.parts:
            seats, was = self.rows[one.id], before.get(one.id, {})
            taken = _taken(seats.values())
            waiting = [seat for seat in seats.values() if seat.state is Standing.WAITING]
            for member, seat in seats.items():
                old = was.get(member)
                if old and old.state is Standing.WAITING and seat.state.holds:
                    for other in waiting:
                        if other.line < old.line:
                            assert not _share_left(one, taken, other) or _never(one, other)
                            assert other.kind is not seat.kind or _never(one, other)

    @invariant()
    def nobody_too_many(self) -> None:
        """No part has more seats taken than there are, and no kind more than its share."""
        for one in self.event.parts:
            taken = _taken(self.rows[one.id].values())
            assert not _over(one, taken)

    @invariant()
    def no_seat_is_left_lying(self) -> None:
        """Whoever waits does so for a reason: their kind's share, the whole, or somebody before them."""
        for one in self.event.parts:
            taken = _taken(self.rows[one.id].values())
            whole = [seat for seat in self.rows[one.id].values() if seat.state is Standing.WAITING]
            waiting = sorted((seat for seat in whole if not _never(one, seat)), key=lambda seat: seat.line)
            assert len({seat.line for seat in whole}) == len(whole)
            blocked: set[Attendee] = set()
            for seat in waiting:
                if seat.kind in blocked:
                    continue
                if _share_left(one, taken, seat):
                    assert one.capacity is not None
                    assert taken.total() + seat.size > one.capacity
                    break
                blocked.add(seat.kind)

    @invariant()
    def a_row_holds_no_more_than_it_needs(self) -> None:
        """A place in line is of those who wait, an end of an offer of those who have one."""
        for seats in self.rows.values():
            for seat in seats.values():
                assert (seat.line > 0) is (seat.state is Standing.WAITING)
                assert (seat.until is not None) is (seat.state is Standing.OFFERED)
                assert not seat.guests or seat.state is not Standing.CANNOT


def _within(shares: dict[Attendee, int], capacity: int | None) -> dict[Attendee, int]:
    return {kind: min(share, capacity or share) for kind, share in shares.items()}


def _at(parts: list[Part], at: int, how: Callable[[Part], Part]) -> list[Part]:
    at %= len(parts)
    return [how(one) if number == at else one for number, one in enumerate(parts)]


def _later(one: Part, days: int) -> Part:
    times = {name: getattr(one, name) + timedelta(days=days) for name in ("starts_local", "ends_local")}
    return Part.model_validate({**one.model_dump(), **times})


def _taken(seats: Any) -> Counter[Attendee]:
    found: Counter[Attendee] = Counter()
    for seat in seats:
        found[seat.kind] += seat.size * seat.state.holds
    return found


def _over(one: Part, taken: Counter[Attendee]) -> bool:
    """More than there are, of the whole or of a kind."""
    whole = one.capacity is not None and taken.total() > one.capacity
    return whole or any(taken[kind] > share for kind, share in one.shares.items())


def _share_left(one: Part, taken: Counter[Attendee], seat: Seat) -> bool:
    share = one.shares.get(seat.kind)
    return share is None or taken[seat.kind] + seat.size <= share


def _never(one: Part, seat: Seat) -> bool:
    """Whether a party is too large for the part as it is now."""
    limits = [limit for limit in (one.capacity, one.shares.get(seat.kind)) if limit is not None]
    return bool(limits) and seat.size > min(limits)


def test_seats_keep_their_promises(opened: tuple[asyncio.Runner, Database, MovableClock]) -> None:
    """Over random interleavings of all that can be done to an event."""

    class Told(Doors):
        pass

    Told.runner, Told.database, Told.clock = opened
    told = settings(
        max_examples=25,
        stateful_step_count=15,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        phases=[Phase.generate],  # a story that fails is told as it was found: making it shorter takes minutes
        database=None,
    )
    run_state_machine_as_test(Told, settings=told)
