"""Letters and the community board: cards kept on pages of the notebook.

`inbox/<user>` holds a member's letters, `room/<room>` the posts everybody in the community sees, each entry under the
key of the parcel that brought it.  Delivering is writing, so looking up always answers, and once is once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Self

from bot.address import Address
from bot.cards import Card, dump, dump_each, load
from bot.portal.door import Visitor
from bot.surface import Absent, Delivered, Gone, LookedUp, Notebook, Outcome, Parcel, TryLater, Unavailable

BOARD = "channel"  # the room every member of a community is in
AGAIN = timedelta(seconds=30)
SEEN = "seen"  # the notebook's entry that says how far somebody has read


def board(community: str) -> Address:
    """Where to send what the whole community is to see on the portal."""
    return Address("portal", community, BOARD)


def page_of(to: Address) -> str:
    """The notebook page of an address."""
    return f"inbox/{to.user}" if to.user else f"room/{to.room}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shown card stands: a member's inbox or the board, and its entry there.  Round-trips to text."""

    shared: bool
    name: str

    def __str__(self) -> str:
        return f"{'board' if self.shared else 'inbox'}:{self.name}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """What `str()` wrote, or None."""
        where, colon, name = text.partition(":")
        return cls(where == "board", name) if colon and name and where in {"board", "inbox"} else None

    def address(self, visitor: Visitor) -> Address:
        """For whoever looks at it: only ever their own inbox or their own community's board."""
        return board(visitor.community) if self.shared else visitor.address

    @property
    def anchor(self) -> str:
        """Its id on the page; says nothing about the entry."""
        return "c" + sha256(self.name.encode()).hexdigest()[:16]

    @property
    def url(self) -> str:
        """Where it is seen."""
        return f"/{'board' if self.shared else 'inbox'}#{self.anchor}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A card, where it stands, since when (aware), and whether its reader has not seen it yet."""

    place: Place
    card: Card
    at: datetime
    unread: bool = False


def _own_page(visitor: Visitor) -> str:
    """What is kept about how somebody reads; it goes when they leave."""
    return f"@{visitor.member}"


class Shelves:
    """The notebook, as letters and posts."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook

    async def newest(self, visitor: Visitor, *, shared: bool = False, limit: int) -> list[Kept]:
        """Letters, or the posts of the board, newest first."""
        to = board(visitor.community) if shared else visitor.address
        entries = await self._notebook.dated(visitor.community, page_of(to), limit)
        seen = "" if shared else await self._notebook.read(visitor.community, _own_page(visitor), SEEN) or ""

        def kept(name: str, text: str, at: datetime) -> Kept:
            unread = not shared and at.isoformat() > seen
            return Kept(Place(shared, name), load(text, visitor.reader.language), at, unread)

        return [kept(*entry) for entry in entries]

    async def look_at(self, visitor: Visitor, letters: Sequence[Kept]) -> None:
        """These letters have been on their page.  What is kept is when the newest came, not when it was read."""
        if any(one.unread for one in letters):
            newest = max(one.at for one in letters).isoformat()
            await self._notebook.write(visitor.community, _own_page(visitor), SEEN, newest)

    async def at(self, visitor: Visitor, place: Place) -> Card | None:
        """The card that stands there now, or None."""
        text = await self._notebook.read(visitor.community, page_of(place.address(visitor)), place.name)
        return load(text, visitor.reader.language) if text is not None else None

    async def put(self, visitor: Visitor, place: Place, card: Card) -> None:
        """Put a card there, in place of what stood there."""
        await self._notebook.write(visitor.community, page_of(place.address(visitor)), place.name, dump(card))

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Write the card, unless it is there already: it may have been answered since."""
        if parcel.to.tenant != parcel.community:
            return Gone("other_community")
        if parcel.untraced:
            return Gone("letters_are_kept")
        try:
            if parcel.replaces or not await self._found(parcel):
                key = parcel.replaces or parcel.key
                text = dump_each(parcel.versions) if parcel.versions else dump(parcel.card)
                await self._notebook.write(parcel.community, page_of(parcel.to), key, text)
        except Unavailable:
            return TryLater(AGAIN)  # writing it twice under one key is writing it once
        return Delivered(parcel.replaces or parcel.key)

    async def look_up(self, parcel: Parcel) -> LookedUp:
        """Whether it was written."""
        try:
            return Delivered(parcel.key) if await self._found(parcel) else Absent()
        except Unavailable:
            return TryLater(AGAIN)

    async def _found(self, parcel: Parcel) -> bool:
        return await self._notebook.read(parcel.community, page_of(parcel.to), parcel.key) is not None
