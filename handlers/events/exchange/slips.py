"""Whose cards can be read at an event: of those who come, and can still be seen as they could when they agreed to it.

So a card rests by itself when its owner does not come, or hides, and when the event or its cards are off: nobody has
to think of it, and nothing is left where it was shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from storage.events import Event, State
from storage.exchange import Exchange, Slip
from storage.grouping import Grouping
from storage.people import Member, People
from storage.seating import Standing
from storage.seats import Seats
from storage.work import Work

OPEN = timedelta(days=30)  # after the end
THERE = (Standing.GOING, Standing.CAME)


@dataclass(frozen=True, slots=True)
class Shown:
    """A card that can be read.  `key` is what buttons call it."""

    key: str
    member: Member
    slip: Slip


def is_open(work: Work, community: str, event: Event) -> bool:
    """Whether cards can be written and read."""
    on = event.state is State.ANNOUNCED and work.now < event.ends_at + OPEN
    return on and Grouping(work, community).get(event.id).exchange


def is_coming(work: Work, event: Event, member: Member) -> bool:
    """Whether they come, or came, to any part."""
    return any(one.state in THERE for one in Seats(work, member.community.id).standing(member.id, [event]))


def readable(work: Work, community: str, event: Event) -> Mapping[str, Shown]:
    """All that can be read, by key, in nobody's order."""
    shelf = Exchange(work, community)
    slips = shelf.all(event.id) if is_open(work, community, event) else {}
    if not slips:
        return {}
    seats = Seats(work, community)
    coming = {one.member for part in event.parts for one in seats.sitters(event.id, part.id, *THERE)}
    people = {one.id: one for one in People(work, community).some(coming & slips.keys())}
    found = [Shown(shelf.key(event.id, who), people[who], slip) for who, slip in slips.items() if who in people]
    return {one.key: one for one in found if one.member.level >= one.slip.level}
