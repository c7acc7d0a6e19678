"""The portal's door: single-use links and sessions, kept as keyed tags, so a copy of the database opens nothing."""

import secrets
from datetime import date, timedelta

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

from bot.codes import LETTERS, plain, spelled
from bot.language import Reader
from bot.people import Handle
from bot.portal.door import KEY_LENGTH, KEY_SESSION_LIVES, LINK_LIVES, SESSION_LIVES, SURFACE, Visitor
from storage import invitations
from storage.communities import Settings
from storage.engine import Database
from storage.people import COLUMNS, Member, People, month_of, read
from storage.tables import community, door_key, door_link, door_session, member
from storage.work import Shelf, Work

KEY_UNUSED = relativedelta(months=12)


def portal_handle(community: str, member_id: str) -> Handle:
    """How a member is called on the portal."""
    return Handle(SURFACE, community, member_id)


class Doors(Shelf):
    """Links and sessions of one community."""

    def invite(self, member_id: str) -> str:
        """A new link's nonce; it opens once, within `LINK_LIVES`."""
        nonce = secrets.token_urlsafe(24)
        self._put(
            door_link,
            tag=self.work.keys.tag("link", nonce),
            member_id=member_id,
            expires_at=self.work.now + LINK_LIVES,
        )
        return nonce

    def renew_key(self, member_id: str) -> str:
        """The code of a member's own key; the one they had before opens nothing any more."""
        self.drop_key(member_id)
        code = "".join(secrets.choice(LETTERS) for _ in range(KEY_LENGTH))
        self._put(door_key, tag=_key_tag(self.work, code), member_id=member_id, used_month=month_of(self.work))
        return spelled(code)

    def drop_key(self, member_id: str) -> None:
        """A member's own key opens nothing any more."""
        self.run(self._remove(door_key).where(door_key.c.member_id == member_id))

    def key_used(self, member_id: str) -> date | None:
        """The month in which a member's own key was made or last used; None: they have none."""
        rows = self._rows(door_key, door_key.c.used_month).where(door_key.c.member_id == member_id)
        return self.run(rows).scalar()

    def begin(self, member_id: str, lives: timedelta = SESSION_LIVES) -> str:
        """A session's token."""
        token = secrets.token_urlsafe(32)
        self._put(
            door_session,
            tag=self.work.keys.tag("session", token),
            member_id=member_id,
            expires_at=self.work.now + lives,
        )
        People(self.work, self.community).add_handle(member_id, portal_handle(self.community, member_id))
        return token

    def close_all(self, member_id: str) -> None:
        """End every session and link of a member."""
        for table in (door_session, door_link):  # not the key: it is for the day when nothing else opens
            self.run(self._remove(table).where(table.c.member_id == member_id))


def enter(work: Work, nonce: str) -> str | None:
    """Use a link: a session token, or None when it was used, has expired or never was."""
    row = work.connection.execute(
        sa.delete(door_link)
        .where(door_link.c.tag == work.keys.tag("link", nonce), door_link.c.expires_at > work.now)
        .returning(door_link.c.community_id, door_link.c.member_id)
    ).one_or_none()
    return Doors(work, row.community_id).begin(row.member_id) if row else None


def unlock(work: Work, code: str) -> str | None:
    """Use a member's own key: the token of a short session, or None when it was renewed, has ended or never was."""
    this = door_key.c.tag == _key_tag(work, code)
    row = work.connection.execute(
        sa.select(door_key).where(this, door_key.c.used_month >= _keys_end(work))
    ).one_or_none()
    if row is None:
        return None
    if row.used_month != month_of(work):
        work.connection.execute(sa.update(door_key).where(this).values(used_month=month_of(work)))
    return Doors(work, row.community_id).begin(row.member_id, KEY_SESSION_LIVES)


def _key_tag(work: Work, code: str) -> bytes:
    return work.keys.tag("key", plain(code))


def _keys_end(work: Work) -> date:
    """A key last used before this month opens nothing any more."""
    return month_of(work) - KEY_UNUSED


_WHOSE = (
    sa.select(*COLUMNS)
    .select_from(
        door_session.join(
            member,
            sa.and_(member.c.community_id == door_session.c.community_id, member.c.id == door_session.c.member_id),
        ).join(community, community.c.id == door_session.c.community_id)
    )
    .where(door_session.c.tag == sa.bindparam("tag"), door_session.c.expires_at > sa.bindparam("now"))
)


def inside(work: Work, token: str) -> Member | None:
    """Whose session a token is; one statement, since every page asks."""
    row = work.connection.execute(_WHOSE, {"tag": work.keys.tag("session", token), "now": work.now}).one_or_none()
    return read(row, work.keys) if row else None


def invited(work: Work, code: str, token: str) -> str | None:
    """Come in by an invitation: the token of a guest's session, or None when the link does not work.

    Whoever is a member there already, or came in by the same link, stays who they are, and the link stays as it is.
    """
    link = invitations.find(work, code)
    if link is None:
        return None
    session = work.keys.tag("session", token)
    if (holder := inside(work, token)) and holder.community.id == link.community:
        return token
    if (guest := invitations.visiting(work, session)) and guest[0].id == link.id:
        return token
    token = secrets.token_urlsafe(32)
    invitations.sit(work, link.community, link.id, work.keys.tag("session", token))
    return token


def leave(work: Work, token: str) -> None:
    """End a session."""
    session = work.keys.tag("session", token)
    work.connection.execute(sa.delete(door_session).where(door_session.c.tag == session))
    invitations.stand(work, session)


def forget(work: Work) -> int:
    """Drop what has expired.  Returns how many."""
    return sum(
        work.connection.execute(sa.delete(table).where(table.c.expires_at <= work.now)).rowcount
        for table in (door_link, door_session)
    )


def forget_keys(work: Work) -> int:
    """Drop members' own keys that were not used for a year.  Returns how many."""
    return work.connection.execute(sa.delete(door_key).where(door_key.c.used_month < _keys_end(work))).rowcount


def leave_everywhere(work: Work, token: str) -> None:
    """End every session and link of whoever holds this one."""
    if holder := inside(work, token):
        Doors(work, holder.community.id).close_all(holder.id)


def _guest(work: Work, token: str) -> Visitor | None:
    """Whoever came in by an invitation and has not joined."""
    held = invitations.visiting(work, work.keys.tag("session", token))
    if held is None:
        return None
    link, name = held
    here = Settings(work, link.community).get()
    reader = Reader(link.language or here.language, here.zone)
    return Visitor(name, here.id, here.name, "", reader, runs_the_desk=False, guest=True)


class StoredDoors:
    """The doorkeeper the portal asks (`bot.portal.door.Doorkeeper`); each call is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def enter(self, nonce: str) -> str | None:
        """Use a link: a session token, or None."""
        return await self._database.tx(lambda work: enter(work, nonce))

    async def invited(self, code: str, token: str) -> str | None:
        """Come in by an invitation: a session token, or None."""
        return await self._database.tx(lambda work: invited(work, code, token))

    async def unlock(self, code: str) -> str | None:
        """Use a member's own key: the token of a short session, or None."""
        return await self._database.tx(lambda work: unlock(work, code))

    async def inside(self, token: str) -> Visitor | None:
        """Whose session a token is."""

        def look(work: Work) -> Visitor | None:
            who = inside(work, token)
            if who is None:
                return _guest(work, token)
            here = who.community
            return Visitor(who.id, here.id, here.name, who.name, who.reader, who.role.runs_events)

        return await self._database.look(look)

    async def leave(self, token: str) -> None:
        """End a session."""
        await self._database.tx(lambda work: leave(work, token))

    async def leave_everywhere(self, token: str) -> None:
        """End every session and link of whoever holds this one."""
        await self._database.tx(lambda work: leave_everywhere(work, token))
