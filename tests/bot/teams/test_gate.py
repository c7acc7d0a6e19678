"""Who is let in, what happens to what cannot be read, and that nothing of it reaches a log."""

import asyncio
import io
import json
import logging
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiohttp import ClientTimeout

from bot.events import Asked
from bot.language import both
from bot.teams.connection import Connection
from bot.teams.settings import DEV, StartProblem, TeamsSettings
from bot.teams.signing_keys import FRESH, PATIENCE, KeysUnreachable, SigningKeys, UnknownKey
from bot.teams.surface import TeamsSurface
from bot.texts import BROKEN, UNAVAILABLE
from tests.bot.slack.house import MemoryNotebook, Turns, router
from tests.bot.teams.conftest import ADA, communities
from tests.fakes.teams import Drawn, FakeTeams, Fault
from tests.fakes.teams_client import TeamsClient
from tests.stages.teams import TeamsPerson, TeamsStage, settings_for

MARKER = "a-private-word"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that is logged at any level, with the root logger at DEBUG."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


async def test_teams_itself_is_let_in(ada: TeamsPerson, turns: Turns) -> None:
    """A signed activity of a tenant we serve is answered."""
    assert "the menu" in await ada.says(MARKER)
    assert [type(one) for one in turns.events].count(Asked) == 1  # that her chat is known now is told a little later


FORGED: dict[str, Callable[[FakeTeams], str]] = {
    "unsigned": lambda _: "",
    "no token at all": lambda _: "not.a.token",
    "signed by somebody else": lambda teams: teams.token(signed_by="stranger", named="k1"),
    "by a key nobody knows": lambda teams: teams.token(signed_by="stranger"),
    "expired": lambda teams: teams.token(exp=int(time.time()) - 301),
    "never expiring": lambda teams: teams.token(drop=("exp",)),
    "of another issuer": lambda teams: teams.token(iss="https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"),
    "of the emulator": lambda teams: teams.token(iss="https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47/"),
    "for another bot": lambda teams: teams.token(aud="00000000-0000-4000-8000-000000000bad"),
    "for nobody": lambda teams: teams.token(drop=("aud",)),
    "for another serviceUrl": lambda teams: teams.token(serviceurl="https://smba.trafficmanager.net/emea/"),
    "for no serviceUrl": lambda teams: teams.token(drop=("serviceurl",)),
    "not yet valid": lambda teams: teams.token(nbf=int(time.time()) + 3600),
}


@pytest.mark.parametrize("how", FORGED)
async def test_a_forged_token_is_refused(
    stage: TeamsStage, ada: TeamsPerson, turns: Turns, logged: io.StringIO, how: str
) -> None:
    """Every flaw of a token is 401, and nothing of the body is logged."""
    answer = await stage.client.post(stage.client.message(ada.user, MARKER), token=FORGED[how](stage.teams))
    assert answer.status_code == 401
    assert turns.events == []
    assert MARKER not in logged.getvalue()


async def test_a_key_for_another_channel_signs_nothing(stage: TeamsStage, ada: TeamsPerson) -> None:
    """Only keys endorsed for Teams sign for it; one without endorsements does not either."""
    stage.teams.keys |= {"k2": ["webchat"], "k3": []}
    for name in ("k2", "k3"):
        answer = await stage.client.post(stage.client.message(ada.user, "x"), token=stage.teams.token(signed_by=name))
        assert answer.status_code == 401


Change = Callable[[Drawn], Any]


def _without(*path: str) -> Change:
    def change(activity: Drawn) -> Drawn:
        part = activity
        for name in path[:-1]:
            part = part[name]
        part.pop(path[-1])
        return activity

    return change


def _with(**fields: Any) -> Change:
    return lambda activity: {**activity, **fields}


BAD: dict[str, tuple[Change, int]] = {
    "an array": (lambda activity: [activity], 400),
    "a word": (lambda _: "hello", 400),
    "null": (lambda _: None, 400),
    "truncated": (lambda activity: json.dumps(activity).encode()[:-9], 400),
    "no text at all": (lambda _: b"\xff\xfe", 400),
    "deeply nested": (lambda _: b"[" * 100_000, 400),
    "half a character": (_with(text="\ud83d"), 400),
    "a type that is a number": (_with(type=3), 400),
    "no type": (_without("type"), 400),
    "a text that is a list": (_with(text=["x"]), 400),
    "a sender that is a word": (_with(**{"from": "ada"}), 400),
    "no sender": (_without("from"), 400),
    "entities that are a number": (_with(entities=7), 400),
    "entities of words": (_with(entities=["x"]), 400),
    "no conversation": (_without("conversation"), 400),
    "an id that is an object": (_with(id={}), 400),
    "a serviceUrl that is a number": (_with(serviceUrl=1), 400),
    "300 KB": (_with(text="x" * 300_000), 413),
    "another channel": (_with(channelId="emulator"), 401),
    "no channel": (_without("channelId"), 401),
    "no serviceUrl": (_without("serviceUrl"), 401),
    "a serviceUrl elsewhere": (_with(serviceUrl="https://evil.example/jp/"), 401),
    "a serviceUrl with a user in it": (_with(serviceUrl="https://smba.trafficmanager.net@evil.example/"), 401),
    "a serviceUrl on another port": (_with(serviceUrl="https://smba.trafficmanager.net:8443/"), 401),
    "a serviceUrl without https": (_with(serviceUrl="http://smba.trafficmanager.net/"), 401),
    "another tenant": (_with(channelData={"tenant": {"id": "another"}}), 403),
    "no tenant": (_with(channelData={}, conversation={"id": "a:x"}), 403),
}


@pytest.mark.parametrize("what", BAD)
async def test_a_bad_request_is_answered_by_its_number(
    stage: TeamsStage, ada: TeamsPerson, turns: Turns, logged: io.StringIO, what: str
) -> None:
    """Never 500, whatever it is; nothing happens, and nothing of it is logged."""
    change, status = BAD[what]
    body = change(stage.client.message(ada.user, MARKER))
    service_url = body.get("serviceUrl") if isinstance(body, dict) else None
    token = stage.teams.token(serviceurl=service_url) if isinstance(service_url, str) else None
    answer = await stage.client.post(body, token=token)
    assert answer.status_code == status
    assert turns.events == []
    assert MARKER not in logged.getvalue()


async def test_a_wrong_content_type_is_refused(stage: TeamsStage, ada: TeamsPerson) -> None:
    """Teams sends JSON and says so."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        answer = await stage.client.post(stage.client.message(ada.user, "x"), headers={"content-type": kind})
        assert answer.status_code == 415


async def test_an_invoke_nobody_knows_is_not_implemented(stage: TeamsStage, ada: TeamsPerson) -> None:
    """501, as the channel expects; an event nobody knows is taken and forgotten."""
    client = stage.client
    assert (await client.post(client.activity(ada.user, "invoke", name="signin/x", value={}))).status_code == 501
    assert (await client.post(client.activity(ada.user, "typing"))).status_code == 200


# --- keys ----------------------------------------------------------------------------------------


async def test_a_new_key_is_known_at_once(stage: TeamsStage, ada: TeamsPerson) -> None:
    """After a rotation the first request with the new key is answered, and the keys are fetched once for it."""
    stage.teams.keys = {"k2": ["msteams"]}
    answer = await stage.client.post(stage.client.message(ada.user, "x"), token=stage.teams.token(signed_by="k2"))
    assert answer.status_code == 200
    assert stage.teams.keys_asked == 1


async def test_no_key_server_is_503_and_then_well_again(stage: TeamsStage, ada: TeamsPerson) -> None:
    """Teams sends it again; keys that are known go on working meanwhile."""
    stage.teams.keys_are = "down"
    assert (await stage.client.says(ada.user, "x")).status_code == 503
    await stage.end()
    stage.teams.keys_are = "there"
    await stage.begin()
    assert (await stage.client.says(ada.user, "x")).status_code == 200
    stage.teams.keys_are = "down"
    assert (await stage.client.says(ada.user, "x")).status_code == 200


class Keys:
    """Signing keys under a clock that is moved by hand."""

    def __init__(self, teams: FakeTeams) -> None:
        self.at = 0.0
        self.connection = Connection(settings_for(teams))
        self.keys = SigningKeys(f"{teams.url}/openid", lambda: self.connection.session, lambda: self.at)

    async def close(self) -> None:
        await self.keys.close()
        await self.connection.close()


async def test_unknown_keys_are_asked_for_only_now_and_then(stage: TeamsStage) -> None:
    """Whoever makes up key ids cannot make us ask the key server for each."""
    keys = Keys(stage.teams)
    for _ in range(9):
        with pytest.raises(UnknownKey):
            await keys.keys.get("made up")
    assert stage.teams.keys_asked == 1
    keys.at += PATIENCE + 1
    with pytest.raises(UnknownKey):
        await keys.keys.get("made up")
    assert stage.teams.keys_asked == 2
    await keys.close()


async def test_old_keys_survive_an_outage(stage: TeamsStage) -> None:
    """A day later they are fetched again, behind the back of a request that does not wait."""
    keys = Keys(stage.teams)
    known = await keys.keys.get("k1")
    keys.at += FRESH + 1
    stage.teams.keys_are = "slow"
    async with asyncio.timeout(1):
        assert await keys.keys.get("k1") is known
    await keys.close()


async def test_a_slow_key_server_holds_up_nobody_else(
    stage: TeamsStage, ada: TeamsPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While an unknown key is being fetched, requests with a known one are answered; the slow one ends in 503."""
    assert (await stage.client.says(ada.user, "first")).status_code == 200
    monkeypatch.setattr("bot.teams.signing_keys.PATIENCE", -1.0)
    monkeypatch.setattr("bot.teams.signing_keys.TIMEOUT", ClientTimeout(total=0.5))
    stage.teams.keys_are = "slow"
    message, token = stage.client.message(ada.user, "slow"), stage.teams.token(signed_by="new")
    waiting = asyncio.create_task(stage.client.post(message, token=token))
    assert (await stage.client.says(ada.user, "quick")).status_code == 200
    assert not waiting.done()
    assert (await waiting).status_code == 503


async def test_unreachable_keys_say_so(stage: TeamsStage) -> None:
    """Not knowing is not the same as refusing."""
    stage.teams.keys_are = "down"
    keys = Keys(stage.teams)
    for _ in range(2):
        with pytest.raises(KeysUnreachable):
            await keys.keys.get("k1")
    assert stage.teams.keys_asked == 1
    await keys.close()


# --- modes ---------------------------------------------------------------------------------------

GOOD = {"app_id": "a", "app_password": "p", "app_tenant": "t", "allowed_tenants": ("t",)}


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"mode": "production"}, "ENISHI_TEAMS_APP_ID"),
        ({"mode": "production", **GOOD, "app_id": ""}, "ENISHI_TEAMS_APP_ID"),
        ({"mode": "production", **GOOD, "app_password": ""}, "ENISHI_TEAMS_APP_PASSWORD"),
        ({"mode": "production", **GOOD, "app_tenant": ""}, "ENISHI_TEAMS_APP_TENANT"),
        ({"mode": "production", **GOOD, "allowed_tenants": ()}, "ENISHI_TEAMS_TENANTS"),
        ({"mode": "production", **GOOD, "app_type": "UserAssignedMSI"}, "ENISHI_TEAMS_APP_TYPE"),
        ({"mode": "production", **GOOD, "service_hosts": ("http://evil.example",)}, "ENISHI_TEAMS_SERVICE_HOSTS"),
        ({"mode": "anything", **GOOD}, "ENISHI_TEAMS_MODE"),
        ({"mode": DEV, "app_id": "a"}, "ENISHI_TEAMS_APP_ID"),
        ({"mode": DEV, "app_password": "p"}, "ENISHI_TEAMS_APP_PASSWORD"),
        ({"mode": DEV, "bind_host": "0.0.0.0"}, "ENISHI_HOST"),  # noqa: S104 - what must be refused
    ],
)
def test_a_mode_without_what_it_needs_does_not_start(settings: dict[str, Any], named: str) -> None:
    """One sentence names the setting; nothing is ever guessed from what is missing."""
    with pytest.raises(StartProblem, match=named):
        TeamsSurface(TeamsSettings(**settings), Turns(), router.actions, MemoryNotebook(), communities)


def test_the_password_is_never_shown() -> None:
    """Not in a representation either."""
    assert "geheim" not in repr(TeamsSettings(mode="production", app_password="geheim"))


async def test_wrong_credentials_are_named_at_the_start(stage: TeamsStage) -> None:
    """A refused secret stops the start; a token server that is away does not."""
    await stage.end()
    stage.teams.password = "another"
    with pytest.raises(StartProblem, match="_APP_PASSWORD"):
        await stage.begin()


async def test_anonymous_is_for_this_machine_alone(stage: TeamsStage, ada: TeamsPerson, turns: Turns) -> None:
    """Peers and serviceUrls elsewhere are refused; here nobody needs a token."""
    surface = TeamsSurface(TeamsSettings(mode=DEV), turns, router.actions, MemoryNotebook(), communities)
    client = TeamsClient(stage.teams, surface)
    assert (await client.post(client.message(ada.user, "x"), token="")).status_code == 200
    far = {**client.message(ada.user, "x"), "serviceUrl": "https://smba.trafficmanager.net/jp/"}
    assert (await client.post(far, token="")).status_code == 401
    await client.close()
    await surface.stop()


async def test_our_token_goes_to_teams_alone(stage: TeamsStage, ada: TeamsPerson, logged: io.StringIO) -> None:
    """A redirect is not followed, and its address gets neither token nor message."""
    stage.teams.fails("send", Fault.ELSEWHERE)
    assert (await stage.client.says(ada.user, MARKER)).status_code == 200
    assert stage.teams.elsewhere == []
    assert MARKER not in logged.getvalue()


async def test_one_token_serves_many_messages(stage: TeamsStage, ada: TeamsPerson) -> None:
    """It is fetched once, and again when the connector no longer takes it."""
    for _ in range(3):
        await ada.says("x")
    assert stage.teams.tokens_asked == 1


# --- when the house fails ------------------------------------------------------------------------


async def test_a_failing_turn_is_one_sentence(
    stage: TeamsStage, ada: TeamsPerson, turns: Turns, logged: io.StringIO
) -> None:
    """A person is told, whatever failed, and the log knows the place and not the words."""
    turns.broken = True
    assert both(BROKEN) in await ada.says(MARKER)
    turns.broken, turns.down = False, True
    assert both(UNAVAILABLE) in await ada.says(MARKER)
    arrival = stage.client.activity(ADA, "installationUpdate", action="add")
    assert (await stage.client.post(arrival)).status_code == 503
    assert MARKER not in logged.getvalue()
    assert "something private" not in logged.getvalue()
