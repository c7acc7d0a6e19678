"""A stand-in for Teams on this machine: connector, token server and key server, with real keys and real tokens.

It keeps what it was told, and refuses what Teams refuses.
"""

import asyncio
import itertools
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any
from urllib.parse import unquote

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from tests.fakes import adaptive_cards as limits

APP_ID, APP_PASSWORD = "00000000-0000-4000-8000-00000000a991", "made-up-password"
TENANT = "00000000-0000-4000-8000-000000007e4a"
BOT_TOKEN = "a token for the connector"
ISSUER = "https://api.botframework.com"
BOT_USER = f"28:{APP_ID}"
CHANNEL = "19:general@thread.tacv2"
MESSAGE_BYTES = 80 * 1024

Drawn = dict[str, Any]


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    """A key of this name, made once a session."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Fault(StrEnum):
    """What may go wrong with one call."""

    THROTTLED = "429 with Retry-After 7"
    LOST = "accepted, but the connection drops before the answer"
    PERHAPS = "accepted, but answered 502"
    BLOCKED = "403 MessageWritesBlocked"
    DISABLED = "403 BotDisabledByAdmin"
    HOST = "403 InvalidBotApiHost"
    REFUSED = "403 without a word"
    GONE = "404"
    TOO_LARGE = "413"
    EXPIRED = "401"
    ELSEWHERE = "307 to another host"


@dataclass
class FakeTeams:
    """One tenant.  `people` maps Entra accounts to ids in Teams; `chats` and `messages` are by conversation."""

    people: dict[str, str] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)  # accounts that took us out
    disabled: bool = False  # the administrator blocks the app for the whole tenant
    messages: dict[str, list[Drawn]] = field(default_factory=lambda: defaultdict(list))
    calls: list[tuple[str, Drawn]] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=lambda: defaultdict(list))
    keys: dict[str, list[str]] = field(default_factory=lambda: {"k1": ["msteams", "webchat"]})  # by name: endorsements
    keys_are: str = "there"  # or "slow", "down"
    password: str = APP_PASSWORD
    tokens_asked: int = 0
    keys_asked: int = 0
    elsewhere: list[str] = field(default_factory=list)  # headers of what reached another host
    answering: bool = False  # what arrives now answers somebody
    url: str = ""
    _runner: web.AppRunner | None = None
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    # --- switches and facts

    def fails(self, what: str, *how: Fault) -> None:
        """The next calls of `send`, `update` or `open` go wrong."""
        self.faults[what] += how

    @property
    def service_url(self) -> str:
        """What Teams gives as its address."""
        return f"{self.url}/jp/"

    @staticmethod
    def chat(account: str) -> str:
        """The one-to-one conversation with somebody."""
        return f"a:{account}"

    def touched(self, drawn: Drawn) -> Drawn:
        """Marked as what somebody sees newest."""
        return {**drawn, "touched": next(self._numbers)}

    def called(self, what: str) -> list[Drawn]:
        """The bodies of these calls."""
        return [body for name, body in self.calls if name == what]

    def token(self, *, signed_by: str = "k1", named: str = "", drop: tuple[str, ...] = (), **claims: Any) -> str:
        """What Teams sends with an activity; `drop` leaves claims out."""
        now = int(time.time())
        said = {
            "iss": ISSUER,
            "aud": APP_ID,
            "nbf": now - 60,
            "exp": now + 3600,
            "serviceurl": self.service_url,
            **claims,
        }
        said = {name: value for name, value in said.items() if name not in drop}
        return jwt.encode(said, key(signed_by), "RS256", headers={"kid": named or signed_by})

    # --- the server

    async def open(self) -> None:
        app = web.Application(client_max_size=2**20)
        app.router.add_get("/openid", self._openid)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        app.router.add_post("/jp/v3/conversations", self._opened)
        app.router.add_post("/jp/v3/conversations/{conversation}/activities", self._sent)
        app.router.add_put("/jp/v3/conversations/{conversation}/activities/{id}", self._updated)
        app.router.add_route("*", "/elsewhere/{rest:.*}", self._elsewhere)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _openid(self, _: web.Request) -> web.Response:
        self.keys_asked += 1
        if self.keys_are == "down":
            return web.Response(status=503)
        if self.keys_are == "slow":
            await asyncio.sleep(60)
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, _: web.Request) -> web.Response:
        keys = []
        for name, endorsements in self.keys.items():
            public = json.loads(RSAAlgorithm.to_jwk(key(name).public_key()))
            keys.append({**public, "kid": name, "use": "sig", "endorsements": endorsements})
        return web.json_response({"keys": keys})

    async def _token(self, request: web.Request) -> web.Response:
        self.tokens_asked += 1
        asked = await request.post()
        right = (asked["client_id"], asked["client_secret"]) == (APP_ID, self.password)
        if not right or request.match_info["tenant"] != TENANT or asked["grant_type"] != "client_credentials":
            return web.json_response({"error": "invalid_client", "error_description": "made up"}, status=401)
        return web.json_response({"token_type": "Bearer", "expires_in": 3599, "access_token": BOT_TOKEN})

    async def _elsewhere(self, request: web.Request) -> web.Response:
        self.elsewhere.append(request.headers.get("Authorization", ""))
        return web.json_response({"id": "stolen"})

    async def _opened(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        if (refused := await self._let_in(request, "open", asked)) is not None:
            return refused
        channel = asked.get("channelData", {}).get("channel", {}).get("id")
        if channel:
            return web.json_response(self._thread(channel, asked["activity"]), status=201)
        [member] = asked["members"]
        account = next((one for one, teams_id in self.people.items() if member["id"] in {one, teams_id}), None)
        if account is None or asked["tenantId"] != TENANT:
            return web.json_response({"error": {"code": "BadArgument"}}, status=400)
        if account in self.blocked:
            return _blocked()
        return web.json_response({"id": self.chat(account)}, status=201)

    def _thread(self, channel: str, activity: Drawn) -> Drawn:
        number = str(next(self._numbers))
        conversation = f"{channel};messageid={number}"
        self._keep(conversation, number, activity)
        return {"id": conversation, "activityId": number}

    def _keep(self, conversation: str, number: str, activity: Drawn) -> None:
        wrong = limits.of_activity(activity)
        assert not wrong, wrong
        kept = {**activity, "id": number, "conversation": conversation, "unasked": not self.answering}
        self.messages[conversation].append(self.touched(kept))

    async def _sent(self, request: web.Request) -> web.StreamResponse:
        activity, conversation = await request.json(), unquote(request.match_info["conversation"])
        if (refused := await self._let_in(request, "send", activity)) is not None:
            return refused
        if conversation.partition(":")[2] in self.blocked:
            return _blocked()
        if wrong := limits.of_activity(activity):
            return web.json_response({"error": {"code": "BadSyntax", "message": str(wrong)}}, status=400)
        number = str(next(self._numbers))
        self._keep(conversation, number, activity)
        return web.json_response({"id": number}, status=201)

    async def _updated(self, request: web.Request) -> web.StreamResponse:
        activity, conversation = await request.json(), unquote(request.match_info["conversation"])
        if (refused := await self._let_in(request, "update", activity)) is not None:
            return refused
        if wrong := limits.of_activity(activity):
            return web.json_response({"error": {"code": "BadSyntax", "message": str(wrong)}}, status=400)
        for message in self.messages[conversation]:
            if message["id"] == unquote(request.match_info["id"]):
                message.update(self.touched(activity))
                return web.json_response({"id": message["id"]})
        return web.json_response({"error": {"code": "ActivityNotFoundInConversation"}}, status=404)

    async def _let_in(self, request: web.Request, what: str, body: Drawn) -> web.StreamResponse | None:
        fault = self.faults[what].pop(0) if self.faults[what] else Fault.DISABLED if self.disabled else None
        if request.headers.get("Authorization") != f"Bearer {BOT_TOKEN}":
            fault = Fault.EXPIRED
        self.calls.append((what, body))
        if len(await request.read()) > MESSAGE_BYTES:
            fault = Fault.TOO_LARGE
        if fault is Fault.LOST:
            assert request.transport is not None
            request.transport.abort()
        return None if fault is None else self._refusal(fault)

    def _refusal(self, fault: Fault) -> web.Response:
        if fault is Fault.BLOCKED:
            return _blocked()
        status, code = {
            Fault.THROTTLED: (429, "Throttled"),
            Fault.LOST: (500, ""),
            Fault.PERHAPS: (502, "BadGateway"),
            Fault.GONE: (404, "ConversationNotFound"),
            Fault.DISABLED: (403, "BotDisabledByAdmin"),
            Fault.HOST: (403, "InvalidBotApiHost"),
            Fault.REFUSED: (403, ""),
            Fault.TOO_LARGE: (413, "MessageSizeTooBig"),
            Fault.EXPIRED: (401, "Unauthorized"),
            Fault.ELSEWHERE: (307, ""),
        }[fault]
        elsewhere = self.url.replace("127.0.0.1", "localhost")
        headers = {"Retry-After": "7"} if fault is Fault.THROTTLED else {}
        headers |= {"Location": f"{elsewhere}/elsewhere/v3"} if fault is Fault.ELSEWHERE else {}
        return web.json_response({"error": {"code": code}}, status=status, headers=headers)


def _blocked() -> web.Response:
    error = {"code": "Forbidden", "message": "made up", "innerHttpError": {"body": {"subCode": "MessageWritesBlocked"}}}
    return web.json_response({"error": error}, status=403)
