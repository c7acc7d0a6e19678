"""The one connection to Teams: one HTTP session, one cached token, and the few calls of the connector's REST API.

The SDK's own client sends through six threads, waits for minutes inside them, follows redirects and sends our token to
whatever address it was once told (`measured.md`, teams); this one does none of it, and never retries.
"""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import aiohttp
import structlog

from bot.teams.sdk import TOKEN_SCOPE
from bot.teams.settings import StartProblem, TeamsSettings

log = structlog.get_logger()

TIMEOUT = 10.0  # seconds for one call in all; the sender counts on it (`measured.md`, scale)
EARLY = 300.0  # seconds before a token ends that a new one is fetched
AGAIN = 10.0  # seconds between two tries to replace a token that still serves
LIFE = 3600.0  # seconds, when the token server does not say
OK = range(200, 300)
UNAUTHORIZED = 401
BAD_CREDENTIALS = {400, UNAUTHORIZED}


class Failure(Exception):
    """An answer that is not success: its status, Teams' own word for it, and the seconds it asks us to wait."""

    def __init__(self, status: int, code: str = "", wait: float | None = None) -> None:
        super().__init__(status)
        self.status, self.code, self.wait = status, code, wait


class NotTeams(Exception):
    """The address is not Teams'; nothing was sent there."""


class NoToken(Exception):
    """The token server gave none; nothing was sent.  One word why."""


Trouble = (Failure, NotTeams, NoToken, aiohttp.ClientError, TimeoutError)
"""What a call to Teams can raise."""


def word(trouble: BaseException) -> str:
    """What went wrong, in one word that holds nothing anybody wrote."""
    if isinstance(trouble, Failure):
        return trouble.code or f"http_{trouble.status}"
    return str(trouble) if isinstance(trouble, NoToken) else type(trouble).__name__


class Connection:
    """Calls to the connector.  `now` counts seconds."""

    def __init__(self, settings: TeamsSettings, now: Callable[[], float] = time.monotonic) -> None:
        self.settings = settings
        self._now = now
        self._session: aiohttp.ClientSession | None = None
        self._token = ""
        self._ends = self._retry = float("-inf")
        self._asking = asyncio.Lock()
        self._renewing: asyncio.Task[None] | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session; needs a running loop the first time."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=TIMEOUT),
                cookie_jar=aiohttp.DummyCookieJar(),
                json_serialize=lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")),
            )
        return self._session

    async def close(self) -> None:
        """Close the session."""
        if self._renewing is not None:
            self._renewing.cancel()
            await asyncio.gather(self._renewing, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
        self._session = None

    # --- the token

    async def check_credentials(self) -> None:
        """Raises StartProblem when the credentials are refused, NoToken or `Trouble` when nobody says."""
        try:
            await self._authorization()
        except Failure as refused:
            if refused.status in BAD_CREDENTIALS:
                raise StartProblem(
                    f"ENISHI_TEAMS_APP_ID, _APP_PASSWORD or _APP_TENANT: Microsoft refuses them ({word(refused)})"
                ) from None
            raise

    async def _authorization(self) -> dict[str, str]:
        if self.settings.anonymous:
            return {}
        left = self._ends - self._now()
        if left <= 0:
            async with self._asking:
                if self._ends <= self._now():
                    await self._renew()
        elif left < EARLY and self._now() >= self._retry:
            self._retry = self._now() + AGAIN  # the one we have still serves: nobody waits
            self._renewing = asyncio.create_task(self._try_to_renew())
        return {"Authorization": f"Bearer {self._token}"}

    async def _try_to_renew(self) -> None:
        try:
            await self._renew()
        except Trouble as trouble:
            log.warning("teams.no_token", why=word(trouble))

    async def _renew(self) -> None:
        """Client credentials: learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow."""
        settings = self.settings
        url = f"{settings.login_url}/{quote(settings.app_tenant, safe='')}/oauth2/v2.0/token"
        asked = {
            "grant_type": "client_credentials",
            "client_id": settings.app_id,
            "client_secret": settings.app_password,
            "scope": TOKEN_SCOPE,
        }
        try:
            async with self.session.post(url, data=asked, allow_redirects=False) as answer:
                told = await _json(answer)
        except (aiohttp.ClientError, TimeoutError) as trouble:
            raise NoToken(type(trouble).__name__) from None
        token, lives = told.get("access_token"), told.get("expires_in")
        if answer.status not in OK:
            error = told.get("error")
            raise Failure(answer.status, error if isinstance(error, str) else "", _wait(answer))
        if not isinstance(token, str) or not token:
            raise NoToken("no_token")
        self._token = token
        self._ends = self._now() + (float(lives) if isinstance(lives, int | str) and str(lives).isdecimal() else LIFE)

    # --- the connector: learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference

    async def send(self, service_url: str, conversation: str, activity: dict[str, Any]) -> str:
        """Put a message into a conversation.  Its id, or "" when Teams does not say.  Raises `Trouble`."""
        told = await self._call("POST", service_url, f"{_at(conversation)}/activities", activity)
        return _id(told)

    async def update(self, service_url: str, conversation: str, activity_id: str, activity: dict[str, Any]) -> None:
        """Put a message in the place of an earlier one.  Raises `Trouble`."""
        path = f"{_at(conversation)}/activities/{quote(activity_id, safe='')}"
        await self._call("PUT", service_url, path, {**activity, "id": activity_id})

    async def open_chat(self, service_url: str, tenant: str, user: str) -> str:
        """The one-to-one chat with a user (their Entra object id, or their id in Teams).  Raises `Trouble`."""
        asked = {
            "bot": {"id": self.bot_id},
            "members": [{"id": user}],
            "isGroup": False,
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        return _id(await self._call("POST", service_url, "v3/conversations", asked))

    async def open_thread(
        self, service_url: str, tenant: str, channel: str, activity: dict[str, Any]
    ) -> tuple[str, str]:
        """A new thread in a channel: its conversation, and the id of the message it begins with.  Raises `Trouble`."""
        asked = {
            "bot": {"id": self.bot_id},
            "isGroup": True,
            "tenantId": tenant,
            "channelData": {"channel": {"id": channel}, "tenant": {"id": tenant}},
            "activity": activity,
        }
        told = await self._call("POST", service_url, "v3/conversations", asked)
        started = told.get("activityId")
        return _id(told), started if isinstance(started, str) else ""

    @property
    def bot_id(self) -> str:
        """Our own id in Teams."""
        return f"28:{self.settings.app_id}"

    async def _call(self, method: str, service_url: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        if not self.settings.is_teams(service_url):  # asked at each send: what was kept may be older than the rule
            raise NotTeams
        try:
            headers = await self._authorization()
        except Failure as refused:
            raise NoToken(word(refused)) from None
        url = f"{service_url.rstrip('/')}/{path}"
        async with self.session.request(method, url, json=body, headers=headers, allow_redirects=False) as answer:
            told = await _json(answer)
            if answer.status == UNAUTHORIZED:
                self._ends = float("-inf")  # the next call asks for a new token
            if answer.status not in OK:
                raise Failure(answer.status, _code(told), _wait(answer))
            return told


def _at(conversation: str) -> str:
    return f"v3/conversations/{quote(conversation, safe='')}"


async def _json(answer: aiohttp.ClientResponse) -> dict[str, Any]:
    """The answer's JSON; {} when it is none."""
    try:
        told = json.loads(await answer.read() or b"{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _id(told: dict[str, Any]) -> str:
    found = told.get("id")
    return found if isinstance(found, str) else ""


def _code(told: dict[str, Any]) -> str:
    """Teams' word: `subCode` says more than `code` (`MessageWritesBlocked`)."""
    error = told.get("error")
    words = [told.get("subCode")] + ([error.get("subCode"), error.get("code")] if isinstance(error, dict) else [])
    inner = error.get("innerHttpError") if isinstance(error, dict) else None
    if isinstance(inner, dict) and isinstance(inner.get("body"), dict):
        words.insert(0, inner["body"].get("subCode"))
    found = next((one for one in words if isinstance(one, str) and one.isalnum()), "")
    return found[:60]


def _wait(answer: aiohttp.ClientResponse) -> float | None:
    said = answer.headers.get("Retry-After", "")
    return float(said) if said.isdecimal() else None
