"""Meetings: items and whose they are, minutes by two hands, decisions by number, and who does what."""

from datetime import date, timedelta

import pytest

from storage import leaving, meetings, todos
from storage.clock import MovableClock
from storage.decisions import Decisions, Superseded
from storage.engine import Database
from storage.events import Events
from storage.meetings import OWN_MAX, Item, ItemState, Meetings, Topic
from storage.minutes import Minutes, Outcome
from storage.series import SeriesShelf
from storage.todos import Todos, TodoState
from storage.work import Work
from tests.storage.hall import Desk, Hall, details, part


async def _meeting(database: Database, clock: MovableClock) -> tuple[Hall, str]:
    hall = await Hall.settle(database, clock, people=4)
    await hall.announces()
    return hall, await hall.does(lambda desk: _shelf(desk).mark(desk.event))


def _shelf(desk: Desk) -> Meetings:
    return Meetings(desk.work, desk.hall.community)


def _todos(desk: Desk) -> Todos:
    return Todos(desk.work, desk.hall.community)


def _titles(items: list[Item]) -> list[str]:
    return [one.topic.title for one in items]


async def test_a_proposal_is_its_members_until_it_is_answered(database: Database, clock: MovableClock) -> None:
    """Only who proposed it takes it back; the order is the one it was opened in, and moves by neighbours."""
    hall, meeting = await _meeting(database, clock)
    ada, ben = hall.members[:2]

    def story(desk: Desk) -> None:
        shelf = _shelf(desk)
        first = shelf.propose(meeting, ada, Topic(title="Books"))
        second = shelf.propose(meeting, ben, Topic(title="Lunch"))
        third = shelf.add(meeting, Topic(title="Budget"))
        assert _titles(shelf.mine(meeting, ada)) == ["Books"]
        assert not shelf.take_back(first, ben)
        assert shelf.put(first, ItemState.OPEN)
        assert not shelf.take_back(first, ada)
        assert shelf.take_back(second, ben)
        assert _titles(shelf.items(meeting, ItemState.OPEN)) == ["Budget", "Books"]
        assert shelf.move(first, -1)
        assert not shelf.move(first, -1)
        shelf.put(first, ItemState.PARKED)
        assert shelf.put(first, ItemState.OPEN)
        assert _titles(shelf.items(meeting, ItemState.OPEN)) == ["Books", "Budget"]
        everything = shelf.items(meeting)
        assert shelf.asked_by(everything) == {first: ada}
        assert [one.id for one in everything if not one.asked] == [third]
        for number in range(OWN_MAX):
            assert shelf.propose(meeting, ben, Topic(title=f"More {number}"))
        assert not shelf.propose(meeting, ben, Topic(title="Too much"))

    await hall.does(story)


async def test_a_draft_that_was_marked_stays_a_meeting_as_a_series(database: Database, clock: MovableClock) -> None:
    """Its items are those of every date; the next date is the first that takes place and is not over."""
    hall = await Hall.settle(database, clock, people=1)

    def story(desk: Desk) -> None:
        shelf, events = _shelf(desk), desk.events
        draft = events.write(details(rule="FREQ=MONTHLY;COUNT=3"), [part()])
        found = events.get(draft)
        assert found
        meeting = shelf.mark(found)
        made = SeriesShelf(desk.work, hall.community).announce(draft)
        assert {shelf.of(one) for one in made} == {meeting}
        assert [one.id for one in shelf.dates(meeting)] == [one.id for one in made]
        events.cancel(made[0].id)
        following = shelf.next(meeting)
        assert following
        assert following.id == made[1].id
        shelf.unmark(made[1])
        assert {shelf.of(one) for one in made} == {""}
        assert shelf.mark(made[2]) == meeting

    await hall.does(story)


async def test_two_who_write_do_not_overwrite_each_other(database: Database, clock: MovableClock) -> None:
    """Who writes on an older version is refused; the latest date says whether an item is closed."""
    hall, meeting = await _meeting(database, clock)

    def story(desk: Desk) -> None:
        shelf, minutes = _shelf(desk), Minutes(desk.work, hall.community)
        item = shelf.add(meeting, Topic(title="Budget"))
        assert minutes.keep(hall.event, item, {"en": "first"}, Outcome.NONE, 0)
        assert not minutes.keep(hall.event, item, {"en": "second"}, Outcome.DONE, 0)
        kept = minutes.get(hall.event, item)
        assert kept
        assert (kept.said.text, kept.version) == ({"en": "first"}, 1)
        assert minutes.keep(hall.event, item, {"en": "both"}, Outcome.DONE, 1)
        assert _titles(shelf.items(meeting, ItemState.CLOSED)) == ["Budget"]
        later = desk.events.write(details(), [part("2035-05-20T18:00")])
        desk.events.announce(later)
        assert minutes.keep(later, item, {}, Outcome.NEXT, 0)
        assert _titles(shelf.items(meeting, ItemState.OPEN)) == ["Budget"]
        assert minutes.keep(hall.event, item, {}, Outcome.DECIDED, 2)
        assert _titles(shelf.items(meeting, ItemState.OPEN)) == ["Budget"]
        shelf.fix(hall.event, meeting, [item])
        assert minutes.saying("ＢＯＴＨ") == []
        assert minutes.keep(hall.event, item, {"en": "Both of us"}, Outcome.DECIDED, 3)
        shelf.publish(hall.event)
        assert minutes.saying("ｂｏｔｈ budget") == [hall.event]
        assert minutes.saying("both lunch") == []

    await hall.does(story)


async def test_decisions_have_numbers_that_never_come_twice(database: Database, clock: MovableClock) -> None:
    """By year; one takes the place of another once; deleted, its number stays taken and the older one holds again."""
    hall = await Hall.settle(database, clock, people=1)
    day = date(2035, 4, 20)

    def story(desk: Desk) -> None:
        shelf = Decisions(desk.work, hall.community)
        assert shelf.decide(day, {"en": "Lunch is at noon"}, title="Lunch") == "2035-1"
        assert shelf.decide(date(2036, 1, 8), {"ja": "年会費は千円"}) == "2036-1"
        assert shelf.decide(day, {"en": "Lunch is at one"}, instead="２０３５－１") == "2035-2"
        with pytest.raises(Superseded):
            shelf.decide(day, {"en": "Lunch is at two"}, instead="2035-1")
        assert [one.name for one in shelf.all()] == ["2036-1", "2035-2", "2035-1"]
        assert [one.name for one in shelf.all("lunch ONE")] == ["2035-2"]
        assert [one.name for one in shelf.all("2035-1")] == ["2035-1"]
        new, old = shelf.get("2035-2"), shelf.get("2035-1")
        assert new
        assert old
        assert (old.by, new.words.instead) == ("2035-2", "2035-1")
        shelf.drop(new)
        held = shelf.get("2035-1")
        assert held
        assert not held.by
        assert shelf.get("2035-2") is None
        assert shelf.decide(day, {"en": "Lunch is at three"}) == "2035-3"
        assert shelf.get("2035-99999999") is None

    await hall.does(story)


async def test_what_is_to_be_done_is_whose_who_said_yes(database: Database, clock: MovableClock) -> None:
    """Offered, it is nobody's until they say so; offered to another, it is not theirs any more; half a year, a year."""
    hall, meeting = await _meeting(database, clock)
    ada, ben = hall.members[:2]

    def story(desk: Desk) -> str:
        shelf = _todos(desk)
        todo = shelf.add(meeting, hall.event, "Ask the hall", date(2035, 5, 1))
        shelf.offer(todo, ada)
        assert not shelf.answer(todo, ben, yes=True)
        shelf.offer(todo, ben)
        assert not shelf.answer(todo, ada, yes=True)
        assert shelf.answer(todo, ben, yes=True)
        [one] = shelf.of(ben)
        assert one.state is TodoState.TAKEN
        assert shelf.owners([one]) == {todo: ben}
        shelf.done(todo)
        assert shelf.open(meeting) == []
        shelf.done(todo, done=False)
        assert [each.state for each in shelf.open(meeting)] == [TodoState.TAKEN]
        _shelf(desk).propose(meeting, ada, Topic(title="Books"))
        return todo

    todo = await hall.does(story)
    clock.forward(timedelta(days=400))

    def forgets(work: Work) -> tuple[int, int]:
        return meetings.forget(work), todos.forget_names(work)

    assert await database.tx(forgets) == (1, 1)
    left = await hall.does(lambda desk: _todos(desk).get(todo))
    assert left
    assert left.state is TodoState.FREE


async def test_whoever_leaves_is_named_nowhere(database: Database, clock: MovableClock) -> None:
    """What they proposed and nobody answered is gone; what was taken up is nobody's, as what they had to do."""
    hall, meeting = await _meeting(database, clock)
    ada = hall.members[0]

    def begins(desk: Desk) -> tuple[str, str]:
        shelf = _shelf(desk)
        waiting = shelf.propose(meeting, ada, Topic(title="Waiting"))
        shelf.put(shelf.propose(meeting, ada, Topic(title="Taken up")), ItemState.OPEN)
        todo = _todos(desk).add(meeting, hall.event, "Ask the hall", date(2035, 5, 1))
        _todos(desk).offer(todo, ada)
        _todos(desk).answer(todo, ada, yes=True)
        return waiting, todo

    waiting, todo = await hall.does(begins)
    await database.tx(lambda work: leaving.leave(work, hall.community, ada))

    def ends(desk: Desk) -> None:
        shelf = _shelf(desk)
        assert shelf.get(waiting) is None
        assert [(one.topic.title, one.asked) for one in shelf.items(meeting)] == [("Taken up", False)]
        found = _todos(desk).get(todo)
        assert found
        assert (found.state, _todos(desk).owners([found])) == (TodoState.FREE, {})

    await hall.does(ends)


async def test_an_event_that_is_gone_takes_its_minutes_along(database: Database, clock: MovableClock) -> None:
    """A draft that is discarded leaves no date and no note."""
    hall = await Hall.settle(database, clock, people=1)

    def story(desk: Desk) -> None:
        shelf, events = _shelf(desk), Events(desk.work, hall.community)
        draft = events.write(details(), [part()])
        found = events.get(draft)
        assert found
        meeting = shelf.mark(found)
        item = shelf.add(meeting, Topic(title="Budget"))
        shelf.fix(draft, meeting, [item])
        Minutes(desk.work, hall.community).keep(draft, item, {"en": "said"}, Outcome.NONE, 0)
        shelf.propose(meeting, hall.members[0], Topic(title="Books"))
        assert shelf.waiting() == {meeting: 1}
        events.discard(draft)
        assert shelf.sitting(draft) is None
        assert Minutes(desk.work, hall.community).of(draft) == {}
        assert meetings.forget(desk.work) == 3
        assert shelf.get(item) is None

    await hall.does(story)
