"""The way in: links that open once, whom a session stands for, and how often somebody may try."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from itsdangerous import BadSignature, TimestampSigner
from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from bot.address import Address
from bot.language import Reader
from bot.people import Handle, Sighting

SURFACE = "portal"
LINK_LIVES = timedelta(hours=24)
SESSION_LIVES = timedelta(days=14)
KEY_SESSION_LIVES = timedelta(hours=1)  # a key may be used on anybody's computer
KEY_LENGTH = 20  # letters of `bot.codes`: 99 bits
TRIES = RateLimitItemPerMinute(20, 5)  # links that did not open; a whole office may share one client address


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is inside: a member of one community, or a guest, who came in by an invitation and has not joined.

    A guest sees the pages on which one joins, and no others.
    """

    member: str
    community: str
    community_name: str
    name: str
    reader: Reader
    runs_the_desk: bool  # or has a part of it: a supporter
    guest: bool = False

    @property
    def handle(self) -> Handle:
        """Their account on this surface."""
        return Handle(SURFACE, self.community, self.member)

    @property
    def address(self) -> Address:
        """Their own pages."""
        return Address.direct(self.handle)

    @property
    def sighting(self) -> Sighting:
        """What an event says about them."""
        return Sighting(self.handle, self.name, self.reader.language, self.reader.zone)


class Doorkeeper(Protocol):
    """Keeps the unused links and the open sessions; knows them by what a link or a cookie carries.

    Every method raises `bot.surface.Unavailable`.
    """

    async def enter(self, nonce: str) -> str | None:
        """Use a link: the token of a new session, or None when it was used, has expired or never was."""
        ...

    async def invited(self, code: str, token: str) -> str | None:
        """Come in by an invitation, `token` being this browser's session, if any: the token to go on with, or None.

        The invitation is used up by joining, not by coming in.
        """
        ...

    async def unlock(self, code: str) -> str | None:
        """Use a member's own key, which stays good: the token of a short session, or None when it is not one."""
        ...

    async def inside(self, token: str) -> Visitor | None:
        """Whose session a token is."""
        ...

    async def leave(self, token: str) -> None:
        """End a session."""
        ...

    async def leave_everywhere(self, token: str) -> None:
        """End every session and every unused link of whoever holds this one."""
        ...


class Links:
    """Addresses that open the portal.  The signature says we made them lately, the doorkeeper that they are new."""

    def __init__(self, base_url: str, keys: Sequence[str]) -> None:
        self._base = base_url.rstrip("/")
        self._signer = TimestampSigner([*reversed(keys)], salt="enishi.door", digest_method=hashlib.sha256)

    def url(self, nonce: str) -> str:
        """The address to send to a member."""
        return f"{self._base}/door/{self._signer.sign(nonce).decode()}"

    def invitation(self, code: str) -> str:
        """The address of an invitation; its code alone opens it, so that it can be typed from paper."""
        return f"{self._base}/i/{code}"

    def key(self, code: str) -> str:
        """The address of a member's own key; its code alone opens it, so that it can be typed from paper."""
        return f"{self._base}/k/{code}"

    def paper(self, name: str) -> str:
        """The address of a page that anybody may read."""
        return f"{self._base}/{name}"

    def file(self, code: str) -> str:
        """The address of a file that somebody asked for."""
        return f"{self._base}/file/{code}"

    def calendar(self, token: str) -> str:
        """The address that a member's calendar follows; its token alone opens it, since no session asks."""
        return f"{self._base}/calendar/{token}.ics"

    def event(self, event_id: str) -> str:
        """The address of an event's file, for whoever is inside."""
        return f"{self._base}/events/{event_id}.ics"

    def sheet(self, kind: str, subject: str) -> str:
        """The address of a page to print or to leave open, for whoever is inside."""
        return f"{self._base}/sheet/{kind}/{subject}"

    def short(self, word: str, code: str) -> str:
        """An address short enough to be typed from paper."""
        return f"{self._base}/{word}/{code}"

    def nonce(self, signed: str) -> str | None:
        """What the doorkeeper knows the link by, or None when we did not make it, or not within `LINK_LIVES`."""
        try:
            return self._signer.unsign(signed, max_age=int(LINK_LIVES.total_seconds())).decode()
        except (BadSignature, UnicodeError):
            return None


class Throttle:
    """Counts failed tries by client address, in memory, under a key that ends with the process."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def allows(self, address: str) -> bool:
        """Whether this address may try again."""
        return await self._limiter.test(TRIES, self._name(address))

    async def count(self, address: str) -> None:
        """One more try that failed."""
        await self._limiter.hit(TRIES, self._name(address))

    def _name(self, address: str) -> str:
        return hmac.digest(self._key, address.encode(), "sha256").hex()
