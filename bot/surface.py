"""What a surface offers and what it needs.  Outcomes are values; exceptions are for surprises."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from starlette.routing import BaseRoute

from bot.address import Address
from bot.cards import Card
from bot.events import Event
from bot.findings import SetUpProblem
from bot.replies import Answer


class Unavailable(Exception):
    """Our memory cannot be reached just now; nothing was done, and the same event may be sent again."""


class CannotStart(SetUpProblem):
    """A surface cannot be opened as it is set up.  One sentence for the operator, naming the setting."""


TakeTurn = Callable[[Event], Awaitable[Answer]]
"""Takes one event to its answer, durably: when it returns, what the answer says has been stored.

Raises Unavailable.  A repeated key is answered with Silence.
"""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message to deliver.

    `key` is unique for the reason it is sent, and goes out with it where the platform carries such a thing, so that
    `look_up` can find it.  `community` is whose message it is.  `replaces` is the receipt of an earlier message of
    ours that this one takes the place of, or "".  `versions` holds the card by language for the portal's board, which
    shows each reader their own; elsewhere it is empty.  `untraced`: the surface notes nothing of it, so that nobody can
    tell afterwards whom such messages went to; where a message is a note of ours (the portal), it is not delivered.
    """

    key: str
    community: str
    to: Address
    card: Card
    replaces: str = ""
    versions: Mapping[str, Card] = field(default_factory=dict)
    untraced: bool = False


@dataclass(frozen=True, slots=True)
class Delivered:
    """The platform has it; `receipt` is its own name for the message."""

    receipt: str


@dataclass(frozen=True, slots=True)
class TryLater:
    """Certainly not delivered, and may be tried again after `after`.  `throttled`: the platform asked to slow down."""

    after: timedelta
    throttled: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """Certainly not delivered, and never will be: one word why (`user_not_found`, `blocked`)."""

    reason: str
    handle_is_dead: bool = False  # true: nothing can reach this address any more


@dataclass(frozen=True, slots=True)
class InDoubt:
    """Perhaps delivered: no answer, or an answer that says nothing.  One word why."""

    reason: str


Outcome = Delivered | TryLater | Gone | InDoubt


@dataclass(frozen=True, slots=True)
class Absent:
    """Looked up, and certainly not there."""


@dataclass(frozen=True, slots=True)
class CannotLook:
    """This surface, or this room of it, cannot be looked up."""


LookedUp = Delivered | Absent | TryLater | CannotLook


class Notebook(Protocol):
    """What a surface must remember of its own (message ids, conversation references, shown letters); sealed at rest.

    Entries stand on pages; both names may be personal and are stored as keyed tags only.  What is kept about one person
    stands on a page called "@" or "inbox/" and their user id, and goes when they leave.
    """

    async def read(self, community: str, page: str, name: str) -> str | None:
        """One entry, or None."""
        ...

    async def write(self, community: str, page: str, name: str, text: str) -> None:
        """Keep or replace one entry; the place of a replaced entry in the page's order stays."""
        ...

    async def leaf(self, community: str, page: str, limit: int = 50) -> list[tuple[str, str]]:
        """The newest entries of a page first, as (name, text)."""
        ...

    async def dated(self, community: str, page: str, limit: int = 50) -> list[tuple[str, str, datetime]]:
        """The same, as (name, text, when it was first written); aware."""
        ...

    async def tear(self, community: str, page: str, name: str | None = None) -> None:
        """Forget one entry, or the whole page."""
        ...


class Surface(Protocol):
    """One way to talk."""

    name: str

    def routes(self) -> Sequence[BaseRoute]:
        """What it answers over HTTP."""
        ...

    async def start(self) -> None:
        """Open what must stay open (sessions, sockets)."""
        ...

    async def stop(self) -> None:
        """Close it."""
        ...

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Send one message, once, without retrying by itself."""
        ...

    async def look_up(self, parcel: Parcel) -> LookedUp:
        """Whether a message that may have been sent is there."""
        ...
