"""Connections to Slack: the settings, one HTTP session for everything we send, and the Web API as our bot somewhere."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.installs import Me
from bot.surface import CannotStart

log = structlog.get_logger()

TIMEOUT = 10.0  # seconds for one call in all; the sender counts on it (`measured.md`, scale)
WINDOW = 2.5  # seconds in which a window must be opened: trigger_id lives 3 from Slack's side
Trouble = (SlackApiError, aiohttp.ClientError, TimeoutError, AttributeError)
"""What a call to Slack can raise; the last one is the SDK's own on an answer of plain text."""

# What `auth.test` says when the token itself is at fault (docs.slack.dev/reference/methods/auth.test).
BAD_TOKEN = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type"}
)


class StartProblem(CannotStart):
    """A setting is missing or refused; the sentence names it."""


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """What an operator sets.  An app token means Socket Mode, unless `socket_mode` is switched off.

    With a client id, any number of workspaces install the app at `public_url`, asked for `scopes`, and `bot_token` is
    not used; without, there is one workspace, the token's.
    """

    bot_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    api_url: str = "https://slack.com/api/"
    socket_mode: bool = True
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    public_url: str = ""
    scopes: tuple[str, ...] = ()


class _Hush(logging.Filter):
    """Lets trouble of the SDKs through as the place it was noticed; their own words may carry whole request bodies."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return False
        kind = record.exc_info[0] if record.exc_info else None
        record.msg = "the Slack SDK noticed trouble in %s.%s (%s)"
        record.args = (record.module, record.funcName, kind.__name__ if kind else "no exception")
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def hushed() -> logging.Logger:
    """The logger given to Bolt and the SDK, which copy its level and filters to their own.

    Their modules' loggers are pinned as well, so that a root logger at DEBUG changes nothing.
    """
    for name in ("slack_bolt", "slack_sdk", "aiohttp"):
        logging.getLogger(name).setLevel(logging.WARNING)
    quiet = logging.getLogger("bot.slack.sdk")
    quiet.setLevel(logging.WARNING)
    if not quiet.filters:
        quiet.addFilter(_Hush())
    return quiet


def word(trouble: BaseException) -> str:
    """What went wrong, in one word that holds nothing anybody wrote."""
    if isinstance(trouble, SlackApiError) and not isinstance(trouble.response, str):
        data = getattr(trouble.response, "data", None)
        code = data.get("error") if isinstance(data, dict) else None
        return code if isinstance(code, str) else f"http_{getattr(trouble.response, 'status_code', 0)}"
    return type(trouble).__name__


class Web:
    """One HTTP session, and the Web API on it, as anybody.  Nothing here retries."""

    def __init__(self, api_url: str) -> None:
        self.api_url = api_url
        self.logger = hushed()
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session; needs a running loop the first time."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))
        return self._session

    def client(self, token: str | None = None, refused: Callable[[], None] = lambda: None) -> AsyncWebClient:
        """The Web API with this token; `refused` is called when Slack says that the token itself is at fault."""
        return _Client(
            refused,
            token=token,
            base_url=self.api_url,
            session=self.session,
            retry_handlers=[],  # the SDK's own retries doubled a message (`measured.md`, scale)
            logger=self.logger,
        )

    async def oauth_access(self, settings: SlackSettings, **given: str) -> AsyncSlackResponse:
        """`oauth.v2.access` as our app; the SDK's own method signs in by what aiohttp has deprecated."""
        ours = aiohttp.encode_basic_auth(settings.client_id, settings.client_secret)
        return await self.client().api_call("oauth.v2.access", headers={"Authorization": ours}, data=given)

    def nobody(self) -> AsyncWebClient:
        """A Web API without a token or session, for what the SDK wants to hold but we never call."""
        return AsyncWebClient(base_url=self.api_url, retry_handlers=[], logger=self.logger)

    async def close(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()
        self._session = None

    async def respond(self, url: str, message: dict[str, Any]) -> bool:
        """Post to a `response_url`, only ever to Slack itself; whether it was taken."""
        if not self.is_slack(url):
            return False
        try:
            async with self.session.post(url, json=message, allow_redirects=False) as answer:
                return answer.status == 200  # noqa: PLR2004 - HTTP's OK
        except Trouble as trouble:
            log.warning("slack.not_shown", why=word(trouble))
            return False

    def is_slack(self, url: str) -> bool:
        """Whether this address is Slack's: its hooks, or at home under the configured Web API's host."""
        try:
            there, base = urlsplit(url), urlsplit(self.api_url)
            if (there.scheme, there.netloc) == ("https", "hooks.slack.com"):
                return True
            below = there.netloc == base.netloc or there.netloc.endswith("." + base.netloc)
        except ValueError:
            return False
        return there.scheme == base.scheme and below and "@" not in there.netloc


class _Client(AsyncWebClient):
    """Notices a refused token wherever it shows."""

    def __init__(self, refused: Callable[[], None], **settings: Any) -> None:
        super().__init__(**settings)
        self._refused = refused

    async def api_call(self, *args: Any, **kwargs: Any) -> AsyncSlackResponse:
        try:
            return await super().api_call(*args, **kwargs)
        except SlackApiError as trouble:
            if word(trouble) in BAD_TOKEN:
                self._refused()
            raise


class Connection:
    """Our bot in one workspace."""

    def __init__(self, web: Web, me: Me, token: str, api: AsyncWebClient) -> None:
        self.me, self.token, self.api = me, token, api
        self.respond = web.respond

    async def tried(self, call: Awaitable[object]) -> bool:
        """Whether the call went well; trouble is logged in one word."""
        try:
            await call
        except Trouble as trouble:
            log.warning("slack.not_shown", why=word(trouble))
            return False
        return True
