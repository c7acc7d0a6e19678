"""Where something is said: plain data that round-trips to text."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, unquote

from bot.people import Handle

_PARTS = (4, 5)
_PERSON = "@"


@dataclass(frozen=True, slots=True)
class Address:
    """A place on a surface.

    `surface` is the surface's name ("slack", "teams", "portal"), `tenant` its workspace, tenant or community, `room` a
    channel or conversation there, `thread` a thread in the room or "".  A room that begins with "@" is the one-to-one
    chat with the user named after it, whatever the surface calls that conversation.  `known_as` is what the surface
    opens that chat by, where that is another name than the account's and nobody but this address knows it.
    """

    surface: str
    tenant: str
    room: str
    thread: str = ""
    known_as: str = ""

    @classmethod
    def direct(cls, handle: Handle, known_as: str = "") -> Self:
        """The one-to-one chat with a person."""
        return cls(handle.surface, handle.tenant, _PERSON + handle.user, known_as=known_as)

    @classmethod
    def board(cls, community: str) -> Self:
        """The community's own board on the portal, a shared room that every community has."""
        return cls("portal", community, "channel")

    @property
    def user(self) -> str:
        """The user of a one-to-one chat, or "" when the room is shared."""
        return self.room[1:] if self.room.startswith(_PERSON) else ""

    def __str__(self) -> str:
        parts = [self.surface, self.tenant, self.room, self.thread, *([self.known_as] if self.known_as else [])]
        return "/".join(quote(part, safe="@") for part in parts)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` wrote.  Raises ValueError for anything else."""
        parts = [unquote(part) for part in text.split("/")]
        if len(parts) not in _PARTS:
            msg = "an address has four parts, or five"
            raise ValueError(msg)
        return cls(*parts)
