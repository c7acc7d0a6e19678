"""Coming in by a link, and going out."""

from http import HTTPStatus

from starlette.responses import Response
from starlette.routing import Route

from bot.portal import texts
from bot.portal.door import Links, Throttle
from bot.portal.pages import Pages, Visit


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
            Route("/out", page(self.out), methods=["POST"]),
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
