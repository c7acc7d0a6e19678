"""Strangers: people with an account in the workspace who have not joined.  The portal knows none."""

from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa

from storage.clock import MovableClock
from storage.communities import found
from storage.engine import Database
from storage.people import People, Role
from storage.tables import install
from storage.work import Work
from tests.community import CHATS, Stage


@pytest.fixture(params=CHATS)
async def chat(request: pytest.FixtureRequest, database: Database, clock: MovableClock) -> AsyncIterator[Stage]:
    """A community of nobody yet, on a chat platform."""
    stage = await Stage.set_up(request.param, database, clock)
    yield stage
    await stage.close()


async def _members(stage: Stage) -> list[str]:
    everybody = await stage.database.look(lambda work: People(work, stage.community.id).all())
    return sorted(member.name for member in everybody)


async def test_a_stranger_reads_first_and_joins_by_two_taps(chat: Stage) -> None:
    """The first answer says what this is and what is kept; only sending the form makes somebody a member."""
    zoe = await chat.stranger("Zoe")
    hello = await zoe.asks("")
    assert "はじめまして" in hello
    assert "暗号化" in hello
    assert await _members(chat) == []
    form = await zoe.presses("参加する")
    assert form.is_form
    assert await _members(chat) == []
    assert "ようこそ" in await zoe.submits(called="ゾーイ")
    assert await _members(chat) == ["ゾーイ"]
    assert "/enishi 近況" in await zoe.asks("help")


async def test_joining_twice_makes_one_member(chat: Stage) -> None:
    """A second tap on an old button finds that one is a member already."""
    zoe = await chat.stranger("Zoe")
    await zoe.asks("")
    await zoe.presses("参加する")
    await zoe.submits(called="ゾーイ")
    await zoe.asks("")
    again = await chat.stranger("Zoe")  # the same account, with the old message before their eyes
    assert "/enishi 近況" in await again.asks("")
    assert await _members(chat) == ["ゾーイ"]


async def test_a_name_is_needed_and_a_mistake_keeps_the_form(chat: Stage) -> None:
    """A name of blanks is refused in one sentence."""
    zoe = await chat.stranger("Zoe")
    await zoe.asks("")
    await zoe.presses("参加する")
    refused = await zoe.submits(called="　　")
    assert refused.errors
    assert "ようこそ" in await zoe.submits(called="ゾーイ")


@pytest.mark.parametrize("words", ["update ひみつ", "mine", "digest", "often", "language en", "portal"])
async def test_a_stranger_is_told_how_to_join_whatever_they_ask(chat: Stage, words: str) -> None:
    """Commands of members answer a stranger with one sentence, and leave nothing."""
    zoe = await chat.stranger("Zoe")
    assert "メンバーの方だけ" in await zoe.asks(words)
    assert await _members(chat) == []


async def test_a_stranger_at_the_desk_is_refused(chat: Stage) -> None:
    """`/enishi-admin` is not a way in."""
    zoe = await chat.stranger("Zoe")
    shown = await zoe.asks("checkin", admin=True)
    assert "メンバーの方だけ" in shown or "事務局の方だけ" in shown


async def test_a_workspace_without_a_community_says_so(chat: Stage) -> None:
    """Where no community lives, or two do and nobody said which, there is one sentence."""
    zoe = await chat.stranger("Zoe")
    await chat.database.tx(lambda work: work.connection.execute(sa.delete(install)))
    assert "まだコミュニティがありません" in await zoe.asks("")


async def test_a_member_of_another_community_sees_nothing_of_this_one(chat: Stage) -> None:
    """Somebody else's community on the same install: its buttons find nothing here."""
    ada = await chat.member("Ada")
    await ada.asks("update 港の話です")
    await ada.submits()
    await chat.moves(days=31)
    [digest] = await chat.surface.room_shows()
    assert "港の話です" in digest

    def elsewhere(work: Work) -> tuple[str, str]:
        other = found(work, "ほかの縁")
        member = People(work, other.id).welcome({"name": "Eve"}, Role.OWNER)
        return other.id, member

    other, member_id = await chat.database.tx(elsewhere)
    handle = chat.surface.handle("Eve", other, member_id)
    await chat.database.tx(lambda work: People(work, other).add_handle(member_id, handle))
    eve = await chat.surface.person("Eve", handle)
    assert "メンバーの方だけ" in await eve.presses("おめでとう 👏")
    assert "港の話です" not in await eve.asks("digest")
