"""What the clock says about events before they begin: reminders, and a last call to who looked and did not answer.

An event's schedules follow it by themselves: whatever announces, moves or cancels one need not think of them.  Hidden
members are reminded too, without a row: see `quiet.py`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import Any

from bot.cards import Card
from bot.language import Reader
from handlers.events import after, facing, inviting, posting, rules, telling, texts, texts_clock, wording
from handlers.events.asking import clock as asking
from handlers.events.before import told as before
from handlers.events.cohort import after as cohort_after
from handlers.events.cohort import told as cohort_told
from handlers.events.exchange import told as exchange
from handlers.events.rules import A_DAY, AN_HOUR, LAST_CALL
from storage import asides, cohorts, series
from storage.asides import Asides, Clocked
from storage.cohorts import Cohorts
from storage.errands import Errand
from storage.events import Event, Events, State
from storage.manners import Manner
from storage.outbox import AGAIN, Draft, Nudge, Outbox
from storage.people import Member, People
from storage.presets import Level
from storage.programme import Part
from storage.schedules import CatchUp, Occurrence, Schedules
from storage.seating import Standing
from storage.seats import Seats
from storage.work import Work

ABOUT_AN_HOUR = range(50, 66)  # minutes


# --- the clock follows the event -----------------------------------------------------------------


def due(work: Work) -> Sequence[Errand[Any]]:
    """Events whose schedules are to be set, and held seats whose day is over; series that want their next events."""
    clocks = [_errand(clock, *one) for one in asides.unclocked_everywhere(work)]
    lapses = [_errand(lapse, community) for community in asides.lapsed_everywhere(work)]
    lapses += [_errand(lapse_place, *one) for one in cohorts.lapsed_everywhere(work)]
    return [*series.due(work), *clocks, *lapses, *asking.due(work)]


def _errand(step: Callable[..., None], *given: str) -> Errand[None]:
    yield lambda work: step(work, *given)


def clock(work: Work, community: str, event_id: str) -> None:
    """Have everything planned at its time, as the event is now; what had its time already is left as it is."""
    found = Events(work, community).get(event_id, lock=True)
    if found is None:
        return
    schedules, times = Schedules(work, community), list(rules.times(found))
    for one in times:
        old = schedules.get(one.kind, one.subject)
        if one.at > work.database_now:
            schedules.set(one.kind, dtstart_local=one.local, zone=one.zone, subject=one.subject, catch_up=CatchUp.EACH)
        elif old and old.rule != one.rule:  # moved so near that this time has passed: hearing of the change will do
            schedules.stop(one.kind, one.subject)
    if not times:
        for kind, subject in rules.subjects(found):
            schedules.stop(kind, subject)
    Clocked(work, community).done(event_id)


def lapse(work: Work, community: str) -> None:
    """Seats that were held for a day go to the next in line; both hear it."""
    moved = Seats(work, community).lapse()
    telling.moved(work, community, moved)
    for event_id in {one.event for one in moved}:
        posting.revise(work, community, event_id)


def lapse_place(work: Work, community: str, series: str) -> None:
    """Places in fixed teams that were held for a day go to the next in line; both hear it."""
    Cohorts(work, community).lapse(series)


# --- reminders -----------------------------------------------------------------------------------


def _reminded(work: Work, occurrence: Occurrence) -> tuple[Event, Part] | None:
    """What an occurrence reminds of; None when it has begun, was moved or taken out, or does not take place."""
    found = Events(work, occurrence.community).of_part(occurrence.subject)
    part = found.part(occurrence.subject) if found else None
    if found is None or part is None or found.state is not State.ANNOUNCED or part.starts_at <= work.database_now:
        return None
    return (found, part) if rules.before(occurrence.kind, part).at == occurrence.starts_at else None


def crowd(work: Work, occurrence: Occurrence) -> list[str]:
    """Who is going, by id; without hidden members."""
    found = _reminded(work, occurrence)
    if found is None:
        return []
    return sorted(visible(work, occurrence.community, *found))


def visible(work: Work, community: str, event: Event, part: Part) -> list[str]:
    """Who is going to a part, without hidden members."""
    going = Seats(work, community).going(event.id, part.id)
    return [one.member for one in going if one.level is not Level.HIDDEN]


def plan_reminders(work: Work, occurrence: Occurrence, cursor: str, limit: int) -> tuple[list[Draft], str | None]:
    """Whoever is going is reminded; when the time itself is here, also whoever signed up since the first pass."""
    community, found = occurrence.community, _reminded(work, occurrence)
    schedules = Schedules(work, community)
    if found is None:
        schedules.stop(occurrence.kind, occurrence.subject)
        return [], None
    last = cursor.startswith(AGAIN) or (not cursor and occurrence.starts_at <= work.database_now)
    there = [one for one in crowd(work, occurrence) if one > cursor.removeprefix(AGAIN)]
    drafts = _reminders(work, occurrence, *found, there[:limit], again=last)
    if len(there) > limit:
        return drafts, (AGAIN if last else "") + there[limit - 1]
    if not last:
        return drafts, AGAIN
    _aside(work, community, occurrence.kind, *found)
    schedules.stop(occurrence.kind, occurrence.subject)
    return drafts, None


def _reminders(
    work: Work, occurrence: Occurrence, event: Event, part: Part, who: Iterable[str], *, again: bool
) -> list[Draft]:
    community, kind = occurrence.community, occurrence.kind
    whole = event.id if kind == A_DAY else part.id  # a day before, parts of one day are one event
    addresses = People(work, community).addresses(who)

    def key(member: str) -> str:
        tag = work.keys.tag("event.told", community, kind, whole, member).hex()
        return f"{kind}:{tag}:{rules.reason(kind, part)}"

    # who gave the seat back and has one again, while their message waited
    keys = {member: key(member) for member in addresses}
    dropped = Outbox(work, community).dropped(keys.values()) if again else set()
    return [
        Draft(
            key=f"{keys[member]}{AGAIN}" if keys[member] in dropped else keys[member],
            kind=kind,
            to=to,
            member=member,
            due_at=occurrence.starts_at,
            expires_at=part.starts_at,
            params={"part": part.id, "of": rules.reason(kind, part)},
            priority=MANNERS[kind].priority,
        )
        for member, to in addresses.items()
    ]


def _aside(work: Work, community: str, kind: str, event: Event, part: Part) -> None:
    """Hidden members are reminded in passing, once for each reason."""
    what = f"{kind}:{part.id}:{rules.reason(kind, part)}"
    if Events(work, community).once(event.id, what):
        Asides(work, community).leave(event.id, what)


def draw_reminder(work: Work, nudge: Nudge) -> Card | None:
    """As long as they are going, and it is still at that time."""
    member = People(work, nudge.community).get(nudge.member or "")
    found = Events(work, nudge.community).of_part(str(nudge.params["part"]))
    return reminder(work, nudge.kind, member, found, nudge.params) if member and found else None


def reminder(work: Work, kind: str, member: Member, event: Event, of: Mapping[str, str]) -> Card | None:
    """The event, with how soon it begins; None when there is nothing to remind this member of."""
    part = event.part(of["part"])
    if part is None or event.state is not State.ANNOUNCED or part.starts_at <= work.now:
        return None
    if rules.reason(kind, part) != of["of"] or not _is_going(work, member, event, part):
        return None
    return facing.card(
        work, member, event, _of_part(member.reader, event, part, soon(member.reader, kind, part, work.now))
    )


def _is_going(work: Work, member: Member, event: Event, part: Part) -> bool:
    stands = Seats(work, member.community.id).standing(member.id, [event])
    return any(one.part.id == part.id and one.state is Standing.GOING for one in stands)


def _of_part(reader: Reader, event: Event, part: Part, said: str) -> str:
    if len(event.parts) == 1:
        return said
    return reader(texts.OF_PART, part=wording.name(reader, part, event.parts.index(part)), said=said)


def soon(reader: Reader, kind: str, part: Part, now: datetime) -> str:
    """How soon a part begins, on the reader's calendar; true also of a reminder that comes late."""
    if kind == AN_HOUR:
        minutes = ceil((part.starts_at - now).total_seconds() / 60)
        about = minutes in ABOUT_AN_HOUR
        return reader(texts_clock.IN_AN_HOUR) if about else reader(texts_clock.IN_MINUTES, count=minutes)
    begins = reader.local(part.starts_at).date()
    words = {0: texts_clock.TODAY, 1: texts_clock.TOMORROW}.get((begins - reader.local(now).date()).days)
    return reader(words) if words else reader(texts_clock.COMING, day=reader.full_day(begins))


# --- the last call -------------------------------------------------------------------------------


def _open(work: Work, community: str, event_id: str) -> Event | None:
    """An event that takes answers, and has a free seat."""
    found = facing.get(work, community, event_id)
    if found is None or found.state is not State.ANNOUNCED or telling.closes(found) <= work.now:
        return None
    if found.details.cohort:  # all dates are joined at once: nobody forgets to answer to one
        return None
    seats = Seats(work, community)
    full = (
        part.capacity is not None and seats.counts(found.id, part.id).taken.total >= part.capacity
        for part in found.parts
    )
    return None if all(full) else found


def plan_last_call(work: Work, occurrence: Occurrence, cursor: str, limit: int) -> tuple[list[Draft], str | None]:
    """Whoever looked and did not answer, and whom it suits, is asked once, within what each allows.

    Hidden members are not: nothing could be counted for them.
    """
    community, found = occurrence.community, _open(work, occurrence.community, occurrence.subject)
    if found is None:
        Schedules(work, community).stop(LAST_CALL, occurrence.subject)
        return [], None
    people = People(work, community)
    looked = [one.id for one in Seats(work, community).unanswered(found.id) if not one.hidden and one.id > cursor]
    chunk = sorted(looked)[:limit]
    may = [one.id for one in people.some(chunk) if inviting.suits(found, one)]
    drafts = [
        Draft(
            key=f"{LAST_CALL}:{work.keys.tag('event.told', community, LAST_CALL, found.id, member).hex()}",
            kind=LAST_CALL,
            to=to,
            member=member,
            due_at=occurrence.starts_at,
            expires_at=telling.closes(found),
            params={"event": found.id},
            priority=MANNERS[LAST_CALL].priority,
        )
        for member, to in people.addresses(may).items()
    ]
    if len(looked) > limit:
        return drafts, chunk[-1]
    Schedules(work, community).stop(LAST_CALL, occurrence.subject)
    return drafts, None


def draw_last_call(work: Work, nudge: Nudge) -> Card | None:
    """Unless they have answered, or there is nothing left to answer to."""
    member = People(work, nudge.community).get(nudge.member or "")
    found = _open(work, nudge.community, str(nudge.params["event"]))
    if member is None or found is None or Seats(work, nudge.community).standing(member.id, [found]):
        return None
    day = member.reader.full_day(found.deadline) if found.deadline else ""
    said = member.reader(texts_clock.LAST, day=day) if day else member.reader(texts_clock.LAST_OPEN)
    return facing.card(work, member, found, said)


# --- for the feature -----------------------------------------------------------------------------


def hide(work: Work, community: str, member_id: str) -> None:
    """Somebody hides: what was said to them about events is forgotten, since its rows name them."""
    member = People(work, community).get(member_id)
    if member and member.level is Level.HIDDEN:
        known = {*MANNERS, *after.MANNERS, *telling.MANNERS, *before.MANNERS, *exchange.MANNERS}
        known |= {*cohort_told.MANNERS, *cohort_after.MANNERS}
        Outbox(work, community).forget(member_id, known - {telling.ANNOUNCED})


PLANNERS = {A_DAY: plan_reminders, AN_HOUR: plan_reminders, LAST_CALL: plan_last_call}
CROWDS = {A_DAY: crowd, AN_HOUR: crowd}
DRAWERS = {A_DAY: draw_reminder, AN_HOUR: draw_reminder, LAST_CALL: draw_last_call}
MANNERS = {
    A_DAY: Manner(name=texts_clock.DAY_NAME, why=texts_clock.REMINDER_WHY, asked=True, priority=1),
    AN_HOUR: Manner(name=texts_clock.HOUR_NAME, why=texts_clock.REMINDER_WHY, asked=True, priority=0),
    LAST_CALL: Manner(name=texts_clock.LAST_NAME, why=texts_clock.LAST_WHY, digest=True),
}
