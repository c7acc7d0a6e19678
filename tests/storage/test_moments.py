"""A day before is the same time on the wall, an hour before is a stopwatch's; in every zone, around every change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.moments import days_before, elapsed_before, exists, instant, months_later, wall
from storage.programme import Part

CHANGES = {  # by an hour, half an hour, at midnight, by a whole day, in both hemispheres; and none at all
    "Europe/Berlin": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    "America/Santiago": (date(2026, 4, 5), date(2026, 9, 6)),
    "Asia/Beirut": (date(2026, 3, 29), date(2026, 10, 25)),
    "Pacific/Apia": (date(2011, 12, 30), date(2011, 9, 24)),
    "Asia/Tokyo": (date(2026, 1, 1), date(2028, 2, 29)),
}
steady = settings(derandomize=True, database=None, max_examples=300)


@st.composite
def times(draw: st.DrawFn) -> tuple[datetime, str]:
    """A wall time within three days of a change of its zone's clock."""
    zone = draw(st.sampled_from(sorted(CHANGES)))
    day = draw(st.sampled_from(CHANGES[zone])) + timedelta(days=draw(st.integers(-3, 3)))
    return datetime.combine(
        day, time(draw(st.sampled_from([0, 1, 2, 3, 9, 18, 23])), draw(st.sampled_from([0, 30])))
    ), zone


@steady
@given(times(), st.integers(1, 7))
def test_days_are_counted_on_the_wall(of: tuple[datetime, str], days: int) -> None:
    """The clock shows the same time so many dates earlier; where that was skipped, later by the gap."""
    local, zone = of
    early, shown = days_before(local, zone, days), wall(days_before(local, zone, days), zone)
    nominal = local - timedelta(days=days)
    assert shown == nominal if exists(nominal, zone) else shown > nominal
    assert early <= instant(local, zone)
    assert early < instant(local, zone) or zone == "Pacific/Apia"  # which once had no such day


@steady
@given(times(), st.sampled_from([timedelta(minutes=30), timedelta(hours=1), timedelta(hours=24)]))
def test_hours_are_a_stopwatchs(of: tuple[datetime, str], span: timedelta) -> None:
    """So long before is so long before, over a change of the clock too."""
    local, zone = of
    assert instant(local, zone) - elapsed_before(local, zone, span) == span


@steady
@given(times())
def test_of_a_time_that_comes_twice_the_first_is_meant(of: tuple[datetime, str]) -> None:
    """And what is skipped moves on, so that later wall times are never earlier instants."""
    local, zone = of
    both = {local.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1)}
    assert instant(local, zone) == (min(both) if exists(local, zone) else max(both))
    assert exists(local, zone) == (wall(instant(local, zone), zone) == local)
    assert instant(local, zone) <= instant(local + timedelta(hours=2), zone)


@pytest.mark.parametrize(
    ("zone", "local", "before", "hours"),
    [
        ("America/New_York", "2026-03-08T18:30", "2026-03-07T23:30", 23),  # the clock went forward that night
        ("America/New_York", "2026-11-01T18:30", "2026-10-31T22:30", 25),
        ("America/New_York", "2026-03-09T02:30", "2026-03-08T07:30", 23),  # 02:30 was skipped: 03:30
        ("America/New_York", "2026-11-02T01:30", "2026-11-01T05:30", 25),  # 01:30 came twice: the first
        ("Asia/Tokyo", "2026-12-01T18:30", "2026-11-30T09:30", 24),
        ("Asia/Tokyo", "2028-03-01T18:30", "2028-02-29T09:30", 24),
        ("Pacific/Apia", "2011-12-31T10:00", "2011-12-30T20:00", 0),  # there was no 30 December
    ],
)
def test_a_day_before(zone: str, local: str, before: str, hours: int) -> None:
    """As people would say it, with the hours in between."""
    at = datetime.fromisoformat(local)
    assert days_before(at, zone) == datetime.fromisoformat(before).replace(tzinfo=UTC)
    assert instant(at, zone) - days_before(at, zone) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2027-01-31", 1, "2027-02-28"),
        ("2027-03-31", -1, "2027-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-01", 1, "2027-01-01"),
    ],
)
def test_months_have_their_ends(day: str, months: int, expected: str) -> None:
    """A date that a month does not have is its last day."""
    assert months_later(date.fromisoformat(day), months).isoformat() == expected


def test_a_part_that_is_copied_with_another_time_begins_then() -> None:
    """The instants of an event's part follow its wall times, whatever was asked of it before it was copied."""
    starts = datetime.fromisoformat("2026-12-01T18:30")
    part = Part(starts_local=starts, ends_local=starts + timedelta(hours=2), zone="Asia/Tokyo")
    assert part.starts_at == instant(starts, "Asia/Tokyo")
    moved = part.model_copy(update={"starts_local": starts + timedelta(days=1), "zone": "America/New_York"})
    assert moved.starts_at == instant(starts + timedelta(days=1), "America/New_York")
    assert moved.ends_at == instant(starts + timedelta(hours=2), "America/New_York")
