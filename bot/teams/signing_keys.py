"""The keys Teams signs its requests with, fetched without keeping anybody waiting who does not need a new one.

The SDK's own cache blocks the event loop without a timeout and never learns of a new key in time (`measured.md`, teams
section 2); it takes any object with `async get(key_id)` in its place.
"""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog
from jwt import InvalidKeyError
from jwt.algorithms import RSAAlgorithm

log = structlog.get_logger()

TIMEOUT = aiohttp.ClientTimeout(total=5.0)  # seconds for one of the two documents
FRESH = 24 * 3600.0  # seconds after which keys are fetched again, while the old ones serve
PATIENCE = 30.0  # seconds between fetches, however many unknown keys are named
CHANNEL = "msteams"


class KeysUnreachable(Exception):
    """The key server does not answer, and the key is none we know."""


class UnknownKey(Exception):
    """No key of this name signs for Teams."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """As the SDK reads it."""

    public_key: Any
    endorsements: list[str]


class SigningKeys:
    """Keys by id.  `session` is asked for when it is needed; `now` counts seconds."""

    def __init__(
        self, url: str, session: Callable[[], aiohttp.ClientSession], now: Callable[[], float] = time.monotonic
    ) -> None:
        self._url, self._session, self._now = url, session, now
        self._keys: dict[str, SigningKey] = {}
        self._tried = self._fetched = float("-inf")
        self._one_fetch = asyncio.Lock()
        self._refreshing: asyncio.Task[None] | None = None

    async def get(self, key_id: str | None) -> SigningKey:
        """The key of this name.  Raises UnknownKey or KeysUnreachable."""
        if key_id in self._keys:
            if self._now() - self._fetched > FRESH and self._may_try:
                self._refreshing = asyncio.create_task(self._fetch())
            return self._keys[key_id]
        await self._fetch()
        if key_id in self._keys:
            return self._keys[key_id]
        if self._fetched < self._tried:
            raise KeysUnreachable
        raise UnknownKey

    async def close(self) -> None:
        """Stop fetching."""
        if self._refreshing is not None:
            self._refreshing.cancel()
            await asyncio.gather(self._refreshing, return_exceptions=True)

    @property
    def _may_try(self) -> bool:
        return self._now() - self._tried > PATIENCE

    async def _fetch(self) -> None:
        """Fetch them, unless that was tried just now; what is known stays when it fails."""
        async with self._one_fetch:
            if not self._may_try:
                return
            self._tried = self._now()
            try:
                about = await self._document(self._url)
                found = await self._document(self._beside(str(about["jwks_uri"])))
                keys = {str(key["kid"]): _key(key) for key in found["keys"] if _signs(key)}
            except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError, InvalidKeyError) as trouble:
                log.warning("teams.no_keys", why=type(trouble).__name__)
                return
            self._keys = {**keys}
            self._fetched = self._tried

    def _beside(self, url: str) -> str:
        """The address of the keys, which must be at the same host."""
        if urlsplit(url)[:2] != urlsplit(self._url)[:2]:
            raise ValueError("the keys are at another host")
        return url

    async def _document(self, url: str) -> Any:
        async with self._session().get(url, timeout=TIMEOUT, allow_redirects=False) as answer:
            answer.raise_for_status()
            return await answer.json(content_type=None)


def _signs(key: dict[str, Any]) -> bool:
    """Whether this key is endorsed for Teams; the SDK would let a key without endorsements sign for any channel."""
    return key.get("kty") == "RSA" and CHANNEL in (key.get("endorsements") or [])


def _key(key: dict[str, Any]) -> SigningKey:
    return SigningKey(RSAAlgorithm.from_jwk(json.dumps(key)), list(key["endorsements"]))
