"""Who is in the fictional community, as `community.toml` tells it."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from storage.checkins import Audience, Template
from storage.people import FOREVER, Member, People, Role
from storage.presets import Level
from storage.work import Work

SCRIPT = Path(__file__).with_name("community.toml")
STARRING = ("佐藤 美咲", "Anna Weber", "石井 由紀")  # whom one is shown first
SEASONS = ("winter", "spring", "summer", "autumn")


@dataclass(frozen=True, slots=True)
class Line:
    """One answer somebody gave."""

    template: Template
    text: str
    audience: Audience = Audience.EVERYONE
    link: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """One fictional member.

    `left` is the year they left the company, `level` who sees them, `months` their own cadence or None, `ignored` how
    many prompts in a row went without an answer, `told` what they wrote, oldest first.
    """

    name: str
    left: int
    field: str
    purpose: str
    told: tuple[Line, ...]
    role: Role = Role.MEMBER
    level: Level = Level.MEMBERS
    language: str = ""
    zone: str = ""
    months: int | None = None
    ignored: int = 0
    rests: int | str = 0

    def paused_until(self, today: date) -> date | None:
        """The end of their break, or None."""
        if isinstance(self.rests, str):
            return FOREVER
        return today + timedelta(days=self.rests) if self.rests else None

    @property
    def profile(self) -> dict[str, Any]:
        """What they would have told about themselves."""
        return {"name": self.name, "years": f"–{self.left}", "field": self.field, "purposes": [self.purpose]}


@dataclass(frozen=True, slots=True)
class Script:
    """Everything that is made up: the name, the people, and small lines by quarter of the year."""

    name: str
    people: tuple[Person, ...]
    small: tuple[tuple[str, ...], ...]


@cache
def script() -> Script:
    """Read the file, once a process."""
    read = tomllib.loads(SCRIPT.read_text(encoding="utf-8"))
    people = tuple(
        Person(
            **{
                **person,
                "told": tuple(_line(*words) for words in person["told"]),
                "role": Role(person.get("role", "member")),
                "level": Level(person.get("level", Level.MEMBERS)),
            }
        )
        for person in read["person"]
    )
    return Script(read["name"], people, tuple(tuple(read["small"][season]) for season in SEASONS))


def _line(template: str, text: str, audience: str = "everyone", link: str = "") -> Line:
    return Line(Template(template), text, Audience(audience), link)


@dataclass(frozen=True, slots=True)
class Starring:
    """Whom one is shown first: an ordinary member, one who reads English, a secretary."""

    member: Member
    english: Member
    secretary: Member


def starring(work: Work, community: str) -> Starring:
    """They, as members of the seeded community.  Raises KeyError elsewhere."""
    by_name = {member.name: member for member in People(work, community).all()}
    return Starring(*(by_name[name] for name in STARRING))
