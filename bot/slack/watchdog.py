"""Watches a Socket Mode connection, which may be deaf while it says that it is connected (`measured.md`, scale).

Slack and we ping each other every few seconds; when nothing has come for `DEAF`, a new connection is opened.  When that
does not help for `GIVEN_UP`, the process had better be started anew.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

import structlog

DEAF = 60.0  # seconds without a ping
GIVEN_UP = 600.0  # seconds of deafness, new connections included
LOOK_EVERY = 10.0
DEAD = (
    "Slack's Socket Mode has been silent for {minutes} minutes and new connections do not help; start the service anew"
)
log = structlog.get_logger()


class Socket(Protocol):
    """What is needed of the SDK's client."""

    last_ping_pong_time: float | None

    async def connect_to_new_endpoint(self, force: bool = False) -> Any:  # noqa: FBT001, FBT002 - the SDK's
        """Open a new connection in the place of this one."""
        ...


class Watchdog:
    """One look at a time; `run` looks for ever."""

    def __init__(self, socket: Socket, give_up: Callable[[str], None], now: Callable[[], float] = time.time) -> None:
        self._socket, self._give_up, self._now = socket, give_up, now
        self._heard = self._tried = now()

    async def look(self) -> None:
        """Connect anew when nothing was heard for too long, at most once in `DEAF`; in the end give up."""
        now = self._now()
        self._heard = max(self._heard, self._socket.last_ping_pong_time or 0.0)
        silent = now - self._heard
        if silent > GIVEN_UP:
            self._give_up(DEAD.format(minutes=int(silent // 60)))
        elif silent > DEAF and now - self._tried > DEAF:
            self._tried = now
            log.warning("slack.socket_deaf", seconds=int(silent))
            with suppress(Exception):  # whatever it is: the next look tries again
                await self._socket.connect_to_new_endpoint(force=True)

    async def run(self) -> None:
        """Look every `LOOK_EVERY`."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await self.look()
