"""What is to be done after a meeting: noted by whoever runs it, and somebody's only when they say yes."""

from datetime import date

from bot import dates
from bot.dates import Unclear, Want
from bot.replies import Answer, Form, Redraw
from bot.router import Router
from handlers.events import running
from handlers.events.meeting import cards_desk, desk, texts, told, typed
from handlers.events.meeting import desk_actions as actions
from handlers.events.meeting import texts_desk as said
from handlers.profiles import tidy
from handlers.turn import Turn
from storage.people import Member, People
from storage.programme import end_of
from storage.todos import OPEN_MAX, WHAT_MAX, Todo, Todos, TodoState

router: Router[Turn] = Router()


def _shelf(turn: Turn) -> Todos:
    return Todos(turn.work, turn.community.id)


def _list(turn: Turn, at: desk.Found, start: int = 0, words: str = "") -> Redraw:
    """What is open, and what this date led to."""
    event, coming = at
    open_ = _shelf(turn).open(coming.meeting)
    known = {one.id for one in open_}
    some = [*open_, *(one for one in _shelf(turn).of_event(event.id) if one.id not in known)]
    names = _names(turn, some)
    return Redraw(cards_desk.todos(turn.reader, actions.Todos(event=event.id, start=start), some, names, words))


def _names(turn: Turn, some: list[Todo]) -> dict[str, str]:
    owners = _shelf(turn).owners(some)
    names = People(turn.work, turn.community.id).names(owners.values(), turn.me)
    return {todo: names[who] for todo, who in owners.items() if who in names}


@router.pressed(actions.Todos, desk=True, supporters=True)
def todos(turn: Turn, wish: actions.Todos) -> Answer:
    """What is to do."""
    at = desk.found(turn, wish.event)
    return at if isinstance(at, Redraw) else _list(turn, at, wish.start)


# --- a new one -----------------------------------------------------------------------------------


@router.pressed(actions.AddTodo, desk=True, supporters=True)
def add(turn: Turn, wish: actions.AddTodo) -> Form | Redraw:
    """Open the form, with what was typed."""
    at = desk.found(turn, wish.event)
    if isinstance(at, Redraw):
        return at
    return cards_desk.add_todo(turn.reader, actions.TodoTyped.model_validate(wish.model_dump()))


@router.submitted(actions.TodoTyped, desk=True, supporters=True)
def read(turn: Turn, wish: actions.TodoTyped) -> Answer:
    """Show what was read; nothing is kept yet."""
    at = desk.found(turn, wish.event)
    if isinstance(at, Redraw):
        return at
    reader, errors, what = turn.reader, dict[str, str](), tidy(wish.what)
    until = dates.read(wish.until, turn.now, at[0].zone, language=reader.language, want=Want.DAY)
    who = typed.member(turn, wish.who) if wish.who.strip() else None
    if not what:
        errors["what"] = reader(said.TODO_EMPTY)
    elif len(what) > WHAT_MAX:
        errors["what"] = reader(texts.TOO_LONG, max=WHAT_MAX)
    if isinstance(until, Unclear):
        errors["until"] = until.sentence(reader)
    if isinstance(who, str):
        errors["who"] = who
    if errors or isinstance(until, Unclear) or isinstance(who, str):
        return cards_desk.add_todo(reader, wish, errors)
    keep = actions.KeepTodo(event=wish.event, what=what, until=until.day.isoformat(), who=who.id if who else "")
    name = who.name if who and who.id != turn.me.id else ""
    return Redraw(cards_desk.check_todo(reader, keep, reader.full_day(until.day), wish, name))


@router.pressed(actions.KeepTodo, desk=True, supporters=True)
def keep(turn: Turn, wish: actions.KeepTodo) -> Answer:
    """Keep it, and ask whom it is for."""
    at = desk.found(turn, wish.event)
    if isinstance(at, Redraw):
        return at
    until = _day(wish.until)
    if until is None or end_of(until, at[0].zone) <= turn.now or not wish.what.strip():
        return _list(turn, at)
    todo_id = _shelf(turn).add(at[1].meeting, at[0].id, wish.what[:WHAT_MAX], until)
    if not todo_id:
        return _list(turn, at, words=turn.reader(said.TODO_FULL, max=OPEN_MAX))
    running.note(turn, "meeting.todo", wish.event)
    who = turn.people.get(wish.who) if wish.who else None
    if who and who.is_seen_by(turn.me):
        _offer(turn, at, todo_id, who)
    told.revise(turn.work, turn.community.id, wish.event)
    return _list(turn, at, words=turn.reader(said.TODO_KEPT))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _offer(turn: Turn, at: desk.Found, todo_id: str, who: Member) -> None:
    """Ask somebody; whoever writes down what they do themselves has said yes."""
    shelf = _shelf(turn)
    shelf.hold(todo_id)
    shelf.offer(todo_id, who.id)
    if who.id == turn.me.id:
        shelf.answer(todo_id, who.id, yes=True)
    one = shelf.get(todo_id)
    if one is None:
        return
    if who.id == turn.me.id:
        told.remind_later(turn.work, turn.community.id, one)
    else:
        told.ask(turn.work, turn.community.id, one, at[0].zone, who.id)


# --- one of them ---------------------------------------------------------------------------------


def _found(turn: Turn, event_id: str, todo_id: str) -> tuple[desk.Found, Todo] | Redraw:
    at = desk.found(turn, event_id)
    if isinstance(at, Redraw):
        return at
    one = _shelf(turn).get(todo_id)
    if one is None or one.meeting != at[1].meeting:
        return _list(turn, at, words=turn.reader(said.TODO_GONE))
    return at, one


def _one(turn: Turn, event_id: str, todo_id: str, words: str = "") -> Redraw:
    found = _found(turn, event_id, todo_id)
    if isinstance(found, Redraw):
        return found
    one = found[1]
    return Redraw(cards_desk.todo(turn.reader, event_id, one, _names(turn, [one]).get(one.id, ""), words))


@router.pressed(actions.SeeTodo, desk=True, supporters=True)
def see(turn: Turn, wish: actions.SeeTodo) -> Answer:
    """One of them."""
    return _one(turn, wish.event, wish.todo)


@router.pressed(actions.AskTodo, desk=True, supporters=True)
def ask(turn: Turn, wish: actions.AskTodo) -> Form | Redraw:
    """Open the form."""
    found = _found(turn, wish.event, wish.todo)
    if isinstance(found, Redraw):
        return found
    return cards_desk.ask_todo(turn.reader, actions.TodoAsked(event=wish.event, todo=wish.todo))


@router.submitted(actions.TodoAsked, desk=True, supporters=True)
def asked(turn: Turn, wish: actions.TodoAsked) -> Answer:
    """Ask them, in place of whoever was asked before."""
    found = _found(turn, wish.event, wish.todo)
    if isinstance(found, Redraw):
        return found
    who = typed.member(turn, wish.who)
    if isinstance(who, str):
        return cards_desk.ask_todo(turn.reader, wish, {"who": who})
    if found[1].state is TodoState.DONE:
        return _one(turn, wish.event, wish.todo)
    _offer(turn, found[0], wish.todo, who)
    told.revise(turn.work, turn.community.id, found[1].event)
    return _one(turn, wish.event, wish.todo, turn.reader(said.TODO_ASKED if who.id != turn.me.id else said.SAVED))


@router.pressed(actions.DoneTodo, desk=True, supporters=True)
def done(turn: Turn, wish: actions.DoneTodo) -> Answer:
    """It is done, or is not after all."""
    found = _found(turn, wish.event, wish.todo)
    if isinstance(found, Redraw):
        return found
    _shelf(turn).done(wish.todo, done=wish.on)
    return _one(turn, wish.event, wish.todo, turn.reader(said.SAVED))


@router.pressed(actions.DropTodo, desk=True, supporters=True)
def drop(turn: Turn, wish: actions.DropTodo) -> Answer:
    """It is not to be done any more."""
    found = _found(turn, wish.event, wish.todo)
    if isinstance(found, Redraw):
        return found
    _shelf(turn).drop(wish.todo)
    return _list(turn, found[0], words=turn.reader(said.TODO_DROPPED))
