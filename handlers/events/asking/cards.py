"""How asking without a name looks to members."""

from collections.abc import Mapping, Sequence

from bot.actions import pack
from bot.cards import Buttons, Card, Copy, Facts, Look, Piece, Text, TextInput, button
from bot.codes import spelled
from bot.language import Reader
from bot.replies import Form
from handlers import hinted
from handlers.events import actions as event_actions
from handlers.events.asking import actions, texts
from handlers.hints import Hint
from storage.asked import Question, State
from storage.asking import WORDS_MAX
from storage.events import Event
from storage.presets import K

PAGE = 6  # questions of a page
PLATFORMS = {"slack": "Slack", "teams": "Microsoft Teams"}
Errors = Mapping[str, str]


def promise(reader: Reader, names: Sequence[str], surface: str, when: str) -> tuple[Piece, ...]:
    """What stands before the question.  `names`: the organisers', as far as they may be seen."""
    between = "、" if reader.language == "ja" else ", "
    readers = reader(texts.READERS_NAMED, names=between.join(names)) if names else reader(texts.READERS_PLAIN)
    facts = (
        (reader(texts.READERS), readers),
        (reader(texts.READERS_DO), reader(texts.READERS_DO_VALUE)),
        (reader(texts.NEXT), when),
    )
    platform = PLATFORMS.get(surface) or reader(texts.PLATFORM_PAGE)
    return Text(reader(texts.PROMISE)), Facts(facts), Text(reader(texts.CANNOT, platform=platform))


def ask(
    reader: Reader, typed: actions.Sent, above: tuple[Piece, ...], hints: Sequence[Hint] = (), error: str = ""
) -> Form:
    """The form, or the same once more with what may tell who wrote it."""
    hint = reader(texts.WORDS_HINT, most=reader.number(WORDS_MAX))
    field = TextInput("words", reader(texts.WORDS), typed.words, hint, lines=4, max_length=WORDS_MAX)
    submit = pack(actions.Sent(event=typed.event, sure=bool(hints)))
    send = reader(hinted.SEND_AS_IT_IS if hints else texts.SEND)
    intro = hinted.above(reader, hints) if hints else above
    return Form(reader(texts.TITLE), submit, send, (field,), intro, {"words": error} if error else {})


def taken(reader: Reader, event_id: str, code: str, when: str) -> Card:
    """The code, for this once."""
    pieces = (
        Text(reader(texts.TAKEN), Look.HEADING),
        Copy(reader(texts.TAKEN_CODE), spelled(code)),
        Text(reader(texts.TAKEN_WHY, when=when)),
        Buttons((button(reader(texts.TAKE_BACK), actions.TakeBack(event=event_id)),)),
    )
    return Card(reader(texts.TAKEN_SUMMARY), pieces)


def take_back(reader: Reader, typed: actions.Code, errors: Errors | None = None) -> Form:
    """Where the code is typed."""
    field = TextInput("code", reader(texts.CODE), typed.code, reader(texts.CODE_HINT), max_length=40)
    submit = pack(actions.Code(event=typed.event))
    return Form(reader(texts.TAKE_BACK), submit, reader(texts.CODE_SEND), (field,), errors=errors or {})


def wanted(reader: Reader, votes: int) -> str:
    """How many want one, as may be told."""
    return reader(texts.WANTED, count=votes) if votes >= K else reader(texts.FEW, count=reader.number(K))


def questions(
    reader: Reader,
    event: Event,
    some: Sequence[Question],
    mine: set[bytes],
    *,
    start: int,
    asks: bool,
    said: str = "",
) -> Card:
    """The published ones in their order, a page.  `asks`: whether more can be asked."""
    title = reader(texts.QUESTIONS_OF, title=event.title(reader.language))
    pieces: list[Piece] = [Text(title, Look.HEADING), *([Text(said)] if said else [])]
    if not some:
        pieces.append(Text(reader(texts.NONE)))
    for number, one in enumerate(some[start : start + PAGE], start + 1):
        pieces += _question(reader, event, one, number, start, mine=one.id in mine)
    row = [button(reader(texts.ASK), actions.Ask(event=event.id), Look.PRIMARY)] if asks else []
    if asks:
        row.append(button(reader(texts.TAKE_BACK), actions.TakeBack(event=event.id)))
    if len(some) > start + PAGE:
        row.append(button(reader(texts.MORE), actions.Questions(event=event.id, start=start + PAGE)))
    row.append(button(reader(texts.BACK_EVENT), event_actions.See(event=event.id)))
    pieces += [Text(reader(texts.FOOT), Look.QUIET), Buttons(tuple(row))]
    return Card(reader(texts.QUESTIONS), tuple(pieces))


def _question(reader: Reader, event: Event, one: Question, number: int, start: int, *, mine: bool) -> list[Piece]:
    told = [wanted(reader, one.votes)]
    told += [reader(texts.ANSWERED)] if one.state is State.ANSWERED else []
    told += [reader(texts.MINE)] if mine else []
    pieces: list[Piece] = [Text(reader(texts.NUMBERED, number=number, words=one.words), Look.QUOTE)]
    pieces.append(Text(" · ".join(told), Look.QUIET))
    if one.state is State.SHOWN:
        wish = actions.Want(event=event.id, question=one.id.hex(), wanted=not mine, start=start)
        pieces.append(Buttons((button(reader(texts.UNWANT if mine else texts.WANT, number=number), wish),)))
    return pieces


def which(reader: Reader, some: Sequence[tuple[str, str]], said: str) -> Card:
    """The events, as (id, title), that take questions."""
    pieces: list[Piece] = [Text(said)] if said else []
    pieces.append(Text(reader(texts.WHICH if some else texts.WHICH_NONE)))
    row = tuple(button(title, event_actions.See(event=event)) for event, title in some)
    return Card(reader(texts.QUESTIONS), (*pieces, Buttons(row)) if row else tuple(pieces))
