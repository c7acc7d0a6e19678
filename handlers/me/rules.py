"""Pure decisions about a break: until which day somebody wants to be left alone."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from storage.people import FOREVER

YEARS_AHEAD = 5  # a day later than this is rather "until I come back"
MONTHS = (1, 3, 6)  # offered as buttons

_FULL = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_DAY = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?")
_SPAN = re.compile(r"(\d{1,3})(months?|か月|ヶ月|カ月|ヵ月|ケ月|箇月|weeks?|週間?|days?|日間?|years?|年間?)")
_OPEN = {"forever", "open", "ireturn", "icomeback", "return", "戻る", "もどる", "ずっと", "無期限", "当分"}
_UNITS = {"m": "months", "か": "months", "ヶ": "months", "カ": "months", "ヵ": "months", "ケ": "months", "箇": "months"}
_UNITS |= {"w": "weeks", "週": "weeks", "d": "days", "日": "days", "y": "years", "年": "years"}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """It is no day."""


@dataclass(frozen=True, slots=True)
class TooEarly:
    """The day is today or before."""


@dataclass(frozen=True, slots=True)
class TooLate:
    """The day is years ahead."""


def until(typed: str, today: date) -> date | Unreadable | TooEarly | TooLate:
    """The first day on which somebody may be written to again; `FOREVER` when they come back by themselves.

    A day is typed with or without its year (then the next such day), or as a span from today.
    """
    text = "".join(unicodedata.normalize("NFKC", typed).casefold().split())
    text = text.removeprefix("until").removeprefix("for").removesuffix("まで")
    if text in _OPEN:
        return FOREVER
    try:
        day = _day(text, today)
    except (ValueError, OverflowError):
        return Unreadable()
    if day is None:
        return Unreadable()
    if day <= today:
        return TooEarly()
    return day if day <= today + relativedelta(years=YEARS_AHEAD) else TooLate()


def _day(text: str, today: date) -> date | None:
    if found := _FULL.fullmatch(text):
        return date(*map(int, found.groups()))
    if found := _DAY.fullmatch(text):
        month, day = map(int, found.groups())
        date(2024, month, day)  # a leap year: whatever is no day there is none anywhere
        return next(
            one for year in range(today.year, today.year + 9) if (one := _exact(year, month, day)) and one > today
        )
    if found := _SPAN.fullmatch(text):
        spans = {_UNITS[found[2][0]]: int(found[1])}
        return today + relativedelta(**spans)  # type: ignore[arg-type] # the units by name
    return None


def _exact(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 29 February
        return None
