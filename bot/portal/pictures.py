"""Pictures of charts for chats, whose servers fetch them without a session.

An address carries the chart itself, sealed, and until when it opens, so nothing is stored, nobody can ask for another
picture, and a proxy's log holds no figures.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import astuple, replace
from datetime import datetime, timedelta
from http import HTTPStatus

from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import charts
from bot.cards import Chart
from bot.findings import SetUpProblem

LIVES = timedelta(days=30)
URL_MAX = 2900  # characters; Slack takes 3,000
_SEALED = TypeAdapter(tuple[str, float, str, tuple[tuple[str, int], ...], str])
_WORD = "chart"  # nothing else that is sealed begins with it


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

    def url(self, chart: Chart) -> str:
        """Where its picture is for `LIVES`; "" when it cannot be fetched from elsewhere or its address is too long."""
        if not self._base.startswith("https://"):
            return ""
        until = (self._now() + LIVES).timestamp()
        text = json.dumps([_WORD, until, *astuple(replace(chart, url=""))[:3]], ensure_ascii=False)
        url = f"{self._base}/chart/{self._seal(text).decode()}.png"
        return url if len(url) <= URL_MAX else ""

    def routes(self) -> list[Route]:
        """Their addresses; outside the pages, whose headers would keep a chat from showing them."""
        return [Route("/chart/{sealed}.png", self._picture)]

    async def _picture(self, request: Request) -> Response:
        chart = self._chart(request.path_params["sealed"])
        if chart is None:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        picture = await asyncio.to_thread(charts.png, chart)
        return Response(picture, media_type="image/png", headers={"Cache-Control": "private, max-age=86400"})

    def _chart(self, sealed: str) -> Chart | None:
        try:
            word, until, title, bars, alt = _SEALED.validate_json(self._unseal(sealed.encode()))
        except (SetUpProblem, ValidationError):
            return None
        return Chart(title, bars, alt) if word == _WORD and self._now().timestamp() < until else None
