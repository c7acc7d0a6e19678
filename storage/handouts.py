"""Files for one member, behind a link that opens once, within ten minutes.

The row says which file, not what is in it: the file is made when the link is opened, and is kept nowhere.
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import timedelta

import sqlalchemy as sa

from bot.files import File, NotYours
from bot.portal.door import Visitor
from storage.engine import Database
from storage.people import Member, People
from storage.tables import handout
from storage.work import Shelf, Work

LIVES = timedelta(minutes=10)
Maker = Callable[[Work, Member, str], File | None]
"""Makes a member's file of a subject; None when there is nothing any more."""


class Handouts(Shelf):
    """The waiting files of one community."""

    def offer(self, member_id: str, kind: str, subject: str = "") -> str:
        """A link's code for this member; earlier links to the same file end."""
        same = (handout.c.member_id == member_id, handout.c.kind == kind, handout.c.subject == subject)
        self.run(self._remove(handout).where(*same))
        code = secrets.token_urlsafe(24)
        self._put(
            handout,
            tag=self.work.keys.tag("handout", code),
            member_id=member_id,
            kind=kind,
            subject=subject,
            expires_at=self.work.now + LIVES,
        )
        return code


def take(work: Work, makers: Mapping[str, Maker], code: str, visitor: Visitor | None) -> File | NotYours | None:
    """Use a link: the file, or None when it was used, has ended or never was.

    A session of somebody else leaves it unused.
    """
    tag = handout.c.tag == work.keys.tag("handout", code)
    row = work.connection.execute(
        sa.select(handout).where(tag, handout.c.expires_at > work.now).with_for_update()
    ).one_or_none()
    if row is None or row.kind not in makers:
        return None
    if visitor and (visitor.community, visitor.member) != (row.community_id, row.member_id):
        return NotYours()
    work.connection.execute(sa.delete(handout).where(tag))
    member = People(work, row.community_id).get(row.member_id)
    return makers[row.kind](work, member, row.subject) if member else None


def forget(work: Work) -> int:
    """Drop what has expired.  Returns how many."""
    return work.connection.execute(sa.delete(handout).where(handout.c.expires_at <= work.now)).rowcount


class StoredHandouts:
    """Where the portal gets the files (`bot.portal.files.Files`); each call is a transaction of its own."""

    def __init__(self, database: Database, makers: Mapping[str, Maker]) -> None:
        self._database, self._makers = database, makers

    async def take(self, code: str, visitor: Visitor | None) -> File | NotYours | None:
        """Use a link: the file."""
        return await self._database.tx(lambda work: take(work, self._makers, code, visitor))
