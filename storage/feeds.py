"""Calendar addresses: one for a member, known to whoever holds it, renewed and stopped by the member alone.

The database keeps a keyed tag of an address, so a copy of it opens none, and nothing about who asked or when.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from bot.files import File
from bot.portal.door import Visitor
from storage.engine import Database
from storage.people import Member, People, month_of
from storage.tables import feed
from storage.work import Shelf, Work


@dataclass(frozen=True, slots=True)
class Feed:
    """A member's address, as far as anybody but they knows it."""

    every: bool  # all events, else those they come to or wait for
    made_month: date


class Feeds(Shelf):
    """The calendar addresses of one community."""

    def renew(self, member_id: str) -> str:
        """The token of a new address; those they had before give nothing any more."""
        before = self.of(member_id)
        self.stop(member_id)
        token = secrets.token_urlsafe(24)
        self._put(
            feed,
            tag=self.work.keys.tag("feed", token),
            member_id=member_id,
            every=before.every if before else False,
            made_month=month_of(self.work),
        )
        return token

    def stop(self, member_id: str) -> None:
        """Their addresses give nothing any more."""
        self.run(self._remove(feed).where(feed.c.member_id == member_id))

    def widen(self, member_id: str, *, every: bool) -> None:
        """What their address gives from now on: all events, or those they come to or wait for."""
        self.run(self._change(feed).where(feed.c.member_id == member_id).values(every=every))

    def of(self, member_id: str) -> Feed | None:
        """Their address, the newest where two accounts were made one; None: they have none."""
        mine = self._rows(feed, feed.c.every, feed.c.made_month).where(feed.c.member_id == member_id)
        row = self.run(mine.order_by(feed.c.made_month.desc()).limit(1)).one_or_none()
        return Feed(row.every, row.made_month) if row else None


def holder(work: Work, token: str) -> tuple[Member, Feed] | None:
    """Whose address a token is; None when it was renewed or stopped, or never was."""
    mine = sa.select(feed).where(feed.c.tag == work.keys.tag("feed", token))
    row = work.connection.execute(mine).one_or_none()
    who = People(work, row.community_id).get(row.member_id) if row else None
    return (who, Feed(row.every, row.made_month)) if row and who else None


class StoredCalendars:
    """Where the portal gets calendars (`bot.portal.calendars.Calendars`); each call only reads."""

    def __init__(
        self,
        database: Database,
        feed: Callable[[Work, Member, Feed], File],
        event: Callable[[Work, Member, str], File | None],
    ) -> None:
        self._database, self._feed, self._event = database, feed, event

    async def feed(self, token: str) -> File | None:
        """What an address gives, or None."""

        def made(work: Work) -> File | None:
            found = holder(work, token)
            return self._feed(work, *found) if found else None

        return await self._database.look(made)

    async def event(self, event_id: str, visitor: Visitor) -> File | None:
        """One event for whoever visits, or None when there is no such event for them."""

        def made(work: Work) -> File | None:
            who = None if visitor.guest else People(work, visitor.community).get(visitor.member)
            return self._event(work, who, event_id) if who else None

        return await self._database.look(made)
