"""Wall times become instants: never twice, never lost, wherever a clock is put forward or back."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from storage.recurrence import Rule, RuleProblem, rule

# shifts by an hour, by half an hour, at midnight and by a whole day, in both hemispheres, and none at all
TRANSITIONS = {
    "Europe/Berlin": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    "America/Santiago": (date(2026, 4, 5), date(2026, 9, 6)),
    "Asia/Beirut": (date(2026, 3, 29), date(2026, 10, 25)),
    "Pacific/Apia": (date(2011, 12, 30), date(2011, 9, 24)),
    "Asia/Tokyo": (date(2026, 1, 1), date(2026, 7, 1)),
}
NUDGES = [
    timedelta(),
    *(sign * step for sign in (1, -1) for step in (timedelta(microseconds=1), timedelta(minutes=30))),
]


@st.composite
def daily_rules(draw: st.DrawFn) -> tuple[Rule, date]:
    """A daily rule at any time of day, in a zone, beginning shortly before one of its clock changes."""
    zone = draw(st.sampled_from(sorted(TRANSITIONS)))
    change = draw(st.sampled_from(TRANSITIONS[zone]))
    at = time(draw(st.sampled_from([0, 1, 2, 3, 9, 23])), draw(st.sampled_from([0, 15, 30, 45])))
    start = datetime.combine(change - timedelta(days=4), at)
    return rule(start, "FREQ=DAILY", zone), change


def window(change: date) -> tuple[datetime, datetime]:
    middle = datetime.combine(change, time(12), UTC)
    return middle - timedelta(days=3), middle + timedelta(days=3)


@given(daily_rules())
def test_every_date_has_exactly_one_time(given_rule: tuple[Rule, date]) -> None:
    """A daily rule names each wall date once, and the instants follow each other."""
    daily, change = given_rule
    times = list(daily.times(*window(change)))
    days = [nominal.date() for nominal, _ in times]
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    assert len(days) >= 5
    assert all(earlier[1] <= later[1] for earlier, later in pairwise(times))


@given(daily_rules(), st.data())
def test_cutting_a_span_anywhere_changes_nothing(given_rule: tuple[Rule, date], data: st.DataObject) -> None:
    """plan(a, c) = plan(a, b) + plan(b, c), also when b is a planned time itself or a hair beside it."""
    daily, change = given_rule
    first, last = window(change)
    whole = list(daily.times(first, last))
    cut = data.draw(st.sampled_from([at for _, at in whole])) + data.draw(st.sampled_from(NUDGES))
    assert list(daily.times(first, cut)) + list(daily.times(cut, last)) == whole


WHICH = ["", ";BYDAY=MO,TH", ";BYDAY=SA;WKST=SU", ";BYMONTH=2,7", ";BYMONTHDAY=31", ";COUNT=9", ";UNTIL=20260601"]
RULES = [f"FREQ={often}{which}" for often in ("DAILY", "WEEKLY", "MONTHLY") for which in WHICH]


@settings(max_examples=400)
@given(
    text=st.sampled_from([*RULES, "FREQ=MONTHLY;BYDAY=1MO", "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1"]),
    every=st.integers(1, 5),
    start=st.datetimes(datetime(2024, 1, 1), datetime(2024, 2, 1)),  # noqa: DTZ001 - wall times
    after=st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001 - wall times
)
def test_a_look_far_from_the_beginning_sees_the_same(text: str, every: int, start: datetime, after: datetime) -> None:
    """Beginning near the span that is asked for gives the times that counting on from the beginning gives."""
    try:
        given_rule = rule(start, f"{text};INTERVAL={every}", "UTC")
    except RuleProblem:  # every fourth month is never a February or July, say
        reject()
    first = after.replace(tzinfo=UTC)
    last = after + timedelta(days=200)
    everything = rrulestr(given_rule.rrule or "", dtstart=given_rule.dtstart_local)
    counted = [at for at in takewhile(lambda at: at <= last, everything) if at > after]
    assert [nominal for nominal, _ in given_rule.times(first, last.replace(tzinfo=UTC))] == counted


@given(daily_rules())
def test_a_wall_time_is_kept_unless_the_clock_skips_it(given_rule: tuple[Rule, date]) -> None:
    """Members see the same time on the clock every day; in a gap it moves on by the gap, and never back."""
    daily, change = given_rule
    zone = ZoneInfo(daily.zone)
    for nominal, at in daily.times(*window(change)):
        shown = at.astimezone(zone).replace(tzinfo=None)
        exists = nominal.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == nominal
        assert shown == nominal if exists else shown > nominal


@pytest.mark.parametrize(
    ("zone", "local", "expected"),
    [
        (
            "Europe/Berlin",
            datetime.fromisoformat("2026-03-29T02:30"),
            "2026-03-29T01:30:00+00:00",
        ),  # gap: 03:30
        ("Europe/Berlin", datetime.fromisoformat("2026-10-25T02:30"), "2026-10-25T00:30:00+00:00"),  # twice
        ("America/New_York", datetime.fromisoformat("2026-11-01T01:30"), "2026-11-01T05:30:00+00:00"),
        ("Asia/Tokyo", datetime.fromisoformat("2026-12-01T09:00"), "2026-12-01T00:00:00+00:00"),
    ],
)
def test_gap_and_fold(zone: str, local: datetime, expected: str) -> None:
    """A time that does not exist moves on by the gap; one that happens twice means the first."""
    [(nominal, at)] = rule(local, None, zone).times(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    assert (nominal, at.isoformat()) == (local, expected)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("FREQ=DAILY;UNTIL=20261203", ["12-01", "12-02", "12-03"]),  # the whole last day
        ("FREQ=DAILY;UNTIL=20261203T000000Z", ["12-01", "12-02", "12-03"]),  # 09:00 in Tokyo, exactly
        ("FREQ=DAILY;UNTIL=20261202T235959Z", ["12-01", "12-02"]),
        ("FREQ=DAILY;UNTIL=20261202T085959", ["12-01"]),  # wall time
        ("RRULE:freq=weekly;count=2", ["12-01", "12-08"]),
        ("FREQ=MONTHLY;BYDAY=1TU;COUNT=3", ["12-01", "01-05", "02-02"]),
        (None, ["12-01"]),
    ],
)
def test_a_rule_ends_when_it_says(text: str | None, days: list[str]) -> None:
    """UNTIL means an instant when it says UTC, a wall time when it does not, and the whole day when it is a date."""
    found = rule(datetime.fromisoformat("2026-12-01T09:00"), text, "Asia/Tokyo")
    assert [at.strftime("%m-%d") for at in found.next_times(datetime(2026, 11, 1, tzinfo=UTC), 9)] == days


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYHOUR=1,2,3",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;UNTIL=20261130",
        "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
        "FREQ=DAILY\nEXDATE:20261201T090000",
        "DTSTART:20200101T090000;FREQ=DAILY",
        "every day",
        "",
    ],
)
def test_a_rule_that_cannot_work_is_refused(text: str) -> None:
    """A rule that never falls due, falls due too often or cannot be read is refused at once, without looking far."""
    with pytest.raises(RuleProblem):
        rule(datetime.fromisoformat("2026-12-01T09:00"), text, "Asia/Tokyo")


@pytest.mark.parametrize("zone", ["", "Tokyo", "../etc/passwd", "Asia/Nowhere"])
def test_a_zone_that_does_not_exist_is_refused(zone: str) -> None:
    """Zones have IANA names."""
    with pytest.raises(RuleProblem):
        rule(datetime.fromisoformat("2026-12-01T09:00"), None, zone)
