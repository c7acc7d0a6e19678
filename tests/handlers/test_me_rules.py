"""Until when a break lasts, as people type it; and what a profile may hold."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import profiles
from handlers.me.rules import TooEarly, TooLate, Unreadable, until
from storage.people import FOREVER

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-24", date(2026, 12, 24)),
        ("２０２６／１２／２４", date(2026, 12, 24)),
        ("2027年1月3日まで", date(2027, 1, 3)),
        ("until 12/24", date(2026, 12, 24)),
        ("3月1日", date(2027, 3, 1)),  # the next one
        ("11/21", date(2027, 11, 21)),  # today's next one
        ("2/29", date(2028, 2, 29)),
        ("3 months", date(2027, 2, 21)),
        ("3か月", date(2027, 2, 21)),
        ("２週間", date(2026, 12, 5)),
        ("1 year", date(2027, 11, 21)),
        ("戻るまで", FOREVER),
        ("until I come back", FOREVER),
    ],
)
def test_a_day_is_read_as_it_is_typed(typed: str, day: date) -> None:
    """Full-width, Japanese or English, with a year or without, a span or until they return."""
    assert until(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("", Unreadable()),
        ("いつか", Unreadable()),
        ("2026-02-30", Unreadable()),
        ("13/40", Unreadable()),
        ("999 years", TooLate()),
        ("2026-11-21", TooEarly()),
        ("2020-01-01", TooEarly()),
        ("0 days", TooEarly()),
        ("2035-01-01", TooLate()),
    ],
)
def test_what_is_no_day_ahead_is_told_apart(typed: str, what: object) -> None:
    """What cannot be read, what has passed, and what is too far away get a sentence each."""
    assert until(typed, TODAY) == what


@given(st.text(max_size=30), st.dates(date(2024, 1, 1), date(2090, 1, 1)))
def test_whatever_is_typed_a_break_ends_after_today(typed: str, today: date) -> None:
    """Nothing raises, and a day is always later than today."""
    day = until(typed, today)
    assert not isinstance(day, date) or day > today


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2009-2019", "2009–2019"),
        ("２００９年～２０１９年", "2009–2019"),
        ("2019", "2019"),
        ("2009-", "2009–"),
        ("", ""),
    ],
)
def test_years_are_kept_in_one_spelling(typed: str, kept: str) -> None:
    """However somebody writes them."""
    assert profiles.years_of(typed) == kept


@pytest.mark.parametrize("typed", ["むかし", "19", "2019-2009", "2009-2019-2020"])
def test_what_is_no_year_is_refused(typed: str) -> None:
    """Nothing is guessed."""
    assert profiles.years_of(typed) is None


@pytest.mark.parametrize(("typed", "good"), [("a@b.example", True), ("a@b", False), ("a b@c.d", False), ("@", False)])
def test_a_mail_address_looks_like_one(typed: str, good: bool) -> None:  # noqa: FBT001 - a table
    """Only its shape is judged."""
    assert profiles.is_mail(typed) is good
