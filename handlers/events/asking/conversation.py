"""What members say: a question without a name, and which ones they want answered.

Every route is `untraced`, and answers in a window or dialog that keeps nothing.
"""

from datetime import datetime
from unicodedata import normalize

from bot.cards import Card, sentence
from bot.language import Sentence
from bot.replies import Answer, Form, Whisper
from bot.router import Router
from handlers.events import facing
from handlers.events import texts as event_texts
from handlers.events.asking import actions, cards, limits, rules, texts
from handlers.events.asking.rules import id_of
from handlers.hints import hints
from handlers.turn import Turn
from storage.asked import Asked, State
from storage.asking import WORDS_MAX, Refused, Rounds
from storage.events import Event, Events
from storage.events import State as EventState
from storage.people import People
from storage.questions import clean

router: Router[Turn] = Router()
ASKED = (State.SHOWN, State.ANSWERED)
REFUSED = {Refused.CLOSED: texts.CLOSED, Refused.NO_KEY: texts.NO_KEY}


def _alone(card: Card) -> Whisper:
    return Whisper(card, fleeting=True)


def _says(turn: Turn, words: Sentence, **more: object) -> Whisper:
    return _alone(sentence(turn.reader(words, **more)))


def _found(turn: Turn, event_id: str) -> Event | None:
    """An event that takes place or took place."""
    found = facing.get(turn.work, turn.community.id, event_id)
    return found if found and found.state is EventState.ANNOUNCED else None


# --- asking --------------------------------------------------------------------------------------


def _open(turn: Turn, event_id: str) -> tuple[Event, datetime] | Whisper:
    """An event that takes questions, and when they are opened next; or why not."""
    event, here = _found(turn, event_id), Rounds(turn.work, turn.community.id).get(event_id)
    if event is None:
        return _says(turn, event_texts.GONE)
    if here is None or here.over or event.ends_at <= turn.now:
        return _says(turn, texts.CLOSED)
    if Rounds(turn.work, turn.community.id).key(here) is None:
        return _says(turn, texts.NO_KEY)
    if limits.HERE.reached(event.id, turn.me.id):
        return _says(turn, texts.ENOUGH, most=turn.reader.number(rules.MOST))
    at = rules.following(event.parts, turn.now)
    return (event, at) if at else _says(turn, texts.TOO_LATE)


@router.pressed(actions.Ask, untraced=True)
def ask(turn: Turn, wish: actions.Ask) -> Form | Whisper:
    """The promise, and below it the form."""
    open_ = _open(turn, wish.event)
    return open_ if isinstance(open_, Whisper) else _form(turn, *open_, actions.Sent(event=wish.event))


def _form(turn: Turn, event: Event, at: datetime, typed: actions.Sent, error: str = "") -> Form:
    names = People(turn.work, turn.community.id).names(event.details.organisers, turn.me)
    seen = [name for name in names.values() if name]
    above = cards.promise(turn.reader, seen, turn.event.where.surface, turn.reader.moment(at))
    return cards.ask(turn.reader, typed, above, error=error)


@router.submitted(actions.Sent, untraced=True)
def sent(turn: Turn, typed: actions.Sent) -> Answer:
    """Sealed, unless something is amiss, or may tell who wrote it and has not been shown yet."""
    open_ = _open(turn, typed.event)
    if isinstance(open_, Whisper):
        return open_
    (event, at), words = open_, clean(typed.words)
    if not 0 < len(words) <= WORDS_MAX:
        wrong = texts.TOO_LONG if words else texts.EMPTY
        return _form(turn, event, at, typed, turn.reader(wrong, most=turn.reader.number(WORDS_MAX)))
    called = filter(None, {turn.me.name, turn.event.who.name})
    if not typed.sure and (seen := hints([words], called)):
        return cards.ask(turn.reader, typed, (), seen)
    taken = Rounds(turn.work, turn.community.id).ask(event.id, words, turn.event.key)
    if isinstance(taken, Refused):
        return _says(turn, REFUSED[taken])
    if taken.new:
        limits.HERE.count(event.id, turn.me.id)
    return _alone(cards.taken(turn.reader, event.id, taken.code, turn.reader.moment(at)))


@router.pressed(actions.TakeBack, untraced=True)
def take_back(turn: Turn, wish: actions.TakeBack) -> Form:
    """Where the code is typed."""
    return cards.take_back(turn.reader, actions.Code(event=wish.event))


@router.submitted(actions.Code, untraced=True)
def code(turn: Turn, typed: actions.Code) -> Answer:
    """Gone, if it is still sealed."""
    if Rounds(turn.work, turn.community.id).take_back(typed.event, normalize("NFKC", typed.code)):
        return _says(turn, texts.TAKEN_BACK)
    return cards.take_back(turn.reader, typed, {"code": turn.reader(texts.CODE_UNKNOWN)})


# --- reading and wanting -------------------------------------------------------------------------


def _list(turn: Turn, event_id: str, start: int, said: str = "") -> Whisper:
    event, here = _found(turn, event_id), Rounds(turn.work, turn.community.id).get(event_id)
    if event is None or here is None or here.over or event.ends_at <= turn.now:
        return _says(turn, event_texts.GONE if event is None else texts.CLOSED)
    shelf = Asked(turn.work, turn.community.id)
    some, mine = rules.ranked(shelf.all(event.id, *ASKED)), shelf.wanted_by(event.id, turn.me.id)
    some.sort(key=lambda one: one.state is State.ANSWERED)
    asks = rules.following(event.parts, turn.now) is not None
    start = start if 0 <= start < len(some) else 0
    return _alone(cards.questions(turn.reader, event, some, mine, start=start, asks=asks, said=said))


@router.pressed(actions.Questions, untraced=True)
def questions(turn: Turn, wish: actions.Questions) -> Answer:
    """The published ones, those that most want first."""
    return _list(turn, wish.event, wish.start)


@router.pressed(actions.Want, untraced=True)
def want(turn: Turn, wish: actions.Want) -> Answer:
    """One tap, and another takes it back."""
    event, done = _found(turn, wish.event), False
    if event and event.ends_at > turn.now:
        shelf = Asked(turn.work, turn.community.id)
        done = shelf.vote(event.id, id_of(wish.question), turn.me.id, wanted=wish.wanted)
    return _list(turn, wish.event, wish.start, "" if done else turn.reader(texts.GONE))


def page(turn: Turn, words: str) -> Answer:
    """`/enishi events ask`: the events that take questions.  What is typed behind it is neither kept nor shown."""
    shelf = Rounds(turn.work, turn.community.id)
    rounds = {one.event for one in shelf.alive()}
    coming = [one for one in Events(turn.work, turn.community.id).upcoming() if one.id in rounds]
    said = turn.reader(texts.NOT_HERE, ask=turn.reader(texts.ASK)) if words.strip() else ""
    some = [(one.id, one.title(turn.reader.language)) for one in coming[: cards.PAGE]]
    return Whisper(cards.which(turn.reader, some, said))
