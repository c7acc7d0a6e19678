"""What “a day before”, “an hour before” and “a month later” mean; pure.

- Days are counted on the wall: a day before 18:30 is 18:30 on the day before, in the zone it takes place in, however
  many hours that is.  Hours and minutes are what a stopwatch shows.
- A wall time that a clock put forward skips moves on by the gap, one that comes twice means the first; so an event and
  its reminder follow the same rule (`storage.recurrence`).
- A month or year later is the same date, or the month's last day where it has no such date: a year after 29 February is
  28 February.

So a time counted in days never comes after what it is counted to, but where a zone skipped a whole day (Apia, 30
December 2011) it comes at the same instant: whoever sends at that time must also ask whether it has begun.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def instant(local: datetime, zone: str) -> datetime:
    """The instant, UTC, that a wall time (naive) stands for in a zone (IANA)."""
    return local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def wall(at: datetime, zone: str) -> datetime:
    """What the clocks of a zone show at an instant (aware), naive."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def days_before(local: datetime, zone: str, days: int = 1) -> datetime:
    """The instant at which the wall shows the same time so many days earlier; a negative number is later."""
    return instant(local - timedelta(days=days), zone)


def elapsed_before(local: datetime, zone: str, span: timedelta = HOUR) -> datetime:
    """The instant so long before, by a stopwatch, whatever the clocks do in between."""
    return instant(local, zone) - span


def months_later(day: date, months: int) -> date:
    """The same date so many months on, or the last day of a month that has no such date; a negative number is back."""
    return day + relativedelta(months=months)


def exists(local: datetime, zone: str) -> bool:
    """Whether clocks of the zone ever show this wall time; a clock put forward skips some."""
    return wall(instant(local, zone), zone) == local.replace(fold=0)
