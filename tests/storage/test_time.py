"""Wall times and instants in every zone there is: what must hold, and that each of these checks can fail.

The checks are run against the rule itself, and against rules with one mistake each, which every suite must notice.  The
draws are the same every time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from apscheduler.triggers.cron import CronTrigger
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from storage import recurrence
from storage.recurrence import Rule, rule

FIRST, LAST = datetime(2013, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
WEEK, DAY, MINUTE = timedelta(weeks=1), timedelta(days=1), timedelta(minutes=1)
SPAN = timedelta(days=3)  # to either side of a clock change
HAIRS = [sign * hair for hair in (timedelta(seconds=1), 30 * MINUTE, 40 * MINUTE) for sign in (-1, 1)]
CUTS = [timedelta(), *HAIRS]  # cuts lie at planned times, or a hair beside them
TIMES = [time(hour, minute) for hour in (0, 1, 2, 3, 9, 23) for minute in (0, 30)]

quietly = settings(
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


# --- where clocks change -----------------------------------------------------------------------------


@cache
def changes() -> dict[str, list[date]]:
    """The days on which the clocks of each zone change, by zone."""
    return {name: list(_changes(ZoneInfo(name))) for name in sorted(available_timezones() - {"localtime"})}


def _changes(zone: ZoneInfo) -> Iterator[date]:
    at, offset = FIRST, FIRST.astimezone(zone).utcoffset()
    while at < LAST:
        after = at + WEEK
        if (new := after.astimezone(zone).utcoffset()) != offset:
            early, late = at, after
            while late - early > MINUTE:
                middle = early + (late - early) / 2
                early, late = (middle, late) if middle.astimezone(zone).utcoffset() == offset else (early, middle)
            yield late.astimezone(zone).date()
            offset = new
        at = after


@dataclass(frozen=True)
class Case:
    """A daily rule that begins some days before its zone's clock changes."""

    daily: Rule
    change: date

    @property
    def span(self) -> tuple[datetime, datetime]:
        """Around the change."""
        noon = datetime.combine(self.change, time(12), UTC)
        return noon - SPAN, noon + SPAN


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Any zone whose clock changes, any of its changes, any of the times that clocks change at, and others."""
    zone = draw(st.sampled_from([name for name, days in changes().items() if days]))
    change = draw(st.sampled_from(changes()[zone]))
    at = draw(st.sampled_from(TIMES))
    return Case(rule(datetime.combine(change - timedelta(days=9), at), "FREQ=DAILY", zone), change)


def _exists(nominal: datetime, zone: ZoneInfo) -> bool:
    return nominal.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == nominal


# --- what must hold ----------------------------------------------------------------------------------

Made = Callable[[Rule], Rule]
Check = Callable[[Made, Case, st.DataObject], None]


def one_a_day(made: Made, case: Case, _: st.DataObject) -> None:
    """Every local date has one time, and the instants follow each other."""
    times = list(made(case.daily).times(*case.span))
    assert len(times) >= 5
    assert all(later[0] - earlier[0] == DAY for earlier, later in pairwise(times))
    assert all(earlier[1] <= later[1] for earlier, later in pairwise(times))


def cut_anywhere(made: Made, case: Case, _: st.DataObject) -> None:
    """plan(a, c) = plan(a, b) + plan(b, c), also when b is a planned time or a hair beside it."""
    daily, (first, last) = made(case.daily), case.span
    whole = list(daily.times(first, last))
    for nominal, at in whole:
        if abs(nominal.date() - case.change) <= DAY:
            for hair in CUTS:
                cut = at + hair
                assert list(daily.times(first, cut)) + list(daily.times(cut, last)) == whole


def ends_belong(made: Made, case: Case, data: st.DataObject) -> None:
    """Of a span, its end belongs to it and its beginning does not."""
    whole = list(made(case.daily).times(*case.span))
    first, last = sorted(data.draw(st.lists(st.sampled_from(range(len(whole))), min_size=2, max_size=2)))
    assert list(made(case.daily).times(whole[first][1], whole[last][1])) == whole[first + 1 : last + 1]


def wall_time(made: Made, case: Case, _: st.DataObject) -> None:
    """The clock shows what was chosen; in a gap later, by the gap; and of a time that comes twice it is the first."""
    zone = ZoneInfo(case.daily.zone)
    for nominal, at in made(case.daily).times(*case.span):
        shown = at.astimezone(zone).replace(tzinfo=None)
        if _exists(nominal, zone):
            assert shown == nominal
            assert at == min(nominal.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        else:
            assert shown > nominal


def replicas(made: Made, case: Case, data: st.DataObject) -> None:
    """Replicas with stale cursors, wrong clocks and crashes write every nominal time down once."""
    daily, (first, last) = made(case.daily), case.span
    whole = [nominal for nominal, _ in daily.times(first, last)]
    written: list[datetime] = []
    cursor, now = first, first
    while cursor < last:
        now += timedelta(hours=data.draw(st.integers(5, 30)))
        skew = timedelta(seconds=data.draw(st.integers(-90, 90)))
        seen = cursor - timedelta(hours=data.draw(st.sampled_from([0, 0, 7])))  # what it last read of the cursor
        until = min(max(cursor, now + skew), last)
        found = [nominal for nominal, _ in daily.times(max(seen, first), until)]
        written += [nominal for nominal in found if nominal not in written]  # the unique key
        if data.draw(st.integers(0, 3)):  # else it crashed before it moved the cursor
            cursor = until
    assert sorted(written) == whole


def ahead(made: Made, case: Case, data: st.DataObject) -> None:
    """A day before is the same time on the clock; 24 hours before is what a stopwatch shows."""
    daily, zone = made(case.daily), ZoneInfo(case.daily.zone)
    days = data.draw(st.sampled_from([1, 2, 7]))
    for nominal, at in daily.times(*case.span):
        early = nominal - timedelta(days=days)
        if _exists(early, zone):
            assert daily.ahead(nominal, days=days).astimezone(zone).replace(tzinfo=None) == early
        assert at - daily.ahead(nominal, exact=DAY) == DAY


CHECKS: tuple[Check, ...] = (one_a_day, cut_anywhere, ends_belong, wall_time, replicas, ahead)


def _run(check: Check, made: Made) -> None:
    @settings(quietly, max_examples=50 if check is replicas else 150)
    @given(cases(), st.data())
    def run(case: Case, data: st.DataObject) -> None:
        check(made, case, data)

    run()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_times_keep_their_promises(check: Check) -> None:
    """In any zone, around any change of its clock."""
    _run(check, lambda daily: daily)


def test_every_zone_there_is() -> None:
    """None is left out: each zone's last change, or any day when it has none, at every time of day we draw from."""
    for zone, days in changes().items():
        change = days[-1] if days else date(2030, 5, 5)
        for at in (TIMES[len(zone) % len(TIMES)], time(2, 30)):
            case = Case(rule(datetime.combine(change - timedelta(days=9), at), "FREQ=DAILY", zone), change)
            times = list(case.daily.times(*case.span))
            assert [nominal.date() for nominal, _ in times] == [times[0][0].date() + DAY * n for n in range(len(times))]
            assert all(earlier[1] <= later[1] for earlier, later in pairwise(times)), zone


# --- rules with one mistake each ---------------------------------------------------------------------


class Second(Rule):
    """Takes the second of a time that comes twice."""

    def instant(self, nominal_local: datetime) -> datetime:
        return nominal_local.replace(tzinfo=ZoneInfo(self.zone), fold=1).astimezone(UTC)


class WithBeginning(Rule):
    """Takes the beginning of a span into it."""

    def times(self, after: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        return super().times(after - timedelta(microseconds=1), until)


class WithoutEnd(Rule):
    """Leaves the end of a span out of it."""

    def times(self, after: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        return super().times(after, until - timedelta(microseconds=1))


class Subtracting(Rule):
    """Takes a day for 24 hours."""

    def ahead(self, nominal_local: datetime, *, days: int = 0, exact: timedelta = timedelta()) -> datetime:
        return self.instant(nominal_local) - timedelta(days=days) - exact


def _as(kind: type[Rule]) -> Made:
    return lambda daily: kind(daily.dtstart_local, daily.rrule, daily.zone)


MUTANTS: dict[str, tuple[type[Rule], Check]] = {  # the mistake, and the check that is there for it
    "fold=1": (Second, wall_time),
    "<= at the beginning": (WithBeginning, ends_belong),
    "< at the end": (WithoutEnd, ends_belong),
    "exact days": (Subtracting, ahead),
    "no margin": (Rule, cut_anywhere),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mistake_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each check fails when the mistake is made that it is there for."""
    kind, check = MUTANTS[name]
    if name == "no margin":
        monkeypatch.setattr(recurrence, "_MARGIN", timedelta())
    with pytest.raises(AssertionError):
        _run(check, _as(kind))


def test_what_a_common_scheduler_makes_of_the_same_days() -> None:
    """The control: a cron trigger misses days and doubles others around the changes that our rules get right."""
    missed = doubled = 0
    for zone in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Beirut"):
        for change in [day for day in changes()[zone] if 2024 <= day.year <= 2026]:
            for at in (time(0, 0), time(2, 30), time(1, 30)):
                begins = datetime.combine(change - timedelta(days=2), time(12), ZoneInfo(zone))
                days = [change + timedelta(days=number) for number in range(-1, 3)]
                theirs = _cron(at, zone, begins, days[-1])
                missed += sum(day not in theirs for day in days)
                doubled += len(theirs) - len(set(theirs))
                span = (begins.astimezone(UTC), begins.astimezone(UTC) + timedelta(days=6))
                ours = [
                    nominal.date()
                    for nominal, _ in rule(datetime.combine(days[0], at), "FREQ=DAILY", zone).times(*span)
                    if nominal.date() in days
                ]
                assert ours == days
    assert (missed > 0, doubled > 0) == (True, True)


def _cron(at: time, zone: str, begins: datetime, last: date) -> list[date]:
    trigger = CronTrigger(hour=at.hour, minute=at.minute, timezone=zone)
    fired: list[date] = []
    previous, now = None, begins
    while (found := trigger.get_next_fire_time(previous, now)) and found.astimezone(ZoneInfo(zone)).date() <= last:
        fired.append(found.astimezone(ZoneInfo(zone)).date())
        previous, now = found, found
    return fired
