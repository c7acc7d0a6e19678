"""Members, notes and doors as the house needs them."""

import asyncio
from datetime import timedelta

import pytest

from bot.address import Address
from bot.people import Handle
from bot.portal.door import LINK_LIVES, SESSION_LIVES
from storage import communities, doors
from storage.clock import MovableClock
from storage.engine import Database
from storage.notebook import StoredNotebook
from storage.people import FOREVER, People, Role
from storage.work import Work


@pytest.fixture
async def community(database: Database) -> str:
    return await database.tx(lambda work: communities.found(work, "Story", language="ja", zone="Asia/Tokyo").id)


async def test_a_member_is_what_they_said_of_themselves(database: Database, community: str) -> None:
    """Profile, language, zone, role and pause are kept, and what is not said is the community's."""

    def joins(work: Work) -> str:
        people = People(work, community)
        ada = people.welcome({"name": "Ada"})
        people.describe(ada, {"name": "Ada L."})
        people.appoint(ada, Role.SECRETARIAT)
        people.pause(ada, FOREVER)
        return ada

    ada = await database.tx(joins)
    [member] = await database.look(lambda work: People(work, community).all())
    assert (member.id, member.name, member.role) == (ada, "Ada L.", Role.SECRETARIAT)
    assert (member.reader.language, member.reader.zone) == ("ja", "Asia/Tokyo")
    assert member.is_paused(FOREVER.replace(year=9000))
    await database.tx(lambda work: People(work, community).speak(ada, "en"))
    [member] = await database.look(lambda work: People(work, community).some([ada]))
    assert member.reader.language == "en"
    assert await database.look(lambda work: People(work, community).count()) == 1


async def test_a_handle_is_one_persons(database: Database, community: str) -> None:
    """A handle is given once; chat is tried before the portal, and what cannot be reached not at all."""
    slack, portal = Handle("slack", "T1", "ada"), Handle("portal", community, "ada")

    def joins(work: Work) -> tuple[str, list[bool]]:
        people = People(work, community)
        ada, ben = people.welcome({"name": "Ada"}), people.welcome({"name": "Ben"})
        return ada, [people.add_handle(who, handle) for who in (ada, ben) for handle in (portal, slack)]

    ada, given = await database.tx(joins)
    assert given == [True, True, False, False]
    assert await database.look(lambda work: People(work, community).address(ada)) == Address.direct(slack)
    await database.tx(lambda work: People(work, community).lose(slack))
    assert await database.look(lambda work: People(work, community).address(ada)) == Address.direct(portal)
    await database.tx(lambda work: People(work, community).lose(slack, reachable=True))
    assert await database.look(lambda work: People(work, community).handles(ada)) == [slack, portal]


async def test_a_notebook_keeps_its_pages(database: Database, community: str, clock: MovableClock) -> None:
    """Entries are replaced in their place, listed newest first, and torn out; surfaces do not read each other's."""
    notebook, other = StoredNotebook(database, "slack"), StoredNotebook(database, "portal")
    for number in range(4):
        await notebook.write(community, "page", f"entry-{number}", f"text-{number}")
        clock.forward(timedelta(seconds=1))
    await notebook.write(community, "page", "entry-1", "changed 縁")
    await other.write(community, "page", "entry-1", "elsewhere")
    assert await notebook.read(community, "page", "entry-1") == "changed 縁"
    assert [name for name, _ in await notebook.leaf(community, "page", 3)] == ["entry-3", "entry-2", "entry-1"]
    await notebook.tear(community, "page", "entry-2")
    assert await notebook.read(community, "page", "entry-2") is None
    await notebook.tear(community, "page")
    assert await notebook.leaf(community, "page") == []
    assert await other.read(community, "page", "entry-1") == "elsewhere"


async def test_a_link_opens_once_and_in_time(database: Database, community: str, clock: MovableClock) -> None:
    """However many use a link at once, one gets in; later nobody does; a session ends by itself or when told."""

    def invites(work: Work) -> tuple[str, str, str]:
        ada = People(work, community).welcome({"name": "Ada"})
        gate = doors.Doors(work, community)
        return ada, gate.invite(ada), gate.invite(ada)

    ada, link, late = await database.tx(invites)
    tokens = await asyncio.gather(*(database.tx(lambda work: doors.enter(work, link)) for _ in range(5)))
    [token] = [token for token in tokens if token]
    assert await database.tx(lambda work: doors.enter(work, "made up")) is None
    inside = await database.look(lambda work: doors.inside(work, token))
    assert inside is not None
    assert (inside.id, inside.community.id) == (ada, community)
    clock.forward(LINK_LIVES)
    assert await database.tx(lambda work: doors.enter(work, late)) is None
    clock.forward(SESSION_LIVES)
    assert await database.look(lambda work: doors.inside(work, token)) is None
    assert await database.tx(doors.forget) == 2


async def test_leaving_ends_a_session(database: Database, community: str) -> None:
    """Whoever leaves is outside at once, on this device or on all."""

    def begins(work: Work) -> tuple[str, list[str]]:
        ada = People(work, community).welcome({"name": "Ada"})
        gate = doors.Doors(work, community)
        return ada, [gate.begin(ada) for _ in range(3)]

    ada, tokens = await database.tx(begins)

    async def inside() -> list[bool]:
        return [bool(await database.look(lambda work, token=token: doors.inside(work, token))) for token in tokens]  # type: ignore[misc] # a bound name

    await database.tx(lambda work: doors.leave(work, tokens[0]))
    assert await inside() == [False, True, True]
    await database.tx(lambda work: doors.Doors(work, community).close_all(ada))
    assert await inside() == [False, False, False]


async def test_settings_are_kept_by_feature(database: Database, community: str) -> None:
    """One feature's settings leave another's alone, and a workspace knows its communities."""

    def settle(work: Work) -> None:
        own = communities.Settings(work, community)
        own.change("a", {"x": 1})
        own.change("b", {"y": 2})
        own.change("a", {"x": 3})
        own.move_in("slack", "T1")

    await database.tx(settle)
    here = await database.look(lambda work: communities.in_tenant(work, "slack", "T1"))
    assert [one.settings for one in here] == [{"a": {"x": 3}, "b": {"y": 2}}]
    await database.tx(lambda work: communities.removed_from(work, "slack", "T1"))
    assert await database.look(lambda work: communities.in_tenant(work, "slack", "T1")) == []
