"""Where something is said: plain data that round-trips to text."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, unquote

from bot.people import Handle

_PARTS = 4
_PERSON = "@"


@dataclass(frozen=True, slots=True)
class Address:
    """A place on a surface.

    `surface` is the surface's name ("slack", "teams", "portal"), `tenant` its workspace, tenant or community, `room` a
    channel or conversation there, `thread` a thread in the room or "".  A room that begins with "@" is the one-to-one
    chat with the user named after it, whatever the surface calls that conversation.
    """

    surface: str
    tenant: str
    room: str
    thread: str = ""

    @classmethod
    def direct(cls, handle: Handle) -> Self:
        """The one-to-one chat with a person."""
        return cls(handle.surface, handle.tenant, _PERSON + handle.user)

    @classmethod
    def board(cls, community: str) -> Self:
        """The community's own board on the portal, a shared room that every community has."""
        return cls("portal", community, "channel")

    @property
    def user(self) -> str:
        """The user of a one-to-one chat, or "" when the room is shared."""
        return self.room[1:] if self.room.startswith(_PERSON) else ""

    def __str__(self) -> str:
        return "/".join(quote(part, safe="@") for part in (self.surface, self.tenant, self.room, self.thread))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` wrote.  Raises ValueError for anything else."""
        parts = [unquote(part) for part in text.split("/")]
        if len(parts) != _PARTS:
            msg = "an address has four parts"
            raise ValueError(msg)
        return cls(*parts)
