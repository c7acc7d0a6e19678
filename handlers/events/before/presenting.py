"""What members can say about presenting at an event.

Every route is `untraced`, as all that lead to a row under a tag.  Whoever nobody sees cannot present, since presenters
are named.
"""

from bot.cards import sentence
from bot.language import Sentence
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Router
from handlers.events import cards, facing, posting
from handlers.events import texts as event_texts
from handlers.events.before import actions, cards_pitch, conversation
from handlers.events.before import texts_pitch as texts
from handlers.turn import Turn
from storage.events import Event
from storage.grouping import Grouping, Slots
from storage.pitches import LINE_MAX, TITLE_MAX, Pitches
from storage.pitches import Answer as Said
from storage.presets import Level

router: Router[Turn] = Router()


def _says(turn: Turn, words: Sentence) -> Whisper:
    return Whisper(sentence(turn.reader(words)))


def _shelf(turn: Turn) -> Pitches:
    return Pitches(turn.work, turn.community.id)


def _open(turn: Turn, event_id: str) -> tuple[Event, Slots] | Whisper:
    """The slots whoever acts may ask for, or why not; whoever has asked may always change the words."""
    event = conversation.found(turn, event_id)
    slots = Grouping(turn.work, turn.community.id).get(event_id).slots
    if event is None or event.starts_at <= turn.now:
        return _says(turn, event_texts.GONE if event is None else texts.CLOSED)
    if slots is None:
        return _says(turn, texts.NO_SLOTS)
    if turn.me.level is Level.HIDDEN:
        return _says(turn, texts.HIDDEN)
    asked = _shelf(turn).of(event_id, turn.me.id)
    if slots.published and (asked is None or asked.answer is not Said.YES):
        return _says(turn, texts.CLOSED)
    return event, slots


@router.pressed(actions.Pitch, untraced=True)
def pitch(turn: Turn, wish: actions.Pitch) -> Form | Whisper:
    """Open the form."""
    open_ = _open(turn, wish.event)
    if isinstance(open_, Whisper):
        return open_
    now = _shelf(turn).of(wish.event, turn.me.id)
    words = {"title": now.pitch.title, "line": now.pitch.line} if now else {}
    return cards_pitch.ask(turn.reader, actions.Pitched(event=wish.event, **words))


@router.submitted(actions.Pitched, untraced=True)
def pitched(turn: Turn, typed: actions.Pitched) -> Answer:
    """Keep it."""
    open_ = _open(turn, typed.event)
    if isinstance(open_, Whisper):
        return open_
    event, _ = open_
    reader, title, line = turn.reader, " ".join(typed.title.split()), " ".join(typed.line.split())
    errors = {
        name: reader(texts.TOO_LONG, max=most)
        for name, words, most in (("title", title, TITLE_MAX), ("line", line, LINE_MAX))
        if len(words) > most
    }
    if not title:
        errors["title"] = reader(texts.NO_TITLE)
    if errors:
        return cards_pitch.ask(reader, typed, errors)
    shelf = _shelf(turn)
    shelf.hold(event.id)
    old = shelf.of(event.id, turn.me.id)
    if not shelf.ask(event.id, turn.me.id, title, line):
        return _says(turn, texts.FULL)
    posting.revise(turn.work, turn.community.id, event.id)
    return _mine(turn, event, reader(texts.SAVED if old and old.answer is Said.YES else texts.SENT))


def _mine(turn: Turn, event: Event, first: str = "") -> Answer:
    shelf = _shelf(turn)
    slots = Grouping(turn.work, turn.community.id).get(event.id).slots
    one = shelf.of(event.id, turn.me.id)
    if one is None or slots is None:
        return Redraw(facing.card(turn.work, turn.me, event, first))
    said = cards_pitch.stands(turn.reader, one, slots, [each.member for each in shelf.chosen(event.id)])
    summary = cards.summary(turn.reader, event.details)
    return Redraw(cards_pitch.mine(turn.reader, event, one, said, summary=summary, first=first))


@router.pressed(actions.MyPitch, untraced=True)
def my_pitch(turn: Turn, wish: actions.MyPitch) -> Answer:
    """What whoever presses would present."""
    event = conversation.found(turn, wish.event)
    return _mine(turn, event) if event else _says(turn, event_texts.GONE)


@router.pressed(actions.TakeBack, untraced=True)
def take_back(turn: Turn, wish: actions.TakeBack) -> Answer:
    """They do not present after all; those behind them move up."""
    event = conversation.found(turn, wish.event)
    if event is None:
        return _says(turn, event_texts.GONE)
    shelf = _shelf(turn)
    shelf.hold(event.id)
    taken = shelf.take_back(event.id, turn.me.id)
    posting.revise(turn.work, turn.community.id, event.id)
    return Redraw(facing.card(turn.work, turn.me, event, turn.reader(texts.TAKEN_BACK) if taken else ""))
