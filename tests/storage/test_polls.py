"""Named polls: votes while they are open, and what is left of them later."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from bot.address import Address
from bot.people import Handle
from scheduler.tidying import tidy
from storage import communities, leaving, polls
from storage.clock import MovableClock
from storage.engine import Database
from storage.joining import Joins
from storage.outbox import Draft, Outbox
from storage.outbox import State as Sent
from storage.people import People
from storage.polls import POST, Polls, Result, State, Terms
from storage.tables import nudge
from storage.work import Work

TERMS = Terms(question="when", options=("a", "b", "c"), last_day=date(2035, 4, 9))


@dataclass
class Here:
    """A community with one open poll and two members."""

    community: str
    poll: str
    ada: str
    ben: str


def made(work: Work) -> Here:
    """In one transaction."""
    here = communities.found(work, "Story").id
    people = People(work, here)
    ada, ben = (people.welcome({"name": name}) for name in ("Ada", "Ben"))
    for name, member in (("U1", ada), ("U2", ben)):
        people.add_handle(member, Handle("slack", "T1", name))
    there = Polls(work, here)
    poll = there.draft(ben, TERMS)
    assert there.publish(poll, work.now + timedelta(days=7))
    return Here(here, poll, ada, ben)


@pytest.fixture
async def here(database: Database) -> Here:
    """The same, committed."""
    return await database.tx(made)


async def test_a_vote_is_the_latest_until_the_close(database: Database, clock: MovableClock, here: Here) -> None:
    """Changed, withdrawn, given again; after the last moment, and after the close, nothing changes any more."""

    def votes(work: Work) -> None:
        there = Polls(work, here.community)
        assert there.vote(here.poll, here.ada, [2, 0, 2])
        assert there.picked(here.poll, here.ada) == (0, 2)
        assert there.vote(here.poll, here.ada, [1])
        assert there.withdraw(here.poll, here.ada)
        assert not there.withdraw(here.poll, here.ada)
        assert there.vote(here.poll, here.ada, [1])
        assert there.votes(here.poll) == {here.ada: (1,)}
        assert not there.publish(here.poll, work.now)
        assert not there.rewrite(here.poll, TERMS)
        assert not there.discard(here.poll)

    await database.tx(votes)
    clock.forward(timedelta(days=7))

    def late(work: Work) -> None:
        there = Polls(work, here.community)
        assert not there.vote(here.poll, here.ben, [1])  # the clock has not closed it yet
        assert there.close(here.poll, Result(counts=(0, 1, 0), people=1))
        assert not there.close(here.poll, Result(counts=(9, 9, 9), people=9))
        assert not there.withdraw(here.poll, here.ada)
        found = there.get(here.poll)
        assert found
        assert (found.state, found.result) == (State.CLOSED, Result(counts=(0, 1, 0), people=1))

    await database.tx(late)


async def test_names_go_after_ninety_days_and_the_counts_stay(
    database: Database, clock: MovableClock, here: Here
) -> None:
    """Then rooms that show them are drawn again; years later the poll itself goes."""

    def ends(work: Work) -> None:
        there, outbox = Polls(work, here.community), Outbox(work, here.community)
        there.vote(here.poll, here.ada, [1])
        there.close(here.poll, Result(counts=(0, 1, 0), people=1))
        now = work.database_now
        draft = Draft(
            key=f"{POST}:{here.poll}:closed",
            kind=POST,
            to=Address("slack", "T1", "C1"),
            member=None,
            due_at=now,
            expires_at=now,
        )
        outbox.add([draft])
        work.connection.execute(sa.update(nudge).values(state=int(Sent.SENT)))

    await database.tx(ends)
    clock.forward(polls.NAMES_KEPT - timedelta(hours=1))
    assert (await tidy(database))["poll_names"] == 0
    clock.forward(timedelta(hours=2))
    assert (await tidy(database))["poll_names"] == 1

    def after(work: Work) -> None:
        there = Polls(work, here.community)
        found = there.get(here.poll)
        assert found
        assert found.result == Result(counts=(0, 1, 0), people=1)
        assert there.votes(here.poll) == {}
        assert there.by(here.ada) == []
        keys = [one.key for one in Outbox(work, here.community).last()]
        assert any(key.startswith(f"{POST}:{here.poll}:closed~") for key in keys)

    await database.look(after)
    clock.forward(polls.KEPT)
    assert (await tidy(database))["polls"] == 1
    assert await database.look(lambda work: Polls(work, here.community).get(here.poll)) is None


async def test_a_draft_nobody_writes_on_is_forgotten(database: Database, clock: MovableClock, here: Here) -> None:
    """After sixty days; what is written on or published stays."""
    first, second = [
        await database.tx(lambda work: Polls(work, here.community).draft(here.ben, TERMS)) for _ in range(2)
    ]
    clock.forward(polls.DRAFTS_KEPT - timedelta(days=1))
    assert await database.tx(lambda work: Polls(work, here.community).rewrite(second, TERMS))
    clock.forward(timedelta(days=2))
    assert (await tidy(database))["polls"] == 1
    left = await database.look(lambda work: {one.id for one in Polls(work, here.community).all()})
    assert left == {here.poll, second}
    assert first not in left


async def test_whoever_leaves_is_gone_from_polls(database: Database, here: Here) -> None:
    """Their votes and drafts go; what they published stays, and is nobody's."""

    def leaves(work: Work) -> None:
        there = Polls(work, here.community)
        there.vote(here.poll, here.ben, [1])
        draft = there.draft(here.ben, TERMS)
        leaving.leave(work, here.community, here.ben)
        assert there.get(draft) is None
        found = there.get(here.poll)
        assert found
        assert (found.state, found.organiser) == (State.OPEN, "")
        assert there.votes(here.poll) == {}

    await database.tx(leaves)


async def test_two_accounts_of_one_person_have_one_vote(database: Database, here: Here) -> None:
    """Of two votes the one of the member who stays counts; polls asked by the other are theirs."""

    def joins(work: Work) -> None:
        there, offers = Polls(work, here.community), Joins(work, here.community)
        other = there.draft(here.ben, TERMS)
        there.publish(other, work.now + timedelta(days=1))
        there.vote(here.poll, here.ada, [0])
        there.vote(here.poll, here.ben, [1])
        there.vote(other, here.ben, [2])
        assert offers.join(here.ada, Handle("slack", "T1", "U2"))
        assert there.votes(here.poll) == {here.ada: (0,)}
        assert there.votes(other) == {here.ada: (2,)}
        assert {one.id for one in there.organised_by(here.ada)} == {here.poll, other}

    await database.tx(joins)
