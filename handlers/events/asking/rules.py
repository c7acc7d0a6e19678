"""When questions are opened, who may ask any, and in which order they stand; pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from math import ceil, floor

from storage import moments
from storage.asked import Question
from storage.events import Event
from storage.moments import HOUR
from storage.people import Member
from storage.presets import K
from storage.programme import Part
from storage.seats import kind_of

QUARTER = timedelta(minutes=15)  # while a part goes on
DAILY = time(18)  # by the clocks of the event
LEAST = 3  # so many are opened together on a day before; at the last time before a part, and during it, any number
MOST = 5  # questions of a member for an event


def last(parts: Sequence[Part], now: datetime) -> datetime | None:
    """The latest announced time that has come."""
    return max((at for at in _near(parts, now) if at <= now), default=None)


def following(parts: Sequence[Part], now: datetime) -> datetime | None:
    """The next announced time; None when nothing that is asked now would ever be opened."""
    return min((at for at in _near(parts, now) if at > now), default=None)


def least(parts: Iterable[Part], at: datetime) -> int:
    """How many must lie there for them to be opened at an announced time."""
    urgent = (part.starts_at - HOUR == at or part.starts_at <= at < part.ends_at for part in parts)
    return 1 if any(urgent) else LEAST


def _near(parts: Sequence[Part], now: datetime) -> Iterator[datetime]:
    """Announced times, of each kind the last one up to now and the next one."""
    for part in parts:
        yield part.starts_at - HOUR
        at, end = floor((now - part.starts_at) / QUARTER), ceil((part.ends_at - part.starts_at) / QUARTER) - 1
        yield from (part.starts_at + QUARTER * min(max(0, step), end) for step in (at, at + 1))
    zone, over = min(parts, key=lambda part: part.starts_at).zone, max(part.ends_at for part in parts)
    today = moments.wall(now, zone).date()
    for days in (-1, 0, 1):
        at_six = moments.instant(datetime.combine(today + timedelta(days=days), DAILY), zone)
        if at_six < over and not any(part.starts_at <= at_six < part.ends_at for part in parts):
            yield at_six


def may_come(event: Event, members: Iterable[Member]) -> int:
    """How many of these may come to an event."""
    kinds = map(kind_of, members)
    return sum(kind is None or event.details.admits(kind) for kind in kinds)


def ranked(some: Iterable[Question]) -> list[Question]:
    """Those that most want first.  Below `K` votes make no difference: an order would say what a number may not."""
    return sorted(some, key=lambda one: (-one.votes if one.votes >= K else 0, one.id))


def id_of(typed: str) -> bytes:
    """The id of a question, as a button holds it."""
    try:
        return bytes.fromhex(typed)
    except ValueError:
        return b""
