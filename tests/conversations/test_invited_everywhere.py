"""From a file of 600 rows to three members who joined by Slack, Teams and the portal."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.portal.door import Links
from handlers import features
from handlers.turn import turns
from storage import communities
from storage.clock import MovableClock
from storage.engine import Database
from storage.notebook import StoredNotebook, belonging
from storage.people import Role
from storage.work import Work
from tests.community import Stage
from tests.conversations.inviting import code_in, names, opens, states
from tests.conversations.rostering import at_the_portal, csv_of, sends
from tests.conversations.test_roster import BAD, GOOD
from tests.stages import Person
from tests.stages.portal import PortalStage
from tests.stages.slack import SlackStage
from tests.stages.teams import TeamsStage

LINKS = Links("https://portal.example", ["story"])


@dataclass
class Everywhere:
    """One community on Slack, on Teams and on the web."""

    stage: Stage  # told from the portal
    slack: SlackStage
    teams: TeamsStage
    portal: PortalStage


@pytest.fixture
async def everywhere(database: Database, clock: MovableClock) -> AsyncIterator[Everywhere]:
    """Nobody in it yet."""
    stage = await Stage.set_up("portal", database, clock)
    routes = features.router()
    take_turn = turns(database, features.house(routes, link=LINKS.url, invitation=LINKS.invitation))
    slack = SlackStage(take_turn, routes.actions, StoredNotebook(database, "slack"))
    teams = TeamsStage(take_turn, routes.actions, StoredNotebook(database, "teams"), belonging(database))
    portal = PortalStage(database, take_turn, routes.actions, StoredNotebook(database, "portal"))
    surfaces = (slack, teams, portal)

    def lives_there(work: Work) -> None:
        for one in (slack, teams):
            communities.Settings(work, stage.community.id).move_in(one.surface.name, one.tenant)

    for one in surfaces:
        await one.open()
    await database.tx(lives_there)
    yield Everywhere(stage, slack, teams, portal)
    for one in surfaces:
        await one.close()
    await stage.close()


async def test_from_a_file_to_members_on_three_surfaces(everywhere: Everywhere) -> None:
    """600 rows in CP932 with 20 bad ones, a wave of three, their drafts, and each joins where they like."""
    stage = everywhere.stage
    mei, ben = await stage.member("Mei", Role.SECRETARIAT), await stage.member("Ben", Role.OWNER)
    async with at_the_portal(stage, mei) as web:
        dry = await sends(web, csv_of(*GOOD, *BAD))
        assert "取り込めない行\n20" in dry
        await web.presses("580人を取り込む")
    await mei.asks("wave", admin=True)
    await mei.presses("招待する方を選ぶ")
    assert "人数\n3" in await mei.submits(year="2021", department="営業", most="3", tone="network")
    await ben.asks("", admin=True)
    await ben.presses("お名前を確かめる")
    assert "承認しました" in await ben.presses("承認する")
    await mei.asks("wave", admin=True)
    draft, codes = await mei.presses("送る下書き"), []
    for _ in range(3):
        assert "アルムナイ" not in draft
        codes.append(code_in(draft))
        draft = await mei.presses("自分で送りました")
    assert len(set(codes)) == 3
    await _joins_in_chat(everywhere.slack, codes[0], "一郎")
    await _joins_in_chat(everywhere.teams, codes[1], "二郎")
    browser = everywhere.portal.browser()
    await opens(browser, codes[2])
    await browser.presses(browser.region, "参加する")
    await browser.submit(browser.region.one("form", lambda node: node["action"] == "/submit"), called="三郎")
    assert "三郎さん" in await browser.get("/")
    assert await names(stage) == ["Ben", "Mei", "一郎", "三郎", "二郎"]
    stands = [*(await states(stage, 600)).values()]
    assert (stands.count("joined"), stands.count("invited"), stands.count("imported")) == (3, 0, 577)
    sent = await mei.presses("送った方")
    assert sent.text.count("参加しました") == 3


async def _joins_in_chat(surface: SlackStage | TeamsStage, code: str, name: str) -> Person:
    person = await surface.person(name, surface.handle(name, "", "nobody"))
    await person.asks(f"招待コード {code}")
    await person.presses("参加する")
    await person.submits(called=name)
    return person
