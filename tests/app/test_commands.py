"""The commands an operator types: each mistake is one sentence that names the setting."""

import asyncio
import json
import shutil
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.clock import SystemClock
from storage.engine import Sqlite
from storage.keys import load
from tests.app.running import Operator
from tests.fakes.slack import BOT_TOKEN, SECRET, FakeSlack

MANY = {
    "ENISHI_SLACK_CLIENT_ID": "1.2",
    "ENISHI_SLACK_CLIENT_SECRET": "made-up",
    "ENISHI_SLACK_SIGNING_SECRET": SECRET,
    "ENISHI_PUBLIC_URL": "https://enishi.example",
}


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    """Nothing set up yet."""
    settings = {"ENISHI_DATABASE": f"sqlite:///{tmp_path}/enishi.db", "ENISHI_KEYS": str(tmp_path / "keys")}
    return Operator(settings, tmp_path)


def _one_sentence(error: str) -> str:
    assert "Traceback" not in error
    return error.strip()


def test_serving_nothing_says_what_to_set(operator: Operator) -> None:
    """Without a surface, serve names the settings and offers the demo."""
    ended = operator.types("serve")
    assert ended.returncode == 1
    for word in ("ENISHI_SLACK_BOT_TOKEN", "ENISHI_PUBLIC_URL", "demo"):
        assert word in _one_sentence(ended.stderr)


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("ENISHI_PORT", "eighty", "ENISHI_PORT"),
        ("ENISHI_PUBLIC_URL", "http://enishi.example", "https://"),
        ("ENISHI_LOG_LEVEL", "loud", "ENISHI_LOG_LEVEL"),
        ("ENISHI_DATABASE", "mysql://x", "ENISHI_DATABASE"),
        ("ENISHI_DATABASE", "postgresql://nobody@127.0.0.1:1/none", "ENISHI_DATABASE"),
        ("ENISHI_DATABASE", "sqlite:////proc/none/enishi.db", "ENISHI_DATABASE"),
    ],
)
def test_a_wrong_setting_is_named(operator: Operator, name: str, value: str, word: str) -> None:
    """The sentence names the setting and never shows a stack trace."""
    operator.settings[name] = value
    ended = operator.types("migrate")
    assert ended.returncode == 1
    assert word in _one_sentence(ended.stderr)


def test_a_secret_is_not_repeated(operator: Operator) -> None:
    """A setting that cannot be read is named without its value."""
    operator.settings |= {"ENISHI_PORT": "xoxb-secret-in-the-wrong-place"}
    assert "xoxb" not in operator.types("doctor").stderr


def test_migrate_makes_keys_once_and_may_be_repeated(operator: Operator) -> None:
    """A new install gets key files for the owner's eyes alone; again, nothing changes."""
    assert operator.types("migrate").returncode == 0
    keys = Path(operator.settings["ENISHI_KEYS"])
    before = {path.name: path.read_text() for path in keys.iterdir()}
    assert keys.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in keys.iterdir())
    assert operator.types("migrate").returncode == 0
    assert {path.name: path.read_text() for path in keys.iterdir()} == before


def test_lost_keys_are_never_replaced(operator: Operator) -> None:
    """A database whose keys are missing, or another's, is not served and no new keys are made."""
    operator.types("migrate")
    keys = Path(operator.settings["ENISHI_KEYS"])
    operator.settings["ENISHI_PUBLIC_URL"] = "https://enishi.example"
    (keys / "tag.key").unlink()
    for command in ("serve", "migrate"):
        ended = operator.types(command)
        assert ended.returncode == 1
        assert "tag.key" in _one_sentence(ended.stderr)
    shutil.rmtree(keys)
    for command in ("serve", "migrate"):
        ended = operator.types(command)
        assert ended.returncode == 1
        assert "ENISHI_KEYS" in _one_sentence(ended.stderr)
    assert not keys.exists()


def test_another_databases_keys_are_refused(operator: Operator, tmp_path: Path) -> None:
    """Keys that do not belong to the database are recognised before anything is written with them."""
    operator.types("migrate")
    other = Operator({**operator.settings, "ENISHI_DATABASE": f"sqlite:///{tmp_path}/other.db"}, tmp_path)
    other.settings["ENISHI_KEYS"] = str(tmp_path / "other-keys")
    other.types("migrate")
    operator.settings["ENISHI_KEYS"] = other.settings["ENISHI_KEYS"]
    ended = operator.types("migrate")
    assert ended.returncode == 1
    assert "not the ones this database was made with" in _one_sentence(ended.stderr)


async def test_a_second_process_on_sqlite_is_refused(operator: Operator) -> None:
    """SQLite serves one process; the sentence names the lock and what several would need."""
    operator.types("migrate")
    operator.settings["ENISHI_PUBLIC_URL"] = "https://enishi.example"
    held = Sqlite(operator.settings["ENISHI_DATABASE"], load(Path(operator.settings["ENISHI_KEYS"])), SystemClock())
    await held.open()
    try:
        ended = await asyncio.to_thread(operator.types, "serve")
        looked = await asyncio.to_thread(operator.types, "doctor")
    finally:
        await held.close()
    assert ended.returncode == 1
    assert "enishi.db.lock" in _one_sentence(ended.stderr)
    assert "PostgreSQL" in ended.stderr
    assert looked.returncode == 0, looked.stdout  # a running server is no illness
    assert "in use" in looked.stdout


def test_the_first_owner_gets_a_way_in(operator: Operator) -> None:
    """`owner` makes the community, says it once however often it is told, and prints a link."""
    operator.types("migrate")
    operator.settings["ENISHI_PUBLIC_URL"] = "https://enishi.example"
    words = ("owner", "--name", "織部", "--community", "みなとの縁", "--slack", "T01/U02")
    for _ in range(2):
        ended = operator.types(*words)
        assert ended.returncode == 0, ended.stderr
        assert "https://enishi.example/door/" in ended.stdout


@pytest.mark.parametrize(
    ("option", "value"),
    [("--kind", "club"), ("--zone", "Mars/Olympus"), ("--slack", "oribe"), ("--language", "fr"), ("--name", " ")],
)
def test_an_owner_that_cannot_be_is_refused(operator: Operator, option: str, value: str) -> None:
    """Each wrong option is named in one sentence."""
    operator.types("migrate")
    words = {"--name": "織部", "--community": "みなとの縁", option: value}
    ended = operator.types("owner", *(part for pair in words.items() for part in pair))
    assert ended.returncode == 1
    assert option in _one_sentence(ended.stderr)


async def test_doctor_asks_slack_about_the_token(operator: Operator) -> None:
    """A refused token, missing scopes and a Slack out of reach are told apart."""
    await asyncio.to_thread(operator.types, "migrate")
    slack = FakeSlack()
    await slack.open()
    try:
        operator.settings |= {
            "ENISHI_SLACK_BOT_TOKEN": BOT_TOKEN,
            "ENISHI_SLACK_SIGNING_SECRET": SECRET,
            "ENISHI_SLACK_API_URL": f"{slack.url}/api/",
        }
        well = await asyncio.to_thread(operator.types, "doctor")
        assert well.returncode == 0, well.stdout + well.stderr
        slack.scopes.remove("im:history")
        poor = await asyncio.to_thread(operator.types, "doctor")
        assert poor.returncode == 1
        assert "im:history" in poor.stdout
        operator.settings["ENISHI_SLACK_BOT_TOKEN"] = "xoxb-another"
        refused = await asyncio.to_thread(operator.types, "doctor")
        assert refused.returncode == 1
        assert "ENISHI_SLACK_BOT_TOKEN is refused" in refused.stdout
        assert "xoxb-another" not in refused.stdout
    finally:
        await slack.close()
    gone = await asyncio.to_thread(operator.types, "doctor")
    assert gone.returncode == 1
    assert "cannot be reached" in gone.stdout


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        ("ENISHI_SLACK_CLIENT_SECRET", "ENISHI_SLACK_CLIENT_SECRET"),
        ("ENISHI_SLACK_SIGNING_SECRET", "ENISHI_SLACK_SIGNING_SECRET"),
        ("ENISHI_PUBLIC_URL", "ENISHI_PUBLIC_URL"),
        ("ENISHI_SLACK_CLIENT_ID", "ENISHI_SLACK_CLIENT_ID"),
    ],
)
def test_half_an_oauth_set_up_is_named(operator: Operator, missing: str, named: str) -> None:
    """Many workspaces need four settings; doctor says which is not there."""
    operator.types("migrate")
    operator.settings |= MANY
    operator.settings.pop(missing)
    operator.settings |= {"ENISHI_TEAMS_MODE": "dev-anonymous"}  # something to serve
    ended = operator.types("doctor")
    assert ended.returncode == 1
    line = next(line for line in ended.stdout.splitlines() if "as well" in line)
    assert named in line


async def test_doctor_says_where_workspaces_install(operator: Operator) -> None:
    """With many workspaces no token is asked about, and a token that is set is told to be unused."""
    await asyncio.to_thread(operator.types, "migrate")
    slack = FakeSlack()
    await slack.open()
    operator.settings |= {**MANY, "ENISHI_SLACK_API_URL": f"{slack.url}/api/", "ENISHI_SLACK_BOT_TOKEN": BOT_TOKEN}
    well = await asyncio.to_thread(operator.types, "doctor")
    await slack.close()
    assert well.returncode == 0, well.stdout + well.stderr
    assert "https://enishi.example/slack/install" in well.stdout
    assert "ENISHI_SLACK_BOT_TOKEN" in well.stdout
    made = json.loads(operator.types("manifest", "slack", "--rotate-tokens").stdout)
    assert made["oauth_config"]["redirect_urls"] == ["https://enishi.example/slack/oauth_redirect"]


def test_keys_rotate_while_nothing_is_lost(operator: Operator) -> None:
    """After a rotation the old seal key is gone and everything can still be read."""
    operator.types("migrate")
    operator.types("owner", "--name", "織部", "--community", "みなとの縁")
    seal = Path(operator.settings["ENISHI_KEYS"]) / "seal.keys"
    before = seal.read_text().strip()
    ended = operator.types("keys", "rotate")
    assert ended.returncode == 0, ended.stderr
    assert before not in seal.read_text()
    operator.settings["ENISHI_PUBLIC_URL"] = "https://enishi.example"
    again = operator.types("owner", "--name", "織部", "--community", "みなとの縁")  # finds the owner by name: opens it
    assert again.returncode == 0, again.stderr
    assert "no way in" not in again.stdout


def test_a_changed_audit_is_found(operator: Operator, tmp_path: Path) -> None:
    """Whole chains end well and print their marks; the first bad entry is named, and so is a mark that is nowhere."""
    operator.types("migrate")
    operator.types("owner", "--name", "織部", "--community", "みなとの縁")
    ended = operator.types("audit", "verify")
    assert ended.returncode == 0, ended.stderr
    assert "みなとの縁: 1 entry, whole. Mark: 1-" in ended.stdout
    mark = ended.stdout.split()[-1]
    assert operator.types("audit", "verify", "--mark", mark).returncode == 0
    ended = operator.types("audit", "verify", "--mark", mark[:-1] + ("0" if mark[-1] != "0" else "1"))
    assert ended.returncode == 1
    assert "is in no chain" in ended.stdout
    with closing(sqlite3.connect(tmp_path / "enishi.db")) as database, database:
        database.execute("UPDATE audit SET action = 'role.member'")
    ended = operator.types("audit", "verify")
    assert ended.returncode == 1
    assert "みなとの縁: entry 1 was changed" in ended.stdout
    assert "Traceback" not in ended.stderr


def test_the_manifest_is_made_from_the_features(operator: Operator) -> None:
    """It names both commands, and needs an address unless Slack is reached by Socket Mode."""
    ended = operator.types("manifest", "slack")
    assert ended.returncode == 1
    assert "ENISHI_PUBLIC_URL" in _one_sentence(ended.stderr)
    made = json.loads(operator.types("manifest", "slack", "--socket-mode").stdout)
    assert [command["command"] for command in made["features"]["slash_commands"]] == ["/enishi", "/enishi-admin"]
    assert "im:history" in made["oauth_config"]["scopes"]["bot"]
    assert "channels:history" not in made["oauth_config"]["scopes"]["bot"]


def test_a_taken_port_is_said_in_one_sentence(operator: Operator) -> None:
    """Another program on the port is named, with what to set instead."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = operator.types("demo", "--no-browser", "--port", str(taken.getsockname()[1]))
    assert ended.returncode == 1
    assert "it is taken" in _one_sentence(ended.stderr)
    assert "ENISHI_PORT" in ended.stderr


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_tour_plays_by_itself_and_talks_to_nobody(operator: Operator, language: str) -> None:
    """Without a browser and without a question, to its end; tokens of the real install are left alone."""
    slack = FakeSlack()
    await slack.open()
    operator.settings |= {
        "ENISHI_SLACK_BOT_TOKEN": BOT_TOKEN,
        "ENISHI_SLACK_SIGNING_SECRET": SECRET,
        "ENISHI_SLACK_API_URL": f"{slack.url}/api/",
    }
    try:
        ended = await asyncio.to_thread(operator.types, "demo", "--tour", "--quick", "--language", language)
    finally:
        await slack.close()
    assert ended.returncode == 0, ended.stderr
    assert slack.calls == []
    assert sorted(path.name for path in operator.folder.iterdir()) == []
    assert ("最近何してるの?" if language == "ja" else "What have you been up to?") in ended.stdout
