"""Calendars: an address that a member's calendar asks again and again, and the file of one event."""

import re
from hashlib import sha256
from http import HTTPStatus
from typing import Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.files import File
from bot.portal import texts
from bot.portal.door import Throttle, Visitor
from bot.portal.files import saved
from bot.portal.pages import Pages, Visit

WAIT_S = "60"  # seconds, for whoever tried too many addresses
_MADE_AT = re.compile(rb"DTSTAMP:[^\r]*")  # of every entry, so that it says nothing about a change
TOKEN_MAX = 100  # characters; ours have 32


class Calendars(Protocol):
    """Where the calendars come from.  Raises `bot.surface.Unavailable`."""

    async def feed(self, token: str) -> File | None:
        """What a member's address gives, or None when it was renewed or stopped, or never was."""
        ...

    async def event(self, event_id: str, visitor: Visitor) -> File | None:
        """One event for whoever visits, or None when there is no such event for them."""
        ...


class CalendarPages:
    """A guessed address is answered as any that does not exist, and who guesses has to wait."""

    def __init__(self, pages: Pages, calendars: Calendars) -> None:
        self._pages, self._calendars = pages, calendars
        self._throttle = Throttle()

    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/calendar/{token}.ics", self._pages.page(self.feed, strangers=True), methods=["GET"]),
            Route("/events/{event}.ics", self._pages.page(self.event), methods=["GET"]),
        ]

    async def feed(self, visit: Visit) -> Response:
        """A calendar program asks, without a session.

        Who had too many that do not exist is told to wait whatever they ask for: a program that is told so keeps what
        it has, and nothing says whether the address is one.
        """
        client, token = visit.request.client, visit.request.path_params["token"]
        address = client.host if client else ""
        if not await self._throttle.allows(address):
            response = await self._pages.problem(visit, texts.TOO_MANY, HTTPStatus.TOO_MANY_REQUESTS)
            response.headers["Retry-After"] = WAIT_S
            return response
        found = await self._calendars.feed(token) if len(token) <= TOKEN_MAX else None
        if found is None:
            await self._throttle.count(address)
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return _unless_known(visit.request, found)

    async def event(self, visit: Visit) -> Response:
        """Whoever is inside saves one event."""
        found = await self._calendars.event(visit.request.path_params["event"], visit.me)
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return saved(found)


def _unless_known(request: Request, file: File) -> Response:
    """The calendar, or that nothing has changed since it was last asked for."""
    tag = f'"{sha256(_MADE_AT.sub(b"", file.content)).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(file.content, media_type=file.mime, headers=headers)
