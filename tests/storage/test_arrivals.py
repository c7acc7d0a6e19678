"""The door of an event: its codes, and which seat somebody gets who comes without one."""

from datetime import timedelta

import pytest

from bot.codes import LETTERS, spelled
from storage.arrivals import LENGTH, Arrivals
from storage.attendance import Arrival, Attendance
from storage.clock import MovableClock
from storage.engine import Database
from storage.programme import Attendee
from tests.storage.hall import Hall, part

HOUR = timedelta(hours=1)


async def _arrives(hall: Hall, number: int, kind: Attendee = Attendee.OTHER) -> Arrival:
    return await hall.does(
        lambda desk: Attendance(desk.work, hall.community).arrived(desk.part(0), hall.members[number], kind)
    )


async def test_a_free_seat_goes_to_whoever_stands_at_the_door(database: Database, clock: MovableClock) -> None:
    """Until it begins nobody passes those who wait; then a free seat is taken, and without one they are an extra."""
    hall = await Hall.settle(database, clock, hidden=1)
    event = await hall.announces(part(capacity=3, shares={Attendee.ALUMNI: 1}), kinds=(Attendee.ALUMNI, Attendee.STAFF))
    await hall.answers(0, kind=Attendee.ALUMNI)
    await hall.answers(1, kind=Attendee.ALUMNI)  # waits, since the share of alumni is full
    clock.forward(event.starts_at - HOUR - clock.now())
    assert await _arrives(hall, 2, Attendee.STAFF) is Arrival.EXTRA
    assert await hall.does(lambda desk: Attendance(desk.work, hall.community).left(desk.part(0), hall.members[2]))
    clock.forward(HOUR)
    came = [await _arrives(hall, number, Attendee.STAFF) for number in (2, 7)]
    assert came == [Arrival.WALKED_IN, Arrival.WALKED_IN]  # the last of them is hidden
    assert await _arrives(hall, 1) is Arrival.EXTRA  # no seat of their kind, and none at all
    assert await _arrives(hall, 3, Attendee.OTHER) is Arrival.EXTRA  # it is not for them
    counts = await hall.counts()
    assert (counts.going, counts.waiting, counts.here) == (3, 0, 4)
    clock.forward(part().ends_at - part().starts_at)
    assert await _arrives(hall, 4, Attendee.STAFF) is Arrival.EXTRA  # noted afterwards: no seat is taken any more
    for _ in range(3):
        await hall.does(lambda desk: Attendance(desk.work, hall.community).stranger(desk.part(0)))
    assert (await hall.counts()).came == 8


async def test_codes_find_their_doors(database: Database, clock: MovableClock) -> None:
    """Each part has six letters of its own, typed in any way; none is found a day after the end, or elsewhere."""
    hall = await Hall.settle(database, clock)
    event = await hall.announces(part(), part())

    async def at(typed: str, community: str = "") -> str | None:
        found = await hall.does(lambda desk: Arrivals(desk.work, community or hall.community).at(typed))
        return found[1].id if found else None

    codes = [await hall.does(lambda desk, n=n: Arrivals(desk.work, hall.community).code(desk.part(n))) for n in (0, 1)]  # type: ignore[misc] # bound now
    assert len({*codes}) == 2
    assert all(len(code) == LENGTH and set(code) <= set(LETTERS) for code in codes)
    for typed in (codes[1], codes[1].lower(), spelled(codes[1]), f" {codes[1][:3]} {codes[1][3:]} "):
        assert await at(typed) == event.parts[1].id
    assert await at(codes[0], "elsewhere") is None
    clock.forward(event.ends_at - clock.now() + timedelta(hours=23))
    assert await at(codes[0]) == event.parts[0].id
    clock.forward(2 * HOUR)
    assert await at(codes[0]) is None


@pytest.mark.parametrize("typed", ["", "A", "ABCDEFG", "　", "<script>", "A" * 1000])
async def test_what_is_no_code_finds_nothing(database: Database, clock: MovableClock, typed: str) -> None:
    """Whatever is typed is compared, and nothing breaks."""
    hall = await Hall.settle(database, clock)
    await hall.announces(part())
    assert await hall.does(lambda desk: Arrivals(desk.work, hall.community).at(typed)) is None
