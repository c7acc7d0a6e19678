"""What hidden members are told about events: once, by messages that no row tells of."""

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta

import pytest

from bot.cards import Text
from bot.language import Reader
from bot.surface import Parcel
from handlers.events import nudges, quiet, telling, texts
from storage.asides import Asides
from storage.clock import MovableClock
from storage.engine import Database
from storage.outbox import Outbox
from storage.people import People
from storage.presets import Level
from storage.programme import Waitlist
from storage.tables import event_mark
from storage.work import Work
from tests.storage.hall import Desk, Hall, part

JA = Reader("ja")
SEEN, HIDDEN, OTHER = range(3)


@pytest.fixture
async def hall(database: Database, clock: MovableClock) -> Hall:
    """Three members; the second and the third are hidden."""
    return await Hall.settle(database, clock, people=3, hidden=2)


async def whispered(hall: Hall) -> list[tuple[int, str]]:
    """Whom the clock whispers to, and how each message begins."""

    def anybody(_work: Work, _community: str, members: Collection[str], _kind: str) -> Collection[str]:
        return members

    def take(work: Work) -> Sequence[Parcel]:
        return quiet.quiet(work, anybody)

    parcels = await hall.database.tx(take)
    assert all(one.untraced for one in parcels)
    begins = [one.card.pieces[0] for one in parcels]
    users = [int(one.to.user.removeprefix("U")) for one in parcels]
    return sorted(zip(users, (one.text if isinstance(one, Text) else "" for one in begins), strict=True))


async def does(hall: Hall, deed: Callable[[Work, str, Desk], object]) -> None:
    """In a transaction of its own."""
    await hall.does(lambda desk: deed(desk.work, hall.community, desk))


async def test_changes_are_told_together_and_once(hall: Hall) -> None:
    """Two changes are one message, to whoever comes or waits; the next look has nothing more to say."""
    event = await hall.announces(part(capacity=1), part(place={"ja": "港"}))
    await hall.answers(HIDDEN)
    await hall.answers(OTHER)
    await hall.answers(SEEN, part=1)

    def change(work: Work, community: str, desk: Desk) -> None:
        one, two = desk.event.parts
        for parts in (
            [one.model_copy(update={"link": "https://meet.example/a"}), two],
            [one.model_copy(update={"place": {"ja": "会館"}}), two],
        ):
            changed = desk.events.change(event.id, desk.event.details, parts)
            assert changed
            telling.changed(work, community, changed)

    await does(hall, change)
    words = telling.change_words(JA, ["link", "place"])
    assert await whispered(hall) == [(HIDDEN, words), (OTHER, words)]
    assert await whispered(hall) == []
    marks = await hall.does(lambda desk: desk.work.connection.execute(event_mark.select()).all())
    assert marks == []


async def test_a_seat_that_goes_with_its_part_is_told(hall: Hall) -> None:
    """Whose it was is known by a tag alone, and to nobody else."""
    event = await hall.announces(part(), part("2035-04-21T18:00"))
    await hall.answers(SEEN, part=1)
    await hall.answers(HIDDEN, part=1)

    def drop(work: Work, community: str, desk: Desk) -> None:
        changed = desk.events.change(event.id, desk.event.details, desk.event.parts[:1], dropping=True)
        assert changed
        telling.moved(work, community, changed.moved)

    await does(hall, drop)
    marks = await hall.does(lambda desk: desk.work.connection.execute(event_mark.select()).all())
    assert all(member not in mark.what for mark in marks for member in hall.members)
    assert await whispered(hall) == [(HIDDEN, JA(texts.TOLD_PART_GONE))]
    told = await hall.does(lambda desk: Outbox(desk.work, hall.community).last())
    assert [one.member for one in told] == [hall.members[SEEN]]


async def test_a_held_seat_is_told_and_goes_on_when_its_day_is_over(hall: Hall) -> None:
    """The first in line is offered the seat; a day later the next one is, and both hear it."""
    await hall.announces(part(capacity=1), waitlist=Waitlist.CLAIM)
    for number in (SEEN, HIDDEN, OTHER):
        await hall.answers(number)
    await hall.answers(SEEN, going=False)
    [(first, said)] = await whispered(hall)
    assert (first, said[:8]) == (HIDDEN, JA(texts.TOLD_HELD, until="")[:8])
    hall.clock.forward(timedelta(hours=24, minutes=1))
    await does(hall, lambda work, community, _: nudges.lapse(work, community))
    heard = await whispered(hall)
    assert [who for who, _ in heard] == [HIDDEN, OTHER]
    assert heard[0][1] == JA(texts.NOT_HELD)


async def test_whoever_hides_is_forgotten_in_what_was_said(hall: Hall) -> None:
    """Rows that say that somebody comes go when they hide; the invitation, which everybody gets, stays."""
    event = await hall.announces(part())
    await hall.answers(SEEN)

    def tell(work: Work, community: str, desk: Desk) -> None:
        telling.cancelled(work, community, desk.event)
        Outbox(work, community).add(telling.invitations(work, community, desk.event, [hall.members[SEEN]]))
        People(work, community).show(hall.members[SEEN], Level.HIDDEN)
        nudges.hide(work, community, hall.members[SEEN])

    await does(hall, tell)
    left = await hall.does(lambda desk: Outbox(desk.work, hall.community).last())
    assert [one.kind for one in left] == [telling.ANNOUNCED]
    assert event.id


async def test_an_aside_for_somebody_who_is_gone_is_for_nobody(hall: Hall) -> None:
    """A member who left, or shows themselves by now, hears nothing."""
    event = await hall.announces(part())

    def leave(work: Work, community: str, desk: Desk) -> None:
        Asides(work, community).lose(event.id, desk.part(), hall.members[HIDDEN])
        People(work, community).show(hall.members[HIDDEN], Level.MEMBERS)

    await does(hall, leave)
    assert await whispered(hall) == []
