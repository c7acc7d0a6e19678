"""Who is let in, what happens to what cannot be read, and that nothing of it reaches a log."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.events import Asked, OpenedHome, Outdated, Pressed, Removed, Said, Submitted
from bot.language import both
from bot.slack.connection import SlackSettings, StartProblem
from bot.slack.surface import SlackSurface
from bot.texts import BROKEN, INPUT_KEPT, UNAVAILABLE
from tests.bot.slack.house import MemoryNotebook, Turns, router
from tests.bot.slack.test_reading import payload
from tests.fakes.slack import BOT_TOKEN, SECRET, FakeSlack
from tests.fakes.slack_workspace import FORM, Workspace
from tests.stages.slack import ROOM, SlackPerson, SlackStage

MARKER = "a-private-word"
JSON = "application/json"


def command(**fields: str) -> str:
    return urlencode({**payload("command"), "text": MARKER, **fields})


def interaction(body: Any) -> str:
    return urlencode({"payload": json.dumps(body)})


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


@pytest.mark.parametrize(
    ("secret", "age", "headers"),
    [
        ("another secret", 0, {}),
        ("", 0, {}),
        (SECRET, 301, {}),
        (SECRET, -301, {}),
        (SECRET, 0, {"x-slack-signature": ""}),
        (SECRET, 0, {"x-slack-signature": "v0=" + "0" * 64}),
        (SECRET, 0, {"x-slack-request-timestamp": "yesterday"}),
        (SECRET, 0, {"x-slack-request-timestamp": ""}),
    ],
)
async def test_only_slack_is_let_in(  # noqa: PLR0917 - a row of the table
    stage: SlackStage, turns: Turns, logged: io.StringIO, secret: str, age: int, headers: dict[str, str]
) -> None:
    """A forged, replayed or unsigned request is refused, and its content is logged nowhere."""
    answer = await stage.workspace.post(command(), secret=secret, age=age, headers=headers)
    assert answer.status_code == 401
    assert turns.events == []
    assert MARKER not in logged.getvalue()


async def test_a_signature_vouches_for_one_body(stage: SlackStage, turns: Turns) -> None:
    """The signature of one body opens nothing for another."""
    first = await stage.workspace.post(command())
    assert first.status_code == 200
    stolen = {name: first.request.headers[name] for name in ("x-slack-signature", "x-slack-request-timestamp")}
    answer = await stage.workspace.post(command(text="other"), headers=stolen)
    assert answer.status_code == 401
    assert len(turns.events) == 1


PRESS, SENT, SAID = payload("press-channel"), payload("sent"), payload("event-said")


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        ("{", JSON, 400),
        (MARKER, JSON, 400),
        ("[]", JSON, 400),
        ("null", JSON, 400),
        ('"x"', JSON, 400),
        (b"\xff\xfe" + MARKER.encode(), FORM, 401),
        ("payload=%7B", FORM, 400),
        ("payload=5", FORM, 400),
        ("", FORM, 200),
        ("a=b", FORM, 200),
        ("{}", JSON, 200),
        (json.dumps({"type": "event_callback"}), JSON, 200),
        (json.dumps({"type": "event_callback", "event": MARKER}), JSON, 400),
        (json.dumps({"type": "event_callback", "event": {"text": MARKER}}), JSON, 200),
        (json.dumps({"type": "event_callback", "authorizations": 5, "event": {"type": "x"}}), JSON, 400),
        (json.dumps({**SAID, "event": {**SAID["event"], "user": {"id": MARKER}}}), JSON, 400),
        (json.dumps({**SAID, "event": {**SAID["event"], "text": [MARKER]}}), JSON, 400),
        (json.dumps({**SAID, "event": {**SAID["event"], "channel": None}}), JSON, 400),
        (json.dumps({**SAID, "event": {"type": "pin_added", "x": MARKER}}), JSON, 200),
        (json.dumps({"type": "team_rename", "x": MARKER}), JSON, 200),
        (command(user_id=""), FORM, 400),
        (command(channel_id=""), FORM, 400),
        (interaction({**PRESS, "actions": []}), FORM, 400),
        (interaction({**PRESS, "actions": [MARKER]}), FORM, 400),
        (interaction({**PRESS, "user": MARKER}), FORM, 400),
        (interaction({**PRESS, "user": {}}), FORM, 400),
        (interaction({**PRESS, "container": MARKER}), FORM, 400),
        (interaction({**PRESS, "container": {}, "channel": None}), FORM, 400),
        (interaction({**SENT, "view": MARKER}), FORM, 200),
        (interaction({**SENT, "view": {}}), FORM, 200),
        (interaction({**SENT, "view": {**SENT["view"], "private_metadata": MARKER}}), FORM, 400),
        (interaction({**SENT, "view": {**SENT["view"], "state": {"values": {"text": MARKER}}}}), FORM, 400),
        (interaction({"type": "shortcut", "callback_id": MARKER}), FORM, 200),
        (interaction({"type": "view_closed", "view": SENT["view"]}), FORM, 200),
        (interaction({"type": MARKER}), FORM, 200),
        (command(text=MARKER * 150_000), FORM, 413),
    ],
)  # fmt: skip
async def test_what_cannot_be_read_is_answered_shortly(  # noqa: PLR0917 - a row of the table
    stage: SlackStage, turns: Turns, logged: io.StringIO, body: str | bytes, kind: str, expected: int
) -> None:
    """Never a stack trace, never a turn, and nothing of it in a log."""
    answer = await stage.workspace.post(body, kind)
    assert answer.status_code == expected
    assert len(answer.content) < 100
    assert MARKER not in answer.text
    assert turns.events == []
    assert MARKER not in logged.getvalue()


async def test_slack_is_answered_its_challenge(stage: SlackStage) -> None:
    """Slack asks once, when the address is set."""
    answer = await stage.workspace.post(json.dumps({"type": "url_verification", "challenge": "c-1"}), JSON)
    assert answer.json() == {"challenge": "c-1"}


async def test_a_whole_conversation_leaves_no_word_in_a_log(
    stage: SlackStage, ada: SlackPerson, turns: Turns, logged: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    """Commands, forms, presses, messages, errors and trouble, with every logger asked for everything."""
    for name in ("slack_bolt", "slack_sdk", "slack_sdk.web.async_client", "bot.slack.bolt"):
        logging.getLogger(name).debug("asked")
    await ada.asks(MARKER)
    await ada.asks("show form")
    await ada.submits(text=MARKER)
    await ada.says(MARKER)
    await ada.presses("redraw")
    stage.slack.fails("chat.postMessage", "fatal_error")
    await ada.says(f"{MARKER} again")
    turns.broken = True
    await ada.asks(MARKER)
    said = logged.getvalue() + "".join(capsys.readouterr())
    assert "slack.turn_failed" in said
    assert "slack.not_shown" in said
    assert not [word for word in (MARKER, "something private", BOT_TOKEN, "U0ADA") if word in said]


# --- once is once --------------------------------------------------------------------------------


async def test_three_deliveries_act_once(stage: SlackStage, ada: SlackPerson, turns: Turns) -> None:
    """The same message comes with the same id and as a retry, and has come with other ids."""
    event = payload("event-said")["event"]
    for event_id, headers in [("Ev1", {}), ("Ev1", {"x-slack-retry-num": "1"}), ("Ev2", {})]:
        answer = await stage.workspace.event(event, event_id, headers)
        assert answer.status_code == 200
    assert len(turns.of(Said)) == 1
    assert len(stage.slack.messages["D0ADA"]) + len(await ada.inbox()) <= 1


async def test_a_retry_may_be_the_first_delivery_seen(stage: SlackStage, ada: SlackPerson, turns: Turns) -> None:
    """A retry is taken like anything else; only its key says whether it was taken before."""
    await stage.workspace.event(payload("event-said")["event"], "Ev1", {"x-slack-retry-num": "3"})
    assert len(turns.of(Said)) == 1


async def test_a_double_click_on_send_acts_once(stage: SlackStage, ada: SlackPerson, turns: Turns) -> None:
    """Two submissions of one window with one content, each under a trigger of its own."""
    await ada.asks("show form")
    window = stage.slack.windows["U0ADA"][-1]
    await ada.submits(text="once")
    stage.slack.windows["U0ADA"].append(window)
    await ada.submits(text="once")
    assert len(turns.of(Submitted)) == 1


async def test_opening_the_home_again_shows_it_again(stage: SlackStage, ada: SlackPerson, turns: Turns) -> None:
    """Looking has no key: a second delivery may be the one whose page gets through."""
    stage.slack.fails("views.publish", "fatal_error")
    event = {**payload("event-home")["event"], "user": "U0ADA"}
    await stage.workspace.event(event, "Ev1")
    assert stage.slack.homes == {}
    await stage.workspace.event(event, "Ev1")
    assert len(turns.of(OpenedHome)) == 2
    assert "U0ADA" in stage.slack.homes


# --- when it does not work -----------------------------------------------------------------------


@pytest.mark.parametrize("trouble", ["down", "broken"])
async def test_trouble_is_said_in_one_sentence(stage: SlackStage, ada: SlackPerson, turns: Turns, trouble: str) -> None:
    """A command and a press hear it, a form keeps what was typed, and Slack repeats an event."""
    words = both(UNAVAILABLE if trouble == "down" else BROKEN)
    await ada.says("hello")
    await ada.asks("show form")
    setattr(turns, trouble, True)
    assert (await ada.asks("menu")).text == words
    stage.slack.windows["U0ADA"].append(stage.slack.windows["U0ADA"][-1])
    seen = await ada.submits(text="typed with care")
    assert seen.errors == {"text": both(INPUT_KEPT) if trouble == "down" else words}
    assert seen.values["text"] == "typed with care"
    letter = stage.slack.messages["DU0ADA"][-1]
    await stage.workspace.press("U0ADA", letter, letter["blocks"][-1]["elements"][0])
    assert stage.slack.ephemerals["U0ADA"][-1]["text"] == words
    event = await stage.workspace.says("U0ADA", "again")
    assert event.status_code == 500
    setattr(turns, trouble, False)
    assert "told" in await ada.submits(text="typed with care")


async def test_trouble_at_home_and_in_a_window_is_shown_on_top(
    stage: SlackStage, ada: SlackPerson, turns: Turns
) -> None:
    """The page and the window below stay as they were."""
    await ada.opens_home()
    turns.down = True
    assert both(UNAVAILABLE) in await ada.presses("redraw")
    turns.down = False
    stage.slack.windows["U0ADA"].clear()
    await ada.opens_home()
    await ada.presses("whisper")
    turns.down = True
    assert both(UNAVAILABLE) in await ada.presses("redraw")
    assert stage.slack.windows["U0ADA"][0]["title"]["text"] == "a whisper"


async def test_an_old_button_and_an_old_form_are_answered(stage: SlackStage, ada: SlackPerson, turns: Turns) -> None:
    """Another version's actions become an event the house has a sentence for."""
    await ada.says("hello")
    letter = stage.slack.messages["DU0ADA"][-1]
    old = {"action_id": "press-0", "value": "gone.action {}"}
    await stage.workspace.press("U0ADA", letter, old)
    assert stage.slack.ephemerals["U0ADA"][-1]["text"] == "outdated"
    assert len(turns.of(Outdated)) == 1
    assert turns.of(Pressed) == []


async def test_a_link_is_only_acknowledged(stage: SlackStage, turns: Turns) -> None:
    """Slack reports it, and nothing happened."""
    answer = await stage.workspace.post(interaction(payload("press-link")))
    assert (answer.status_code, answer.content, turns.events) == (200, b"", [])


async def test_uninstalling_needs_no_token(stage: SlackStage) -> None:
    """The token is dead by then, so Slack is not asked."""
    turns = Turns()
    settings = SlackSettings("xoxb-dead", SECRET, api_url=f"{stage.slack.url}/api/")
    workspace = Workspace(stage.slack, SlackSurface(settings, turns, router.actions, MemoryNotebook()))
    assert (await workspace.event({"type": "app_uninstalled"})).status_code == 200
    await workspace.close()
    assert len(turns.of(Removed)) == 1


# --- starting ------------------------------------------------------------------------------------


def surface(slack: FakeSlack, **settings: Any) -> SlackSurface:
    given = {"bot_token": BOT_TOKEN, "signing_secret": SECRET, "api_url": f"{slack.url}/api/", **settings}
    return SlackSurface(SlackSettings(**given), Turns(), router.actions, MemoryNotebook())


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"bot_token": ""}, "ENISHI_SLACK_BOT_TOKEN"),
        ({"bot_token": "xoxb-wrong"}, "ENISHI_SLACK_BOT_TOKEN"),
        ({"signing_secret": ""}, "ENISHI_SLACK_SIGNING_SECRET"),
        ({"app_token": "xapp-wrong"}, "ENISHI_SLACK_APP_TOKEN"),
    ],
)
async def test_a_wrong_setting_is_named_at_start(stage: SlackStage, settings: dict[str, str], named: str) -> None:
    """And the sentence does not repeat the secret."""
    wrong = surface(stage.slack, **settings)
    with pytest.raises(StartProblem, match=named) as problem:
        await wrong.start()
    await wrong.stop()
    assert not any(value and value in str(problem.value) for value in settings.values())


async def test_without_a_signing_secret_nothing_is_served(stage: SlackStage) -> None:
    """An empty secret would let everybody sign."""
    assert list(surface(stage.slack, signing_secret="", app_token="xapp-x").routes()) == []
    assert SECRET not in repr(SlackSettings(BOT_TOKEN, SECRET))


async def test_who_we_are_is_asked_again_when_slack_was_away(stage: SlackStage, turns: Turns) -> None:
    """The surface starts without Slack, says so to whoever comes, and works as soon as Slack answers."""
    stage.slack.fails("auth.test", "fatal_error", "fatal_error", "fatal_error")
    late = surface(stage.slack)
    await late.start()
    workspace = Workspace(stage.slack, late)
    first = await workspace.command("U0ADA", "menu", ROOM)
    assert first.json()["text"] == both(UNAVAILABLE)
    assert (await workspace.says("U0ADA", "hello")).status_code == 503
    assert (await workspace.command("U0ADA", "menu", ROOM)).json()["text"] == "the menu"
    await workspace.close()
    await late.stop()
    assert turns.of(Asked) == []
