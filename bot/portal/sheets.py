"""Pages that a member prints or leaves open on a screen, and short addresses that are read from paper."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Protocol

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from bot.codes import plain, spelled
from bot.events import Asked
from bot.portal import texts
from bot.portal.door import Links, Visitor
from bot.portal.entrance import picture
from bot.portal.pages import Answering, Pages, Visit
from bot.replies import Redraw, Reply, Whisper
from bot.sheets import Sheet
from bot.surface import TakeTurn

STILL = "still"  # in an address: the page stays as it is


class Sheets(Protocol):
    """Where the pages come from.  Raises `bot.surface.Unavailable`."""

    async def sheet(self, kind: str, subject: str, visitor: Visitor) -> Sheet | None:
        """One page for whoever visits, or None when there is none for them."""
        ...


class SheetPages:
    """A page looks anew without JavaScript; whoever reads it slowly keeps it still.

    `shortcuts`: what an address asks, by its word, as if it had been typed with the code after it; such a command only
    shows something, since whoever scans a code has pressed nothing yet.
    """

    def __init__(
        self, pages: Pages, links: Links, take_turn: TakeTurn, sheets: Sheets | None, shortcuts: Mapping[str, str]
    ) -> None:
        self._pages, self._links, self._take_turn = pages, links, take_turn
        self._sheets, self._shortcuts = sheets, shortcuts

    def routes(self) -> list[Route]:
        """Their addresses."""
        page = self._pages.page
        short = [Route(f"/{word}/{{code}}", page(self._asking(words))) for word, words in self._shortcuts.items()]
        return [*short, *([Route("/sheet/{kind}/{subject}", page(self.sheet))] if self._sheets else [])]

    async def sheet(self, visit: Visit) -> Response:
        """One page."""
        kind, subject = (visit.request.path_params[name] for name in ("kind", "subject"))
        found = await self._sheets.sheet(kind, subject, visit.me) if self._sheets else None
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        scans = [(one.label, spelled(one.code), self._links.short(one.word, spelled(one.code))) for one in found.scans]
        return await self._pages.show(
            visit,
            "live.html",
            card=found.card,
            paper=found.paper,
            scans=[(label, code, url, picture(url)) for label, code, url in scans],
            again=found.again_s,
            large=found.large,
            still=STILL in visit.request.query_params,
        )

    def _asking(self, words: str) -> Answering:
        async def ask(visit: Visit) -> Response:
            code = plain(visit.request.path_params["code"])
            event = Asked(who=visit.me.sighting, where=visit.me.address, words=f"{words} {code}")
            match await self._take_turn(event):
                case Whisper(card) | Redraw(card) | Reply(card):
                    return await self._pages.show(visit, "answer.html", card=card, place=None)
            return await self._pages.problem(visit, texts.NOT_FOUND, HTTPStatus.NOT_FOUND)

        return ask
