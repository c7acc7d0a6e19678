"""How meetings look to members."""

from collections.abc import Mapping, Sequence

from bot.actions import pack
from bot.cards import Button, Buttons, Card, Facts, Link, Look, Piece, Text, TextInput, button
from bot.language import Reader
from bot.replies import Form
from handlers.events import actions as event_actions
from handlers.events import cards as event_cards
from handlers.events.meeting import actions, seen, texts
from handlers.events.meeting.rules import Agenda
from storage.decisions import Decision
from storage.events import Event
from storage.meetings import LINE_MAX, LINK_MAX, MINUTES, MINUTES_MAX, TITLE_MAX, Item
from storage.questions import worded
from storage.todos import Todo, TodoState

PAGE = 8  # decisions of a page
ROWS = 10  # facts a piece may hold
SHORT = 120  # characters of a decision in a list
OWN = 5  # of one's own proposals
ITEMS, LINES = 8, 5  # items of an agenda, and lines of anything else, on a card
Errors = Mapping[str, str]


def in_rows(facts: Sequence[tuple[str, str]]) -> list[Piece]:
    """Facts, as many as a piece may hold."""
    return [Facts(tuple(facts[start : start + ROWS])) for start in range(0, len(facts), ROWS)]


def to_event(reader: Reader, event: Event) -> Button:
    """Back to the event's card."""
    return button(reader(texts.TO_EVENT), event_actions.See(event=event.id))


# --- the agenda ----------------------------------------------------------------------------------


def agenda(
    reader: Reader, found: Agenda, names: Mapping[str, str], todos: Sequence[str], *, whole: bool = False
) -> list[Piece]:
    """What there is to talk about, as much as a card holds, or with `whole` all of it.

    `names`: of proposers, by item; `todos`: a line each.
    """
    most = len(found.items) if whole else ITEMS
    pieces: list[Piece] = []
    if todos:
        pieces.append(Text(reader(texts.TODO_FIRST), Look.HEADING))
        pieces.append(Text("\n".join(as_many(reader, todos, len(todos) if whole else LINES))))
    pieces.append(Text(seen.counted(reader, found)))
    lines = []
    for number, one in enumerate(found.items[:most], 1):
        label = reader(texts.LINE, number=number, title=one.topic.title, minutes=one.topic.minutes)
        said = [one.topic.line, seen.from_whom(reader, one, names)]
        lines.append((label, "\n".join(filter(None, said)) or "–"))
    pieces += in_rows(lines)
    more = len(found.items) - most
    pieces += [Text(reader(texts.MORE_ITEMS, count=more))] if more > 0 else []
    links = [
        Link(reader(texts.LINK, number=number), one.topic.link)
        for number, one in enumerate(found.items[:most], 1)
        if one.topic.link
    ]
    pieces += [Buttons(tuple(links[n : n + ROWS])) for n in range(0, len(links), ROWS)]
    if found.left:
        left = as_many(reader, [f"- {one.topic.title}" for one in found.left], LINES)
        pieces.append(Text("\n".join([reader(texts.LEFT), *left]), Look.QUIET))
    return pieces


def as_many(reader: Reader, lines: Sequence[str], most: int) -> list[str]:
    """So many lines, and how many more there are."""
    more = len(lines) - most
    return [*lines[:most], *([reader(texts.MORE_ITEMS, count=more)] if more > 0 else [])]


def agenda_card(
    reader: Reader,
    event: Event,
    body: Sequence[Piece],
    own: Sequence[Item],
    *,
    said: str = "",
    proposes: bool = False,
    page: str = "",
) -> Card:
    """The agenda with what its reader can do.  `own`: what they proposed; `page`: the address of the page to print."""
    title = reader(texts.AGENDA_OF, title=event.title(reader.language))
    pieces: list[Piece] = [Text(title, Look.HEADING), *([Text(said)] if said else []), *body]
    row: list[Button | Link] = []
    if own:
        lines = [f"{number}. {one.topic.title}" for number, one in enumerate(own[:OWN], 1)]
        pieces.append(Text("\n".join([reader(texts.YOURS), *lines])))
        row += [
            button(reader(texts.TAKE_BACK, number=number), actions.TakeBack(event=event.id, item=one.id))
            for number, one in enumerate(own[:OWN], 1)
        ]
    if proposes:
        row.insert(0, button(reader(texts.PROPOSE), actions.Propose(event=event.id), Look.PRIMARY))
    row += [Link(reader(texts.PRINT), page)] if page else []
    return Card(event_cards.summary(reader, event.details), (*pieces, Buttons((*row, to_event(reader, event)))))


def which(reader: Reader, some: Sequence[tuple[str, str]]) -> Card:
    """Of several meetings, as (id, label), the one that is meant."""
    row = tuple(button(label, actions.Agenda(event=event)) for event, label in some)
    return Card(reader(texts.AGENDA), (Text(reader(texts.WHICH)), Buttons(row)))


def topic_fields(reader: Reader, title: str, line: str, minutes: str, link: str) -> tuple[TextInput, ...]:
    """The fields of an item."""
    how_long = reader(texts.ITEM_MINUTES_HINT, max=MINUTES_MAX, usual=MINUTES)
    address = reader(texts.ITEM_LINK_HINT)
    return (
        TextInput("title", reader(texts.ITEM_TITLE), title, max_length=TITLE_MAX),
        TextInput("line", reader(texts.ITEM_LINE), line, max_length=LINE_MAX, required=False),
        TextInput("minutes", reader(texts.ITEM_MINUTES), minutes, how_long, max_length=5, required=False),
        TextInput("link", reader(texts.ITEM_LINK), link, address, max_length=LINK_MAX, required=False),
    )


def propose(reader: Reader, typed: actions.Proposed, errors: Errors | None = None) -> Form:
    """The form of a proposal."""
    fields = topic_fields(reader, typed.title, typed.line, typed.minutes, typed.link)
    submit = pack(actions.Proposed(event=typed.event))
    return Form(reader(texts.TITLE), submit, reader(texts.SEND), fields, (Text(reader(texts.WHAT)),), errors or {})


# --- decisions -----------------------------------------------------------------------------------


def decisions(reader: Reader, some: Sequence[Decision], wish: actions.Decisions) -> Card:
    """Those that were found, a page of them."""
    words = wish.words
    title = reader(texts.DECISIONS_FOUND, words=words) if words else reader(texts.DECISIONS)
    pieces: list[Piece] = [Text(title, Look.HEADING)]
    start = wish.start if 0 <= wish.start < len(some) else 0
    here, row = some[start : start + PAGE], []
    if here:
        pieces.append(Facts(tuple((label(reader, one), short(reader, one)) for one in here)))
        pieces.append(Buttons(tuple(button(one.name, actions.Decision(number=one.name)) for one in here)))
    else:
        pieces.append(Text(reader(texts.DECISIONS_FOUND_NONE if words else texts.DECISIONS_NONE)))
    row.append(button(reader(texts.SEARCH), actions.Search()))
    if len(some) > start + PAGE:
        row.append(button(reader(texts.MORE_DECISIONS), actions.Decisions(words=words, start=start + PAGE)))
    return Card(reader(texts.DECISIONS), (*pieces, Buttons(tuple(row))))


def label(reader: Reader, one: Decision) -> str:
    """Its number and day."""
    return reader(texts.DECISION_LABEL, name=one.name, day=reader.full_day(one.on))


def short(reader: Reader, one: Decision) -> str:
    """What it says, as far as a list has room, and whether it still holds."""
    text = " ".join(worded(one.words.text, reader.language).split())
    text = f"{text[:SHORT]}…" if len(text) > SHORT else text
    return f"{text}\n{reader(texts.HOLDS_NO_MORE, name=one.by)}" if one.by else text


def decision(reader: Reader, one: Decision, more: Sequence[Button] = (), said: str = "") -> Card:
    """One decision, in every language it was written in."""
    pieces: list[Piece] = [Text(reader(texts.DECIDED, name=one.name), Look.HEADING)]
    pieces += [Text(said)] if said else []
    if one.by:
        pieces.append(Text(reader(texts.HOLDS_NO_MORE, name=one.by)))
    pieces += [Text(text) for text in one.words.text.values()]
    facts = [(reader(texts.ON), reader.full_day(one.on)), (reader(texts.ABOUT_ITEM), one.words.title)]
    pieces.append(Facts(tuple(fact for fact in facts if fact[1])))
    row = []
    if one.by:
        row.append(button(reader(texts.DECIDED, name=one.by), actions.Decision(number=one.by)))
    if one.words.instead:
        pieces.append(Text(reader(texts.INSTEAD, name=one.words.instead), Look.QUIET))
        row.append(button(reader(texts.DECIDED, name=one.words.instead), actions.Decision(number=one.words.instead)))
    back = button(reader(texts.TO_DECISIONS), actions.Decisions())
    return Card(reader(texts.DECISIONS), (*pieces, Buttons((*row, *more, back))))


def search(reader: Reader, typed: actions.Searched, errors: Errors | None = None) -> Form:
    """The form that searches."""
    fields = (TextInput("words", reader(texts.SEARCH_LABEL), typed.words, max_length=100),)
    submit = pack(actions.Searched())
    return Form(reader(texts.SEARCH), submit, reader(texts.SEARCH_SEND), fields, errors=errors or {})


# --- what somebody does --------------------------------------------------------------------------


def todo_line(reader: Reader, one: Todo, name: str) -> str:
    """What, until when, and who; somebody who has not said yes is nobody."""
    if one.state is TodoState.DONE:
        return reader(texts.TODO_DONE, what=one.what)
    taken = name or reader(texts.A_MEMBER)
    who = taken if one.state is TodoState.TAKEN else reader(texts.NOBODY)
    return reader(texts.TODO_LINE, what=one.what, day=reader.full_day(one.until), who=who)


def todo(reader: Reader, one: Todo, title: str, *, said: str = "", summary: str = "") -> Card:
    """What somebody was asked, or took on."""
    facts = Facts(((reader(texts.TODO_UNTIL), reader.full_day(one.until)),))
    taken = one.state is TodoState.TAKEN
    first = said or reader(texts.TODO_YOURS if taken else texts.TODO_ASKED, title=title)
    pieces: list[Piece] = [Text(first), Text(one.what, Look.QUOTE), facts]
    if taken:
        row = (
            button(reader(texts.TODO_FINISH), actions.FinishTodo(todo=one.id), Look.PRIMARY),
            button(reader(texts.TODO_GIVE_BACK), actions.AnswerTodo(todo=one.id, yes=False)),
        )
    else:
        pieces.append(Text(reader(texts.TODO_FREELY), Look.QUIET))
        row = (
            button(reader(texts.TODO_YES), actions.AnswerTodo(todo=one.id), Look.PRIMARY),
            button(reader(texts.TODO_NO), actions.AnswerTodo(todo=one.id, yes=False)),
        )
    return Card(summary or reader(texts.TODO_SUMMARY), (*pieces, Buttons(row)))
