"""Microsoft Teams as a surface: the gate lets Teams in, the house answers, Adaptive Cards go out."""

from collections.abc import Sequence
from contextlib import suppress

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot import logs
from bot.address import Address
from bot.events import Joined, Left
from bot.payloads import Malformed
from bot.surface import LookedUp, Notebook, Outcome, Parcel, TakeTurn, Unavailable
from bot.teams import reading, sdk
from bot.teams.answering import OK, Answered, Answering
from bot.teams.connection import Connection, Trouble, word
from bot.teams.delivering import Delivering
from bot.teams.reading import Actions, Arrivals, Deed, Kind
from bot.teams.references import Communities, References
from bot.teams.sdk import Gate, Refused
from bot.teams.settings import SURFACE, StartProblem, TeamsSettings
from bot.teams.signing_keys import SigningKeys
from bot.teams.tenants import Tenants
from bot.texts import BROKEN, INPUT_KEPT, UNAVAILABLE

log = structlog.get_logger()

PATH = "/api/messages"
BODY_MAX = 256 * 1024  # bytes
BAD, TOO_LARGE, NOT_KNOWN = 400, 413, 501


class TeamsSurface:
    """One bot, for the people of the tenants it serves."""

    name = SURFACE

    def __init__(
        self,
        settings: TeamsSettings,
        take_turn: TakeTurn,
        actions: Actions,
        notebook: Notebook,
        communities: Communities,
    ) -> None:
        settings.check()
        self._settings, self._take_turn, self._actions = settings, take_turn, actions
        self._teams = Connection(settings)
        self._keys = SigningKeys(settings.openid_url, lambda: self._teams.session)
        self._gate = Gate(settings, self._keys)
        self._references = References(settings, notebook, communities)
        self._answering = Answering(self._teams)
        self._tenants = Tenants(take_turn)
        self._delivering = Delivering(self._teams, self._references, self._tenants)
        self._arrivals = Arrivals()

    # --- what a surface offers

    def routes(self) -> Sequence[BaseRoute]:
        """`POST /api/messages`."""
        return [Route(PATH, self._http, methods=["POST"])]

    async def start(self) -> None:
        """Ask for a first token.  Raises StartProblem, naming the setting that is wrong."""
        try:
            await self._teams.check_credentials()
        except StartProblem:
            await self._teams.close()
            raise
        except Trouble as trouble:
            log.warning("teams.unreachable", why=word(trouble))  # asked again with the first message

    async def stop(self) -> None:
        """Draw what is still being drawn, then hang up."""
        await self._answering.settled()
        await self._keys.close()
        await self._teams.close()

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Send one message, once."""
        return await self._delivering.deliver(parcel)

    async def look_up(self, parcel: Parcel) -> LookedUp:
        """Whether a message that may have been sent is there: Teams does not tell."""
        return await self._delivering.look_up(parcel)

    async def settled(self) -> None:
        """Every answer so far has been drawn."""
        await self._answering.settled()

    # --- what comes in

    async def _http(self, request: Request) -> Response:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_MAX:
                return PlainTextResponse("too large", TOO_LARGE)
        peer = request.client.host if request.client else ""
        try:
            activity = await self._gate.parse(request.headers, body, peer)
            deeds = reading.read(self._actions, activity)
        except Refused as refused:
            return PlainTextResponse("refused", refused.status)
        except Malformed:
            return PlainTextResponse("bad request", BAD)
        answers = [await self._take(self._arrivals.one(deed)) for deed in deeds]
        if not answers:
            answers = [Answered(NOT_KNOWN if activity["type"] == sdk.INVOKE else OK)]
        worst = max(answers, key=lambda answered: answered.status)
        return JSONResponse(worst.body or {}, worst.status)

    async def _take(self, deed: Deed) -> Answered:
        try:
            if not isinstance(deed.event, Left):
                await self._tenants.seen(deed.event.where.tenant)
            answer = await self._take_turn(deed.event)
        except Unavailable:
            said = INPUT_KEPT if deed.kind is Kind.SENT else UNAVAILABLE
            return await self._answering.failed(deed, said)
        except Exception as surprise:  # noqa: BLE001 - the person is told; whoever runs it sees where it happened
            log.error("teams.turn_failed", what=type(deed.event).__name__, **logs.place(surprise))  # noqa: TRY400 - see logs.place
            return await self._answering.failed(deed, BROKEN)
        answered = await self._answering.show(deed, answer)
        if deed.reference:
            self._answering.later(self._remember(deed))
        return answered

    async def _remember(self, deed: Deed) -> None:
        """How to write to a member; who was given up and speaks again is there again, of which Teams says nothing."""
        who, tenant = deed.event.who, deed.event.where.tenant
        if await self._references.keep(who.handle, deed.reference) and deed.kind is Kind.TYPED:
            with suppress(Unavailable):
                await self._take_turn(Joined(who=who, where=Address(SURFACE, tenant, "")))
