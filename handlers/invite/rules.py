"""What invitations may be: pure decisions."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from storage.invitations import Invitation, State
from storage.names import name_key
from storage.roster import Person
from storage.waves import Pick

WAVE_MAX = 200  # people
TEXT_MAX = 1500  # characters of a draft's text
REFERRALS = 3  # a member may have waiting
REFERRAL_WAITS = timedelta(days=14)
ASKED_WAITS = timedelta(days=60)
PLACES = ("name", "community", "sender", "link")
WEEKLY, DAYS, LEAVER_DAYS = range(1, 51), range(7, 91), range(7, 366)
YEARS = re.compile(r"(19|20)\d\d")
_PLACE = re.compile(r"\{([^{}]*)\}")
_ALUMNI = re.compile(
    r"アルムナイ|あるむない|卒業生|(?<![a-z])alumn(?:i|us|a|ae)(?![a-z])|(?<![a-z])o[bg](?![a-z])", re.IGNORECASE
)
_MAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")


class Tone(StrEnum):
    """How a draft speaks."""

    PLAIN = "plain"
    WARM = "warm"
    NETWORK = "network"  # for those to whom the word alumni says nothing


def tones(kind: str) -> tuple[Tone, ...]:
    """What there is for a kind of community: only an alumni network is made of people who left."""
    return tuple(Tone) if kind == "alumni" else (Tone.PLAIN, Tone.WARM)


class Settings(BaseModel):
    """How a community invites, as stored under "invite".  `texts` by language and tone: "ja.plain"."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    weekly: Annotated[int, Field(ge=WEEKLY[0], le=WEEKLY[-1])] = 10
    days: Annotated[int, Field(ge=DAYS[0], le=DAYS[-1])] = 30
    leaver_days: Annotated[int, Field(ge=LEAVER_DAYS[0], le=LEAVER_DAYS[-1])] = 90
    texts: Mapping[str, str] = Field(default_factory=dict)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """What is stored; anything unreadable falls back to the defaults."""
        try:
            return cls.model_validate(stored.get("invite") or {})
        except ValidationError:
            return cls()


class Fault(StrEnum):
    """What is wrong with a text."""

    LINK = "link"  # is missing
    PLACE = "place"  # nothing we could fill in
    WORD = "word"  # the one this tone avoids


def fault(text: str, tone: Tone, community: str) -> tuple[Fault, str] | None:
    """What is wrong with a text, and the part that is; None when it can be used."""
    places = _PLACE.findall(text)
    if unknown := next((place for place in places if place not in PLACES), None):
        return Fault.PLACE, "{" + unknown + "}"
    if "link" not in places:
        return Fault.LINK, ""
    if tone is Tone.NETWORK and (
        found := _ALUMNI.search(unicodedata.normalize("NFKC", fill(text, {"community": community})))
    ):
        return Fault.WORD, found[0]
    return None


def fill(text: str, values: Mapping[str, str]) -> str:
    """A text with its places filled in; what there is no value for stays, and no value is filled in itself."""
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), text)


def fits(who: Person, pick: Pick) -> bool:
    """Whether a person is picked; width, case and blanks make no difference, and a part of a department will do."""
    if pick.year is not None and who.left_year != pick.year:
        return False
    if pick.department and name_key(pick.department) not in name_key(who.department):
        return False
    return not pick.tag or name_key(pick.tag) in {name_key(tag) for tag in who.tags}


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def number_in(typed: str, allowed: range) -> int | None:
    """A number as typed, in any width, when it is allowed."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    return int(plain) if plain.isdecimal() and len(plain) < 10 and int(plain) in allowed else None  # noqa: PLR2004 - no number of ours is as long


def year_in(typed: str) -> int | None:
    """A year as typed; None for anything else."""
    plain = unicodedata.normalize("NFKC", typed).strip().removesuffix("年")
    return int(plain) if YEARS.fullmatch(plain) else None


def is_mail(typed: str) -> bool:
    """Whether this could be a mail address."""
    return len(typed) <= 254 and _MAIL.fullmatch(typed) is not None  # noqa: PLR2004 - RFC 5321


class Shown(StrEnum):
    """What its sender is told of a link."""

    NOT_SENT = "not_sent"
    OPEN = "open"
    OVER = "over"
    JOINED = "joined"
    REVOKED = "revoked"


def shown(link: Invitation, today: date) -> Shown:
    """How a link stands."""
    if link.state is State.REVOKED:
        return Shown.REVOKED
    if link.state is State.USED:
        return Shown.JOINED
    if link.expires_on and today > link.expires_on:
        return Shown.OVER
    return Shown.OPEN if link.sent_on else Shown.NOT_SENT
