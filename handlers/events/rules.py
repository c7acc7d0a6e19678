"""When something is said about an event; pure.  What a day and an hour before mean stands in `storage/moments.py`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from storage import moments
from storage.events import Event, State
from storage.moments import DAY, HOUR
from storage.programme import Part
from storage.recurrence import Rule

A_DAY, AN_HOUR = "events.day", "events.hour"  # before a part
LAST_CALL = "events.last"
AFTERWARDS = "events.after"  # an organiser is asked who came
OUTCOME = "events.outcome"  # those who came are asked what came of it
TEAMS = "events.team_after"  # of fixed teams: whoever missed two dates is asked whether it is fine; the closing note
REMINDERS = frozenset({A_DAY, AN_HOUR})

AT = time(10)  # by the clocks of the event
CALLED = 2 * DAY  # before the last day to sign up: it may have to wait for a polite time
ASKED_AFTER = 30 * DAY
NOTED_AFTER = 3 * DAY  # by then it is noted who came
AFTER_LIVES, OUTCOME_LIVES, KEPT_LIVES = 14 * DAY, 21 * DAY, 21 * DAY


@dataclass(frozen=True, slots=True)
class Time:
    """When a planner is asked: for an event or a part of it, at a wall time of a zone."""

    kind: str
    subject: str
    local: datetime
    zone: str

    @property
    def rule(self) -> Rule:
        """As a schedule keeps it."""
        return Rule(self.local, None, self.zone)

    @property
    def at(self) -> datetime:
        """The instant, UTC."""
        return moments.instant(self.local, self.zone)


def times(event: Event) -> Iterator[Time]:
    """Everything the clock is to say about an event that takes place; nothing about another one."""
    if event.state is not State.ANNOUNCED:
        return
    for part in event.parts:
        yield from (before(kind, part) for kind in sorted(REMINDERS))
    first, last = event.first, max(event.parts, key=lambda part: part.ends_at)
    yield Time(LAST_CALL, event.id, datetime.combine(last_day(event) - CALLED, AT), first.zone)
    ended = last.ends_local.date()
    yield Time(AFTERWARDS, event.id, datetime.combine(ended + DAY, AT), last.zone)
    if event.details.cohort:  # not every month what came of it: the closing note comes once
        yield Time(TEAMS, event.id, datetime.combine(ended + NOTED_AFTER, AT), last.zone)
    else:
        yield Time(OUTCOME, event.id, datetime.combine(ended + ASKED_AFTER, AT), last.zone)


def subjects(event: Event) -> Iterator[tuple[str, str]]:
    """The schedules an event may have, by kind and subject."""
    yield from ((kind, part.id) for part in event.parts for kind in sorted(REMINDERS))
    yield from ((kind, event.id) for kind in (LAST_CALL, AFTERWARDS, TEAMS if event.details.cohort else OUTCOME))


def before(kind: str, part: Part) -> Time:
    """When to remind of a part: the same time on the wall a day before, or an hour before by a stopwatch.

    The hour is kept as UTC: where a clock is put back, the wall shows it twice.
    """
    if kind == A_DAY:
        return Time(kind, part.id, part.starts_local - DAY, part.zone)
    return Time(kind, part.id, moments.wall(moments.elapsed_before(part.starts_local, part.zone, HOUR), "UTC"), "UTC")


def last_day(event: Event) -> date:
    """The last day to sign up; without one, the day on which it begins."""
    return event.deadline or event.first.starts_local.date()


def reason(kind: str, part: Part) -> str:
    """What a reminder is of, as its key says it: a day before, of a date; an hour before, of a moment.

    So whoever was reminded a day before is not reminded again when a part moves to another hour of that day, but is
    when it moves to another day.
    """
    if kind == A_DAY:
        return f"{part.starts_local:%Y-%m-%d}"
    offset = part.starts_local - moments.wall(part.starts_at, "UTC")
    return f"{part.starts_local:%Y-%m-%dT%H:%M}{offset / HOUR:+g}"


def reminded_by(event: Event, part: Part) -> list[Part]:
    """Earlier parts on the same day, whose reminder of the day before is this part's, too, for whoever goes to both."""
    day = part.starts_local.date()
    return [one for one in event.parts if one.starts_local.date() == day and one.starts_at < part.starts_at]
