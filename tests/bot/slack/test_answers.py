"""Each answer, shown for each kind of event."""

import pytest

from bot.language import both
from bot.slack import drawing, texts
from tests.bot.slack.house import Turns, card
from tests.stages import NOTHING
from tests.stages.slack import ROOM, SlackPerson, SlackStage, shown


async def test_a_command_is_answered_in_its_own_acknowledgement(stage: SlackStage, ada: SlackPerson) -> None:
    """No call to Slack is made: what a command says is ephemeral, and a reply is seen by the room."""
    before = len(stage.slack.calls)
    assert "a whisper" in await ada.asks("show whisper")
    assert stage.slack.ephemerals["U0ADA"][-1]["text"] == "a whisper"
    await stage.workspace.command("U0ADA", "show reply", ROOM)
    assert [message["text"] for message in stage.slack.messages[ROOM]] == ["a reply"]
    assert "redrawn" in await ada.asks("show redraw")
    assert "your home" in await ada.asks("show home")
    assert await ada.asks("show silence") == NOTHING
    assert len(stage.slack.calls) == before


async def test_the_admin_command_is_told_by_its_suffix(stage: SlackStage, ada: SlackPerson) -> None:
    """A workspace may rename both commands, as long as one ends in -admin."""
    assert "the desk" in await ada.asks("desk", admin=True)
    await stage.workspace.command("U0ADA", "desk", ROOM, command="/circle-admin")
    assert stage.slack.ephemerals["U0ADA"][-1]["text"] == "the desk"
    assert "the menu" in await ada.asks("desk")


async def test_words_arrive_as_typed(ada: SlackPerson) -> None:
    """Slack escapes three characters on the way; the house hears what was typed."""
    assert "a < b & c" in await ada.asks("a < b & c")


async def test_a_form_opens_before_the_command_is_acknowledged(stage: SlackStage, ada: SlackPerson) -> None:
    """A trigger lives three seconds; when it is too late one sentence says so."""
    seen = await ada.asks("show form")
    assert seen.is_form
    assert seen.values == {"text": "", "audience": "everyone", "agreed": ""}
    stage.slack.expire_triggers()
    assert both(texts.LATE) in await ada.asks("show form")


async def test_a_press_is_answered_where_it_was_made(stage: SlackStage, ada: SlackPerson) -> None:
    """In a channel: the room hears a reply, the presser alone a whisper, and a redraw changes the message."""
    await stage.workspace.command("U0ADA", "show reply", ROOM)
    posted = stage.slack.messages[ROOM][0]
    assert "a whisper" in await ada.presses("whisper")
    assert stage.slack.called("chat.postEphemeral")[-1]["channel"] == ROOM
    await stage.workspace.press("U0ADA", posted, _button(posted, "reply"))
    assert [message["text"] for message in stage.slack.messages[ROOM]] == ["a reply", "a reply"]
    await stage.workspace.press("U0ADA", posted, _button(posted, "redraw"))
    assert posted["text"] == "redrawn"
    await stage.workspace.press("U0ADA", posted, _button(posted, "home"))
    assert stage.slack.ephemerals["U0ADA"][-1]["text"] == "your home"
    await stage.workspace.press("U0ADA", posted, _button(posted, "silence"))
    assert len(stage.slack.messages[ROOM]) == 2


async def test_an_ephemeral_message_is_redrawn_through_its_response_url(stage: SlackStage, ada: SlackPerson) -> None:
    """chat.update cannot reach it."""
    await ada.asks("show whisper")
    assert "redrawn" in await ada.presses("redraw")
    assert [message["text"] for message in stage.slack.ephemerals["U0ADA"]] == ["redrawn"]
    assert stage.slack.called("chat.update") == []


async def test_a_whisper_in_the_chat_stays_ephemeral(stage: SlackStage, ada: SlackPerson) -> None:
    """A one-to-one chat with a bot can be exported; an ephemeral message cannot."""
    await ada.says("hello")
    assert "a whisper" in await ada.presses("whisper")
    assert stage.slack.ephemerals["U0ADA"][-1]["text"] == "a whisper"
    assert [letter.text for letter in await ada.inbox()] == ["hello"]


@pytest.mark.parametrize("how", ["ask", "ask all"])
async def test_what_is_fleeting_stands_in_a_window(stage: SlackStage, ada: SlackPerson, how: str) -> None:
    """A press opens a window, and no message holds the answer, not even one that only they see."""
    await ada.asks(f"show {how}")
    before = len(stage.slack.ephemerals["U0ADA"])
    assert "gone soon" in await ada.presses("fleeting")
    assert len(stage.slack.windows["U0ADA"]) == 1
    assert len(stage.slack.ephemerals["U0ADA"]) == before
    assert "gone soon" not in str(stage.slack.messages)


async def test_a_deleted_message_is_whispered_instead_of_redrawn(stage: SlackStage, ada: SlackPerson) -> None:
    """Nobody is left without the answer."""
    await stage.workspace.command("U0ADA", "show reply", ROOM)
    posted = stage.slack.messages[ROOM].pop()
    await stage.workspace.press("U0ADA", posted, _button(posted, "redraw"))
    assert stage.slack.ephemerals["U0ADA"][-1]["text"] == "redrawn"


async def test_a_whisper_reaches_a_room_the_bot_is_not_in(stage: SlackStage, ada: SlackPerson) -> None:
    """The response URL works there, and the API does not."""
    stage.slack.members["C0OUT"].add("U0ADA")
    await stage.workspace.command("U0ADA", "show reply", "C0OUT")
    posted = stage.slack.messages["C0OUT"][0]
    await stage.workspace.press("U0ADA", posted, _button(posted, "whisper"))
    assert stage.slack.ephemerals["U0ADA"][-1]["text"] == "a whisper"
    await stage.workspace.press("U0ADA", posted, _button(posted, "reply"))
    assert [message["text"] for message in stage.slack.messages["C0OUT"]] == ["a reply", "a reply"]


async def test_a_response_url_elsewhere_is_never_called(stage: SlackStage, ada: SlackPerson) -> None:
    """What a button says goes to Slack and nowhere else; the chat is what is left."""
    await ada.says("hello")
    letter = stage.slack.messages["DU0ADA"][-1]
    for url in ("https://evil.example/hooks/1", f"{stage.slack.url}@evil.example/", "http://hooks.slack.com/x", "x"):
        before = len(stage.slack.messages["DU0ADA"])
        await stage.workspace.press("U0ADA", letter, _button(letter, "whisper"), response_url=url)
        assert len(stage.slack.messages["DU0ADA"]) == before + 1


@pytest.mark.parametrize("label", ["redraw", "home"])
async def test_the_home_is_published_anew(stage: SlackStage, ada: SlackPerson, label: str) -> None:
    """A press in the App Home that changes the page changes that page."""
    assert "your home" in await ada.opens_home()
    before = stage.slack.homes["U0ADA"]
    await ada.presses(label)
    assert stage.slack.homes["U0ADA"] is not before


@pytest.mark.parametrize("label", ["whisper", "reply"])
async def test_the_home_whispers_in_a_window(stage: SlackStage, ada: SlackPerson, label: str) -> None:
    """The App Home has no room to speak in, and the chat would keep what is said."""
    await ada.opens_home()
    assert f"a {label}" in await ada.presses(label)
    assert stage.slack.windows["U0ADA"][-1]["title"]["text"] == f"a {label}"
    assert await ada.inbox() == []
    assert "redrawn" in await ada.presses("redraw")
    assert stage.slack.windows["U0ADA"][-1]["title"]["text"] == "redrawn"
    assert (await ada.presses("form")).is_form


async def test_a_form_from_home_answers_at_home(stage: SlackStage, ada: SlackPerson) -> None:
    """A redraw publishes the page, a whisper stays in the window."""
    await ada.opens_home()
    await ada.presses("form")
    assert "told" in await ada.submits(text="we moved")
    assert stage.slack.homes["U0ADA"]["blocks"][0]["text"]["text"] == "told"
    await ada.presses("form")
    assert "a whisper" in await ada.submits(text="whisper")
    assert stage.slack.windows["U0ADA"][-1]["title"]["text"] == "a whisper"


async def test_a_form_redraws_the_message_it_came_from(stage: SlackStage, ada: SlackPerson) -> None:
    """What was typed arrives typed, and the window closes."""
    await ada.says("hello")
    await ada.presses("form")
    seen = await ada.submits(text="we moved", audience="", agreed=True)
    assert seen.text == "told\nmoving\nwe moved\nTrue"
    assert stage.slack.windows["U0ADA"] == []
    assert [letter.text for letter in await ada.inbox()] == [seen.text]


async def test_a_form_of_a_command_answers_to_the_asker_alone(stage: SlackStage, ada: SlackPerson) -> None:
    """There is no message to redraw, so it is a whisper where the command was given."""
    await ada.asks("show form")
    assert "told" in await ada.submits(text="we moved")
    assert "told" in shown(stage.slack.ephemerals["U0ADA"][-1])


async def test_errors_keep_what_was_typed_and_corrections_count(
    stage: SlackStage, turns: Turns, ada: SlackPerson
) -> None:
    """The same content sent again after an error is a new try, not a repeated delivery."""
    await ada.asks("show form")
    for _ in range(2):
        seen = await ada.submits(text="no", agreed=True)
        assert seen.errors == {"text": "Please say more."}
        assert seen.values == {"text": "no", "audience": "everyone", "agreed": "true"}
    assert (await ada.submits(text="more")).is_form
    assert "told" in await ada.submits(text="yes")


async def test_something_said_is_answered_in_the_chat(stage: SlackStage, ada: SlackPerson) -> None:
    """Also a whisper: they are alone there."""
    assert "hello <all>" in await ada.says("hello <all>")
    assert "a whisper" in await ada.says("whisper")
    assert await ada.says("silence") == NOTHING
    assert [letter.text for letter in await ada.inbox()] == ["hello <all>", "a whisper"]


async def test_a_form_asked_for_in_the_chat_waits_behind_a_button(stage: SlackStage, ada: SlackPerson) -> None:
    """Only a press may open a window, so the same is said again with one."""
    seen = await ada.says("form")
    assert seen.buttons == (both(texts.OPEN_FORM),)
    assert (await ada.presses(both(texts.OPEN_FORM))).is_form


async def test_a_newcomer_is_spoken_to_in_the_chat(stage: SlackStage, ada: SlackPerson) -> None:
    """Whoever joins a room hears of it alone."""
    joined = {"type": "member_joined_channel", "user": "U0ADA", "channel": ROOM, "team": "T01", "event_ts": "1.5"}
    await stage.workspace.event(joined)
    assert [letter.text for letter in await ada.inbox()] == [f"welcome\n{ROOM}"]
    assert await stage.room_shows() == []


def _button(message: drawing.Drawn, label: str) -> drawing.Drawn:
    found: list[drawing.Drawn] = [
        element
        for block in message["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
        if element["text"]["text"] == label
    ]
    assert found, card(label)
    return found[0]
