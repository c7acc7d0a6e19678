"""Which workspaces we are in, and our connection to each: one by a token, or many by OAuth.

On a warm turn a connection comes from memory: no database is read and Slack is not asked.  With many workspaces an
entry lives `FRESH` at most, so that another replica's install or removal is noticed; a token that Slack refuses is
looked up again at once.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog
from slack_sdk.errors import SlackApiError

from bot.slack.connection import BAD_TOKEN, Connection, SlackSettings, StartProblem, Trouble, Web, word
from bot.slack.installs import Installation, Installs, Me
from bot.surface import Unavailable

log = structlog.get_logger()

FRESH = timedelta(minutes=5)
RENEW_BEFORE = timedelta(hours=2)  # of the twelve it lives: docs.slack.dev/authentication/using-token-rotation


class NotInstalled(Exception):
    """The app is not in this workspace."""


class Workspaces(Protocol):
    """The workspaces we are in."""

    async def connection(self, team: str) -> Connection:
        """To one of them.  Raises NotInstalled, StartProblem, Unavailable, or whatever is `Trouble`."""
        ...

    def drop(self, team: str) -> None:
        """Look it up again."""
        ...


class One:
    """The workspace of one token.  Slack is asked once who we are there."""

    def __init__(self, web: Web, token: str) -> None:
        self._web, self._token = web, token
        self._known: Connection | None = None
        self._asking = asyncio.Lock()

    async def connection(self, team: str = "") -> Connection:  # noqa: ARG002 - as the docstring says
        """Whatever workspace a request names: outsiders write from theirs."""
        if self._known is not None:
            return self._known
        async with self._asking:
            if self._known is None:
                api = self._web.client(self._token)
                try:
                    told = await api.auth_test()
                except SlackApiError as refused:
                    if word(refused) in BAD_TOKEN:
                        msg = f"ENISHI_SLACK_BOT_TOKEN: Slack refuses this token ({word(refused)})"
                        raise StartProblem(msg) from None
                    raise
                ids = (told.get("team_id"), told.get("enterprise_id"), told.get("user_id"), told.get("bot_id"))
                self._known = Connection(self._web, Me(*(one or "" for one in ids)), self._token, api)
        return self._known

    def drop(self, team: str) -> None:
        """It stays: a token that is refused now and then is the operator's to replace."""


@dataclass(frozen=True, slots=True)
class _Entry:
    connection: Connection
    until: datetime


class Many:
    """The workspaces that installed the app by OAuth."""

    def __init__(
        self,
        web: Web,
        settings: SlackSettings,
        installs: Installs,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._web, self._settings, self._installs, self._now = web, settings, installs, now
        self._known: dict[str, _Entry] = {}
        self._unsaved: dict[str, tuple[Installation, Installation]] = {}
        self._looking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def connection(self, team: str) -> Connection:
        """From memory while it is fresh; else one read, by one of those who wait."""
        if entry := self._fresh(team):
            return entry.connection
        async with self._looking[team]:
            if entry := self._fresh(team):
                return entry.connection
            self.drop(team)
            if unsaved := self._unsaved.get(team):
                await self._installs.renew(*unsaved)
                del self._unsaved[team]
            found = await self._installs.find(team)
            if found is None:
                self._looking.pop(team, None)
                raise NotInstalled
            return self._remembered(await self._renewed(found))

    def _remembered(self, found: Installation) -> Connection:
        team, until = found.me.team, self._now() + FRESH
        until = min(until, found.expires_at) if found.expires_at else until
        api = self._web.client(found.token, lambda: self._refused(team, found.token))
        connection = Connection(self._web, found.me, found.token, api)
        self._known[team] = _Entry(connection, until)
        return connection

    def drop(self, team: str) -> None:
        """Look it up again, with the next turn."""
        self._known.pop(team, None)

    def _fresh(self, team: str) -> _Entry | None:
        entry = self._known.get(team)
        return entry if entry and self._now() < entry.until else None

    def _refused(self, team: str, token: str) -> None:
        entry = self._known.get(team)
        if entry and entry.connection.token == token:  # a late answer says nothing of its successor
            log.warning("slack.token_refused")
            self.drop(team)

    async def _renewed(self, found: Installation) -> Installation:
        """With new tokens when the old will expire soon.  The old still serve while another replica is at it."""
        team = found.me.team
        if not found.refresh_token or found.expires_at is None or found.expires_at - self._now() > RENEW_BEFORE:
            return found
        if not await self._installs.may_renew(found):
            return await self._installs.find(team) or found
        try:
            asked = {"grant_type": "refresh_token", "refresh_token": found.refresh_token}
            told = await self._web.oauth_access(self._settings, **asked)
            lives = timedelta(seconds=int(told["expires_in"]))
            token, refresh = str(told["access_token"]), str(told["refresh_token"])
        except (*Trouble, KeyError, ValueError, TypeError) as trouble:
            log.warning("slack.token_not_renewed", why=word(trouble))
            return found
        new = replace(found, token=token, refresh_token=refresh, expires_at=self._now() + lives)
        try:
            await self._installs.renew(found, new)
        except Unavailable:  # Slack takes a refresh token once: what it gave for it must not be lost
            self._unsaved[team] = (found, new)
        return new
