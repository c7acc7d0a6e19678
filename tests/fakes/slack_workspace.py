"""People's clients: what they do becomes signed requests to the bot, and the bot's answers become what they see."""

import hmac
import json
import time
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import httpx2
from starlette.applications import Starlette

from bot.slack.surface import PATH, SlackSurface
from tests.fakes import blocks as limits
from tests.fakes.slack import BOT_USER, SECRET, TEAM, Drawn, FakeSlack

FORM = "application/x-www-form-urlencoded"


class Workspace:
    """Signs and posts; after each deed everything the bot draws has been drawn."""

    def __init__(self, slack: FakeSlack, surface: SlackSurface, team: str = TEAM) -> None:
        self.slack, self.surface, self.team = slack, surface, team
        app = Starlette(routes=list(surface.routes()))
        transport = httpx2.ASGITransport(app=app, raise_app_exceptions=True)
        self._http = httpx2.AsyncClient(transport=transport, base_url="http://bot")

    async def close(self) -> None:
        await self._http.aclose()

    async def post(
        self,
        body: str | bytes,
        kind: str = FORM,
        *,
        secret: str = SECRET,
        age: int = 0,
        headers: Mapping[str, str] | None = None,
    ) -> httpx2.Response:
        """One signed request."""
        at = str(int(time.time()) - age)
        content = body.encode() if isinstance(body, str) else body
        signature = "v0=" + hmac.new(secret.encode(), f"v0:{at}:".encode() + content, sha256).hexdigest()
        signed = {"x-slack-request-timestamp": at, "x-slack-signature": signature, "content-type": kind}
        answer = await self._http.post(PATH, content=content, headers={**signed, **(headers or {})})
        await self.surface.settled()
        return answer

    # --- deeds

    async def command(self, user: str, words: str, channel: str, **fields: str) -> httpx2.Response:
        """`/enishi words`; what comes back is shown."""
        asked = {
            "command": "/enishi",
            "text": escaped(words),
            "user_id": user,
            "user_name": "somebody",
            "team_id": self.team,
            "channel_id": channel,
            "channel_name": "directmessage" if channel.startswith("D") else "general",
            "api_app_id": "A01",
            "trigger_id": self.slack.trigger(user),
            "response_url": self.slack.hook(user, channel),
            **fields,
        }
        answer = await self.post(urlencode(asked))
        if answer.status_code == 200 and answer.content:
            self._acked(user, channel, answer.json())
        return answer

    def _acked(self, user: str, channel: str, said: Drawn) -> None:
        blocks = said.get("blocks")
        wrong = limits.of_message(blocks, said["text"]) if blocks else []
        assert not wrong, wrong
        ts = self.slack.time()
        shown = self.slack.touched({**said, "blocks": blocks or [], "ts": ts, "channel": channel, "user": BOT_USER})
        everybody = said.get("response_type") == "in_channel"
        (self.slack.messages[channel] if everybody else self.slack.ephemerals[user]).append(shown)

    async def press(self, user: str, shown: Drawn, element: Drawn, /, **fields: Any) -> httpx2.Response:
        """A button of a message, an ephemeral message, a window or the App Home."""
        action = {key: element[key] for key in ("action_id", "value") if key in element}
        pressed: Drawn = {
            "type": "block_actions",
            "user": {"id": user, "username": "somebody", "name": "somebody", "team_id": self.team},
            "team": {"id": self.team, "domain": "made-up"},
            "api_app_id": "A01",
            "token": "old",
            "trigger_id": self.slack.trigger(user),
            "actions": [{"type": "button", "block_id": "b", "action_ts": "1.0", **action}],
        }
        if "ts" in shown:
            ephemeral = any(shown is one for one in self.slack.ephemerals[user])
            pressed["container"] = {
                "type": "message",
                "message_ts": shown["ts"],
                "channel_id": shown["channel"],
                "is_ephemeral": ephemeral,
            }
            pressed["channel"] = {"id": shown["channel"], "name": "general"}
            pressed["response_url"] = self.slack.hook(user, shown["channel"], shown["ts"])
        else:
            pressed["container"] = {"type": "view", "view_id": shown["id"]}
            pressed["view"] = {key: value for key, value in shown.items() if key not in {"touched", "errors"}}
        return await self.post(urlencode({"payload": json.dumps({**pressed, **fields})}))

    async def submit(self, user: str, values: dict[str, Drawn], **fields: Any) -> httpx2.Response:
        """The window on top, with the state of each input; Slack's `response_action`s are carried out."""
        stack = self.slack.windows[user]
        view = stack[-1]
        sent = {
            "type": "view_submission",
            "user": {"id": user, "username": "somebody", "team_id": self.team},
            "team": {"id": self.team, "domain": "made-up"},
            "trigger_id": self.slack.trigger(user),
            "view": {
                **{key: value for key, value in view.items() if key not in {"touched", "errors"}},
                "state": {"values": {name: {_called(view, name): state} for name, state in values.items()}},
            },
            **fields,
        }
        answer = await self.post(urlencode({"payload": json.dumps(sent)}))
        if answer.status_code == 200:
            self._carried_out(user, view, values, answer.json() if answer.content else {})
        return answer

    def _carried_out(self, user: str, view: Drawn, values: dict[str, Drawn], said: Drawn) -> None:
        stack = self.slack.windows[user]
        match said.get("response_action"):
            case "errors":
                assert set(said["errors"]) <= set(values), "errors for inputs that are not there"
                stack[-1] = self.slack.touched({**view, "errors": said["errors"], "typed": values})
            case "update":
                stack.pop()
                self.slack.put(user, said["view"])
            case "push":
                self.slack.put(user, said["view"])
            case None if view in stack:
                stack.remove(view)
            case _:
                pass  # the window had closed already

    async def event(
        self, event: Drawn, event_id: str = "", headers: Mapping[str, str] | None = None
    ) -> httpx2.Response:
        """An event of the Events API."""
        sent = {
            "type": "event_callback",
            "token": "old",
            "team_id": self.team,
            "api_app_id": "A01",
            "event_id": event_id or f"Ev{self.slack.time()}",
            "event_time": int(time.time()),
            "authorizations": [
                {"team_id": self.team, "user_id": BOT_USER, "is_bot": True, "is_enterprise_install": False}
            ],
            "event": event,
        }
        return await self.post(json.dumps(sent), "application/json", headers=headers)

    async def says(self, user: str, text: str) -> httpx2.Response:
        """A message to the bot."""
        channel, ts = self.slack.chat(user), self.slack.time()
        self.slack.messages[channel].append({"ts": ts, "user": user, "text": text, "blocks": [], "channel": channel})
        said = {"type": "message", "channel_type": "im", "channel": channel, "user": user, "ts": ts, "event_ts": ts}
        return await self.event({**said, "text": escaped(text), "team": self.team})

    async def opens_home(self, user: str) -> httpx2.Response:
        """The App Home."""
        opened = {"type": "app_home_opened", "user": user, "channel": self.slack.chat(user), "tab": "home"}
        return await self.event({**opened, "event_ts": self.slack.time()})


def escaped(text: str) -> str:
    """As Slack escapes what people write."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _called(view: Drawn, name: str) -> str:
    """The action id of the input in this block."""
    return str(next(block["element"]["action_id"] for block in view["blocks"] if block.get("block_id") == name))
