"""What a kind of community begins with: settings, not code paths.  A community may override each of them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

K = 5  # the least number of people that may be counted together where one of them is hidden
WORDS_MAX, WORD_MAX = 50, 40  # a community's own words, and characters of one

DISCREET = (  # never on a lock screen: a word; "*": and whatever follows it
    *("lgbt*", "sogi*", "ally", "allies", "allyship", "queer", "gay", "gays", "lesbian*", "bisexual*", "transgender*"),
    *("non-binary", "nonbinary", "asexual*", "pride", "rainbow", "coming out", "came out", "outing", "closeted"),
    *("sexual", "sexuality", "homosexual*", "same-sex", "gender", "partnership oath"),
    *("アライ", "カミングアウト", "アウティング", "当事者", "性的", "同性", "性自認", "性別", "性同一性", "性的指向"),
    *("レズビアン", "ゲイ", "バイセクシュアル", "バイセクシャル", "トランスジェンダー", "クィア", "クエスチョニング"),
    *(
        "ノンバイナリー",
        "アセクシュアル",
        "レインボー",
        "虹",
        "プライド",
        "セクシュアリティ",
        "セクシャリティ",
        "ジェンダー",
    ),
)


class Level(IntEnum):
    """Who may see that somebody is a member.  Level 0 is nobody at all: no row."""

    HIDDEN = 1  # the bot only
    SECRETARIAT = 2
    MEMBERS = 3  # other members who can be seen as well, and the secretariat
    OPEN = 4  # everybody in the workspace


Kind = Literal["ally", "alumni", "peers", "alliance"]
KINDS: tuple[Kind, ...] = ("ally", "alumni", "peers", "alliance")
Ask = Literal["years", "field"]


def _short(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words[:WORDS_MAX] if 0 < len(word.strip()) <= WORD_MAX)


class Preset(BaseModel):
    """How a community is with its members, as stored under "community" where it differs from its kind's."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    level: Level = Level.MEMBERS  # what somebody who joins is offered first; they choose
    floor: Annotated[int, Field(ge=1, le=50)] = 1  # no smaller count is shown; the others are rounded down to it
    neutral: bool = False  # no notification says what the community is about
    words: Annotated[tuple[str, ...], AfterValidator(_short)] = ()  # further ones that no notification may hold
    asks: tuple[Ask, ...] = ()  # what joining asks beside the name; all of it may be left empty
    months: Annotated[int, Field(ge=1, le=12)] = 3  # between two check-ins, where the desk has set nothing else
    greets: bool = True  # says hello to whoever is new in a workspace of its own
    written: bool = True  # whoever joins is written to, unless they say otherwise

    @property
    def hides(self) -> bool:
        """Whether membership itself is nobody's business: not the roster's, not the inviter's."""
        return self.level is Level.HIDDEN

    def shown(self, count: int) -> str:
        """A number of people as it may be told."""
        if self.floor == 1:
            return str(count)
        if count < self.floor:
            return f"< {self.floor}"
        about = self.rounded(count)
        return str(about) if about == count else f"{about}+"

    def rounded(self, count: int) -> int:
        """The same for a chart: 0 stands for anything below the floor, so that nobody sees one person come or go."""
        return count - count % self.floor

    def counted(self, seen: int, hidden: int) -> int:
        """How many of them may be told of: a hidden member is counted only among so many that nobody is picked out."""
        together = seen + hidden
        return together if together >= max(K, self.floor) else seen

    @property
    def discreet(self) -> tuple[str, ...]:
        """Words that no notification may hold."""
        return (*(DISCREET if self.neutral else ()), *self.words)

    def gives_away(self, text: str) -> bool:
        """Whether a text says too much for a lock screen, or a calendar that others see."""
        found = _pattern(self.discreet)
        return bool(found and found.search(_folded(text)))


_ALLY = Preset(level=Level.HIDDEN, floor=K, neutral=True, greets=False, written=False, months=6)
PRESETS: Mapping[Kind, Preset] = {
    "ally": _ALLY,
    "alumni": Preset(asks=("years", "field")),
    "peers": Preset(),
    "alliance": Preset(asks=("field",)),
}


def preset(kind: str, overrides: Mapping[str, Any]) -> Preset:
    """The kind's, with what a community has set itself; the kind's alone when that cannot be read.

    An unknown kind is treated like the most careful one.  What protects members of a kind cannot be set lower.
    """
    usual = next((PRESETS[one] for one in KINDS if one == kind), _ALLY)
    try:
        wanted = Preset.model_validate({**usual.model_dump(), **overrides})
    except (ValidationError, TypeError):
        return usual
    return wanted.model_copy(
        update={"floor": max(wanted.floor, usual.floor), "neutral": wanted.neutral or usual.neutral}
    )


def _folded(text: str) -> str:
    kept = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return re.sub(r"\s+", " ", "".join(kept)).casefold()


@lru_cache(256)
def _pattern(words: Iterable[str]) -> "re.Pattern[str] | None":
    """Latin words and those in katakana stand alone: “really” holds no ally, アライアンス no アライ."""
    parts = [_part(_folded(word.strip())) for word in words]
    return re.compile("|".join(part for part in parts if part)) if any(parts) else None


def _part(word: str) -> str:
    stem = word.removesuffix("*")
    if not stem:
        return ""
    letters = next((kind for kind in ("a-z", "ァ-ヺー") if re.search(f"^[{kind}]", stem)), "")
    before = f"(?<![{letters}])" if letters else ""
    after = f"(?![{letters}])" if letters and stem == word else ""
    return before + re.escape(stem) + after
