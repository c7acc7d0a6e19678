"""What whoever runs an event does about presenters: slots, yes or no, the order, and telling them."""

from collections.abc import Sequence

from bot.cards import Piece
from bot.replies import Answer, Form, Redraw
from bot.router import Router
from handlers.events import posting, running
from handlers.events.before import cards_pitch, told
from handlers.events.before import desk_actions as actions
from handlers.events.before import texts_pitch as texts
from handlers.events.before.cards_pitch import Seen
from handlers.events.typed import number_in
from handlers.turn import Turn
from storage.events import Event, State
from storage.grouping import MINUTES_MAX, SLOTS_MAX, Grouping, Slots
from storage.people import Member, People
from storage.pitches import Answer as Said
from storage.pitches import Pitches, Presenter
from storage.work import Work

router: Router[Turn] = Router()
Found = tuple[Event, Slots]


def _shelf(turn: Turn) -> Pitches:
    return Pitches(turn.work, turn.community.id)


def seen(work: Work, community: str, some: Sequence[Presenter], reader: Member | None) -> list[Seen]:
    """Presenters with the names that this reader, or a shared room, may see."""
    names = People(work, community).names([one.member for one in some], reader)
    return [Seen(one, names.get(one.member, "")) for one in some]


def section(turn: Turn, event: Event) -> list[Piece]:
    """Presenters, on the page of what is set up."""
    slots, everybody = Grouping(turn.work, turn.community.id).get(event.id).slots, _shelf(turn).all(event.id)
    given = sum(one.answer is Said.YES for one in everybody)
    return cards_pitch.section(turn.reader, event, slots, len(everybody), given)


# --- slots ---------------------------------------------------------------------------------------


@router.pressed(actions.SetSlots, desk=True, supporters=True)
def set_slots(turn: Turn, wish: actions.SetSlots) -> Form | Redraw:
    """Open the form."""
    event = running.changing(turn, wish.event)
    if isinstance(event, Redraw):
        return event
    now = Grouping(turn.work, turn.community.id).get(event.id).slots
    typed = actions.SlotsSet(event=event.id)
    if now:
        typed = actions.SlotsSet(event=event.id, number=str(now.number), minutes=str(now.minutes))
    return cards_pitch.set_slots(turn.reader, typed)


@router.submitted(actions.SlotsSet, desk=True, supporters=True)
def slots_set(turn: Turn, typed: actions.SlotsSet) -> Answer:
    """Keep them; no slot that is given is taken away by it."""
    event = running.changing(turn, typed.event)
    if isinstance(event, Redraw):
        return event
    reader, errors = turn.reader, dict[str, str]()
    number, minutes = number_in(typed.number) or 0, number_in(typed.minutes) or 0
    given = len(_shelf(turn).chosen(event.id))
    if not 0 < number <= SLOTS_MAX:
        errors["number"] = reader(texts.SET_HINT, min=1, max=SLOTS_MAX)
    elif number < given:
        errors["number"] = reader(texts.SET_LOWERED, count=given)
    if not 0 < minutes <= MINUTES_MAX:
        errors["minutes"] = reader(texts.SET_HINT, min=1, max=MINUTES_MAX)
    if errors:
        return cards_pitch.set_slots(reader, typed, errors)
    shelf = Grouping(turn.work, turn.community.id)
    before = shelf.hold(event.id)
    published = bool(before.slots and before.slots.published)
    slots = Slots(number=number, minutes=minutes, published=published)
    shelf.set(event.id, before.model_copy(update={"slots": slots}))
    running.note(turn, "event.slots", event.id)
    posting.revise(turn.work, turn.community.id, event.id)
    return _list(turn, event, said=reader(texts.SET_SAVED))


# --- who presents --------------------------------------------------------------------------------


def _found(turn: Turn, event_id: str) -> Found | Redraw:
    """An event with its slots, held, or why not."""
    event = running.changing(turn, event_id)
    if isinstance(event, Redraw):
        return event
    slots = Grouping(turn.work, turn.community.id).hold(event.id).slots
    return (event, slots) if slots else _list(turn, event)


def _list(turn: Turn, event: Event, start: int = 0, said: str = "") -> Redraw:
    some = seen(turn.work, turn.community.id, _shelf(turn).all(event.id), turn.me)
    start = start if 0 <= start < len(some) else 0
    return Redraw(cards_pitch.listed(turn.reader, event, some, start, said))


@router.pressed(actions.Presenters, desk=True, supporters=True)
def presenters(turn: Turn, wish: actions.Presenters) -> Answer:
    """Who would present."""
    found = _found(turn, wish.event)
    return found if isinstance(found, Redraw) else _list(turn, found[0], wish.start)


def _one(turn: Turn, event: Event, member: str, said: str = "") -> Redraw:
    one = _shelf(turn).of(event.id, member)
    if one is None or not turn.people.get(member):
        return _list(turn, event, said=turn.reader(texts.GONE))
    [shown] = seen(turn.work, turn.community.id, [one], turn.me)
    count = len(_shelf(turn).chosen(event.id))
    return Redraw(cards_pitch.one_pitch(turn.reader, event, shown, count, said))


@router.pressed(actions.SeePitch, desk=True, supporters=True)
def see_pitch(turn: Turn, wish: actions.SeePitch) -> Answer:
    """One of them."""
    found = _found(turn, wish.event)
    return found if isinstance(found, Redraw) else _one(turn, found[0], wish.member)


@router.pressed(actions.Decide, desk=True, supporters=True)
def decide(turn: Turn, wish: actions.Decide) -> Answer:
    """A slot or none; they hear it, and nobody else does."""
    found = _found(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    event, slots = found
    shelf, said = _shelf(turn), Said.YES if wish.yes else Said.NO
    old = shelf.of(event.id, wish.member)
    if old is None or not turn.people.get(wish.member):
        return _one(turn, event, wish.member)
    if old.answer is said:
        return _one(turn, event, wish.member)
    if wish.yes and len(shelf.chosen(event.id)) >= slots.number:
        return _one(turn, event, wish.member, turn.reader(texts.ALL_TAKEN, number=slots.number))
    shelf.say(event.id, wish.member, said)
    who = {wish.member}
    if slots.published:  # the programme stands: whoever has another place by it hears so, too
        who |= {one.member for one in shelf.publish(event.id)}
    _tell(turn, event, who)
    running.note(turn, "event.presenter", event.id)
    return _one(turn, event, wish.member, turn.reader(texts.GIVEN_TO if wish.yes else texts.DECLINED))


def _tell(turn: Turn, event: Event, who: set[str]) -> None:
    told.send(turn.work, turn.community.id, told.PITCH, event, who)
    posting.revise(turn.work, turn.community.id, event.id)


@router.pressed(actions.Order, desk=True, supporters=True)
def order(turn: Turn, wish: actions.Order) -> Answer:
    """Two neighbours change places; they hear it when presenters are told."""
    found = _found(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    event, _ = found
    if _shelf(turn).move(event.id, wish.member, 1 if wish.by > 0 else -1):
        posting.revise(turn.work, turn.community.id, event.id)
    return _one(turn, event, wish.member, turn.reader(texts.MOVED))


@router.pressed(actions.TellPresenters, desk=True, supporters=True)
def tell(turn: Turn, wish: actions.TellPresenters) -> Answer:
    """The programme stands: whoever has a place they do not know hears it, and the card shows all."""
    found = _found(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    event, slots = found
    shelf = _shelf(turn)
    if event.state is not State.ANNOUNCED or not shelf.chosen(event.id):
        return _list(turn, event, said=turn.reader(texts.TOLD_NONE))
    news = {one.member for one in shelf.publish(event.id)}
    grouping = Grouping(turn.work, turn.community.id)
    published = slots.model_copy(update={"published": True})
    grouping.set(event.id, grouping.get(event.id).model_copy(update={"slots": published}))
    _tell(turn, event, news)
    running.note(turn, "event.programme", event.id)
    return _list(turn, event, said=turn.reader(texts.TOLD, count=len(news)))
