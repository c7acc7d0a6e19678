"""Whether the bot is in a tenant, as far as Teams tells.

Teams says when we come into a chat or team and when we are taken out of it, never that a whole tenant is without us.
What it does say is a refusal, `BotDisabledByAdmin`.  For a message to a person that may be the app policy of this
person alone; for a message to a room it concerns nobody's policy, so the administrator blocks the app: then the tenant
counts as gone, and what waits for it is kept until its time is over.  Whoever there writes to us, presses something or
adds us afterwards shows that we are back.
(learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability, status codes)
"""

import time
from collections.abc import Callable

import structlog

from bot.address import Address
from bot.events import Removed, Returned
from bot.people import Handle, Sighting
from bot.surface import TakeTurn
from bot.teams.settings import SURFACE

log = structlog.get_logger()

SURE = 60.0  # seconds for which a tenant that was seen is taken to be there: another replica may learn that it is not


class Tenants:
    """Tells the house of tenants that are gone and that are back.  `now` counts seconds."""

    def __init__(self, take_turn: TakeTurn, now: Callable[[], float] = time.monotonic) -> None:
        self._take_turn, self._now = take_turn, now
        self._seen: dict[str, float] = {}

    async def seen(self, tenant: str) -> None:
        """Somebody there does something with us.  Raises Unavailable."""
        if self._now() - self._seen.get(tenant, float("-inf")) < SURE:
            return
        await self._take_turn(Returned(who=_nobody(tenant), where=Address(SURFACE, tenant, "")))
        self._seen[tenant] = self._now()

    async def gone(self, tenant: str) -> None:
        """Nothing may be sent there any more.  Raises Unavailable."""
        log.warning("teams.disabled_by_admin")
        self._seen.pop(tenant, None)
        await self._take_turn(Removed(who=_nobody(tenant), where=Address(SURFACE, tenant, "")))


def _nobody(tenant: str) -> Sighting:
    return Sighting(Handle(SURFACE, tenant, ""))
