"""What people see: in the chat, in the channel, in forms, in dialogs, and in old clients."""

import pytest

from bot.events import Outdated, Pressed, Submitted
from bot.language import both
from bot.teams import texts
from bot.texts import INPUT_KEPT
from tests.bot.slack.house import Tell, Turns
from tests.bot.teams.conftest import ADA, BEN
from tests.fakes.teams import Fault
from tests.stages.teams import TeamsPerson, TeamsStage, actions, send_of, shown


@pytest.mark.parametrize(
    ("how", "words"), [("reply", "a reply"), ("whisper", "a whisper"), ("redraw", "redrawn"), ("home", "your home")]
)
async def test_a_typed_command_is_answered_in_the_chat(ada: TeamsPerson, how: str, words: str) -> None:
    """Every kind of answer is a message there."""
    assert words in await ada.says(f"show {how}")


async def test_a_redraw_takes_the_cards_place_for_good(stage: TeamsStage, ada: TeamsPerson) -> None:
    """At once for who pressed, and by an update for every look after that."""
    await ada.says("show whisper")
    assert "redrawn" in await ada.presses("redraw")
    assert len(stage.teams.called("update")) == 1
    assert len(stage.teams.messages[stage.teams.chat(ADA)]) == 1


async def test_a_whisper_to_a_press_leaves_the_card(stage: TeamsStage, ada: TeamsPerson) -> None:
    """It is another message; who pressed is told where to look."""
    await ada.says("show redraw")
    assert "a whisper" in await ada.presses("whisper")
    assert [shown(one).text.split("\n")[0] for one in stage.teams.messages[stage.teams.chat(ADA)]] == [
        "redrawn",
        "a whisper",
    ]
    assert stage.client.told[ADA][-1]["value"] == both(texts.ANSWERED_BELOW)


async def test_a_form_keeps_what_was_typed_and_its_errors(ada: TeamsPerson) -> None:
    """Checked again here, whatever the client let through."""
    await ada.says("show whisper")
    form = await ada.presses("form")
    assert form.is_form
    refused = await ada.submits(text="no", agreed=True)
    assert refused.errors == {"text": "Please say more."}
    assert (refused.values["text"], refused.values["agreed"]) == ("no", "true")
    again = await ada.submits()
    assert again.errors  # the same content, sent once more, is a new deed
    told = await ada.submits(text="yes", audience="")
    assert told.text.split("\n")[:4] == ["told", "moving", "yes", "True"]  # and an audience that is empty


async def test_a_form_that_is_not_sent_leaves_the_card_as_it_was(stage: TeamsStage, ada: TeamsPerson) -> None:
    """The form stands in the card's place only on the screen where it was asked for."""
    await ada.says("show whisper")
    await ada.presses("form")
    [message] = stage.teams.messages[stage.teams.chat(ADA)]
    assert send_of(message) is None


async def test_a_form_sent_twice_acts_once(stage: TeamsStage, ada: TeamsPerson, turns: Turns) -> None:
    """A client that repeats itself, also after a restart, gets a word and changes nothing."""
    await ada.says("show form")
    form = ada._last
    assert form
    sending = send_of(form)
    assert sending
    typed = {"f-text": "once", "c-audience": "=everyone"}
    for _ in range(2):
        assert (await stage.client.executes(ADA, form, sending, typed)).status_code == 200
    await stage.end()
    await stage.begin()
    assert (await stage.client.executes(ADA, form, sending, typed)).status_code == 200
    assert len(turns.of(Submitted)) == 1
    assert stage.client.told[ADA][-1]["value"] == both(texts.TAKEN)


async def test_somebody_elses_card_is_pressed_as_oneself(
    stage: TeamsStage, ada: TeamsPerson, ben: TeamsPerson, turns: Turns
) -> None:
    """Whoever forwards or forges a card acts as the account Teams vouches for, in their own chat."""
    await ada.says("show whisper")
    card = ada._last
    assert card
    stolen = {**card, "conversation": stage.teams.chat(BEN)}
    await stage.client.executes(BEN, stolen, actions(card)[0])
    [pressed] = turns.of(Pressed)
    assert (pressed.who.handle.user, pressed.where.user) == (BEN, BEN)


# --- in the channel ------------------------------------------------------------------------------


async def test_a_private_answer_never_stands_in_the_channel(stage: TeamsStage, ada: TeamsPerson) -> None:
    """Whatever only one person should see goes to their chat; the channel hears that there is an answer."""
    for words in ("show whisper", "show home", "show form", "show redraw", "what?"):
        await ada.mentions(words)
        assert shown(stage.posts()[-1]).text == both(texts.ANSWERED_IN_CHAT)
    everything = " ".join(shown(post).text for post in stage.posts())
    for private in ("a whisper", "your home", "What happened", "redrawn", "the menu"):
        assert private not in everything
        assert any(private in shown(one).text for one in stage.teams.messages[stage.teams.chat(ADA)])


async def test_a_chat_is_opened_by_the_id_that_teams_gave(stage: TeamsStage, ada: TeamsPerson) -> None:
    """The account is enough in Teams itself, but its stand-ins know people by their id in Teams alone."""
    await ada.mentions("show whisper")
    [opened] = stage.teams.called("open")
    assert opened["members"] == [{"id": stage.teams.people[ADA]}]


async def test_a_reply_stands_in_the_thread(stage: TeamsStage, ada: TeamsPerson) -> None:
    """Everybody there sees it, where it was asked."""
    await ada.mentions("show reply")
    [post] = stage.posts()
    assert "a reply" in shown(post)
    assert ";messageid=" in post["conversation"]


async def test_a_press_in_the_channel(stage: TeamsStage, ada: TeamsPerson, ben: TeamsPerson) -> None:
    """A redraw is for all; anything private is whispered in the chat, and a word says so."""
    await ada.mentions("show reply")
    assert "a whisper" in await ben.presses("whisper")
    assert any("a whisper" in shown(one).text for one in stage.teams.messages[stage.teams.chat(BEN)])
    assert stage.client.told[BEN][-1]["value"] == both(texts.ANSWERED_IN_CHAT)
    ben._last = None
    await ben.presses("redraw")
    assert "redrawn" in (await stage.room_shows())[0]


async def test_a_form_from_the_channel_belongs_to_it(stage: TeamsStage, ada: TeamsPerson, turns: Turns) -> None:
    """It is filled in the chat; what is replied stands in the channel."""
    await ada.mentions("show reply")
    form = await ada.presses("form")
    assert form.is_form
    done = await ada.submits(text="reply")
    assert both(texts.ANSWERED_IN_ROOM) in done.text or "a reply" in done.text
    [sent] = turns.of(Submitted)
    room = stage.room
    assert room
    assert sent.where.room == room.room
    assert "a reply" in shown(stage.posts()[-1])


async def test_who_cannot_be_written_to_is_told_so(stage: TeamsStage, ada: TeamsPerson, ben: TeamsPerson) -> None:
    """Somebody who took us out of their chat gets one sentence where they pressed."""
    await ada.mentions("show reply")
    stage.teams.blocked.add(BEN)
    assert both(texts.NO_CHAT) in await ben.presses("whisper")


# --- old clients and dialogs ---------------------------------------------------------------------


async def test_an_old_client_is_served_too(stage: TeamsStage, ada: TeamsPerson, turns: Turns) -> None:
    """Action.Submit comes as a message without text; the card is replaced by an update."""
    await ada.says("show whisper")
    card = ada._last
    assert card
    redraw, form = (next(one for one in actions(card) if one["title"] == title) for title in ("redraw", "form"))
    assert (await stage.client.submits_old(ADA, card, form)).status_code == 200
    [now] = stage.teams.messages[stage.teams.chat(ADA)]
    sending = send_of(now)
    assert sending
    await stage.client.submits_old(ADA, now, sending, {"f-text": "old", "t-agreed": "false"})
    assert "old" in shown(stage.teams.messages[stage.teams.chat(ADA)][0])
    await stage.client.submits_old(ADA, card, redraw)
    assert "redrawn" in shown(stage.teams.messages[stage.teams.chat(ADA)][0])
    assert [event.action for event in turns.of(Submitted)] == [Tell(about="moving", text="old")]  # type: ignore[attr-defined] # filtered


async def test_a_button_that_opens_a_form_opens_a_dialog(stage: TeamsStage, ada: TeamsPerson, turns: Turns) -> None:
    """The card behind stays until the form is sent, then the answer takes its place; errors keep what was typed."""
    await ada.says("show ask")
    [card] = stage.teams.messages[stage.teams.chat(ADA)]
    assert (await ada.presses("ask")).is_form
    assert ADA in stage.client.dialogs
    assert "may we ask?" in shown(card)
    refused = await ada.submits(text="no", agreed=True)
    assert refused.errors == {"text": "Please say more."}
    assert (refused.values["text"], refused.values["agreed"]) == ("no", "true")
    assert "told" in await ada.submits(text="yes")
    assert "told" in shown(card)
    assert "redrawn" in await ada.presses("redraw")  # a button of the answer, in the dialog
    assert "redrawn" in shown(card)
    assert len(stage.teams.messages[stage.teams.chat(ADA)]) == 1
    assert len(turns.of(Submitted)) == 2


async def test_a_dialog_without_a_form_says_why(stage: TeamsStage, ada: TeamsPerson) -> None:
    """What was to be filled in may be gone: the sentence stands in the dialog, and in the card's place."""
    await ada.says("show ask")
    assert "redrawn" in await ada.presses("ask in vain")
    assert "redrawn" in shown(stage.teams.messages[stage.teams.chat(ADA)][0])


async def test_what_is_fleeting_is_the_pressers_view_of_a_card(stage: TeamsStage, ada: TeamsPerson) -> None:
    """No message holds it, also in a channel; a client that can only show messages is told so."""
    await ada.says("show ask")
    assert "gone soon" in await ada.presses("fleeting")
    await ada.mentions("show ask all")
    assert "gone soon" in await ada.presses("fleeting")
    assert "gone soon" not in str(stage.teams.messages)
    card = stage.teams.messages[stage.teams.chat(ADA)][0]
    await stage.client.submits_old(ADA, card, next(one for one in actions(card) if one["title"] == "fleeting"))
    assert "gone soon" not in str(stage.teams.messages)
    assert both(texts.NOT_KEPT) in shown(stage.teams.messages[stage.teams.chat(ADA)][-1])


async def test_a_dialog_from_the_channel_is_its_readers_alone(
    stage: TeamsStage, ada: TeamsPerson, ben: TeamsPerson
) -> None:
    """Nothing of the form stands anywhere else; what is replied is a message of the channel."""
    await ada.mentions("show ask all")
    assert (await ben.presses("ask")).is_form
    assert "a whisper" in await ben.submits(text="whisper")
    assert stage.teams.messages[stage.teams.chat(BEN)] == []
    assert [shown(post).text for post in stage.posts()] == ["may we ask?"]
    await ben.presses("ask")
    await ben.submits(text="reply")
    assert stage.client.told[BEN][-1]["value"] == both(texts.ANSWERED_IN_ROOM)
    assert "a reply" in shown(stage.posts()[-1])


async def test_a_dialogs_input_survives_when_the_memory_is_away(
    stage: TeamsStage, ada: TeamsPerson, turns: Turns
) -> None:
    """A dialog closes when it is not shown again: what was sent is kept in a button that sends it once more."""
    await ada.says("show ask")
    await ada.presses("ask")
    turns.down = True
    assert both(INPUT_KEPT) in await ada.submits(text="please keep me", agreed=True)
    assert both(INPUT_KEPT) in await ada.presses(both(texts.SEND_AGAIN))
    turns.down = False
    assert "please keep me" in await ada.presses(both(texts.SEND_AGAIN))
    [sent] = turns.of(Submitted)
    assert sent.action == Tell(about="moving", text="please keep me", agreed=True)  # type: ignore[attr-defined] # filtered


async def test_a_client_that_opens_no_dialog_shows_the_form_in_the_card(stage: TeamsStage, ada: TeamsPerson) -> None:
    """Its button comes as a message, as any Action.Submit, and the same handler's form takes the card's place."""
    await ada.says("show ask")
    [card] = stage.teams.messages[stage.teams.chat(ADA)]
    ask = next(one for one in actions(card) if one["title"] == "ask")
    assert (await stage.client.submits_old(ADA, card, {"fallback": ask})).status_code == 200
    sending = send_of(card)
    assert sending
    await stage.client.submits_old(ADA, card, sending, {"f-text": "old"})
    assert "old" in shown(card)


async def test_a_dialog_runs_on_the_same_handlers(stage: TeamsStage, ada: TeamsPerson, turns: Turns) -> None:
    """It opens with the form, shows errors in itself, and ends in the answer."""
    opened = (await stage.client.dialog(ADA, "task/fetch", {"enishi": {"press": 'try.show {"how":"form"}'}})).json()
    card = opened["task"]["value"]["card"]["content"]
    data = next(one for one in card["body"] if one["type"] == "ActionSet")["actions"][0]["data"]
    refused = (await stage.client.dialog(ADA, "task/submit", {**data, "f-text": "no"})).json()
    assert "Please say more." in str(refused)
    done = {**data, "f-text": "yes"}
    told = (await stage.client.dialog(ADA, "task/submit", done)).json()
    assert told["task"]["type"] == "continue"
    assert "told" in str(told)
    again = (await stage.client.dialog(ADA, "task/submit", done)).json()
    assert again["task"] == {"type": "message", "value": both(texts.TAKEN)}
    assert len(turns.of(Submitted)) == 2


async def test_an_old_button_is_answered(stage: TeamsStage, ada: TeamsPerson, turns: Turns) -> None:
    """A button that this version no longer knows gets a sentence."""
    await ada.says("show whisper")
    card = ada._last
    assert card
    old = {**actions(card)[0], "data": {"enishi": {"press": "gone.button {}"}}}
    answer = await stage.client.executes(ADA, card, old)
    assert answer.status_code == 200
    assert len(turns.of(Outdated)) == 1


async def test_input_survives_when_the_memory_is_away(stage: TeamsStage, ada: TeamsPerson, turns: Turns) -> None:
    """The card stays as it is, with what was typed, and a sentence says why."""
    await ada.says("show form")
    turns.down = True
    kept = await ada.submits(text="please keep me")
    assert both(INPUT_KEPT) in kept
    turns.down = False
    assert "please keep me" in await ada.submits()


async def test_teams_away_while_answering_is_no_failure(stage: TeamsStage, ada: TeamsPerson) -> None:
    """The deed is done; what could not be shown is shown by asking again."""
    stage.teams.fails("send", Fault.PERHAPS)
    await ada.says("show whisper")
    assert "a whisper" in await ada.says("show whisper")
