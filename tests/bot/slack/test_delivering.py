"""What becomes of a parcel, and how one in doubt is found again."""

from datetime import timedelta

import pytest

from bot.address import Address
from bot.cards import Card, Text
from bot.slack import connection
from bot.slack.connection import SlackSettings
from bot.slack.delivering import AGAIN
from bot.slack.surface import SlackSurface
from bot.surface import Absent, CannotLook, Delivered, Gone, InDoubt, LookedUp, Outcome, Parcel, TryLater, Unavailable
from tests.bot.slack.house import MemoryNotebook, Turns, router
from tests.fakes.slack import BOT_TOKEN, SECRET, TEAM, Fault
from tests.stages.slack import ROOM, SlackPerson, SlackStage

THROTTLED = TryLater(timedelta(seconds=7), throttled=True)
WAITS_FOR_TOKEN = TryLater(timedelta(minutes=5), throttled=True)  # the operator's to repair: no message is lost


def parcel(to: str = "@U0ADA", key: str = "checkin:7", tenant: str = TEAM) -> Parcel:
    return Parcel(key, "c1", Address("slack", tenant, to), Card("How are you? <!channel>", (Text("How are <you>?"),)))


async def test_a_parcel_arrives_once_with_its_key(
    stage: SlackStage, ada: SlackPerson, notebook: MemoryNotebook
) -> None:
    """The receipt names channel and time; the notification can mention nobody; the chat is remembered."""
    outcome = await stage.surface.deliver(parcel())
    [letter] = stage.slack.messages["DU0ADA"]
    assert outcome == Delivered(f"DU0ADA/{letter['ts']}")
    assert letter["text"] == "How are you? &lt;!channel&gt;"
    assert letter["metadata"] == {"event_type": "enishi_nudge", "event_payload": {"key": "checkin:7"}}
    assert stage.slack.called("chat.postMessage")[0]["unfurl_links"] in {"0", "false", False}
    assert await notebook.read("c1", "@U0ADA", "chat") == "DU0ADA"


async def test_a_parcel_for_a_room_or_a_thread_goes_there(stage: SlackStage) -> None:
    """No chat is remembered for a room."""
    assert isinstance(await stage.surface.deliver(parcel(ROOM)), Delivered)
    in_thread = Parcel("k", "c1", Address("slack", TEAM, ROOM, "12.5"), Card("x", (Text("x"),)))
    await stage.surface.deliver(in_thread)
    assert [call.get("thread_ts") for call in stage.slack.called("chat.postMessage")] == [None, "12.5"]


@pytest.mark.parametrize(
    ("to", "fault", "expected"),
    [
        ("@U0ADA", Fault.THROTTLED, THROTTLED),
        ("@U0ADA", "ratelimited", TryLater(AGAIN, throttled=True)),
        ("@U0ADA", "service_unavailable", TryLater(AGAIN)),
        ("@U0ADA", "user_disabled", Gone("user_disabled", handle_is_dead=True)),
        ("@U0ADA", "cannot_dm_bot", Gone("cannot_dm_bot", handle_is_dead=True)),
        ("@U0NOBODY", None, Gone("user_not_found", handle_is_dead=True)),
        ("C0GONE", None, Gone("channel_not_found")),
        ("C0GONE", "is_archived", Gone("is_archived")),
        ("C0GONE", "not_in_channel", Gone("not_in_channel")),
        ("C0GONE", "restricted_action", Gone("restricted_action")),
        ("@U0ADA", "messages_tab_disabled", Gone("messages_tab_disabled")),
        ("@U0ADA", "account_inactive", WAITS_FOR_TOKEN),
        ("@U0ADA", "invalid_auth", WAITS_FOR_TOKEN),
        ("@U0ADA", "token_revoked", WAITS_FOR_TOKEN),
        ("@U0ADA", "token_expired", WAITS_FOR_TOKEN),
        ("@U0ADA", "not_authed", WAITS_FOR_TOKEN),
        ("@U0ADA", "missing_scope", WAITS_FOR_TOKEN),
        ("@U0ADA", "msg_too_long", Gone("msg_too_long")),
        ("@U0ADA", "invalid_blocks", Gone("invalid_blocks")),
        ("@U0ADA", "fatal_error", InDoubt("fatal_error")),
        ("@U0ADA", Fault.BROKEN, InDoubt("internal_error")),
        ("@U0ADA", Fault.HTML, InDoubt("http_502")),
        ("@U0ADA", Fault.LOST, InDoubt("ServerDisconnectedError")),
    ],
)
async def test_each_failure_means_one_thing(
    stage: SlackStage, ada: SlackPerson, to: str, fault: Fault | str | None, expected: Outcome
) -> None:
    """Certainly not sent, never to be sent, or in doubt; and nothing is ever sent twice by itself."""
    if fault:
        stage.slack.fails("chat.postMessage", fault)
    assert await stage.surface.deliver(parcel(to)) == expected
    assert len(stage.slack.called("chat.postMessage")) <= 1


async def test_a_slow_answer_leaves_doubt(stage: SlackStage, ada: SlackPerson, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack has it, but we did not wait long enough to hear so."""
    monkeypatch.setattr(connection, "TIMEOUT", 0.3)
    settings = SlackSettings(BOT_TOKEN, SECRET, api_url=f"{stage.slack.url}/api/")
    hasty = SlackSurface(settings, Turns(), router.actions, MemoryNotebook())
    await hasty.start()
    stage.slack.slow = 5
    outcome = await hasty.deliver(parcel())
    await hasty.stop()
    assert isinstance(outcome, InDoubt)
    assert len(stage.slack.messages["DU0ADA"]) == 1


async def test_a_refused_connection_is_certainly_not_sent(stage: SlackStage, ada: SlackPerson) -> None:
    """Nobody listens there, so it may be tried again; looking up may be, too."""
    await stage.slack.close()
    assert isinstance(await stage.surface.deliver(parcel()), InDoubt)  # over the connection that was still open
    assert await stage.surface.deliver(parcel()) == TryLater(AGAIN)
    assert await stage.surface.look_up(parcel()) == TryLater(AGAIN)


async def test_another_workspace_is_refused(stage: SlackStage) -> None:
    """One token, one workspace."""
    assert await stage.surface.deliver(parcel(tenant="T0OTHER")) == Gone("other_workspace")


async def test_a_chat_that_cannot_be_remembered_still_gets_its_letter(
    stage: SlackStage, ada: SlackPerson, notebook: MemoryNotebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The letter is there, so it is delivered."""

    async def down(*_: str) -> None:
        raise Unavailable

    monkeypatch.setattr(notebook, "write", down)
    assert isinstance(await stage.surface.deliver(parcel()), Delivered)


# --- looking up ----------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.BROKEN, Fault.HTML])
async def test_a_letter_whose_answer_was_lost_is_found(stage: SlackStage, ada: SlackPerson, fault: Fault) -> None:
    """By its key, among others, in the chat with the bot."""
    await stage.surface.deliver(parcel(key="another"))
    stage.slack.fails("chat.postMessage", fault)
    assert isinstance(await stage.surface.deliver(parcel()), InDoubt)
    await stage.surface.deliver(parcel(key="a third"))
    ts = stage.slack.messages["DU0ADA"][1]["ts"]
    assert await stage.surface.look_up(parcel()) == Delivered(f"DU0ADA/{ts}")


async def test_a_letter_that_was_never_taken_is_absent(stage: SlackStage, ada: SlackPerson) -> None:
    """Also when nothing was ever sent there, and the chat is opened to look."""
    assert await stage.surface.look_up(parcel()) == Absent()
    assert len(stage.slack.called("conversations.open")) == 1


async def test_a_long_chat_is_read_page_by_page(stage: SlackStage, ada: SlackPerson) -> None:
    """A letter under 250 others is found; one that would need more pages than we read is not called absent."""
    await stage.surface.deliver(parcel())
    for _ in range(250):
        stage.slack.messages["DU0ADA"].append({"ts": stage.slack.time(), "text": "", "blocks": [], "user": "U0ADA"})
    assert isinstance(await stage.surface.look_up(parcel()), Delivered)
    assert await stage.surface.look_up(parcel(key="none")) == Absent()
    for _ in range(300):
        stage.slack.messages["DU0ADA"].append({"ts": stage.slack.time(), "text": "", "blocks": [], "user": "U0ADA"})
    assert await stage.surface.look_up(parcel(key="none")) == CannotLook()


@pytest.mark.parametrize(
    ("to", "fault", "expected"),
    [
        (ROOM, None, CannotLook()),
        ("@U0NOBODY", None, CannotLook()),
        ("@U0ADA", Fault.THROTTLED, THROTTLED),
        ("@U0ADA", "missing_scope", CannotLook()),
        ("@U0ADA", "invalid_auth", WAITS_FOR_TOKEN),
        ("@U0ADA", Fault.BROKEN, TryLater(AGAIN)),
        ("@U0ADA", Fault.LOST, TryLater(AGAIN)),
    ],
)
async def test_looking_up_says_when_it_cannot(
    stage: SlackStage, ada: SlackPerson, to: str, fault: Fault | str | None, expected: LookedUp
) -> None:
    """A shared room is never read, and trouble is never taken for absence."""
    if fault:
        stage.slack.fails("conversations.history", fault, fault)  # the HTTP client itself reads a second time
    assert await stage.surface.look_up(parcel(to)) == expected
