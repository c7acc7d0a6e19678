"""Stories that only Teams can tell: its payloads say where and in which language somebody lives."""

from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa

import app
from bot.settings import Settings
from storage.clock import MovableClock
from storage.engine import Database
from storage.people import Member, People, Role
from storage.tables import note
from tests.community import Stage
from tests.fakes.teams import CHANNEL
from tests.stages.teams import TeamsPerson, TeamsStage


@pytest.fixture
async def teams(database: Database, clock: MovableClock) -> AsyncIterator[Stage]:
    """A community on Teams, of nobody yet."""
    stage = await Stage.set_up("teams", database, clock)
    yield stage
    await stage.close()


async def _known(stage: Stage, name: str) -> Member:
    member = await stage.database.look(lambda work: People(work, stage.community.id).get(stage.members[name]))
    assert member
    return member


async def _writes_from(person: object, zone: str, locale: str) -> None:
    assert isinstance(person, TeamsPerson)
    message = person.client.message(person.user, "help", language=locale, localTimezone=zone)
    assert (await person.client.post(message)).status_code == 200


async def test_where_somebody_lives_is_remembered_once(teams: Stage) -> None:
    """For a member who has set nothing; a later journey changes nothing, nor does it for who has chosen."""
    ada, ben = (
        await teams.member("Ada", language="", zone=""),
        await teams.member("Ben", language="ja", zone="Asia/Seoul"),
    )
    for zone, locale in (("Asia/Tokyo", "ja-JP"), ("Europe/Berlin", "en-GB"), ("America/New_York", "ja-JP")):
        await _writes_from(ada, zone, locale)
        await _writes_from(ben, zone, locale)
    known = await _known(teams, "Ada")
    assert (known.own_zone, known.own_language) == ("Europe/Berlin", "en")
    known = await _known(teams, "Ben")
    assert (known.own_zone, known.own_language) == ("Asia/Seoul", "ja")


async def test_what_is_for_oneself_alone_never_stands_in_the_chat(teams: Stage) -> None:
    """A chat can be exported: what is not for everyone is read on one's own page, not in an answer."""
    ada = await teams.member("Ada")
    await ada.asks("update 自分だけの覚え書き")
    await ada.submits(audience="self")
    for words in ("mine", "home"):
        assert "自分だけの覚え書き" not in await ada.asks(words)


async def test_a_newcomer_is_greeted_by_the_id_that_teams_gave_and_not_kept(teams: Stage) -> None:
    """The account is not enough everywhere, and nobody who has not joined is on record: no reference, no member."""
    assert isinstance(teams.surface, TeamsStage)
    zoe = await teams.stranger("Zoe")
    assert isinstance(zoe, TeamsPerson)
    teams_id = teams.surface.teams.people[zoe.user]
    came = [{"id": teams_id, "aadObjectId": zoe.user}]
    ada = await teams.member("Ada")
    assert isinstance(ada, TeamsPerson)
    for _ in range(2):
        await ada.client.post(
            ada.client.activity(ada.user, "conversationUpdate", conversation=CHANNEL, membersAdded=came)
        )
        await teams.tick()
    [hello] = await zoe.inbox()
    assert "はじめまして" in hello
    assert [opened["members"] for opened in teams.surface.teams.called("open")] == [[{"id": teams_id}]]
    assert await teams.database.look(lambda work: work.connection.execute(sa.select(note)).all()) == []


async def test_what_waits_for_a_tenant_that_blocked_the_app_comes_when_it_is_back(teams: Stage) -> None:
    """It is neither tried for ever nor lost; a restart alone does not bring it, somebody's word does."""
    assert isinstance(teams.surface, TeamsStage)
    ada = await teams.member("Ada")
    await ada.asks("update 運河の話です")
    await ada.submits()
    teams.surface.teams.disabled = True
    while not teams.surface.teams.called("open"):  # the digest's thread
        await teams.moves(hours=12)
    tried = len(teams.surface.teams.calls)
    await teams.moves(hours=12)
    teams.surface.teams.disabled = False
    settings = Settings.model_construct(teams_mode="production", teams_app_id="set")
    await app.settle(teams.database, settings)
    await teams.tick()
    assert len(teams.surface.teams.calls) == tried
    await ada.asks("help")
    await teams.tick()
    [digest] = [post for post in await teams.surface.room_shows() if "運河の話です" in post]
    assert "みんなの近況" in digest


async def test_the_desk_arranges_its_channel_by_a_mention(teams: Stage) -> None:
    """The desk answers in the secretary's chat, and still knows the channel it was called from."""
    ben = await teams.member("Ben", Role.SECRETARIAT)
    await teams.arrange(channel="")
    assert isinstance(ben, TeamsPerson)
    await ben.mentions("admin checkin")
    await ben.presses("設定を変える")
    assert "保存しました" in await ben.submits(channel="here")
    ada = await teams.member("Ada")
    await ada.asks("update 運河の話です")
    await ada.submits()
    await teams.moves(days=31)
    assert isinstance(teams.surface, TeamsStage)
    [digest] = [post for post in await teams.surface.room_shows() if "運河の話です" in post]
    assert "みんなの近況" in digest
