"""A member's own key: a link for years, in a drawer or a mail, that opens a short session as often as it is used."""

from http import HTTPStatus

from starlette.responses import Response
from starlette.routing import Route

from bot.codes import plain, spelled
from bot.language import LANGUAGES, Reader
from bot.portal import texts
from bot.portal.door import KEY_LENGTH, KEY_SESSION_LIVES, Links, Throttle
from bot.portal.entrance import picture
from bot.portal.pages import Pages, Visit


class KeyPages:
    """The page behind a key, and the sheet it is printed on."""

    def __init__(self, pages: Pages, links: Links) -> None:
        self._pages, self._links = pages, links
        self._throttle = Throttle()

    def routes(self) -> list[Route]:
        """Their addresses."""
        page = self._pages.page
        return [
            Route("/k/{code}", page(self.key, strangers=True), methods=["GET", "POST"]),
            Route("/k/{code}/print", page(self.printed, strangers=True)),
        ]

    async def key(self, visit: Visit) -> Response:
        """GET shows the button and looks nothing up; POST comes in.

        A key that was renewed, has ended or was mistyped gets one page.
        """
        if visit.request.method != "POST":
            return await self._pages.show(visit, "key.html")
        client = visit.request.client
        address = client.host if client else ""
        if not await self._throttle.allows(address):
            return await self._pages.problem(visit, texts.TOO_MANY, HTTPStatus.TOO_MANY_REQUESTS)
        token = await self._pages.doorkeeper.unlock(visit.request.path_params["code"])
        if token is None:
            await self._throttle.count(address)
            return await self._pages.problem(visit, texts.KEY_DEAD, HTTPStatus.GONE)
        if visit.visitor:
            await self._pages.doorkeeper.leave(visit.token)
        return self._pages.let_in(token, KEY_SESSION_LIVES)

    async def printed(self, visit: Visit) -> Response:
        """A page to print, with the address as a picture; the same for every code, whether it works or not."""
        code = plain(visit.request.path_params["code"])
        if len(code) != KEY_LENGTH:
            return await self._pages.problem(visit, texts.NOT_FOUND, HTTPStatus.NOT_FOUND)
        url = self._links.key(spelled(code))
        readers = [Reader(language) for language in LANGUAGES]
        return await self._pages.show(visit, "key_printed.html", url=url, picture=picture(url), readers=readers)
