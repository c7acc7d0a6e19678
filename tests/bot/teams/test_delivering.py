"""Messages that come unasked: what becomes of them, and where they go."""

from datetime import timedelta

import pytest

from bot.address import Address
from bot.cards import Buttons, Card, Text, button
from bot.events import Joined, Removed
from bot.people import Handle
from bot.surface import CannotLook, Delivered, Gone, InDoubt, Outcome, Parcel, TryLater
from bot.teams.connection import NotTeams
from bot.teams.delivering import AGAIN, MENDED
from tests.bot.slack.house import MemoryNotebook, Show, Turns
from tests.bot.teams.conftest import ADA, BEN, HERE
from tests.fakes.teams import BOT_USER, CHANNEL, TENANT, Fault
from tests.stages.teams import TeamsPerson, TeamsStage, shown

CARD = Card("news", (Text("news"), Buttons((button("redraw", Show(how="redraw")),))))


def parcel(to: str = ADA, *, replaces: str = "", words: str = "news", tenant: str = TENANT) -> Parcel:
    address = Address.direct(Handle("teams", tenant, to)) if ":" not in to else Address("teams", tenant, to)
    card = CARD if words == "news" else Card(words, (Text(words),))
    return Parcel("key", HERE, address, card, replaces)


async def test_a_first_message_opens_the_chat(stage: TeamsStage, ada: TeamsPerson, notebook: MemoryNotebook) -> None:
    """The account is enough; the chat is remembered, so the second one needs no opening."""
    for _ in range(2):
        assert isinstance(await stage.surface.deliver(parcel()), Delivered)
    assert len(stage.teams.called("open")) == 1
    assert [shown(one).text for one in stage.teams.messages[stage.teams.chat(ADA)]] == ["news", "news"]
    assert (HERE, f"@{ADA}") in notebook.pages  # on their own page, which goes when they leave


async def test_a_chat_is_known_from_what_somebody_wrote(
    stage: TeamsStage, ada: TeamsPerson, ben: TeamsPerson, notebook: MemoryNotebook
) -> None:
    """A member's reference is kept and survives a restart; a stranger's is not, nor does a press write one."""
    await ben.says("hello")
    await ben.presses("redraw")
    assert notebook.pages == {}
    await ada.says("hello")
    kept = notebook.pages[HERE, f"@{ADA}"]["chat"]
    assert "Somebody" not in kept
    assert BOT_USER in kept
    await stage.end()
    await stage.begin()
    assert isinstance(await stage.surface.deliver(parcel()), Delivered)
    assert stage.teams.called("open") == []


async def test_a_reference_follows_the_service_url(
    stage: TeamsStage, ada: TeamsPerson, notebook: MemoryNotebook
) -> None:
    """It is refreshed from each verified message; one that is no longer Teams' is not used."""
    await ada.says("hello")
    page = notebook.pages[HERE, f"@{ADA}"]
    page["chat"] = page["chat"].replace(stage.teams.service_url, "https://evil.example/")
    assert isinstance(await stage.surface.deliver(parcel()), Delivered)
    await stage.end()
    await stage.begin()
    await ada.says("hello again")
    assert stage.teams.service_url in notebook.pages[HERE, f"@{ADA}"]["chat"]


async def test_an_address_that_is_not_teams_is_never_spoken_to(
    stage: TeamsStage, ada: TeamsPerson, notebook: MemoryNotebook
) -> None:
    """A kept one is passed over for the one everybody knows, and the last check stands before each send."""
    notebook.pages[HERE, "service"] = {TENANT: "https://evil.example/"}
    assert isinstance(await stage.surface.deliver(parcel()), Delivered)
    with pytest.raises(NotTeams):
        await stage.surface._teams.send("https://evil.example/", "a:x", {})


async def test_the_channel_gets_a_thread_and_the_thread_a_message(stage: TeamsStage, ada: TeamsPerson) -> None:
    """A post in a channel begins a thread; one with a thread's address goes there."""
    first = await stage.surface.deliver(parcel(CHANNEL))
    assert isinstance(first, Delivered)
    [post] = stage.posts()
    thread = post["conversation"].partition(";messageid=")[2]
    told = Parcel("k", HERE, Address("teams", TENANT, CHANNEL, thread), CARD)
    assert isinstance(await stage.surface.deliver(told), Delivered)
    assert [one["conversation"] for one in stage.posts()] == [post["conversation"]] * 2


async def test_a_message_is_replaced_where_it_stands(stage: TeamsStage, ada: TeamsPerson) -> None:
    """In the chat and in the channel, by its receipt."""
    for to in (ADA, CHANNEL):
        sent = await stage.surface.deliver(parcel(to))
        assert isinstance(sent, Delivered)
        assert await stage.surface.deliver(parcel(to, replaces=sent.receipt, words="new")) == sent
    assert [shown(one).text for one in stage.teams.messages[stage.teams.chat(ADA)]] == ["new"]
    assert [shown(one).text for one in stage.posts()] == ["new"]


async def test_nothing_can_be_looked_up(stage: TeamsStage, ada: TeamsPerson) -> None:
    """Teams would want a permission over everybody's messages."""
    assert await stage.surface.look_up(parcel()) == CannotLook()


OUTCOMES: list[tuple[str, Fault, Outcome]] = [
    ("send", Fault.THROTTLED, TryLater(timedelta(seconds=7), throttled=True)),
    ("send", Fault.LOST, InDoubt("ServerDisconnectedError")),
    ("send", Fault.PERHAPS, InDoubt("BadGateway")),
    ("send", Fault.BLOCKED, Gone("MessageWritesBlocked", handle_is_dead=True)),
    ("send", Fault.GONE, Gone("ConversationNotFound", handle_is_dead=True)),
    ("send", Fault.DISABLED, Gone("BotDisabledByAdmin", handle_is_dead=True)),
    ("send", Fault.REFUSED, Gone("http_403")),
    ("send", Fault.HOST, TryLater(MENDED, throttled=True)),
    ("send", Fault.TOO_LARGE, Gone("too_large")),
    ("send", Fault.EXPIRED, TryLater(AGAIN)),
    ("send", Fault.ELSEWHERE, Gone("http_307")),
    ("open", Fault.THROTTLED, TryLater(timedelta(seconds=7), throttled=True)),
    ("open", Fault.LOST, TryLater(AGAIN)),
    ("open", Fault.PERHAPS, TryLater(AGAIN)),
    ("open", Fault.BLOCKED, Gone("MessageWritesBlocked", handle_is_dead=True)),
]


@pytest.mark.parametrize(("what", "fault", "outcome"), OUTCOMES)
async def test_every_trouble_has_its_outcome(
    stage: TeamsStage, ada: TeamsPerson, what: str, fault: Fault, outcome: Outcome
) -> None:
    """What may have arrived is in doubt; what certainly has not is tried later, or never; nothing is sent twice."""
    stage.teams.fails(what, fault)
    assert await stage.surface.deliver(parcel()) == outcome
    assert len(stage.teams.called(what)) == 1


async def test_a_room_that_is_gone_is_nobodys_account(stage: TeamsStage, ada: TeamsPerson) -> None:
    """A channel that was deleted kills no handle; neither does a message that was."""
    stage.teams.fails("open", Fault.GONE)
    assert await stage.surface.deliver(parcel(CHANNEL)) == Gone("ConversationNotFound")
    sent = await stage.surface.deliver(parcel())
    assert isinstance(sent, Delivered)
    stage.teams.fails("update", Fault.GONE)
    assert await stage.surface.deliver(parcel(replaces=sent.receipt)) == Gone("ConversationNotFound")


async def test_who_was_given_up_and_writes_again_is_there_again(
    stage: TeamsStage, ada: TeamsPerson, turns: Turns
) -> None:
    """Teams says nothing when somebody lifts their block; a word of theirs does, once."""
    await ada.says("hello")
    stage.teams.fails("send", Fault.BLOCKED)
    assert await stage.surface.deliver(parcel()) == Gone("MessageWritesBlocked", handle_is_dead=True)
    before = len(turns.of(Joined))
    for _ in range(2):
        await ada.says("hello")
    assert len(turns.of(Joined)) == before + 1


async def test_a_tenant_is_gone_when_a_room_says_so(stage: TeamsStage, ada: TeamsPerson, turns: Turns) -> None:
    """A person may be refused by a policy of their own; a room has none.  Whoever acts shows that we are back."""
    stage.teams.disabled = True
    await stage.surface.deliver(parcel())
    assert turns.of(Removed) == []
    assert await stage.surface.deliver(parcel(CHANNEL)) == TryLater(AGAIN)
    [gone] = turns.of(Removed)
    assert (gone.where.tenant, gone.where.room, gone.who.handle.user) == (TENANT, "", "")
    left = stage.client.activity(ADA, "installationUpdate", action="remove")
    await stage.client.post(left)
    assert turns.returned == []
    stage.teams.disabled = False
    for _ in range(3):
        await ada.says("hello")
    assert turns.returned == [TENANT]  # asked once in a while, not at each deed
    stage.teams.fails("open", Fault.DISABLED)
    await stage.surface.deliver(parcel(CHANNEL))
    await ada.says("hello")
    assert turns.returned == [TENANT] * 2


async def test_a_dead_chat_is_forgotten(stage: TeamsStage, ada: TeamsPerson, notebook: MemoryNotebook) -> None:
    """What we knew of it is of no use any more."""
    await ada.says("hello")
    stage.teams.fails("send", Fault.BLOCKED)
    await stage.surface.deliver(parcel())
    assert not notebook.pages[HERE, f"@{ADA}"]


async def test_nobody_listens_is_tried_later(stage: TeamsStage, ada: TeamsPerson) -> None:
    """A refused connection has sent nothing."""
    await ada.says("hello")
    await stage.end()
    await stage.teams.close()
    await stage.begin()
    assert await stage.surface.deliver(parcel()) == TryLater(AGAIN)


async def test_a_tenant_that_was_taken_off_the_list_hears_nothing(stage: TeamsStage, ada: TeamsPerson) -> None:
    """Messages that wait for it are not sent, and our token does not go there."""
    await ada.says("hello")
    await stage.end()
    await stage.begin(allowed_tenants=("another",))
    calls = len(stage.teams.calls)
    assert await stage.surface.deliver(parcel()) == Gone("tenant_not_served")
    assert len(stage.teams.calls) == calls


async def test_a_stranger_to_the_tenant_cannot_be_reached(stage: TeamsStage, ben: TeamsPerson) -> None:
    """An account nobody knows is refused by Teams; nothing is in doubt."""
    assert await stage.surface.deliver(parcel("nobody")) == Gone("BadArgument")
    assert isinstance(await stage.surface.deliver(parcel(BEN)), Delivered)
