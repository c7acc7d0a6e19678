"""Pure decisions about joining and the first weeks: nothing here reads a clock, a database or a platform."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.language import LANGUAGES, Msg, Reader
from handlers.profiles import FIELD_MAX, MAIL_MAX, YEARS_MAX, Purpose, is_mail, tidy, years_of
from storage.presets import Level

__all__ = ["FIELD_MAX", "MAIL_MAX", "YEARS_MAX", "Purpose", "is_mail", "tidy", "years_of"]  # of any profile

STEPS_MAX, LAST_DAY, STEP_MAX = 5, 365, 600  # letters, days after joining, characters of one
LINE_MAX = 100  # characters of an introduction: it is kept with the profile, which has one size
POSTED = "posted"  # under which the profile keeps it
STEP_LIVES = timedelta(days=10)  # politeness may put a letter off for so long; later it is not worth it any more
FIRST_WAIT = timedelta(hours=2)  # what joining answers comes first
SUPPORTER_LIVES = timedelta(days=10)
HELLO_LIVES = timedelta(days=3)


class Written(StrEnum):
    """How much somebody who joins wants to hear from us."""

    USUAL = "usual"
    MONTHLY = "monthly"  # at most one message in 28 days
    NEVER = "never"  # they come by themselves


class Goal(StrEnum):
    """What makes a letter of the first weeks needless."""

    ACTED = "acted"  # wrote a line, reacted to one, or introduced themselves
    PURPOSE = "purpose"  # said what brings them here
    NONE = "none"  # it comes in any case


class Step(BaseModel):
    """One letter, so many days after joining.  A text that is "" is the usual one."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    day: Annotated[int, Field(ge=0, le=LAST_DAY)]
    goal: Goal = Goal.ACTED
    ja: Annotated[str, Field(max_length=STEP_MAX)] = ""
    en: Annotated[str, Field(max_length=STEP_MAX)] = ""

    def text(self, language: str) -> str:
        """The community's own text in this language, or ""."""
        return {"ja": self.ja, "en": self.en}.get(language, "")


USUAL = (Step(day=0), Step(day=7, goal=Goal.PURPOSE), Step(day=21))


class Settings(BaseModel):
    """A community's first weeks, as stored under "welcome"."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    steps: Annotated[tuple[Step, ...], Field(max_length=STEPS_MAX)] = USUAL
    supporters: bool = True  # somebody new may ask to be introduced to one

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """What is stored; anything unreadable falls back to the defaults."""
        try:
            return cls.model_validate(stored.get("welcome") or {})
        except ValidationError:
            return cls()

    def on(self, days: Sequence[int]) -> tuple[Step, ...]:
        """The letters on other days, each with the words and goal of the one in its place."""
        blank = [Step(day=0)] * len(days)
        kept = [*self.steps, *blank[len(self.steps) :]]
        return tuple(step.model_copy(update={"day": day}) for step, day in zip(kept, days, strict=False))


def after(day: int) -> timedelta:
    """How long after joining a letter is wanted; the first one leaves time for what joining itself answers."""
    return timedelta(days=day) if day else FIRST_WAIT


def days_of(typed: str) -> list[int] | None:
    """Days as typed, "0, 7, 21" with whatever stands between; None when they are not some days in their order."""
    text = unicodedata.normalize("NFKC", typed)
    days = [int(day) for day in re.findall(r"\d{1,4}", text)]
    others = re.sub(r"[\d\s,、;・日/]|days?|and|と", "", text)
    in_order = days == sorted(set(days)) and len(days) <= STEPS_MAX and all(day <= LAST_DAY for day in days)
    return days if in_order and not others else None


def is_raised(before: Level, after: Level) -> bool:
    """Whether more people will see somebody than before; that needs a word more than lowering."""
    return after > before


def version(sentences: Iterable[Msg]) -> str:
    """Which text somebody agreed to: changes when any of its sentences does, in any language."""
    words = (Reader(language)(said) for said in sentences for language in LANGUAGES)
    return sha256("\n".join(words).encode()).hexdigest()[:12]


def filled(text: str, name: str, community: str) -> str:
    """A text of the secretariat with {name} and {community} filled in, and nothing else."""
    return re.sub(r"\{(name|community)\}", lambda found: {"name": name, "community": community}[found[1]], text)
