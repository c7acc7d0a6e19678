"""Pages that anybody may read, signed in or not: they say the same to everybody."""

from collections.abc import Callable, Mapping

from starlette.responses import Response
from starlette.routing import Route

from bot.cards import Card
from bot.language import LANGUAGES, Reader
from bot.portal.pages import Answering, Pages, Visit

Paper = Callable[[Reader], Card]
"""What such a page says to a reader; it knows nothing but their language."""


class PaperPages:
    """Each at `/` and its word, in the language of whoever reads, or in the one asked for: `/promise?ja`."""

    def __init__(self, pages: Pages, papers: Mapping[str, Paper]) -> None:
        self._pages, self._papers = pages, papers

    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route(f"/{name}", self._pages.page(self._shown(paper), strangers=True))
            for name, paper in self._papers.items()
        ]

    def _shown(self, paper: Paper) -> Answering:
        async def show(visit: Visit) -> Response:
            wished = next((one for one in LANGUAGES if one in visit.request.query_params), visit.reader.language)
            visit.reader = Reader(wished, visit.reader.zone)
            others = [one for one in LANGUAGES if one != wished]
            return await self._pages.show(visit, "paper.html", card=paper(visit.reader), others=others)

        return show
