"""Who gets a free seat, and what may be announced: rules over plain data."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from storage.programme import (
    PARTS_MAX,
    PLACES_MAX,
    SHOWN,
    Attendee,
    Change,
    Fault,
    Part,
    changes,
    differences,
    end_of,
    faults,
)
from storage.seating import Seat, Standing, Taken, fits, largest, seated
from tests.storage.hall import details, part

NOW = datetime(2035, 4, 2, tzinfo=UTC)
ALUMNI, STAFF = Attendee.ALUMNI, Attendee.STAFF


def line(*wanted: tuple[Attendee, int]) -> list[Seat]:
    """Those who wait, in this order; how many seats each needs."""
    return [
        Seat(tag=bytes([number]), state=Standing.WAITING, kind=kind, guests=size - 1, line=number)
        for number, (kind, size) in enumerate(wanted, 1)
    ]


@pytest.mark.parametrize(
    ("capacity", "shares", "taken", "waiting", "chosen"),
    [
        (None, {}, {}, [(ALUMNI, 1), (STAFF, 3)], [1, 2]),
        (2, {}, {ALUMNI: 1}, [(ALUMNI, 1), (ALUMNI, 1)], [1]),
        (3, {}, {ALUMNI: 2}, [(ALUMNI, 2), (ALUMNI, 1)], []),  # the party is waited for
        (9, {ALUMNI: 2}, {ALUMNI: 2}, [(ALUMNI, 1), (STAFF, 1)], [2]),  # alumni are full, staff are not
        (9, {ALUMNI: 2}, {ALUMNI: 1}, [(ALUMNI, 2), (ALUMNI, 1), (STAFF, 1)], [3]),  # nobody passes within a kind
        (2, {}, {}, [(ALUMNI, 3), (ALUMNI, 1)], [2]),  # a party that never fits keeps nobody waiting
        (2, {STAFF: 1}, {}, [(STAFF, 2), (STAFF, 1), (ALUMNI, 1)], [2, 3]),
        (2, {}, {ALUMNI: 3}, [(STAFF, 1)], []),
    ],
)
def test_free_seats_go_down_the_line(
    capacity: int | None,
    shares: dict[Attendee, int],
    taken: dict[Attendee, int],
    waiting: list[tuple[Attendee, int]],
    chosen: list[int],
) -> None:
    """In their order; who is passed, and by whom."""
    found = seated(part(capacity=capacity, shares=shares), Taken(taken), line(*waiting))
    assert [one.line for one in found] == chosen


kinds = st.sampled_from([ALUMNI, STAFF])
parties = st.lists(st.tuples(kinds, st.integers(1, 3)), max_size=8)


@given(st.none() | st.integers(1, 8), st.dictionaries(kinds, st.integers(1, 4)), parties, st.randoms())
def test_nobody_is_passed_within_a_kind(
    capacity: int | None, shares: dict[Attendee, int], wanted: list[tuple[Attendee, int]], dice: Any
) -> None:
    """Of one kind a beginning of the line is seated; of all, too, unless a share is full; and never too many."""
    here = part(capacity=capacity, shares=shares)
    waiting = line(*wanted)
    mixed = [*waiting]
    dice.shuffle(mixed)
    chosen = seated(here, Taken({}), mixed)
    taken: Counter[Attendee] = Counter()
    for one in chosen:
        assert fits(here, Taken(taken), one.kind, one.size)
        taken[one.kind] += one.size
    possible = [one for one in waiting if (most := largest(here, one.kind)) is None or one.size <= most]
    for kind in (ALUMNI, STAFF):
        mine, seats = [one for one in possible if one.kind is kind], [one for one in chosen if one.kind is kind]
        assert seats == mine[: len(seats)]
    left = [one for one in possible if one not in chosen]
    if left and not shares:
        assert chosen == possible[: len(chosen)]
        assert not fits(here, Taken(taken), left[0].kind, left[0].size)
    assert seated(here, Taken(taken), left) == []  # once more changes nothing


# --- what may be announced ---------------------------------------------------------------------------


def hours(begins: str, ends: str, **more: Any) -> Part:
    """From then to then."""
    return part(begins).model_copy(update={"ends_local": datetime.fromisoformat(ends), **more})


@pytest.mark.parametrize(
    ("parts", "more", "fault"),
    [
        ([part()], {"title": {"en": " "}}, Fault.UNTITLED),
        ([], {}, Fault.PARTS),
        ([part()] * (PARTS_MAX + 1), {}, Fault.PARTS),
        ([part(zone="Mars/Base")], {}, Fault.ZONE),
        ([hours("2035-04-20T18:00", "2035-04-20T17:00")], {}, Fault.END),
        ([hours("2035-04-20T18:00", "2035-04-20T18:00")], {}, Fault.END),
        ([hours("2035-04-20T18:00", "2035-05-30T18:00")], {}, Fault.LONG),
        ([part("2035-04-01T18:00")], {}, Fault.PAST),
        ([part("2037-06-01T18:00")], {}, Fault.FAR),
        ([part(capacity=0)], {}, Fault.PLACES),
        ([part(capacity=PLACES_MAX + 1)], {}, Fault.PLACES),
        ([part(capacity=10_000)], {}, Fault.PLACES),
        ([part(capacity=5, shares={STAFF: 6})], {}, Fault.SHARES),
        ([part(capacity=5, shares={STAFF: 0})], {}, Fault.SHARES),
        ([part(link="javascript:alert(1)")], {}, Fault.LINK),
        ([part()], {"deadline": date(2035, 4, 21)}, Fault.DEADLINE),
        ([part()], {"deadline": date(2035, 4, 1)}, Fault.DEADLINE),
        ([part(shares={STAFF: 5})], {"kinds": [ALUMNI]}, Fault.WHO),
    ],
)
def test_what_cannot_be_announced_says_why(parts: list[Part], more: dict[str, Any], fault: Fault) -> None:
    """Each fault has a name."""
    assert fault in faults(details(**more), parts, NOW)


@pytest.mark.parametrize(
    ("parts", "more"),
    [
        ([part()], {}),
        ([part(capacity=5, shares={STAFF: 5, ALUMNI: 5})], {}),
        ([part("2036-02-29T18:00")], {"deadline": date(2036, 2, 29)}),
        ([hours("2035-04-20T23:00", "2035-04-21T01:00")], {}),  # over midnight
        ([hours("2035-11-04T00:30", "2035-11-04T02:30", zone="America/New_York")], {}),  # an hour comes twice
        ([part(link="https://meet.example/1")], {"deadline": date(2035, 4, 2)}),
    ],
)
def test_what_can_be_announced(parts: list[Part], more: dict[str, Any]) -> None:
    """29 February, midnight, clocks put back."""
    assert faults(details(**more), parts, NOW) == {}


def test_a_part_that_has_begun_may_stay_and_not_move() -> None:
    """A change of the second part is no reason to refuse the first, which is over."""
    first, second = part("2035-04-01T10:00", id="a"), part(id="b")
    assert faults(details(), [first, second], NOW, known=[first]) == {}
    later = first.model_copy(update={"starts_local": first.starts_local - timedelta(days=1)})
    assert faults(details(), [later, second], NOW, known=[first]) == {Fault.PAST: 0}


@pytest.mark.parametrize("title", ["x" * 5000, "<b>x</b>" * 100])
def test_a_title_has_a_length(title: str) -> None:
    """More is refused before anything is stored."""
    with pytest.raises(ValidationError):
        details(title={"en": title})


def test_a_time_with_a_zone_of_its_own_is_no_wall_time() -> None:
    """It would be shifted without anybody noticing."""
    with pytest.raises(ValidationError, match="wall time"):
        part("2035-04-20T18:00+09:00")


def test_the_last_day_ends_in_the_zone_of_the_event() -> None:
    """Midnight in Tokyo is three in the afternoon in UTC; a midnight that does not exist moves on."""
    assert end_of(date(2035, 4, 20), "Asia/Tokyo") == datetime(2035, 4, 20, 15, tzinfo=UTC)
    assert end_of(date(2024, 4, 25), "Africa/Cairo") == datetime(2024, 4, 25, 22, tzinfo=UTC)  # 00:00 becomes 01:00


@pytest.mark.parametrize(
    ("new", "what"),
    [
        ({}, set()),
        ({"place": {"en": "Room 2"}}, {Change.PLACE}),
        ({"link": "https://meet.example/2"}, {Change.LINK}),
        ({"capacity": 9}, {Change.CAPACITY}),
        ({"words": {"en": "Part two"}}, {Change.WORDS}),
        ({"zone": "Asia/Seoul"}, {Change.MOVED}),
        ({"starts_local": datetime(2035, 4, 20, 17)}, {Change.MOVED}),  # noqa: DTZ001 - wall time
    ],
)
def test_what_is_different_has_a_name(new: dict[str, Any], what: set[Change]) -> None:
    """By part; and of the event as a whole, what members read apart from the terms."""
    old = part(capacity=8)
    assert changes(old, old.model_copy(update=new)) == what
    assert differences(details(), details(guests=2)) == {Change.TERMS}
    assert differences(details(), details(about={"en": "x"})) == {Change.WORDS}
    assert not {Change.CAPACITY, Change.TERMS} & SHOWN
