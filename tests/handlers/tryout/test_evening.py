"""The evening of the fictional community lives by itself: seats go down the line, and most of them come."""

from datetime import timedelta

from handlers.tryout import evening
from handlers.tryout.evening import CANNOT, SEATS, SIGN_UPS, STAY
from storage.attendance import Attendance
from storage.events import Event
from storage.outbox import Outbox, State
from storage.seating import Counts
from storage.seats import Seats
from tests.handlers.tryout.conftest import World


async def test_the_evening_is_full_and_everybody_behaves(world: World) -> None:
    """Twenty-five for twenty seats; six cannot come, five move up and are told; at the door most of them arrive."""
    found = await world.database.look(lambda work: evening.of(work, world.community, evening.TITLE))
    assert found

    async def counts(event: Event) -> list[Counts]:
        return await world.database.look(
            lambda work: [Seats(work, world.community).counts(event.id, part.id) for part in event.parts]
        )

    talk, supper = await counts(found)
    assert (talk.going, talk.waiting, supper.going) == (SEATS, SIGN_UPS - SEATS, STAY)
    await world.tryout.forward(found.starts_at - timedelta(minutes=40) - world.tryout.now())
    talk, _ = await counts(found)
    assert (talk.going, talk.waiting) == (SIGN_UPS - CANNOT, 0)
    assert talk.going // 2 < talk.here <= talk.going
    sent = await world.database.look(lambda work: Outbox(work, world.community).last(limit=200, state=State.SENT))
    kinds = [one.kind for one in sent]
    assert kinds.count("events.day") > SEATS // 2
    assert kinds.count("events.hour") > SEATS // 2
    await world.tryout.forward(timedelta(days=1))
    came = await world.database.look(lambda work: Attendance(work, world.community).came(found))
    assert len(came) >= talk.here
    assert await world.database.look(lambda work: evening.of(work, world.community, evening.TITLE)) is None
