"""Workspaces that installed the app on Slack: one row each, tokens sealed; and people on their way through OAuth."""

import json
import secrets
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.people import Handle
from bot.slack.installs import SET_UP_LIVES, STATE_LIVES, Installation, Me, NameTaken, Waiting, Wish
from storage import communities, founding
from storage.communities import Settings
from storage.engine import Database
from storage.people import Role, everywhere
from storage.tables import install, slack_errand, slack_install
from storage.work import Work

SURFACE = "slack"
RENEWING = timedelta(seconds=30)  # a call to Slack is given up long before

_FIND = sa.select(slack_install).where(slack_install.c.tenant == sa.bindparam("team"))


def find(work: Work, team: str) -> Installation | None:
    """A workspace's installation."""
    row = work.connection.execute(_FIND, {"team": team}).one_or_none()
    if row is None:
        return None
    access = json.loads(work.keys.open(row.access_sealed))
    return Installation(Me(**access["me"]), access["token"], access["refresh_token"], row.expires_at)


def keep(work: Work, new: Installation) -> None:
    """Put it in the place of an earlier one, and reach the communities that live there again."""
    team = new.me.team
    values = {**_access(work, new), "installed_at": work.database_now}
    statement = work.insert(slack_install).values(tenant=team, **values)
    replaced = {**values, "renewing_until": None}
    work.connection.execute(statement.on_conflict_do_update(index_elements=[slack_install.c.tenant], set_=replaced))
    communities.returned_to(work, SURFACE, team)


def remove(work: Work, team: str, since: datetime | None) -> bool:
    """Forget the tokens of a workspace that took us out then, and send its communities nothing more there.

    Not when it was installed again since: Slack repeats events for minutes, and its times have no fractions.
    """
    statement = _FIND.with_for_update()
    found = work.connection.execute(statement, {"team": team}).one_or_none()
    if found is not None and since is not None and since < found.installed_at.replace(microsecond=0):
        return False
    work.connection.execute(sa.delete(slack_install).where(slack_install.c.tenant == team))
    communities.removed_from(work, SURFACE, team)
    return True


def settle_everywhere(work: Work) -> None:
    """Communities are reached in the workspaces that installed the app, and nothing is sent to others: it waits.

    A token in a setting may have served before, or the database may be older than the last removal.
    """
    installed = sa.exists().where(slack_install.c.tenant == install.c.tenant)
    work.connection.execute(sa.update(install).where(install.c.surface == SURFACE).values(active=installed))


def may_renew(work: Work, known: Installation) -> bool:
    """Whether nobody else is replacing these tokens; the caller is, from now on."""
    now = work.database_now
    free = sa.or_(slack_install.c.renewing_until.is_(None), slack_install.c.renewing_until <= now)
    return _change(work, known, free, renewing_until=now + RENEWING)


def renew(work: Work, known: Installation, new: Installation) -> None:
    """Replace these tokens, unless an install has done so meanwhile."""
    _change(work, known, sa.true(), **_access(work, new), renewing_until=None)


def _change(work: Work, known: Installation, where: sa.ColumnElement[bool], **values: Any) -> bool:
    statement = sa.update(slack_install).where(
        slack_install.c.tenant == known.me.team, _same(_tag(work, known.token)), where
    )
    return work.connection.execute(statement.values(**values)).rowcount == 1


def _access(work: Work, new: Installation) -> dict[str, Any]:
    access = {"me": asdict(new.me), "token": new.token, "refresh_token": new.refresh_token}
    sealed = work.keys.seal(json.dumps(access))
    return {"access_sealed": sealed, "access_tag": _tag(work, new.token), "expires_at": new.expires_at}


def _tag(work: Work, token: str) -> bytes:
    return work.keys.tag("slack.token", token)


def _same(tag: bytes) -> sa.ColumnElement[bool]:
    return slack_install.c.access_tag == tag


# --- on the way ----------------------------------------------------------------------------------


def send(work: Work, lives: timedelta, installer: Handle | None = None) -> str:
    """A new secret for somebody on their way; only its tag is kept."""
    secret = secrets.token_urlsafe(32)
    sealed = work.keys.seal(str(installer)) if installer else None
    row = {"tag": _errand(work, secret), "installer_sealed": sealed, "expires_at": work.database_now + lives}
    work.connection.execute(sa.insert(slack_errand).values(**row))
    return secret


def came_back(work: Work, state: str) -> bool:
    """Use a state."""
    return _used(work, state, slack_errand.c.installer_sealed.is_(None))


def installer(work: Work, secret: str) -> Handle | None:
    """Who holds a secret that is still good."""
    sealed = work.connection.execute(
        sa.select(slack_errand.c.installer_sealed).where(
            slack_errand.c.tag == _errand(work, secret), slack_errand.c.expires_at > work.database_now
        )
    ).scalar()
    return Handle.parse(work.keys.open(sealed)) if sealed else None


def forget(work: Work) -> int:
    """Drop secrets that have expired.  Returns how many."""
    return work.connection.execute(sa.delete(slack_errand).where(slack_errand.c.expires_at <= work.now)).rowcount


def waiting(work: Work, secret: str) -> Waiting | None:
    """What the holder of a secret may choose from."""
    who = installer(work, secret)
    if who is None:
        return None
    here = communities.in_tenant(work, SURFACE, who.tenant)
    owned = {one.id: one.name for one in _owned(work, who) if one not in here}
    return Waiting(tuple(one.name for one in here), owned)


def move_in(work: Work, secret: str, community: str) -> bool:
    """Let one of their communities live there; the secret is used up."""
    who = installer(work, secret)
    if who is None or community not in {one.id for one in _owned(work, who)} or not _used(work, secret, sa.true()):
        return False
    Settings(work, community).move_in(SURFACE, who.tenant)
    return True


def found(work: Work, secret: str, wish: Wish, settle: Callable[[Work, str], None]) -> bool:
    """Found a community there with its first owner; the secret is used up.  Raises NameTaken or ValueError."""
    who = installer(work, secret)
    if who is None:
        return False
    if wish.community in {one.name for one in communities.in_tenant(work, SURFACE, who.tenant)}:
        raise NameTaken
    if not _used(work, secret, sa.true()):
        return False
    account = f"{who.tenant}/{who.user}"
    checked = founding.Wish(wish.name, wish.community, wish.kind, wish.language, wish.zone, account)
    founding.found(work, checked, settle)
    return True


def _owned(work: Work, who: Handle) -> list[communities.Community]:
    return [one.community for one in everywhere(work, who) if one.role is Role.OWNER]


def _used(work: Work, secret: str, where: sa.ColumnElement[bool]) -> bool:
    gone = sa.delete(slack_errand).where(slack_errand.c.tag == _errand(work, secret), where)
    return work.connection.execute(gone.where(slack_errand.c.expires_at > work.database_now)).rowcount == 1


def _errand(work: Work, secret: str) -> bytes:
    return work.keys.tag("slack.errand", secret)


class StoredInstalls:
    """Implements `bot.slack.installs.Installs`; each call is a transaction of its own.

    `settle` prepares a new community's features.
    """

    def __init__(self, database: Database, settle: Callable[[Work, str], None]) -> None:
        self._database, self._settle = database, settle

    async def begin(self) -> str:
        """A new state."""
        return await self._database.tx(lambda work: send(work, STATE_LIVES))

    async def came_back(self, state: str) -> bool:
        """Use a state."""
        return await self._database.tx(lambda work: came_back(work, state))

    async def find(self, team: str) -> Installation | None:
        """A workspace's installation."""
        return await self._database.look(lambda work: find(work, team))

    async def install(self, new: Installation, installer: str) -> str:
        """Keep it.  Returns the installer's secret."""

        def kept(work: Work) -> str:
            keep(work, new)
            return send(work, SET_UP_LIVES, Handle(SURFACE, new.me.team, installer))

        return await self._database.tx(kept)

    async def remove(self, team: str, since: datetime | None) -> bool:
        """Forget the tokens of a workspace."""
        return await self._database.tx(lambda work: remove(work, team, since))

    async def may_renew(self, known: Installation) -> bool:
        """Whether the caller is to renew these tokens."""
        return await self._database.tx(lambda work: may_renew(work, known))

    async def renew(self, known: Installation, new: Installation) -> None:
        """Replace these tokens."""
        await self._database.tx(lambda work: renew(work, known, new))

    async def waiting(self, secret: str) -> Waiting | None:
        """What the holder of a secret may choose from."""
        return await self._database.look(lambda work: waiting(work, secret))

    async def move_in(self, secret: str, community: str) -> bool:
        """Let one of their communities live in the workspace."""
        return await self._database.tx(lambda work: move_in(work, secret, community))

    async def found(self, secret: str, wish: Wish) -> bool:
        """Found a community there."""
        return await self._database.tx(lambda work: found(work, secret, wish, self._settle))
