"""Days and times as people write them, in Japanese and English: understood for certain, or refused with a reason.

    read("12月1日 18時半", now, "Asia/Tokyo")  ->  Understood(date(2026, 12, 1), time(18, 30))
    read("next week", now, "Asia/Tokyo")       ->  Unclear(Why.WHICH_DAY)

Nothing written is passed over: what is left when day and time are taken out makes the whole unreadable.  What can mean
two days or two times is refused and never guessed.  Whoever asks shows the answer with weekday and zone
(`Reader.full_moment`) before anything is kept.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, auto
from functools import cache
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot import date_words as words
from bot import texts
from bot.date_shapes import SHAPES, YEARS_AHEAD, Here, Refused, Why, clock, weekday_of
from bot.language import Msg, Reader

__all__ = ["Unclear", "Understood", "Want", "Why", "read"]

LONGEST = 100  # characters
_NOON = 12


class Want(Enum):
    """What is asked for."""

    MOMENT = auto()
    DAY = auto()
    EITHER = auto()


SENTENCES: dict[Why, Msg] = {
    Why.EMPTY: texts.DATE_EMPTY,
    Why.UNREADABLE: texts.DATE_UNREADABLE,
    Why.WHICH_DAY: texts.DATE_WHICH_DAY,
    Why.WHICH_HALF: texts.DATE_WHICH_HALF,
    Why.WHICH_ORDER: texts.DATE_WHICH_ORDER,
    Why.SEVERAL: texts.DATE_SEVERAL,
    Why.NO_TIME: texts.DATE_NO_TIME,
    Why.TIME_NOT_ASKED: texts.DATE_TIME_NOT_ASKED,
    Why.NO_SUCH_DAY: texts.DATE_NO_SUCH_DAY,
    Why.NO_SUCH_TIME: texts.DATE_NO_SUCH_TIME,
    Why.WRONG_WEEKDAY: texts.DATE_WRONG_WEEKDAY,
    Why.PAST: texts.DATE_PAST,
    Why.TOO_FAR: texts.DATE_TOO_FAR,
}


@dataclass(frozen=True, slots=True)
class Understood:
    """A day, and the wall time on it where one was written; both of the zone that was asked for."""

    day: date
    at: time | None = None

    @property
    def local(self) -> datetime:
        """The wall time, naive.  Raises TypeError where no time was written."""
        if self.at is None:
            raise TypeError("a day without a time is no moment")
        return datetime.combine(self.day, self.at)


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a text was refused."""

    why: Why

    def sentence(self, reader: Reader) -> str:
        """One sentence for whoever wrote it."""
        return reader(SENTENCES[self.why])


def read(
    text: str, now: datetime, zone: str, *, language: str = "ja", want: Want = Want.MOMENT, on: date | None = None
) -> Understood | Unclear:
    """What a text says, in wall time of a zone (IANA), as somebody means it who writes it `now` (aware).

    The writer's language decides whether 12/1 is the 1st of December (ja), or refused (en).  A time without a day is
    one of the day `on`; without it, of today.  What is past, or more than two years ahead, is refused.
    """
    try:
        local = now.astimezone(ZoneInfo(zone))
        return _Text(words.plainly(text[: LONGEST + 1]), local, Here(local.date(), language), on).read(want)
    except Refused as refused:
        return Unclear(refused.why)


class _Text:
    """One text, from which piece after piece is taken until nothing is left."""

    def __init__(self, text: str, now: datetime, here: Here, on: date | None = None) -> None:
        self.rest, self.now, self.here, self.on = text, now, here, on

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The pattern's first find, which is no longer in the text."""
        if found := pattern.search(self.rest):
            self.rest = f"{self.rest[: found.start()]} {self.rest[found.end() :]}"
        return found

    def read(self, want: Want) -> Understood:
        """The whole.  Raises Refused."""
        if not self.rest:
            raise Refused(Why.EMPTY)
        if len(self.rest) > LONGEST:
            raise Refused(Why.UNREADABLE)
        day, at = self._after_hours() or (None, None)
        if day is None:
            at = self._time()
            day = self._day()
        self._nothing_left(day, at)
        return self._wanted(self._or_today(day, at), at, want)

    def _wanted(self, day: date, at: time | None, want: Want) -> Understood:
        today = self.here.today
        if want is Want.DAY and at is not None:
            raise Refused(Why.TIME_NOT_ASKED)
        if day > today + relativedelta(years=YEARS_AHEAD):
            raise Refused(Why.TOO_FAR)
        found = Understood(day + timedelta(days=1), time()) if at == time.max else Understood(day, at)
        if day < today or (at is not None and self._instant(found.local) <= self.now):
            raise Refused(Why.PAST)
        if want is Want.MOMENT and at is None:
            raise Refused(Why.NO_TIME)
        return found

    def _instant(self, local: datetime) -> datetime:
        return local.replace(tzinfo=self.now.tzinfo, fold=0).astimezone(UTC)

    def _or_today(self, day: date | None, at: time | None) -> date:
        if day is None and at is None:
            raise Refused(Why.UNREADABLE)
        return day or self.on or self.here.today

    def _nothing_left(self, day: date | None, at: time | None) -> None:
        text = self.rest.strip()
        while (shorter := words.FILLING.sub(" ", text).strip()) != text:
            text = shorter
        if not text:
            return
        again = _Text(text, self.now, self.here)
        if (day and again.holds_a_day()) or (at is not None and words.TIME.search(text)):
            raise Refused(Why.SEVERAL)
        if at is None and words.PART_OF_DAY.fullmatch(text):
            raise Refused(Why.NO_TIME)
        raise Refused(Why.WHICH_DAY if words.A_WHOLE_WEEK.search(text) and day is None else Why.UNREADABLE)

    def holds_a_day(self) -> bool:
        """Whether a day, even an impossible one, stands in the text."""
        try:
            return self._day() is not None
        except Refused:
            return True

    # ------------------------------------------------------------------------------------------- times

    def _after_hours(self) -> tuple[date, time] | None:
        """3時間後, 90分後, in 2 hours: what a stopwatch shows, whatever the clocks do meanwhile."""
        found = self.take(words.IN_HOURS)
        if found is None:
            return None
        hours, half, minutes, *english = found.groups()
        hour = int((hours or english[0] or english[2] or "0").replace("an", "1"))
        minute = int(minutes or english[1] or english[3] or 0) + (30 if half else 0)
        then = self.now.astimezone(UTC) + timedelta(hours=hour, minutes=minute)
        local = then.astimezone(self.now.tzinfo).replace(second=0, microsecond=0, tzinfo=None)
        return local.date(), local.time()

    def _time(self) -> time | None:
        if words.MIDNIGHT.search(self.rest):  # of the day that begins, or of the one that ends
            raise Refused(Why.WHICH_HALF)
        if self.take(words.NOON):
            return time(_NOON)
        found = self.take(words.TIME) or self.take(words.ENGLISH_TIME) or self.take(words.BARE_HOUR)
        if found is None:
            return None
        said = found.groupdict()
        hour = int(said["hour"])
        minute = int(said.get("minute") or said.get("colon") or (30 if said.get("half") else 0))
        bare = len(said["hour"]) < len("00") or (found.re is words.BARE_HOUR and hour <= _NOON)
        return clock(
            hour, minute, said.get("part") or said.get("before") or said.get("after") or self._part_of_day(), bare=bare
        )

    def _part_of_day(self) -> str | None:
        found = self.take(words.PART_OF_DAY)
        return (found["english"] or found[0]) if found else None

    # -------------------------------------------------------------------------------------------- days

    def _day(self) -> date | None:
        """The day, which may be named twice, as in 12月1日(火) or 明日(土)."""
        days = set(self._days())
        weekday = self._weekday()
        days |= set(self._in_english())
        if len(days) > 1:
            raise Refused(Why.SEVERAL)
        day = next(iter(days), None)
        if day is None:
            return self.here.weekday(weekday) if weekday else None
        if weekday and day.weekday() != weekday_of(weekday):
            raise Refused(Why.WRONG_WEEKDAY)
        return day

    def _days(self) -> Iterator[date]:
        for pattern, meant in SHAPES.items():
            if found := self.take(pattern):
                yield meant(self.here, found)

    def _weekday(self) -> str | None:
        found = self.take(words.WEEKDAY)
        return found["inside"] or found["kanji"] or found["alone"] or found["english"] if found else None

    def _in_english(self) -> Iterator[date]:
        """What only English says: month names, and in three weeks.  The one text that dateparser gets to see."""
        text = " ".join(words.FILLING_IN_ENGLISH.sub(" ", self.rest).split())
        ahead = words.ENGLISH_AHEAD.fullmatch(text)
        if not ahead and not words.ENGLISH_DAY.fullmatch(words.ENGLISH_MONTH.sub("M", text)):
            return
        self.rest = ""
        found = _english()(text, self.here.today)
        if found is None:
            raise Refused(Why.NO_SUCH_DAY)
        yield found if ahead or re.search(r"\d{4}", text) else self.here.first_to_come(found.month, found.day)


@cache
def _english() -> Callable[[str, date], date | None]:
    """dateparser, which takes a while to load, and is only needed by who writes month names."""
    from dateparser import parse  # noqa: PLC0415 - as above: start-up does not wait for it

    def found(text: str, today: date) -> date | None:
        base = datetime.combine(today, time(_NOON))
        parts = [] if words.ENGLISH_AHEAD.fullmatch(text) else ["day", "month"]
        day = parse(text, languages=["en"], settings={"RELATIVE_BASE": base, "REQUIRE_PARTS": parts})
        return day.date() if day else None

    return found
