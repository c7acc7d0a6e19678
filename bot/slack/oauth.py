"""How a workspace installs the app (docs.slack.dev/authentication/installing-with-oauth), and chooses its community.

| address | what |
|---|---|
| `GET /slack/install` | a page with the way to Slack; its state is kept and stands in a cookie |
| `GET /slack/oauth_redirect` | back from Slack: the code becomes a token, the installer gets a secret |
| `/slack/setup` | with that secret: choose a community they own, or found one |

Neither code, state, secret nor token is logged or shown; of the secrets only tags are stored.
"""

import hmac
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from hashlib import sha256
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, quote, urljoin

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import AuthorizeUrlGenerator
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.language import LANGUAGES, Msg, Reader
from bot.slack import pages, texts
from bot.slack.connection import SlackSettings, Trouble, Web, word
from bot.slack.installs import SET_UP_LIVES, STATE_LIVES, Installation, Installs, Me, NameTaken, Waiting, Wish
from bot.slack.workspaces import Workspaces
from bot.surface import Unavailable
from bot.texts import INPUT_KEPT

log = structlog.get_logger()

INSTALL, REDIRECT, SET_UP, DONE = "/slack/install", "/slack/oauth_redirect", "/slack/setup", "/slack/done"
BODY_MAX, FIELDS_MAX = 16 * 1024, 20  # bytes of a form, and its fields
CODE_OLD = frozenset({"invalid_code", "code_already_used"})
SERVER_ERROR, THROTTLED = 500, 429


class Refused(Exception):
    """The install ends here: one sentence."""

    def __init__(self, said: Msg, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__()
        self.said, self.status = said, status


class OAuth:
    """The pages, and what happens between them."""

    def __init__(
        self,
        settings: SlackSettings,
        web: Web,
        installs: Installs,
        workspaces: Workspaces,
        now: Callable[[], datetime],
    ) -> None:
        self._settings, self._web, self._now = settings, web, now
        self._installs, self._workspaces = installs, workspaces
        self._https = settings.public_url.startswith("https:")
        self._cookie = "__Host-enishi-slack" if self._https else "enishi-slack"
        self._back = settings.public_url.rstrip("/") + REDIRECT
        self._pages = pages.Pages(https=self._https)

    def routes(self) -> list[BaseRoute]:
        """Their addresses."""
        return [
            Route(INSTALL, self._page(self._install)),
            Route(REDIRECT, self._page(self._redirected)),
            Route(SET_UP, self._page(self._set_up), methods=["GET", "POST"]),
            Route(DONE, self._page(self._done)),
        ]

    def _page(
        self, answer: Callable[[Request, Reader], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            say = pages.reader(request.headers.get("accept-language", ""))
            try:
                return await answer(request, say)
            except Refused as refused:
                return self._pages.problem(say, refused.said, refused.status)
            except Unavailable:
                return self._pages.problem(say, texts.MEMORY_AWAY, HTTPStatus.SERVICE_UNAVAILABLE)

        return endpoint

    # --- to Slack and back

    async def _install(self, _: Request, say: Reader) -> Response:
        state = await self._installs.begin()
        address = AuthorizeUrlGenerator(
            client_id=quote(self._settings.client_id, safe=""),
            redirect_uri=quote(self._back, safe=""),
            scopes=self._settings.scopes,
            authorization_url=urljoin(self._settings.api_url, "/oauth/v2/authorize"),
        ).generate(state)
        return self._with_cookie(self._pages.install(say, address), state, STATE_LIVES)

    async def _redirected(self, request: Request, _: Reader) -> Response:
        told = request.query_params
        if told.get("error"):
            raise Refused(texts.DENIED if told["error"] == "access_denied" else texts.CODE_OLD)
        state, kept = told.get("state", ""), request.cookies.get(self._cookie, "")
        if not state or not hmac.compare_digest(state.encode(), kept.encode()):
            raise Refused(texts.STATE_OLD)
        if not await self._installs.came_back(state):
            raise Refused(texts.STATE_OLD)
        new, installer = await self._exchanged(told.get("code", ""))
        secret = await self._installs.install(new, installer)
        self._workspaces.drop(new.me.team)
        log.info("slack.installed")
        return self._with_cookie(RedirectResponse(SET_UP, HTTPStatus.SEE_OTHER), secret, SET_UP_LIVES)

    async def _exchanged(self, code: str) -> tuple[Installation, str]:
        """The code's installation, and who installed it.  Raises Refused."""
        try:
            told = await self._web.oauth_access(self._settings, code=code, redirect_uri=self._back)
        except Trouble as trouble:
            raise _meaning(trouble) from None
        if told.get("is_enterprise_install"):
            await self._give_back(told.get("access_token"))
            raise Refused(texts.ORG_WIDE)
        try:
            return self._installation(told)
        except (KeyError, TypeError, ValueError):
            log.warning("slack.oauth_malformed")
            raise Refused(texts.SLACK_AWAY, HTTPStatus.BAD_GATEWAY) from None

    def _installation(self, told: Any) -> tuple[Installation, str]:
        """docs.slack.dev/reference/methods/oauth.v2.access#response."""
        team, installer, token = told["team"]["id"], told["authed_user"]["id"], told["access_token"]
        if told.get("token_type") != "bot" or not all(isinstance(one, str) and one for one in (team, installer, token)):
            raise ValueError
        enterprise = (told.get("enterprise") or {}).get("id") or ""
        me = Me(team, enterprise, told.get("bot_user_id") or "")
        if not (refresh := told.get("refresh_token")):
            return Installation(me, token), installer
        expires = self._now() + timedelta(seconds=int(told["expires_in"]))
        return Installation(me, token, str(refresh), expires), installer

    async def _give_back(self, token: object) -> None:
        """Slack gave us more than we can use."""
        if isinstance(token, str):
            try:
                await self._web.client(token).auth_revoke()
            except Trouble as trouble:
                log.warning("slack.token_not_revoked", why=word(trouble))

    # --- which community

    async def _set_up(self, request: Request, say: Reader) -> Response:
        secret = request.cookies.get(self._cookie, "")
        waiting = await self._installs.waiting(secret) if secret else None
        if waiting is None:
            raise Refused(texts.SET_UP_OLD)
        csrf = sha256(f"csrf:{secret}".encode()).hexdigest()
        if request.method != "POST":
            return self._pages.set_up(say, csrf, waiting, Wish(language=say.language))
        typed = await _typed(request)
        if not hmac.compare_digest(typed.get("csrf", "").encode(), csrf.encode()):
            raise Refused(texts.SET_UP_OLD)
        if "community_id" in typed:
            return await self._moved_in(secret, typed["community_id"])
        return await self._founded(say, secret, csrf, waiting, typed)

    async def _moved_in(self, secret: str, community: str) -> Response:
        if not await self._installs.move_in(secret, community):
            raise Refused(texts.SET_UP_OLD)
        return self._finished()

    async def _founded(self, say: Reader, secret: str, csrf: str, waiting: Waiting, typed: dict[str, str]) -> Response:
        wish = Wish(**{name: typed.get(name, "") for name in ("name", "community", "kind", "language", "zone")})
        if errors := wrong(say, wish):
            return self._pages.set_up(say, csrf, waiting, wish, errors=errors, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            if not await self._installs.found(secret, wish):
                raise Refused(texts.SET_UP_OLD)
        except NameTaken:
            errors = {"community": say(texts.NAME_TAKEN)}
            return self._pages.set_up(say, csrf, waiting, wish, errors=errors, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        except Unavailable:
            status = HTTPStatus.SERVICE_UNAVAILABLE
            return self._pages.set_up(say, csrf, waiting, wish, alert=INPUT_KEPT, status=status)
        return self._finished()

    def _finished(self) -> Response:
        done = RedirectResponse(DONE, HTTPStatus.SEE_OTHER, pages.headers(https=self._https))
        done.delete_cookie(self._cookie, path="/", secure=self._https, httponly=True, samesite="lax")
        return done

    async def _done(self, _: Request, say: Reader) -> Response:
        return self._pages.done(say)

    def _with_cookie(self, answer: Response, value: str, lives: timedelta) -> Response:
        seconds = int(lives.total_seconds())
        answer.set_cookie(
            self._cookie, value, max_age=seconds, path="/", secure=self._https, httponly=True, samesite="lax"
        )
        answer.headers.update(pages.headers(https=self._https))
        return answer


def wrong(say: Reader, wish: Wish) -> dict[str, str]:
    """What cannot be taken of a wish, by field."""
    errors = {}
    for field, value in (("name", wish.name), ("community", wish.community)):
        if not value:
            errors[field] = say(texts.NAME_NEEDED)
        elif len(value) > pages.NAME_MAX:
            errors[field] = say(texts.NAME_LONG, most=say.number(pages.NAME_MAX))
    if wish.kind not in pages.KINDS:
        errors["kind"] = say(texts.CHOOSE_ONE)
    if wish.language not in LANGUAGES:
        errors["language"] = say(texts.CHOOSE_ONE)
    if wish.zone not in pages.zones():
        errors["zone"] = say(texts.NO_ZONE)
    return errors


async def _typed(request: Request) -> dict[str, str]:
    """The posted fields, on one line each, without what cannot be shown."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_MAX:
            raise Refused(texts.SET_UP_OLD, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        pairs = parse_qsl(body.decode(errors="replace"), max_num_fields=FIELDS_MAX)
    except ValueError:
        raise Refused(texts.SET_UP_OLD) from None
    return {name: "".join(c for c in " ".join(value.split()) if c.isprintable()) for name, value in pairs}


def _meaning(trouble: BaseException) -> Refused:
    reason = word(trouble)
    if reason in CODE_OLD:
        return Refused(texts.CODE_OLD)
    status = getattr(trouble.response, "status_code", 0) if isinstance(trouble, SlackApiError) else SERVER_ERROR
    if status >= SERVER_ERROR or status == THROTTLED or reason.startswith("http_"):
        log.warning("slack.oauth_unreachable", why=reason)
        return Refused(texts.SLACK_AWAY, HTTPStatus.BAD_GATEWAY)
    log.error("slack.oauth_refused", why=reason, settings="ENISHI_SLACK_CLIENT_ID, ENISHI_SLACK_CLIENT_SECRET")
    return Refused(texts.NOT_SET_UP, HTTPStatus.INTERNAL_SERVER_ERROR)
