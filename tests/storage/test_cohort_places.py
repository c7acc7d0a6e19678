"""A place in a fixed team, and a seat for one date: what becomes of them, step by step."""

import asyncio
from collections import Counter
from datetime import timedelta
from functools import partial
from typing import Any

from storage import cohorts
from storage.clock import MovableClock
from storage.cohorting import Place, Stage
from storage.cohorts import No
from storage.engine import Database
from storage.people import People
from storage.seating import Standing
from storage.seats import Refused, Seated, Waiting, Why
from storage.standins import MARK, StandIns
from storage.team_seats import Cohort
from tests.storage.crews import begins, ids, joins, leaves, of
from tests.storage.hall import Desk, Hall


async def test_a_place_that_comes_free(database: Database, clock: MovableClock) -> None:
    """It is kept for a day for the first in line, then for the next; who takes it has the seats of all coming dates."""
    hall = await Hall.settle(database, clock, 8)
    series = await hall.does(begins(hall, 1, teams=1))
    for number in range(6):
        place = await hall.does(partial(joins, series, hall.members[number]))
        assert isinstance(place, Place)
        assert (place.state, place.line) == ((Stage.IN, 0) if number < 4 else (Stage.WAITING, number - 3))
    await hall.does(lambda desk: of(desk).form(series, [hall.members[:4]]))
    assert await hall.does(lambda desk: of(desk).tell(series)) == 4

    def going(desk: Desk) -> list[list[int]]:
        found = of(desk).get(series)
        assert found
        shelf = desk.seats
        return [
            sorted(hall.members.index(s.member) for s in shelf.going(one.id, one.parts[0].id)) for one in found.dates
        ]

    assert await hall.does(going) == [[0, 1, 2, 3]] * 3
    await hall.does(lambda desk: of(desk).leave(series, hall.members[0]))
    assert await hall.does(going) == [[1, 2, 3]] * 3
    offered = await hall.does(lambda desk: ids(desk, series))
    assert (offered[hall.members[4]].state, offered[hall.members[4]].team) == (Stage.OFFERED, 1)
    clock.forward(timedelta(hours=25))
    assert not await hall.does(lambda desk: of(desk).claim(series, hall.members[4]))
    await hall.does(lambda desk: of(desk).lapse(series))
    assert await hall.does(lambda desk: of(desk).claim(series, hall.members[5]))
    assert await hall.does(going) == [[1, 2, 3, 5]] * 3
    clock.forward(timedelta(days=40))
    await hall.does(lambda desk: of(desk).leave(series, hall.members[1]))
    assert await hall.does(going) == [[1, 2, 3, 5], [2, 3, 5], [2, 3, 5]]  # who was there stays noted
    assert await hall.does(lambda desk: of(desk).join(series, hall.members[6], None)) is No.LATE
    clock.forward(timedelta(days=200))
    assert await database.tx(cohorts.forget) == 4  # with whoever was not told that it lapsed


async def test_a_seat_for_one_date(database: Database, clock: MovableClock) -> None:
    """It is offered to one of those who wait at a time, in their order; other dates and the line stay the same."""
    hall = await Hall.settle(database, clock, 8)
    series = await hall.does(begins(hall, 1, teams=1))
    for number in range(7):
        await hall.does(partial(joins, series, hall.members[number]))

    def stands(desk: Desk, date: int = 0) -> dict[int, Standing]:
        found = of(desk).get(series)
        assert found
        event = found.dates[date]
        sitting = desk.seats.sitters(event.id, event.parts[0].id)
        return {hall.members.index(one.member): one.state for one in sitting}

    def part_of(desk: Desk) -> tuple[str, str]:
        found = of(desk).get(series)
        assert found
        return found.dates[0].id, found.dates[0].parts[0].id

    event, first = await hall.does(part_of)

    def lend(desk: Desk) -> Any:
        return StandIns(desk.work, hall.community).lend(event, hall.members[0])

    assert await hall.does(lend) is None  # it is still theirs
    await hall.does(lambda desk: desk.seats.release(first, desk.member(0)))
    assert hall.names(await hall.does(lend)) == [4]
    assert (await hall.does(stands))[4] is Standing.OFFERED
    freed = await hall.does(lambda desk: desk.seats.release(first, desk.member(4)))
    assert hall.names(freed.moved) == [5]
    assert await hall.does(lend) == []  # one seat, one guest
    clock.forward(timedelta(hours=25))
    assert hall.names(await hall.does(lambda desk: desk.seats.lapse())) == [5, 6]
    assert (await hall.does(lambda desk: desk.seats.claim(first, desk.member(6)))).said == Seated()
    back = await hall.does(lambda desk: desk.seats.answer(first, desk.member(0), going=True))
    assert back.said == Waiting(1)
    assert await hall.does(lambda desk: stands(desk, 1)) == dict.fromkeys(range(4), Standing.GOING)
    places = await hall.does(lambda desk: ids(desk, series))
    assert [places[hall.members[n]].line for n in range(7)] == [0, 0, 0, 0, 1, 2, 3]
    assert (await hall.does(lambda desk: desk.seats.answer(first, desk.member(7), going=True))).said == Refused(
        Why.TEAM
    )


async def test_many_at_once(database: Database, clock: MovableClock) -> None:
    """Twelve join and half of them leave in the same moment, while others answer: nobody too many, nobody twice."""
    hall = await Hall.settle(database, clock, 12)
    series = await hall.does(begins(hall, 1, teams=2))
    await asyncio.gather(*(hall.does(partial(joins, series, who)) for who in hall.members))
    places = await hall.does(lambda desk: ids(desk, series))
    assert Counter(one.state for one in places.values()) == {Stage.IN: 8, Stage.WAITING: 4}
    inside = [who for who, one in places.items() if one.state is Stage.IN]
    await hall.does(lambda desk: of(desk).form(series, [inside[:4], inside[4:]]))
    waiting = sorted((one.line, who) for who, one in places.items() if one.state is Stage.WAITING)

    def away(number: int, desk: Desk) -> None:
        found = of(desk).get(series)
        here = People(desk.work, hall.community).get(inside[number])
        assert found
        assert here
        desk.seats.answer(found.dates[0].parts[0].id, here, going=False)

    await asyncio.gather(
        hall.does(lambda desk: of(desk).tell(series)),
        *(hall.does(partial(leaves, series, who)) for who in inside[:2]),
        *(hall.does(partial(away, number)) for number in range(4, 8)),
    )
    await asyncio.gather(*(hall.does(lambda desk, who=who: of(desk).claim(series, who)) for _, who in waiting))  # type: ignore[misc] # bound now
    after = await hall.does(lambda desk: ids(desk, series))
    assert [after[who].state for _, who in waiting] == [Stage.IN] * 2 + [Stage.WAITING] * 2
    assert Counter(one.team for one in after.values() if one.state is Stage.IN) == {1: 4, 2: 4}

    def seats(desk: Desk) -> list[int]:
        found = of(desk).get(series)
        assert found
        return [len(desk.seats.going(one.id, one.parts[0].id)) for one in found.dates]

    assert await hall.does(seats) == [4, 8, 8]


async def test_a_no_is_silence(database: Database, clock: MovableClock) -> None:
    """Whoever asked to change dates sees the same after a no as before; a yes after a day changes nothing."""
    hall = await Hall.settle(database, clock, 4)
    series = await hall.does(begins(hall, 2, teams=2))
    for who in hall.members:
        await hall.does(partial(joins, series, who))
    await hall.does(lambda desk: of(desk).form(series, [hall.members[:2], hall.members[2:]]))
    await hall.does(lambda desk: of(desk).tell(series))
    [one, _, two, three] = hall.members

    def date(desk: Desk) -> tuple[Cohort, str]:
        found = of(desk).get(series)
        assert found
        return found, found.dates[0].id

    def seen(desk: Desk) -> tuple[Any, ...]:
        found, event = date(desk)
        shelf, tag = StandIns(desk.work, hall.community), of(desk).tag(series, one)
        asked = shelf.asked(found, tag)
        stands = [(stand.part.id, stand.state) for stand in desk.seats.standing(one, found.dates)]
        return asked and (asked.event, asked.until), stands, shelf.ask(event, one, three)

    async def answers(*, yes: bool) -> bool:
        asker = await hall.does(lambda desk: of(desk).tag(series, one).hex()[:MARK])
        return await hall.does(lambda desk: StandIns(desk.work, hall.community).answer(series, two, asker, yes=yes))

    assert await hall.does(lambda desk: StandIns(desk.work, hall.community).ask(date(desk)[1], one, two))
    before = await hall.does(seen)
    assert await answers(yes=False)
    assert await hall.does(seen) == before
    assert not await answers(yes=True)  # it was answered
    clock.forward(timedelta(hours=25))
    assert await hall.does(lambda desk: StandIns(desk.work, hall.community).ask(date(desk)[1], one, two))
    clock.forward(timedelta(hours=25))
    assert not await answers(yes=True)
