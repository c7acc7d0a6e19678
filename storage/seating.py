"""Who gets a free seat: pure, and the one place that decides it.

Seats are given in the order of the line.  Whoever needs more seats than are left is waited for, so that nobody behind
them passes; but where only the share of one kind of attendee is full, the others go on.  A party is seated as a whole.
Somebody who answers while seats are free stands in line, too, and is seated by the same rule at once.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.programme import Attendee, Part


class Standing(StrEnum):
    """How somebody stands in one part."""

    GOING = "going"
    OFFERED = "offered"  # a seat is kept for them until a time; it is taken, too
    WAITING = "waiting"
    CANNOT = "cannot"
    CAME = "came"  # came without a seat

    @property
    def holds(self) -> bool:
        """Whether a seat is theirs."""
        return self in {Standing.GOING, Standing.OFFERED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """What somebody answered to one part."""

    tag: bytes
    state: Standing
    kind: Attendee
    guests: int = 0
    line: int = 0
    until: datetime | None = None
    here: bool = False
    owed: str = ""

    @property
    def size(self) -> int:
        """How many seats they need."""
        return 1 + self.guests


@dataclass(frozen=True, slots=True)
class Taken:
    """How many seats are taken, those on offer among them."""

    kinds: Mapping[Attendee, int]

    @property
    def total(self) -> int:
        """Of all kinds."""
        return sum(self.kinds.values())

    def more(self, kind: Attendee, seats: int) -> "Taken":
        """With so many more."""
        return Taken(Counter(self.kinds) + Counter({kind: seats}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many, hidden members among them; of seats, guests too."""

    kinds: Mapping[Attendee, int]  # seats that are taken, by kind
    going: int = 0  # seats
    offered: int = 0  # seats that are kept
    waiting: int = 0  # seats that are waited for
    cannot: int = 0  # answers
    here: int = 0  # members who came
    strangers: int = 0  # people who came and are no members

    @property
    def taken(self) -> Taken:
        """Seats that are taken."""
        return Taken(self.kinds)

    @property
    def came(self) -> int:
        """Everybody who came, as far as it was noted."""
        return self.here + self.strangers


def largest(part: Part, kind: Attendee) -> int | None:
    """The most seats that somebody of this kind could ever have at once; None: any number."""
    limits = [limit for limit in (part.capacity, part.shares.get(kind)) if limit is not None]
    return min(limits, default=None)


def fits(part: Part, taken: Taken, kind: Attendee, seats: int) -> bool:
    """Whether so many more seats are free for this kind."""
    share = part.shares.get(kind)
    whole = part.capacity is None or taken.total + seats <= part.capacity
    return whole and (share is None or taken.kinds.get(kind, 0) + seats <= share)


def overfull(part: Part, taken: Taken) -> bool:
    """Whether more seats are taken than there are, of the whole or of one kind."""
    if part.capacity is not None and taken.total > part.capacity:
        return True
    return any(taken.kinds.get(kind, 0) > share for kind, share in part.shares.items())


def seated(part: Part, taken: Taken, waiting: Iterable[Seat]) -> Sequence[Seat]:
    """Of those who wait, whoever gets a seat now, in the order of the line."""
    chosen: list[Seat] = []
    full: set[Attendee] = set()
    for one in sorted(waiting, key=lambda seat: seat.line):
        most = largest(part, one.kind)
        if one.kind in full or (most is not None and one.size > most):  # a party that never fits keeps nobody waiting
            continue
        share = part.shares.get(one.kind)
        if share is not None and taken.kinds.get(one.kind, 0) + one.size > share:
            full.add(one.kind)
        elif not fits(part, taken, one.kind, one.size):
            break
        else:
            chosen.append(one)
            taken = taken.more(one.kind, one.size)
    return chosen
