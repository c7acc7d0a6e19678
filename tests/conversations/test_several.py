"""One account in several communities, and several accounts of one person."""

from collections.abc import AsyncIterator

import pytest

from bot.address import Address
from bot.events import Asked, Pressed
from bot.people import Handle, Sighting
from bot.replies import Answer, Silence
from handlers import features
from handlers.home import actions
from handlers.turn import turns
from storage import communities
from storage.checkins import Audience, Checkins, Template
from storage.clock import MovableClock
from storage.communities import Settings
from storage.engine import Database
from storage.people import People, Role, everywhere
from storage.work import Work
from tests.community import CHATS, Stage


@pytest.fixture(params=CHATS)
async def chat(request: pytest.FixtureRequest, database: Database, clock: MovableClock) -> AsyncIterator[Stage]:
    """A community of nobody yet, on a chat platform."""
    stage = await Stage.set_up(request.param, database, clock)
    yield stage
    await stage.close()


async def _second(stage: Stage, *, member: str = "") -> str:
    """A second community in the same workspace, which this member is in, too."""

    def found(work: Work) -> str:
        other = communities.found(work, "ほかの縁")
        Settings(work, other.id).move_in(stage.surface.surface.name, stage.surface.tenant)
        if member:
            handle = People(work, stage.community.id).handles(stage.members[member])[0]
            there = People(work, other.id)
            there.add_handle(there.welcome({"name": f"{member}2"}), handle)
        return other.id

    return await stage.database.tx(found)


async def test_a_stranger_where_two_communities_live_says_which(chat: Stage) -> None:
    """Each is offered by name; what follows is about that one, and only that one is joined."""
    other = await _second(chat)
    zoe = await chat.stranger("Zoe")
    which = await zoe.asks("")
    assert set(which.buttons) == {"みなとの縁", "ほかの縁"}
    assert "はじめまして" in await zoe.presses("ほかの縁")
    await zoe.presses("参加する")
    assert "ようこそ" in await zoe.submits(called="ゾーイ")
    here = await chat.database.look(lambda work: People(work, chat.community.id).count())
    there = await chat.database.look(lambda work: People(work, other).count())
    assert (here, there) == (0, 1)


async def test_a_member_of_two_chooses_once_and_cards_keep_their_own(chat: Stage) -> None:
    """What is typed goes to the chosen community; a card's buttons go to the one that it is of."""
    ada = await chat.member("Ada")
    other = await _second(chat, member="Ada")
    first = min(chat.community.id, other)
    name = {chat.community.id: "みなとの縁", other: "ほかの縁"}
    away = next(one for one in name if one != first)
    assert name[first] in await ada.asks("コミュニティ")
    form = await ada.asks("update 最初のほうの話")  # its form is the first community's, whatever is chosen meanwhile
    assert form.is_form
    assert "受け取りました" in await ada.submits()
    assert name[away] in await ada.asks(f"community {name[away]}")
    await ada.asks("update もう一つのほうの話")
    await ada.submits()

    assert "もう一つのほうの話" in await ada.asks("mine")
    assert "最初のほうの話" not in await ada.asks("mine")
    await ada.asks("コミュニティ")
    await ada.presses(name[first])
    assert "最初のほうの話" in await ada.asks("mine")
    assert "もう一つのほうの話" not in await ada.asks("mine")


class Account:
    """An account on some surface, as the turn sees it."""

    def __init__(self, database: Database, surface: str, tenant: str, user: str) -> None:
        self.handle = Handle(surface, tenant, user)
        self._take_turn = turns(database, features.house(features.router()))
        self.seen: Answer = Silence()

    async def asks(self, words: str) -> str:
        return self._sees(await self._take_turn(Asked(who=Sighting(self.handle), where=self._here, words=words)))

    async def presses(self, action: object) -> str:
        event = Pressed(who=Sighting(self.handle), where=self._here, action=action)  # type: ignore[arg-type] # an action
        return self._sees(await self._take_turn(event))

    def _sees(self, answer: Answer) -> str:
        self.seen = answer
        card = getattr(answer, "card", None)
        return "\n".join(getattr(piece, "text", "") for piece in card.pieces) if card else ""

    @property
    def _here(self) -> Address:
        return Address.direct(self.handle)


@pytest.fixture
async def two(database: Database) -> tuple[Database, str, Account, Account]:
    """A community that lives in a Slack workspace and a Teams tenant, and one person's account in each."""

    def found(work: Work) -> str:
        community = communities.found(work, "みなとの縁")
        places = Settings(work, community.id)
        places.move_in("slack", "T1")
        places.move_in("teams", "tenant")
        return community.id

    community = await database.tx(found)
    return database, community, Account(database, "slack", "T1", "U1"), Account(database, "teams", "tenant", "u-1")


async def _joins(database: Database, community: str, account: Account, name: str) -> str:
    def join(work: Work) -> str:
        people = People(work, community)
        member = people.welcome({"name": name})
        people.add_handle(member, account.handle)
        return member

    return await database.tx(join)


def _code(shown: str) -> str:
    return shown.rsplit("つなぐ ", 1)[1].split(maxsplit=1)[0]


async def test_two_accounts_become_one_member_when_both_say_yes(two: tuple[Database, str, Account, Account]) -> None:
    """A code, typed elsewhere, confirmed there and then here: the same member on both; not before."""
    database, community, here, there = two
    member = await _joins(database, community, here, "Ada")
    code = _code(await here.asks("つなぐ"))
    assert "同じ" in await there.asks(f"つなぐ {code.lower()}")
    assert await database.look(lambda work: everywhere(work, there.handle)) == []
    assert "もう一方" in await there.presses(actions.Take(code=code))
    assert await database.look(lambda work: everywhere(work, there.handle)) == []
    assert "つながりました" in await here.presses(actions.Confirm(yes=True))
    [found] = await database.look(lambda work: everywhere(work, there.handle))
    assert found.id == member
    assert "もうつながっています" in await there.asks(f"つなぐ {_code(await here.asks('つなぐ'))}")


async def test_a_no_or_an_old_code_joins_nothing(two: tuple[Database, str, Account, Account]) -> None:
    """Guessing, a code that ended, and a no on the first account leave both accounts as they were."""
    database, community, here, there = two
    await _joins(database, community, here, "Ada")
    assert "使えません" in await there.asks("つなぐ ABCDEFGHJK")
    old = _code(await here.asks("つなぐ"))
    code = _code(await here.asks("つなぐ"))
    assert "使えません" in await there.asks(f"つなぐ {old}")
    await there.asks(f"つなぐ {code}")
    await there.presses(actions.Take(code=code))
    stranger = Account(database, "teams", "tenant", "u-2")
    assert "使えません" in await stranger.asks(f"つなぐ {code}")  # it is the other account's now
    assert "つなぎませんでした" in await here.presses(actions.Confirm(yes=False))
    assert "つなぎませんでした" in await here.presses(actions.Confirm(yes=True))
    assert await database.look(lambda work: everywhere(work, there.handle)) == []


async def test_two_members_who_are_one_person_keep_what_both_told(
    two: tuple[Database, str, Account, Account],
) -> None:
    """When both accounts were members, the second's answers move to the first, and the second is no more."""
    database, community, here, there = two
    kept = await _joins(database, community, here, "Ada")
    gone = await _joins(database, community, there, "A.")

    def tell(work: Work, member: str, text: str) -> None:
        checkins = Checkins(work, community)
        checkins.tell(member, Template.FREE, Audience.EVERYONE, text, "", agreed=False)

    await database.tx(lambda work: tell(work, kept, "こちら"))
    await database.tx(lambda work: tell(work, gone, "あちら"))
    code = _code(await here.asks("つなぐ"))
    await there.asks(f"つなぐ {code}")
    await there.presses(actions.Take(code=code))
    await here.presses(actions.Confirm(yes=True))
    mine = await there.asks("mine")
    assert "こちら" in mine
    assert "あちら" in mine
    assert await database.look(lambda work: People(work, community).count()) == 1


async def test_an_owner_stays_one_when_their_accounts_are_joined(two: tuple[Database, str, Account, Account]) -> None:
    """The higher role is the person's, whichever account began; the community does not lose its only owner."""
    database, community, here, there = two
    kept = await _joins(database, community, here, "Ada")
    gone = await _joins(database, community, there, "A.")
    await database.tx(lambda work: People(work, community).appoint(gone, Role.OWNER))
    code = _code(await here.asks("つなぐ"))
    await there.asks(f"つなぐ {code}")
    await there.presses(actions.Take(code=code))
    await here.presses(actions.Confirm(yes=True))
    [owner] = await database.look(lambda work: People(work, community).with_role(Role.OWNER))
    assert owner.id == kept
