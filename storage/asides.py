"""What the clock finds to do about events, across communities; and what hidden members are to be told of them.

No row may say that a hidden member was told something, so what they are to be told waits as an aside: a mark of the
event that says what happened, and names nobody.  Whoever takes it reckons from the seats whom it is for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from storage.events import State
from storage.places import OWED, Places
from storage.seating import Standing
from storage.tables import event, event_mark, event_seat
from storage.work import Shelf, Work

AT_ONCE = 200
_ASIDE, _LOST = "aside:", "lost"
_TAG = 16  # bytes of a seat's tag that are enough to know it by


@dataclass(frozen=True, slots=True)
class Aside:
    """Something that happened to an event; `what` is a word, with more after a colon."""

    community: str
    event: str
    what: str


class Asides(Shelf):
    """The asides of one community."""

    def leave(self, event_id: str, what: str) -> None:
        """Its hidden members are to be told this once."""
        self._put_once(event_mark, event_id=event_id, what=f"{_ASIDE}{what}")

    def lose(self, event_id: str, part_id: str, member_id: str) -> None:
        """A hidden member lost a seat with its part: nothing else will know whose it was."""
        tag = Places(self.work, self.community).tag(part_id, member_id)[:_TAG].hex()
        self.leave(event_id, f"{_LOST}:{part_id}:{tag}")

    def lost_by(self, what: str) -> str | None:
        """Who lost a seat, by such an aside; None when it is another one, or they are no members any more."""
        word, _, rest = what.partition(":")
        part_id, _, tag = rest.rpartition(":")
        if word != _LOST:
            return None
        places = Places(self.work, self.community)
        everybody = (one.id for one in places.members() if one.hidden)
        return next((one for one in everybody if places.tag(part_id, one)[:_TAG].hex() == tag), None)


def take_everywhere(work: Work) -> list[Aside]:
    """All asides; they are told by whoever takes them, once."""
    gone = sa.delete(event_mark).where(event_mark.c.what.startswith(_ASIDE, autoescape=True))
    rows = work.connection.execute(gone.returning(event_mark)).all()
    return sorted(
        (Aside(row.community_id, row.event_id, row.what.removeprefix(_ASIDE)) for row in rows),
        key=lambda one: (one.community, one.event, one.what),
    )


def owing_everywhere(work: Work) -> Sequence[str]:
    """Communities in which somebody has not been told how they stand now, see `storage.seats.Seats.owed`."""
    return work.connection.execute(sa.select(event_seat.c.community_id).where(OWED).distinct()).scalars().all()


def lapsed_everywhere(work: Work) -> Sequence[str]:
    """Communities in which the day of an offered seat is over."""
    late = (event_seat.c.state == str(Standing.OFFERED), event_seat.c.until <= work.now)
    return work.connection.execute(sa.select(event_seat.c.community_id).where(*late).distinct()).scalars().all()


def unclocked_everywhere(work: Work) -> Sequence[tuple[str, str]]:
    """Events that were announced, changed or cancelled since their schedules were set, with their communities."""
    new = (~event.c.clocked, event.c.state != str(State.DRAFT))
    rows = work.connection.execute(sa.select(event.c.community_id, event.c.id).where(*new).limit(AT_ONCE)).all()
    return [(community, event_id) for community, event_id in rows]


class Clocked(Shelf):
    """Whether the schedules of events are set."""

    def done(self, event_id: str) -> None:
        """They are, as the event is in this transaction."""
        self.run(self._change(event).where(event.c.id == event_id).values(clocked=True))
