"""How an event repeats: a few plain choices as recurrence rules, each with an end.  Pure.

A month without the date, or without a fifth such weekday, has its last one instead: nobody's monthly meeting is left
out because February is short.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import islice

from storage.recurrence import Rule, rule

AHEAD = timedelta(days=731)  # no series lasts longer
SHOWN = 6  # dates on the card that is looked at before a series is saved
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ALWAYS, _MOST = 28, 4  # the last date that every month has, and how often each weekday comes in it at least


class Rhythm(StrEnum):
    """The choices."""

    ONCE = "once"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY_WEEKDAY = "monthly_weekday"
    MONTHLY_DATE = "monthly_date"


def rule_of(rhythm: Rhythm, first: datetime, until: date) -> str:
    """The rule of a series that begins then and has its last date on or before `until`; "" for once."""
    end = f"UNTIL={until:%Y%m%d}T235959"
    day = _DAYS[first.weekday()]
    match rhythm:
        case Rhythm.ONCE:
            return ""
        case Rhythm.WEEKLY:
            return f"FREQ=WEEKLY;BYDAY={day};{end}"
        case Rhythm.FORTNIGHTLY:
            return f"FREQ=WEEKLY;INTERVAL=2;BYDAY={day};{end}"
        case Rhythm.MONTHLY_WEEKDAY:
            number = (first.day - 1) // 7 + 1
            return f"FREQ=MONTHLY;BYDAY={number if number <= _MOST else -1}{day};{end}"
        case Rhythm.MONTHLY_DATE:
            if first.day <= _ALWAYS:
                return f"FREQ=MONTHLY;BYMONTHDAY={first.day};{end}"
            among = ",".join(str(one) for one in range(_ALWAYS, first.day + 1))
            return f"FREQ=MONTHLY;BYMONTHDAY={among};BYSETPOS=-1;{end}"


def rhythm_of(text: str) -> Rhythm:
    """Which choice a rule was made by."""
    parts = dict(part.partition("=")[::2] for part in text.split(";"))
    if not text:
        return Rhythm.ONCE
    if parts.get("FREQ") == "WEEKLY":
        return Rhythm.FORTNIGHTLY if parts.get("INTERVAL") == "2" else Rhythm.WEEKLY
    return Rhythm.MONTHLY_WEEKDAY if "BYDAY" in parts else Rhythm.MONTHLY_DATE


def until_of(text: str) -> date | None:
    """Its last possible day."""
    parts = dict(part.partition("=")[::2] for part in text.split(";"))
    return datetime.strptime(parts["UNTIL"][:8], "%Y%m%d").date() if "UNTIL" in parts else None  # noqa: DTZ007 - a day


def dates(text: str, first: datetime, zone: str, most: int = 1000) -> list[datetime]:
    """The wall times of a series, the first among them; of once, that alone.

    Raises storage.recurrence.RuleProblem for a rule without any.
    """
    if not text:
        return [first]
    found: Rule = rule(first, text, zone)
    at = found.instant(first)
    return [nominal for nominal, _ in islice(found.times(at - timedelta(seconds=1), at + AHEAD), most)]
