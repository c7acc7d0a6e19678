"""Whether a message we start may be said now: one small budget for all features, polite hours, and falling silent.

Nothing here reads a clock, a database or a platform.  `decide` takes what is known of one member and gives a value; a
message they asked for is always sent.  The defaults and their reasons: `docs/decisions/0017-politeness.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from hashlib import sha256
from zoneinfo import ZoneInfo

from storage.habits import ALL, NOTHING, STEP, Awaited, stretched
from storage.manners import WINDOW, Limits, Manner, Why
from storage.workdays import Calendar

STEP_MINUTES = 15  # messages of a day begin at one of these, so that a community is written to over hours
SPREAD_HOURS = 6  # ... and within so many after its quiet hours end
LOOK_AHEAD = 400  # days in which a working day must come
DIGEST_PRIORITY = 3  # from here on what exceeds the budget does not wait for its own message
NEVER = datetime(9990, 1, 1, tzinfo=UTC)  # a break without an end
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_DAY = timedelta(days=1)


# --- what is decided -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SendNow:
    """It may be said."""


@dataclass(frozen=True, slots=True)
class WaitUntil:
    """It may be said then, as far as is known now; it is decided anew."""

    at: datetime
    why: Why


@dataclass(frozen=True, slots=True)
class InDigest:
    """It is told in one line of the next message that may be said."""

    why: Why


@dataclass(frozen=True, slots=True)
class Drop:
    """It is not said."""

    why: Why


Decision = SendNow | WaitUntil | InDigest | Drop
SEND = SendNow()


# --- a polite moment -----------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def spread(seed: str, size: int) -> int:
    """A number from 0 to size - 1 that is always the same for one seed and even over all of them."""
    return int.from_bytes(sha256(seed.encode()).digest()[:8]) % size


def polite_moment(at: datetime, member: "Standing", seed: str) -> datetime | None:
    """`at`, or the first polite moment after it, spread by `seed`; aware, UTC.  None: there is none in a year."""
    hours = member.limits
    if hours.opens >= hours.closes or at >= NEVER:
        return None
    zone = _zone(member.zone)
    local = at.astimezone(zone)
    day = local.date()
    if member.calendar.works(day):
        if hours.opens <= local.hour < hours.closes:
            return at
        if local.hour < hours.opens:
            return _within(day, hours, zone, seed)
    for _ in range(LOOK_AHEAD):
        day += _DAY
        if member.calendar.works(day):
            return _within(day, hours, zone, seed)
    return None


def _within(day: date, hours: Limits, zone: ZoneInfo, seed: str) -> datetime:
    slots = min(hours.closes - hours.opens, SPREAD_HOURS) * 60 // STEP_MINUTES
    minutes = hours.opens * 60 + STEP_MINUTES * spread(f"{seed}:{day}", slots)
    return datetime.combine(day, time(minutes // 60, minutes % 60), zone).astimezone(UTC)


# --- the decision --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one member.

    `sent` are the messages we started within the last 28 days, oldest first; `awaited` what they have not answered, by
    kind, with `ALL` for everything we started.
    """

    zone: str
    calendar: Calendar
    limits: Limits
    sent: tuple[datetime, ...] = ()
    awaited: Mapping[str, Awaited] = field(default_factory=dict)
    paused_until: date | None = None
    purposes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message that is due.  `seed` spreads what has to wait over the hours."""

    kind: str
    manner: Manner
    expires_at: datetime
    seed: str


def decide(wanted: Wanted, member: Standing, now: datetime) -> Decision:
    """What becomes of a message."""
    manner = wanted.manner
    if manner.asked:
        return SEND
    if wanted.kind in member.limits.off or member.limits.most == 0:
        return Drop(Why.OFF)
    if manner.purposes and member.purposes and not manner.purposes & member.purposes:
        return Drop(Why.PURPOSE)
    at, why = _earliest(wanted, member, now)
    moment = polite_moment(at, member, wanted.seed)
    if moment is not None and moment <= now:
        return SEND
    return _held(wanted, member, now, moment, why)


def _held(wanted: Wanted, member: Standing, now: datetime, moment: datetime | None, why: Why | None) -> Decision:
    """What becomes of a message that may not be said now."""
    manner = wanted.manner
    if why is None:
        works = member.calendar.works(now.astimezone(_zone(member.zone)).date())
        why = Why.HOURS if works else Why.DAY
    waits = not (manner.digest and why is Why.BUDGET and manner.priority >= DIGEST_PRIORITY)
    if moment is not None and moment < wanted.expires_at and waits:
        return WaitUntil(moment, why)
    return InDigest(why) if manner.digest and why not in {Why.SILENCE, Why.BREAK} else Drop(why)


def _earliest(wanted: Wanted, member: Standing, now: datetime) -> tuple[datetime, Why | None]:
    """When budget, pace, breaks and silence allow it, and which of them it was that waits longest."""
    limits, sent = member.limits, member.sent
    at: datetime = now
    why: Why | None = None
    if len(sent) >= limits.most and (free := sent[-limits.most] + WINDOW) > at:
        at, why = free, Why.BUDGET
    if sent and (free := sent[-1] + limits.gap) > at:
        at, why = free, Why.PACE
    if member.awaited and (free := _silence(wanted, member)) > at:
        at, why = free, Why.SILENCE
    if member.paused_until and (free := _midnight(member.paused_until, member.zone)) > at:
        at, why = free, Why.BREAK
    return at, why


def _silence(wanted: Wanted, member: Standing) -> datetime:
    """When somebody who left earlier ones alone may be written to again: as a whole, and with this kind."""
    whole = member.awaited.get(ALL, NOTHING)
    waits = [(whole, -(-WINDOW.days // member.limits.most))]
    if wanted.manner.every:
        waits.append((member.awaited.get(wanted.kind, NOTHING), wanted.manner.every))
    days = [
        one.asked_on + timedelta(days=stretched(usual, one.unanswered))
        for one, usual in waits
        if one.unanswered >= STEP
    ]
    return _midnight(max(days), member.zone) if days else _LONG_AGO


def _midnight(day: date, zone: str) -> datetime:
    if day >= NEVER.date():
        return NEVER
    return datetime.combine(day, time(), _zone(zone)).astimezone(UTC)
