"""How questions without a name look to whoever moderates them, and to whoever hosts."""

from collections.abc import Mapping, Sequence

from bot.actions import pack
from bot.cards import Button, Buttons, Card, Choices, Facts, Link, Look, Piece, Text, TextInput, button
from bot.language import Reader
from bot.replies import Form
from handlers.events import desk_actions as event_actions
from handlers.events.asking import cards, texts
from handlers.events.asking import desk_actions as actions
from handlers.events.asking import texts_desk as said_of
from handlers.events.texts_desk import BACK_EVENT
from storage.asked import Question, State
from storage.asking import LEAST_MEMBERS, WORDS_MAX
from storage.events import Event

PAGE = 5  # questions of a page
OPTION, OPTIONS = 70, 100  # characters of a choice, and how many there may be
PARTS_MAX = 600
SHEET = 20  # questions on the screen in the room
Errors = Mapping[str, str]
MOVES = {  # what can be done with one of each state
    State.NEW: ((State.SHOWN, said_of.PUBLISH), (State.ASIDE, said_of.ASIDE)),
    State.SHOWN: ((State.ASIDE, said_of.ASIDE),),
    State.ASIDE: ((State.NEW, said_of.UNDO),),
    State.ANSWERED: (),
}
BLACKED = (State.NEW, State.SHOWN)


def section(reader: Reader, event: Event, facts: Sequence[tuple[str, str]]) -> list[Piece]:
    """In short, on the page of what is set up before an event; `facts`: of a round that is open."""
    pieces: list[Piece] = [Text(reader(said_of.TITLE), Look.HEADING)]
    pieces.append(Facts(tuple(facts)) if facts else Text(reader(said_of.OFF)))
    return [*pieces, Buttons((button(reader(said_of.OPEN), actions.Moderate(event=event.id)),))]


def closed(reader: Reader, event: Event, why: str) -> Card:
    """No round yet; `why` it cannot be opened, or ""."""
    title = reader(said_of.TITLE_OF, title=event.title(reader.language))
    what = reader(said_of.FEW, count=reader.number(LEAST_MEMBERS))
    pieces: list[Piece] = [Text(title, Look.HEADING), Text(reader(said_of.WHAT)), Text(why or what, Look.QUIET)]
    row = []
    if not why:
        sure = reader(said_of.START_SURE)
        row.append(button(reader(said_of.START), actions.Start(event=event.id), Look.PRIMARY, sure))
    return Card(reader(said_of.TITLE), (*pieces, Buttons((*row, _back(reader, event)))))


def page(
    reader: Reader, event: Event, facts: Sequence[tuple[str, str]], said: str, *, over: bool, shared: bool, screen: str
) -> Card:
    """The whole of it.  `screen`: the address of the page for the room."""
    title = reader(said_of.TITLE_OF, title=event.title(reader.language))
    pieces: list[Piece] = [Text(title, Look.HEADING), *([Text(said)] if said else []), Facts(tuple(facts))]
    states = [one for one in State if not (over and one is State.ASIDE)]
    lists = [button(reader(said_of.LISTS[str(one)]), actions.Sift(event=event.id, state=str(one))) for one in states]
    row: list[Button | Link] = []
    if over:
        words = reader(said_of.UNSHARE if shared else said_of.SHARE)
        row.append(button(words, actions.Share(event=event.id, shared=not shared)))
    else:
        row.append(button(reader(said_of.MERGE), actions.Merge(event=event.id)))
    row.append(button(reader(said_of.HOST), actions.Host(event=event.id), Look.PLAIN if over else Look.PRIMARY))
    row += [Link(reader(said_of.HOST_PAGE), screen)] if screen and not over else []
    what = reader(said_of.KEPT if over else said_of.WHAT)
    row.append(_back(reader, event))
    return Card(reader(said_of.TITLE), (*pieces, Buttons(tuple(lists)), Buttons(tuple(row)), Text(what, Look.QUIET)))


def sifted(
    reader: Reader, event: Event, some: Sequence[Question], wish: actions.Sift, said: str, *, over: bool
) -> Card:
    """Those in one state, a page; once it is over nothing is sorted any more."""
    title = reader(said_of.LISTS[wish.state])
    pieces: list[Piece] = [Text(title, Look.HEADING), *([Text(said)] if said else [])]
    if not some:
        pieces.append(Text(reader(said_of.NOTHING)))
    for number, one in enumerate(some[wish.start : wish.start + PAGE], wish.start + 1):
        pieces.append(Text(reader(texts.NUMBERED, number=number, words=one.words), Look.QUOTE))
        if one.state in {State.SHOWN, State.ANSWERED}:
            pieces.append(Text(cards.wanted(reader, one.votes), Look.QUIET))
        if not over and (row := _sorting(reader, one, number, wish)):
            pieces.append(Buttons(row))
    more = len(some) > wish.start + PAGE
    row = (button(reader(texts.MORE), wish.model_copy(update={"start": wish.start + PAGE})),) if more else ()
    back = button(reader(said_of.BACK), actions.Moderate(event=event.id))
    return Card(reader(said_of.TITLE), (*pieces, Text(reader(said_of.ORDER), Look.QUIET), Buttons((*row, back))))


def _sorting(reader: Reader, one: Question, number: int, wish: actions.Sift) -> tuple[Button, ...]:
    this, id_ = wish.model_dump(), one.id.hex()
    row = [
        button(reader(words, number=number), actions.Sort(question=id_, to=str(to), **this))
        for to, words in MOVES[one.state]
    ]
    if one.state in BLACKED:
        row.append(button(reader(said_of.BLACK, number=number), actions.Black(question=id_, **this)))
    return tuple(row)


def black(reader: Reader, words: str, typed: actions.Blacked, error: str = "") -> Form:
    """Which words of a question are blacked out."""
    field = TextInput("parts", reader(said_of.BLACK_PARTS), typed.parts, lines=3, max_length=PARTS_MAX)
    submit = pack(typed.model_copy(update={"parts": ""}))
    intro = (Text(words, Look.QUOTE), Text(reader(said_of.BLACK_HOW), Look.QUIET))
    title, send = reader(said_of.BLACK_TITLE), reader(said_of.BLACK_SEND)
    return Form(title, submit, send, (field,), intro, {"parts": error} if error else {})


def merge(reader: Reader, some: Sequence[Question], typed: actions.Merged, errors: Errors | None = None) -> Form:
    """Which belong together, and how they are worded."""
    options = tuple((one.id.hex(), _short(one.words)) for one in some[:OPTIONS])
    hint = reader(said_of.MERGE_HINT, most=reader.number(WORDS_MAX))
    fields = (
        Choices("which", reader(said_of.MERGE_WHICH), options, typed.which),
        TextInput("words", reader(said_of.MERGE_WORDS), typed.words, hint, lines=4, max_length=WORDS_MAX),
    )
    submit = pack(actions.Merged(event=typed.event))
    return Form(reader(said_of.MERGE), submit, reader(said_of.MERGE_SEND), fields, errors=errors or {})


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= OPTION else line[: OPTION - 1] + "…"


# --- the host ------------------------------------------------------------------------------------


def host(reader: Reader, event: Event, some: Sequence[Question], start: int, *, screen: str) -> Card:
    """Those to answer, in their order, then those that are; a page."""
    pieces = _hosting(reader, event)
    if not some:
        pieces.append(Text(reader(said_of.HOST_NONE)))
    for number, one in enumerate(some[start : start + PAGE], start + 1):
        done = one.state is State.ANSWERED
        pieces += _hosted(reader, one, number)
        tick = actions.Tick(event=event.id, question=one.id.hex(), done=not done, start=start)
        words = said_of.UNTICK if done else said_of.TICK
        look = Look.PLAIN if done else Look.PRIMARY
        pieces.append(Buttons((button(reader(words, number=number), tick, look),)))
    row: list[Button | Link] = [button(reader(said_of.LOOK), actions.Host(event=event.id))]
    if len(some) > start + PAGE:
        row.append(button(reader(texts.MORE), actions.Host(event=event.id, start=start + PAGE)))
    row += [Link(reader(said_of.HOST_PAGE), screen)] if screen else []
    row.append(button(reader(said_of.BACK), actions.Moderate(event=event.id)))
    return Card(reader(said_of.TITLE), (*pieces, Buttons(tuple(row))))


def screen(reader: Reader, event: Event, some: Sequence[Question]) -> Card:
    """The same for the screen in the room: nothing to press."""
    pieces = _hosting(reader, event)
    if not some:
        pieces.append(Text(reader(said_of.HOST_NONE)))
    for number, one in enumerate(some[:SHEET], 1):
        pieces += _hosted(reader, one, number)
    return Card(reader(said_of.TITLE), tuple(pieces))


def _hosting(reader: Reader, event: Event) -> list[Piece]:
    return [Text(reader(texts.QUESTIONS_OF, title=event.title(reader.language)), Look.HEADING)]


def _hosted(reader: Reader, one: Question, number: int) -> list[Piece]:
    words = reader(texts.NUMBERED, number=number, words=one.words)
    words = reader(said_of.TICKED, words=words) if one.state is State.ANSWERED else words
    return [Text(words, Look.QUOTE), Text(cards.wanted(reader, one.votes), Look.QUIET)]


def _back(reader: Reader, event: Event) -> Button:
    return button(reader(BACK_EVENT), event_actions.Run(event=event.id))
