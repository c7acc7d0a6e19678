"""Who may run an event, and how a change of it is kept: shared by all handlers of the desk."""

from collections.abc import Sequence

from bot.cards import sentence
from bot.replies import Answer, Redraw
from handlers.events import cards_desk, facing, posting, telling, texts, texts_desk
from handlers.events.typed import Desk
from handlers.turn import Turn
from storage import seating
from storage.asking import Rounds
from storage.audit import Audit
from storage.events import Changed, Event, Events, Overfull, State
from storage.people import Area
from storage.presets import Level
from storage.programme import Details, Part
from storage.seats import Seats
from storage.series import SeriesShelf

ALL = "all"  # the scope of a change: every coming date of a series


def events(turn: Turn) -> Events:
    """The events of the community."""
    return Events(turn.work, turn.community.id)


def desk(turn: Turn) -> Desk:
    """Who types, when and where."""
    return Desk(turn.reader, turn.now, turn.community.zone)


def runs_all(turn: Turn) -> bool:
    """The secretariat runs every event; a supporter, or whoever helps with the roster alone, those they organise."""
    return turn.may(Area.CONTENT)


def get(turn: Turn, event_id: str, *, lock: bool = False) -> Event | Redraw:
    """An event that whoever acts may run, or why not."""
    found = events(turn).get(event_id, lock=lock)
    if found is None:
        return Redraw(sentence(turn.reader(texts.GONE)))
    if not (runs_all(turn) or found.is_run_by(turn.me.id)):
        return Redraw(sentence(turn.reader(texts_desk.NOT_YOURS)))
    return found


def changing(turn: Turn, event_id: str) -> Event | Redraw:
    """The same, as long as it can be changed."""
    found = get(turn, event_id, lock=True)
    if isinstance(found, Redraw):
        return found
    if found.state is State.CANCELLED:
        return Redraw(sentence(turn.reader(texts.CANCELLED)))
    return Redraw(sentence(turn.reader(texts_desk.STARTED))) if found.ends_at <= turn.now else found


def shown(turn: Turn, event_id: str, said: str = "", *, part: str = "") -> Answer:
    """One event at the desk, of many parts this one alone."""
    found = get(turn, event_id)
    if isinstance(found, Redraw):
        return found
    seen = facing.of(turn.work, turn.community, found, turn.me)
    if seen.many and found.part(part):
        return Redraw(cards_desk.one_part(turn.reader, found, seen, part))
    dates = len(events(turn).of_series(found.series)) if found.series else 1
    own = found.is_run_by(turn.me.id)
    asked = Rounds(turn.work, turn.community.id).get(found.id) is not None
    return Redraw(cards_desk.event(turn.reader, found, seen, said=said, dates=dates, own=own, asked=asked))


def note(turn: Turn, action: str, event_id: str) -> None:
    """What was done, for the audit."""
    Audit(turn.work, turn.community.id).record(turn.me, action, event_id)


def hears(turn: Turn, found: Event) -> int:
    """How many hear of a change of time or place."""
    if found.state is not State.ANNOUNCED:
        return 0
    return len(telling.concerned(turn.work, turn.community.id, found, visible=True))


def keep(
    turn: Turn, found: Event, details: Details, parts: Sequence[Part], *, scope: str = "one", dropping: bool = False
) -> str:
    """Keep a change, and tell those whom it concerns.  What to say of it.

    Raises Overfull, and HasPeople unless `dropping`.  Of a series, dates that were changed alone stay as they are.
    """
    shelf, said = events(turn), turn.reader(texts_desk.SAVED)
    if found.state is State.DRAFT:
        shelf.rewrite(found.id, details, parts)
        return said
    done: Sequence[Changed | None]
    if scope == ALL and found.series:
        redone = SeriesShelf(turn.work, turn.community.id).change(found.series, details, parts)
        done = redone.changed if redone else ()
        left = len(redone.own) + len(redone.refused) if redone else 0
        said = f"{said} {turn.reader(texts_desk.SAVED_BUT, count=left)}" if left else said
    else:
        done = [shelf.change(found.id, details, parts, dropping=dropping)]
    for one in filter(None, done):
        if one.what:
            told(turn, one)
    return said


def told(turn: Turn, change: Changed) -> None:
    """A change is told: to whoever moved up or lost a seat, to those who come, and in the rooms where it stands."""
    note(turn, "event.changed", change.event.id)
    telling.moved(turn.work, turn.community.id, change.moved)
    telling.changed(turn.work, turn.community.id, change)
    posting.revise(turn.work, turn.community.id, change.event.id)


def short(turn: Turn, found: Event, part: Part) -> dict[str, str]:
    """Why a part cannot have so few seats as it would, if more are taken."""
    seats = Seats(turn.work, turn.community.id).places.taken(found.id, part.id)
    if not seating.overfull(part, seats):
        return {}
    return overfull(turn, Overfull(part, {str(kind): number for kind, number in seats.kinds.items()}))


def overfull(turn: Turn, problem: Overfull) -> dict[str, str]:
    """Why a part cannot have so few seats, at the field of its form."""
    if problem.part.capacity is not None and problem.total > problem.part.capacity:
        return {"seats": turn.reader(texts_desk.LOWERED, count=problem.total)}
    short = [kind for kind, share in problem.part.shares.items() if problem.taken.get(str(kind), 0) > share]
    return {str(kind): turn.reader(texts_desk.LOWERED_KIND) for kind in short}


def taken(turn: Turn, found: Event, part_id: str) -> int:
    """How many seats of a part are taken or waited for, as may be told."""
    sitting = Seats(turn.work, turn.community.id).concerned(found.id, part_id)
    hidden = facing.size(one for one in sitting if one.level is Level.HIDDEN)
    preset = turn.community.preset
    return preset.rounded(preset.counted(facing.size(sitting) - hidden, hidden))
