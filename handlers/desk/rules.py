"""Who may give which role, which numbers may be shown, and what comes next.  Pure."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from storage.people import Member, Role
from storage.presets import Level, Preset

# --- roles ---------------------------------------------------------------------------------------


class Refusal(Enum):
    """Why a role is not changed."""

    LAST_OWNER = auto()
    OWNERS_ONLY = auto()
    NOT_ALL_WORK = auto()
    UNCHANGED = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """What counts of a person when roles change."""

    role: Role
    areas: frozenset[str] = frozenset()


def refusal(mine: Standing, theirs: Standing, wish: Standing, *, owners: int, myself: bool = False) -> Refusal | None:
    """Whether I may give them this role, and if not, why.

    Owners name owners and the secretariat; the whole secretariat names supporters; anybody may step down.
    """
    if theirs == wish:
        return Refusal.UNCHANGED
    if theirs.role is Role.OWNER and owners <= 1:
        return Refusal.LAST_OWNER
    if mine.role is Role.OWNER:
        return None
    if myself and _rank(wish) < _rank(theirs):
        return None
    if {theirs.role, wish.role} & {Role.OWNER, Role.SECRETARIAT}:
        return Refusal.OWNERS_ONLY
    return Refusal.NOT_ALL_WORK if mine.areas else None


def _rank(standing: Standing) -> tuple[int, int]:
    return standing.role.rank, 0 if standing.areas else 1


def named(members: Iterable[Member], typed: str) -> list[Member]:
    """Those whose name has what was typed in it; width, case and blanks make no difference."""
    wanted = _plain(typed)
    return [member for member in members if wanted and wanted in _plain(member.name)]


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


# --- numbers -------------------------------------------------------------------------------------


def shown(counts: Mapping[str, int], preset: Preset) -> dict[str, int]:
    """The numbers that may be seen: rounded down to a multiple of the floor, and none below it (`privacy.md`, 6)."""
    return {stage: preset.rounded(count) for stage, count in counts.items() if count >= preset.floor}


def together(people: Mapping[Level, int], preset: Preset) -> int:
    """How many may be counted: hidden ones only among so many that nobody is picked out."""
    hidden = people.get(Level.HIDDEN, 0)
    return preset.counted(sum(people.values()) - hidden, hidden)


def month(today: date) -> str:
    """Within which shown numbers stay as they are."""
    return f"{today:%Y-%m}"


class Next(Enum):
    """What the secretariat could do when nothing waits."""

    ROSTER = auto()
    WAVE = auto()
    REST = auto()


def following(counts: Mapping[str, int]) -> Next:
    """The step after those already taken; `counts` are the shown ones or the whole ones."""
    if not counts.get("imported"):
        return Next.ROSTER
    return Next.REST if counts.get("invited") else Next.WAVE
