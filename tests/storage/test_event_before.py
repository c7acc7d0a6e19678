"""Themes, groups, presenters and whom nobody is to sit with: what is remembered, and what is forgotten."""

from datetime import timedelta

import sqlalchemy as sa

from storage import grouping, leaving
from storage.apart import MOST, Apart
from storage.attendance import Attendance
from storage.clock import MovableClock
from storage.engine import Database
from storage.grouping import Before, Grouping, Theme, Themes, Wish
from storage.pitches import Answer, Pitches
from storage.tables import event_apart, event_pitch, event_wish
from tests.storage.hall import Desk, Hall

THEMES = Themes(themes=(Theme(id="a", words="AI"), Theme(id="b", words="Books")), size=4, minutes=30)


async def _hall(database: Database, clock: MovableClock) -> Hall:
    hall = await Hall.settle(database, clock, people=5)
    await hall.announces()
    await hall.does(lambda desk: _groups(desk).set(hall.event, Before(themes=THEMES)))
    return hall


def _groups(desk: Desk) -> Grouping:
    return Grouping(desk.work, desk.hall.community)


def _apart(desk: Desk) -> Apart:
    return Apart(desk.work, desk.hall.community)


def _pitches(desk: Desk) -> Pitches:
    return Pitches(desk.work, desk.hall.community)


def _rows(desk: Desk) -> dict[str, int]:
    tables = (event_wish, event_pitch, event_apart)
    return {
        table.name: int(desk.work.connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
        for table in tables
    }


async def test_a_choice_is_open_until_groups_are_told(database: Database, clock: MovableClock) -> None:
    """Known themes alone are kept; who moves hears it, who stays does not; anew, everybody does."""
    hall = await _hall(database, clock)
    ada, ben = hall.members[:2]

    def story(desk: Desk) -> None:
        groups, event = _groups(desk), hall.event
        assert groups.choose(event, ada, ["b", "a", "unknown"])
        assert groups.wish(event, ada) == Wish(themes=("a", "b"))
        groups.place(event, {ada: 1, ben: 2})
        assert sorted(groups.publish(event, hall.members)) == sorted([ada, ben])
        groups.place(event, {ada: 2, ben: 2})
        assert groups.publish(event, hall.members) == [ada]
        groups.set(event, Before(themes=THEMES.model_copy(update={"published": True})))
        assert not groups.choose(event, ada, ["a"])
        groups.clear(event)
        assert groups.wish(event, ada) == Wish(themes=("a", "b"))
        groups.place(event, {ada: 2})
        assert groups.publish(event, hall.members) == [ada]

    await hall.does(story)


async def test_either_of_two_keeps_both_apart(database: Database, clock: MovableClock) -> None:
    """A pair is one, whoever asked; a list is read by its owner, and is full at some point."""
    hall = await _hall(database, clock)
    ada, ben, cat = hall.members[:3]

    def story(desk: Desk) -> None:
        apart = _apart(desk)
        assert apart.add(ada, ben)
        assert apart.add(cat, ada)
        assert apart.pairs(hall.members) == {frozenset({ada, ben}), frozenset({ada, cat})}
        assert (apart.of(ada), apart.of(ben)) == ([ben], [])
        apart.drop(ada, ben)
        assert apart.pairs(hall.members) == {frozenset({ada, cat})}
        assert all(apart.add(ada, f"other {n}") for n in range(MOST))
        assert not apart.add(ada, ben)

    await hall.does(story)


async def test_slots_have_an_order_without_gaps(database: Database, clock: MovableClock) -> None:
    """Given at the end, moved by one, closed up when one is taken back; told again where the place is another."""
    hall = await _hall(database, clock)
    ada, ben, cat = hall.members[:3]

    def places(desk: Desk) -> list[tuple[str, int]]:
        return [(one.pitch.title, one.pitch.place) for one in _pitches(desk).chosen(hall.event)]

    def story(desk: Desk) -> None:
        pitches, event = _pitches(desk), hall.event
        for who, title in ((ada, "A"), (ben, "B"), (cat, "C")):
            assert pitches.ask(event, who, title, "")
            pitches.say(event, who, Answer.YES)
        assert pitches.move(event, cat, -1)
        assert not pitches.move(event, ada, -1)
        assert places(desk) == [("A", 1), ("C", 2), ("B", 3)]
        assert len(pitches.publish(event)) == 3
        assert pitches.ask(event, ben, "B, again", "")
        assert pitches.take_back(event, ada)
        assert places(desk) == [("C", 1), ("B, again", 2)]
        assert [one.member for one in pitches.publish(event)] == [cat, ben]
        pitches.say(event, cat, Answer.NO)
        assert places(desk) == [("B, again", 1)]

    await hall.does(story)


async def _everything(hall: Hall) -> None:
    def write(desk: Desk) -> None:
        ada, ben, cat = hall.members[:3]
        _groups(desk).choose(hall.event, ada, ["a"])
        _pitches(desk).ask(hall.event, ada, "A", "")
        _apart(desk).add(ada, ben)
        _apart(desk).add(cat, ada)

    await hall.does(write)


async def test_who_leaves_is_forgotten(database: Database, clock: MovableClock) -> None:
    """Their choice, what they would present, their list, and them on others' lists."""
    hall = await _hall(database, clock)
    await _everything(hall)
    await hall.does(lambda desk: leaving.leave(desk.work, hall.community, hall.members[0]))
    assert await hall.does(_rows) == {"event_wish": 0, "event_pitch": 0, "event_apart": 0}


async def test_who_is_merged_takes_it_along(database: Database, clock: MovableClock) -> None:
    """Two members are one: what one chose, would present and asked for is the other's."""
    hall = await _hall(database, clock)
    await _everything(hall)
    ada, ben, cat, dan = hall.members[:4]

    def story(desk: Desk) -> None:
        Attendance(desk.work, hall.community).merge(ada, dan)
        _apart(desk).merge(ada, dan)
        assert _groups(desk).wish(hall.event, dan).themes == ("a",)
        assert _pitches(desk).of(hall.event, ada) is None
        assert _pitches(desk).of(hall.event, dan)
        assert _apart(desk).of(dan) == [ben]
        assert _apart(desk).of(cat) == [dan]
        assert _apart(desk).of(ada) == []

    await hall.does(story)


async def test_what_is_over_is_forgotten(database: Database, clock: MovableClock) -> None:
    """Choices go thirty days after the event, presentations with the seats."""
    hall = await _hall(database, clock)
    await _everything(hall)
    clock.forward(timedelta(days=40))
    assert await database.tx(grouping.forget) == 0
    clock.forward(timedelta(days=10))
    assert await database.tx(grouping.forget) == 1
    await hall.does(lambda desk: Attendance(desk.work, hall.community).total(hall.event))
    assert await hall.does(_rows) == {"event_wish": 0, "event_pitch": 0, "event_apart": 2}
