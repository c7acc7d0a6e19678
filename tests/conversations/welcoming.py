"""What stories of joining need: somebody new on any surface, and a community of another kind."""

from datetime import timedelta

import sqlalchemy as sa

from storage.communities import Settings as Communities
from storage.doors import portal_handle
from storage.invitations import Invitations, Kind, State
from storage.people import Member, People
from storage.presets import Kind as CommunityKind
from storage.tables import community
from storage.work import Work
from tests.community import Stage
from tests.stages import Person, Shown
from tests.stages.portal import PortalPerson, PortalStage


async def becomes(stage: Stage, kind: CommunityKind, name: str = "みなとの縁") -> None:
    """The community is of this kind, and called so."""

    def change(work: Work) -> None:
        mine = sa.update(community).where(community.c.id == stage.community.id)
        work.connection.execute(mine.values(kind=kind, name=name))

    await stage.database.tx(change)


async def newcomer(stage: Stage, name: str, kind: Kind = Kind.PERSONAL) -> tuple[Person, Shown]:
    """Somebody who has not joined, and the first card they see: on the portal they open a link."""
    if not isinstance(stage.surface, PortalStage):
        person = await stage.stranger(name)
        return person, await person.asks("")

    def make(work: Work) -> str:
        Communities(work, stage.community.id).move_in("portal", stage.community.id)
        links, today = Invitations(work, stage.community.id), work.now.date()
        last = today + timedelta(days=30)
        made = links.add(kind, State.PLANNED, "nobody", language="ja", last_day=last)
        links.open(made, today, last)
        return links.code(made)

    code = await stage.database.tx(make)
    browser = stage.surface.browser()
    await browser.get(f"/i/{code}")
    await browser.submit(browser.main.one("form"), browser.main.one("button"))
    guest = PortalPerson(name, browser, portal_handle(stage.community.id, "nobody"))
    return guest, await guest.opens_home()


async def joins(stage: Stage, name: str, **typed: str) -> tuple[Person, Shown]:
    """Somebody joins with what the form proposes, and this changed; what they are answered."""
    person, _ = await newcomer(stage, name)
    form = await person.presses("参加する")
    assert form.is_form
    answer = await person.submits(**({"called": name} | typed))
    assert not answer.errors, answer.errors
    member = next(one for one in await everybody(stage) if one.name == typed.get("called", name))
    stage.members[name] = member.id
    if isinstance(stage.surface, PortalStage) and isinstance(person, PortalPerson):
        person.handle = portal_handle(stage.community.id, member.id)
        stage.surface.knows(person)
    return person, answer


async def everybody(stage: Stage) -> list[Member]:
    """The members there are."""
    return await stage.database.look(lambda work: People(work, stage.community.id).all())


async def who(stage: Stage, name: str) -> Member:
    """The member of this name, as stored."""
    return next(one for one in await everybody(stage) if one.name == name)


async def letters(person: Person, words: str) -> int:
    """How many messages in somebody's inbox say this."""
    return sum(words in message for message in await person.inbox())
