"""How each kind of message behaves towards the person it reaches, and what a community and its members allow.

A feature declares a `Manner` for every kind it sends; `scheduler.politeness` decides by it, `handlers` put it in words.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Protocol, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.actions import Action
from bot.language import Sentence

if TYPE_CHECKING:
    from storage.people import Member
    from storage.work import Work

WINDOW = timedelta(days=28)  # over which the budget counts
HELD = "held:"  # how the word begins that says why a message waits, or was not said
DIGEST = "digest:"  # ... or that one line of another message will tell it
CARRIED = "in:"  # ... and then in which
REST = "nudges.rest"  # the kind of message that tells what no other message came to tell
_RANGE = re.compile(r"(?:(\d{4})-)?(\d{2})-(\d{2})(?:/(?:(\d{4})-)?(\d{2})-(\d{2}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a kind of message behaves.

    `asked`: the member asked for it (a reminder of what they joined, a reply, a test); it is outside the budget and
    goes out when it is due.  Everything else was started by us.
    """

    name: Sentence  # what it is, in a list of messages
    why: Sentence  # why it comes
    asked: bool = False
    prompt: bool = False  # hopes for an answer; who gives none is asked less and less often
    priority: int = 2  # as a draft's: 0 urgent .. 3 digest
    digest: bool = False  # too many: one line of the next message will do
    lives: timedelta = timedelta(days=14)  # how long after it was due it is still worth saying
    every: int = 0  # days between two prompts of this kind to one member; 0: its feature keeps its own time
    purposes: frozenset[str] = frozenset()  # only for members who chose one of these; empty: for everybody
    reason: "Callable[[Work, Member], str] | None" = None  # why it comes to this very member, in their language
    says_fine: bool = False  # to whoever has fallen silent its own card asks whether that is fine
    less: Action | None = None  # what "fewer of these" presses; none: one message less in 28 days
    skip: Action | None = None  # what "not this time" presses
    whispered: bool = False  # no row may tell of it: its feature draws it itself, and it counts in nobody's budget


Manners = Mapping[str, Manner]
"""By kind of message."""


class Why(StrEnum):
    """Why something was not said at once; the word is stored, and put in words by `handlers/nudges`."""

    BUDGET = "budget"  # enough was sent in the last 28 days
    PACE = "pace"  # something was sent in the last days
    HOURS = "hours"  # quiet hours
    DAY = "day"  # no working day there
    BREAK = "break"  # the member takes a break
    SILENCE = "silence"  # earlier ones were left alone, so we ask less often
    OFF = "off"  # the member does not want this kind
    PURPOSE = "purpose"  # for members with other purposes


def _days(texts: tuple[str, ...]) -> tuple[str, ...]:
    for text in texts:
        spans(text)
    return texts


def spans(text: str) -> tuple[str, str]:
    """First and last day of "MM-DD", "YYYY-MM-DD" or a range of them joined by "/".  Raises ValueError."""
    found = _RANGE.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    first, _, last = text.strip().partition("/")
    last = last or first
    if len(first) != len(last):
        raise ValueError(text)
    for day in (first, last):
        date.fromisoformat(day if len(day) > len("MM-DD") else f"2024-{day}")  # a leap year: 02-29 is a day, too
    if len(first) > len("MM-DD") and last < first:
        raise ValueError(text)
    return first, last


Hour = Annotated[int, Field(ge=0, le=24)]


class Settings(BaseModel):
    """What a community allows, as stored under "nudges"."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    most: Annotated[int, Field(ge=1, le=6)] = 3  # messages started by us, to one member, in 28 days
    gap: Annotated[int, Field(ge=24, le=14 * 24)] = 48  # hours between two of them
    opens: Hour = 9  # the member's wall clock
    closes: Hour = 18
    country: str = ""  # whose public holidays are kept, as in ISO 3166; "": by the time zone
    obon: bool = True  # 13 to 15 August, where the holidays are Japan's
    year_end: bool = True  # 29 December to 3 January
    closures: Annotated[tuple[str, ...], AfterValidator(_days)] = ()  # of the company: "08-10/08-16", "2027-05-01"

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """What is stored; anything unreadable falls back to the defaults."""
        try:
            return cls.model_validate(stored.get("nudges") or {})
        except ValidationError:
            return cls()


class Wishes(BaseModel):
    """What a member allows: tighter than their community, never looser."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    most: int | None = None
    opens: int | None = None
    closes: int | None = None
    off: tuple[str, ...] = ()  # kinds they do not want

    @classmethod
    def read(cls, stored: str) -> Self:
        """What is stored; "" is nothing."""
        try:
            return cls.model_validate_json(stored) if stored else NO_WISHES  # type: ignore[return-value] # no subclasses
        except ValidationError:
            return cls()


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds for one member: their community's settings, tightened by their wishes."""

    most: int
    gap: timedelta
    opens: int
    closes: int  # not later than `opens`: never
    off: frozenset[str] = frozenset()


def limits(settings: Settings, wishes: Wishes) -> Limits:
    """The tighter of both, each."""
    most = settings.most if wishes.most is None else max(0, min(settings.most, wishes.most))
    opens = settings.opens if wishes.opens is None else max(settings.opens, wishes.opens)
    closes = settings.closes if wishes.closes is None else min(settings.closes, wishes.closes)
    gap = timedelta(hours=settings.gap)
    return Limits(most, gap, opens, closes, frozenset(wishes.off))


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What becomes of a message to many, before it is sent: how many get it then, later, in a line, or not at all.

    It goes out between `begins` and `ends`, by the rate of the platforms.  When that is too late, `proposal` is a span
    in which all of it would fit.
    """

    now: int
    later: int
    digest: int
    spared: int
    unreachable: int
    begins: datetime
    ends: datetime
    proposal: tuple[datetime, datetime] | None = None


class Foresee(Protocol):
    """What becomes of a message of this kind that these members are to get then."""

    def __call__(
        self,
        work: "Work",
        community: str,
        audience: Collection[str],
        kind: str,
        at: datetime,
        *,
        until: datetime | None = None,
    ) -> Effect:
        """`until`: when all of them must have it."""
        ...
