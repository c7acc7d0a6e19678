"""What a named poll takes, and what it tells."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import Button, Buttons, Text
from bot.language import Reader
from handlers.nudges.dressing import line
from handlers.polls import actions, cards, rules
from handlers.polls.rules import Fault
from handlers.polls.view import View
from storage.polls import Poll, Result, State, Terms
from storage.presets import PRESETS, K, Preset

TODAY = date(2035, 12, 20)
ALLY, OPEN = PRESETS["ally"], PRESETS["alumni"]


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("yes\nno", None),
        ("yes\n\n  \nno\n", None),
        ("yes", Fault.FEW),
        ("", Fault.FEW),
        ("\n".join(map(str, range(10))), None),
        ("\n".join(map(str, range(300))), Fault.MANY),
        (f"yes\n{'x' * 61}", Fault.LONG),
        ("Yes\nｙｅｓ", Fault.TWICE),
        ("a\u202e\na", Fault.TWICE),
    ],
)
def test_options_are_two_to_ten_different_lines(typed: str, fault: Fault | None) -> None:
    """The first thing that is wrong is named."""
    assert rules.fault_of(rules.options_in(typed)) is fault


def test_nothing_invisible_stays_in_a_line() -> None:
    """What could turn words around or break a line is gone; a line that is only that is empty."""
    assert rules.tidy("  a\u202eb\u200b\r\nc\x00 ") == "a b c"
    assert rules.tidy("\u202e\u2066") == ""


@pytest.mark.parametrize(("days", "expected"), [(-1, False), (0, True), (180, True), (181, False)])
def test_a_poll_ends_within_half_a_year(*, days: int, expected: bool) -> None:
    """Today is its last day at the earliest."""
    assert rules.may_end(TODAY + timedelta(days=days), TODAY) is expected


def test_it_ends_with_the_day_there() -> None:
    """At midnight of the community, whatever daylight saving does that night."""
    assert rules.closes_at(date(2035, 12, 20), "Asia/Tokyo") == datetime(2035, 12, 20, 15, tzinfo=UTC)
    assert rules.closes_at(date(2027, 3, 27), "Europe/Berlin") == datetime(2027, 3, 27, 23, tzinfo=UTC)
    assert rules.closes_at(date(2027, 3, 28), "Europe/Berlin") == datetime(2027, 3, 28, 22, tzinfo=UTC)


def test_a_short_poll_reminds_nobody() -> None:
    """A reminder comes on the day before the last one, and never the day after the poll itself."""
    assert rules.reminder(TODAY, TODAY + timedelta(days=1)) is None
    assert rules.reminder(TODAY, TODAY + timedelta(days=2)) == datetime(2035, 12, 21, 9)  # noqa: DTZ001 - wall time


def test_a_letter_in_one_line_offers_no_single_option() -> None:
    """Where another message tells of it in one line, its one button leads to the poll, or to its form."""
    for several in (False, True):
        terms = Terms(question="when", options=("a", "b"), several=several, last_day=TODAY)
        poll = Poll("p", State.OPEN, "", terms, None, None, None)
        view = View(poll, OPEN, Result(counts=(0, 0), people=0), ((), ()), "")
        words, row = line(cards.letter(Reader("en"), view))
        assert isinstance(words, Text)
        assert isinstance(row, Buttons)
        assert words.text == "・when"
        [one] = row.buttons
        assert isinstance(one, Button)
        assert one.press.split()[0] == (actions.Answer.name if several else actions.Show.name)


VOTES = st.dictionaries(st.integers(0, 30).map(str), st.sets(st.integers(0, 3), min_size=1).map(tuple), max_size=25)


@given(VOTES, st.sets(st.integers(0, 30).map(str)), st.sampled_from([ALLY, OPEN]))
def test_no_count_tells_of_somebody_without_a_name(
    votes: dict[str, tuple[int, ...]], seen: set[str], preset: Preset
) -> None:
    """Whoever has no name is in a count only among K or more, and so is their part of the whole."""
    told = rules.told(4, votes, seen, preset)
    for option, count in enumerate(told.counts):
        chose = {who for who, picked in votes.items() if option in picked}
        assert count in {len(chose), len(chose & seen)}
        if count > len(chose & seen):
            assert count >= max(K, preset.floor)
    nameless = told.people - len(set(votes) & seen)
    largest = max((count for count in told.counts), default=0)
    assert nameless == 0 or largest >= K
    assert told.people <= len(votes)


@given(VOTES)
def test_where_everybody_has_a_name_everybody_is_counted(votes: dict[str, tuple[int, ...]]) -> None:
    """Then a named poll is a plain count."""
    told = rules.told(4, votes, set(votes), OPEN)
    assert told.people == len(votes)
    assert told.counts == tuple(sum(option in picked for picked in votes.values()) for option in range(4))


def test_the_sum_does_not_tell_either() -> None:
    """Four with a name and one without: five answered, and nobody learns it."""
    votes: dict[str, tuple[int, ...]] = dict.fromkeys(("first", "second", "third", "hidden"), (0,))
    told = rules.told(2, votes, set(votes) - {"hidden"}, OPEN)
    assert (told.counts, told.people) == ((3, 0), 3)
    votes["fourth"] = (0,)
    told = rules.told(2, votes, set(votes) - {"hidden"}, OPEN)
    assert (told.counts, told.people) == ((5, 0), 5)
