"""Events: from a draft to what is kept of them, and those that recur."""

from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from storage import attendance, errands, leaving, series
from storage.attendance import Arrival, Attendance, Outcome
from storage.clock import MovableClock
from storage.engine import Database
from storage.events import Event, State
from storage.people import People
from storage.programme import Archive, Attendee, Change, Waitlist
from storage.recurrence import RuleProblem
from storage.seating import Counts
from storage.series import SeriesShelf
from storage.work import Work
from tests.storage.hall import Desk, Hall, details, part


async def test_an_event_goes_its_way(database: Database, clock: MovableClock) -> None:
    """Written, rewritten, announced, changed, cancelled; calendars learn of what they show, under one name."""
    hall = await Hall.settle(database, clock)

    def draft(desk: Desk) -> Event:
        event = desk.events.write(details(), [part(), part("2035-04-21T10:00")])
        [one] = desk.events.drafts()
        assert desk.events.rewrite(event, details(guests=1), [one.parts[1], part("2035-04-22T10:00")])
        return one

    old = await hall.does(draft)
    hall.event = old.id
    found = await hall.does(lambda desk: desk.events.announce(old.id))
    assert found
    assert await hall.does(lambda desk: desk.events.announce(old.id)) is None
    assert (found.state, found.revision, found.parts[0].uid) == (State.ANNOUNCED, 0, old.parts[1].uid)
    assert not await hall.does(lambda desk: desk.events.rewrite(old.id, details(), [part()]))
    assert not await hall.does(lambda desk: desk.events.discard(old.id))

    async def changes(revision: int, what: AbstractSet[Change], parts: tuple[Any, ...], **more: Any) -> None:
        now = await hall.does(lambda desk: desk.event)
        new = now.details.model_copy(update=more)
        done = await hall.does(lambda desk: desk.events.change(old.id, new, parts))
        assert done
        assert (done.event.revision, done.what) == (revision, what)

    later = found.parts[0].model_copy(update={"place": {"en": "Room 2"}, "capacity": 9})
    await changes(0, set(), found.parts)
    await changes(1, {Change.PLACE, Change.CAPACITY}, (later, found.parts[1]))
    await changes(1, {Change.TERMS}, (later, found.parts[1]), guests=2)
    await changes(2, {Change.WORDS}, (later, found.parts[1]), about={"en": "Bring a book"})
    await changes(3, {Change.ADDED}, (later, found.parts[1], part("2035-04-23T10:00")), about={"en": "Bring a book"})
    off = await hall.does(lambda desk: desk.events.cancel(old.id))
    assert off
    assert (off.state, off.revision, off.uid) == (State.CANCELLED, 4, old.uid)
    assert await hall.does(lambda desk: desk.events.cancel(old.id)) is None
    assert await hall.does(lambda desk: desk.events.change(old.id, details(), [part()])) is None


async def test_a_draft_can_be_thrown_away(database: Database, clock: MovableClock) -> None:
    """With its parts; what is done once for an event is done once."""
    hall = await Hall.settle(database, clock)
    event = await hall.does(lambda desk: desk.events.write(details(), [part()]))
    assert await hall.does(lambda desk: [desk.events.once(event, "asked") for _ in range(2)]) == [True, False]
    assert await hall.does(lambda desk: desk.events.discard(event))
    assert await hall.does(lambda desk: desk.events.get(event)) is None


async def test_what_comes_and_what_was(database: Database, clock: MovableClock) -> None:
    """Upcoming ones by their time; past ones can be searched, whatever the width and case of the letters."""
    hall = await Hall.settle(database, clock)

    def write(desk: Desk) -> list[str]:
        days = ("2035-04-21T10:00", "2035-04-20T10:00", "2035-04-22T10:00")
        made = [desk.events.write(details(title={"en": f"Walk {n}"}), [part(day)]) for n, day in enumerate(days)]
        for one in made:
            desk.events.announce(one)
        desk.events.keep(made[0], Archive(summary={"ja": "ＰＲＩＤＥの報告"}, links=("https://example.org/a",)))
        desk.events.cancel(made[2])
        return made

    walks = await hall.does(write)
    coming = await hall.does(lambda desk: desk.events.upcoming())
    assert [one.title("en") for one in coming] == ["Walk 1", "Walk 0"]
    assert len(await hall.does(lambda desk: desk.events.upcoming(cancelled=True))) == 3
    clock.forward(timedelta(days=30))
    assert await hall.does(lambda desk: desk.events.upcoming()) == []
    for words, found in (("", [0, 1]), ("walk", [0, 1]), ("pride 報告", [0]), ("１", [1]), ("nothing", [])):
        past = await hall.does(lambda desk, w=words: desk.events.past(words=w))  # type: ignore[misc] # bound now
        assert [walks.index(one.id) for one in past] == found
    [kept] = await hall.does(lambda desk: desk.events.past(words="報告"))
    assert kept.archive.links == ("https://example.org/a",)


# --- who came ----------------------------------------------------------------------------------------


async def test_who_came_is_known_for_a_year(database: Database, clock: MovableClock) -> None:
    """With a seat, without one, and nobody's member; then names go, the counts and the report stay the same."""
    hall = await Hall.settle(database, clock, hidden=1)
    event = await hall.announces(part(capacity=2))
    here = event.parts[0].id
    for number in (0, 7, 1):
        await hall.answers(number, kind=Attendee.ALUMNI)

    async def arrives(number: int) -> Arrival:
        return await hall.does(lambda desk: Attendance(desk.work, hall.community).arrived(here, hall.members[number]))

    assert await arrives(0) is Arrival.CLOSED  # it is weeks away
    clock.forward(event.starts_at - clock.now())
    assert [await arrives(number) for number in (0, 0, 7, 1, 3)] == [
        Arrival.SEATED,
        Arrival.ALREADY,
        Arrival.SEATED,
        Arrival.EXTRA,
        Arrival.EXTRA,
    ]

    def afterwards(desk: Desk) -> set[str]:
        noted = Attendance(desk.work, hall.community)
        assert noted.left(here, hall.members[3])
        assert not noted.left(here, hall.members[3])
        noted.strangers(here, 4)
        assert noted.confirm(event.id, date(2035, 4, 21))
        assert not noted.confirm(event.id, date(2035, 4, 22))
        noted.tell(event.id, hall.members[0], came=False)
        noted.tell(event.id, hall.members[0], came=True, line="We write to each other")
        noted.tell(event.id, hall.members[7], came=False)
        assert noted.told(event.id, hall.members[0]) == (True, "We write to each other")
        assert noted.told(event.id, hall.members[1]) is None
        return {one.id for one in noted.came(desk.event)}

    assert await hall.does(afterwards) == {hall.members[number] for number in (0, 1, 7)}

    async def told() -> tuple[Counts, Outcome, Any]:
        counts = await hall.counts()
        noted = await hall.does(lambda desk: Attendance(desk.work, hall.community).outcome(event.id))
        span = (event.starts_at, event.ends_at)
        return counts, noted, await hall.does(lambda desk: Attendance(desk.work, hall.community).report(*span))

    counts, outcome, report = await told()
    assert (counts.going, counts.here, counts.strangers, counts.came) == (2, 3, 4, 7)
    assert outcome == Outcome(1, 1, ["We write to each other"])
    assert (report.events, report.parts, report.seats, report.members, report.yes) == (1, 1, 2, 3, 1)
    clock.forward(timedelta(days=364))
    assert await database.tx(attendance.forget) == 0
    clock.forward(timedelta(days=2))
    assert await database.tx(attendance.forget) == 1
    assert await database.tx(attendance.forget) == 0
    assert await told() == (counts, Outcome(1, 1), report)
    assert await hall.does(lambda desk: Attendance(desk.work, hall.community).came(desk.event)) == []
    assert await hall.does(lambda desk: desk.seats.past_of(hall.members[0])) == []


async def test_an_organiser_without_a_list_says_that_all_came(database: Database, clock: MovableClock) -> None:
    """Whoever had a seat; whoever could not come did not."""
    hall = await Hall.settle(database, clock)
    event = await hall.announces()
    await hall.answers(0)
    await hall.answers(1, going=False)
    await hall.does(lambda desk: Attendance(desk.work, hall.community).everybody_came(event.parts[0].id))
    assert (await hall.counts()).here == 1


async def test_looks_are_forgotten_when_it_begins(database: Database, clock: MovableClock) -> None:
    """They are for a last call alone."""
    hall = await Hall.settle(database, clock)
    event = await hall.announces()
    await hall.does(lambda desk: desk.seats.opened(event.id, desk.member(0)))
    assert await database.tx(attendance.forget_looks) == 0
    clock.forward(event.starts_at - clock.now())
    assert await database.tx(attendance.forget_looks) == 1


# --- those that recur --------------------------------------------------------------------------------


async def begins(hall: Hall, rule: str, *parts: Any, ahead: int = 3, **more: Any) -> list[Event]:
    """A series is announced."""

    def announce(desk: Desk) -> list[Event]:
        hall.event = desk.events.write(details(rule=rule, **more), parts or [part()])
        return SeriesShelf(desk.work, hall.community).announce(hall.event, ahead)

    return await hall.does(announce)


def starts(events: list[Event]) -> list[str]:
    """Their wall times."""
    return [f"{one.parts[0].starts_local:%m-%d %H:%M}" for one in events]


async def test_a_series_has_its_next_dates(database: Database, clock: MovableClock) -> None:
    """Each an event of its own, with its last day to sign up; the clock adds the next, once, on any replica."""
    hall = await Hall.settle(database, clock)
    made = await begins(hall, "FREQ=WEEKLY;COUNT=6", deadline=date(2035, 4, 18))
    assert starts(made) == ["04-20 18:00", "04-27 18:00", "05-04 18:00"]
    assert [str(one.deadline) for one in made] == ["2035-04-18", "2035-04-25", "2035-05-02"]
    assert len({one.uid for one in made}) == len({one.parts[0].uid for one in made}) == 3
    assert await database.look(series.due) == []
    clock.forward(timedelta(days=27))
    due = [await database.look(series.due) for _ in range(2)]
    added = [await errands.run(database, one) for found in due for one in found]
    assert [starts(one) for one in added] == [["05-11 18:00", "05-18 18:00"], []]
    clock.forward(timedelta(days=60))
    for _ in range(2):
        for one in await database.look(series.due):
            await errands.run(database, one)
    of = await hall.does(lambda desk: desk.events.of_series(made[0].series))
    assert starts(of)[-1] == "05-18 18:00"  # the sixth passed while nobody was running
    assert await database.look(series.due) == []


async def test_a_rule_keeps_the_wall_time(database: Database, clock: MovableClock) -> None:
    """Over daylight saving, on 29 February and at the end of a month."""
    hall = await Hall.settle(database, clock)
    nightly = part("2035-10-28T02:30", zone="Europe/Berlin")
    made = await begins(hall, "FREQ=WEEKLY;INTERVAL=2", nightly, ahead=2)
    assert [one.parts[0].starts_at for one in made] == [
        datetime(2035, 10, 28, 0, 30, tzinfo=UTC),  # comes twice: the first
        datetime(2035, 11, 11, 1, 30, tzinfo=UTC),
    ]
    leap = await begins(hall, "FREQ=YEARLY", part("2036-02-29T10:00"), ahead=3)
    assert starts(leap) == ["02-29 10:00"]  # the next is in 2040, more than two years from now
    assert starts(await begins(hall, "FREQ=MONTHLY;BYMONTHDAY=-1", part("2035-04-30T10:00"))) == [
        "04-30 10:00",
        "05-31 10:00",
        "06-30 10:00",
    ]
    with pytest.raises(RuleProblem):
        await begins(hall, "FREQ=HOURLY")


async def test_a_series_is_changed_but_for_what_is_its_own(database: Database, clock: MovableClock) -> None:
    """A date that was moved alone stays as it is; the others take the new time, also those still to be made."""
    hall = await Hall.settle(database, clock)
    made = await begins(hall, "FREQ=WEEKLY")
    alone = made[1].parts[0].model_copy(update={"place": {"en": "The park"}})
    await hall.does(lambda desk: desk.events.change(made[1].id, made[1].details, [alone]))
    later = part("2035-04-27T19:00", capacity=5)
    new = made[0].details.model_copy(update={"guests": 1})
    done = await hall.does(lambda desk: SeriesShelf(desk.work, hall.community).change(made[0].series, new, [later]))
    assert done
    assert starts([one.event for one in done.changed]) == ["04-20 19:00", "05-04 19:00"]
    assert [one.id for one in done.own] == [made[1].id]
    assert done.changed[0].event.parts[0].uid == made[0].parts[0].uid
    clock.forward(timedelta(days=25))
    for one in await database.look(series.due):
        await errands.run(database, one)
    of = await hall.does(lambda desk: desk.events.of_series(made[0].series))
    assert starts(of) == ["04-20 19:00", "04-27 18:00", "05-04 19:00", "05-11 19:00"]
    again = await hall.does(lambda desk: SeriesShelf(desk.work, hall.community).change(made[0].series, new, [later]))
    assert again
    assert [one.what for one in again.changed] == [frozenset()] * 2


async def test_a_date_that_is_too_full_to_change_is_named(database: Database, clock: MovableClock) -> None:
    """The others change; the one that more people go to keeps its seats."""
    hall = await Hall.settle(database, clock)
    made = await begins(hall, "FREQ=WEEKLY", part(capacity=3))
    for number in range(3):
        await hall.answers(number)
    smaller = part(capacity=2)
    shelf = hall.community
    done = await hall.does(
        lambda desk: SeriesShelf(desk.work, shelf).change(made[0].series, made[0].details, [smaller])
    )
    assert done
    assert [one.id for one, _ in done.refused] == [made[0].id]
    assert [one.event.parts[0].capacity for one in done.changed] == [2, 2]


async def test_a_series_ends(database: Database, clock: MovableClock) -> None:
    """Stopped, what is announced stays; cancelled, what is coming is off; whoever leaves runs none of it."""
    hall = await Hall.settle(database, clock)
    first = await begins(hall, "FREQ=WEEKLY", organisers=[hall.members[0]])
    second = await begins(hall, "FREQ=WEEKLY", waitlist=Waitlist.CLAIM)
    shelf = hall.community
    assert await hall.does(lambda desk: SeriesShelf(desk.work, shelf).stop(first[0].series))
    assert not await hall.does(lambda desk: SeriesShelf(desk.work, shelf).stop(first[0].series))
    off = await hall.does(lambda desk: SeriesShelf(desk.work, shelf).cancel(second[0].series))
    assert [one.id for one in off] == [one.id for one in second]
    await database.tx(lambda work: leaving.leave(work, shelf, hall.members[0]))
    body = await hall.does(lambda desk: SeriesShelf(desk.work, shelf).get(first[0].series))
    assert body
    assert body.body.details.organisers == ()
    clock.forward(timedelta(days=60))
    assert await database.look(series.due) == []
    coming = await hall.does(lambda desk: desk.events.upcoming())
    assert coming == []


async def test_communities_have_their_own_events(database: Database, clock: MovableClock) -> None:
    """The same people, the same words: nothing of one is seen in the other."""
    ours, theirs = await Hall.settle(database, clock), await Hall.settle(database, clock)
    await ours.announces(part(capacity=1))
    await ours.answers(0)

    def sees(work: Work) -> list[Any]:
        desk = Desk(work, theirs)
        members = People(work, theirs.community).all()
        seats = [desk.seats.standing(one.id) for one in members]
        return [*desk.events.upcoming(), *(one for found in seats for one in found), desk.events.get(ours.event)]

    assert await database.look(sees) == [None]
