"""What others do is told at once to those it concerns, and to nobody else: a free seat, a change, that it is off.

Hidden members have no row here; the clock tells them, see `quiet.py`.  Keys carry tags instead of the
event and the member, so that a copy of the database does not say who comes where.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from bot.cards import Card
from bot.language import Reader
from handlers.events import facing, texts, wording
from storage.asides import Asides
from storage.events import Changed, Event, State
from storage.manners import Manner
from storage.outbox import Draft, Nudge, Outbox
from storage.people import People
from storage.places import Moved
from storage.presets import Level
from storage.programme import Change
from storage.seating import Standing
from storage.seats import Seats, Stand
from storage.work import Work

SEAT, CHANGED, CANCELLED, ANNOUNCED = "events.seat", "events.changed", "events.cancelled", "events.announced"
HEARD = {Change.MOVED, Change.PLACE, Change.LINK, Change.ADDED, Change.DROPPED}  # of a change: the rest is not worth it


def moved(work: Work, community: str, who: Iterable[Moved]) -> None:
    """Somebody has a seat now, has one held, or lost it with its part."""
    for one in who:
        found = facing.get(work, community, one.event)
        part = found.part(one.part) if found else None
        ends = one.until or (part.starts_at if part else found.ends_at if found else work.now)
        now = str(one.now) if one.now else ""
        if one.hidden and one.now is None:
            Asides(work, community).lose(one.event, one.part, one.member)
        elif not one.hidden:
            _send(work, community, SEAT, [one.member], expires=ends, event=one.event, part=one.part, now=now)


def changed(work: Work, community: str, change: Changed) -> int:
    """Time, place or link changed, or a part came or went: those who come or wait hear it.  How many were to."""
    what = sorted(str(one) for one in change.what & HEARD)
    if not what:
        return 0
    Asides(work, community).leave(change.event.id, f"{CHANGED}:{'+'.join(what)}")
    lost = {one.member for one in change.moved if one.now is None}
    who = concerned(work, community, change.event, visible=True) - lost
    event = change.event
    return _send(work, community, CHANGED, who, expires=event.ends_at, event=event.id, what=what)


def cancelled(work: Work, community: str, event: Event, without: Collection[str] = ()) -> int:
    """It does not take place.  How many are told; those who hear it otherwise are left out."""
    hidden = concerned(work, community, event) - concerned(work, community, event, visible=True) - {*without}
    if hidden or not without:
        Asides(work, community).leave(event.id, CANCELLED)
    who = concerned(work, community, event, visible=True) - {*without}
    return _send(work, community, CANCELLED, who, expires=event.ends_at, event=event.id)


def invitations(work: Work, community: str, event: Event, who: Collection[str]) -> list[Draft]:
    """A message to each of these members, within what each allows; the same however often it is asked for."""
    return _drafts(work, community, ANNOUNCED, who, expires=closes(event), event=event.id)


def closes(event: Event) -> datetime:
    """From when on nobody can sign up for the whole of it."""
    return min(event.signs_up_until, event.starts_at)


def concerned(work: Work, community: str, event: Event, *, visible: bool = False) -> set[str]:
    """Who comes, has a seat held, or waits, in any part; `visible`: without hidden members."""
    seats = Seats(work, community)
    sitting = [one for part in event.parts for one in seats.concerned(event.id, part.id)]
    return {one.member for one in sitting if not (visible and one.level is Level.HIDDEN)}


def _send(work: Work, community: str, kind: str, who: Iterable[str], *, expires: datetime, **params: Any) -> int:
    at = f":{work.now:%Y%m%dT%H%M%S%f}"
    drafts = _drafts(work, community, kind, who, expires=expires, at=at, **params)
    return Outbox(work, community).add(drafts) if drafts else 0


def _drafts(
    work: Work, community: str, kind: str, who: Iterable[str], *, expires: datetime, at: str = "", **params: Any
) -> list[Draft]:
    if expires <= work.now:
        return []
    event_id, part = params["event"], params.get("part", "")
    return [
        Draft(
            key=f"{kind}:{work.keys.tag('event.told', community, event_id, part, member).hex()}{at}",
            kind=kind,
            to=to,
            member=member,
            due_at=work.now,
            expires_at=expires,
            params=params,
            priority=MANNERS[kind].priority,
        )
        for member, to in People(work, community).addresses(who).items()
    ]


# --- what they hear ------------------------------------------------------------------------------


def draw_seat(work: Work, nudge: Nudge) -> Card | None:
    """As long as it is still so."""
    whose = facing.whose(work, nudge)
    if whose is None:
        return None
    (member, found), now = whose, nudge.params["now"]
    part = found.part(nudge.params["part"])
    if not now:
        return facing.card(work, member, found, member.reader(texts.TOLD_PART_GONE))
    if part is None or found.state is State.CANCELLED:
        return None
    stands = {one.part.id: one for one in Seats(work, nudge.community).standing(member.id, [found])}
    stand = stands.get(part.id)
    if stand is None or str(stand.state) != now:
        return None
    return facing.card(work, member, found, seat_words(member.reader, found, stand))


def seat_words(reader: Reader, event: Event, stand: Stand) -> str:
    """That somebody has a seat now, has one held, or did not take it in time."""
    match stand.state:
        case Standing.OFFERED:
            until = reader.moment(stand.until) if stand.until else ""
            words = reader(texts.TOLD_HELD, until=until)
        case Standing.CANNOT:
            words = reader(texts.NOT_HELD)
        case _:
            words = reader(texts.TOLD_SEAT)
    if len(event.parts) == 1:
        return words
    return reader(texts.OF_PART, part=wording.name(reader, stand.part, event.parts.index(stand.part)), said=words)


def draw_changed(work: Work, nudge: Nudge) -> Card | None:
    """The event as it is now, with what changed."""
    whose = facing.whose(work, nudge)
    if whose is None or whose[1].state is State.CANCELLED:
        return None
    member, found = whose
    return facing.card(work, member, found, change_words(member.reader, nudge.params["what"]))


def change_words(reader: Reader, what: Iterable[str]) -> str:
    """What changed."""
    said = [reader(texts.CHANGES[one]) for one in what if one in texts.CHANGES]
    return "\n".join([reader(texts.TOLD_CHANGED), *said])


def draw_cancelled(work: Work, nudge: Nudge) -> Card | None:
    """The event, which says so itself."""
    whose = facing.whose(work, nudge)
    return facing.card(work, *whose) if whose and whose[1].state is State.CANCELLED else None


def draw_announced(work: Work, nudge: Nudge) -> Card | None:
    """The invitation, unless they have answered already or it is too late."""
    whose = facing.whose(work, nudge)
    if whose is None or whose[1].state is State.CANCELLED:
        return None
    member, found = whose
    if closes(found) <= work.now:
        return None
    if member.level is not Level.HIDDEN and Seats(work, nudge.community).standing(member.id, [found]):
        return None  # a hidden member's is sent all the same: a row that was not would say that they had answered
    return facing.card(work, member, found)


DRAWERS = {
    SEAT: draw_seat,
    CHANGED: draw_changed,
    CANCELLED: draw_cancelled,
    ANNOUNCED: draw_announced,
}
MANNERS = {
    SEAT: Manner(name=texts.SEAT_NAME, why=texts.SEAT_WHY, asked=True, priority=0),
    CHANGED: Manner(name=texts.CHANGED_NAME, why=texts.CHANGED_WHY, asked=True, priority=0),
    CANCELLED: Manner(name=texts.CANCELLED_NAME, why=texts.CHANGED_WHY, asked=True, priority=0),
    ANNOUNCED: Manner(name=texts.ANNOUNCED_NAME, why=texts.ANNOUNCED_WHY, digest=True),
}
