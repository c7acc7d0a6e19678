"""`serve`, as a process, spoken to over HTTP as Teams speaks: what must survive errors, repetition and kill -9."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from aiohttp import web

from tests.app.running import POLL, QUIET, Operator, free_port
from tests.fakes.teams import BOT_USER, TENANT, Drawn, FakeTeams
from tests.fakes.teams_client import JSON, TeamsClient
from tests.stages.teams import TeamsPerson, TeamsStage

OWNER = "00000000-0000-4000-8000-00000000000a"
PROMISE_KEPT_WITHIN = 100.0  # seconds: what was on its way is looked up after a minute


class OpenTeams(FakeTeams):
    """Asks the bot for no token, and finds none."""

    async def _let_in(self, request: web.Request, what: str, body: Drawn) -> web.StreamResponse | None:
        assert "Authorization" not in request.headers
        self.calls.append((what, body))
        return None


class RemoteClient(TeamsClient):
    """People's clients, talking to a bot in another process, without tokens."""

    def __init__(self, teams: FakeTeams, port: int) -> None:
        super().__init__(teams, _Elsewhere())  # type: ignore[arg-type] # only what is used of it
        self._http = httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}")
        self.quiet = QUIET

    async def post(self, body: Any, **_: object) -> httpx2.Response:
        """One request; then wait until the bot has drawn nothing new for `quiet` polls."""
        self.teams.answering = True
        answer = await self._http.post("/api/messages", json=body, headers={"content-type": JSON})
        calls, quiet = len(self.teams.calls), 0
        while quiet < self.quiet:
            await asyncio.sleep(POLL)
            calls, quiet = len(self.teams.calls), quiet + 1 if len(self.teams.calls) == calls else 0
        self.teams.answering = False
        return answer


class _Elsewhere:
    """Stands for a surface that runs in another process."""

    def routes(self) -> list[object]:
        return []


@pytest.fixture
async def teams() -> AsyncIterator[FakeTeams]:
    """The connector on loopback, with one person."""
    teams = OpenTeams(people={OWNER: f"29:{OWNER}"})
    await teams.open()
    yield teams
    await teams.close()


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    """An install whose first owner is on Teams."""
    settings = {
        "ENISHI_DATABASE": f"sqlite:///{tmp_path}/enishi.db",
        "ENISHI_KEYS": str(tmp_path / "keys"),
        "ENISHI_PORT": str(free_port()),
        "ENISHI_TEAMS_MODE": "dev-anonymous",
        "ENISHI_LOG_LEVEL": "debug",
    }
    operator = Operator(settings, tmp_path)
    assert operator.types("migrate").returncode == 0
    named = operator.types("owner", "--name", "織部", "--community", "みなとの縁", "--teams", f"{TENANT}/{OWNER}")
    assert named.returncode == 0, named.stderr
    return operator


async def test_a_day_with_a_server_that_is_killed_in_between(operator: Operator, teams: FakeTeams) -> None:
    """Command, form, error with the input kept, message, dialog, mention; three deliveries act once.

    What was promised before a kill -9 comes after the restart, once; and no log line holds what anybody wrote, or who.
    """
    process = await operator.serves()
    client = RemoteClient(teams, int(operator.settings["ENISHI_PORT"]))
    stage = TeamsStage.__new__(TeamsStage)  # the room and its people, without a bot in this process
    stage.teams, stage.client = teams, client
    try:
        owner = TeamsPerson("織部", OWNER, stage)
        for kind in ("conversationUpdate", "installationUpdate"):
            arrived = client.activity(OWNER, kind, action="add", membersAdded=[{"id": BOT_USER}])
            assert (await client.post(arrived)).status_code == 200

        assert (await owner.asks("update")).is_form
        refused = await owner.submits(text="秘密の畑を始めました", link="ftp://example.org")
        assert "https://" in refused.errors["link"]
        assert refused.values["text"] == "秘密の畑を始めました"
        assert "受け取りました" in await owner.submits(link="")

        said = client.message(OWNER, "ヘルプ")
        before = len(teams.called("send"))
        for _ in range(3):
            assert (await client.post(said)).status_code == 200
        assert len(teams.called("send")) == before + 1

        await owner.says("ヘルプ")
        assert (await owner.presses("近況")).is_form  # a button of the menu: in a dialog
        assert OWNER in client.dialogs
        assert (await owner.submits(text="秘密の畑の続き", link="ftp://example.org")).errors
        assert "受け取りました" in await owner.submits(link="")

        assert (await owner.mentions("update")).is_form
        [heard] = await stage.room_shows()
        assert not heard.is_form

        await owner.asks("checkin", admin=True)
        client.quiet = 0
        await owner.presses("自分に試し送り")
        process.kill()  # promised; whether it was sent, is on its way or waits, nobody knows
        process.wait()
        process = await operator.serves()
        client.quiet = QUIET
        async with asyncio.timeout(PROMISE_KEPT_WITHIN):
            while not (prompts := await _prompts(owner)):  # noqa: ASYNC110 - another process
                await asyncio.sleep(POLL)
        assert len(prompts) == 1
        owner._last = None
        assert "お変わりなくて何よりです" in await owner.presses("変わりなし")
        assert not await _prompts(owner)  # it is the answer now, and came once
    finally:
        await client.close()
        process.kill()
        process.wait()
    log = (operator.folder / "serve.log").read_text()
    assert "秘密の畑" not in log
    assert OWNER not in log


async def _prompts(person: TeamsPerson) -> list[object]:
    chat = person.stage.teams.chat(person.user)
    return [one for one in person.stage.teams.messages[chat] if "最近何してるの?" in str(one)]
