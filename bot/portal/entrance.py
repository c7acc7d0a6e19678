"""Coming in by a link, and going out."""

from functools import cache
from http import HTTPStatus

import segno
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.codes import plain, spelled
from bot.language import LANGUAGES, Reader
from bot.portal import texts
from bot.portal.door import Links, Throttle
from bot.portal.pages import Pages, Visit
from bot.texts import INVITATION_DEAD

CODE_LENGTH = 16


@cache
def picture(url: str) -> str:
    """A QR code as SVG: a quarter of it may be unreadable, since paper gets folded."""
    return str(segno.make(url, error="q", micro=False).svg_inline(border=4, omitsize=True))


class Entrance:
    """A link shows a page with one button, so that a mail scanner or a preview does not use it up."""

    def __init__(self, pages: Pages, links: Links) -> None:
        self._pages, self._links = pages, links
        self._throttle = Throttle()

    def routes(self) -> list[Route]:
        """Their addresses."""
        page = self._pages.page
        return [
            Route("/door/{signed}", page(self.door, strangers=True), methods=["GET", "POST"]),
            Route("/i/{code}", page(self.invited, strangers=True), methods=["GET", "POST"]),
            Route("/i/{code}/print", page(self.printed, strangers=True)),
            Route("/out", page(self.out, guests=True), methods=["POST"]),
            Route("/out-everywhere", page(self.out_everywhere), methods=["POST"]),
        ]

    async def door(self, visit: Visit) -> Response:
        """GET shows the button, POST uses the link.  Whatever is wrong with a link, the page is the same."""
        client = visit.request.client
        address = client.host if client else ""
        nonce = self._links.nonce(visit.request.path_params["signed"])
        if visit.request.method != "POST":
            return await (self._pages.show(visit, "door.html") if nonce else self._dead(visit))
        if not await self._throttle.allows(address):
            return await self._pages.problem(visit, texts.TOO_MANY, HTTPStatus.TOO_MANY_REQUESTS)
        token = await self._pages.doorkeeper.enter(nonce) if nonce else None
        if token is None:
            await self._throttle.count(address)
            return await self._dead(visit)
        if visit.visitor:
            await self._pages.doorkeeper.leave(visit.token)
        return self._pages.let_in(token)

    async def invited(self, visit: Visit) -> Response:
        """GET shows the button and looks nothing up, so it tells nothing and uses nothing; POST comes in.

        Used, expired, revoked and mistyped links get one page, whoever opens them.
        """
        code = visit.request.path_params["code"]
        if visit.request.method != "POST":
            return await self._pages.show(visit, "invited.html")
        client = visit.request.client
        address = client.host if client else ""
        if not await self._throttle.allows(address):
            return await self._pages.problem(visit, texts.TOO_MANY, HTTPStatus.TOO_MANY_REQUESTS)
        token = await self._pages.doorkeeper.invited(code, visit.token)
        if token is None:
            await self._throttle.count(address)
            return await self._pages.problem(visit, INVITATION_DEAD, HTTPStatus.GONE)
        if token == visit.token:
            return RedirectResponse("/", HTTPStatus.SEE_OTHER)
        if visit.visitor:
            await self._pages.doorkeeper.leave(visit.token)
        return self._pages.let_in(token)

    async def printed(self, visit: Visit) -> Response:
        """A page to print, with the address as a picture; the same for every code, whether it works or not."""
        code = plain(visit.request.path_params["code"])
        if len(code) != CODE_LENGTH:
            return await self._pages.problem(visit, texts.NOT_FOUND, HTTPStatus.NOT_FOUND)
        url = self._links.invitation(spelled(code))
        readers = [Reader(language) for language in LANGUAGES]
        return await self._pages.show(visit, "printed.html", url=url, picture=picture(url), readers=readers)

    async def _dead(self, visit: Visit) -> Response:
        return await self._pages.problem(visit, texts.LINK_DEAD, HTTPStatus.GONE)

    async def out(self, visit: Visit) -> Response:
        """End this session."""
        await self._pages.doorkeeper.leave(visit.token)
        return await self._outside(visit)

    async def out_everywhere(self, visit: Visit) -> Response:
        """End all of them, and the unused links."""
        await self._pages.doorkeeper.leave_everywhere(visit.token)
        return await self._outside(visit)

    async def _outside(self, visit: Visit) -> Response:
        visit.visitor = None
        return self._pages.let_out(await self._pages.sign_in(visit, texts.SIGNED_OUT, HTTPStatus.OK))
