"""What whoever runs events sees and ends: the list, one event, discarding, cancelling."""

from collections.abc import Iterator
from datetime import timedelta

from bot.cards import Buttons, Piece, Text, button, sentence
from bot.replies import Answer, Redraw
from bot.router import Router
from handlers.events import (
    cards_desk,
    desk_actions,
    facing,
    nudges,
    posting,
    rules,
    running,
    telling,
    texts,
    texts_clock,
    texts_desk,
    wording,
)
from handlers.events.asking import moderating
from handlers.events.cards_desk import Line
from handlers.events.cohort import told as cohort
from handlers.events.meeting import desk as meeting
from handlers.turn import Turn
from storage.events import Event, State
from storage.ideas import Ideas, Kind
from storage.series import SeriesShelf

SOON = timedelta(hours=4)  # before a reminder is due it is reckoned whether it can be in time

router: Router[Turn] = Router()


def _line(turn: Turn, found: Event) -> Line:
    reader = turn.reader
    over = found.ends_at <= turn.now and found.state is State.ANNOUNCED
    state = reader(texts_desk.STATES["over" if over else str(found.state)])
    return Line(found.id, found.title(reader.language), state, wording.briefly(reader, found.first))


def _listed(turn: Turn, *, past: bool) -> list[Event]:
    """Those that whoever acts may run: drafts and what is coming, or what is over, the latest first."""
    shelf = running.events(turn)
    if running.runs_all(turn):
        return shelf.past() if past else [*shelf.drafts(), *shelf.upcoming(cancelled=True)]
    own = shelf.run_by(turn.me.id)
    over = [one for one in own if one.ends_at <= turn.now and one.state is not State.DRAFT]
    return over[::-1] if past else [one for one in own if one not in over]


def _page(turn: Turn, wish: desk_actions.Desk, said: str = "") -> Answer:
    everything = running.runs_all(turn)
    lines = [_line(turn, one) for one in _listed(turn, past=wish.past)]
    ideas = len(Ideas(turn.work, turn.community.id).waiting(Kind.EVENT)) if everything else 0
    return Redraw(cards_desk.page(turn.reader, lines, wish, all_of=everything, ideas=ideas, said=said))


def page(turn: Turn, _: str) -> Answer:
    """The events whoever asks may run."""
    return _page(turn, desk_actions.Desk())


@router.pressed(desk_actions.Desk, desk=True, supporters=True)
def listed(turn: Turn, wish: desk_actions.Desk) -> Answer:
    """The same, from a button."""
    return _page(turn, wish)


@router.pressed(desk_actions.Ideas, desk=True, area="content")
def ideas(turn: Turn, _: desk_actions.Ideas) -> Answer:
    """The ideas that wait."""
    waiting = Ideas(turn.work, turn.community.id).waiting(Kind.EVENT)
    return Redraw(cards_desk.ideas(turn.reader, waiting))


@router.pressed(desk_actions.Run, desk=True, supporters=True)
def run(turn: Turn, wish: desk_actions.Run) -> Answer:
    """One event."""
    return running.shown(turn, wish.event, part=wish.part)


@router.pressed(desk_actions.Discard, desk=True, supporters=True)
def discard(turn: Turn, wish: desk_actions.Discard) -> Answer:
    """Throw a draft away."""
    found = running.get(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    if not running.events(turn).discard(found.id):
        return running.shown(turn, found.id, turn.reader(texts_desk.NOT_DRAFT))
    running.note(turn, "event.discarded", found.id)
    return _page(turn, desk_actions.Desk(), turn.reader(texts_desk.DISCARDED))


# --- cancelling ----------------------------------------------------------------------------------


@router.pressed(desk_actions.Cancel, desk=True, supporters=True)
def cancel(turn: Turn, wish: desk_actions.Cancel) -> Answer:
    """A look at who would hear of it."""
    found = running.changing(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    going, waiting = facing.people(turn.work, turn.community, found)
    return Redraw(cards_desk.cancel(turn.reader, found, going, waiting, series=bool(found.series)))


@router.pressed(desk_actions.Cancelled, desk=True, supporters=True)
def cancelled(turn: Turn, wish: desk_actions.Cancelled) -> Answer:
    """It does not take place: those who come or wait hear it, and so does every room where it stands."""
    found = running.changing(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    if wish.scope == running.ALL and found.series:
        gone = SeriesShelf(turn.work, turn.community.id).cancel(found.series)
    else:
        one = running.events(turn).cancel(found.id)
        gone = [one] if one else []
    # of fixed teams all dates are off at once: their members hear so once
    whole = wish.scope == running.ALL and found.details.cohort
    told = cohort.called_off(turn.work, turn.community.id, gone) if whole else ()
    for one in gone:
        telling.cancelled(turn.work, turn.community.id, one, told)
        posting.revise(turn.work, turn.community.id, one.id)
        running.note(turn, "event.cancelled", one.id)
    if not gone:
        return Redraw(sentence(turn.reader(texts.CANCELLED)))
    return running.shown(turn, found.id, turn.reader(texts_desk.CANCELLED))


def waits(turn: Turn) -> tuple[Piece, ...]:
    """What waits at the desk: events that are still drafts, and reminders that cannot all be in time."""
    drafts = len(running.events(turn).drafts())
    tight = (*meeting.waits(turn), *moderating.waits(turn), *(Text(said) for said in _tight(turn)))
    if not drafts:
        return tight
    row = Buttons((button(turn.reader(texts_desk.DESK_OPEN), desk_actions.Desk()),))
    return Text(turn.reader(texts_desk.DESK_DRAFTS, count=drafts)), row, *tight


def _tight(turn: Turn) -> Iterator[str]:
    """Of events of the next hours: until when the reminders are under way that would be an hour before."""
    foresee, reader = turn.house.effect, turn.reader
    if foresee is None:
        return
    for found in running.events(turn).upcoming():
        for part in found.parts:
            due = rules.before(rules.AN_HOUR, part).at
            if not turn.now < due < turn.now + SOON:
                continue
            going = nudges.visible(turn.work, turn.community.id, found, part)
            seen = foresee(turn.work, turn.community.id, going, rules.AN_HOUR, turn.now, until=due)
            if seen.proposal:
                ends = reader.moment(seen.proposal[1])
                yield reader(texts_clock.TIGHT, title=found.title(reader.language), ends=ends)
