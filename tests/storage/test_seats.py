"""Who comes to an event: seats, the line, and what becomes of a free seat."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from storage import leaving
from storage.attendance import Attendance
from storage.clock import MovableClock
from storage.engine import Database
from storage.events import HasPeople, Overfull
from storage.people import People
from storage.programme import KIND, Attendee, Change, Waitlist
from storage.seating import Standing
from storage.seats import Freed, Refused, Seated, Waiting, Why, kind_of
from storage.tables import event_look, event_outcome, event_seat, metadata
from storage.work import Work
from tests.drills.crowd import Crowd, run
from tests.storage.hall import Desk, Hall, part


async def test_a_free_seat_goes_to_the_next_in_line(database: Database, clock: MovableClock) -> None:
    """Two seats, four people: two wait in their order, and the first of them has the seat that is given back."""
    hall = await Hall.settle(database, clock)
    await hall.announces(part(capacity=2))
    said = [(await hall.answers(number)).said for number in range(4)]
    assert said == [Seated(), Seated(), Waiting(1), Waiting(2)]
    assert (await hall.answers(3)).said == Waiting(2)  # delivered twice
    freed = await hall.answers(0, going=False)
    assert freed.said == Freed(had=True)
    assert hall.names(freed.moved) == [2]
    stands = await hall.does(lambda desk: desk.seats.standing(hall.members[3]))
    assert [stand.place for stand in stands] == [1]
    counts = await hall.counts()
    assert (counts.going, counts.waiting, counts.cannot) == (2, 1, 1)
    assert (await hall.answers(0)).said == Waiting(2)  # whoever comes back stands at the end


async def test_a_kept_seat_is_claimed_or_goes_on(database: Database, clock: MovableClock) -> None:
    """It is kept for a day for the next in line; then for the one behind, and too late is told as such."""
    hall = await Hall.settle(database, clock)
    event = await hall.announces(part(capacity=1), waitlist=Waitlist.CLAIM)
    here = event.parts[0].id
    assert [(await hall.answers(number)).said for number in range(3)] == [Seated(), Waiting(1), Waiting(2)]
    [offer] = (await hall.answers(0, going=False)).moved
    assert (hall.names([offer]), offer.now) == ([1], Standing.OFFERED)
    assert offer.until
    assert timedelta(hours=23) < offer.until - clock.now() <= timedelta(hours=24)
    assert (await hall.answers(4)).said == Waiting(2)  # a kept seat is taken
    clock.forward(timedelta(hours=25))
    assert (await hall.does(lambda desk: desk.seats.claim(here, desk.member(1)))).said == Refused(Why.LAPSED)
    lapsed = await hall.does(lambda desk: desk.seats.lapse())
    assert [(one, moved.now) for one, moved in zip(hall.names(lapsed), lapsed, strict=True)] == [
        (1, Standing.CANNOT),
        (2, Standing.OFFERED),
    ]
    assert (await hall.does(lambda desk: desk.seats.claim(here, desk.member(2)))).said == Seated()
    assert await hall.does(lambda desk: desk.seats.lapse()) == []
    assert (await hall.counts()).going == 1


async def test_guests_need_seats_too(database: Database, clock: MovableClock) -> None:
    """More guests only where seats are free and nobody waits; fewer give a seat to the next."""
    hall = await Hall.settle(database, clock)
    await hall.announces(part(capacity=4), guests=2)
    assert (await hall.answers(0, guests=3)).said == Refused(Why.GUESTS)
    assert (await hall.answers(0, guests=2)).said == Seated(2)
    assert (await hall.answers(1, guests=1)).said == Waiting(1, 1)
    assert (await hall.answers(2)).said == Waiting(2)  # a seat is free, and the party of two before them needs it
    assert (await hall.answers(0, guests=2)).said == Seated(2)
    fewer = await hall.answers(0, guests=1)
    assert (fewer.said, hall.names(fewer.moved)) == (Seated(1), [1])
    assert (await hall.answers(0, guests=2)).said == Refused(Why.FULL)
    assert (await hall.counts()).going == 4
    await hall.answers(2, going=False)
    await hall.answers(1, going=False)
    assert (await hall.answers(0, guests=2)).said == Seated(2)  # nobody waits any more


async def test_nobody_passes_the_line_by_bringing_more(database: Database, clock: MovableClock) -> None:
    """A seat that is free, but too few for whoever waits, is not for somebody's third guest."""
    hall = await Hall.settle(database, clock)
    await hall.announces(part(capacity=3), guests=2)
    assert (await hall.answers(0, guests=1)).said == Seated(1)
    assert (await hall.answers(1, guests=1)).said == Waiting(1, 1)
    assert (await hall.answers(0, guests=2)).said == Refused(Why.FULL)


async def test_seats_are_kept_by_kind(database: Database, clock: MovableClock) -> None:
    """Where alumni and staff have seats of their own, whoever's kind nobody knows is asked."""
    hall = await Hall.settle(database, clock)
    shares = {Attendee.ALUMNI: 1, Attendee.STAFF: 2}
    await hall.announces(part(capacity=3, shares=shares), kinds=[Attendee.ALUMNI, Attendee.STAFF])
    assert (await hall.answers(0)).said == Refused(Why.ASK)
    assert (await hall.answers(0, kind=Attendee.OTHER)).said == Refused(Why.KIND)
    assert (await hall.answers(0, kind=Attendee.ALUMNI)).said == Seated()
    assert (await hall.answers(0)).said == Seated()  # they have said so
    assert (await hall.answers(1, kind=Attendee.ALUMNI)).said == Waiting(1)
    assert (await hall.answers(2, kind=Attendee.STAFF)).said == Seated()  # not passed: their kind has seats
    assert (await hall.counts()).kinds == {Attendee.ALUMNI: 1, Attendee.STAFF: 1}


@pytest.mark.parametrize(
    ("profile", "kind"),
    [
        ({}, None),
        ({"years": "2009–2019"}, Attendee.ALUMNI),
        ({"years": "2009"}, Attendee.ALUMNI),
        ({"years": "2019–"}, Attendee.STAFF),
        ({"years": "2009–2019", KIND: "staff"}, Attendee.STAFF),
        ({KIND: "a chair"}, None),
    ],
)
async def test_as_whom_somebody_comes(
    database: Database, clock: MovableClock, profile: dict[str, Any], kind: Attendee | None
) -> None:
    """As they said, else by the years they told."""
    hall = await Hall.settle(database, clock, people=1)

    def known(desk: Desk) -> Attendee | None:
        People(desk.work, hall.community).describe(hall.members[0], profile)
        return kind_of(desk.member(0))

    assert await hall.does(known) is kind


async def test_too_late_is_told_as_such(database: Database, clock: MovableClock) -> None:
    """After the last day nobody new; whoever has a seat may give it back until it begins, and somebody gets it."""
    hall = await Hall.settle(database, clock)
    event = await hall.announces(part(capacity=1), part("2035-04-21T10:00"), deadline=date(2035, 4, 10))
    await hall.answers(0)
    await hall.answers(1)
    clock.forward(timedelta(days=10))
    assert (await hall.answers(2)).said == Refused(Why.LATE)
    assert (await hall.answers(1)).said == Waiting(1)  # they were in time
    assert hall.names((await hall.answers(0, going=False)).moved) == [1]
    clock.forward(event.starts_at - clock.now())
    assert (await hall.answers(1, going=False)).said == Refused(Why.BEGUN)
    assert (await hall.answers(1, going=False, part=1)).said == Freed(had=False)
    await hall.does(lambda desk: desk.events.cancel(hall.event))
    assert (await hall.answers(2, part=1)).said == Refused(Why.CANCELLED)
    gone = await hall.does(lambda desk: desk.seats.answer("no such part", desk.member(0), going=True))
    assert gone.said == Refused(Why.GONE)


async def test_another_number_of_seats_promotes_or_is_refused(database: Database, clock: MovableClock) -> None:
    """More seats go down the line; fewer than are taken are refused, with how many are; no party is too large."""
    hall = await Hall.settle(database, clock)
    event = await hall.announces(part(capacity=2), guests=2)
    for number in range(4):
        await hall.answers(number)
    here = event.parts[0].id
    done = await hall.does(lambda desk: desk.seats.resize(here, 3))
    assert done
    assert (hall.names(done.moved), done.event.revision) == ([2], 0)
    assert done.what == {Change.CAPACITY}
    with pytest.raises(Overfull) as caught:
        await hall.does(lambda desk: desk.seats.resize(here, 2))
    assert (caught.value.total, caught.value.part.capacity) == (3, 2)
    assert (await hall.counts()).going == 3
    assert (await hall.answers(5, guests=2)).said == Waiting(2, 2)
    await hall.does(lambda desk: desk.events.announce(hall.event))
    whole = await hall.does(lambda desk: desk.seats.resize(here, None))
    assert whole
    assert hall.names(whole.moved) == [3, 5]


async def test_a_part_goes_with_its_people_only_by_a_word_for_it(database: Database, clock: MovableClock) -> None:
    """Without it nothing changes; with it everybody who had signed up there is named, to be told."""
    hall = await Hall.settle(database, clock)
    event = await hall.announces(part(capacity=1), part("2035-04-21T10:00"))
    for number in range(2):
        await hall.answers(number)
    await hall.answers(2, going=False)
    rest = event.parts[1:]
    with pytest.raises(HasPeople) as caught:
        await hall.does(lambda desk: desk.events.change(event.id, event.details, rest))
    assert caught.value.parts == event.parts[:1]
    done = await hall.does(lambda desk: desk.events.change(event.id, event.details, rest, dropping=True))
    assert done
    assert [(number, one.now) for number, one in zip(hall.names(done.moved), done.moved, strict=True)] == [
        (0, None),
        (1, None),
    ]
    assert (done.event.revision, done.event.parts) == (1, rest)
    assert done.what == {Change.DROPPED}
    assert await hall.does(lambda desk: desk.seats.standing(hall.members[0])) == []


# --- what stands in the database -------------------------------------------------------------------


def _rows(work: Work) -> dict[str, list[tuple[Any, ...]]]:
    """Every table as it is."""
    tables = metadata.sorted_tables
    return {table.name: sorted(map(tuple, work.connection.execute(sa.select(table))), key=repr) for table in tables}


@pytest.mark.parametrize("number", [0, 7])
async def test_an_answer_is_one_row_that_names_nobody(database: Database, clock: MovableClock, number: int) -> None:
    """Of a hidden member and of any other alike: nothing else is written, and the row holds no id and no time."""
    hall = await Hall.settle(database, clock, hidden=1)
    await hall.announces(part(capacity=2))
    before = await database.look(_rows)
    await hall.answers(number)
    after = await database.look(_rows)
    assert [table for table in after if after[table] != before[table]] == ["event_seat"]
    [row] = await database.look(lambda work: work.connection.execute(sa.select(event_seat)).mappings().all())
    told = {name: row[name] for name in row if name not in {"community_id", "event_id", "part_id", "tag"}}
    plain = {"kind": "other", "guests": 0, "line": 0, "until": None, "here": False, "owed": ""}
    assert told == {"state": "going", **plain}
    assert hall.members[number] not in str(after["event_seat"])


async def test_hidden_members_stand_in_line_and_are_told_by_the_clock(database: Database, clock: MovableClock) -> None:
    """They hold seats and move up like all others; what they are owed is told once, and no row says whose it was."""
    hall = await Hall.settle(database, clock, hidden=2)
    await hall.announces(part(capacity=1))
    assert [(await hall.answers(number)).said for number in (0, 6, 7)] == [Seated(), Waiting(1), Waiting(2)]
    [moved] = (await hall.answers(0, going=False)).moved
    assert (hall.names([moved]), moved.hidden) == ([6], True)
    owed = await hall.does(lambda desk: desk.seats.owed())
    assert [(one.member, one.now) for one in owed] == [(hall.members[6], Standing.GOING)]
    assert await hall.does(lambda desk: desk.seats.owed()) == []
    sitting = await hall.does(lambda desk: desk.seats.going(hall.event, desk.part()))
    assert [(one.member, one.level.name) for one in sitting] == [(hall.members[6], "HIDDEN")]
    [stand] = await hall.does(lambda desk: desk.seats.standing(hall.members[7]))
    assert (stand.state, stand.place) == (Standing.WAITING, 1)


async def test_tags_of_two_parts_share_nothing(database: Database, clock: MovableClock) -> None:
    """A copy does not even say that it was the same person who comes to both parts."""
    hall = await Hall.settle(database, clock)
    await hall.announces(part(), part("2035-04-21T10:00"))
    for at in range(2):
        await hall.answers(0, part=at)
    tags = await database.look(lambda work: work.connection.execute(sa.select(event_seat.c.tag)).scalars().all())
    assert len(set(tags)) == 2


def _tags(desk: Desk, member: str) -> list[bytes]:
    """Everything that stands for somebody in the event."""
    places = desk.seats.places
    return [places.tag_of_event(desk.hall.event, member), *(places.tag(one.id, member) for one in desk.event.parts)]


def _under(work: Work, tags: list[bytes]) -> int:
    tables = (event_seat, event_look, event_outcome)
    where = [sa.select(sa.func.count()).select_from(table).where(table.c.tag.in_(tags)) for table in tables]
    return sum(int(work.connection.execute(one).scalar_one()) for one in where)


async def test_whoever_leaves_is_in_no_seat(database: Database, clock: MovableClock) -> None:
    """Nothing is left under their tags; the next in line has their seat, and is owed the news."""
    hall = await Hall.settle(database, clock)
    event = await hall.announces(part(capacity=1), organisers=[other := "somebody else"])
    await hall.answers(0)
    await hall.answers(1)

    def look_and_tell(desk: Desk) -> list[bytes]:
        desk.seats.opened(event.id, desk.member(0))
        Attendance(desk.work, hall.community).tell(event.id, hall.members[0], came=True, line="a friend")
        new = event.details.model_copy(update={"organisers": (other, hall.members[0])})
        desk.events.change(event.id, new, event.parts)
        return _tags(desk, hall.members[0])

    tags = await hall.does(look_and_tell)
    assert await database.look(lambda work: _under(work, tags)) == 3
    await database.tx(lambda work: leaving.leave(work, hall.community, hall.members[0]))
    assert await database.look(lambda work: _under(work, tags)) == 0
    assert hall.names(await hall.does(lambda desk: desk.seats.owed())) == [1]
    assert await hall.does(lambda desk: desk.event.details.organisers) == (other,)


async def test_two_accounts_of_one_person_have_one_seat(database: Database, clock: MovableClock) -> None:
    """The better of two answers stays, with what they organise; the seat that is free goes to the next."""
    hall = await Hall.settle(database, clock)
    event = await hall.announces(part(capacity=2), part("2035-04-21T10:00"), organisers=["gone"])
    for number in range(3):
        await hall.answers(number)
    await hall.answers(0, part=1)

    def merge(desk: Desk) -> None:
        desk.seats.opened(event.id, desk.member(0))
        Attendance(desk.work, hall.community).merge(hall.members[0], hall.members[1])
        Attendance(desk.work, hall.community).merge("gone", hall.members[1])

    await hall.does(merge)
    assert await hall.does(lambda desk: [len(desk.seats.standing(hall.members[n])) for n in range(3)]) == [0, 2, 1]
    assert hall.names(await hall.does(lambda desk: desk.seats.owed())) == [2]
    assert await hall.does(lambda desk: desk.event.is_run_by(hall.members[1]))


async def test_whoever_looked_and_did_not_answer(database: Database, clock: MovableClock) -> None:
    """They may be reminded of the last day; whoever answered anything to any part is not among them."""
    hall = await Hall.settle(database, clock, hidden=1)
    await hall.announces(part(), part("2035-04-21T10:00"))
    for number in (0, 1, 7):
        await hall.does(lambda desk, n=number: [desk.seats.opened(hall.event, desk.member(n)) for _ in range(2)])  # type: ignore[misc] # bound now
    await hall.answers(1, going=False, part=1)
    left = await hall.does(lambda desk: desk.seats.unanswered(hall.event))
    assert {one.id for one in left} == {hall.members[0], hall.members[7]}
    assert [one.id for one in left if one.hidden] == [hall.members[7]]


# --- at once -----------------------------------------------------------------------------------------


async def test_all_at_once(database: Database, clock: MovableClock) -> None:
    """Twenty tap at the same moment for five seats: five have one, and the others stand in one line."""
    hall = await Hall.settle(database, clock, people=20)
    await hall.announces(part(capacity=5))
    done = await asyncio.gather(*(hall.answers(number) for number in range(20)))
    assert sum(isinstance(one.said, Seated) for one in done) == 5
    assert sorted(one.said.place for one in done if isinstance(one.said, Waiting)) == list(range(1, 16))


@pytest.mark.postgres
async def test_four_processes_give_no_seat_twice(postgres_url: str) -> None:
    """Four processes answer for one event at once, and change its size; somebody who looks never finds too many."""
    seen = await run(Crowd(), postgres_url)
    assert seen.looks > 1
    assert seen.answers > 4
    assert not seen.wrong, seen
