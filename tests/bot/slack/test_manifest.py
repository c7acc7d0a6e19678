"""The manifest asks for what is used, and for nothing else."""

import re
from typing import Any

import pytest

from bot.events import Event, Joined, Left, OpenedHome, Said
from bot.language import mark
from bot.router import Command
from bot.slack.manifest import SUBSCRIPTIONS, manifest
from tests.bot.slack.house import router

HEARS = frozenset({OpenedHome, Said, Joined, Left})
URL = "https://enishi.example"
# docs.slack.dev/reference/events: which scope each event needs.
NEEDS = {
    "app_home_opened": set(),
    "message.im": {"im:history"},
    "team_join": {"users:read"},
    "user_change": {"users:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "app_uninstalled": set(),
    "tokens_revoked": set(),
}


def problems(made: dict[str, Any]) -> list[str]:
    """What Slack would refuse (docs.slack.dev/reference/app-manifest)."""
    wrong: list[str] = []
    features, settings = made["features"], made["settings"]
    if len(made["display_information"]["name"]) > 35 or len(made["display_information"]["description"]) > 140:
        wrong.append("display_information")
    if len(features["bot_user"]["display_name"]) > 80:
        wrong.append("display_name")
    for command in features["slash_commands"]:
        if not re.fullmatch(r"/[a-z0-9_-]{1,31}", command["command"]):
            wrong.append(command["command"])
        if not 1 <= len(command["description"]) <= 2000 or not 1 <= len(command["usage_hint"]) <= 1000:
            wrong.append(f"{command['command']}: description or usage_hint")
        if command["should_escape"] is not True or ("url" in command) is settings["socket_mode_enabled"]:
            wrong.append(f"{command['command']}: should_escape or url")
    scopes = set(made["oauth_config"]["scopes"]["bot"])
    events = settings["event_subscriptions"]["bot_events"]
    wrong += [f"{event} needs {NEEDS[event] - scopes}" for event in events if NEEDS[event] - scopes]
    if len(events) != len(set(events)) or len(events) > 100:
        wrong.append("bot_events")
    for part in (settings["event_subscriptions"], settings["interactivity"]):
        if ("request_url" in part) is settings["socket_mode_enabled"]:
            wrong.append("request_url")
    return wrong


@pytest.mark.parametrize("socket_mode", [False, True])
def test_slack_takes_the_manifest(socket_mode: bool) -> None:  # noqa: FBT001 - a row of the table
    """With addresses over HTTP, without any in Socket Mode."""
    made = manifest(router.commands, HEARS, "" if socket_mode else URL, socket_mode=socket_mode)
    assert problems(made) == []


def test_of_the_histories_only_the_chat_with_the_bot_is_read() -> None:
    """Nobody's channels are."""
    scopes = set(manifest(router.commands, HEARS, URL)["oauth_config"]["scopes"]["bot"])
    assert {scope for scope in scopes if scope.endswith(":history")} == {"im:history"}
    assert scopes.isdisjoint({"chat:write.public", "users:read.email", "channels:join", "mpim:write"})


def test_what_nobody_hears_is_not_asked_for() -> None:
    """A house without a home page has no home tab, and one that hears nothing needs no list of people."""
    made = manifest([], frozenset(), URL)
    assert made["settings"]["event_subscriptions"]["bot_events"] == ["app_uninstalled", "tokens_revoked"]
    assert made["oauth_config"]["scopes"]["bot"] == ["commands", "chat:write", "im:write", "im:history"]
    assert made["features"]["app_home"] == {
        "home_tab_enabled": False,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": True,
    }


def test_the_hint_lists_the_commands_each_where_it_belongs() -> None:
    """Members' words after /enishi, the secretariat's after /enishi-admin, as many as fit."""
    members, desk = manifest(router.commands, HEARS, URL)["features"]["slash_commands"]
    assert members["usage_hint"] == "help | show how"
    assert desk["usage_hint"] == "help | desk"
    many = [Command(f"word{n}", mark("A word"), hint="x" * 20) for n in range(100)]
    assert problems(manifest(many, HEARS, URL)) == []


@pytest.mark.parametrize(
    ("url", "name"), [("http://enishi.example", "Enishi"), ("", "Enishi"), (URL, ""), (URL, "x" * 36)]
)
def test_a_wrong_setting_is_named(url: str, name: str) -> None:
    """Before Slack refuses the file."""
    with pytest.raises(ValueError, match=r"ENISHI_PUBLIC_URL|name"):
        manifest([], HEARS, url, name=name)


@pytest.mark.parametrize("event", sorted(SUBSCRIPTIONS, key=str))
def test_each_event_brings_its_own_scopes(event: type[Event]) -> None:
    """Whatever else is heard or not."""
    assert problems(manifest([], {event}, URL)) == []


@pytest.mark.parametrize("socket_mode", [False, True])
def test_many_workspaces_come_back_to_us(socket_mode: bool) -> None:  # noqa: FBT001 - a row of the table
    """Slack sends whoever installs to the address that takes them, and tokens expire when asked for."""
    made = manifest(router.commands, HEARS, f"{URL}/", socket_mode=socket_mode, many=True, rotate=True)
    assert made["oauth_config"]["redirect_urls"] == [f"{URL}/slack/oauth_redirect"]
    assert made["settings"]["token_rotation_enabled"] is True
    assert made["settings"]["org_deploy_enabled"] is False
    assert problems(made) == []


def test_one_workspace_needs_no_redirect_and_its_token_stays() -> None:
    """A token in a setting cannot be replaced by Slack."""
    made = manifest(router.commands, HEARS, URL)
    assert "redirect_urls" not in made["oauth_config"]
    assert made["settings"]["token_rotation_enabled"] is False
    with pytest.raises(ValueError, match="--rotate-tokens"):
        manifest(router.commands, HEARS, URL, rotate=True)
    with pytest.raises(ValueError, match="ENISHI_PUBLIC_URL"):
        manifest(router.commands, HEARS, "", socket_mode=True, many=True)
