"""What Teams sends, as what happened."""

from typing import Any

import pytest

from bot.events import Asked, Event, Joined, Left, Outdated, Pressed, Submitted
from bot.payloads import Malformed
from bot.people import Handle, Sighting, Standing
from bot.router import addressed
from bot.teams import reading
from tests.bot.slack.house import Tell, Turns, router
from tests.bot.teams.conftest import ADA, BEN
from tests.fakes.teams import BOT_USER, CHANNEL, TENANT, Drawn
from tests.stages.teams import TeamsPerson, TeamsStage


def read(activity: Drawn) -> list[Event]:
    return [deed.event for deed in reading.read(router.actions, activity)]


def one(activity: Drawn) -> Any:
    [event] = read(activity)
    return event


@pytest.mark.parametrize(
    ("typed", "admin", "words"),
    [
        ("近況 引っ越しました", False, "近況 引っ越しました"),
        ("enishi update Hello", False, "update Hello"),
        ("/enishi 近況", False, "近況"),
        ("Ｅｎｉｓｈｉ　ヘルプ", False, "ヘルプ"),
        ("enishi", False, ""),
        ("enishi-admin checkin", True, "checkin"),
        ("/enishi-admin", True, ""),
        ("admin checkin", True, "checkin"),
        ("enishi admin checkin", True, "checkin"),
        ("事務局　近況", True, "近況"),
        ("enishi 事務局", True, ""),
        ("administrator", False, "administrator"),
        ("enishing", False, "enishing"),
        ("  two  words ", False, "two  words"),
    ],
)
def test_a_typed_line_is_for_the_member_or_the_desk(typed: str, admin: bool, words: str) -> None:  # noqa: FBT001 - a row of the table
    """With or without our name in front; the desk by its own name, in either language."""
    assert addressed(typed) == (admin, words)


async def test_a_message_in_the_chat(stage: TeamsStage, ada: TeamsPerson) -> None:
    """What is typed is a command, with what the client says of its reader."""
    asked = one(stage.client.message(ADA, "enishi show reply"))
    assert isinstance(asked, Asked)
    assert (asked.words, asked.admin, asked.lasting) == ("show reply", False, True)
    assert asked.where.user == ADA
    whom = Handle("teams", TENANT, ADA)
    assert asked.who == Sighting(whom, "Somebody", "ja-JP", "Asia/Tokyo", known_as=f"29:{ADA}")


async def test_a_mention_in_the_channel(stage: TeamsStage, ada: TeamsPerson) -> None:
    """Exactly our mention is taken out, wherever it stands; a word called as we are stays."""
    sent = stage.client.message(ADA, "survey list", conversation=f"{CHANNEL};messageid=7")
    sent["text"] = "please <at>survey</at> survey <at>Ben</at>&nbsp;list"
    sent["entities"] = [
        {"type": "mention", "mentioned": {"id": BOT_USER}, "text": "<at>survey</at>"},
        {"type": "mention", "mentioned": {"id": "29:ben"}, "text": "<at>Ben</at>"},
    ]
    asked = one(sent)
    assert asked.words.split() == ["please", "survey", "<at>Ben</at>", "list"]
    assert (asked.where.room, asked.where.thread) == (CHANNEL, "7")


@pytest.mark.parametrize(
    ("person", "standing"),
    [
        ({}, Standing.MEMBER),
        ({"userRole": "user"}, Standing.MEMBER),
        ({"userRole": "guest"}, Standing.GUEST),
        ({"userPrincipalName": "ada_other.example#EXT#@tenant.example"}, Standing.GUEST),
        ({"userRole": "anonymous", "aadObjectId": None}, Standing.OUTSIDER),
        ({"aadObjectId": None}, Standing.OUTSIDER),
        ({"tenantId": "another"}, Standing.OUTSIDER),
        ({"role": "bot"}, Standing.BOT),
        ({"id": "28:another-bot"}, Standing.BOT),
    ],
)
async def test_who_somebody_is(stage: TeamsStage, ada: TeamsPerson, person: Drawn, standing: Standing) -> None:
    """As far as the payload tells; without an Entra account of this tenant one is an outsider."""
    sent = stage.client.message(ADA, "x")
    sent["from"] |= person
    assert one(sent).who.standing is standing


async def test_an_unknown_zone_is_no_zone(stage: TeamsStage, ada: TeamsPerson) -> None:
    """A client may say anything; only names of the zone database are believed."""
    assert one(stage.client.message(ADA, "x", localTimezone="Mars/Base")).who.zone == ""


async def test_ones_own_words_are_not_answered(stage: TeamsStage, ada: TeamsPerson) -> None:
    """A message that we sent ourselves reads as nothing."""
    sent = stage.client.message(ADA, "x")
    assert read({**sent, "from": sent["recipient"]}) == []


# --- coming and going ----------------------------------------------------------------------------


def _arrivals(stage: TeamsStage, account: str) -> tuple[Drawn, Drawn]:
    """The two activities that tell of one installation."""
    installed = stage.client.activity(account, "installationUpdate", action="add")
    added = [{"id": BOT_USER}, {"id": f"29:{account}", "aadObjectId": account}]
    return installed, stage.client.activity(account, "conversationUpdate", membersAdded=added)


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 0, 1), (1, 0, 1, 0)])
async def test_an_installation_is_one_arrival(
    stage: TeamsStage, ada: TeamsPerson, turns: Turns, order: tuple[int, ...]
) -> None:
    """Two events, in either order and repeated, are one person who came; also around a full minute."""
    both = _arrivals(stage, ADA)
    both[0]["timestamp"], both[1]["timestamp"] = "2026-12-01T09:00:59.900Z", "2026-12-01T09:01:00.100Z"
    for which in order:
        assert (await stage.client.post(both[which])).status_code == 200
    [joined] = turns.of(Joined)
    assert (joined.who.handle.user, joined.where.room) == (ADA, "")


async def test_taken_out_and_put_in_again(stage: TeamsStage, ada: TeamsPerson, turns: Turns) -> None:
    """Leaving is one person's, never the tenant's; coming back is an arrival again."""
    first, _ = _arrivals(stage, ADA)
    gone = {**stage.client.activity(ADA, "installationUpdate", action="remove"), "timestamp": "2026-12-01T10:00:00Z"}
    again = {**_arrivals(stage, ADA)[1], "timestamp": "2026-12-01T10:05:00Z"}
    for activity in (first, gone, gone, again):
        await stage.client.post(activity)
    assert [type(event) for event in turns.of(Joined, Left)] == [Joined, Left, Joined]


async def test_an_upgrade_is_no_arrival(stage: TeamsStage, ada: TeamsPerson) -> None:
    """A new version of the app tells nobody anything."""
    assert read(stage.client.activity(ADA, "installationUpdate", action="add-upgrade")) == []


async def test_people_who_join_the_team_join_its_room(stage: TeamsStage, ada: TeamsPerson, ben: TeamsPerson) -> None:
    """One arrival each, ours none; and a team without us says nothing of its people."""
    added = [{"id": BOT_USER}, {"id": "29:a", "aadObjectId": ADA}, {"id": "29:b", "aadObjectId": BEN}]
    came = stage.client.activity(ADA, "conversationUpdate", conversation=CHANNEL, membersAdded=added)
    events = read(came)
    assert [(event.who.handle.user, event.where.room) for event in events] == [(ADA, CHANNEL), (BEN, CHANNEL)]
    assert len({event.key for event in events}) == 2
    assert read(stage.client.activity(ADA, "installationUpdate", conversation=CHANNEL, action="remove")) == []


# --- cards ---------------------------------------------------------------------------------------


def _execution(stage: TeamsStage, data: Drawn, account: str = ADA) -> Drawn:
    shown = {"id": "1", "conversation": stage.teams.chat(account)}
    return stage.client.execution(account, shown, {"type": "Action.Execute", "verb": "press", "data": data}, {})


async def test_a_button_and_a_form(stage: TeamsStage, ada: TeamsPerson) -> None:
    """Typed again as they were packed; a choice nobody made is left out, and a tick is a tick."""
    pressed = one(_execution(stage, {"enishi": {"press": 'try.rsvp {"going":true}'}}))
    assert isinstance(pressed, Outdated)  # this house knows no such button
    assert isinstance(one(_execution(stage, {"enishi": {"press": 'try.show {"how":"reply"}'}})), Pressed)
    typed = {"f-text": "a\r\nb", "t-agreed": "true", "c-audience": "", "m-topics": "=news,=,=a b"}
    sent = one(_execution(stage, {"enishi": {"form": 'try.tell {"about":"x"}', "once": "1"}, **typed}))
    assert isinstance(sent, Submitted)
    assert sent.action == Tell(about="x", text="a\nb", agreed=True, topics=("news", "", "a b"))
    none = one(_execution(stage, {"enishi": {"form": "try.tell {}", "once": "1"}, "m-topics": ""}))
    assert isinstance(none, Submitted)
    assert none.action == Tell()


@pytest.mark.parametrize("data", [{}, {"enishi": {}}, {"enishi": {"press": "nonsense"}}, {"enishi": {"form": "x {"}}])
async def test_what_is_no_button_of_ours_is_outdated(stage: TeamsStage, ada: TeamsPerson, data: Drawn) -> None:
    """One sentence comes back, never nothing."""
    assert isinstance(one(_execution(stage, data)), Outdated)


@pytest.mark.parametrize("data", [{"enishi": 3}, {"enishi": {"press": 3}}, {"enishi": {"form": "x"}, "f-a": 3}])
async def test_data_of_wrong_types_is_malformed(stage: TeamsStage, ada: TeamsPerson, data: Drawn) -> None:
    """400, since no client sends it."""
    with pytest.raises(Malformed):
        read(_execution(stage, data))


@pytest.mark.parametrize(
    ("where", "room"),
    [
        (f"teams/{TENANT}/19%3Aroom/", "19:room"),
        ("teams/another/19%3Aroom/", f"@{ADA}"),
        (f"slack/{TENANT}/C1/", f"@{ADA}"),
        (f"teams/{TENANT}/@{BEN}/", f"@{ADA}"),
        ("nonsense", f"@{ADA}"),
    ],
)
async def test_a_moved_card_keeps_its_room(stage: TeamsStage, ada: TeamsPerson, where: str, room: str) -> None:
    """A card shown in the one-to-one chat still belongs to its room; a forged one opens no other tenant or chat."""
    pressed = one(_execution(stage, {"enishi": {"press": 'try.show {"how":"reply"}', "where": where}}))
    assert pressed.where.room == room


async def test_the_same_form_twice_is_one_deed(stage: TeamsStage, ada: TeamsPerson, ben: TeamsPerson) -> None:
    """The same drawn form with the same words; other words, another drawing or another person are another deed."""
    form = {"enishi": {"form": "try.tell {}", "once": "1"}, "f-text": "x"}
    key = one(_execution(stage, form)).key
    assert one(_execution(stage, form)).key == key
    other = [
        one(_execution(stage, {**form, "f-text": "y"})),
        one(_execution(stage, {**form, "enishi": {**form["enishi"], "once": "2"}})),  # type: ignore[dict-item] # a dict
        one(_execution(stage, form, BEN)),
    ]
    assert len({key, *(event.key for event in other)}) == 4
