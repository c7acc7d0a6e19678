"""How the first weeks look: their letters, introductions, and the secretariat's side of them."""

from collections.abc import Mapping, Sequence

from bot.actions import pack
from bot.cards import Button, Buttons, Card, Choice, Divider, Facts, Field, Look, Piece, Text, TextInput, Tick, button
from bot.language import Reader
from bot.replies import Form
from handlers.welcome import actions, cards, rules, texts
from storage.communities import Community
from storage.introductions import LINE_MAX
from storage.people import Member
from storage.presets import WORD_MAX, WORDS_MAX

# --- letters -------------------------------------------------------------------------------------


def words(reader: Reader, step: rules.Step, place: int, name: str, community: str) -> str:
    """What a letter says: the secretariat's words in this language, else the usual ones."""
    usual = texts.STEPS[place] if place < len(texts.STEPS) else texts.STEP_LATER
    own = step.text(reader.language)
    name = name or reader(texts.STEP_SOMEBODY)
    return rules.filled(own, name, community) if own else reader(usual, name=name)


def letter(reader: Reader, said: str, *, chosen: bool, more: Sequence[Button] = (), test: bool = False) -> Card:
    """A letter of the first weeks; `chosen`: they have said what brings them here."""
    pieces: list[Piece] = [Text(reader(texts.STEP_TITLE), Look.HEADING), Text(said)]
    if not chosen:
        pieces.append(Buttons(purposes(reader)))
    write = button(reader(texts.WRITE), actions.Do(words="update"), Look.PRIMARY, opens_form=True)
    pieces.append(Buttons((write, *more)))
    if test:
        pieces.append(Text(reader(texts.DESK_TEST_WHY), Look.QUIET))
    return Card(reader(texts.STEP_SUMMARY), tuple(pieces))


def purposes(reader: Reader) -> tuple[Button, ...]:
    """One tap each."""
    return tuple(button(reader(said), actions.Choose(purpose=purpose)) for purpose, said in texts.PURPOSES.items())


# --- introducing oneself -------------------------------------------------------------------------


def introduce(reader: Reader, typed: str, errors: Mapping[str, str] | None = None) -> Form:
    """The form for a line about oneself."""
    hint = reader(texts.INTRODUCE_HINT, max=rules.LINE_MAX)
    field = TextInput("line", reader(texts.INTRODUCE_LINE), typed, hint, lines=3, max_length=rules.LINE_MAX)
    submit = pack(actions.Line())
    return Form(reader(texts.INTRODUCE_TITLE), submit, reader(texts.INTRODUCE_SEE), (field,), errors=errors or {})


def see_first(reader: Reader, name: str, line: str, *, board: bool) -> Card:
    """What would stand there, before it does."""
    place = reader(texts.BOARD if board else texts.CHANNEL)
    row = (
        button(reader(texts.INTRODUCE_POST), actions.Post(line=line), Look.PRIMARY),
        button(reader(texts.INTRODUCE_CHANGE), actions.Introduce(line=line)),
    )
    lead = Text(reader(texts.INTRODUCE_PREVIEW, place=place))
    return Card(reader(texts.POST_SUMMARY), (lead, Divider(), *_post(reader, name, line), Divider(), Buttons(row)))


def post(reader: Reader, name: str, line: str) -> Card:
    """What stands in the channel."""
    return Card(reader(texts.POST_SUMMARY), _post(reader, name, line))


def _post(reader: Reader, name: str, line: str) -> tuple[Piece, ...]:
    title = Text(reader(texts.POST_TITLE), Look.HEADING)
    return title, Text(reader(texts.POST_BY, name=name)), Text(line, Look.QUOTE)


def withdrawn(reader: Reader) -> Card:
    """What stands there afterwards."""
    return Card(reader(texts.POST_SUMMARY), (Text(reader(texts.POST_WITHDRAWN), Look.QUIET),))


def posted(reader: Reader) -> Card:
    """It will be there."""
    row = Buttons((button(reader(texts.INTRODUCE_UNPOST), actions.Unpost()),))
    return Card(reader(texts.POST_SUMMARY), (Text(reader(texts.INTRODUCE_POSTED)), row))


def hidden_yet(member: Member) -> Card:
    """Nothing is posted of somebody whom members do not see."""
    seen = cards.visible(member)
    return Card(seen.summary, (Text(member.reader(texts.INTRODUCE_HIDDEN)), *seen.pieces))


# --- a supporter ---------------------------------------------------------------------------------


def wish(reader: Reader, typed: str, errors: Mapping[str, str] | None = None) -> Form:
    """The form of somebody new."""
    hint = reader(texts.SUPPORTER_LINE_HINT)
    field = TextInput("line", reader(texts.SUPPORTER_LINE), typed, hint, max_length=LINE_MAX)
    intro = (Text(reader(texts.SUPPORTER_WHAT)),)
    title, submit = reader(texts.SUPPORTER_TITLE), pack(actions.Wish())
    return Form(title, submit, reader(texts.SUPPORTER_SEND), (field,), intro=intro, errors=errors or {})


def asked(reader: Reader, newcomer: Member, line: str) -> Card:
    """To a supporter: whether they have time."""
    row = (
        button(reader(texts.SUPPORTER_YES), actions.Accept(newcomer=newcomer.id), Look.PRIMARY),
        button(reader(texts.SUPPORTER_NO), actions.Decline(newcomer=newcomer.id)),
    )
    said = Text(reader(texts.SUPPORTER_ASK, name=newcomer.name or reader(texts.SOMEBODY)))
    foot = Text(reader(texts.SUPPORTER_ASK_FOOT), Look.QUIET)
    return Card(reader(texts.STEP_SUMMARY), (said, Text(line, Look.QUOTE), Buttons(row), foot))


def reach(reader: Reader, newcomer: Member, typed: str, errors: Mapping[str, str] | None = None) -> Form:
    """The form of a supporter who has time."""
    name = newcomer.name or reader(texts.SOMEBODY)
    hint = reader(texts.SUPPORTER_LINE_HINT)
    field = TextInput("line", reader(texts.SUPPORTER_REACH, name=name), typed, hint, max_length=LINE_MAX)
    intro = (Text(reader(texts.SUPPORTER_YES_WHAT, name=name)),)
    title, submit = reader(texts.SUPPORTER_TITLE), pack(actions.Reach(newcomer=newcomer.id))
    return Form(title, submit, reader(texts.SUPPORTER_YES_SEND), (field,), intro=intro, errors=errors or {})


def met(reader: Reader, name: str, line: str) -> Card:
    """To somebody new: who has time, and how to reach them."""
    said = Text(reader(texts.SUPPORTER_MET, name=name or reader(texts.SOMEBODY)))
    return Card(reader(texts.STEP_SUMMARY), (said, Text(line, Look.QUOTE)))


# --- the desk ------------------------------------------------------------------------------------


def _day(reader: Reader, step: rules.Step) -> str:
    return reader(texts.DESK_DAYS, count=step.day) if step.day else reader(texts.DESK_DAY_0)


def desk(reader: Reader, here: Community, settings: rules.Settings, note: str = "") -> Card:
    """The letters there are, how joining is set, and what can be done."""
    pieces: list[Piece] = [Text(note)] if note else []
    pieces.append(Text(reader(texts.DESK_TITLE), Look.HEADING))
    languages = [Reader(code, reader.zone) for code, _ in cards.LANGUAGES]
    facts = []
    for step in settings.steps:
        own = any(step.text(one.language) for one in languages)
        kind = reader(texts.DESK_OWN if own else texts.DESK_USUAL)
        facts.append((_day(reader, step), reader(texts.DESK_HOW, text=kind, goal=reader(texts.DESK_GOALS[step.goal]))))
    facts += [
        (reader(texts.DESK_LEVEL), reader(texts.LEVELS[here.preset.level])),
        (reader(texts.DESK_SUPPORTERS), reader(texts.YES if settings.supporters else texts.NO)),
    ]
    if not settings.steps:
        pieces.append(Text(reader(texts.DESK_NONE)))
    pieces.append(Facts(tuple(facts)))
    if here.preset.neutral:
        pieces.append(Text(reader(texts.DESK_NEUTRAL), Look.QUIET))
    edits = tuple(
        button(reader(texts.LETTER, count=place + 1), actions.Edit(step=place)) for place in range(len(settings.steps))
    )
    row = [button(reader(texts.DESK_SET), actions.Arrange(), Look.PRIMARY), *edits]
    if settings.steps:
        row += [
            button(reader(texts.DESK_PREVIEW_JA), actions.Preview(language="ja")),
            button(reader(texts.DESK_PREVIEW_EN), actions.Preview(language="en")),
            button(reader(texts.DESK_TEST), actions.Test()),
        ]
    foot = Text(reader(texts.DESK_NOTE), Look.QUIET)
    return Card(note or reader(texts.DESK_TITLE), (*pieces, Buttons(tuple(row)), foot))


def arrange(reader: Reader, typed: actions.Arranged, errors: Mapping[str, str] | None = None) -> Form:
    """The secretariat's form."""
    days, hint = reader(texts.SET_DAYS), reader(texts.SET_DAYS_HINT)
    space = WORDS_MAX * (WORD_MAX + 1)
    fields: tuple[Field, ...] = (
        TextInput("days", days, typed.days, hint, max_length=100, required=False),
        Tick("supporters", reader(texts.SET_SUPPORTERS), typed.supporters),
        TextInput(
            "words",
            reader(texts.SET_WORDS),
            typed.words,
            reader(texts.SET_WORDS_HINT),
            lines=4,
            max_length=space,
            required=False,
        ),
    )
    submit = pack(actions.Arranged())
    return Form(reader(texts.DESK_TITLE), submit, reader(texts.SAVE), fields, errors=errors or {})


def edit(reader: Reader, typed: actions.Edited, errors: Mapping[str, str] | None = None) -> Form:
    """The form of one letter."""
    goals = tuple((goal, reader(said)) for goal, said in texts.DESK_GOALS.items())
    hint = reader(texts.EDIT_HINT, name="{name}", community="{community}")
    fields: tuple[Field, ...] = (
        Choice("goal", reader(texts.EDIT_GOAL), goals, typed.goal),
        TextInput("ja", reader(texts.EDIT_JA), typed.ja, hint, lines=5, max_length=rules.STEP_MAX, required=False),
        TextInput("en", reader(texts.EDIT_EN), typed.en, hint, lines=5, max_length=rules.STEP_MAX, required=False),
    )
    title = reader(texts.LETTER, count=typed.step + 1)
    submit = pack(actions.Edited(step=typed.step))
    return Form(title, submit, reader(texts.SAVE), fields, errors=errors or {})


def preview(reader: Reader, there: Reader, settings: rules.Settings, name: str, here: Community) -> Card:
    """The letters as somebody new would read them in that language."""
    pieces: list[Piece] = [Text(reader(texts.DESK_TITLE), Look.HEADING)]
    for place, step in enumerate(settings.steps):
        pieces += [Text(_day(reader, step)), Text(words(there, step, place, name, here.name), Look.QUOTE)]
    return Card(reader(texts.DESK_TITLE), tuple(pieces))
