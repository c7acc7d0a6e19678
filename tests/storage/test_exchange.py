"""What is looked for and offered at an event, and who would talk with whom: kept, taken back, and forgotten."""

from datetime import timedelta

import sqlalchemy as sa

from storage import exchange, leaving
from storage.attendance import Attendance
from storage.clock import MovableClock
from storage.engine import Database
from storage.exchange import KEPT, LINE_MAX, NO_TALK, REACH_MAX, Exchange, Said, Slip, Talk
from storage.tables import event_slip, event_talk
from tests.storage.hall import Desk, Hall

ASKS, NO, YES = Talk(wants=True), Talk(wants=True, answer=Said.NO, told=True), Talk(wants=True, answer=Said.YES)


def _shelf(desk: Desk) -> Exchange:
    return Exchange(desk.work, desk.hall.community)


def _rows(desk: Desk) -> tuple[int, int]:
    count = (sa.select(sa.func.count()).select_from(table) for table in (event_slip, event_talk))
    slips, talks = (int(desk.work.connection.execute(one).scalar_one()) for one in count)
    return slips, talks


async def _hall(database: Database, clock: MovableClock) -> Hall:
    """Ada asks Ben, who said no, and Cat, who said yes; Dan asks Ada; Ben asks Cat."""
    hall = await Hall.settle(database, clock, people=5)
    await hall.announces()
    ada, ben, cat, dan, _ = hall.members

    def write(desk: Desk) -> None:
        shelf = _shelf(desk)
        for who in (ada, ben, cat, dan):
            shelf.write(hall.event, who, Slip(seeks=who))
        for asker, asked, talk in ((ada, ben, NO), (ada, cat, YES), (dan, ada, ASKS), (ben, cat, ASKS)):
            shelf.put(hall.event, asker, asked, talk)

    await hall.does(write)
    return hall


async def test_a_slip_that_goes_takes_everything_along_but_a_no(database: Database, clock: MovableClock) -> None:
    """Its owner wants nothing and is wanted no more; who said no to them is not asked again; others keep theirs."""
    hall = await _hall(database, clock)
    ada, ben, cat, dan, eva = hall.members

    def story(desk: Desk) -> None:
        shelf = _shelf(desk)
        assert shelf.talks(hall.event, ada, [ben, cat, ada]) == {ben: (NO, NO_TALK), cat: (YES, NO_TALK)}
        assert shelf.drop(hall.event, ada)
        assert not shelf.drop(hall.event, eva)
        assert [shelf.events(who) for who in (ada, ben)] == [[], [hall.event]]
        assert set(shelf.all(hall.event)) == {ben, cat, dan}
        left = {ben: (NO.model_copy(update={"wants": False}), NO_TALK), cat: (NO_TALK,) * 2, dan: (NO_TALK,) * 2}
        assert shelf.talks(hall.event, ada, [ben, cat, dan]) == left
        assert shelf.talks(hall.event, cat, [ben]) == {ben: (NO_TALK, ASKS)}

    await hall.does(story)


async def test_whoever_leaves_the_community_is_forgotten(database: Database, clock: MovableClock) -> None:
    """No slip and no pair with them is left; a merged member keeps what stood for either."""
    hall = await _hall(database, clock)
    ada, ben, cat, dan, eva = hall.members

    def merge(desk: Desk) -> None:
        Attendance(desk.work, hall.community).merge(ada, eva)
        _shelf(desk).merge(ada, eva)
        assert _shelf(desk).of(hall.event, eva) == Slip(seeks=ada)
        assert _shelf(desk).talks(hall.event, eva, [ben, cat, dan]) == {
            ben: (NO, NO_TALK),
            cat: (YES, NO_TALK),
            dan: (NO_TALK, ASKS),
        }
        assert _rows(desk) == (4, 4)

    def leave(desk: Desk) -> None:
        leaving.leave(desk.work, hall.community, cat)
        assert _rows(desk) == (3, 2)
        leaving.leave(desk.work, hall.community, eva)
        assert _rows(desk) == (2, 0)

    await hall.does(merge)
    await hall.does(leave)


async def test_a_copy_tells_neither_how_much_was_written_nor_what_was_answered(
    database: Database, clock: MovableClock
) -> None:
    """Rows are of one size, whatever is in them, and all is forgotten 90 days after the event."""
    hall = await _hall(database, clock)
    full = Slip(seeks="縁" * LINE_MAX, offers="🌸" * LINE_MAX, reach='"' * REACH_MAX)

    def sizes(desk: Desk) -> None:
        _shelf(desk).write(hall.event, hall.members[0], full)
        assert _shelf(desk).of(hall.event, hall.members[0]) == full
        for table in (event_slip, event_talk):
            rows = desk.work.connection.execute(sa.select(table.c.body_sealed)).scalars()
            assert len({len(row) for row in rows}) == 1

    await hall.does(sizes)
    ends = await hall.does(lambda desk: desk.event.ends_at)
    clock.forward(ends + KEPT - clock.now() - timedelta(minutes=5))
    assert await hall.does(lambda desk: exchange.forget(desk.work)) == 0
    clock.forward(timedelta(minutes=10))
    assert await hall.does(lambda desk: exchange.forget(desk.work)) == 8
    assert await hall.does(_rows) == (0, 0)
