"""How named polls look to whoever asks them."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.actions import pack
from bot.cards import Button, Buttons, Card, Choice, Facts, Field, Look, Piece, Text, TextInput, Tick, button
from bot.language import Reader
from bot.replies import Form
from handlers.polls import actions, cards, rules, texts
from handlers.polls.view import View
from storage.polls import Letters, Names, Poll, State


def everything(reader: Reader, polls: Sequence[tuple[Poll, bool]], said: str = "") -> Card:
    """Drafts, open polls and results; with each whether whoever reads may change or end it."""
    title = reader(texts.DESK_TITLE)
    pieces: list[Piece] = [Text(title, Look.HEADING), *([Text(said)] if said else [])]
    if not polls:
        pieces.append(Text(reader(texts.DESK_NONE)))
    pieces.append(Buttons((button(reader(texts.DESK_NEW), actions.New(), Look.PRIMARY),)))
    for poll, theirs in polls:
        pieces += _row(reader, poll, theirs=theirs)
    return Card(said or title, tuple(pieces))


def _row(reader: Reader, poll: Poll, *, theirs: bool) -> list[Piece]:
    words, day = poll.terms.question, reader.day(poll.terms.last_day)
    if poll.state is State.DRAFT:
        look = button(reader(texts.DESK_LOOK), actions.Draft(poll=poll.id))
        return [Text(reader(texts.DESK_DRAFT, question=words)), Buttons((look,))]
    said = texts.MINE_OPEN if poll.state is State.OPEN else texts.MINE_CLOSED
    row = [button(reader(texts.SEE), actions.Show(poll=poll.id))]
    if theirs and poll.state is State.OPEN:
        row.append(_close(reader, poll))
    return [Text(reader(said, day=day, question=words)), Buttons(tuple(row))]


def _close(reader: Reader, poll: Poll) -> Button:
    return button(reader(texts.CLOSE), actions.Close(poll=poll.id), Look.DANGER, reader(texts.CLOSE_SURE))


def write(
    reader: Reader,
    typed: actions.Written,
    channels: Sequence[str],
    *,
    zone: str,
    example: date,
    errors: Mapping[str, str] | None = None,
) -> Form:
    """The form of a poll, as far as it is filled in."""
    channel = typed.channel if typed.channel in channels else channels[0]
    rooms = tuple((one, reader(texts.CHANNELS[one])) for one in channels)
    fields: tuple[Field, ...] = (
        TextInput("question", reader(texts.QUESTION), typed.question, max_length=rules.QUESTION_MAX),
        TextInput(
            "options",
            reader(texts.OPTIONS),
            typed.options,
            reader(texts.OPTIONS_HINT, max=rules.OPTION_MAX),
            lines=6,
            max_length=rules.OPTIONS[-1] * (rules.OPTION_MAX + 1),
        ),
        Tick("several", reader(texts.SEVERAL_TICK), typed.several),
        TextInput(
            "last_day",
            reader(texts.LAST_DAY),
            typed.last_day,
            reader(texts.LAST_DAY_HINT, example=example.isoformat(), zone=zone),
            max_length=20,
        ),
        Choice(
            "names",
            reader(texts.NAMES_FIELD),
            tuple((str(one), reader(texts.NAMES_CHOICE[one])) for one in Names),
            typed.names,
            reader(texts.NAMES_HINT),
        ),
        Choice("channel", reader(texts.CHANNEL), rooms, channel),
        Choice(
            "letters",
            reader(texts.LETTERS),
            tuple((str(one), reader(texts.LETTERS_CHOICE[one])) for one in Letters),
            typed.letters,
        ),
    )
    submit, intro = pack(actions.Written(poll=typed.poll)), (Text(reader(texts.NEW_NOTE)),)
    return Form(reader(texts.NEW_TITLE), submit, reader(texts.SAVE), fields, intro, errors or {})


def draft(reader: Reader, view: View, room: str, effect: Sequence[tuple[str, str]]) -> Card:
    """A draft as it will look, where it will go, and what can be done; `effect`: what letters would lead to."""
    poll, lead = view.poll, reader(texts.PREVIEW)
    places = (
        (reader(texts.PREVIEW_POSTED), room),
        (reader(texts.PREVIEW_LETTERS), reader(texts.LETTERS_CHOICE[poll.terms.letters])),
    )
    pieces: list[Piece] = [Text(lead), cards.question(view), cards.terms(reader, view)]
    pieces += [Text("\n".join(f"・{one}" for one in poll.terms.options)), Facts(places)]
    if effect:
        pieces += [Text(reader(texts.PREVIEW_EFFECT), Look.HEADING), Facts(tuple(effect))]
    row = (
        button(reader(texts.PUBLISH), actions.Publish(poll=poll.id), Look.PRIMARY, reader(texts.PUBLISH_SURE)),
        button(reader(texts.EDIT), actions.Edit(poll=poll.id)),
        button(reader(texts.DISCARD), actions.Discard(poll=poll.id), Look.DANGER, reader(texts.DISCARD_SURE)),
    )
    return Card(lead, (*pieces, Buttons(row)))
