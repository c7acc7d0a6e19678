"""How the people of the roster look, and those not to be invited."""

from collections.abc import Mapping, Sequence

from bot.actions import pack
from bot.cards import Buttons, Card, Facts, Look, Piece, Text, TextInput, button
from bot.language import Reader
from bot.replies import Form
from handlers.roster import actions, texts
from storage.people import NAME_MAX
from storage.roster import Batch, Invitee, Person, State

BATCHES_SHOWN = 5
LISTED = 8
MAIL_MAX = 254


def roster(
    reader: Reader, counts: Mapping[State, int], batches: Sequence[Batch], *, hidden: bool, keeps_the_list: bool
) -> Card:
    """Counts, the newest imports, and what can be done."""
    pieces: list[Piece] = [Text(reader(texts.ROSTER_TITLE), Look.HEADING)]
    if any(counts.values()):
        shown = [state for state in State if not (hidden and state is State.JOINED)]
        pieces.append(Facts(tuple((reader(texts.STATES[state]), reader.number(counts[state])) for state in shown)))
    else:
        pieces.append(Text(reader(texts.ROSTER_EMPTY)))
    if hidden:
        pieces.append(Text(reader(texts.ROSTER_HIDDEN), Look.QUIET))
    row = [
        button(reader(texts.IMPORT_TITLE), actions.Look(), Look.PRIMARY),
        button(reader(texts.SEARCH), actions.Search()),
    ]
    if keeps_the_list:
        row.append(button(reader(texts.BAR_TITLE), actions.Listed()))
    pieces.append(Buttons(tuple(row)))
    if batches:
        pieces += _batches(reader, batches[:BATCHES_SHOWN])
    return Card(reader(texts.ROSTER_TITLE), tuple(pieces))


def _batches(reader: Reader, batches: Sequence[Batch]) -> list[Piece]:
    lines = [
        reader(texts.BATCH_CLOSED if one.closed else texts.BATCH, day=reader.day(one.day), count=one.size)
        for one in batches
    ]
    undo = tuple(
        button(
            reader(texts.BATCH_UNDO, day=reader.day(one.day)),
            actions.Undo(batch=one.id),
            Look.DANGER,
            reader(texts.UNDO_SURE, count=one.size),
        )
        for one in batches
        if not one.closed
    )
    title = Text(reader(texts.BATCHES), Look.HEADING)
    return [title, Text("\n".join(lines)), *([Buttons(undo)] if undo else [])]


def search(reader: Reader, words: str = "", problem: str = "") -> Form:
    """The form to look for somebody."""
    field = TextInput("words", reader(texts.SEARCH_WORDS), words, max_length=NAME_MAX)
    errors = {"words": problem} if problem else {}
    title, go = reader(texts.SEARCH_TITLE), reader(texts.SEARCH_GO)
    return Form(title, pack(actions.Find()), go, (field,), errors=errors)


def found(
    reader: Reader, words: str, people: Sequence[tuple[Invitee, bool]], *, hidden: bool, keeps_the_list: bool
) -> Card:
    """Who fits, as (person, on the list), at most `LISTED` of them."""
    again = button(reader(texts.SEARCH), actions.Search())
    if not people:
        said = reader(texts.SEARCH_NONE, words=words)
        return Card(reader(texts.ROSTER_TITLE), (Text(said), Buttons((again,))))
    pieces: list[Piece] = [Text(reader(texts.SEARCH_FOUND, words=words), Look.HEADING)]
    for who, barred in people[:LISTED]:
        state = reader(texts.STATES[State.INVITED if hidden and who.state is State.JOINED else who.state])
        pieces.append(Text("\n".join([described(reader, who), reader(texts.IS_BARRED) if barred else state])))
    if len(people) > LISTED:
        pieces.append(Text(reader(texts.SEARCH_MORE), Look.QUIET))
    row = [again]
    if keeps_the_list:
        row += [
            button(
                reader(texts.BAR_ONE, name=who.name),
                actions.BarOne(invitee=who.id),
                Look.DANGER,
                reader(texts.BAR_SURE, name=who.name),
            )
            for who, barred in people[:LISTED]
            if not barred
        ]
    return Card(reader(texts.ROSTER_TITLE), (*pieces, Buttons(tuple(row))))


def described(reader: Reader, who: Person) -> str:
    """Enough of somebody to tell them from others."""
    name = f"{who.name} ({who.reading})" if who.reading else who.name
    left = reader(texts.LEFT_IN, year=who.left_year) if who.left_year else ""
    return " · ".join(part for part in (name, who.department, left, who.mail, who.number) if part)


def barred(reader: Reader, entries: Sequence[tuple[str, Person]], start: int) -> Card:
    """The do-not-invite list, for whoever keeps it."""
    page = entries[start : start + LISTED]
    pieces: list[Piece] = [Text(reader(texts.BAR_TITLE), Look.HEADING), Text(reader(texts.BAR_WHAT))]
    pieces += [Text(described(reader, who)) for _, who in page] or [Text(reader(texts.BAR_NONE))]
    row = [button(reader(texts.BAR_ADD), actions.Bar(), Look.PRIMARY)]
    row += [
        button(
            reader(texts.UNBAR, name=who.name or who.mail),
            actions.Unbar(entry=entry_id),
            confirm=reader(texts.UNBAR_SURE, name=who.name or who.mail),
        )
        for entry_id, who in page
    ]
    if len(entries) > start + LISTED:
        row.append(button(reader(texts.LIST_MORE), actions.Listed(start=start + LISTED)))
    return Card(reader(texts.BAR_TITLE), (*pieces, Buttons(tuple(row))))


def bar(reader: Reader, typed: actions.Barred, errors: Mapping[str, str] | None = None) -> Form:
    """The form to put somebody on the list.  It has no field for why."""
    fields = (
        TextInput("called", reader(texts.BAR_NAME), typed.called, max_length=NAME_MAX, required=False),
        TextInput("reading", reader(texts.BAR_READING), typed.reading, max_length=NAME_MAX, required=False),
        TextInput("mail", reader(texts.BAR_MAIL), typed.mail, max_length=MAIL_MAX, required=False),
        TextInput("left", reader(texts.BAR_LEFT), typed.left, max_length=20, required=False),
    )
    intro = (Text(reader(texts.BAR_WHAT)), Text(reader(texts.BAR_HINT), Look.QUIET))
    title, save = reader(texts.BAR_ADD), reader(texts.BAR_SAVE)
    return Form(title, pack(actions.Barred()), save, fields, intro=intro, errors=errors or {})
