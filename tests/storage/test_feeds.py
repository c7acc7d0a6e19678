"""A calendar's address is its owner's alone: renewed, stopped, forgotten with them."""

from datetime import timedelta

import sqlalchemy as sa

from bot.people import Handle
from storage import communities
from storage.clock import MovableClock
from storage.engine import Database
from storage.feeds import Feed, Feeds, holder
from storage.joining import Joins
from storage.leaving import leave
from storage.people import People
from storage.tables import feed
from storage.work import Work


def _somebody(work: Work) -> tuple[str, str]:
    here = communities.found(work, "Story").id
    return here, People(work, here).welcome({"name": "Ada"})


async def test_an_address_is_one_members(database: Database, clock: MovableClock) -> None:
    """A new one ends the one before, what it gives stays chosen, and the month it was made is kept."""
    here, ada = await database.tx(_somebody)
    first = await database.tx(lambda work: Feeds(work, here).renew(ada))
    await database.tx(lambda work: Feeds(work, here).widen(ada, every=True))
    clock.forward(timedelta(days=40))
    second = await database.tx(lambda work: Feeds(work, here).renew(ada))
    month = (clock.now()).date().replace(day=1)

    def found(work: Work) -> None:
        assert holder(work, first) is None
        who, one = holder(work, second) or (None, None)
        assert (who and who.id, one) == (ada, Feed(every=True, made_month=month))
        assert Feeds(work, here).of(ada) == one

    await database.look(found)
    await database.tx(lambda work: Feeds(work, here).stop(ada))
    assert await database.look(lambda work: (holder(work, second), Feeds(work, here).of(ada))) == (None, None)


async def test_a_guess_finds_nothing(database: Database) -> None:
    """Neither what the table holds nor anything like it is an address."""
    here, ada = await database.tx(_somebody)
    token = await database.tx(lambda work: Feeds(work, here).renew(ada))
    tag = await database.look(lambda work: work.connection.execute(sa.select(feed.c.tag)).scalar_one())
    assert token.encode() not in bytes(tag)
    guesses = ("", token[:-1], token.swapcase(), tag.hex(), "x" * 5000)
    assert not any(await database.look(lambda work: [holder(work, guess) for guess in guesses]))


async def test_who_leaves_is_forgotten_and_two_accounts_of_one_keep_theirs(database: Database) -> None:
    """An address of an account that became another's gives that one's events; it ends when they leave."""
    here, ada = await database.tx(_somebody)
    other = Handle("slack", "T1", "U2")

    def join(work: Work) -> str:
        people = People(work, here)
        twin = people.welcome({"name": "Ada"})
        people.add_handle(twin, other)
        token = Feeds(work, here).renew(twin)
        assert Joins(work, here).join(ada, other)
        return token

    token = await database.tx(join)
    found = await database.look(lambda work: holder(work, token))
    assert found
    assert found[0].id == ada
    await database.tx(lambda work: leave(work, here, ada))
    assert await database.look(lambda work: holder(work, token)) is None
