"""Whom a request comes from, and the page it gets."""

import asyncio
import contextlib
import json
import secrets
import traceback
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol

import jinja2
import structlog
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot import charts
from bot.cards import Chart, Piece, Shares
from bot.language import Msg, Reader
from bot.portal import texts
from bot.portal.door import SESSION_LIVES, Doorkeeper, Visitor
from bot.portal.reading import FIELDS_MAX, limited, same_origin, stranger
from bot.portal.signing import Signing
from bot.portal.uploads import form_with_file, has_file
from bot.surface import Unavailable
from bot.texts import BROKEN, INPUT_KEPT, UNAVAILABLE

HERE = Path(__file__).parent
STATIC = HERE / "static"
RETRY_S = "5"  # seconds
LANGUAGE = "enishi-language"  # a stranger's choice, in the try-out
HIDDEN = ("csrf", "once", "from", "held")  # what our forms carry besides what is typed or pressed
log = structlog.get_logger()


@dataclass(slots=True)
class Visit:
    """One request: who, in which language, and what was sent with it."""

    request: Request
    token: str
    reader: Reader
    visitor: Visitor | None = None
    posted: FormData = field(default_factory=FormData)
    once: str = field(default_factory=lambda: secrets.token_urlsafe(12))  # names this rendering of the page
    kept_words: str = ""  # what the command line shows

    @property
    def me(self) -> Visitor:
        """Who is inside, on a page that strangers do not reach."""
        if self.visitor is None:
            msg = "this page is for members"
            raise TypeError(msg)
        return self.visitor

    def typed(self, name: str) -> str:
        """One posted value, or ""."""
        value = self.posted.get(name)
        return value if isinstance(value, str) else ""


Answering = Callable[[Visit], Awaitable[Response]]
Keeping = Callable[[Visit, Msg, int], Awaitable[Response | None]]
"""Shows a posted form again with one sentence, or gives None when it cannot be believed."""


class Extra(Protocol):
    """Something every page shows besides; the try-out's bar."""

    async def bar(self, visit: Visit) -> Mapping[str, Any]:
        """What its template needs."""
        ...


@cache
def _static(name: str) -> str:
    """The address of a file, with its content in it, so that a browser never uses an old one."""
    return f"/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def _kind(piece: Piece) -> str:
    return type(piece).__name__


def _asked(button: Any) -> str:
    """What the confirming page needs of a button."""
    return json.dumps([button.press, button.label, button.confirm, button.look])


def _charts(context: Mapping[str, Any]) -> Iterator[Chart | Shares]:
    """The charts of a page."""
    for card in (context.get("card"), *(one.card for one in context.get("kept", ()))):
        yield from (piece for piece in (card.pieces if card else ()) if isinstance(piece, Chart | Shares))


def templates() -> jinja2.Environment:
    """The templates, escaping everything."""
    loader = jinja2.FileSystemLoader(HERE / "templates")
    environment = jinja2.Environment(
        loader=loader,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
    )
    environment.filters |= {"kind": _kind, "asked": _asked, "drawn": charts.svg}
    environment.globals |= {"t": texts, "static": _static}
    return environment


class Pages:
    """Receives visitors and draws pages; the subjects of the portal register their routes through `page`."""

    def __init__(self, doorkeeper: Doorkeeper, signing: Signing, *, secure_cookies: bool) -> None:
        self.doorkeeper, self.signing = doorkeeper, signing
        self.cookie = "__Host-enishi" if secure_cookies else "enishi"
        self.extra: Extra | None = None
        self._secure = secure_cookies
        self._templates = templates()

    def page(
        self, answer: Answering, *, strangers: bool = False, guests: bool = False, keep: Keeping | None = None
    ) -> Callable[[Request], Awaitable[Response]]:
        """An endpoint for members, and where it says so, for guests or for anybody.

        `keep` shows a form again that could not be taken.
        """

        async def endpoint(request: Request) -> Response:
            visit = self._visit(Request(request.scope, limited(request.receive)))
            try:
                if request.method == "POST":
                    visit.posted = await self._sent(visit, request)
                    visit.once = visit.typed("once") or visit.once
                return await self._answered(visit, answer, keep, strangers=strangers, guests=guests or strangers)
            except Unavailable:
                return await self._kept(visit, keep, INPUT_KEPT, HTTPStatus.SERVICE_UNAVAILABLE)
            except HTTPException:
                raise
            except Exception as error:  # noqa: BLE001 - whatever it was, a person gets a page and the log no content
                at = traceback.extract_tb(error.__traceback__)[-1]
                place = f"{Path(at.filename).name}:{at.lineno}"  # the message and the values could be personal
                log.error("portal page failed", error=type(error).__name__, at=place)  # noqa: TRY400 - as above
                return await self.problem(visit, BROKEN, HTTPStatus.INTERNAL_SERVER_ERROR)
            finally:
                await visit.posted.close()

        return endpoint

    async def _sent(self, visit: Visit, request: Request) -> FormData:
        """What was sent; a file is taken from whoever runs the desk only."""
        if has_file(request):
            await self.meet(visit)
            if visit.visitor and visit.visitor.runs_the_desk:
                return await form_with_file(request)
        return await visit.request.form(max_files=0, max_fields=FIELDS_MAX)

    async def _answered(
        self, visit: Visit, answer: Answering, keep: Keeping | None, *, strangers: bool, guests: bool
    ) -> Response:
        await self.meet(visit)
        if visit.visitor is None and not strangers:
            return await self.sign_in(visit)
        if visit.visitor and visit.visitor.guest and not guests:
            return RedirectResponse("/", HTTPStatus.SEE_OTHER)
        if visit.request.method == "POST" and not self._ours(visit, strangers=strangers):
            return await self._kept(visit, keep, texts.SENT_AGAIN, HTTPStatus.FORBIDDEN)
        return await answer(visit)

    def _visit(self, request: Request) -> Visit:
        language = request.cookies.get(LANGUAGE, "") if self.extra else ""
        reader = stranger(language or request.headers.get("accept-language", ""))
        return Visit(request, request.cookies.get(self.cookie, ""), reader)

    async def meet(self, visit: Visit) -> None:
        """Find out who visits."""
        if visit.token and (visitor := await self.doorkeeper.inside(visit.token)):
            visit.visitor, visit.reader = visitor, visitor.reader

    def _ours(self, visit: Visit, *, strangers: bool) -> bool:
        headers = visit.request.headers
        if not same_origin(headers, headers.get("host", "")):
            return False
        return strangers or self.signing.csrf_fits(visit.token, visit.typed("csrf"))

    async def _kept(self, visit: Visit, keep: Keeping | None, said: Msg, status: int) -> Response:
        ours = same_origin(visit.request.headers, visit.request.headers.get("host", ""))
        if keep and ours and (shown := await keep(visit, said, status)):
            return shown
        if status == HTTPStatus.FORBIDDEN:
            return await self.problem(visit, texts.OLD_PAGE, status)
        again = [(name, value) for name, value in visit.posted.multi_items() if isinstance(value, str)]
        trusted = visit.token and self.signing.csrf_fits(visit.token, visit.typed("csrf"))
        return await self.problem(visit, UNAVAILABLE, status, again=again if trusted else [])

    async def show(self, visit: Visit, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        """A page, in the reader's language, which names its own deeds: the same one on a new page is a new one.

        But what could not be taken may have been, its answer lost: sent again, it is still the same deed.
        """
        if status != HTTPStatus.SERVICE_UNAVAILABLE:
            visit.once = secrets.token_urlsafe(12)
        for chart in _charts(context):
            await asyncio.to_thread(charts.svg, chart)  # the page then has it at hand
        body = self._templates.get_template(template).render(
            say=visit.reader,
            visit=visit,
            visitor=visit.visitor,
            path=visit.request.url.path,
            csrf=self.signing.csrf(visit.token) if visit.token else "",
            demo=await self._bar(visit),
            **context,
        )
        headers = {"Cache-Control": "no-store"}
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            headers["Retry-After"] = RETRY_S
        return HTMLResponse(body, status, headers)

    async def _bar(self, visit: Visit) -> Mapping[str, Any] | None:
        with contextlib.suppress(Unavailable):  # a page that says so must still be drawn
            return await self.extra.bar(visit) if self.extra else None
        return None

    async def problem(self, visit: Visit, said: Msg, status: int, **context: Any) -> Response:
        """One sentence."""
        return await self.show(visit, "problem.html", status, **{"said": said, "again": [], **context})

    async def sign_in(self, visit: Visit, said: Msg | None = None, status: int = HTTPStatus.FORBIDDEN) -> Response:
        """How somebody gets in; nothing they sent is shown again."""
        return await self.show(visit, "sign_in.html", status, said=said)

    async def no_page(self, request: Request, error: Exception) -> Response:
        """What Starlette refuses: no such address, another method, too much."""
        status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.NOT_FOUND
        visit = self._visit(request)
        with contextlib.suppress(Unavailable):  # the page then speaks the browser's language
            await self.meet(visit)
        sentences = {HTTPStatus.NOT_FOUND: texts.NOT_FOUND, HTTPStatus.REQUEST_ENTITY_TOO_LARGE: texts.TOO_LARGE}
        response = await self.problem(visit, sentences.get(HTTPStatus(status), texts.NOT_THIS_WAY), status)
        response.headers.update(getattr(error, "headers", None) or {})
        return response

    def let_in(self, token: str, lives: timedelta = SESSION_LIVES) -> Response:
        """To the home page, with a session."""
        response = RedirectResponse("/", HTTPStatus.SEE_OTHER)
        seconds = int(lives.total_seconds())
        response.set_cookie(
            self.cookie, token, path="/", max_age=seconds, httponly=True, samesite="lax", secure=self._secure
        )
        return response

    def let_out(self, response: Response) -> Response:
        """Forget the session in this browser."""
        response.delete_cookie(self.cookie, path="/", httponly=True, samesite="lax", secure=self._secure)
        return response
