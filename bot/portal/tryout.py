"""The try-out: act as a demo member and let time pass, on the portal's own pages."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from http import HTTPStatus
from typing import Any, Protocol

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.files import File
from bot.language import LANGUAGES, Reader
from bot.portal import texts
from bot.portal.files import saved
from bot.portal.pages import LANGUAGE, Pages, Visit

STEPS = {  # word on the wire: how far, and what the button says
    "hour": (timedelta(hours=1), texts.DEMO_HOUR),
    "day": (timedelta(days=1), texts.DEMO_DAY),
    "week": (timedelta(weeks=1), texts.DEMO_WEEK),
    # the longest three months and a weekend: whoever tells something and moves on is asked again
    "quarter": (timedelta(days=95), texts.DEMO_QUARTER),
}
ROLES = {
    "owner": texts.OWNER,
    "secretariat": texts.SECRETARIAT,
    "supporter": texts.SUPPORTER,
    "member": texts.MEMBER,
}
DESK = {"owner", "secretariat"}
LANGUAGE_NAMES = {"ja": "日本語", "en": "English"}

Player = tuple[str, str, str, str]
"""(member id, community id, name, role as `storage.people.Role` spells it)"""


class Tryout(Protocol):
    """What the demo can do that no real portal may."""

    async def people(self) -> Sequence[Player]:
        """Whom one can act as."""
        ...

    async def become(self, member_id: str, community: str) -> str:
        """The token of a new session."""
        ...

    async def speak(self, member_id: str, community: str, language: str) -> None:
        """Set a member's own language."""
        ...

    async def forward(self, by: timedelta) -> list[str]:
        """Move the clock, plan and send; short lines of what was delivered."""
        ...

    def now(self) -> datetime:
        """The demo's time, aware."""
        ...

    def roster(self) -> bytes:
        """A made-up roster to bring in, as CSV."""
        ...


def date_and_time(reader: Reader, at: datetime) -> str:
    """With the year, since the clock moves by quarters."""
    local = reader.local(at)
    return f"{reader.long_day(local.date())} {local:%H:%M}"


class TryoutPages:
    """The bar on every page, and what its buttons do."""

    def __init__(self, pages: Pages, tryout: Tryout) -> None:
        self._pages, self._tryout = pages, tryout
        self._arrived: dict[bytes, list[str]] = {}  # by session: shown once

    def routes(self) -> list[Route]:
        """Their addresses."""

        def post(answer: Callable[[Visit], Awaitable[Response]]) -> Any:
            return self._pages.page(answer, strangers=True)

        return [
            Route("/tryout/become", post(self.become), methods=["POST"]),
            Route("/tryout/forward", post(self.forward), methods=["POST"]),
            Route("/tryout/language", post(self.language), methods=["POST"]),
            Route("/tryout/roster", post(self.roster)),
        ]

    async def bar(self, visit: Visit) -> Mapping[str, Any]:
        """What the bar shows."""
        people = [
            {"who": f"{community}/{member}", "name": name, "role": self._role(visit.reader, role), "desk": role in DESK}
            for member, community, name, role in await self._tryout.people()
        ]
        acting = f"{visit.visitor.community}/{visit.visitor.member}" if visit.visitor else ""
        return {
            "people": people,
            "acting": next((person for person in people if person["who"] == acting), None),
            "member": next((person for person in people if not person["desk"]), None),
            "desk": next((person for person in people if person["desk"]), None),
            "now": date_and_time(visit.reader, self._tryout.now()),
            "steps": [(word, label) for word, (_, label) in STEPS.items()],
            "languages": [(language, LANGUAGE_NAMES[language]) for language in LANGUAGES],
            "arrived": self._arrived.pop(_mark(visit.token), None),
        }

    async def become(self, visit: Visit) -> Response:
        """Act as somebody else."""
        community, _, member = visit.typed("who").partition("/")
        known = {(person[1], person[0]) for person in await self._tryout.people()}
        if (community, member) not in known:
            return await self._pages.problem(visit, texts.NOT_THIS_WAY, HTTPStatus.BAD_REQUEST)
        return self._pages.let_in(await self._tryout.become(member, community))

    async def forward(self, visit: Visit) -> Response:
        """Let time pass."""
        step = STEPS.get(visit.typed("by"))
        if step is None:
            return await self._pages.problem(visit, texts.NOT_THIS_WAY, HTTPStatus.BAD_REQUEST)
        self._arrived = {_mark(visit.token): await self._tryout.forward(step[0])}
        return self._back(visit)

    async def language(self, visit: Visit) -> Response:
        """Change the language of whom one acts as, or of a stranger's pages."""
        language = visit.typed("language")
        if language not in LANGUAGES:
            return await self._pages.problem(visit, texts.NOT_THIS_WAY, HTTPStatus.BAD_REQUEST)
        response = self._back(visit)
        if visit.visitor:
            await self._tryout.speak(visit.me.member, visit.me.community, language)
        response.set_cookie(LANGUAGE, language, path="/", httponly=True, samesite="lax")
        return response

    async def roster(self, visit: Visit) -> Response:
        """The made-up roster, to be saved and brought in like a real one."""
        content = await asyncio.to_thread(self._tryout.roster)
        return saved(File(visit.reader(texts.DEMO_ROSTER_FILE), "text/csv", content))

    def _back(self, visit: Visit) -> Response:
        back = visit.typed("back")
        return RedirectResponse(back if back in {"/inbox", "/board"} else "/", HTTPStatus.SEE_OTHER)

    def _role(self, reader: Reader, role: str) -> str:
        return reader(ROLES[role]) if role in ROLES else role


def _mark(token: str) -> bytes:
    return sha256(token.encode()).digest()
