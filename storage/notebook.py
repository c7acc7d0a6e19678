"""What surfaces remember: pages of entries, sealed, with keyed tags for names."""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime

import sqlalchemy as sa

from bot.people import Handle
from storage import people
from storage.engine import Database
from storage.tables import note
from storage.work import Shelf, Work


class Notes(Shelf):
    """One community's notes of one surface, within a transaction."""

    def __init__(self, work: Work, community: str, surface: str) -> None:
        super().__init__(work, community)
        self.surface = surface

    def read(self, page: str, name: str) -> str | None:
        """One entry, or None."""
        sealed = self.run(
            self._rows(note, note.c.text_sealed).where(*self._at(page), note.c.name == self._tag(page, name))
        ).scalar()
        return json.loads(self.work.keys.open(sealed))[1] if sealed else None

    def write(self, page: str, name: str, text: str) -> None:
        """Keep or replace one entry."""
        self._put_over(
            note,
            keep=("place",),
            surface=self.surface,
            page=self._tag(page),
            name=self._tag(page, name),
            text_sealed=self.work.keys.seal(json.dumps([name, text], ensure_ascii=False)),
            place=self.work.now,
        )

    def leaf(self, page: str, limit: int) -> list[tuple[str, str]]:
        """The newest entries first, as (name, text)."""
        return [(name, text) for name, text, _ in self.dated(page, limit)]

    def dated(self, page: str, limit: int) -> list[tuple[str, str, datetime]]:
        """The same, as (name, text, when it was first written)."""
        rows = self.run(
            self._rows(note, note.c.text_sealed, note.c.place)
            .where(*self._at(page))
            .order_by(note.c.place.desc(), note.c.name)
            .limit(limit)
        )
        return [(*json.loads(self.work.keys.open(sealed)), place) for sealed, place in rows]

    def tear(self, page: str, name: str | None) -> None:
        """Forget one entry, or the page."""
        gone = self._remove(note).where(*self._at(page))
        self.run(gone if name is None else gone.where(note.c.name == self._tag(page, name)))

    def _at(self, page: str) -> tuple[sa.ColumnElement[bool], ...]:
        return note.c.surface == self.surface, note.c.page == self._tag(page)

    def _tag(self, *names: str) -> bytes:
        return self.work.keys.tag("note", self.surface, *names)


class StoredNotebook:
    """The notebook given to one surface (`bot.surface.Notebook`); each call is a transaction of its own."""

    def __init__(self, database: Database, surface: str) -> None:
        self._database, self._surface = database, surface

    async def read(self, community: str, page: str, name: str) -> str | None:
        """One entry, or None."""
        return await self._database.look(lambda work: Notes(work, community, self._surface).read(page, name))

    async def write(self, community: str, page: str, name: str, text: str) -> None:
        """Keep or replace one entry."""
        await self._database.tx(lambda work: Notes(work, community, self._surface).write(page, name, text))

    async def leaf(self, community: str, page: str, limit: int = 50) -> list[tuple[str, str]]:
        """The newest entries first."""
        return await self._database.look(lambda work: Notes(work, community, self._surface).leaf(page, limit))

    async def dated(self, community: str, page: str, limit: int = 50) -> list[tuple[str, str, datetime]]:
        """The same, and when they were first written."""
        return await self._database.look(lambda work: Notes(work, community, self._surface).dated(page, limit))

    async def tear(self, community: str, page: str, name: str | None = None) -> None:
        """Forget one entry, or the page."""
        await self._database.tx(lambda work: Notes(work, community, self._surface).tear(page, name))


def belonging(database: Database) -> Callable[[Handle], Awaitable[list[str]]]:
    """For a surface that keeps notes on members alone: the communities an account is a member of."""

    async def communities(who: Handle) -> list[str]:
        return await database.look(lambda work: [one.community.id for one in people.everywhere(work, who)])

    return communities
