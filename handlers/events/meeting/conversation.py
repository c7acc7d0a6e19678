"""What members can say about meetings: the agenda, what they would talk about, and what they do.

Routes that lead to a row with somebody's tag are `untraced`: hidden members use the same, and nothing else is written.
"""

from bot.cards import Card, Piece, Text, sentence
from bot.language import Sentence
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Router
from bot.sheets import Sheet
from handlers.events import cards as event_cards
from handlers.events import facing, wording
from handlers.events import texts as event_texts
from handlers.events.meeting import actions, cards, seen, texts, told, typed
from handlers.turn import Turn
from storage.events import Event, Events, State
from storage.meetings import Meetings
from storage.people import Area, Member
from storage.todos import Todos, TodoState
from storage.work import Work

SHEET = "agenda"  # the kind of the page
SHOWN = 8  # meetings to choose from

router: Router[Turn] = Router()


def _says(turn: Turn, words: Sentence) -> Whisper:
    return Whisper(sentence(turn.reader(words)))


def _meetings(turn: Turn) -> Meetings:
    return Meetings(turn.work, turn.community.id)


# --- the agenda ----------------------------------------------------------------------------------


def asked(turn: Turn, _: str = "") -> Answer:
    """The agenda of the next meeting; of several, which."""
    coming = Events(turn.work, turn.community.id).upcoming()
    found = [one for one in coming if (next_ := seen.coming(turn.work, turn.community.id, one)) and next_.agenda]
    if not found:
        return _says(turn, texts.NONE)
    if len(found) == 1:
        return Whisper(_page(turn, found[0]))
    named = [(one.title(turn.reader.language), wording.briefly(turn.reader, one.first)) for one in found[:SHOWN]]
    labels = event_cards.labelled(named)
    return Whisper(cards.which(turn.reader, [(one.id, name) for one, name in zip(found, labels, strict=False)]))


def body(work: Work, member: Member, event: Event, *, whole: bool = False) -> list[Piece]:
    """The agenda as this member may see it, as much as a card holds, or with `whole` all of it."""
    found, reader = seen.coming(work, member.community.id, event), member.reader
    if found is None:
        return [Text(reader(texts.NO_MEETING))]
    if found.agenda is None:
        return [Text(reader(texts.LATER_DATE))]
    if not (seen.is_coming(work, event, member) or member.may(Area.CONTENT)):
        return [Text(reader(texts.GOERS))]
    names = seen.proposers(work, member, found.agenda.items)
    return cards.agenda(reader, found.agenda, names, told.todo_lines(work, member, found.todos), whole=whole)


def _page(turn: Turn, event: Event, said: str = "") -> Card:
    meeting = _meetings(turn).of(event)
    own = _meetings(turn).mine(meeting, turn.me.id) if meeting else []
    page = turn.house.sheet(SHEET, event.id) if turn.house.sheet and meeting else ""
    proposes = bool(meeting) and seen.may_propose(event, turn.me) and event.ends_at > turn.now
    shown = body(turn.work, turn.me, event)
    return cards.agenda_card(turn.reader, event, shown, own, said=said, proposes=proposes, page=page)


def sheet(work: Work, member: Member, event_id: str) -> Sheet | None:
    """The agenda to print, for whoever comes or runs it."""
    event = facing.get(work, member.community.id, event_id)
    found = seen.coming(work, member.community.id, event) if event else None
    if event is None or found is None or not (seen.is_coming(work, event, member) or member.may(Area.CONTENT)):
        return None
    return Sheet(cards.agenda_card(member.reader, event, body(work, member, event, whole=True), ()))


@router.pressed(actions.Agenda, untraced=True)
def agenda(turn: Turn, wish: actions.Agenda) -> Answer:
    """The same, from a button."""
    event = facing.get(turn.work, turn.community.id, wish.event)
    return Redraw(_page(turn, event)) if event else _says(turn, event_texts.GONE)


# --- proposing -----------------------------------------------------------------------------------


def _open(turn: Turn, event_id: str) -> tuple[Event, str] | Whisper:
    """A meeting for which whoever acts may propose something, or why not."""
    event = facing.get(turn.work, turn.community.id, event_id)
    if event is None or event.state is not State.ANNOUNCED or event.ends_at <= turn.now:
        return _says(turn, event_texts.GONE)
    meeting = _meetings(turn).of(event)
    if not meeting:
        return _says(turn, texts.NO_MEETING)
    return (event, meeting) if seen.may_propose(event, turn.me) else _says(turn, texts.NOT_FOR_YOU)


@router.pressed(actions.Propose, untraced=True)
def propose(turn: Turn, wish: actions.Propose) -> Form | Whisper:
    """Open the form."""
    open_ = _open(turn, wish.event)
    return open_ if isinstance(open_, Whisper) else cards.propose(turn.reader, actions.Proposed(event=wish.event))


@router.submitted(actions.Proposed, untraced=True)
def proposed(turn: Turn, wish: actions.Proposed) -> Answer:
    """Keep it."""
    open_ = _open(turn, wish.event)
    if isinstance(open_, Whisper):
        return open_
    topic, errors = typed.topic(turn.reader, wish)
    if topic is None:
        return cards.propose(turn.reader, wish, errors)
    event, meeting = open_
    shelf = _meetings(turn)
    shelf.hold(meeting)
    twice = any(one.topic == topic for one in shelf.mine(meeting, turn.me.id))  # a press that came twice
    if not twice and not shelf.propose(meeting, turn.me.id, topic):
        return cards.propose(turn.reader, wish, {"title": turn.reader(texts.FULL)})
    return Redraw(_page(turn, event, turn.reader(texts.SENT)))


@router.pressed(actions.TakeBack, untraced=True)
def take_back(turn: Turn, wish: actions.TakeBack) -> Answer:
    """They do not propose it after all."""
    event = facing.get(turn.work, turn.community.id, wish.event)
    if event is None:
        return _says(turn, event_texts.GONE)
    taken = _meetings(turn).take_back(wish.item, turn.me.id)
    return Redraw(_page(turn, event, turn.reader(texts.TAKEN_BACK if taken else texts.ANSWERED)))


# --- what somebody does --------------------------------------------------------------------------


@router.pressed(actions.AnswerTodo, untraced=True)
def answer_todo(turn: Turn, wish: actions.AnswerTodo) -> Answer:
    """They take it on, or do not."""
    shelf = Todos(turn.work, turn.community.id)
    if not shelf.answer(wish.todo, turn.me.id, yes=wish.yes):
        return Redraw(sentence(turn.reader(texts.TODO_GONE)))
    one = shelf.get(wish.todo)
    if one is None or one.state is not TodoState.TAKEN:
        return Redraw(sentence(turn.reader(texts.TODO_FREED)))
    told.remind_later(turn.work, turn.community.id, one)
    return Redraw(cards.todo(turn.reader, one, told.title_of(turn.work, turn.me, one)))


@router.pressed(actions.FinishTodo, untraced=True)
def finish_todo(turn: Turn, wish: actions.FinishTodo) -> Answer:
    """They have done it."""
    shelf = Todos(turn.work, turn.community.id)
    taken = (one for one in shelf.of(turn.me.id) if one.state is TodoState.TAKEN)
    one = next((each for each in taken if each.id == wish.todo), None)
    if one is None:
        return Redraw(sentence(turn.reader(texts.TODO_GONE)))
    shelf.done(one.id)
    return Redraw(sentence(turn.reader(texts.TODO_THANKS)))
