"""An event as somebody may see it: whose names, which counts, and how they stand themselves."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from bot.cards import Card, Piece
from bot.language import Reader
from handlers.events import cards, cards_after
from handlers.events.asking import seen as asking
from handlers.events.before import seen as before
from handlers.events.cards import Facing, Mine
from handlers.events.cohort import seen as cohort
from handlers.events.exchange import seen as exchange
from handlers.events.meeting import seen as meeting
from storage.attendance import Attendance
from storage.communities import Community
from storage.events import Event, Events, State
from storage.outbox import Nudge
from storage.people import Member, People
from storage.presets import Level
from storage.programme import Part
from storage.seating import Standing
from storage.seats import Seats, Sitter, Stand
from storage.work import Work

HOLDING = (Standing.GOING, Standing.OFFERED)


def of(work: Work, here: Community, event: Event, member: Member | None, *, extra: Sequence[Piece] = ()) -> Facing:
    """For this member, or None for whoever reads a shared room."""
    taken, waiting = {}, {}
    for part in event.parts:
        taken[part.id], waiting[part.id] = told(work, here, event, part)
    stands = Seats(work, here.id).standing(member.id, [event]) if member else []
    names = People(work, here.id).names(event.details.organisers, member)
    return Facing(
        id=event.id,
        details=event.details,
        parts=event.parts,
        now=work.now,
        state=str(event.state),
        taken=taken,
        waiting=waiting,
        mine={one.part.id: mine(one) for one in stands},
        organisers=[names[one] for one in event.details.organisers if names.get(one)],
        answers=event.signs_up_until > work.now,
        shared=member is None,
        extra=extra,
    )


def mine(stand: Stand) -> Mine:
    """How somebody stands, as a card shows it."""
    return Mine(stand.state, stand.guests, stand.place, stand.until, stand.here)


def told(work: Work, here: Community, event: Event, part: Part) -> tuple[str, str]:
    """How many seats are taken, and how many wait ("" for none), as everybody may be told.

    A hidden member is counted only among so many that nobody is picked out.
    """
    seats, preset = Seats(work, here.id), here.preset
    counts = seats.counts(event.id, part.id)
    hidden_taken = hidden_waiting = 0
    if People(work, here.id).levels().get(Level.HIDDEN):
        sitting = [one for one in seats.concerned(event.id, part.id) if one.level is Level.HIDDEN]
        hidden_taken = size(one for one in sitting if one.state in HOLDING)
        hidden_waiting = sum(one.state is Standing.WAITING for one in sitting)
    taken = preset.counted(counts.taken.total - hidden_taken, hidden_taken)
    waits = preset.counted(counts.waiting - hidden_waiting, hidden_waiting)
    return preset.shown(taken), preset.shown(waits) if waits else ""


def size(sitters: Iterable[Sitter]) -> int:
    """How many seats they need."""
    return sum(1 + one.guests for one in sitters)


def card(
    work: Work, member: Member, event: Event, said: str = "", *, part: str = "", extra: Sequence[Piece] = ()
) -> Card:
    """The event as this member sees it, of many parts this one alone; once it is over with what is kept of it."""
    over = _over(work, member, event) if event.ends_at <= work.now else ()
    mine = (*before.below(work, member.community, event, member, member.reader), *asking.below(work, event, member))
    talk = exchange.below(work, member.community, event, member, member.reader)
    teams = cohort.below(work, member.community, event, member, member.reader)
    meets = meeting.below(work, event, member)
    seen = of(work, member.community, event, member, extra=(*over, *teams, *meets, *mine, *talk, *extra))
    alone = seen.many and event.part(part) is not None
    return cards.event(member.reader, replace(seen, only=part) if alone else seen, said)


def _over(work: Work, member: Member, event: Event) -> Sequence[Piece]:
    if event.state is not State.ANNOUNCED:
        return ()
    pieces = cards_after.archive(member.reader, event)
    if was_there(work, member, event):
        told = Attendance(work, member.community.id).told(event.id, member.id)
        pieces += cards_after.asks(member.reader, event.id, told=told[0] if told else None)
    return pieces


def was_there(work: Work, member: Member, event: Event) -> bool:
    """Whether they came; before that is noted, whether they were going."""
    stands = Seats(work, member.community.id).standing(member.id, [event])
    return any(one.here or (one.state is Standing.GOING and event.confirmed_on is None) for one in stands)


def room_card(work: Work, here: Community, event: Event, reader: Reader) -> Card:
    """The event as it stands in a shared room: counts, nobody's name but the organisers', nobody's own answer."""
    teams = cohort.below(work, here, event, None, reader)
    extra = (*teams, *before.below(work, here, event, None, reader), *exchange.below(work, here, event, None, reader))
    return cards.event(reader, of(work, here, event, None, extra=extra))


def get(work: Work, community: str, event_id: str) -> Event | None:
    """An event that members may see."""
    found = Events(work, community).get(event_id)
    return found if found and found.state is not State.DRAFT else None


def whose(work: Work, nudge: Nudge) -> tuple[Member, Event] | None:
    """To whom a message about an event goes, and about which; None when either is gone."""
    member = People(work, nudge.community).get(nudge.member or "")
    found = get(work, nudge.community, str(nudge.params["event"]))
    return (member, found) if member and found else None


def names(work: Work, here: Community, sitters: Sequence[Sitter], reader: Member) -> tuple[list[str], str]:
    """The names this reader may see, in the order of the alphabet, and how many others there are, "" for none.

    Hidden members are among the others only where nobody is picked out.
    """
    seen = People(work, here.id).names({one.member for one in sitters if one.level is not Level.HIDDEN}, reader)
    named = sorted(name for name in seen.values() if name)
    hidden = sum(one.level is Level.HIDDEN for one in sitters)
    others = here.preset.counted(len(sitters) - hidden - len(named), hidden)
    return named, here.preset.shown(others) if others else ""


def people(work: Work, here: Community, event: Event) -> tuple[str, str]:
    """How many members come to any part, and how many others wait, as may be told."""
    seats, preset = Seats(work, here.id), here.preset
    sitting = [one for part in event.parts for one in seats.concerned(event.id, part.id)]
    coming = {one.member: one.level for one in sitting if one.state in HOLDING}
    waiting = {one.member: one.level for one in sitting if one.member not in coming}

    def told_of(levels: Collection[Level]) -> str:
        hidden = sum(level is Level.HIDDEN for level in levels)
        return preset.shown(preset.counted(len(levels) - hidden, hidden))

    return told_of(coming.values()), told_of(waiting.values())
