"""What members read afterwards: minutes that are published, and what was decided."""

from bot.cards import Card, Look, button, sentence
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Router
from handlers.events import facing, running
from handlers.events.meeting import actions, cards, cards_minutes, desk_actions, texts, texts_desk, told
from handlers.turn import Turn
from storage.decisions import Decisions
from storage.meetings import Meetings
from storage.todos import Todos

WORDS_MAX = 100  # characters that are searched for

router: Router[Turn] = Router()


@router.pressed(actions.Minutes)
def minutes(turn: Turn, wish: actions.Minutes) -> Answer:
    """The minutes of one date; beside the card of a shared room for their eyes only."""
    event = facing.get(turn.work, turn.community.id, wish.event)
    sitting = Meetings(turn.work, turn.community.id).sitting(wish.event)
    if event is None or sitting is None or not sitting.published:
        return Whisper(sentence(turn.reader(texts.NO_MINUTES)))
    found = cards_minutes.kept(turn.work, turn.community.id, event)
    todos = told.todo_lines(turn.work, turn.me, Todos(turn.work, turn.community.id).of_event(event.id))
    card = cards_minutes.full(turn.reader, event, found, todos, wish.start)
    return Whisper(card) if wish.room else Redraw(card)


# --- decisions -----------------------------------------------------------------------------------


def _found(turn: Turn, wish: actions.Decisions) -> Card:
    words = " ".join(wish.words.split())[:WORDS_MAX]
    some = Decisions(turn.work, turn.community.id).all(words)
    return cards.decisions(turn.reader, some, wish.model_copy(update={"words": words}))


def asked(turn: Turn, words: str) -> Answer:
    """All decisions; with words, those that say them."""
    return Whisper(_found(turn, actions.Decisions(words=words)))


@router.pressed(actions.Decisions)
def decisions(turn: Turn, wish: actions.Decisions) -> Answer:
    """The same, from a button."""
    return Redraw(_found(turn, wish))


@router.pressed(actions.Search)
def search(turn: Turn, _: actions.Search) -> Form:
    """Open the form."""
    return cards.search(turn.reader, actions.Searched())


@router.submitted(actions.Searched)
def searched(turn: Turn, wish: actions.Searched) -> Answer:
    """Those that say these words."""
    if not wish.words.strip():
        return cards.search(turn.reader, wish, {"words": turn.reader(texts.SEARCH_EMPTY)})
    return Redraw(_found(turn, actions.Decisions(words=wish.words)))


def shown(turn: Turn, name: str, words: str = "") -> Answer:
    """One decision; whoever does the community's content corrects and deletes it here."""
    one = Decisions(turn.work, turn.community.id).get(name)
    if one is None:
        return Redraw(sentence(turn.reader(texts.GONE)))
    row = []
    if running.runs_all(turn):
        drop, sure = desk_actions.DropDecision(number=one.name), turn.reader(texts_desk.DELETE_SURE)
        row.append(button(turn.reader(texts_desk.REWORD), desk_actions.Reword(number=one.name)))
        row.append(button(turn.reader(texts_desk.DELETE), drop, Look.DANGER, sure))
    return Redraw(cards.decision(turn.reader, one, row, words))


@router.pressed(actions.Decision)
def decision(turn: Turn, wish: actions.Decision) -> Answer:
    """The same, from a button."""
    return shown(turn, wish.number)
