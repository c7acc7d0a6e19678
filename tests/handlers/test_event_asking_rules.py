"""When questions are opened, in which order they stand, and how many one member may ask."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.events.asking import rules
from handlers.events.asking.limits import Limit
from storage.asked import Question, State
from storage.programme import Part

TOKYO = "Asia/Tokyo"


def part(begins: str, ends: str, zone: str = TOKYO) -> Part:
    """By the wall."""
    return Part(starts_local=datetime.fromisoformat(begins), ends_local=datetime.fromisoformat(ends), zone=zone)


EVENING = (part("2035-04-20T18:30", "2035-04-20T19:05"),)


def at(wall: str, hours: int = 9) -> datetime:
    """In Tokyo, unless told otherwise."""
    return (datetime.fromisoformat(wall) - timedelta(hours=hours)).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "last", "following", "least"),
    [
        ("2035-04-18T12:00", "2035-04-17T18:00", "2035-04-18T18:00", 3),
        ("2035-04-18T18:00", "2035-04-18T18:00", "2035-04-19T18:00", 3),
        ("2035-04-20T17:29", "2035-04-19T18:00", "2035-04-20T17:30", 3),
        ("2035-04-20T17:30", "2035-04-20T17:30", "2035-04-20T18:00", 1),
        ("2035-04-20T18:29", "2035-04-20T18:00", "2035-04-20T18:30", 3),
        ("2035-04-20T18:40", "2035-04-20T18:30", "2035-04-20T18:45", 1),
        ("2035-04-20T19:00", "2035-04-20T19:00", None, 1),
        ("2035-04-25T12:00", "2035-04-20T19:00", None, 1),
    ],
)
def test_the_announced_times(now: str, last: str, following: str | None, least: int) -> None:
    """Six in the evening, an hour before, the beginning, and every quarter of an hour until the end."""
    assert rules.last(EVENING, at(now)) == at(last)
    assert rules.following(EVENING, at(now)) == (at(following) if following else None)
    assert rules.least(EVENING, at(last)) == least


def test_six_is_by_the_clocks_of_the_event() -> None:
    """Also where they are put forward in between."""
    there = (part("2035-03-27T20:00", "2035-03-27T21:00", "Europe/Berlin"),)
    assert rules.following(there, at("2035-03-24T12:00", 1)) == at("2035-03-24T18:00", 1)
    assert rules.following(there, at("2035-03-24T18:00", 1)) == at("2035-03-25T18:00", 2)


@given(st.lists(st.integers(0, 80), min_size=1, max_size=3), st.integers(-24, 200), st.integers(1, 30))
def test_none_is_left_out_and_none_comes_twice(begins: Sequence[int], hour: int, length: int) -> None:
    """Going on from one time to the next, each is the last one when it comes, and all of them are before the end."""
    start = datetime(2035, 4, 20)  # noqa: DTZ001 - wall time in the part's zone
    parts = [
        Part(starts_local=start + timedelta(hours=one), ends_local=start + timedelta(hours=one + length), zone=TOKYO)
        for one in begins
    ]
    now = at("2035-04-20T00:00") + timedelta(hours=hour)
    found = rules.following(parts, now)
    end = max(one.ends_at for one in parts)
    assert (found is None) <= (now >= end - timedelta(minutes=15))
    if found:
        assert now < found < end
        assert rules.last(parts, found) == found
        assert (rules.last(parts, found - timedelta(seconds=1)) or now) <= now


@given(st.lists(st.integers(0, 12), max_size=12))
def test_an_order_says_no_more_than_the_numbers(votes: list[int]) -> None:
    """Most wanted first; below five a question stands where its random id puts it."""
    some = [Question(bytes([number]), State.SHOWN, "", one) for number, one in enumerate(votes)]
    ranked = rules.ranked(some)
    shown = [one.votes if one.votes >= 5 else 0 for one in ranked]
    assert shown == sorted(shown, reverse=True)
    few = [one.id for one in ranked if one.votes < 5]
    assert few == sorted(few)


def test_a_limit_is_of_one_event_and_in_no_file() -> None:
    """Five, then no more; the next event counts by itself, and what is counted names nobody."""
    limit = Limit()
    for _ in range(rules.MOST):
        assert not limit.reached("e", "ada")
        limit.count("e", "ada")
    assert limit.reached("e", "ada")
    assert not limit.reached("f", "ada")
    assert not limit.reached("e", "ben")
    assert "ada" not in repr(vars(limit))
