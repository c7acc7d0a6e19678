"""How joining and the choice of who sees one look."""

from collections.abc import Mapping, Sequence

from bot.actions import pack
from bot.cards import Button, Buttons, Card, Choice, Field, Look, Piece, Text, TextInput, button
from bot.language import Msg, Reader
from bot.replies import Form
from handlers.welcome import actions, rules, texts
from storage.communities import Community
from storage.people import NAME_MAX, Member
from storage.presets import Level, Preset

LANGUAGES = (("ja", "日本語"), ("en", "English"))  # each in its own words, for whoever cannot read the other
SURFACES = {"slack": "Slack", "teams": "Microsoft Teams"}


# --- joining -------------------------------------------------------------------------------------


def stored(preset: Preset) -> Msg:
    """What is kept of whoever joins a community of this kind."""
    return texts.HELLO_STORED_HIDDEN if preset.hides else texts.HELLO_STORED


def seen(preset: Preset) -> Msg:
    """Who sees it unless they choose otherwise."""
    return texts.HELLO_SEEN_HIDDEN if preset.hides else texts.HELLO_SEEN


def agreed(preset: Preset) -> tuple[Msg, ...]:
    """Every sentence that joining says yes to; their version is what a consent names."""
    said = (texts.HELLO_WHAT, stored(preset), seen(preset), texts.HELLO_PLATFORM, texts.HELLO_FREE)
    return (*said, *texts.LEVELS.values(), *texts.LEVEL_MEANS.values())


def terms(reader: Reader, preset: Preset, surface: str) -> tuple[Piece, ...]:
    """What this is, what is kept, and who sees it."""
    platform = SURFACES.get(surface)
    hard = [Text(reader(texts.HELLO_PLATFORM, platform=platform), Look.QUIET)] if platform else []
    return (
        Text(reader(texts.HELLO_WHAT)),
        Text(reader(texts.STORED_TITLE), Look.HEADING),
        Text(reader(stored(preset))),
        Text(reader(texts.SEEN_TITLE), Look.HEADING),
        Text(reader(seen(preset))),
        *hard,
        Text(reader(texts.HELLO_FREE)),
    )


def hello(reader: Reader, preset: Preset, surface: str) -> Card:
    """What this is and what would be kept, to somebody who has not joined."""
    row = Buttons((button(reader(texts.JOIN), actions.Join(), Look.PRIMARY),))
    title = Text(reader(texts.HELLO_TITLE), Look.HEADING)
    return Card(reader(texts.HELLO_SUMMARY), (title, *terms(reader, preset, surface), row))


def join(
    reader: Reader,
    preset: Preset,
    typed: actions.Enter,
    *,
    mail: bool = False,
    errors: Mapping[str, str] | None = None,
) -> Form:
    """The form to join; `mail`: also where they can be reached later."""
    hint = reader(texts.JOIN_NAME_HIDDEN_HINT) if preset.hides else ""
    called = reader(texts.JOIN_NAME_HIDDEN if preset.hides else texts.JOIN_NAME)
    fields: list[Field] = [
        TextInput("called", called, typed.called, hint, max_length=NAME_MAX, required=not preset.hides)
    ]
    if mail:
        label, hint = reader(texts.JOIN_MAIL), reader(texts.JOIN_MAIL_HINT)
        fields.append(TextInput("mail", label, typed.mail, hint, max_length=rules.MAIL_MAX, required=False))
    if "years" in preset.asks:
        label, hint = reader(texts.JOIN_YEARS), reader(texts.JOIN_YEARS_HINT)
        fields.append(TextInput("years", label, typed.years, hint, max_length=rules.YEARS_MAX, required=False))
    if "field" in preset.asks:
        label, hint = reader(texts.JOIN_FIELD), reader(texts.JOIN_FIELD_HINT)
        fields.append(TextInput("field", label, typed.field, hint, max_length=rules.FIELD_MAX, required=False))
    purposes = tuple((purpose, reader(words)) for purpose, words in texts.PURPOSES.items())
    levels = tuple((str(level), reader(words)) for level, words in texts.LEVELS.items())
    written = tuple((wish, reader(words)) for wish, words in texts.WRITTEN.items())
    fields += [
        Choice("purpose", reader(texts.JOIN_PURPOSE), purposes, typed.purpose, required=False),
        Choice("language", reader(texts.JOIN_LANGUAGE), LANGUAGES, typed.language),
        Choice("level", reader(texts.JOIN_LEVEL), levels, typed.level),
        Choice("written", reader(texts.JOIN_WRITTEN), written, typed.written),
    ]
    intro = (Text(reader(stored(preset)), Look.QUIET), Text(reader(seen(preset)), Look.QUIET))
    submit = pack(actions.Enter())
    return Form(reader(texts.JOIN_TITLE), submit, reader(texts.JOIN), tuple(fields), intro=intro, errors=errors or {})


def joined(member: Member, *, written: bool, more: Sequence[Button], ask_level: Level | None) -> Card:
    """Welcome, who sees them, and what they may want to do; where they wish to be seen by more, that question."""
    reader = member.reader
    words = reader(texts.JOINED, name=member.name) if member.name else reader(texts.JOINED_NAMELESS)
    pieces: list[Piece] = [Text(words), Text(now_seen(reader, member.level), Look.QUIET)]
    if not written:
        pieces.append(Text(reader(texts.JOINED_QUIET), Look.QUIET))
    if ask_level:
        pieces += raising(member, ask_level).pieces
    row = (button(reader(texts.WRITE), actions.Do(words="update"), opens_form=True), *more)
    return Card(reader(texts.HELLO_SUMMARY), (*pieces, Buttons(row)))


def again(reader: Reader) -> tuple[Piece, ...]:
    """That the text has changed, below whatever else is shown."""
    row = (button(reader(texts.AGREE), actions.Agree()), button(reader(texts.AGAIN_READ), actions.Reread()))
    return Text(reader(texts.AGAIN)), Buttons(row), Text(reader(texts.AGAIN_OR), Look.QUIET)


def reread(reader: Reader, preset: Preset, surface: str) -> Card:
    """The text as it is now, for a member."""
    row = Buttons((button(reader(texts.AGREE), actions.Agree(), Look.PRIMARY),))
    foot = Text(reader(texts.AGAIN_OR), Look.QUIET)
    return Card(reader(texts.HELLO_SUMMARY), (*terms(reader, preset, surface), row, foot))


# --- who sees me ---------------------------------------------------------------------------------


def now_seen(reader: Reader, level: Level) -> str:
    """Who sees somebody, in a line."""
    return reader(texts.JOINED_SEEN, who=reader(texts.LEVELS[level]))


def visible(member: Member) -> Card:
    """Who sees me now, what the others would mean, and a button for each."""
    reader = member.reader
    title = reader(texts.VISIBLE_TITLE)
    now = reader(texts.VISIBLE_NOW, who=reader(texts.LEVELS[member.level]))
    pieces: list[Piece] = [Text(title, Look.HEADING), Text(now), Text(reader(texts.LEVEL_MEANS[member.level]))]
    row = tuple(
        button(reader(texts.LEVELS[level]), actions.Show(level=level)) for level in Level if level is not member.level
    )
    return Card(title, (*pieces, Buttons(row)))


def raising(member: Member, level: Level) -> Card:
    """Who exactly will see what, and the button that does it."""
    reader = member.reader
    row = Buttons((button(reader(texts.RAISE_YES), actions.Show(level=level, sure=True), Look.PRIMARY),))
    said = (Text(reader(texts.RAISE)), Text(reader(texts.LEVEL_MEANS[level]), Look.QUOTE))
    name = Text(reader(texts.RAISE_NAME, name=member.name))
    return Card(reader(texts.VISIBLE_TITLE), (*said, name, row))


def shown(reader: Reader, here: Community, level: Level, *, lowered: bool) -> Card:
    """It is done."""
    words = reader(texts.SHOWN, who=reader(texts.LEVELS[level]))
    gone = (Text(reader(texts.LOWERED_TOO), Look.QUIET),) if lowered and level < Level.MEMBERS else ()
    return Card(reader(texts.HELLO_SUMMARY) if here.preset.neutral else words, (Text(words), *gone))
