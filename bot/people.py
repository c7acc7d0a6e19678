"""Who speaks: a person's handle on a surface, and what that surface told us about them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import quote, unquote

_PARTS = 3


class Standing(StrEnum):
    """How a platform sees somebody, which decides what they may do before we know them."""

    MEMBER = "member"
    GUEST = "guest"  # has an account in the tenant, but sees only a part of it
    OUTSIDER = "outsider"  # comes from another tenant (a shared channel) or has no account at all
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class Handle:
    """One account on one surface.  One person may have several."""

    surface: str
    tenant: str
    user: str

    def __str__(self) -> str:
        return ":".join(quote(part, safe="") for part in (self.surface, self.tenant, self.user))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` wrote.  Raises ValueError for anything else."""
        parts = [unquote(part) for part in text.split(":")]
        if len(parts) != _PARTS:
            msg = "a handle has three parts"
            raise ValueError(msg)
        return cls(*parts)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A person as one event shows them.  Everything but the handle may be unknown ("")."""

    handle: Handle
    name: str = ""
    language: str = ""  # what the platform says, "ja-JP" or "en"; the member's own choice wins
    zone: str = ""  # IANA name
    standing: Standing = Standing.MEMBER
    known_as: str = ""  # what the surface opens a chat with them by, where it is not the handle's user
