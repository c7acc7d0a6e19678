"""What an event is: its words, its parts and their times; plain data, checked as far as one thing alone can be.

A part's times are wall time in a zone, as people say them; the instants follow from `storage.recurrence`: a wall time
that a clock put forward skips moves on by the gap, one that comes twice means the first.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Annotated

from pydantic import Field, field_validator

from storage.questions import Frozen, worded
from storage.recurrence import RuleProblem, rule

TITLE_MAX, ABOUT_MAX, PLACE_MAX, LINK_MAX = 200, 3000, 300, 1000  # characters in one language
PARTS_MAX, PLACES_MAX, GUESTS_MAX, RULE_MAX = 20, 5000, 10, 160
TEAM_LEAST, TEAM_MOST, TEAMS_MAX, DATES_MAX = 4, 12, 20, 12  # places of a team; teams and dates of a series
FAR = timedelta(days=2 * 366)  # no event begins later
LASTS = timedelta(days=31)  # no part is longer
KIND = "attends_as"  # under which a profile says as whom its member comes, where they were asked
Title = Mapping[str, Annotated[str, Field(max_length=TITLE_MAX)]]
About = Mapping[str, Annotated[str, Field(max_length=ABOUT_MAX)]]
Place = Mapping[str, Annotated[str, Field(max_length=PLACE_MAX)]]


class Attendee(StrEnum):
    """As whom somebody comes; seats can be set aside for each."""

    ALUMNI = "alumni"
    STAFF = "staff"  # still with the company
    OTHER = "other"


class Waitlist(StrEnum):
    """What becomes of a seat that is free while others wait."""

    AUTOMATIC = "automatic"  # the next in line has it
    CLAIM = "claim"  # it is kept for the next in line, who has a day to say yes


class Archive(Frozen):
    """What is kept of an event that is over."""

    summary: About = Field(default_factory=dict)
    links: tuple[Annotated[str, Field(max_length=LINK_MAX)], ...] = ()


@lru_cache(8192)
def _instant(local: datetime, zone: str) -> datetime:
    """Remembered beside the parts, not in them: a copy of a part with another time has another instant."""
    return rule(local, None, zone).instant(local)


class Part(Frozen):
    """One part, with a time and a place or a link of its own.  `id` is "" until it is written.

    `shares` are the most seats that each kind may have of the `capacity`; a kind without a share has what is left.
    The link is for those who are going alone.
    """

    id: str = ""
    words: Title = Field(default_factory=dict)  # what the part is called; {} where there is only one
    starts_local: datetime
    ends_local: datetime
    zone: str
    place: Place = Field(default_factory=dict)
    link: Annotated[str, Field(max_length=LINK_MAX)] = ""
    capacity: int | None = None  # None: as many as come
    shares: Mapping[Attendee, int] = {}

    @field_validator("starts_local", "ends_local")
    @classmethod
    def _wall(cls, at: datetime) -> datetime:
        if at.tzinfo is not None:
            raise ValueError("wall time has no zone of its own")
        return at.replace(microsecond=0, fold=0)

    @property
    def starts_at(self) -> datetime:
        """The instant it begins, UTC.  Raises RuleProblem when there is no such zone."""
        return _instant(self.starts_local, self.zone)

    @property
    def ends_at(self) -> datetime:
        """The instant it ends, UTC.  Raises RuleProblem."""
        return _instant(self.ends_local, self.zone)

    @property
    def uid(self) -> str:
        """What calendars know it by; the same for as long as the part exists."""
        return self.id

    def name(self, language: str) -> str:
        """What it is called, or ""."""
        return worded(self.words, language)

    def where(self, language: str) -> str:
        """The place, or ""."""
        return worded(self.place, language)


class FixedTeams(Frozen):
    """A series for teams that stay the same: members join all its dates at once, see `storage/cohorts.py`."""

    places: Annotated[int, Field(ge=TEAM_LEAST, le=TEAM_MOST)] = 6  # of a team
    teams: Annotated[int, Field(ge=1, le=TEAMS_MAX)] = 1
    dates: Annotated[int, Field(ge=2, le=DATES_MAX)] = 6
    until: date | None = None  # the last day to join, in the zone of the first part; None: until the first date begins


class Details(Frozen):
    """Everything an event says of itself but its parts."""

    title: Title
    about: About = Field(default_factory=dict)
    neutral: Title = Field(
        default_factory=dict
    )  # what calendars and lock screens say instead of the title; {}: as the community has it
    languages: tuple[str, ...] = ()  # spoken there
    access: About = Field(default_factory=dict)  # accessibility: lifts, seats, quiet rooms
    captions: About = Field(default_factory=dict)  # captioning and interpreting; {}: none
    kinds: tuple[Attendee, ...] = ()  # who may come; (): everybody
    purposes: tuple[str, ...] = ()  # whom it is announced to, by what brings them here; (): everybody
    guests: Annotated[int, Field(ge=0, le=GUESTS_MAX)] = 0  # how many somebody may bring
    deadline: date | None = None  # the last day to sign up, in the zone of the first part
    waitlist: Waitlist = Waitlist.AUTOMATIC
    rule: Annotated[str, Field(max_length=RULE_MAX)] = ""  # RRULE in the wall time of the first part; "": once
    organisers: tuple[str, ...] = ()  # member ids
    cohort: FixedTeams | None = None  # of a series for fixed teams

    def titled(self, language: str) -> str:
        """The title in this language, or in the one there is."""
        return worded(self.title, language)

    def organised(self, gone: str, instead: str = "") -> "Details":
        """Without this organiser; with another instead."""
        names = (instead if who == gone else who for who in self.organisers)
        return self.model_copy(update={"organisers": tuple(dict.fromkeys(filter(None, names)))})

    def admits(self, kind: Attendee) -> bool:
        """Whether somebody who comes as this may come."""
        return not self.kinds or kind in self.kinds


class Fault(StrEnum):
    """Why something cannot be announced."""

    UNTITLED = "untitled"
    PARTS = "parts"  # none, or more than `PARTS_MAX`
    ZONE = "zone"  # there is no such time zone
    END = "end"  # a part ends before it begins, or at once
    LONG = "long"  # a part lasts longer than `LASTS`
    PAST = "past"  # a part has begun already
    FAR = "far"  # a part begins later than `FAR` from now
    PLACES = "places"  # a capacity of none, or of more than `PLACES_MAX`
    SHARES = "shares"  # a kind has no seat, or more than there are
    LINK = "link"  # the link is no https address
    DEADLINE = "deadline"  # after the first part begins, or past
    WHO = "who"  # seats for a kind that may not come


def faults(details: Details, parts: Sequence[Part], now: datetime, known: Sequence[Part] = ()) -> dict[Fault, int]:
    """Why an event cannot be announced or changed so, and which part it is, counted from 0.

    `known` are its parts as they were: one that has begun may stay, but not move.
    """
    found: dict[Fault, int] = {}
    if not any(text.strip() for text in details.title.values()):
        found[Fault.UNTITLED] = 0
    if not 0 < len(parts) <= PARTS_MAX:
        found[Fault.PARTS] = 0
    unmoved = {(part.id, part.starts_local, part.zone) for part in known if part.id}
    for number, part in enumerate(parts):
        stays = (part.id, part.starts_local, part.zone) in unmoved
        for fault in _faults(details, part, now, stays=stays):
            found.setdefault(fault, number)
    if Fault.ZONE in found or not parts:
        return found
    first = min(parts, key=lambda part: part.starts_at)
    over = details.deadline is not None and end_of(details.deadline, first.zone) <= now
    if details.deadline and (details.deadline > first.starts_local.date() or (over and first.starts_at > now)):
        found[Fault.DEADLINE] = parts.index(first)
    return found


def _faults(details: Details, part: Part, now: datetime, *, stays: bool) -> list[Fault]:
    try:
        begins, ends = part.starts_at, part.ends_at
    except RuleProblem:
        return [Fault.ZONE]
    amiss = {
        Fault.END: ends <= begins,
        Fault.LONG: ends - begins > LASTS,
        Fault.PAST: begins <= now and not stays,
        Fault.FAR: begins > now + FAR,
        Fault.PLACES: part.capacity is not None and not 0 < part.capacity <= PLACES_MAX,
        Fault.SHARES: not all(0 < seats <= (part.capacity or PLACES_MAX) for seats in part.shares.values()),
        Fault.LINK: bool(part.link) and not part.link.startswith("https://"),
        Fault.WHO: any(not details.admits(kind) for kind in part.shares),
    }
    return [fault for fault, wrong in amiss.items() if wrong]


def end_of(day: date, zone: str) -> datetime:
    """The instant at which a day is over in a zone, UTC."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    return rule(midnight, None, zone).instant(midnight)


class Change(StrEnum):
    """What is different after a change."""

    ADDED = "added"  # a part that was not there
    DROPPED = "dropped"  # a part that is there no more
    MOVED = "moved"  # another time, or another zone
    PLACE = "place"
    LINK = "link"
    WORDS = "words"  # title, text, what calendars say
    CAPACITY = "capacity"
    TERMS = "terms"  # who may come, until when, with how many guests, how the line moves, who runs it


SHOWN = frozenset({Change.ADDED, Change.DROPPED, Change.MOVED, Change.PLACE, Change.LINK, Change.WORDS})
"""What a calendar shows, and so raises the revision."""


def changes(old: Part, new: Part) -> frozenset[Change]:
    """What is different about a part."""
    same = {
        Change.MOVED: (old.starts_at, old.ends_at, old.zone) == (new.starts_at, new.ends_at, new.zone),
        Change.PLACE: dict(old.place) == dict(new.place),
        Change.LINK: old.link == new.link,
        Change.WORDS: dict(old.words) == dict(new.words),
        Change.CAPACITY: (old.capacity, dict(old.shares)) == (new.capacity, dict(new.shares)),
    }
    return frozenset(change for change, is_same in same.items() if not is_same)


_SAID = ("title", "about", "neutral", "languages", "access", "captions")
_TERMS = ("kinds", "purposes", "guests", "deadline", "waitlist", "rule", "organisers", "cohort")


def differences(old: Details, new: Details) -> frozenset[Change]:
    """What is different about an event as a whole."""
    groups = {Change.WORDS: _SAID, Change.TERMS: _TERMS}
    return frozenset(
        change for change, names in groups.items() if any(getattr(old, name) != getattr(new, name) for name in names)
    )
