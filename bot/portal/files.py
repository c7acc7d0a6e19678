"""Files behind links that open once."""

from http import HTTPStatus
from typing import Protocol
from urllib.parse import quote

from starlette.responses import Response
from starlette.routing import Route

from bot.files import File, NotYours
from bot.portal import texts
from bot.portal.door import Throttle, Visitor
from bot.portal.pages import Pages, Visit


class Files(Protocol):
    """Where the files come from.  Raises `bot.surface.Unavailable`."""

    async def take(self, code: str, visitor: Visitor | None) -> File | NotYours | None:
        """Use a link: the file, or None when it was used, has ended or never was."""
        ...


class FilePages:
    """A link shows a page with one button, so that a preview of a chat does not use it up."""

    def __init__(self, pages: Pages, files: Files) -> None:
        self._pages, self._files = pages, files
        self._throttle = Throttle()

    def routes(self) -> list[Route]:
        """Their addresses."""
        return [Route("/file/{code}", self._pages.page(self.file, strangers=True), methods=["GET", "POST"])]

    async def file(self, visit: Visit) -> Response:
        """GET shows the button and looks nothing up, POST uses the link and gives the file."""
        if visit.request.method != "POST":
            return await self._pages.show(visit, "file.html")
        client = visit.request.client
        address = client.host if client else ""
        if not await self._throttle.allows(address):
            return await self._pages.problem(visit, texts.TOO_MANY, HTTPStatus.TOO_MANY_REQUESTS)
        found = await self._files.take(visit.request.path_params["code"], visit.visitor)
        match found:
            case File():
                return saved(found)
            case NotYours():
                return await self._pages.problem(visit, texts.FILE_NOT_YOURS, HTTPStatus.FORBIDDEN)
            case None:
                await self._throttle.count(address)
                return await self._pages.problem(visit, texts.FILE_GONE, HTTPStatus.GONE)


def saved(file: File) -> Response:
    """The file, to be saved and not shown; no cache keeps it."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
        "Cache-Control": "no-store",
    }
    return Response(file.content, media_type=file.mime, headers=headers)
