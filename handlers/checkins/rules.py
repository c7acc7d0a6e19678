"""Pure decisions about check-ins: nothing here reads a clock, a database or a platform."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Self
from urllib.parse import urlsplit

from dateutil.relativedelta import relativedelta
from pydantic import BaseModel, ConfigDict, ValidationError

from storage.checkins import Habit
from storage.communities import Community
from storage.habits import is_yearly, stretched
from storage.presets import Preset

TEXT_MAX = 500  # characters; one line is enough, and ten answers must fit a message
LINK_MAX = 500
CADENCES = (1, 3, 6, 12)  # months
QUARTER, YEARLY = 3, 12
THANKS_AFTER = timedelta(days=3)  # reactions gather so long before the author hears of them, once
DIGEST_LIVES = timedelta(days=2)


class Rhythm(StrEnum):
    """How often there is a digest."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class Settings(BaseModel):
    """A community's check-in settings, as stored under "checkins"."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    months: int = 3
    channel: str = ""  # an Address; "": members read the digest on their home page
    rhythm: Rhythm = Rhythm.MONTHLY
    weekday: int = 0  # Monday
    hour: int = 10  # local to the community
    paused: bool = False

    @classmethod
    def read(cls, stored: dict[str, object]) -> Self:
        """What is stored; anything unreadable falls back to the defaults."""
        try:
            return cls.model_validate(stored.get("checkins") or {})
        except ValidationError:
            return cls()

    @classmethod
    def of(cls, here: Community) -> Self:
        """What holds for a community: its own, else what is usual for its kind."""
        stored = here.settings.get("checkins") or {}
        return cls.read({"checkins": {"months": here.preset.months, **stored}})

    @property
    def rrule(self) -> str:
        """The digest's recurrence: every week or fortnight on the weekday, or each month's first one."""
        day = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[self.weekday]
        if self.rhythm is Rhythm.MONTHLY:
            return f"FREQ=MONTHLY;BYDAY=1{day}"
        return f"FREQ=WEEKLY;INTERVAL={2 if self.rhythm is Rhythm.FORTNIGHTLY else 1};BYDAY={day}"


def months_between(own: int | None, community: int, unanswered: int) -> int:
    """Months from one prompt to the next: every two left alone make it rarer, down to one "still fine?" a year."""
    return stretched(own or community, unanswered, quarter=QUARTER, year=YEARLY)


def is_yearly_hello(own: int | None, community: int, unanswered: int) -> bool:
    """Whether the prompt is the yearly "still fine?" of somebody who has fallen silent."""
    return is_yearly(own or community, unanswered, quarter=QUARTER, year=YEARLY)


def less_often(own: int | None, community: int) -> int:
    """The next slower cadence."""
    now = own or community
    return next((months for months in CADENCES if months > now), YEARLY)


def spread(seed: str, size: int) -> int:
    """A number from 0 to size - 1 that is always the same for one member and even over all of them."""
    return int.from_bytes(sha256(seed.encode()).digest()[:8]) % size


def first_ask(member: str, months: int, today: date) -> date:
    """When somebody new is first asked: some day within their first period, so that a community is asked over days."""
    return today + timedelta(days=1 + spread(member, months * 30))


def asked(habit: Habit, community_months: int, unanswered: int, today: date) -> Habit:
    """The habit after a prompt for `today`, `unanswered` earlier ones having been left alone."""
    months = months_between(habit.months, community_months, unanswered)
    return replace(habit, next_on=today + relativedelta(months=months))


def answered(habit: Habit, community_months: int, today: date) -> Habit:
    """The habit after any answer, a skip included: full frequency again."""
    return asked(habit, community_months, 0, today)


def tidy(text: str) -> str:
    """What somebody typed, without invisible characters that could hide or turn words around; line breaks stay."""
    kept = (c for c in text.replace("\r\n", "\n") if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    return re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip()


def is_web_address(link: str) -> bool:
    """Whether a link is an https address that a platform will show."""
    try:
        parts = urlsplit(link)
        return parts.scheme == "https" and "." in (parts.hostname or "") and not re.search(r"\s|[<>|]", link)
    except ValueError:
        return False


_HONORIFIC = re.compile(r"([\w々ヶ]+?)(?:さん|氏|先輩|ちゃん|先生)")
_NOT_A_NAME = re.compile(
    r"(?:皆|みな|みんな|たく|お客|お母|お父|お子|奥|娘|息子|お医者|赤|お姉|お兄|おじい|おばあ|.*[のはがをにで]赤)$"
)


def seems_to_name_somebody(text: str) -> bool:
    """Whether somebody seems to be named, by a Japanese honorific; only a reason to ask, never proof."""
    return any(not _NOT_A_NAME.search(found) for found in _HONORIFIC.findall(text))


@dataclass(frozen=True, slots=True)
class Glad:
    """How many are glad of an answer, as its author may be told: exactly, at least so many, or (0) somebody."""

    count: int
    exact: bool


def glad(preset: Preset, seen: int, hidden: int) -> Glad | None:
    """A hidden member is counted only among five or more; where counts have a floor, none says who came or went."""
    if preset.floor == 1:
        count = preset.counted(seen, hidden)
        return Glad(count, exact=True) if count else None
    together = seen + hidden
    return Glad(preset.rounded(together), exact=False) if together else None
