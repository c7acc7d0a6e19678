"""A stand-in for Slack's Web API and response URLs: it keeps what it was told, and refuses what Slack refuses."""

import asyncio
import itertools
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from aiohttp import web

from bot.slack.manifest import scopes
from handlers import features
from tests.fakes import blocks as limits
from tests.fakes.slack_oauth import OAuthDesk

BOT_TOKEN = "xoxb-made-up"
APP_TOKEN = "xapp-made-up"
SECRET = "made-up-signing-secret"
TEAM, BOT_USER, BOT = "T01", "U0BOT", "B01"

Drawn = dict[str, Any]


class Fault(StrEnum):
    """What may go wrong with one call."""

    THROTTLED = "429 with Retry-After 7"
    LOST = "accepted, but the connection drops before the answer"
    BROKEN = "accepted, but answered 500"
    HTML = "accepted, but answered with a page"


@dataclass
class Trigger:
    user: str
    issued: float
    used: bool = False


@dataclass
class Hook:
    """A response_url: who may see what is posted there, and the ephemeral message it may replace."""

    user: str
    channel: str
    ts: str = ""
    uses: int = 0


class SlackError(Exception):
    """An `ok: false`."""


@dataclass
class FakeSlack:
    """One workspace.  `members` are the people of each channel; the bot must be one of them to post there."""

    members: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    messages: dict[str, list[Drawn]] = field(default_factory=lambda: defaultdict(list))
    ephemerals: dict[str, list[Drawn]] = field(default_factory=lambda: defaultdict(list))
    windows: dict[str, list[Drawn]] = field(default_factory=lambda: defaultdict(list))  # by user, topmost last
    homes: dict[str, Drawn] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    profiles: dict[str, Drawn] = field(default_factory=dict)  # what users.info says of somebody, beyond their ids
    calls: list[tuple[str, Drawn]] = field(default_factory=list)
    faults: dict[str, list[Fault | str]] = field(default_factory=lambda: defaultdict(list))
    triggers: dict[str, Trigger] = field(default_factory=dict)
    hooks: dict[str, Hook] = field(default_factory=dict)
    scopes: list[str] = field(default_factory=lambda: scopes(features.router().hears))
    slow: float = 0.0  # seconds before each answer
    envelopes: asyncio.Queue[Drawn] = field(default_factory=asyncio.Queue)
    acks: asyncio.Queue[Drawn] = field(default_factory=asyncio.Queue)
    url: str = ""
    desk: OAuthDesk = field(default_factory=OAuthDesk)
    asked_as: list[tuple[str, str]] = field(default_factory=list)  # each call's method and workspace
    home_of: dict[str, str] = field(default_factory=dict)  # the workspace of a person or channel, where it matters
    _team: str = TEAM  # whose token the call at hand has
    _runner: web.AppRunner | None = None
    _numbers: Any = field(default_factory=lambda: itertools.count(1))
    _last: float = 0.0

    # --- switches and facts

    def fails(self, method: str, *how: Fault | str) -> None:
        """The next calls of a method go wrong: a fault, or an error word of Slack's."""
        self.faults[method] += how

    def trigger(self, user: str) -> str:
        """A fresh trigger_id: three seconds, once."""
        name = f"trigger.{next(self._numbers)}"
        self.triggers[name] = Trigger(user, time.monotonic())
        return name

    def expire_triggers(self) -> None:
        """Those that will be issued are born old."""
        self.triggers = _Expired()

    def hook(self, user: str, channel: str, ts: str = "") -> str:
        """A fresh response_url."""
        name = f"hook{next(self._numbers)}"
        self.hooks[name] = Hook(user, channel, ts)
        return f"{self.url}/hooks/{name}"

    def chat(self, user: str) -> str:
        """The bot's one-to-one channel with somebody."""
        channel = f"D{user}"
        self.members[channel] |= {user, BOT_USER}
        return channel

    def time(self) -> str:
        """A fresh ts."""
        self._last = max(time.time(), self._last + 1e-5)
        return f"{self._last:.6f}"

    def touched(self, drawn: Drawn) -> Drawn:
        """Marked as what somebody sees newest."""
        return {**drawn, "touched": next(self._numbers)}

    def called(self, method: str) -> list[Drawn]:
        """The arguments of each call of a method."""
        return [args for name, args in self.calls if name == method]

    # --- the server

    async def open(self) -> None:
        app = web.Application(client_max_size=2**20)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/hooks/{name}", self._hooked)
        app.router.add_get("/socket", self._socketed)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        args = await _arguments(request)
        fault = self.faults[method].pop(0) if self.faults[method] else None
        if fault is Fault.THROTTLED:
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "7"})
        if fault is not None and not isinstance(fault, Fault):
            return web.json_response({"ok": False, "error": fault})
        token = request.headers.get("Authorization")
        self.calls.append((method, args))
        try:
            self._let_in(method, token or "")
            answer = {"ok": True, **getattr(self, "_" + method.replace(".", "_"))(args)}
        except SlackError as refused:
            answer = {"ok": False, "error": str(refused)}
        await asyncio.sleep(self.slow)
        match fault:
            case Fault.LOST:
                assert request.transport is not None
                request.transport.abort()
            case Fault.BROKEN:
                return web.json_response({"ok": False, "error": "internal_error"}, status=500)
            case Fault.HTML:
                return web.Response(text="<html>proxy</html>", content_type="text/html", status=502)
            case _:
                pass
        return web.json_response(answer, headers={"x-oauth-scopes": ",".join(self.scopes)})

    async def _hooked(self, request: web.Request) -> web.Response:
        hook, said = self.hooks.get(request.match_info["name"]), await request.json()
        self.calls.append(("response_url", said))
        if hook is None or hook.uses == 5:
            return web.Response(status=404, text="used_url")
        hook.uses += 1
        if wrong := limits.of_message(said.get("blocks") or [], said.get("text", "")):
            return web.Response(status=400, text=str(wrong))
        drawn = {"text": said["text"], "blocks": said["blocks"], "channel": hook.channel, "user": BOT_USER}
        if said.get("replace_original"):
            shown = (*self.ephemerals[hook.user], *self.messages[hook.channel])
            found = [one for one in shown if one["ts"] == hook.ts]
            if not found:
                return web.Response(status=404, text="message_not_found")
            found[0].update(self.touched(drawn))
        elif said.get("response_type") == "in_channel":
            self.messages[hook.channel].append(self.touched({**drawn, "ts": self.time()}))
        else:
            self.ephemerals[hook.user].append(self.touched({**drawn, "ts": self.time()}))
        return web.Response(text="ok")

    async def _socketed(self, request: web.Request) -> web.WebSocketResponse:
        """Socket Mode: what is put into `envelopes` goes out, what comes back into `acks`."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        sending = asyncio.create_task(self._send(socket))
        async for message in socket:
            await self.acks.put(message.json())
        sending.cancel()
        return socket

    async def _send(self, socket: web.WebSocketResponse) -> None:
        while True:
            await socket.send_json(await self.envelopes.get())

    # --- the methods

    def _auth_test(self, _: Drawn) -> Drawn:
        return {"team_id": self._team, "user_id": BOT_USER, "bot_id": BOT, "url": self.url}

    def _api_test(self, _: Drawn) -> Drawn:
        return {}

    def _auth_revoke(self, _: Drawn) -> Drawn:
        self.desk.forget(self._team)
        return {"revoked": True}

    def _oauth_v2_access(self, args: Drawn) -> Drawn:
        try:
            return self.desk.access(args)
        except LookupError as refused:
            raise SlackError(str(refused.args[0])) from None

    def _apps_connections_open(self, _: Drawn) -> Drawn:
        return {"url": f"{self.url.replace('http', 'ws')}/socket"}

    def _chat_postMessage(self, args: Drawn) -> Drawn:  # noqa: N802 - the method's name
        channel = self._writable(args)
        message = {**_message(args), "ts": self.time(), "channel": channel, "user": BOT_USER}
        message["metadata"] = args.get("metadata")
        self.messages[channel].append(self.touched(message))
        return {"channel": channel, "ts": message["ts"], "message": message}

    def _chat_update(self, args: Drawn) -> Drawn:
        channel = self._writable(args)
        for message in self.messages[channel]:
            if message["ts"] == args["ts"]:
                if message["user"] != BOT_USER:
                    raise SlackError("cant_update_message")
                message.update(self.touched(_message(args)))
                return {"channel": channel, "ts": message["ts"]}
        raise SlackError("message_not_found")

    def _chat_postEphemeral(self, args: Drawn) -> Drawn:  # noqa: N802 - the method's name
        channel = self._writable(args)
        if args["user"] not in self.members[channel]:
            raise SlackError("user_not_in_channel")
        message = {**_message(args), "ts": self.time(), "channel": channel, "user": BOT_USER}
        self.ephemerals[args["user"]].append(self.touched(message))
        return {"message_ts": message["ts"]}

    def _users_info(self, args: Drawn) -> Drawn:
        if args["user"] not in self.people:
            raise SlackError("user_not_found")
        return {"user": {"id": args["user"], "team_id": self._team, **self.profiles.get(args["user"], {})}}

    def _conversations_open(self, args: Drawn) -> Drawn:
        return {"channel": {"id": self._chat_with(args["users"])}}

    def _conversations_history(self, args: Drawn) -> Drawn:
        if BOT_USER not in self.members.get(args["channel"], ()):
            raise SlackError("channel_not_found")
        newest = [one for one in reversed(self.messages[args["channel"]]) if float(one["ts"]) > float(args["oldest"])]
        start, limit = int(args.get("cursor") or 0), int(args["limit"])
        shown = [dict(one) for one in newest[start : start + limit]]
        if str(args.get("include_all_metadata")).lower() not in {"true", "1"}:
            shown = [{**one, "metadata": None} for one in shown]
        more = start + limit < len(newest)
        return {
            "messages": shown,
            "has_more": more,
            "response_metadata": {"next_cursor": str(start + limit) if more else ""},
        }

    def _views_open(self, args: Drawn) -> Drawn:
        user = self._triggered(args)
        self.windows[user] = []
        return self._put(user, args["view"])

    def _views_push(self, args: Drawn) -> Drawn:
        user = self._triggered(args)
        if len(self.windows[user]) == 3:
            raise SlackError("push_limit_reached")
        return self._put(user, args["view"])

    def _views_update(self, args: Drawn) -> Drawn:
        for stack in self.windows.values():
            for at, view in enumerate(stack):
                if view["id"] == args["view_id"]:
                    stack[at] = self.touched({**self._checked(args["view"]), "id": view["id"], "hash": self.time()})
                    return {"view": stack[at]}
        raise SlackError("not_found")

    def _views_publish(self, args: Drawn) -> Drawn:
        if args["user_id"] not in self.people or not self._is_there(args["user_id"]):
            raise SlackError("user_not_found")
        view = {**self._checked(args["view"]), "id": f"V{next(self._numbers)}"}
        self.homes[args["user_id"]] = self.touched(view)
        return {}

    # --- what they share

    def put(self, user: str, view: Drawn) -> Drawn:
        """A window opens on top of the others."""
        shown = self.touched({**self._checked(view), "id": f"V{next(self._numbers)}", "hash": self.time()})
        self.windows[user].append(shown)
        return shown

    def _put(self, user: str, view: Drawn) -> Drawn:
        return {"view": self.put(user, view)}

    def _checked(self, view: Drawn) -> Drawn:
        if wrong := limits.of_view(view):
            raise SlackError(f"invalid_arguments: {wrong}")
        return view

    def _triggered(self, args: Drawn) -> str:
        trigger = self.triggers.get(args["trigger_id"])
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used or time.monotonic() - trigger.issued > 3:
            raise SlackError("exchanged_trigger_id" if trigger.used else "expired_trigger_id")
        trigger.used = True
        return trigger.user

    def _let_in(self, method: str, token: str) -> None:
        """Whose token it is; one method takes our own name and secret, and one no token at all."""
        team = {BOT_TOKEN: TEAM, **self.desk.tokens}.get(token.removeprefix("Bearer "))
        right = {
            "apps.connections.open": token == f"Bearer {APP_TOKEN}",
            "oauth.v2.access": self.desk.is_ours(token),
            "api.test": True,
        }
        if not right.get(method, team is not None):
            raise SlackError("bad_client_secret" if method == "oauth.v2.access" else "invalid_auth")
        self._team = team or ""
        self.asked_as.append((method, self._team))

    def _is_there(self, name: str) -> bool:
        return self.home_of.get(name, self._team) == self._team

    def _chat_with(self, user: str) -> str:
        if user not in self.people or not self._is_there(user):
            raise SlackError("user_not_found")
        return self.chat(user)

    def _writable(self, args: Drawn) -> str:
        channel: str = args["channel"]
        if channel.startswith("U"):
            return self._chat_with(channel)
        if channel not in self.members or not self._is_there(channel):
            raise SlackError("channel_not_found")
        if BOT_USER not in self.members[channel]:
            raise SlackError("not_in_channel")
        return channel


class _Expired(dict[str, Trigger]):
    def __setitem__(self, name: str, trigger: Trigger) -> None:
        super().__setitem__(name, Trigger(trigger.user, trigger.issued - 4))


def _message(args: Drawn) -> Drawn:
    if wrong := limits.of_message(args.get("blocks") or [], args.get("text", "")):
        raise SlackError(f"invalid_blocks: {wrong}")
    return {"text": args["text"], "blocks": args["blocks"]}


async def _arguments(request: web.Request) -> Drawn:
    """Query, form and JSON arguments alike, with their structured values parsed."""
    args: Drawn = dict(request.query)
    if request.content_type == "application/json":
        args |= await request.json()
    else:
        args |= dict(await request.post())
    for name in ("blocks", "view", "metadata"):
        if isinstance(args.get(name), str):
            args[name] = json.loads(args[name])
    return args
