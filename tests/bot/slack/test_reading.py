"""Recorded payloads, and what each of them means.

The payloads under `payloads/` follow the examples of docs.slack.dev, with made-up ids.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.actions import Action
from bot.address import Address
from bot.events import Asked, Event, Joined, Left, OpenedHome, Outdated, Pressed, Removed, Said, Submitted
from bot.payloads import Malformed
from bot.people import Handle, Sighting, Standing
from bot.slack import reading
from bot.slack.installs import Me
from bot.slack.reading import Deed, Kind, Origin, as_typed
from tests.bot.slack.house import Rsvp, Tell, router

PAYLOADS = Path(__file__).parent / "payloads"
ME = Me("T01", "E1", "U0BOT", "B01")
ACTIONS: dict[str, type[Action]] = {**router.actions, Rsvp.name: Rsvp}

ADA = Sighting(Handle("slack", "T01", "U0ADA"))
EVE = Sighting(Handle("slack", "T99", "U9"), standing=Standing.OUTSIDER)
NAMED = Sighting(Handle("slack", "T01", "U0ADA"), "ada", "", "Asia/Tokyo")
ROOM = Address("slack", "T01", "C0ROOM")
THREAD = Address("slack", "T01", "C0ROOM", "1763713400.000100")
CHAT = Address("slack", "T01", "@U0ADA")
HERE = Address("slack", "T01", "")
TRIGGER, PRESS = "13345224609.738474920.8088930838d88f008e0", "12466734323.1395872398"
SENT_KEY = "V0PKB1ZFV:1763713510.b9C3oqQk:"
EVENT = "Ev0PV52K21"


def payload(name: str) -> Any:
    return json.loads((PAYLOADS / f"{name}.json").read_text())


def read(name: str) -> Deed | None:
    body = payload(name)
    match name.partition("-")[0]:
        case "command":
            return reading.command(ME, body)
        case "press":
            return reading.press(ME, ACTIONS, body)
        case "sent":
            return reading.sent(ME, ACTIONS, body)
        case _:
            return reading.removed(body) or reading.happened(ME, body)


def _guest(user: str, standing: Standing, team: str = "T01") -> Sighting:
    return Sighting(Handle("slack", team, user), "ada", "", "Asia/Tokyo", standing)


TABLE: dict[str, tuple[Kind, Event]] = {
    "command": (Kind.COMMAND, Asked(who=ADA, where=ROOM, key=TRIGGER, words="show whisper")),
    "command-admin": (
        Kind.COMMAND,
        Asked(who=ADA, where=ROOM, key=TRIGGER, words="@ben in #general a & b", admin=True),
    ),
    # another workspace of our own organisation: the same people
    "command-other-workspace": (Kind.COMMAND, Asked(who=ADA, where=ROOM, key=TRIGGER, words="show whisper")),
    "press-channel": (Kind.MESSAGE, Pressed(who=ADA, where=ROOM, key=PRESS, action=Rsvp(going=True))),
    "press-thread": (Kind.MESSAGE, Pressed(who=ADA, where=THREAD, key=PRESS, action=Rsvp(going=False))),
    "press-ephemeral": (Kind.MESSAGE, Pressed(who=ADA, where=ROOM, key=PRESS, action=Rsvp(going=True))),
    "press-outdated": (Kind.MESSAGE, Outdated(who=ADA, where=ROOM, key=PRESS)),
    "press-unreadable": (Kind.MESSAGE, Outdated(who=ADA, where=ROOM, key=PRESS)),
    "press-foreign": (Kind.MESSAGE, Pressed(who=EVE, where=ROOM, key=PRESS, action=Rsvp(going=True))),
    "press-again": (Kind.MESSAGE, Said(who=ADA, where=CHAT, key=PRESS, text="news")),
    "press-home": (Kind.HOME, Pressed(who=ADA, where=CHAT, key=PRESS, action=Rsvp(going=True))),
    "press-window": (Kind.MODAL, Pressed(who=ADA, where=ROOM, key=PRESS, action=Rsvp(going=True))),
    "sent": (
        Kind.SENT,
        Submitted(
            who=ADA,
            where=ROOM,
            key=SENT_KEY,
            action=Tell(about="moving", text="we <moved> & more", audience="", agreed=True),
        ),
    ),
    "sent-empty": (
        Kind.SENT,
        Submitted(who=ADA, where=ROOM, key=SENT_KEY, action=Tell(about="moving", audience="everyone")),
    ),
    "sent-outdated": (Kind.SENT, Outdated(who=ADA, where=ROOM, key=SENT_KEY)),
    "event-home": (Kind.HOME_OPENED, OpenedHome(who=ADA, where=CHAT)),
    "event-said": (
        Kind.SAID,
        Said(
            who=ADA,
            where=CHAT,
            lasting=True,
            key="D0ADA:1763713500.000200:message",
            text="hello <you> @U0BEN https://e.org",
        ),
    ),
    "event-said-foreign": (
        Kind.SAID,
        Said(
            who=EVE,
            where=Address.direct(EVE.handle),
            key="D0ADA:1763713500.000200:message",
            lasting=True,
            text="hello <you> @U0BEN https://e.org",
        ),
    ),
    "event-team-join": (
        Kind.ELSE,
        Joined(who=Sighting(NAMED.handle, "ada", "ja-JP", "Asia/Tokyo"), where=HERE, key=EVENT),
    ),
    "event-team-join-guest": (
        Kind.ELSE,
        Joined(who=_guest("U0ADA", Standing.GUEST), where=HERE, key=EVENT),
    ),
    "event-team-join-bot": (Kind.ELSE, Joined(who=_guest("U0APP", Standing.BOT), where=HERE, key=EVENT)),
    "event-team-join-stranger": (
        Kind.ELSE,
        Joined(who=_guest("U9", Standing.OUTSIDER, "T99"), where=HERE, key=EVENT),
    ),
    "event-channel-join": (
        Kind.ELSE,
        Joined(who=ADA, where=ROOM, key="C0ROOM:1763713500.000300:member_joined_channel"),
    ),
    "event-user-gone": (Kind.ELSE, Left(who=NAMED, where=HERE, key=EVENT)),
    "event-uninstalled": (Kind.ELSE, Removed(who=Sighting(Handle("slack", "T01", "")), where=HERE, key=EVENT)),
    "event-tokens-revoked": (Kind.ELSE, Removed(who=Sighting(Handle("slack", "T01", "")), where=HERE, key=EVENT)),
}
NOTHING = {
    "press-link",
    "event-messages-tab",
    "event-said-channel",
    "event-said-edited",
    "event-said-bot",
    "event-said-self",
    "event-channel-join-self",
    "event-user-change",
    "event-user-token-revoked",
    "event-unknown",
}


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_payload_means_one_event(name: str) -> None:
    """Who, where, under which key, and what."""
    deed = read(name)
    assert deed is not None
    kind, event = TABLE[name]
    read_key, wanted = deed.event.key, event.key
    assert read_key == wanted or (wanted == SENT_KEY and read_key.startswith(SENT_KEY))
    assert (deed.kind, _without_key(deed.event)) == (kind, _without_key(event))


@pytest.mark.parametrize("name", sorted(NOTHING))
def test_a_payload_that_concerns_nobody_is_passed_over(name: str) -> None:
    """Other rooms' messages, our own, edits, links."""
    assert read(name) is None


def test_every_recorded_payload_is_in_a_table() -> None:
    """A payload added to the folder is a fact to state."""
    assert {path.stem for path in PAYLOADS.glob("*.json")} == set(TABLE) | NOTHING


def test_the_same_form_with_the_same_content_is_one_deed() -> None:
    """However often it is delivered; other content is another deed, and so is another window."""
    body = payload("sent")
    key = reading.sent(ME, ACTIONS, body).event.key
    assert reading.sent(ME, ACTIONS, {**body, "trigger_id": "another"}).event.key == key
    state = body["view"]["state"]["values"]
    state["text"]["text"]["value"] = "something else"
    assert reading.sent(ME, ACTIONS, body).event.key != key


def test_a_stranger_of_no_organisation_stays_one() -> None:
    """Outside Enterprise Grid two workspaces without an organisation have nothing in common."""
    me = Me("T01", "", "U0BOT", "B01")
    deed = reading.command(me, {**payload("command"), "team_id": "T99"})
    assert deed.event.who.standing is Standing.OUTSIDER


def test_a_window_keeps_its_origin() -> None:
    """Where the form came from survives the window, whatever it submits."""
    origin = Origin(THREAD, "U0ADA", "C0ROOM", "1.2", "1.1", True, "https://hooks.slack.com/x", False, "", "t")  # noqa: FBT003 - the line as kept
    submit = 'x.y {"text":"two\\nlines"}'
    kept = Origin.kept(origin.keep(submit), "U0ADA", "V1", "t2")
    assert kept == (
        Origin(THREAD, "U0ADA", "C0ROOM", "1.2", "1.1", True, "https://hooks.slack.com/x", False, "V1", "t2"),  # noqa: FBT003 - as above
        submit,
    )


@pytest.mark.parametrize("metadata", ["", "{}", "[1]", "null", '["x",1,2,3,4,5,6]'])
def test_a_window_that_is_not_ours_is_malformed(metadata: str) -> None:
    """Never a surprise."""
    with pytest.raises(Malformed):
        Origin.kept(metadata, "U0ADA", "V1", "t")


@pytest.mark.parametrize(
    ("escaped", "typed"),
    [
        ("&lt;b&gt; &amp;amp;", "<b> &amp;"),
        ("<@U1|ada> <@U1> <#C1|general> <#C1|>", "@ada @U1 #general #C1"),
        ("<https://e.org/?a=1&amp;b|e.org> <mailto:a@e.org|a@e.org>", "https://e.org/?a=1&b a@e.org"),
        ("<!here> <!subteam^S1|@desk> <!subteam^S1>", "@here @desk @subteam"),
        ("3 < 4, < > <>", "3 < 4, < > <>"),
    ],
)
def test_words_are_read_as_they_were_typed(escaped: str, typed: str) -> None:
    """Out of Slack's escapes."""
    assert as_typed(escaped) == typed


def _without_key(event: Event) -> dict[str, Any]:
    return {"is": type(event), **{name: getattr(event, name) for name in _fields(event) if name != "key"}}


def _fields(event: Event) -> tuple[str, ...]:
    return tuple(type(event).__dataclass_fields__)


@pytest.mark.parametrize("kind", ["checkboxes", "multi_static_select"])
@pytest.mark.parametrize(("chosen", "topics"), [((), ()), (("=news", "=", "=a b"), ("news", "", "a b"))])
def test_several_of_a_few_are_no_tick(kind: str, chosen: tuple[str, ...], topics: tuple[str, ...]) -> None:
    """What was chosen, in any number, also where Slack draws it with the boxes of a tick."""
    body = payload("sent")
    state = {"type": kind, "selected_options": [{"value": one} for one in chosen]}
    body["view"]["state"]["values"] = {"topics": {"topics[]": state}}
    deed = reading.sent(ME, ACTIONS, body)
    assert isinstance(deed.event, Submitted)
    assert deed.event.action == Tell(about="moving", topics=topics)
    assert deed.blocks == ("topics",)
