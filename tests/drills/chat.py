"""A chat platform that never deduplicates: it counts what it accepted, and has weather.

It speaks as much of Slack's Web API as sending and looking up need.  Tokens end with the number of the worker that
uses them, so that it is known who is in the middle of a call.
"""

import asyncio
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TEAM = "T1"
RETRY_S = 1  # what is asked for in a storm
STORM = 8  # refusals in a row


@dataclass(frozen=True, slots=True)
class Weather:
    """What goes wrong: at every so many-th message (0: never), or all the time."""

    lost: int = 0  # accepted, and the connection drops before the answer
    broken: int = 0  # accepted, and answered 500
    storm: int = 0  # refused with 429, and the next ones, too; every other storm does not say for how long
    slow_s: float = 0.02
    hidden_s: float = 0.0  # before an accepted message can be looked up
    can_look: bool = True


@dataclass
class Chat:
    """The platform."""

    weather: Weather = field(default_factory=Weather)
    accepted: Counter[str] = field(default_factory=Counter)  # by key: how often
    inside: Counter[str] = field(default_factory=Counter)  # by worker: messages it is sending now
    looked: int = 0
    refused: int = 0
    url: str = ""
    _posts: int = 0
    _storms: int = 0
    _storm: int = 0
    _rooms: dict[str, list[tuple[float, str]]] = field(default_factory=lambda: defaultdict(list))
    _runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Listen on a free port."""
        app = web.Application()
        app.router.add_post("/api/{method}", self._answer)
        app.router.add_get("/api/{method}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def close(self) -> None:
        """Hang up."""
        if self._runner:
            await self._runner.cleanup()

    @property
    def doubled(self) -> int:
        """How many messages came once too often."""
        return sum(times - 1 for times in self.accepted.values())

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        said: dict[str, Any] = await request.json() if request.content_type == "application/json" else {}
        said = said or {**request.query, **await request.post()}
        worker = request.headers.get("Authorization", "").rpartition("-")[2]
        match request.match_info["method"]:
            case "auth.test":
                return web.json_response({"ok": True, "team_id": TEAM, "user_id": "U0BOT", "bot_id": "B0"})
            case "chat.postMessage":
                self.inside[worker] += 1
                try:
                    return await self._post(request, said)
                finally:
                    self.inside[worker] -= 1
            case "conversations.open":
                return web.json_response({"ok": True, "channel": {"id": f"D{said['users']}"}})
            case _:
                return self._history(said)

    async def _post(self, request: web.Request, said: dict[str, Any]) -> web.StreamResponse:
        self._posts += 1
        number, weather = self._posts, self.weather
        if weather.storm and number % weather.storm == 0:
            self._storms, self._storm = self._storms + 1, STORM
        if self._storm:
            self._storm -= 1
            self.refused += 1
            headers = {"Retry-After": str(RETRY_S)} if self._storms % 2 else {}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        if weather.slow_s:
            await asyncio.sleep(weather.slow_s / 2)
        key, channel = said["metadata"]["event_payload"]["key"], said["channel"]
        self.accepted[key] += 1
        self._rooms[channel].append((time.monotonic() + weather.hidden_s, key))
        if weather.slow_s:
            await asyncio.sleep(weather.slow_s / 2)
        if weather.lost and number % weather.lost == 0:
            if request.transport:
                request.transport.abort()
            return web.Response()
        if weather.broken and number % weather.broken == 0:
            return web.json_response({"ok": False, "error": "internal_error"}, status=500)
        return web.json_response({"ok": True, "channel": f"D{channel}", "ts": f"{number}.0"})

    def _history(self, said: dict[str, Any]) -> web.StreamResponse:
        self.looked += 1
        if not self.weather.can_look:
            return web.json_response({"ok": False, "error": "channel_not_found"})
        now, room = time.monotonic(), self._rooms[said["channel"].removeprefix("D")]
        found = [
            {"ts": "1.0", "metadata": {"event_type": "enishi_nudge", "event_payload": {"key": key}}}
            for visible, key in room
            if visible <= now
        ]
        return web.json_response({"ok": True, "messages": found, "has_more": False})
