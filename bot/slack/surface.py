"""Slack as a surface: Bolt checks and routes what comes in, the house answers, Block Kit goes out."""

import asyncio
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot import logs
from bot.cards import sentence
from bot.events import Pressed, Submitted
from bot.language import both
from bot.payloads import Malformed
from bot.people import Sighting, Standing
from bot.slack import drawing, reading, texts
from bot.slack.answering import CLOSED, Answering, Later, ack
from bot.slack.connection import Connection, SlackSettings, StartProblem, Trouble, Web, word
from bot.slack.delivering import Delivering
from bot.slack.installs import Installs
from bot.slack.oauth import OAuth
from bot.slack.reading import Actions, Deed, Kind
from bot.slack.watchdog import Watchdog
from bot.slack.workspaces import Many, NotInstalled, One, Workspaces
from bot.surface import LookedUp, Notebook, Outcome, Parcel, TakeTurn, Unavailable
from bot.texts import BROKEN, INPUT_KEPT, UNAVAILABLE

log = structlog.get_logger()

PATH = "/slack/events"
BODY_MAX = 1024 * 1024  # bytes; a window of 250 KB comes back with what was typed, and escaped
INTRODUCED_WITHIN = 1.0  # seconds: a window must still be opened within three
_ANY = re.compile("")


class SlackSurface:
    """One workspace or, with `installs`, many, over HTTP and, with an app token, over Socket Mode.

    `now` decides when a token is renewed and when an install is looked up again.
    """

    name = reading.SURFACE

    def __init__(
        self,
        settings: SlackSettings,
        take_turn: TakeTurn,
        actions: Actions,
        notebook: Notebook,
        *,
        installs: Installs | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings
        self._take_turn = take_turn
        self._actions = actions
        self._web = Web(settings.api_url)
        self._installs = installs
        self._workspaces: Workspaces = One(self._web, settings.bot_token)
        self._oauth: OAuth | None = None
        if installs:
            self._workspaces = Many(self._web, settings, installs, now)
            self._oauth = OAuth(settings, self._web, installs, self._workspaces, now)
        self._verifier = SignatureVerifier(settings.signing_secret) if settings.signing_secret else None
        self._later = Later()
        self._delivering = Delivering(self._workspaces, notebook)
        self._bolt: AsyncApp | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self.given_up = ""  # a sentence, when the process had better be started anew
        self.socket: SocketModeClient | None = None  # for whoever watches over it

    # --- what a surface offers

    def routes(self) -> Sequence[BaseRoute]:
        """`POST /slack/events`, when there is a signing secret to check requests with; and the way through OAuth."""
        events = [Route(PATH, self._http, methods=["POST"])] if self._settings.signing_secret else []
        return [*events, *(self._oauth.routes() if self._oauth else [])]

    async def start(self) -> None:
        """Learn who we are, and open the socket.  Raises StartProblem, naming the setting that is wrong."""
        socket = bool(self._settings.app_token) and self._settings.socket_mode
        if not self._settings.bot_token and not self._installs:
            raise StartProblem("ENISHI_SLACK_BOT_TOKEN is missing")
        if not socket and not self._settings.signing_secret:
            raise StartProblem("ENISHI_SLACK_SIGNING_SECRET is missing; without it nobody can tell who calls")
        if isinstance(self._workspaces, One):
            try:
                await self._workspaces.connection()
            except Trouble as trouble:
                log.warning("slack.unreachable", why=word(trouble))  # asked again with the first request
        if socket:
            await self._connect()

    async def stop(self) -> None:
        """Draw what is still being drawn, then hang up."""
        if self._watching is not None:
            self._watching.cancel()
            self._watching = None
        if self.socket is not None:
            await self.socket.close()  # type: ignore[no-untyped-call]  # the SDK's
            self.socket = None
        if self._connecting is not None:
            self._connecting.cancel()
            self._connecting = None
        await self._later.settled()
        await self._web.close()

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Send one message, once."""
        return await self._delivering.deliver(parcel)

    async def look_up(self, parcel: Parcel) -> LookedUp:
        """Whether a message that may have been sent is there."""
        return await self._delivering.look_up(parcel)

    async def settled(self) -> None:
        """Every answer so far has been drawn."""
        await self._later.settled()

    # --- what comes in

    async def _connect(self) -> None:
        client = self._web.nobody()
        try:
            await client.apps_connections_open(app_token=self._settings.app_token)
        except SlackApiError as refused:
            msg = f"ENISHI_SLACK_APP_TOKEN: Slack refuses this token ({word(refused)})"
            raise StartProblem(msg) from None
        except Trouble as trouble:
            log.warning("slack.unreachable", why=word(trouble))
        handler = AsyncSocketModeHandler(
            self.bolt, self._settings.app_token, logger=self._web.logger, web_client=client
        )
        self.socket = handler.client
        connecting = handler.connect_async()  # type: ignore[no-untyped-call]  # the SDK's; tries until it succeeds
        self._connecting = asyncio.create_task(connecting)
        self._watching = asyncio.create_task(Watchdog(self.socket, self._give_up).run())

    def _give_up(self, words: str) -> None:
        self.given_up = words

    @property
    def bolt(self) -> AsyncApp:
        """The Bolt app: one listener for each kind of request, the frequent first, since each costs the next ones."""
        if self._bolt is None:
            app = AsyncApp(
                name="bot.slack.bolt",
                logger=self._web.logger,
                process_before_response=True,
                raise_error_for_unhandled_request=True,
                signing_secret=self._settings.signing_secret,
                request_verification_enabled=False,  # _signed has seen to it
                client=self._web.nobody(),
                authorize=_Authorize(),
                attaching_function_token_enabled=False,
                attaching_conversation_kwargs_enabled=False,
            )
            app.command(_ANY)(self._command)
            app.action(_ANY)(self._press)
            app.view(_ANY)(self._sent)
            app.event(_ANY)(self._event)
            app.error(self._trouble)
            self._bolt = app
        return self._bolt

    async def _http(self, request: Request) -> Response:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_MAX:
                return PlainTextResponse("too large", 413)
        if not self._signed(request, body):
            return PlainTextResponse("who are you?", 401)
        try:
            answer = await self.bolt.async_dispatch(to_async_bolt_request(request, body))
        except (ValueError, TypeError, AttributeError, LookupError):  # Bolt stumbles over the payload's shape
            return PlainTextResponse("bad request", 400)
        return to_starlette_response(answer)

    def _signed(self, request: Request, body: bytes) -> bool:
        """Whether Slack signed this in the last five minutes.

        Checked before anything is parsed; Bolt would parse first, and log what it refuses.
        """
        if self._verifier is None:
            return False
        headers = request.headers
        try:
            return self._verifier.is_valid(
                body, headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
            )
        except ValueError:
            return False  # a timestamp that is no number, or a body that is no text

    async def _command(self, body: dict[str, Any]) -> BoltResponse:
        slack = await self._connection(body)
        return await self._take(slack, reading.command(slack.me, body))

    async def _press(self, body: dict[str, Any]) -> BoltResponse:
        slack = await self._connection(body)
        return await self._take(slack, reading.press(slack.me, self._actions, body))

    async def _sent(self, body: dict[str, Any]) -> BoltResponse:
        slack = await self._connection(body)
        return await self._take(slack, reading.sent(slack.me, self._actions, body))

    async def _event(self, body: dict[str, Any]) -> BoltResponse:
        if deed := reading.removed(body):
            return await self._removed(deed, body)
        slack = await self._connection(body)
        return await self._take(slack, reading.happened(slack.me, body))

    async def _removed(self, deed: Deed, body: dict[str, Any]) -> BoltResponse:
        """The app was taken out of a workspace, unless it came back since.  No token is needed: it is dead by then."""
        team = deed.event.where.tenant
        try:
            if self._installs is None:
                await self._take_turn(deed.event)
            else:
                await self._installs.remove(team, reading.moment(body))
                self._workspaces.drop(team)
        except Unavailable:
            return BoltResponse(status=CLOSED)
        except Exception as surprise:  # noqa: BLE001 - Slack is told to repeat it; see logs.place
            log.error("slack.turn_failed", what=type(deed.event).__name__, **logs.place(surprise))  # noqa: TRY400 - as above
            return BoltResponse(status=CLOSED)
        return ack()

    async def _connection(self, body: dict[str, Any]) -> Connection:
        """To the workspace a payload concerns.  Raises NotInstalled or _NotNow."""
        try:
            for team in reading.workspaces(body) or [""]:
                with suppress(NotInstalled):
                    return await self._workspaces.connection(team)
        except (*Trouble, StartProblem, Unavailable) as trouble:
            raise _NotNow(word(trouble)) from None
        raise NotInstalled

    async def _take(self, slack: Connection, deed: Deed | None) -> BoltResponse:
        if deed is None:
            return ack()
        if isinstance(deed.event, Pressed | Submitted) and deed.event.action.asks_who:
            who = await self._introduced(slack, deed.event.who)
            deed = replace(deed, event=replace(deed.event, who=who))
        answering = Answering(slack, self._later)
        try:
            answer = await self._take_turn(deed.event)
        except Unavailable:
            kept = deed.kind is Kind.SENT
            return await answering.failed(deed, INPUT_KEPT if kept else UNAVAILABLE)
        except Exception as surprise:  # noqa: BLE001 - the person is told; whoever runs it sees where it happened
            log.error("slack.turn_failed", what=type(deed.event).__name__, **logs.place(surprise))  # noqa: TRY400 - see logs.place
            return await answering.failed(deed, BROKEN)
        return await answering.show(deed, answer)

    async def _introduced(self, slack: Connection, who: Sighting) -> Sighting:
        """What Slack says of somebody: commands and buttons carry neither name nor zone, nor that they are a guest."""
        if who.standing is not Standing.MEMBER:
            return who
        try:
            async with asyncio.timeout(INTRODUCED_WITHIN):
                told = await slack.api.users_info(user=who.handle.user, include_locale=True)
        except Trouble as trouble:
            log.warning("slack.not_introduced", why=word(trouble))
            return who
        return reading.introduced(slack.me, told.get("user"), who)

    async def _trouble(self, error: Exception, body: dict[str, Any]) -> BoltResponse:
        """What Bolt could not route: other kinds of request, malformed ones, and requests before we know who we are."""
        if isinstance(error, BoltUnhandledRequestError):
            return BoltResponse(status=200)
        if isinstance(error, _NotNow):
            if "command" in body:
                return ack({"response_type": "ephemeral", "text": both(UNAVAILABLE)})
            return BoltResponse(status=503)
        if isinstance(error, NotInstalled):
            return await self._not_here(body)
        if not isinstance(error, Malformed):
            log.warning("slack.malformed", **logs.place(error))
        return BoltResponse(status=400, body="bad request")

    async def _not_here(self, body: dict[str, Any]) -> BoltResponse:
        """Somebody of a workspace without us, in a shared channel, or where we were taken out."""
        card = sentence(both(texts.NOT_INSTALLED))
        if "command" in body:
            return ack({"response_type": "ephemeral", **drawing.message(card)})
        if body.get("type") == "view_submission":
            return ack({"response_action": "update", "view": drawing.window(card, "")})
        if isinstance(url := body.get("response_url"), str):
            said = {"response_type": "ephemeral", "replace_original": False, **drawing.message(card)}
            self._later.draw(self._told(url, said))
        return ack()

    async def _told(self, url: str, said: dict[str, Any]) -> None:
        await self._web.respond(url, said)


class _NotNow(Exception):
    """Slack cannot be asked who we are, or our memory where we are installed."""


class _Authorize(AsyncAuthorize):
    """Lets Bolt go on: listeners look for their connection, since a payload's team is not always the install's.

    Bolt's own way reads the store twice and asks Slack at every request.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Bolt's

    async def __call__(self, *, team_id: str | None = None, **_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=team_id)
