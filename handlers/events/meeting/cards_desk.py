"""How meetings look to whoever runs them."""

from collections.abc import Mapping, Sequence

from bot.actions import pack
from bot.cards import Button, Buttons, Card, Choice, Facts, Link, Look, Piece, Text, TextInput, Tick, button
from bot.language import Reader, Sentence
from bot.replies import Form
from handlers.events import desk_actions as event_actions
from handlers.events.before import texts as before_texts
from handlers.events.meeting import cards, texts
from handlers.events.meeting import desk_actions as actions
from handlers.events.meeting import texts_desk as said
from handlers.events.meeting.rules import Agenda
from storage.decisions import TEXT_MAX as DECISION_MAX
from storage.events import Event
from storage.meetings import Item, ItemState
from storage.minutes import TEXT_MAX, Note, Outcome
from storage.todos import WHAT_MAX, Todo, TodoState

PAGE = 8
Errors = Mapping[str, str]
NOTED = (Outcome.DONE, Outcome.NEXT, Outcome.DECIDED)


def back(reader: Reader, event_id: str) -> Button:
    """To the meeting."""
    return button(reader(said.TO_MEETING), actions.Meeting(event=event_id))


def _card(reader: Reader, title: str, words: str, pieces: Sequence[Piece]) -> Card:
    told = [Text(words)] if words else []
    return Card(reader(said.MEETING), (Text(title, Look.HEADING), *told, *pieces))


# --- the page ------------------------------------------------------------------------------------


def no_meeting(reader: Reader, event: Event, words: str) -> Card:
    """What making it one means."""
    row = (
        button(reader(said.MARK), actions.Mark(event=event.id), Look.PRIMARY),
        button(reader(before_texts.TO_EVENT), event_actions.Run(event=event.id)),
    )
    series: list[Piece] = [Text(reader(said.FOR_SERIES), Look.QUIET)] if event.series or event.rule else []
    title = reader(said.MEETING_OF, title=event.title(reader.language))
    return _card(reader, title, words, (Text(reader(said.WHAT)), *series, Buttons(row)))


def page(
    reader: Reader,
    event: Event,
    facts: Sequence[tuple[str, str]],
    agenda: Agenda | None,
    *,
    words: str,
    begun: bool,
    noted: bool,
    published: bool,
    printed: str,
) -> Card:
    """A meeting, in short.  `begun`: minutes can be written; `noted`: there are some; `printed`: the page's address."""
    items = [
        button(
            reader(label), actions.Items(event=event.id, state=state), Look.PRIMARY if state == "open" else Look.PLAIN
        )
        for state, label in said.ITEMS.items()
    ]
    row: list[Button | Link] = [*items, button(reader(said.ADD), actions.EditItem(event=event.id))]
    if agenda and not begun:
        fix = actions.Fix(event=event.id, on=not agenda.fixed)
        row.append(button(reader(said.UNFIX if agenda.fixed else said.FIX), fix))
    row += [Link(reader(texts.PRINT), printed)] if printed and agenda else []
    then = [button(reader(said.TODO_LIST), actions.Todos(event=event.id))]
    if begun:
        then.insert(0, button(reader(said.WRITE), actions.WriteMinutes(event=event.id), Look.PRIMARY))
    if noted:
        label = said.PUBLISH_AGAIN if published else said.PUBLISH
        then.append(button(reader(label), actions.Publish(event=event.id)))
    off = actions.Mark(event=event.id, on=False)
    then.append(button(reader(said.UNMARK), off, Look.DANGER, reader(said.UNMARK_SURE)))
    then.append(button(reader(before_texts.TO_EVENT), event_actions.Run(event=event.id)))
    title = reader(said.MEETING_OF, title=event.title(reader.language))
    shown: list[Piece] = [Facts(tuple(facts)), Buttons(tuple(row)), Buttons(tuple(then))]
    series: list[Piece] = [Text(reader(said.FOR_SERIES), Look.QUIET)] if event.series or event.rule else []
    return _card(reader, title, words, [*shown, *series])


# --- items ---------------------------------------------------------------------------------------


def items(reader: Reader, wish: actions.Items, some: Sequence[Item], words: str) -> Card:
    """Items of one state, a page of them."""
    start = wish.start if 0 <= wish.start < len(some) else 0
    here, row = some[start : start + PAGE], []
    pieces: list[Piece] = []
    if here:
        lines = [
            (f"{number}. {one.topic.title}", reader(said.LINE_STATE, minutes=one.topic.minutes))
            for number, one in enumerate(here, start + 1)
        ]
        see = [
            button(f"{number}. {one.topic.title}", actions.SeeItem(event=wish.event, item=one.id))
            for number, one in enumerate(here, start + 1)
        ]
        pieces += [Facts(tuple(lines)), Buttons(tuple(see))]
    else:
        pieces.append(Text(reader(said.ITEMS_NONE)))
    if len(some) > start + PAGE:
        more = wish.model_copy(update={"start": start + PAGE})
        row.append(button(reader(said.MORE), more))
    row += [button(reader(said.ADD), actions.EditItem(event=wish.event)), back(reader, wish.event)]
    return _card(reader, reader(said.ITEMS[wish.state]), words, (*pieces, Buttons(tuple(row))))


def item(reader: Reader, event_id: str, one: Item, name: str, *, first: bool, last: bool, words: str) -> Card:
    """One item.  `name`: of whoever proposed it, "" when nobody did or it may not be seen; its place among the open."""
    who = (name or reader(said.UNSEEN)) if one.asked else ""
    facts = [
        (reader(said.STATE), reader(said.STATES[one.state])),
        (reader(said.MINUTES), reader.number(one.topic.minutes)),
        (reader(said.WHO), who),
    ]
    pieces: list[Piece] = [Text(one.topic.line)] if one.topic.line else []
    pieces.append(Facts(tuple(fact for fact in facts if fact[1])))

    def put(label: Sentence, state: str, look: Look = Look.PLAIN, sure: str = "") -> Button:
        return button(reader(label), actions.PutItem(event=event_id, item=one.id, state=state), look, sure)

    row: list[Button | Link] = []
    match one.state:
        case ItemState.PROPOSED:
            row += [put(said.ACCEPT, "open", Look.PRIMARY), put(said.PARK, "parked")]
            row.append(put(said.DECLINE, "", Look.DANGER, reader(said.DECLINE_SURE)))
        case ItemState.OPEN:
            move = actions.MoveItem(event=event_id, item=one.id, by=-1)
            row += [] if first else [button(reader(said.EARLIER), move)]
            row += [] if last else [button(reader(said.LATER), move.model_copy(update={"by": 1}))]
            row += [put(said.PARK, "parked"), put(said.CLOSE, "closed", sure=reader(said.CLOSE_SURE))]
        case _:
            row.append(put(said.UNPARK, "open", Look.PRIMARY))
    row.append(button(reader(said.EDIT), actions.EditItem(event=event_id, item=one.id)))
    row += [Link(reader(said.LINK), one.topic.link)] if one.topic.link else []
    state = one.state if one.state in said.ITEMS else ItemState.OPEN
    row.append(button(reader(said.ITEMS[state]), actions.Items(event=event_id, state=state)))
    return _card(reader, one.topic.title, words, (*pieces, Buttons((*row, back(reader, event_id)))))


def edit_item(reader: Reader, typed: actions.ItemTyped, errors: Errors | None = None) -> Form:
    """The form of an item."""
    fields = cards.topic_fields(reader, typed.title, typed.line, typed.minutes, typed.link)
    submit = pack(actions.ItemTyped(event=typed.event, item=typed.item, here=typed.here))
    title = said.EDIT if typed.item else said.ADD_HERE if typed.here else said.ADD
    return Form(reader(title), submit, reader(said.SAVE), fields, errors=errors or {})


# --- minutes -------------------------------------------------------------------------------------


def minutes(
    reader: Reader, event: Event, some: Sequence[tuple[str, str, Note | None]], start: int, words: str, *, noted: bool
) -> Card:
    """The items of a date, each by id and title, with what came of it."""
    start = start if 0 <= start < len(some) else 0
    here, pieces = list(enumerate(some, 1))[start : start + PAGE], list[Piece]()
    if here:
        facts = [
            (f"{number}. {title}", reader(texts.OUTCOMES[note.outcome if note else ""]))
            for number, (_, title, note) in here
        ]
        see = [
            button(f"{number}. {title}", actions.SeeNote(event=event.id, item=item_id))
            for number, (item_id, title, _) in here
        ]
        pieces += [Facts(tuple(facts)), Buttons(tuple(see))]
    else:
        pieces.append(Text(reader(said.MINUTES_NONE)))
    row = [button(reader(said.ADD_HERE), actions.EditItem(event=event.id, here=True))]
    row.append(button(reader(said.TODO_ADD), actions.AddTodo(event=event.id)))
    if start + PAGE < len(some):
        row.append(button(reader(said.MORE), actions.WriteMinutes(event=event.id, start=start + PAGE)))
    if noted:
        row.append(button(reader(said.PUBLISH), actions.Publish(event=event.id)))
    title = reader(said.MINUTES_OF, title=event.title(reader.language))
    return _card(reader, title, words, (*pieces, Buttons((*row, back(reader, event.id)))))


def note(reader: Reader, event_id: str, item: Item, now: Note | None, *, decided: Sequence[str], words: str) -> Card:
    """What was said about one item; `decided`: names of decisions."""
    pieces: list[Piece] = [Text(text) for text in (now.said.text.values() if now else ())]
    facts = [(reader(said.NOTE_OUTCOME), reader(texts.OUTCOMES[now.outcome if now else ""]))]
    facts.append((reader(texts.DECISIONS), ", ".join(decided)))
    pieces.append(Facts(tuple(fact for fact in facts if fact[1])))
    row = (
        button(reader(said.NOTE), actions.Note(event=event_id, item=item.id), Look.PRIMARY),
        button(reader(said.DECIDE), actions.Decide(event=event_id, item=item.id)),
        button(reader(said.TODO_ADD), actions.AddTodo(event=event_id)),
        button(reader(said.TO_MINUTES), actions.WriteMinutes(event=event_id)),
    )
    return _card(reader, item.topic.title, words, (*pieces, Buttons(row)))


def note_form(reader: Reader, typed: actions.Noted, errors: Errors | None = None, other: Note | None = None) -> Form:
    """The form of what was said; `other`: what somebody else wrote meanwhile."""
    intro: list[Piece] = [Text(reader(said.NOTE_NAMES))]
    if other:
        intro.append(Text(reader(said.NOTE_OTHER)))
        intro += [Text(text, Look.QUOTE) for text in other.said.text.values()]
        intro.append(Text(reader(texts.OUTCOMES[other.outcome]), Look.QUOTE))
    options = tuple((str(one), reader(texts.OUTCOMES[one])) for one in NOTED)
    fields = (
        TextInput("ja", reader(said.NOTE_JA), typed.ja, lines=6, max_length=TEXT_MAX, required=False),
        TextInput("en", reader(said.NOTE_EN), typed.en, lines=6, max_length=TEXT_MAX, required=False),
        Choice("outcome", reader(said.NOTE_OUTCOME), options, typed.outcome, required=False),
    )
    submit = pack(actions.Noted(event=typed.event, item=typed.item, version=typed.version))
    return Form(reader(said.NOTE_TITLE), submit, reader(said.SAVE), fields, tuple(intro), errors or {})


def decide(reader: Reader, typed: actions.Decided, errors: Errors | None = None) -> Form:
    """The form of a decision."""
    hint = reader(said.DECIDE_INSTEAD_HINT)
    instead = TextInput("instead", reader(said.DECIDE_INSTEAD), typed.instead, hint, max_length=16, required=False)
    fields = (*_decision(reader, typed.ja, typed.en), instead)
    submit = pack(actions.Decided(event=typed.event, item=typed.item))
    intro = (Text(reader(said.NOTE_NAMES)),)
    return Form(reader(said.DECIDE_TITLE), submit, reader(said.SAVE), fields, intro, errors or {})


def _decision(reader: Reader, ja: str, en: str) -> tuple[TextInput, ...]:
    return (
        TextInput("ja", reader(said.DECIDE_JA), ja, lines=4, max_length=DECISION_MAX, required=False),
        TextInput("en", reader(said.DECIDE_EN), en, lines=4, max_length=DECISION_MAX, required=False),
    )


def reword(reader: Reader, typed: actions.Reworded, errors: Errors | None = None) -> Form:
    """The form of a decision that is there."""
    submit = pack(actions.Reworded(number=typed.number))
    fields = _decision(reader, typed.ja, typed.en)
    return Form(reader(said.REWORD), submit, reader(said.SAVE), fields, errors=errors or {})


# --- to do ---------------------------------------------------------------------------------------


def add_todo(reader: Reader, typed: actions.TodoTyped, errors: Errors | None = None) -> Form:
    """The form of something to do."""
    fields = (
        TextInput("what", reader(said.TODO_WHAT), typed.what, max_length=WHAT_MAX),
        TextInput("until", reader(said.TODO_UNTIL), typed.until, reader(said.TODO_UNTIL_HINT), max_length=100),
        TextInput("who", reader(said.TODO_WHO), typed.who, reader(said.TODO_WHO_HINT), required=False),
    )
    submit = pack(actions.TodoTyped(event=typed.event))
    return Form(reader(said.TODO_TITLE), submit, reader(said.TODO_NEXT), fields, errors=errors or {})


def check_todo(reader: Reader, keep: actions.KeepTodo, day: str, typed: actions.TodoTyped, name: str) -> Card:
    """What was read, before anything is kept."""
    facts = Facts(((reader(said.TODO_WHAT), keep.what), (reader(texts.TODO_UNTIL), day)))
    asks = [Text(reader(said.TODO_ASKS, name=name))] if name else []
    row = (
        button(reader(said.TODO_KEEP), keep, Look.PRIMARY),
        button(reader(said.TODO_REDO), actions.AddTodo(**typed.model_dump())),
    )
    return _card(reader, reader(said.TODO_CHECK), "", (facts, *asks, Buttons(row)))


def todos(reader: Reader, wish: actions.Todos, some: Sequence[Todo], names: Mapping[str, str], words: str) -> Card:
    """What is to do, a page of it."""
    start = wish.start if 0 <= wish.start < len(some) else 0
    here, pieces = some[start : start + PAGE], list[Piece]()
    if here:
        lines = [(one.what, stands(reader, one, names.get(one.id, ""))) for one in here]
        see = [button(one.what, actions.SeeTodo(event=wish.event, todo=one.id)) for one in here]
        pieces += [Facts(tuple(lines)), Buttons(tuple(see))]
    else:
        pieces.append(Text(reader(said.TODO_LIST_NONE)))
    row = [button(reader(said.TODO_ADD), actions.AddTodo(event=wish.event))]
    if start + PAGE < len(some):
        row.append(button(reader(said.MORE), wish.model_copy(update={"start": start + PAGE})))
    return _card(reader, reader(said.TODO_LIST), words, (*pieces, Buttons((*row, back(reader, wish.event)))))


def stands(reader: Reader, one: Todo, name: str) -> str:
    """Until when, and whose it is."""
    state = reader(said.STANDS[one.state], name=name or reader(texts.A_MEMBER))
    return f"{reader.full_day(one.until)}\n{state}"


def todo(reader: Reader, event_id: str, one: Todo, name: str, words: str) -> Card:
    """One of them, with what can be done."""
    done = one.state is TodoState.DONE
    finish = actions.DoneTodo(event=event_id, todo=one.id, on=not done)
    row = [
        button(reader(said.TODO_NOT_DONE if done else said.TODO_IS_DONE), finish, Look.PLAIN if done else Look.PRIMARY)
    ]
    if not done:
        row.append(button(reader(said.TODO_ASK), actions.AskTodo(event=event_id, todo=one.id)))
    drop = actions.DropTodo(event=event_id, todo=one.id)
    row.append(button(reader(said.TODO_DROP), drop, Look.DANGER, reader(said.TODO_DROP_SURE)))
    row.append(button(reader(said.TODO_LIST), actions.Todos(event=event_id)))
    return _card(reader, one.what, words, (Text(stands(reader, one, name)), Buttons(tuple(row))))


def ask_todo(reader: Reader, typed: actions.TodoAsked, errors: Errors | None = None) -> Form:
    """The form that asks somebody."""
    fields = (TextInput("who", reader(said.TODO_WHO), typed.who, reader(said.TODO_WHO_HINT)),)
    submit = pack(actions.TodoAsked(event=typed.event, todo=typed.todo))
    return Form(reader(said.TODO_ASK), submit, reader(said.TODO_ASK_SEND), fields, errors=errors or {})


# --- publishing ----------------------------------------------------------------------------------


def publish(reader: Reader, rooms: Sequence[str], typed: actions.PublishLook, errors: Errors | None = None) -> Form:
    """The form that asks for whom the minutes are."""
    options = tuple((name, reader(said.ROOMS[name])) for name in rooms)
    fields = (
        Choice("channel", reader(said.PUBLISH_WHERE), options, typed.channel),
        Tick("tell", reader(said.PUBLISH_TELL), typed.tell, reader(said.PUBLISH_TELL_HINT)),
    )
    submit = pack(actions.PublishLook(event=typed.event))
    return Form(reader(said.PUBLISH_TITLE), submit, reader(said.PUBLISH_NEXT), fields, errors=errors or {})


def look(reader: Reader, wish: actions.PublishLook, seen: Sequence[Piece], facts: Sequence[tuple[str, str]]) -> Card:
    """What members will read, and what publishing leads to."""
    shown = [(reader(said.PUBLISH_WHERE), reader(said.ROOMS[wish.channel])), *facts]
    read = [piece for piece in seen if not isinstance(piece, Buttons)]
    row = (
        button(reader(said.PUBLISH_SEND), actions.PublishNow(**wish.model_dump()), Look.PRIMARY),
        back(reader, wish.event),
    )
    return _card(reader, reader(said.PUBLISH), reader(said.PUBLISH_LOOK), (*read, *cards.in_rows(shown), Buttons(row)))
