"""How results look: the same charts for the secretariat and for members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.actions import pack
from bot.cards import Button, Buttons, Card, Choice, Facts, Link, Look, Piece, Text, TextInput, Tick, button
from bot.language import Reader
from bot.replies import Form
from handlers.surveys.results import actions, reading, texts
from handlers.surveys.results.reading import Both, Page, Told
from storage.ideas import Idea
from storage.ideas import Kind as IdeaKind
from storage.questions import Kind, Question, worded
from storage.surveys import Ending, State, Survey

LISTED = 8  # surveys or ideas of a page
TITLE_SHOWN, OPTION_SHOWN = 40, 70  # characters on a button, and of a choice
PARTS_MAX = 1000  # characters of the words to black out
VOID = {Ending.FEW: texts.VOID_FEW, Ending.LATE: texts.VOID_LATE, Ending.STOPPED: texts.VOID_STOPPED}


@dataclass(frozen=True, slots=True)
class View:
    """Who looks: the secretariat has more buttons."""

    desk: bool
    compares: bool = False  # there is an earlier survey that this reader may see
    files: bool = False  # there is a portal that hands out files
    ideas: int = 0

    def look(self, survey: str, page: int) -> actions.Look | actions.Read:
        """A page, for whoever looks."""
        return actions.Look(survey=survey, page=page) if self.desk else actions.Read(survey=survey, page=page)

    @property
    def all(self) -> actions.Listed | actions.All:
        """All surveys they may see."""
        return actions.Listed() if self.desk else actions.All()


def void(reader: Reader, one: Survey) -> str:
    """Why there are no results, kindly."""
    title = reading.called(reader, one.manifest) if one.manifest else reader(texts.UNTITLED)
    k = one.manifest.k if one.manifest else ""
    return reader(VOID[one.ending or Ending.LATE], title=title, k=k)


def _named(reader: Reader, one: Survey) -> str:
    """A survey on a button: the same one may be asked every year."""
    title = reading.called(reader, one.promised)[:TITLE_SHOWN]
    return reader(texts.NAMED, title=title, month=reader.month(one.promised.closes_on))


# --- all of them -----------------------------------------------------------------------------------


def listed(reader: Reader, shown: Sequence[Survey], start: int, total: int, view: View) -> Card:
    """The surveys that have ended, the latest first."""
    title = reader(texts.TITLE)
    pieces: list[Piece] = [Text(title, Look.HEADING)]
    if not shown:
        pieces.append(Text(reader(texts.NONE_DESK if view.desk else texts.MEMBERS_NONE)))
    row: list[Button] = []
    for one in shown:
        if one.state is State.VOID or one.manifest is None:
            pieces.append(Text(void(reader, one), Look.QUIET))
            continue
        day, called = reader.long_day(one.manifest.closes_on), reading.called(reader, one.manifest)
        words = reader(texts.LIST_ROW, day=day, counted=one.counted, asked=one.manifest.audience)
        pieces.append(Text(f"{called}\n{words}"))
        row.append(button(_named(reader, one), view.look(one.id, 0)))
    if start + len(shown) < total:
        more = actions.Listed(start=start + len(shown)) if view.desk else actions.All(start=start + len(shown))
        row.append(button(reader(texts.LIST_OLDER), more))
    if view.ideas:
        row.append(button(reader(texts.IDEAS_BUTTON), actions.Ideas()))
    return Card(title, (*pieces, Buttons(tuple(row))))


# --- one of them -----------------------------------------------------------------------------------


def overview(reader: Reader, told: Told, view: View, log: Sequence[tuple[str, str]] = (), note: str = "") -> Card:
    """How many answered, how to read what follows, and what can be done."""
    manifest, one = told.manifest, told.survey
    facts = [
        (texts.FACT_ANSWERED, reader(texts.ANSWERED, counted=told.results.counted, asked=manifest.audience)),
        (
            texts.FACT_DAYS,
            reader(texts.DAYS, first=reader.long_day(manifest.opens_on), last=reader.long_day(manifest.closes_on)),
        ),
        (
            texts.FACT_SEEN,
            reader(texts.SEEN_ALL, day=reader.long_day(one.shared_on)) if one.shared_on else reader(texts.SEEN_DESK),
        ),
        (texts.FACT_MARK, manifest.mark),
    ]
    pieces: list[Piece] = [Text(reading.called(reader, manifest), Look.HEADING), *([Text(note)] if note else [])]
    pieces.append(Facts(tuple((reader(label), value) for label, value in facts)))
    pieces.append(Text(reader(texts.HOW if manifest.segment else texts.HOW_ALONE), Look.QUIET))
    if not view.desk:
        pieces.append(Text(reader(texts.MEMBERS_HOW), Look.QUIET))
    row: list[Button] = []
    if told.pages:
        row.append(button(reader(texts.BEGIN), view.look(one.id, 1), Look.PRIMARY))
    if view.compares:
        row.append(button(reader(texts.CHANGE_BUTTON), actions.Compare(survey=one.id, member=not view.desk)))
    if view.desk:
        row += _done(reader, told, view)
    row.append(button(reader(texts.LIST_BACK), view.all))
    if log:
        pieces += [Text(reader(texts.LOG_TITLE), Look.QUIET), Facts(tuple(log))]
    return Card(reader(texts.TITLE), (*pieces, Buttons(tuple(row))))


def _done(reader: Reader, told: Told, view: View) -> list[Button]:
    """What the secretariat can do with the whole."""
    survey, row = told.survey.id, []
    if not told.survey.shared_on:
        row.append(button(reader(texts.SHARE_BUTTON), actions.Share(survey=survey)))
    if view.files:
        row += [
            button(reader(words), actions.Take(survey=survey, kind=kind))
            for kind, words in (("csv", texts.CSV), ("xlsx", texts.XLSX))
        ]
    return row


def page(reader: Reader, told: Told, number: int, view: View, note: str = "") -> Card:
    """The questions of one page."""
    one = told.pages[number - 1]
    pieces: list[Piece] = [Text(reading.called(reader, told.manifest), Look.HEADING), *([Text(note)] if note else [])]
    if one.is_text:
        pieces += _texts(reader, told, one, number, view)
    else:
        for question in one.questions:
            pieces += _figures(reader, told, question)
    row: list[Button] = []
    if number < len(told.pages):
        row.append(button(reader(texts.NEXT), view.look(told.survey.id, number + 1), Look.PRIMARY))
    if number > 1:
        row.append(button(reader(texts.PREVIOUS), view.look(told.survey.id, number - 1)))
    row.append(button(reader(texts.OVERVIEW), view.look(told.survey.id, 0)))
    if view.desk and _with_options(one):
        row.append(button(reader(texts.IDEA_OPTION), actions.KeepOption(survey=told.survey.id, page=number)))
    pieces.append(Text(reader(texts.PAGE, page=number, pages=len(told.pages)), Look.QUIET))
    return Card(reader(texts.TITLE), (*pieces, Buttons(tuple(row))))


def _figures(reader: Reader, told: Told, question: Question) -> list[Piece]:
    pieces: list[Piece] = [reading.shares(reader, told, question)]
    if question.kind is Kind.MULTIPLE:
        pieces.append(Text(reader(texts.SEVERAL), Look.QUIET))
    if words := reading.middle(reader, told, question):
        pieces.append(Text(words, Look.QUIET))
    return pieces


def _texts(reader: Reader, told: Told, one: Page, number: int, view: View) -> list[Piece]:
    question, shown = one.questions[0], told.texts(one)
    pieces: list[Piece] = [Text(reading.headed(reader, told, question), Look.HEADING)]
    if not shown:
        said = texts.TEXTS_NONE if told.with_texts else texts.TEXTS_FEW
        said = texts.TEXTS_FORGOTTEN if told.with_texts and told.forgotten else said
        return [*pieces, Text(reader(said, k=told.manifest.k_text))]
    total = len(told.results.texts[question.id])
    place = {"first": one.start + 1, "last": one.start + len(shown), "total": total}
    pieces.append(Text(reader(texts.TEXTS_ORDER, **place), Look.QUIET))
    for text, at in zip(shown, range(one.start + 1, total + 1), strict=False):
        pieces.append(Text(text.body, Look.QUOTE))
        if view.desk:
            this = actions.Keep(
                survey=told.survey.id, question=question.id, text=text.id.hex(), kind=IdeaKind.EVENT, page=number
            )
            row: list[Button] = []
            if not told.survey.shared_on:
                row.append(button(reader(texts.REDACT, number=at), actions.Redact(**this.model_dump(exclude={"kind"}))))
            for kind, words in ((IdeaKind.EVENT, texts.IDEA_EVENT), (IdeaKind.PROJECT, texts.IDEA_PROJECT)):
                row.append(button(reader(words, number=at), this.model_copy(update={"kind": str(kind)})))
            pieces.append(Buttons(tuple(row)))
    return pieces


def _with_options(one: Page) -> bool:
    return any(question.options for question in one.questions)


def compare(reader: Reader, both: Both, number: int, view: View) -> Card:
    """The change since an earlier survey, a few questions a page."""
    before, after = both.before, both.after
    title = reader(texts.CHANGE, title=reading.called(reader, before.manifest))
    counted = reader(texts.CHANGE_BOTH, before=before.results.counted, after=after.results.counted)
    pieces: list[Piece] = [
        Text(title, Look.HEADING),
        Text(counted),
        *(reading.compared(reader, both, first, again) for first, again in both.page(number)),
        Text(reader(texts.CHANGE_HOW), Look.QUIET),
    ]
    row = [
        button(reader(words), actions.Compare(survey=after.survey.id, page=to, member=not view.desk), look)
        for words, to, look in (
            (texts.NEXT, number + 1, Look.PRIMARY),
            (texts.PREVIOUS, number - 1, Look.PLAIN),
        )
        if 0 <= to < both.pages
    ]
    row.append(button(reader(texts.OVERVIEW), view.look(after.survey.id, 0)))
    return Card(reader(texts.TITLE), (*pieces, Buttons(tuple(row))))


def file(reader: Reader, survey: str, url: str) -> Card:
    """The link to a file."""
    back = button(reader(texts.OVERVIEW), actions.Look(survey=survey))
    if not url:
        return Card(reader(texts.TITLE), (Text(reader(texts.FILE_NO_PORTAL)), Buttons((back,))))
    row = Buttons((Link(reader(texts.FILE_LINK), url), back))
    return Card(reader(texts.TITLE), (Text(reader(texts.FILE_READY)), row))


# --- forms -----------------------------------------------------------------------------------------


def redact(reader: Reader, body: str, typed: actions.Redacted, errors: Mapping[str, str] | None = None) -> Form:
    """Which words of a text are blacked out."""
    fields = (
        TextInput("parts", reader(texts.REDACT_PARTS), typed.parts, lines=3, max_length=PARTS_MAX, required=False),
        Tick("whole", reader(texts.REDACT_WHOLE), typed.whole),
    )
    submit = typed.model_copy(update={"parts": "", "whole": False})
    intro = (Text(body, Look.QUOTE), Text(reader(texts.REDACT_HOW), Look.QUIET))
    return Form(
        reader(texts.REDACT_TITLE), pack(submit), reader(texts.REDACT_SEND), fields, intro=intro, errors=errors or {}
    )


def share(
    reader: Reader,
    told: Told,
    typed: actions.Shared,
    channels: Sequence[str],
    *,
    effect: Sequence[tuple[str, str]],
    errors: Mapping[str, str] | None = None,
) -> Form:
    """The last look before members see the results."""
    several = sum(len(found) for found in told.results.texts.values())
    intro: list[Piece] = [Text(reader(texts.SHARE_HOW))]
    if several:
        intro.append(Text(reader(texts.SHARE_READ, count=several)))
    intro += [Text(reader(texts.SHARE_TOLD), Look.QUIET), *([Facts(tuple(effect))] if effect else [])]
    options = tuple((one, reader(texts.SHARE_CHANNELS[one])) for one in channels)
    channel = Choice("channel", reader(texts.SHARE_CHANNEL), options, typed.channel)
    submit = pack(actions.Shared(survey=typed.survey))
    return Form(
        reader(texts.SHARE_TITLE), submit, reader(texts.SHARE_SEND), (channel,), intro=tuple(intro), errors=errors or {}
    )


def keep_option(reader: Reader, told: Told, typed: actions.KeptOption, errors: Mapping[str, str] | None = None) -> Form:
    """Which option of a page is kept as an idea."""
    which = Choice("option", reader(texts.IDEA_WHICH), tuple(offered(reader, told, typed.page)), typed.option)
    what = Choice(
        "kind", reader(texts.IDEA_WHAT), tuple((k, reader(w)) for k, w in texts.IDEA_KINDS.items()), typed.kind
    )
    submit = pack(actions.KeptOption(survey=typed.survey, page=typed.page))
    return Form(reader(texts.IDEA_OPTION), submit, reader(texts.IDEA_SEND), (which, what), errors=errors or {})


def offered(reader: Reader, told: Told, number: int) -> list[tuple[str, str]]:
    """The options of a page's questions, as (`question:place`, words)."""
    return [
        (f"{question.id}:{place}", worded(words, reader.language)[:OPTION_SHOWN])
        for question in told.pages[number - 1].questions
        for place, words in enumerate(question.options)
    ]


# --- ideas -----------------------------------------------------------------------------------------


def ideas(reader: Reader, waiting: Sequence[Idea], note: str = "") -> Card:
    """The ideas that wait, the latest first."""
    title = reader(texts.IDEAS_TITLE)
    pieces: list[Piece] = [Text(title, Look.HEADING), *([Text(note)] if note else [])]
    if not waiting:
        pieces.append(Text(reader(texts.IDEAS_NONE)))
    row: list[Button] = []
    for number, one in enumerate(waiting[:LISTED], 1):
        kind, day = reader(texts.IDEA_KINDS[one.kind]), reader.long_day(one.kept_on)
        pieces += [
            Text(reader(texts.IDEA_ROW, number=number, kind=kind, day=day), Look.QUIET),
            Text(one.words, Look.QUOTE),
        ]
        drop = actions.Drop(idea=one.id)
        row.append(button(reader(texts.IDEA_DROP, number=number), drop, confirm=reader(texts.IDEA_DROP_SURE)))
    row.append(button(reader(texts.LIST_BACK), actions.Listed()))
    return Card(title, (*pieces, Text(reader(texts.IDEAS_WHAT), Look.QUIET), Buttons(tuple(row))))


# --- desk, home, messages --------------------------------------------------------------------------


def waiting(reader: Reader, closed: Sequence[Survey]) -> list[Piece]:
    """The part of the desk: what members have not been shown."""
    if not closed:
        return []
    pieces: list[Piece] = [Text(reader(texts.DESK_TITLE), Look.HEADING)]
    row = []
    for one in closed:
        title = reading.called(reader, one.promised)
        words = reader(texts.DESK_LINE, title=title, counted=one.counted, asked=one.promised.audience)
        pieces.append(Text(words))
        row.append(button(_named(reader, one), actions.Look(survey=one.id)))
    return [*pieces, Buttons(tuple(row))]


def home(reader: Reader, shared: Sequence[Survey]) -> list[Piece]:
    """The part of a member's home page: results that are new."""
    if not shared:
        return []
    pieces: list[Piece] = [Text(reader(texts.HOME_TITLE), Look.HEADING)]
    pieces += [
        Text(reader(texts.HOME_NEW, title=reading.called(reader, one.promised), counted=one.counted)) for one in shared
    ]
    press = actions.See(survey=shared[0].id) if len(shared) == 1 else actions.All()
    return [*pieces, Buttons((button(reader(texts.SEE), press),))]


def told_desk(reader: Reader, one: Survey) -> Card:
    """To the secretariat: it has ended."""
    if one.state is State.VOID:
        return Card(reader(texts.NOTE), (Text(void(reader, one)), Text(reader(texts.VOID_DESK), Look.QUIET)))
    words = reader(
        texts.TOLD_DESK,
        title=reading.called(reader, one.promised),
        counted=one.counted,
        asked=one.promised.audience,
    )
    row = Buttons((button(reader(texts.BEGIN), actions.Look(survey=one.id), Look.PRIMARY),))
    return Card(reader(texts.NOTE), (Text(words), Text(reader(texts.TOLD_NEXT)), row))


def told_void(reader: Reader, one: Survey) -> Card:
    """To members: it has ended without results."""
    return Card(reader(texts.NOTE), (Text(void(reader, one)),))


def told_shared(reader: Reader, one: Survey) -> Card:
    """To members, and to a channel: the results can be seen."""
    words = reader(texts.TOLD_MEMBERS, title=reading.called(reader, one.promised), counted=one.counted)
    row = Buttons((button(reader(texts.SEE), actions.See(survey=one.id), Look.PRIMARY),))
    return Card(reader(texts.NOTE), (Text(words), Text(reader(texts.MEMBERS_HOW), Look.QUIET), row))
