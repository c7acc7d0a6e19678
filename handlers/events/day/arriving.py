"""Members note that they are there: with one tap, or by the code at the door.

The tap is `untraced`, for hidden members and all others alike.  The code only finds the event, so that its route may
leave what every command leaves.
"""

from bot.cards import Buttons, Card, Look, Text, button, sentence
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Router
from handlers.events import facing, posting, texts, wording
from handlers.events.day import actions, cards, rules
from handlers.events.day import texts as said
from handlers.turn import Turn
from storage.arrivals import Arrivals
from storage.attendance import Arrival, Attendance
from storage.events import Event, State
from storage.programme import Attendee, Part
from storage.seats import kind_of

router: Router[Turn] = Router()


def asked(turn: Turn, words: str) -> Answer:
    """The event of a code, or the way to type one."""
    if not words.strip():
        way = Buttons((button(turn.reader(said.ENTER), actions.EnterCode(), Look.PRIMARY),))
        what = turn.reader(said.ENTER_WHAT)
        return Whisper(Card(turn.reader(said.ENTER), (Text(what), way)))
    card = _of_code(turn, words)
    return Whisper(card or sentence(turn.reader(said.UNKNOWN)))


@router.pressed(actions.EnterCode)
def enter(turn: Turn, _: actions.EnterCode) -> Form:
    """Open the form."""
    return cards.enter(turn.reader, actions.CodeEntered())


@router.submitted(actions.CodeEntered)
def entered(turn: Turn, typed: actions.CodeEntered) -> Answer:
    """The event of the code; checked in is whoever presses the button then."""
    card = _of_code(turn, typed.code)
    if card is None:
        return cards.enter(turn.reader, typed, {"code": turn.reader(said.UNKNOWN)})
    return Whisper(card)


def _of_code(turn: Turn, code: str) -> Card | None:
    """Asks whether whoever typed a code is there; None when it is no door's."""
    found = Arrivals(turn.work, turn.community.id).at(code)
    if found is None:
        return None
    event, part = found
    if no := _closed(turn, event, part):
        return sentence(no)
    return cards.asks(turn.reader, event, part)


def _closed(turn: Turn, event: Event, part: Part) -> str:
    """Why nobody checks in now, in a sentence, or ""."""
    if event.state is not State.ANNOUNCED:
        return turn.reader(texts.CANCELLED)
    match rules.door(part, turn.now):
        case rules.Door.EARLY:
            return turn.reader(said.SAID_EARLY, when=turn.reader.moment(rules.opens_at(part)))
        case rules.Door.OVER:
            return turn.reader(said.SAID_OVER)
        case _:
            return ""


@router.pressed(actions.Arrive, untraced=True)
def arrive(turn: Turn, wish: actions.Arrive) -> Answer:
    """They are there, with a seat or without."""
    found = facing.get(turn.work, turn.community.id, wish.event)
    part = found.part(wish.part) if found else None
    if found is None or part is None:
        return Whisper(sentence(turn.reader(texts.GONE if found is None else texts.PART_GONE)))
    words = _closed(turn, found, part) or _noted(turn, found, part)
    if len(found.parts) > 1:
        name = wording.name(turn.reader, part, found.parts.index(part))
        words = turn.reader(texts.OF_PART, part=name, said=words)
    return Redraw(facing.card(turn.work, turn.me, found, words))


def _noted(turn: Turn, event: Event, part: Part) -> str:
    here = Attendance(turn.work, turn.community.id)
    done = here.arrived(part.id, turn.me.id, kind_of(turn.me) or Attendee.OTHER)
    if done is Arrival.WALKED_IN:  # a seat was taken: the rooms in which they are counted follow
        posting.revise(turn.work, turn.community.id, event.id)
    words = turn.reader(said.SAID[done])
    late = rules.door(part, turn.now) is rules.Door.BEGUN and done is not Arrival.ALREADY
    return turn.reader(said.SAID_LATE, said=words) if late else words
