"""What is on the agenda of a meeting's next date; pure.

Items are taken in their order, each that still fits; what does not fit stays where it is, so that it comes first next
time.  The first item is always taken: one that is longer than the whole meeting would never come.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor

from storage.meetings import Item
from storage.programme import Part

REMINDED = timedelta(days=2)  # before the day until which something is to be done
BACK = 14  # days at most that a reminder comes earlier, for want of a working day


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is for a date, and what stays for the next; `room` and `taken` in minutes."""

    items: Sequence[Item]
    left: Sequence[Item]
    room: int
    fixed: bool = False

    @property
    def taken(self) -> int:
        """How long its items take."""
        return sum(one.topic.minutes for one in self.items)


def room(part: Part) -> int:
    """How many minutes a part has."""
    return floor((part.ends_at - part.starts_at) / timedelta(minutes=1))


def agenda(open_: Sequence[Item], fixed: Sequence[str] | None, minutes: int) -> Agenda:
    """The agenda of the next date, from the open items in their order; of those that were `fixed`, where they were."""
    if fixed is not None:
        chosen = [one for one in open_ if one.id in fixed]
        return Agenda(chosen, [one for one in open_ if one.id not in fixed], minutes, fixed=True)
    items, left, spent = list[Item](), list[Item](), 0
    for one in open_:
        if not items or spent + one.topic.minutes <= minutes:
            items.append(one)
            spent += one.topic.minutes
        else:
            left.append(one)
    return Agenda(items, left, minutes)


def reminded_on(until: date, works: Callable[[date], bool]) -> date:
    """The day on which whoever has something to do is reminded: a working day, not later than two days before."""
    days = (until - REMINDED - timedelta(days=number) for number in range(BACK))
    return next((day for day in days if works(day)), until - REMINDED)
