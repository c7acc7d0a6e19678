"""When a rule falls due: recurrence rules in naive wall time, turned into instants one by one.

Never the other way round: rules on aware times name times that do not exist, and differences of aware times of one zone
ignore daylight saving (`measured.md`, scale).  A wall time inside the gap of a clock put forward moves on by the gap
(02:30 becomes 03:30); one that happens twice means the first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrule, rrulestr

LOOK_AHEAD = timedelta(days=366 * 10)  # a rule without a time in ten years is refused; 29 February needs eight
_MARGIN = timedelta(days=2)  # zones are at most 14 hours from UTC, and some skipped a whole day
_UNTIL = re.compile(r"UNTIL=(\d{8})(?:T(\d{6})(Z?))?(?=;|$)")
_DAILY_OR_RARER = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_MOVED = {"DAILY": relativedelta(days=1), "WEEKLY": relativedelta(days=7), "MONTHLY": relativedelta(months=1)}
_EVERY_MONTH = 28  # the last day that every month has
_BELOW_A_DAY = {"BYHOUR", "BYMINUTE", "BYSECOND"}


class RuleProblem(ValueError):
    """A rule or zone that cannot be used; one sentence."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A wall time, its zone (IANA) and how it recurs (RFC 5545 RRULE; None: once).  Make it with `rule`."""

    dtstart_local: datetime
    rrule: str | None
    zone: str

    def instant(self, nominal_local: datetime) -> datetime:
        """The instant a wall time of this zone stands for, UTC."""
        return nominal_local.replace(tzinfo=ZoneInfo(self.zone), fold=0).astimezone(UTC)

    def ahead(self, nominal_local: datetime, *, days: int = 0, exact: timedelta = timedelta()) -> datetime:
        """The instant so long before a time, UTC: `days` keep its wall time, `exact` is what a stopwatch shows."""
        return self.instant(nominal_local - timedelta(days=days)) - exact

    def times(self, after: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        """(wall time, instant) of every time in (after, until], in the order of wall times."""
        for nominal in self._nominals(self._wall(after) - _MARGIN, self._wall(until) + _MARGIN):
            if after < (at := self.instant(nominal)) <= until:
                yield nominal, at

    def next_times(self, now: datetime, number: int) -> list[datetime]:
        """The next instants after `now`, UTC, as far as `LOOK_AHEAD`."""
        return [at for _, at in islice(self.times(now, now + LOOK_AHEAD), number)]

    def _start_near(self, first: datetime) -> datetime:
        """A time from which the rule goes on the same, not long before `first`: dateutil counts on from the beginning.

        A rule may be moved on by whole intervals, unless it counts its times, is of years (few to count), or begins on
        a day that some months do not have.
        """
        parts, start = _parts(self.rrule or ""), self.dtstart_local
        every, one = int(parts.get("INTERVAL", "1")), _MOVED.get(parts["FREQ"])
        if (
            one is None
            or "COUNT" in parts
            or first <= start
            or (parts["FREQ"] == "MONTHLY" and start.day > _EVERY_MONTH)
        ):
            return start
        if one.months:
            between = (first.year - start.year) * 12 + first.month - start.month - 1
            return start + one * every * max(0, between // every)
        return start + one * every * ((first - start).days // (every * one.days))

    def _wall(self, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)

    def _nominals(self, first: datetime, last: datetime) -> Iterator[datetime]:
        if self.rrule is None:
            yield from [self.dtstart_local] if first <= self.dtstart_local <= last else []
            return
        for nominal in _parsed(self.rrule, self._start_near(first)):
            if nominal > last:
                return
            if nominal >= first:
                yield nominal


def rule(dtstart_local: datetime, rrule: str | None, zone: str) -> Rule:
    """A rule that works.  Raises RuleProblem.

    `rrule` may be DAILY or rarer, so that no day has two.  An UNTIL in UTC is kept as wall time of the zone, and an
    UNTIL that is a date includes that whole day.
    """
    if dtstart_local.tzinfo is not None:
        raise RuleProblem("the first time must be wall time, without a zone of its own")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise RuleProblem(f"there is no time zone {zone!r}") from None
    start = dtstart_local.replace(microsecond=0, fold=0)
    if rrule is None:
        return Rule(start, None, zone)
    text = _UNTIL.sub(lambda found: _until(found, zone), rrule.strip().upper().removeprefix("RRULE:"))
    parts = _parts(text)
    if parts.get("FREQ") not in _DAILY_OR_RARER or parts.keys() & _BELOW_A_DAY or parts.get("INTERVAL") == "0":
        raise RuleProblem("a rule needs a FREQ of DAILY, WEEKLY, MONTHLY or YEARLY, and falls due once a day at most")
    endless = ";".join(f"{name}={value}" for name, value in parts.items() if name not in {"COUNT", "UNTIL"})
    try:
        falls_due = _comes_soon(endless, start) and next(iter(_parsed(text, start)), None) is not None
    except (ValueError, TypeError, AttributeError, KeyError):  # what dateutil raises for a rule it cannot read
        raise RuleProblem(f"the rule {rrule!r} cannot be read") from None
    if not falls_due:
        raise RuleProblem(f"the rule {rrule!r} never falls due")
    return Rule(start, text, zone)


def _parts(text: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in text.split(";"))


def _parsed(text: str, start: datetime) -> rrule:
    if "\n" in text or "DTSTART" in text:
        raise ValueError(text)
    parsed = rrulestr(text, dtstart=start)
    if not isinstance(parsed, rrule):
        raise TypeError(text)
    return parsed


def _comes_soon(endless: str, start: datetime) -> bool:
    """Whether a rule has a time within `LOOK_AHEAD`.

    For a day that never comes (30 February) dateutil looks as far as the year 9999, which takes seconds.  The calendar
    repeats itself every 400 years, so the rule is tried as late as that allows, where there is little left to look at.
    """
    late = start.replace(year=start.year + 400 * ((MAXYEAR - 30 - start.year) // 400))
    first = next(iter(_parsed(endless, late)), None)
    return first is not None and first - late <= LOOK_AHEAD


def _until(found: re.Match[str], zone: str) -> str:
    day, time, utc = found.groups()
    at = datetime.strptime(day + (time or "235959"), "%Y%m%d%H%M%S")  # noqa: DTZ007 - wall time unless told otherwise
    if utc:
        at = at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return at.strftime("UNTIL=%Y%m%dT%H%M%S")
