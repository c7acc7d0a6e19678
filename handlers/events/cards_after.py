"""How events look when they are over."""

from collections.abc import Mapping, Sequence

from bot.actions import pack
from bot.cards import Button, Buttons, Card, Choice, Facts, Link, Look, Piece, Text, TextInput, button
from bot.language import Reader
from bot.replies import Form
from handlers.events import after_actions as actions
from handlers.events import cards, desk_actions, texts_desk
from handlers.events import texts_after as texts
from handlers.events.meeting import desk_actions as meeting_actions
from handlers.events.meeting import texts_desk as meeting_texts
from storage.attendance import LINE_MAX
from storage.events import Event
from storage.programme import ABOUT_MAX, Archive
from storage.questions import worded

LINKS_MAX = 5
STRANGERS_MAX = 5000
LINES_SHOWN = 8


# --- whoever ran it ------------------------------------------------------------------------------


def page(
    reader: Reader, found: Event, facts: Sequence[tuple[str, str]], *, said: str, lines: Sequence[str], survey: bool
) -> Card:
    """What is left to do.  `lines`: what came of it; `survey`: whoever reads may write one."""
    confirm = texts.CONFIRM_AGAIN if found.confirmed_on else texts.CONFIRM
    look = Look.PLAIN if found.confirmed_on else Look.PRIMARY
    row: list[Button | Link] = [
        button(reader(confirm), actions.Confirm(event=found.id), look),
        button(reader(texts.SUMMARISE), actions.Summarise(event=found.id)),
    ]
    if is_kept(found.archive):
        row.append(button(reader(texts.OFFER), actions.Offer(event=found.id)))
    if survey:
        row.append(button(reader(texts.FEEDBACK), actions.Feedback(event=found.id)))
    pieces: list[Piece] = [Text(found.title(reader.language), Look.HEADING), Text(said), Facts(tuple(facts))]
    if lines:
        pieces += [Text(reader(texts.LINES)), *(Text(line, Look.QUOTE) for line in lines[:LINES_SHOWN])]
    back = button(reader(texts_desk.BACK_EVENT), desk_actions.Run(event=found.id))
    return Card(reader(texts.TITLE), (*pieces, Buttons(tuple(row)), Buttons((back,))))


def confirm(reader: Reader, typed: actions.Confirmed, errors: Mapping[str, str] | None = None) -> Form:
    """The form that asks who came."""
    options = (("noted", reader(texts.CONFIRM_NOTED)), ("all", reader(texts.CONFIRM_ALL)))
    hint = reader(texts.CONFIRM_STRANGERS_HINT, max=STRANGERS_MAX)
    fields = (
        Choice("who", reader(texts.CONFIRM_WHO), options, typed.who),
        TextInput("strangers", reader(texts.CONFIRM_STRANGERS), typed.strangers, hint, max_length=5),
    )
    submit = pack(actions.Confirmed(event=typed.event))
    return Form(reader(texts.CONFIRM), submit, reader(texts.CONFIRM_SEND), fields, errors=errors or {})


def summarise(reader: Reader, typed: actions.Summarised, errors: Mapping[str, str] | None = None) -> Form:
    """The form of what is kept."""
    hint, links = reader(texts.SUMMARY_HINT), reader(texts.LINKS_HINT, max=LINKS_MAX)
    wanted = (
        ("ja", texts.SUMMARY_JA, typed.ja, hint),
        ("en", texts.SUMMARY_EN, typed.en, ""),
        ("links", texts.LINKS, typed.links, links),
    )
    fields = tuple(
        TextInput(name, reader(label), value, told, lines=6, max_length=ABOUT_MAX, required=False)
        for name, label, value, told in wanted
    )
    submit = pack(actions.Summarised(event=typed.event))
    return Form(reader(texts.SUMMARISE), submit, reader(texts.SUMMARY_SEND), fields, errors=errors or {})


def offer(reader: Reader, found: Event, facts: Sequence[tuple[str, str]]) -> Card:
    """What offering the summary leads to."""
    row = (
        button(reader(texts.OFFER_SEND), actions.Offer(event=found.id, sure=True), Look.PRIMARY),
        button(reader(texts_desk.BACK_EVENT), actions.After(event=found.id)),
    )
    said = reader(texts.OFFER_WHAT)
    return Card(reader(texts.TITLE), (Text(said), *([Facts(tuple(facts))] if facts else []), Buttons(row)))


def numbers(reader: Reader, facts: Sequence[tuple[str, str]]) -> Card:
    """A year in numbers."""
    title = reader(texts.NUMBERS)
    year = button(reader(meeting_texts.YEAR), meeting_actions.Year())
    back = Buttons((year, button(reader(texts_desk.BACK), desk_actions.Desk(past=True))))
    foot = Text(reader(texts.NUMBERS_FOOT), Look.QUIET)
    return Card(title, (Text(title, Look.HEADING), Facts(tuple(facts)), foot, back))


# --- those who came ------------------------------------------------------------------------------


def is_kept(archive: Archive) -> bool:
    """Whether there is anything in it."""
    return bool(archive.links or any(archive.summary.values()))


def archive(reader: Reader, found: Event) -> list[Piece]:
    """What is kept of an event, for whoever looks at it."""
    if not is_kept(found.archive):
        return []
    pieces: list[Piece] = [Text(reader(texts.ARCHIVE))]
    if summary := worded(found.archive.summary, reader.language):
        pieces.append(Text(summary))
    links = tuple(
        Link(reader(texts.LINK, number=number), url) for number, url in enumerate(found.archive.links, start=1)
    )
    return [*pieces, Buttons(links)] if links else pieces


def kept(reader: Reader, found: Event) -> Card:
    """There is something to read."""
    title = found.title(reader.language)
    said = Text(reader(texts.KEPT, title=title))
    return Card(cards.summary(reader, found.details), (said, *archive(reader, found)))


def outcome(reader: Reader, found: Event) -> Card:
    """The question whether anything came of it."""
    day = reader.full_day(reader.local(found.starts_at).date())
    said = reader(texts.OUTCOME, title=found.title(reader.language), day=day)
    foot = Text(reader(texts.OUTCOME_FOOT), Look.QUIET)
    return Card(reader(texts.OUTCOME_SUMMARY), (Text(said), Buttons(_answers(reader, found.id)), foot))


def _answers(reader: Reader, event_id: str) -> tuple[Button, ...]:
    return (
        button(reader(texts.YES), actions.Came(event=event_id), Look.PRIMARY),
        button(reader(texts.NO), actions.Came(event=event_id, yes=False)),
        button(reader(texts.TELL), actions.Tell(event=event_id)),
    )


def asks(reader: Reader, event_id: str, *, told: bool | None) -> list[Piece]:
    """The same below an event that is over: what the reader has said, and the way to say something else."""
    said = {None: texts.ASK_AGAIN, True: texts.MINE_YES, False: texts.MINE_NO}[told]
    return [Text(reader(said)), Buttons(_answers(reader, event_id))]


def tell(reader: Reader, typed: actions.Told, errors: Mapping[str, str] | None = None) -> Form:
    """The form that asks what came of it."""
    hint = reader(texts.TELL_HINT)
    fields = (TextInput("line", reader(texts.TELL_LABEL), typed.line, hint, max_length=LINE_MAX),)
    submit = pack(actions.Told(event=typed.event))
    return Form(reader(texts.TELL), submit, reader(texts.TELL_SEND), fields, errors=errors or {})
