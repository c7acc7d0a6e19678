"""What Slack and a browser send, ready to be put on the wire."""

import hmac
import itertools
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from tests.benchmarks.load import BadAnswer, ask
from tests.benchmarks.town import Town
from tests.fakes.slack import SECRET, TEAM
from tests.stages.html import Node, parse, sent

Maker = Callable[[int], list[bytes]]
"""So many requests, none of which was ever made before."""

MENU = '"blocks"'  # in the answer to a command
FORM = "application/x-www-form-urlencoded"
_numbers = itertools.count(1)


def post(path: str, body: bytes, **headers: str) -> bytes:
    """A POST as bytes; of a form, unless a header says otherwise."""
    lines = {"Host": "127.0.0.1", "Content_Type": FORM, "Content_Length": str(len(body)), **headers}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in lines.items())
    return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body


def signed(body: bytes) -> bytes:
    """A request that Slack signed just now (docs.slack.dev/authentication/verifying-requests-from-slack)."""
    at = str(int(time.time()))
    mac = hmac.digest(SECRET.encode(), b"v0:" + at.encode() + b":" + body, "sha256").hex()
    return post("/slack/events", body, X_Slack_Request_Timestamp=at, X_Slack_Signature=f"v0={mac}")


def commands(people: Sequence[str], teams: Sequence[str] = (TEAM,)) -> Maker:
    """`/enishi` by one member after the other, each with a trigger_id of its own, with all the fields Slack sends.

    In several workspaces, which people of the same ids are in, it goes round the workspaces first.
    """

    def make(count: int) -> list[bytes]:
        return [
            signed(_command(teams[number % len(teams)], people[number // len(teams) % len(people)], number))
            for number in itertools.islice(_numbers, count)
        ]

    return make


def _command(team: str, user: str, number: int) -> bytes:
    fields = {
        "token": "gIkuvaNzQIHg97ATvDxqgjtO",
        "team_id": team,
        "team_domain": "minato",
        "channel_id": "C00000001",
        "channel_name": "general",
        "user_id": user,
        "user_name": user.lower(),
        "command": "/enishi",
        "text": "",
        "api_app_id": "A00000001",
        "is_enterprise_install": "false",
        "response_url": f"https://hooks.slack.com/commands/{team}/{number}/5eVvG7Ai7wzYnDHYsUVKq3Ua",
        "trigger_id": f"{number}.1338095.c2e6d3ad3f3b0d3a0f2e1b4f9c5e7a86",
    }
    return urlencode(fields).encode()


async def answers(port: int, town: Town) -> Maker:
    """The check-in form, opened by members who are signed in, and sent with new words each time."""
    drawn = [(token, await _opened(port, token)) for token in town.tokens]

    def make(count: int) -> list[bytes]:
        return [_sent(*drawn[number % len(drawn)], number) for number in itertools.islice(_numbers, count)]

    return make


async def _opened(port: int, token: str) -> dict[str, str]:
    home = await _page(port, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: enishi=" + token.encode() + b"\r\n\r\n")
    command = dict(sent(home.one("form", lambda node: node["action"] == "/ask")))
    body = urlencode({**command, "words": "update"}).encode()
    page = await _page(port, post("/ask", body, Cookie=f"enishi={token}"))
    return dict(sent(page.one("form", lambda node: node["action"] == "/submit")))


def _sent(token: str, fields: dict[str, str], number: int) -> bytes:
    typed = {**fields, "once": f"once-{number}", "f-text": f"港の近くに小さな事務所を借りました。{number} 日目です。"}
    return post("/submit", urlencode(typed).encode(), Cookie=f"enishi={token}")


async def _page(port: int, request: bytes) -> Node:
    return parse((await ask(port, request)).decode())


async def check(port: int, request: bytes, expected: str) -> None:
    """Raises BadAnswer unless the answer holds these words."""
    if expected not in (body := (await ask(port, request)).decode()):
        raise BadAnswer(f"{expected!r} is not in {body[:300]!r}")
