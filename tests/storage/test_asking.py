"""Unsigned questions: one row each until they are opened together, votes once a member, and nothing left that links."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import asking, closing, errands, leaving, switches
from storage.asked import Asked, Question, State
from storage.asking import Rounds, Taken
from storage.clock import MovableClock
from storage.engine import Database, Sqlite
from storage.events import Events
from storage.tables import event_inbox, event_question, event_round, event_vote
from tests.privacy.dispatching import dumped
from tests.storage.hall import Desk, Hall

SOON = timedelta(minutes=1)


@dataclass
class Room:
    """A hall in which questions are asked."""

    hall: Hall

    @classmethod
    async def opens(cls, database: Database, clock: MovableClock, people: int = 5) -> "Room":
        """With one event, whose round is open."""
        hall = await Hall.settle(database, clock, people)
        await hall.announces()
        assert await hall.does(lambda desk: rounds(desk).open(hall.event))
        assert not await hall.does(lambda desk: rounds(desk).open(hall.event))
        return cls(hall)

    async def asks(self, words: str, once: str = "") -> str:
        """The code."""
        taken = await self.hall.does(lambda desk: rounds(desk).ask(self.hall.event, words, once))
        assert isinstance(taken, Taken)
        return taken.code

    async def unseals(self, least: int = 1) -> None:
        """An announced time comes."""
        self.hall.clock.forward(SOON)
        at = self.hall.clock.now()
        await errands.run(self.hall.database, asking.unseal(self.hall.community, self.hall.event, at, least))

    async def ends(self, *, off: bool = False) -> None:
        """The event is over, or off."""
        await errands.run(self.hall.database, asking.end(self.hall.community, self.hall.event, off=off))

    async def opened(self, *states: State) -> list[Question]:
        """What can be read."""
        return await self.hall.does(lambda desk: asked(desk).all(self.hall.event, *states))

    async def shows(self, *words: str) -> list[bytes]:
        """Questions that members can vote for, by id."""
        for one in words:
            await self.asks(one)
        await self.unseals()
        ids = {one.words: one.id for one in await self.opened(State.NEW)}
        await self.hall.does(lambda desk: self.publish(desk, ids.values()))
        return [ids[one] for one in words]

    def publish(self, desk: Desk, some: Iterable[bytes]) -> None:
        """Members see these new ones."""
        for id_ in some:
            assert asked(desk).move(self.hall.event, id_, State.SHOWN, State.NEW)

    async def votes(self, id_: bytes, *who: int, wanted: bool = True) -> None:
        """These members want it, or not any more."""
        for one in who:
            member = self.hall.members[one]
            assert await self.hall.does(lambda desk, m=member: asked(desk).vote(self.hall.event, id_, m, wanted=wanted))  # type: ignore[misc] # mypy cannot infer a lambda with defaults

    async def rows(self, table: sa.Table) -> list[Any]:
        """As they lie there."""
        return await self.hall.does(lambda desk: list(desk.work.connection.execute(sa.select(table)).all()))

    async def has_key(self) -> bool:
        """Whether its key file is there."""
        [here] = await self.rows(event_round)
        return await self.hall.does(lambda desk: here.key_id in desk.work.keys.surveys.kept())


def rounds(desk: Desk) -> Rounds:
    return Rounds(desk.work, desk.hall.community)


def asked(desk: Desk) -> Asked:
    return Asked(desk.work, desk.hall.community)


async def test_a_question_is_one_row_of_one_size(database: Database, clock: MovableClock) -> None:
    """Whatever it says and however often it is delivered; its code takes it back, another one does not."""
    room = await Room.opens(database, clock)
    before = await database.look(dumped)
    code = await room.asks("?", once="view-1")
    assert await room.asks("?", once="view-1") == code
    await room.asks("なぜ" * 150)
    await room.asks("𠮷" * 400)
    after = await database.look(dumped)
    assert {name for name in after if after[name] != before[name]} == {event_inbox.name}
    rows = await room.rows(event_inbox)
    assert len({len(row.question) for row in rows}) == 1
    assert len(rows) == 3
    for typed, gone in (("ABCD-EFGH", False), (code, True), (code, False)):
        back = await room.hall.does(lambda desk, c=typed: rounds(desk).take_back(room.hall.event, c))  # type: ignore[misc] # mypy cannot infer a lambda with defaults
        assert back is gone
    assert len(await room.rows(event_inbox)) == 2


async def test_they_are_opened_together_once_a_time(database: Database, clock: MovableClock) -> None:
    """Fewer than enough wait; replicas that come at once open once; nothing of a row's place or id goes on."""
    room = await Room.opens(database, clock)
    await room.asks("first")
    await room.asks("second")
    await room.unseals(least=3)
    assert await room.opened() == []
    await room.asks("third")
    sealed = {row.id for row in await room.rows(event_inbox)}
    clock.forward(SOON)
    at, here = clock.now(), room.hall
    both = (errands.run(database, asking.unseal(here.community, here.event, at, 3)) for _ in range(2))
    await asyncio.gather(*both)
    found = await room.opened(State.NEW)
    assert sorted(one.words for one in found) == ["first", "second", "third"]
    assert sealed.isdisjoint(one.id for one in found)
    assert await room.rows(event_inbox) == []
    await room.asks("late")  # and the same time does not come twice
    await errands.run(database, asking.unseal(here.community, here.event, at, 1))
    assert len(await room.opened()) == 3


async def test_a_lost_key_and_a_forged_row_cost_no_other_question(database: Database, clock: MovableClock) -> None:
    """A row that the key did not seal is left out; without the key nothing is taken, and what lies there stays."""
    room = await Room.opens(database, clock)
    await room.asks("whole")
    forged = {"community_id": room.hall.community, "event_id": room.hall.event, "id": b"x" * 16, "question": b"no"}
    await room.hall.does(lambda desk: desk.work.connection.execute(sa.insert(event_inbox).values(**forged)).rowcount)
    await room.unseals()
    assert [one.words for one in await room.opened()] == ["whole"]
    await room.asks("left")
    [here] = await room.rows(event_round)
    await room.hall.does(lambda desk: desk.work.keys.surveys.destroy(here.key_id))
    assert await room.hall.does(lambda desk: rounds(desk).ask(room.hall.event, "more")) is asking.Refused.NO_KEY
    await room.unseals()
    assert len(await room.rows(event_inbox)) == 1
    found = await room.hall.does(lambda desk: switches.look(desk.work))
    assert "the key of questions for 1 of the events" in " ".join(one.words for one in found)


async def test_a_vote_is_one_row_and_the_next_one_has_another_tag(database: Database, clock: MovableClock) -> None:
    """Twice is once; taken back it is gone; tags of one member have nothing in common."""
    room = await Room.opens(database, clock)
    one, two = await room.shows("one", "two")
    before = await database.look(dumped)
    await room.votes(one, 0, 0, 1)
    await room.votes(two, 0)
    after = await database.look(dumped)
    assert {name for name in after if after[name] != before[name]} == {event_vote.name}
    tags = [row.tag for row in await room.rows(event_vote)]
    assert len(set(tags)) == len(tags) == 3
    assert [one.votes for one in sorted(await room.opened(), key=lambda one: one.words)] == [2, 1]
    await room.votes(one, 0, wanted=False)
    mine = await room.hall.does(lambda desk: asked(desk).wanted_by(room.hall.event, room.hall.members[0]))
    assert mine == {two}
    await room.hall.does(lambda desk: asked(desk).move(room.hall.event, two, State.ASIDE, State.SHOWN))
    put = await room.hall.does(lambda desk: asked(desk).vote(room.hall.event, two, "anybody", wanted=True))
    assert not put


async def test_the_order_of_votes_is_gone_at_the_next_announced_time(database: Database, clock: MovableClock) -> None:
    """All of them lie there as written at once, in the order of their tags; none is lost."""
    room = await Room.opens(database, clock, people=8)
    one, two = await room.shows("one", "two")
    for who in range(8):
        await room.votes(one if who % 2 else two, who)
    there = {(row.question_id, row.tag) for row in await room.rows(event_vote)}
    await room.unseals(least=3)
    rows = await room.rows(event_vote)
    assert {(row.question_id, row.tag) for row in rows} == there
    if not isinstance(database, Sqlite):
        query = sa.text("SELECT xmin::text, question_id, tag FROM event_vote ORDER BY ctid")
        lying = await database.look(lambda work: work.connection.execute(query).all())
        assert len({row.xmin for row in lying}) == 1
        assert [row.tag for row in lying] == [row.tag for row in sorted(lying, key=lambda row: (row[1], row[2]))]


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_merged_votes_count_each_member_once(data: st.DataObject, sqlite_url: str, keys: Any) -> None:
    """Whoever wanted any of several wants the one in their place, once; all others keep their votes."""
    wanted = [data.draw(st.sets(st.integers(0, 7))) for _ in range(4)]
    some = data.draw(st.sets(st.integers(0, 3), min_size=2))

    async def tell() -> None:
        clock = MovableClock()
        from storage.engine import database as opened  # noqa: PLC0415 - beside the fixture of the same name

        database = opened(sqlite_url, keys, clock)
        await database.open()
        try:
            room = await Room.opens(database, clock, people=8)
            ids = await room.shows("0", "1", "2", "3")
            for id_, who in zip(ids, wanted, strict=True):
                await room.votes(id_, *who)
            merged = [ids[number] for number in some]
            new = await room.hall.does(lambda desk: asked(desk).merge(room.hall.event, merged, "all"))
            left: dict[bytes | None, int] = {one.id: one.votes for one in await room.opened(State.SHOWN)}
            expected: dict[bytes | None, int] = {
                ids[number]: len(wanted[number]) for number in range(4) if number not in some
            }
            assert left == {**expected, new: len(set().union(*(wanted[number] for number in some)))}
        finally:
            await database.close()

    asyncio.run(tell())


async def test_the_end_leaves_words_and_numbers(database: Database, clock: MovableClock) -> None:
    """The key, what was not opened, who wanted what, and what was set aside go; a number below five is none."""
    room = await Room.opens(database, clock, people=7)
    many, few, aside = await room.shows("many", "few", "aside")
    await room.votes(many, *range(6))
    await room.votes(few, 0)
    await room.hall.does(lambda desk: asked(desk).move(room.hall.event, aside, State.ASIDE, State.SHOWN))
    await room.asks("never read")
    await room.ends()
    assert not await room.has_key()
    assert await room.rows(event_inbox) == await room.rows(event_vote) == []
    assert {one.words: one.votes for one in await room.opened()} == {"many": 6, "few": 0}
    assert await room.hall.does(lambda desk: rounds(desk).ask(room.hall.event, "?")) is asking.Refused.CLOSED
    await room.ends()
    forgotten = await room.hall.does(lambda desk: asking.forget(desk.work))
    assert forgotten == 0
    clock.forward(timedelta(days=120))
    assert await room.hall.does(lambda desk: asking.forget(desk.work)) == 1
    assert await room.rows(event_question) == await room.rows(event_round) == []


async def test_an_event_that_is_off_keeps_nothing(database: Database, clock: MovableClock) -> None:
    """Not a word; and a process that ended before the key was destroyed has it destroyed by the next sweep."""
    room = await Room.opens(database, clock)
    await room.shows("why?")
    await room.hall.does(lambda desk: Events(desk.work, room.hall.community).cancel(room.hall.event))
    await room.hall.does(lambda desk: rounds(desk).end(room.hall.event, off=True))
    assert await room.has_key()
    await room.hall.does(lambda desk: closing.sweep(desk.work))
    assert not await room.has_key()
    assert await room.opened() == []


async def test_the_sweep_spares_a_round_that_is_open(database: Database, clock: MovableClock) -> None:
    """However old its key is."""
    room = await Room.opens(database, clock)
    await room.hall.does(lambda desk: closing.sweep(desk.work))
    assert await room.has_key()


async def test_whoever_leaves_wants_nothing_and_two_accounts_want_it_once(
    database: Database, clock: MovableClock
) -> None:
    """A member who leaves takes their votes along; of two who are one, one vote stays for each question."""
    room = await Room.opens(database, clock)
    one, two = await room.shows("one", "two")
    await room.votes(one, 0, 1, 2)
    await room.votes(two, 1)
    ada, ben, cat = room.hall.members[:3]
    await room.hall.does(lambda desk: leaving.leave(desk.work, room.hall.community, ada))
    assert len(await room.rows(event_vote)) == 3
    await room.hall.does(lambda desk: asked(desk).forget(ben, instead=cat))
    mine = await room.hall.does(lambda desk: asked(desk).wanted_by(room.hall.event, cat))
    assert mine == {one, two}
    assert len(await room.rows(event_vote)) == 2
