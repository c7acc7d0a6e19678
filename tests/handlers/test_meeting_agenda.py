"""The agenda of a meeting: what fits, and that no item is lost or doubled, whatever becomes of its dates."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.events.meeting import rules
from storage import communities
from storage.clock import MovableClock
from storage.engine import sqlite_engine
from storage.events import Event, Events
from storage.keys import Keys
from storage.meetings import Item, ItemState, Meetings, Topic
from storage.minutes import Minutes, Outcome
from storage.series import SeriesShelf
from storage.work import Work
from tests.storage.hall import details, part

MINUTES = st.integers(1, 90)


def _item(number: int, minutes: int) -> Item:
    return Item(f"i{number}", "m", ItemState.OPEN, number, Topic(title=f"Item {number}", minutes=minutes), asked=False)


@given(st.lists(MINUTES, max_size=12), st.integers(1, 200))
def test_what_fits_is_taken_in_order(lengths: list[int], room: int) -> None:
    """Each item stands once, in its order; nothing is left that would have fitted; only the first may be too long."""
    items = [_item(number, length) for number, length in enumerate(lengths)]
    found = rules.agenda(items, None, room)
    assert sorted([*found.items, *found.left], key=lambda one: one.position) == items
    assert all(a.position < b.position for some in (found.items, found.left) for a, b in pairwise(some))
    assert found.taken <= room or len(found.items) == 1
    assert all(found.taken + one.topic.minutes > room or _behind(found, one) for one in found.left)
    assert found.items[:1] == items[:1]


def _behind(found: rules.Agenda, one: Item) -> bool:
    """Whether it did not fit when its turn came, because of those before it."""
    before = sum(each.topic.minutes for each in found.items if each.position < one.position)
    return before + one.topic.minutes > found.room


class Story:
    """A monthly meeting to which anything may happen, in any order."""

    def __init__(self, work: Work, clock: MovableClock) -> None:
        self.work, self.clock = work, clock
        self.here = communities.found(work, "Story").id
        events = Events(work, self.here)
        lasts = part("2035-05-07T18:00", ends_local=datetime(2035, 5, 7, 19, 0))  # noqa: DTZ001 - wall time
        draft = events.write(details(rule="FREQ=MONTHLY;COUNT=12"), [lasts])
        first = events.get(draft)
        assert first
        self.meeting = self.shelf.mark(first)
        SeriesShelf(work, self.here).announce(draft, ahead=12)
        self.made = 0
        self.closed: set[str] = set()  # titles that were done or decided

    @property
    def shelf(self) -> Meetings:
        return Meetings(self.work, self.here)

    @property
    def next(self) -> Event | None:
        return self.shelf.next(self.meeting)

    def agenda_of(self, found: Event) -> rules.Agenda:
        open_, sitting = self.shelf.items(self.meeting, ItemState.OPEN), self.shelf.sitting(found.id)
        return rules.agenda(open_, sitting.items if sitting else None, rules.room(found.first))

    def add(self, number: int) -> None:
        self.made += 1
        self.shelf.add(self.meeting, Topic(title=f"Item {self.made}", minutes=5 + number * 7))

    def fix(self, number: int) -> None:
        if found := self.next:
            ids = [one.id for one in self.agenda_of(found).items]
            self.shelf.fix(found.id, self.meeting, ids) if number % 3 else self.shelf.unfix(found.id)

    def order(self, number: int) -> None:
        items = self.shelf.items(self.meeting, ItemState.OPEN)
        if items:
            self.shelf.move(items[number % len(items)].id, 1 if number % 2 else -1)

    def park(self, number: int) -> None:
        items = self.shelf.items(self.meeting, ItemState.OPEN, ItemState.PARKED)
        if items:
            one = items[number % len(items)]
            self.shelf.put(one.id, ItemState.PARKED if one.state is ItemState.OPEN else ItemState.OPEN)

    def holds(self, number: int) -> None:
        """The next date takes place: some items are done, some go on, of some nothing is written."""
        if not (found := self.next):
            return
        notes = Minutes(self.work, self.here)
        for n, one in enumerate(self.agenda_of(found).items):
            outcome = [Outcome.DONE, Outcome.NEXT, Outcome.DECIDED, Outcome.NONE][(n + number) % 4]
            if outcome is not Outcome.NONE:
                assert notes.keep(found.id, one.id, {"en": "said"}, outcome, 0)
            if outcome.closes:
                self.closed.add(one.topic.title)
        self.passes(found)

    def cancel(self, _: int) -> None:
        if found := self.next:
            Events(self.work, self.here).cancel(found.id)

    def moves(self, number: int) -> None:
        """To a later day, perhaps behind the date after it."""
        if found := self.next:
            days = timedelta(days=number * 9)
            times: dict[str, Any] = {"starts_local": found.first.starts_local + days}
            times["ends_local"] = found.first.ends_local + days
            Events(self.work, self.here).change(found.id, found.details, [found.first.model_copy(update=times)])

    def passes(self, found: Event) -> None:
        self.clock.forward(found.ends_at - self.work.now)
        self.work.__dict__.pop("now", None)


DEEDS = ["add", "add", "fix", "order", "park", "holds", "cancel", "moves"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 6)), min_size=4, max_size=25))
def test_no_item_is_lost_or_doubled(sqlite_url: str, keys: Keys, deeds: list[tuple[str, int]]) -> None:
    """Whatever happens, each item is done, parked, or on or off the next agenda: once."""
    engine = sqlite_engine(sqlite_url)
    with engine.connect() as connection:
        clock = MovableClock()
        clock.forward(max(datetime.fromisoformat("2035-04-02T00:00:00+00:00") - clock.now(), timedelta()))
        story = Story(Work(connection, keys, clock), clock)
        for deed, number in deeds:
            getattr(story, deed)(number)
            parked = [one.topic.title for one in story.shelf.items(story.meeting, ItemState.PARKED)]
            found = story.next
            agenda = story.agenda_of(found) if found else None
            open_ = [*agenda.items, *agenda.left] if agenda else story.shelf.items(story.meeting, ItemState.OPEN)
            seen = [*(one.topic.title for one in open_), *parked, *story.closed]
            assert sorted(seen) == sorted(f"Item {number + 1}" for number in range(story.made))
        connection.rollback()
    engine.dispose()


def test_a_reminder_comes_two_days_before() -> None:
    """Or on the working day before that: a reminder over a long weekend would come too late."""
    assert rules.reminded_on(date(2035, 5, 11), lambda _: True) == date(2035, 5, 9)
    assert rules.reminded_on(date(2035, 4, 30), lambda day: day.weekday() not in {5, 6}) == date(2035, 4, 27)
