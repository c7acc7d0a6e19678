"""What members can say about one event, and what we answer.

Routes that lead to a seat are `untraced`: hidden members use the same, and nothing but the seat itself is written.
"""

from bot.cards import sentence
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Router
from handlers.events import actions, cards, facing, posting, telling, texts, wording
from handlers.events.cohort import texts as cohort_texts
from handlers.events.typed import number_in
from handlers.turn import Turn
from storage.events import Event, State
from storage.people import People
from storage.programme import Attendee, Part
from storage.seating import Standing
from storage.seats import Answered, Freed, Refused, Seated, Seats, Waiting, Why

router: Router[Turn] = Router()


def _seats(turn: Turn) -> Seats:
    return Seats(turn.work, turn.community.id)


def shown(turn: Turn, event: Event, said: str = "", *, part: str = "", room: bool = False) -> Answer:
    """The event as whoever acts sees it; beside the card of a shared room for their eyes only, else in its place."""
    card = facing.card(turn.work, turn.me, event, said, part=part)
    return Whisper(card) if room else Redraw(card)


def _gone(turn: Turn) -> Whisper:
    return Whisper(sentence(turn.reader(texts.GONE)))


def _found(turn: Turn, event_id: str) -> Event | None:
    return facing.get(turn.work, turn.community.id, event_id)


@router.pressed(actions.See, untraced=True)
def see(turn: Turn, wish: actions.See) -> Answer:
    """Look at one; who looked and forgets to answer may be asked once before the last day."""
    found = _found(turn, wish.event)
    if found is None:
        return _gone(turn)
    if found.state is State.ANNOUNCED and found.signs_up_until > turn.now:
        _seats(turn).opened(found.id, turn.me)
    return shown(turn, found, part=wish.part, room=wish.room)


# --- coming or not -------------------------------------------------------------------------------


@router.pressed(actions.Answer, untraced=True)
def answer(turn: Turn, wish: actions.Answer) -> Answer:
    """Coming, with as many guests as before, or not."""
    return _taken(turn, wish, _guests(turn, wish.event, wish.part) if wish.going else 0)


@router.pressed(actions.AsKind, untraced=True)
def as_kind(turn: Turn, wish: actions.AsKind) -> Answer:
    """Coming, and as whom."""
    if wish.kind not in set(Attendee):
        return _gone(turn)
    return _taken(turn, actions.Answer(event=wish.event, part=wish.part), 0, Attendee(wish.kind))


def _guests(turn: Turn, event_id: str, part_id: str) -> int:
    """How many come along to a part as it stands."""
    found = _found(turn, event_id)
    stands = _seats(turn).standing(turn.me.id, [found]) if found and found.details.guests else []
    return next((one.guests for one in stands if one.part.id == part_id), 0)


def _taken(turn: Turn, wish: actions.Answer, guests: int, kind: Attendee | None = None) -> Answer:
    """The answer as the seats take it, and what follows for others."""
    seats = _seats(turn)
    done = seats.answer(wish.part, turn.me, going=wish.going, guests=guests, kind=kind)
    if isinstance(done.said, Refused) and done.said.why is Why.ASK:
        found = _found(turn, wish.event)
        stands = seats.standing(turn.me.id, [found]) if found else []
        other = next((one for one in stands if one.state is not Standing.CANNOT), None)
        if other is None:
            return Whisper(cards.which_kind(turn.reader, wish))
        # as whom they come was asked for another part of the same event
        done = seats.answer(wish.part, turn.me, going=wish.going, guests=guests, kind=other.kind)
    return _told(turn, wish, done)


def _told(turn: Turn, wish: actions.Answer, done: Answered) -> Answer:
    """Tell whoever answered, those who moved up, and the rooms in which the counts stand."""
    if not isinstance(done.said, Refused):
        telling.moved(turn.work, turn.community.id, done.moved)
        posting.revise(turn.work, turn.community.id, wish.event)
    found = _found(turn, wish.event)
    if found is None:
        return _gone(turn)
    return shown(turn, found, _words(turn, found, found.part(wish.part), done.said), part=wish.part, room=wish.room)


def _words(turn: Turn, event: Event, part: Part | None, said: Seated | Waiting | Freed | Refused) -> str:
    reader = turn.reader
    if isinstance(said, Refused):
        return refusal(turn, event, said.why)
    if isinstance(said, Waiting):
        words = reader(texts.SAID_WAITING, place=reader.number(said.place))
    elif isinstance(said, Seated):
        words = reader(texts.SAID_GOING)
    else:
        words = reader(texts.SAID_FREED if said.had else texts.SAID_CANNOT)
    if part and len(event.parts) > 1:
        return reader(texts.OF_PART, part=wording.name(reader, part, event.parts.index(part)), said=words)
    return words


_REFUSALS = {
    Why.CANCELLED: texts.CANCELLED,
    Why.BEGUN: texts.PART_OVER,
    Why.PARTY: texts.GUESTS_FULL,
    Why.FULL: texts.GUESTS_FULL,
    Why.LAPSED: texts.NOT_HELD,
    Why.TEAM: cohort_texts.NOT_IN,
}


def refusal(turn: Turn, event: Event, why: Why) -> str:
    """Why an answer was not taken, in one sentence."""
    reader, details = turn.reader, event.details
    match why:
        case Why.KIND:
            return reader(texts.NOT_FOR_YOU, who=wording.kinds(reader, details.kinds))
        case Why.GUESTS:
            return reader(texts.GUESTS_TOO_MANY, max=details.guests)
        case Why.GONE:
            return reader(texts.PART_GONE)
        case Why.LATE:
            seen = People(turn.work, turn.community.id).names(details.organisers, turn.me)
            names = ", ".join(filter(None, seen.values()))
            return reader(texts.LATE, names=names) if names else reader(texts.LATE_NOBODY)
        case _:
            return reader(_REFUSALS[why])


# --- guests --------------------------------------------------------------------------------------


@router.pressed(actions.Guests, untraced=True)
def guests(turn: Turn, wish: actions.Guests) -> Form | Whisper:
    """Open the form."""
    found = _found(turn, wish.event)
    part = found.part(wish.part) if found else None
    if found is None or part is None:
        return _gone(turn)
    if found.state is not State.ANNOUNCED or part.starts_at <= turn.now or not found.details.guests:
        why = Why.CANCELLED if found.state is State.CANCELLED else Why.BEGUN
        return Whisper(facing.card(turn.work, turn.me, found, refusal(turn, found, why)))
    now = _guests(turn, wish.event, wish.part)
    typed = actions.Guested(event=wish.event, part=wish.part, room=wish.room, guests=str(now))
    return cards.guests(turn.reader, typed, found.details.guests)


@router.submitted(actions.Guested, untraced=True)
def guested(turn: Turn, typed: actions.Guested) -> Answer:
    """Coming with so many."""
    found = _found(turn, typed.event)
    if found is None:
        return _gone(turn)
    number, most = number_in(typed.guests), found.details.guests
    if number is None or number > most:
        return cards.guests(turn.reader, typed, most, {"guests": turn.reader(texts.GUESTS_BAD, max=most)})
    return _taken(turn, actions.Answer(event=typed.event, part=typed.part, room=typed.room), number)


# --- a seat that is held -------------------------------------------------------------------------


@router.pressed(actions.Claim, untraced=True)
def claim(turn: Turn, wish: actions.Claim) -> Answer:
    """Take it, or leave it to the next."""
    meant = actions.Answer(event=wish.event, part=wish.part, going=wish.yes)
    seats = _seats(turn)
    return _told(turn, meant, seats.claim(wish.part, turn.me) if wish.yes else seats.release(wish.part, turn.me))


# --- who is coming -------------------------------------------------------------------------------


@router.pressed(actions.Who)
def who(turn: Turn, wish: actions.Who) -> Answer:
    """Names as far as whoever asks may see them, and how many others there are."""
    found = _found(turn, wish.event)
    if found is None:
        return _gone(turn)
    parts = [_who_of(turn, found, part, number) for number, part in enumerate(found.parts)]
    return Whisper(cards.who(turn.reader, found.id, parts))


def _who_of(turn: Turn, event: Event, part: Part, number: int) -> tuple[str, list[str], str]:
    going = _seats(turn).sitters(event.id, part.id, Standing.GOING)
    names, others = facing.names(turn.work, turn.community, going, turn.me)
    title = wording.name(turn.reader, part, number) if len(event.parts) > 1 else ""
    return title, names, others
