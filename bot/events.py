"""What can happen.  A surface reads its payload into one of these; nothing else crosses into the house."""

from dataclasses import dataclass

from bot.actions import Action
from bot.address import Address
from bot.people import Sighting


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something one person did, in one place.

    `key` is the idempotency key the surface vouches for: the same key is the same deed, however often it is delivered.
    Empty means that repeating the event is harmless.  `lasting`: even a private answer stays in a chat's history, which
    an administrator of the platform may be able to export.
    """

    who: Sighting
    where: Address
    key: str = ""
    lasting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Event):
    """A command, `words` being what follows it, as typed.  `admin` tells `/enishi-admin` from `/enishi`."""

    words: str
    admin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Event):
    """A button of a card."""

    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted(Event):
    """A form that was sent; `action` carries both what the form was made with and what was typed in."""

    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated(Event):
    """A button or form that this version no longer knows, or whose content cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Event):
    """Something written to the bot in the one-to-one chat (never in a shared room)."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Event):
    """Somebody came into the room `where`; room "" is the tenant itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Event):
    """Somebody can no longer be reached there: left, blocked the bot, or the account was closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedHome(Event):
    """Somebody looks at their home page (App Home, the portal's first page)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed(Event):
    """The bot was taken out of the tenant `where.tenant`; nothing may be sent there any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Event):
    """The bot is in the tenant `where.tenant`: said where a platform tells no better than by what people do there."""
