"""What each shape of a written day means, seen from a day; what can mean two days is refused."""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum, auto

from dateutil.relativedelta import relativedelta

from bot import date_words as words

YEARS_AHEAD = 2
JUST_NOW = timedelta(days=31)  # a day without a year that passed so lately is more likely a slip than next year's
_MONTHS = _NOON = 12
_LAST_HOUR, _LAST_MINUTE = 23, 59


class Why(Enum):
    """Why a text is refused."""

    EMPTY = auto()
    UNREADABLE = auto()
    WHICH_DAY = auto()
    WHICH_HALF = auto()
    WHICH_ORDER = auto()
    SEVERAL = auto()
    NO_TIME = auto()
    TIME_NOT_ASKED = auto()
    NO_SUCH_DAY = auto()
    NO_SUCH_TIME = auto()
    WRONG_WEEKDAY = auto()
    PAST = auto()
    TOO_FAR = auto()


class Refused(Exception):
    """A text that is not taken."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Here:
    """The writer's today, in the zone that is asked for, and language."""

    today: date
    language: str

    def in_week(self, found: re.Match[str]) -> date:
        """来週の火曜, Tuesday next week: that of the week for whomever, whichever day it begins on."""
        word = found["week"] or found["before"] or found["then"]
        weekday = weekday_of(found["kanji"] or found["after_it"] or found["before_it"])
        return self._of_week(words.WEEKS_ON[word], weekday)

    def this_weekday(self, found: re.Match[str]) -> date:
        """This Tuesday."""
        return self._of_week(0, weekday_of(found["english"]))

    def next_weekday(self, found: re.Match[str]) -> date:
        """次の金曜, next Friday: for some the first to come, for others that of next week."""
        weekday = weekday_of(found["kanji"] or found["english"])
        coming = self.today + timedelta(days=(weekday - self.today.weekday() - 1) % 7 + 1)
        return _agreed([coming, *_readings(self.today, 1, weekday)])

    def _of_week(self, weeks: int, weekday: int) -> date:
        return _agreed(day for day in _readings(self.today, weeks, weekday) if day >= self.today)

    def numbered(self, found: re.Match[str]) -> date:
        """2026-12-01."""
        year, _, month, day = found.groups()
        return _date(year, month, day)

    def of_era(self, found: re.Match[str]) -> date:
        """令和8年12月1日."""
        era, year, month, day = found.groups()
        return _date(words.ERAS[era] + (1 if year == "元" else int(year)), month, day)

    def month_and_day(self, found: re.Match[str]) -> date:
        """12月1日, with or without its year."""
        written, word, month, day = found.groups()
        year = self._year(written, word)
        return _date(year, month, day) if year else self.first_to_come(int(month), int(day))

    def months_end(self, found: re.Match[str]) -> date:
        """来月末, 12月末."""
        written, word, month, which = found.groups()
        year = self._year(written, word)
        return (_date(year, month, 1) if year else self._month(which, month)) + relativedelta(day=31)

    def end_in_english(self, found: re.Match[str]) -> date:
        """End of next month, end of December."""
        return self._month(found["which"], found["month"]) + relativedelta(day=31)

    def which_of_a_month(self, found: re.Match[str]) -> date:
        """来月の第2火曜, 12月の最終金曜."""
        month, which, number, _, weekday = found.groups()
        return _which(int(number or -1), weekday, self._month(which, month))

    def which_in_english(self, found: re.Match[str]) -> date:
        """The second Tuesday of next month, the last Friday in December."""
        month = self._month(found["which"], found["month"])
        return _which(words.ORDINALS[found["number"]], found["english"], month)

    def day_of_a_month(self, found: re.Match[str]) -> date:
        """来月5日, and 5日: the first to come."""
        which, day, english = found.groups()
        number = int(day or english)
        first = self._month(which)
        if which is None and number < self.today.day:
            first += relativedelta(months=1)
        return _date(first.year, first.month, number)

    def slashed(self, found: re.Match[str]) -> date:
        """12/1: in Japanese the month comes first, in English nobody knows."""
        one, _, other, year = found.groups()
        month, day = int(one), int(other)
        if self.language != "ja":
            if month != day and max(month, day) <= _MONTHS:
                raise Refused(Why.WHICH_ORDER)
            month, day = (day, month) if month > _MONTHS else (month, day)
        return _date(year, month, day) if year else self.first_to_come(month, day)

    def word(self, found: re.Match[str]) -> date:
        """明日, tomorrow."""
        return self.today + timedelta(days=words.DAYS_ON[found["english"] or found[0]])

    def in_days(self, found: re.Match[str]) -> date:
        """3日後, 来週 and the like counted from today; a month later is the same day, or the month's last."""
        number, unit, half = found.groups()
        if half:
            return self.today + relativedelta(months=6)
        if unit == "日" or unit.startswith("週"):
            return self.today + timedelta(days=int(number) * (1 if unit == "日" else 7))
        if (months := int(number) * (12 if unit == "年" else 1)) > 12 * (YEARS_AHEAD + 1):
            raise Refused(Why.TOO_FAR)
        return self.today + relativedelta(months=months)

    def first_to_come(self, month: int, day: int) -> date:
        """A day without its year; but one that has only just passed is no wish for the next year."""
        year = self.today.year + ((month, day) < (self.today.month, self.today.day))
        found = _date(year, month, day)
        with suppress(Refused):  # 29 February
            if timedelta() < self.today - _date(year - 1, month, day) <= JUST_NOW:
                return _date(year - 1, month, day)
        return found

    def _year(self, written: str | None, word: str | None) -> int | None:
        return int(written) if written else self.today.year + words.YEARS_ON[word] if word else None

    def _month(self, word: str | None, month: str | None = None) -> date:
        """The first day of 来月, or of 12月 or December, this year or next; without either, of this month."""
        if month:
            number = int(month) if month.isdecimal() else words.ENGLISH_MONTHS.index(month[:3]) + 1
            return _date(self.today.year + (number < self.today.month), number, 1)
        return self.today.replace(day=1) + relativedelta(months=words.MONTHS_ON[word or ""])

    def weekday(self, word: str) -> date:
        """金曜, by itself: the one to come, and on a Friday nobody knows which."""
        weekday = weekday_of(word)
        if weekday == self.today.weekday():
            raise Refused(Why.WHICH_DAY)
        return self.today + timedelta(days=(weekday - self.today.weekday()) % 7)


SHAPES: Mapping[re.Pattern[str], Callable[[Here, re.Match[str]], date]] = {
    words.ERA: Here.of_era,
    words.ISO: Here.numbered,
    words.COMPACT: Here.numbered,
    words.WHICH_OF_A_MONTH: Here.which_of_a_month,
    words.WHICH_IN_ENGLISH: Here.which_in_english,
    words.END_IN_ENGLISH: Here.end_in_english,
    words.MONTHS_END: Here.months_end,
    words.MONTH_AND_DAY: Here.month_and_day,
    words.MONTH_SLASH_DAY: Here.slashed,
    words.IN_DAYS: Here.in_days,
    words.DAY_OF_A_MONTH: Here.day_of_a_month,
    words.WORD_FOR_A_DAY: Here.word,
    words.DAY_OF_A_WEEK: Here.in_week,
    words.NEXT_WEEKDAY: Here.next_weekday,
    words.THIS_WEEKDAY: Here.this_weekday,
}  # the longer ones first


def clock(hour: int, minute: int, part: str | None, *, bare: bool) -> time:
    """The time on a clock of 24 hours.  24:00 is kept as the last moment of the day, until its day is known."""
    if minute > _LAST_MINUTE or hour > _LAST_HOUR + 1 or (hour > _LAST_HOUR and (minute or part)):
        raise Refused(Why.NO_SUCH_TIME)
    if hour > _LAST_HOUR:
        return time.max
    if part is None:
        if bare and hour > 0:
            raise Refused(Why.WHICH_HALF)
        return time(hour, minute)
    part = part.replace(".", "")
    part = words.ONE_OF_THEM.get(part, part)
    first, last = words.PARTS_OF_DAY[part]
    meant = [number for number in (hour, hour + _NOON) if first <= number <= last]
    if not meant and hour > _NOON:
        raise Refused(Why.NO_SUCH_TIME)
    if len(meant) != 1 or (part == "午後" and hour == _NOON):  # some mean midnight by it, others noon
        raise Refused(Why.WHICH_HALF)
    return time(meant[0], minute)


def _which(number: int, weekday: str, first: date) -> date:
    """The first, second ... such weekday of the month; -1: the last."""
    days = [first + timedelta(days=day) for day in range(31)]
    same = [day for day in days if day.month == first.month and day.weekday() == weekday_of(weekday)]
    if number > len(same):
        raise Refused(Why.NO_SUCH_DAY)
    return same[number - 1 if number > 0 else -1]


def _date(year: int | str, month: int | str, day: int | str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Refused(Why.NO_SUCH_DAY) from None


def _readings(today: date, weeks: int, weekday: int) -> list[date]:
    """A weekday so many weeks on, for those whose week begins on Monday and for those whose begins on Sunday."""
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)
    sunday = today - timedelta(days=today.isoweekday() % 7) + timedelta(weeks=weeks)
    return [monday + timedelta(days=weekday), sunday + timedelta(days=(weekday + 1) % 7)]


def _agreed(days: Iterable[date]) -> date:
    found = set(days)
    if len(found) > 1:
        raise Refused(Why.WHICH_DAY)
    if not found:
        raise Refused(Why.PAST)
    return found.pop()


def weekday_of(word: str) -> int:
    """0 of 月 and mon."""
    return words.WEEKDAYS.index(word) if word in words.WEEKDAYS else words.ENGLISH_WEEKDAYS.index(word)
