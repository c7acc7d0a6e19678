"""People's clients: what they do becomes activities with a token, and the bot's answers become what they see."""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx2
from starlette.applications import Starlette

from bot.teams.surface import PATH, TeamsSurface
from tests.fakes import adaptive_cards as limits
from tests.fakes.teams import BOT_USER, CHANNEL, TENANT, Drawn, FakeTeams

JSON = "application/json; charset=utf-8"


class Activities:
    """What Teams sends when somebody does something."""

    def __init__(self, teams: FakeTeams) -> None:
        self.teams = teams

    def activity(self, account: str, kind: str, *, conversation: str = "", **fields: Any) -> Drawn:
        """What all activities have."""
        conversation = conversation or self.teams.chat(account)
        direct = conversation.startswith("a:")
        place: Drawn = {"id": conversation, "tenantId": TENANT}
        place |= {"conversationType": "personal"} if direct else {"conversationType": "channel", "isGroup": True}
        channel = {} if direct else {"channel": {"id": CHANNEL}, "team": {"id": CHANNEL}}
        return {
            "type": kind,
            "id": str(uuid4()),
            "timestamp": datetime.now(UTC).isoformat(),
            "channelId": "msteams",
            "serviceUrl": self.teams.service_url,
            "from": {"id": self.teams.people[account], "aadObjectId": account, "name": "Somebody"},
            "recipient": {"id": BOT_USER, "name": "Enishi"},
            "conversation": place,
            "channelData": {"tenant": {"id": TENANT}, **channel},
            **fields,
        }

    def message(self, account: str, text: str | None, *, language: str = "ja-JP", **fields: Any) -> Drawn:
        """Something written; in a room it begins with a mention of the bot."""
        client = {
            "type": "clientInfo",
            "locale": language,
            "country": "JP",
            "platform": "Web",
            "timezone": "Asia/Tokyo",
        }
        entities: list[Drawn] = [client]
        if "conversation" in fields:
            text = f"<at>Enishi</at> {text}"
            entities.append({"type": "mention", "mentioned": {"id": BOT_USER}, "text": "<at>Enishi</at>"})
        more = {"locale": language, "localTimezone": "Asia/Tokyo", "textFormat": "plain", "entities": entities}
        return self.activity(account, "message", **{**more, "text": text, **fields})

    def execution(self, account: str, shown: Drawn, action: Drawn, inputs: Drawn, **fields: Any) -> Drawn:
        """Action.Execute of a card, with what stands in its inputs."""
        made = {"type": action["type"], "verb": action["verb"], "data": {**action["data"], **inputs}}
        return self.activity(
            account,
            "invoke",
            name="adaptiveCard/action",
            conversation=shown["conversation"],
            replyToId=shown["id"],
            value={"action": made, "trigger": "manual"},
            **fields,
        )


class TeamsClient(Activities):
    """Posts as Teams does; after each deed everything the bot draws has been drawn."""

    def __init__(self, teams: FakeTeams, surface: TeamsSurface) -> None:
        super().__init__(teams)
        self.surface = surface
        self.views: dict[str, dict[str, Drawn]] = defaultdict(dict)  # by account and message: a card's own new face
        self.told: dict[str, list[Drawn]] = defaultdict(list)  # by account: words beside a card, and dialogs
        self.dialogs: dict[str, Drawn] = {}  # by account: the one that is open, over the card it was opened from
        app = Starlette(routes=list(surface.routes()))
        transport = httpx2.ASGITransport(app=app, raise_app_exceptions=True)
        self._http = httpx2.AsyncClient(transport=transport, base_url="http://bot")

    async def close(self) -> None:
        await self._http.aclose()

    async def post(
        self, body: Any, *, token: str | None = None, headers: Mapping[str, str] | None = None
    ) -> httpx2.Response:
        """One request; `token` "" is none, None a good one."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        token = self.teams.token() if token is None else token
        sent = {"content-type": JSON, **({"authorization": f"Bearer {token}"} if token else {})}
        self.teams.answering = True
        answer = await self._http.post(PATH, content=content, headers={**sent, **(headers or {})})
        await self.surface.settled()
        self.teams.answering = False
        return answer

    # --- what people do

    async def says(self, account: str, text: str, **fields: Any) -> httpx2.Response:
        """Writes to the bot."""
        return await self.post(self.message(account, text, **fields))

    async def executes(
        self, account: str, shown: Drawn, action: Drawn, inputs: Drawn | None = None, **fields: Any
    ) -> httpx2.Response:
        """The same, and the answer takes the card's place for this person."""
        return await self.runs(account, shown, self.execution(account, shown, action, inputs or {}, **fields))

    async def runs(self, account: str, shown: Drawn, activity: Drawn) -> httpx2.Response:
        """Post an Action.Execute and show its answer."""
        updates = len(self.teams.called("update"))
        answer = await self.post(activity)
        if answer.status_code != 200:
            return answer
        said = answer.json()
        assert said["statusCode"] == 200
        if said["type"] == limits.CARD_TYPE:
            wrong = limits.of_card(said["value"])
            assert not wrong, wrong
            view = {**shown, "attachments": [{"contentType": limits.CARD_TYPE, "content": said["value"]}]}
            if len(self.teams.called("update")) == updates:  # else everybody sees it by now
                self.views[account][shown["id"]] = self.teams.touched(view)
        else:
            self.told[account].append(said)
        return answer

    async def submits_old(
        self, account: str, shown: Drawn, action: Drawn, inputs: Drawn | None = None
    ) -> httpx2.Response:
        """Action.Submit, from a client that does not know Action.Execute: a message without text."""
        value = {**action["fallback"]["data"], **(inputs or {})}
        sent = self.message(account, None, value=value, replyToId=shown["id"])
        sent["conversation"] = {**sent["conversation"], "id": shown["conversation"]}
        return await self.post(sent)

    async def acts(self, account: str, shown: Drawn, action: Drawn, inputs: Drawn | None = None) -> httpx2.Response:
        """Press a button as this client does: in a card, to open a dialog, or in a dialog."""
        if shown is self.dialogs.get(account):
            assert action["type"] == "Action.Submit", "a dialog runs nothing else"
            return await self._in_dialog(account, shown, "task/submit", {**action["data"], **(inputs or {})})
        self.dialogs.pop(account, None)  # closed, to reach the card
        if action.get("data", {}).get("msteams") == {"type": "task/fetch"}:
            return await self._in_dialog(account, shown, "task/fetch", action["data"])
        return await self.executes(account, shown, action, inputs)

    async def _in_dialog(self, account: str, shown: Drawn, name: str, data: Drawn) -> httpx2.Response:
        place = {"conversation": shown["conversation"], "replyToId": shown["id"]}
        answer = await self.dialog(account, name, data, **place)
        if answer.status_code != 200:
            return answer
        task = answer.json()["task"]
        self.dialogs.pop(account, None)
        if task["type"] == "continue":
            wrong = limits.of_card(task["value"]["card"]["content"])
            assert not wrong, wrong
            here = {"id": shown["id"], "conversation": shown["conversation"], "attachments": [task["value"]["card"]]}
            self.dialogs[account] = self.teams.touched(here)
        else:
            self.told[account].append(task)
        return answer

    async def dialog(self, account: str, name: str, data: Drawn, **fields: Any) -> httpx2.Response:
        """task/fetch or task/submit."""
        return await self.post(self.activity(account, "invoke", name=name, value={"data": data}, **fields))

    def visible(self, account: str, conversation: str) -> list[Drawn]:
        """The messages of a conversation as this person sees them."""
        seen = []
        for message in self.teams.messages[conversation]:
            view = self.views[account].get(message["id"])
            seen.append(view if view and view["touched"] > message["touched"] else message)
        return seen
