"""What stories of invitations need: a roster, links, and whoever opens one in a browser."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from handlers import features
from handlers.turn import turns
from storage.engine import Database
from storage.notebook import StoredNotebook
from storage.people import People
from storage.roster import Person, Roster, prepared
from storage.work import Work
from tests.community import Stage
from tests.stages import Shown
from tests.stages.portal import Browser, PortalStage

LINK = re.compile(r"https://portal\.example/i/([A-Z2-9]{4}(?:-[A-Z2-9]{4}){3})")


async def imports(stage: Stage, *people: Person) -> None:
    """A roster of these."""

    def write(work: Work) -> None:
        roster = Roster(work, stage.community.id)
        batch = roster.begin()
        assert batch
        assert roster.put(batch, [prepared(work.keys, who) for who in people])
        roster.publish(batch)

    await stage.database.tx(write)


async def states(stage: Stage, limit: int = 500) -> dict[str, str]:
    """How far everybody on the roster has come."""
    rows = await stage.database.look(lambda work: Roster(work, stage.community.id).after("", limit))
    return {who.name: str(who.state) for who in rows}


async def names(stage: Stage) -> list[str]:
    """The members, by name."""
    everybody = await stage.database.look(lambda work: People(work, stage.community.id).all())
    return sorted(member.name for member in everybody)


def code_in(shown: Shown) -> str:
    """The code of the one link that is shown."""
    found = LINK.search(shown.text)
    assert found, shown.text
    return found[1]


@asynccontextmanager
async def web(database: Database) -> AsyncIterator[PortalStage]:
    """The portal beside whatever surface a story is told on."""
    routes = features.router()
    take_turn = turns(database, features.house(routes))
    portal = PortalStage(database, take_turn, routes.actions, StoredNotebook(database, "portal"))
    await portal.open()
    try:
        yield portal
    finally:
        await portal.close()


async def opens(browser: Browser, code: str) -> Shown:
    """Open a link and press its button."""
    await browser.get(f"/i/{code}")
    return await browser.submit(browser.main.one("form"), browser.main.one("button"))


async def bars(stage: Stage, *people: Person) -> None:
    """Put these on the do-not-invite list."""
    await stage.database.tx(lambda work: [Roster(work, stage.community.id).bar(who) for who in people])
