"""Whether somebody is a member cannot be learnt by asking to invite them: same words, same work, same delay."""

import random
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import pytest
import sqlalchemy as sa

from bot.address import Address
from bot.events import Asked, Event, Pressed, Submitted
from bot.people import Sighting
from bot.portal.door import Links
from bot.surface import TakeTurn
from handlers import features
from handlers.invite import actions
from handlers.turn import turns
from storage.clock import MovableClock
from storage.engine import Database
from storage.people import People, Role
from storage.presets import Level
from storage.roster import Person as Listed
from storage.tables import invitation
from storage.work import Work
from tests.community import Stage
from tests.conversations.inviting import bars, imports

MEMBER, HIDDEN, LISTED, BARRED, NOBODY = "見える 一子", "隠れた 二子", "名簿の 三子", "招かぬ 四子", "いない 五子"
EVERYBODY = (MEMBER, HIDDEN, LISTED, BARRED, NOBODY)
CALLS = 200
APART = 0.2  # how far from a coin toss "this one took longer" may be: seven deviations of what chance does in 200 calls


@dataclass
class Asking:
    """Somebody of the secretariat, who does not keep the do-not-invite list, asks about people."""

    database: Database
    take_turn: TakeTurn
    who: Sighting

    async def refer(self, name: str) -> list[str]:
        """`/enishi refer`, and its button."""
        where = Address.direct(self.who.handle)
        events = [
            Asked(who=self.who, where=where, words=f"refer {name}"),
            Pressed(who=self.who, where=where, action=actions.Refer()),
        ]
        return [repr(await self.take_turn(event)) for event in events]

    async def invite(self, name: str) -> list[str]:
        """The form of `/enishi-admin invite`, sent."""
        where, typed = Address.direct(self.who.handle), actions.Invited(who=name)
        sent: Event = Submitted(who=self.who, where=where, action=typed)
        return [repr(await self.take_turn(sent))]

    async def starts_over(self) -> None:
        """Nothing has been asked yet."""
        await self.database.tx(lambda work: work.connection.execute(sa.delete(invitation)))


@pytest.fixture
async def asking(database: Database, clock: MovableClock) -> AsyncIterator[Asking]:
    """A community with one person of each kind."""
    stage = await Stage.set_up("portal", database, clock)
    for name in (MEMBER, HIDDEN):
        await stage.member(name)
    await stage.member("Cat", Role.OWNER)
    ben = await stage.member("Ben", Role.SECRETARIAT)
    await imports(stage, Listed(LISTED), Listed(BARRED))
    await bars(stage, Listed(BARRED))

    def hides(work: Work) -> None:
        People(work, stage.community.id).show(stage.members[HIDDEN], Level.HIDDEN)

    await database.tx(hides)
    links = Links("https://portal.example", ["story"])
    house = features.house(features.router(), link=links.url, invitation=links.invitation)
    handle = stage.surface.handle("Ben", stage.community.id, stage.members[ben.name])
    yield Asking(database, turns(database, house), Sighting(handle, "Ben", "ja"))
    await stage.close()


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the databases are asked, in order."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("way", [Asking.refer, Asking.invite], ids=["refer", "invite"])
async def test_the_same_words_and_the_same_work(asking: Asking, way: Callable[[Asking, str], Any]) -> None:
    """Word for word the same answer, after statement for statement the same questions to the database."""
    await way(asking, "somebody before")  # what is looked up once a process is known from then on
    found = set()
    for name in EVERYBODY:
        await asking.starts_over()
        with statements() as asked:
            said = await way(asking, name)
        assert asked
        found.add((tuple(said), tuple(asked)))
    assert len(found) == 1


async def test_the_same_delay(asking: Asking) -> None:
    """Of 200 calls each in random order, one about a member takes longer than one about nobody as often as not."""
    order = [name for name in EVERYBODY for _ in range(CALLS)]
    random.Random(4).shuffle(order)  # noqa: S311 - an order of calls, no secret
    took: dict[str, list[float]] = {name: [] for name in EVERYBODY}
    for number, name in enumerate(order):
        if number % CALLS == 0:
            await asking.starts_over()
        began = perf_counter()
        await asking.invite(name)
        took[name].append(perf_counter() - began)
    for name in (MEMBER, HIDDEN, LISTED, BARRED):
        longer = sum(one > other for one in took[name] for other in took[NOBODY]) / CALLS**2
        assert abs(longer - 0.5) < APART, name
