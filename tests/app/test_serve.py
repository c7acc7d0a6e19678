"""`serve`, as a process, against a stand-in for Slack: what must survive errors, repetition and kill -9."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from bot.slack import texts
from tests.app.running import POLL, QUIET, Operator, RemoteWorkspace, free_port
from tests.fakes.slack import BOT_TOKEN, BOT_USER, SECRET, TEAM, FakeSlack
from tests.fakes.slack_oauth import CLIENT_ID, CLIENT_SECRET
from tests.stages.slack import ROOM, SlackPerson
from tests.stages.slack_installs import WISH, Browser

OWNER = "U0OWNER"
PROMISE_KEPT_WITHIN = 100.0  # seconds: what was on its way is looked up after a minute


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """Slack's Web API on loopback, with a channel the bot is in."""
    slack = FakeSlack()
    await slack.open()
    slack.members[ROOM] |= {BOT_USER, OWNER}
    slack.people.add(OWNER)
    yield slack
    await slack.close()


@pytest.fixture
def operator(slack: FakeSlack, tmp_path: Path) -> Operator:
    """An install whose first owner is on Slack."""
    settings = {
        "ENISHI_DATABASE": f"sqlite:///{tmp_path}/enishi.db",
        "ENISHI_KEYS": str(tmp_path / "keys"),
        "ENISHI_PORT": str(free_port()),
        "ENISHI_SLACK_BOT_TOKEN": BOT_TOKEN,
        "ENISHI_SLACK_SIGNING_SECRET": SECRET,
        "ENISHI_SLACK_API_URL": f"{slack.url}/api/",
        "ENISHI_LOG_LEVEL": "debug",
    }
    operator = Operator(settings, tmp_path)
    assert operator.types("migrate").returncode == 0
    named = operator.types("owner", "--name", "織部", "--community", "みなとの縁", "--slack", f"{TEAM}/{OWNER}")
    assert named.returncode == 0, named.stderr
    return operator


async def test_a_day_with_a_server_that_is_killed_in_between(operator: Operator, slack: FakeSlack) -> None:
    """Command, window, error with the input kept, message, button, update, App Home; three deliveries act once.

    What was promised before a kill -9 comes after the restart, once; and no log line holds what anybody wrote.
    """
    port = int(operator.settings["ENISHI_PORT"])
    process = await operator.serves()
    workspace = RemoteWorkspace(slack, port)
    try:
        owner = SlackPerson("織部", OWNER, workspace)

        form = await owner.asks("update")
        assert form.is_form
        refused = await owner.submits(text="秘密の畑を始めました", link="ftp://example.org")
        assert "https://" in refused.errors["link"]
        assert refused.values["text"] == "秘密の畑を始めました"
        assert "受け取りました" in await owner.submits(link="")
        assert "秘密の畑" in await owner.opens_home()

        event = {"type": "message", "channel_type": "im", "channel": slack.chat(OWNER), "user": OWNER, "team": TEAM}
        said = {**event, "text": "ヘルプ", "ts": "1790000000.000100", "event_ts": "1790000000.000100"}
        for event_id in ("Ev1", "Ev1", "Ev2"):  # the same message may come under another event_id, too
            assert (await workspace.event(said, event_id)).status_code == 200
        assert len([one for one in await owner.inbox() if "/enishi 近況" in one]) == 1

        await owner.asks("checkin", admin=True)
        workspace.quiet = 0
        await owner.presses("自分に試し送り")
        process.kill()  # promised; whether it was sent, is on its way or waits, nobody knows
        process.wait()
        process = await operator.serves()
        workspace.quiet = QUIET
        async with asyncio.timeout(PROMISE_KEPT_WITHIN):
            while not (prompts := [one for one in await owner.inbox() if "最近何してるの?" in one]):  # noqa: ASYNC110 - another process
                await asyncio.sleep(POLL)
        assert len(prompts) == 1
        assert "お変わりなくて何よりです" in await owner.presses("変わりなし")
        assert not [one for one in await owner.inbox() if "試し送り" in one]  # it is the answer now, and came once
    finally:
        await workspace.close()
        process.kill()
        process.wait()
    log = (operator.folder / "serve.log").read_text()
    assert "秘密の畑" not in log
    assert OWNER not in log


async def test_workspaces_install_it_at_a_running_server(slack: FakeSlack, tmp_path: Path) -> None:
    """From the page to a command that is answered, in a process of its own whose log holds no secret."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    operator = Operator(
        {
            "ENISHI_DATABASE": f"sqlite:///{tmp_path}/enishi.db",
            "ENISHI_KEYS": str(tmp_path / "keys"),
            "ENISHI_PORT": str(port),
            "ENISHI_PUBLIC_URL": address,
            "ENISHI_SLACK_CLIENT_ID": CLIENT_ID,
            "ENISHI_SLACK_CLIENT_SECRET": CLIENT_SECRET,
            "ENISHI_SLACK_SIGNING_SECRET": SECRET,
            "ENISHI_SLACK_API_URL": f"{slack.url}/api/",
            "ENISHI_LOG_LEVEL": "debug",
        },
        tmp_path,
    )
    assert operator.types("migrate").returncode == 0
    process = await operator.serves()
    workspace = RemoteWorkspace(slack, port)
    try:
        browser = Browser(httpx2.AsyncClient(base_url=address, headers={"accept-language": "en"}), slack)
        await browser.installs(TEAM, OWNER)
        assert browser.reads(texts.IN_SLACK)
        await browser.sends(**WISH)
        assert browser.reads(texts.SET_UP_NEXT)
        await browser.http.aclose()
        assert WISH["community"] in await SlackPerson("織部", OWNER, workspace).asks("community")
    finally:
        await workspace.close()
        process.terminate()
        process.wait()
    log = (operator.folder / "serve.log").read_text()
    assert "slack.installed" in log
    assert not [word for word in ("secret-code", "xoxb-", "state=", CLIENT_SECRET, OWNER) if word in log]
