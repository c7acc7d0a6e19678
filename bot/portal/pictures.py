"""Pictures of charts for chats, whose servers fetch them without a session.

An address carries the chart itself, sealed, and until when it opens, so nothing is stored, nobody can ask for another
picture, and a proxy's log holds no figures.
"""

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import astuple
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import charts
from bot.cards import Chart, Shares
from bot.findings import SetUpProblem

LIVES = timedelta(days=30)
URL_MAX = 2900  # characters; Slack takes 3,000
_Chart = tuple[str, float, str, tuple[tuple[str, int], ...], str]
_Shares = tuple[str, float, tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]
_SEALED: TypeAdapter[_Chart | _Shares] = TypeAdapter(_Chart | _Shares)
_CHART, _SHARES = "chart", "shares"  # nothing else that is sealed begins with these


class Pictures:
    """Makes the addresses, and answers them.  `seal` and `unseal` are the keys'; `unseal` raises SetUpProblem."""

    def __init__(
        self,
        base_url: str,
        seal: Callable[[str], bytes],
        unseal: Callable[[bytes], str],
        now: Callable[[], datetime],
    ) -> None:
        self._base = base_url.rstrip("/")
        self._seal, self._unseal, self._now = seal, unseal, now

    def url(self, chart: Chart | Shares) -> str:
        """Where its picture is for `LIVES`; "" when it cannot be fetched from elsewhere or its address is too long.

        An address that would be too long only for its labels has them in one line each.
        """
        if not self._base.startswith("https://"):
            return ""
        until = (self._now() + LIVES).timestamp()
        for content in _contents(chart):
            text = json.dumps([content[0], until, *content[1:]], ensure_ascii=False, separators=(",", ":"))
            url = f"{self._base}/chart/{self._seal(text).decode()}.png"
            if len(url) <= URL_MAX:
                return url
        return ""

    def routes(self) -> list[Route]:
        """Their addresses; outside the pages, whose headers would keep a chat from showing them."""
        return [Route("/chart/{sealed}.png", self._picture)]

    async def _picture(self, request: Request) -> Response:
        chart = self._chart(request.path_params["sealed"])
        if chart is None:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        picture = await asyncio.to_thread(charts.png, chart)
        return Response(picture, media_type="image/png", headers={"Cache-Control": "private, max-age=86400"})

    def _chart(self, sealed: str) -> Chart | Shares | None:
        try:
            found = _SEALED.validate_json(self._unseal(sealed.encode()))
        except (SetUpProblem, ValidationError):
            return None
        if self._now().timestamp() >= found[1]:
            return None
        if len(found) == 5:  # noqa: PLR2004 - which of both it is
            return Chart(*found[2:]) if found[0] == _CHART else None
        return Shares("", found[2], found[3], "") if found[0] == _SHARES else None


def _contents(chart: Chart | Shares) -> Iterator[tuple[Any, ...]]:
    """What an address holds, the best first."""
    if isinstance(chart, Chart):
        yield _CHART, *astuple(chart)[:3]
    else:
        for lines in (charts.LINES, 1):
            drawn = charts.slim(chart, lines)
            yield _SHARES, drawn.groups, drawn.rows
