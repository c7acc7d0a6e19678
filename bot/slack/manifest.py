"""The app manifest, generated from what the house answers and hears (docs.slack.dev/reference/app-manifest).

Only what is used is asked for: of the history scopes `im:history` alone, to hear what is written to the bot and to find
a message whose delivery is in doubt.
"""

from collections.abc import Collection, Iterable
from typing import Any

from bot.events import Event, Joined, Left, OpenedHome, Said
from bot.language import Msg, Reader
from bot.router import Command
from bot.slack import texts
from bot.slack.oauth import REDIRECT
from bot.slack.reading import ADMIN_SUFFIX
from bot.slack.surface import PATH
from bot.texts import SHORT_DESCRIPTION

NAME, DISPLAY_NAME, DESCRIPTION, COMMAND_DESCRIPTION, USAGE_HINT = 35, 80, 140, 2000, 1000  # characters

ALWAYS = ("commands", "chat:write", "im:write", "im:history")
GONE = ("app_uninstalled", "tokens_revoked")
# What must be subscribed to hear a kind of event, and the scopes this needs beside the ones above.
SUBSCRIPTIONS: dict[type[Event], tuple[tuple[str, ...], tuple[str, ...]]] = {
    OpenedHome: (("app_home_opened",), ()),
    Said: (("message.im",), ()),
    Joined: (("team_join", "member_joined_channel"), ("users:read", "channels:read", "groups:read")),
    Left: (("user_change",), ("users:read",)),
}


def scopes(hears: Collection[type[Event]]) -> list[str]:
    """What the bot must be allowed, for the kinds of event somebody listens to."""
    return [*dict.fromkeys([*ALWAYS, *(scope for _, some in _wanted(hears) for scope in some)])]


def _wanted(hears: Collection[type[Event]]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [needed for event, needed in SUBSCRIPTIONS.items() if event in hears]


def manifest(
    commands: Iterable[Command],
    hears: Collection[type[Event]],
    base_url: str,
    *,
    socket_mode: bool = False,
    many: bool = False,
    rotate: bool = False,
    name: str = "Enishi",
    reader: Reader | None = None,
) -> dict[str, Any]:
    """The manifest, as Slack takes it in JSON.

    `base_url` is where the app is reached (https, without a path) and may be "" in Socket Mode.  `many`: workspaces
    install it there by OAuth; then `rotate` lets tokens expire after twelve hours, which Slack never takes back.
    Raises ValueError when a name or an address cannot be used.
    """
    reader = reader or Reader()
    url = f"{base_url.rstrip('/')}{PATH}"
    if (many or not socket_mode) and not base_url.startswith("https://"):
        raise ValueError("ENISHI_PUBLIC_URL: Slack sends requests to https addresses only; or use Socket Mode")
    if rotate and not many:
        raise ValueError("--rotate-tokens: only with ENISHI_SLACK_CLIENT_ID, since a token in a setting cannot change")
    if not 1 <= len(name) <= NAME:
        raise ValueError(f"the app's name has 1 to {NAME} characters")
    there = list(commands)
    events = [*dict.fromkeys(event for some, _ in _wanted(hears) for event in some), *GONE]
    address = {} if socket_mode else {"request_url": url}
    return {
        "_metadata": {"major_version": 2},
        "display_information": {"name": name, "description": reader(SHORT_DESCRIPTION)[:DESCRIPTION]},
        "features": {
            "app_home": {
                "home_tab_enabled": OpenedHome in hears,
                "messages_tab_enabled": True,  # else a message to somebody fails with messages_tab_disabled
                "messages_tab_read_only_enabled": Said not in hears,
            },
            "bot_user": {"display_name": name, "always_online": True},
            "slash_commands": [
                _command("/enishi", texts.MEMBER_COMMAND, [one for one in there if not one.admin], reader, address),
                _command(
                    f"/enishi{ADMIN_SUFFIX}", texts.ADMIN_COMMAND, [one for one in there if one.admin], reader, address
                ),
            ],
        },
        "oauth_config": {
            **({"redirect_urls": [f"{base_url.rstrip('/')}{REDIRECT}"]} if many else {}),
            "scopes": {"bot": scopes(hears)},
        },
        "settings": {
            "event_subscriptions": {**address, "bot_events": events},
            "interactivity": {"is_enabled": True, **address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": rotate,
        },
    }


def _command(
    word: str, said: Msg, commands: Iterable[Command], reader: Reader, address: dict[str, str]
) -> dict[str, Any]:
    hint = "help"
    for command in commands:
        longer = f"{hint} | {command.word} {command.hint}"
        longer = longer.rstrip()
        if command.word != "help" and len(longer) <= USAGE_HINT:
            hint = longer
    url = {"url": address["request_url"]} if address else {}
    return {
        "command": word,
        "description": reader(said)[:COMMAND_DESCRIPTION],
        "usage_hint": hint,
        "should_escape": True,
        **url,
    }
