"""How a draft looks: the draft itself, one question of it, and what to begin with."""

from collections.abc import Sequence
from datetime import date

from bot.cards import Button, Buttons, Card, Facts, Link, Look, Piece, Text, button
from bot.language import Reader
from handlers.surveys.actions import Listed, Page
from handlers.surveys.answering.texts import READERS_USUAL
from handlers.surveys.authoring import actions, rules, texts
from handlers.surveys.authoring.templates import ORDER
from handlers.surveys.texts import LIST_BACK
from storage.questions import K_TEXT, Draft, Question, worded
from storage.surveys import Survey

QUESTIONS_SHOWN = 8  # on a page of a draft
SHOWN = 60  # characters of a question in a list, of a title on a button
PAST_SHOWN = 9


def begin(reader: Reader) -> Card:
    """What a new survey may begin with."""
    title = reader(texts.NEW)
    ways = [button(reader(texts.TEMPLATES[name]), actions.Begin(source=f"template:{name}")) for name in ORDER]
    rest = [
        button(reader(texts.NEW_EMPTY), actions.Begin()),
        button(reader(texts.NEW_PAST), actions.Past()),
        button(reader(texts.NEW_FILE), actions.File()),
    ]
    what = Text(reader(texts.NEW_WHAT))
    return Card(title, (Text(title, Look.HEADING), what, Buttons(tuple(ways)), Buttons(tuple(rest))))


def past(reader: Reader, earlier: Sequence[Survey]) -> Card:
    """Earlier surveys, the newest first."""
    title = reader(texts.PAST_TITLE)
    back = button(reader(texts.NEW), actions.New())
    ways = [
        button(worded(one.promised.title, reader.language)[:SHOWN], actions.Begin(source=f"survey:{one.id}"))
        for one in earlier[:PAST_SHOWN]
    ]
    said: list[Piece] = [] if ways else [Text(reader(texts.PAST_NONE))]
    return Card(reader(texts.NEW), (Text(title, Look.HEADING), *said, Buttons((*ways, back))))


def elsewhere(reader: Reader, url: str) -> Card:
    """The way to a page that can do what a chat cannot."""
    words = reader(texts.ON_THE_PAGE if url else texts.NO_PAGE)
    return Card(words, (Text(words), *([Buttons((Link(reader(texts.ON_THE_PAGE_OPEN), url),))] if url else [])))


# --- the draft -------------------------------------------------------------------------------------


def last_day(reader: Reader, day: date, zone: str) -> str:
    """A last day as it is promised: with its weekday, and where it ends."""
    return reader(texts.LAST_DAY_VALUE, day=reader.day(day), zone=zone)


def terms(reader: Reader, draft: Draft, zone: str, trustees: Sequence[str] = ()) -> list[tuple[str, str]]:
    """What members will be promised."""
    group = draft.segment
    labels = reader(texts.BETWEEN).join(worded(label, reader.language) for label in group.labels) if group else ""
    named = reader(texts.LABELS, words=worded(group.words, reader.language), labels=labels) if group else ""
    told = [
        (texts.LAST_DAY, last_day(reader, draft.closes_on, zone)),
        (texts.READERS, worded(draft.readers, reader.language) or reader(READERS_USUAL)),
        (texts.ANSWERS_NEEDED, reader.number(draft.least)),
        (texts.TEXTS_NEEDED, reader.number(max(draft.least, K_TEXT))),
        (texts.GROUP, named or reader(texts.GROUP_NONE)),
        (texts.REMINDERS, reader(texts.REMIND_ALL if draft.remind_everyone else texts.REMIND_REST)),
        (texts.SENSITIVE, reader(texts.SENSITIVE_YES if draft.sensitive else texts.SENSITIVE_NO)),
    ]
    if draft.sensitive:
        told.append((texts.TRUSTEES, reader(texts.BETWEEN).join(trustees) or reader(texts.TRUSTEES_NONE)))
    return [(reader(label), value) for label, value in told]


def question_line(reader: Reader, number: int, question: Question) -> str:
    """A question in a list."""
    asked = worded(question.words, reader.language).replace("\n", " ")
    shown = asked if len(asked) <= SHOWN else asked[: SHOWN - 1] + "…"
    return reader(texts.QUESTION_LINE, number=number, words=shown, kind=reader(texts.KINDS[question.kind]))


def draft(
    reader: Reader,
    survey: str,
    draft: Draft,
    zone: str,
    *,
    trustees: Sequence[str] = (),
    note: str = "",
    start: int = 0,
) -> Card:
    """A draft, and everything that can be done with it."""
    title = worded(draft.title, reader.language) or reader(texts.NEW)
    intro = worded(draft.intro, reader.language)
    pieces: list[Piece] = [
        Text(title, Look.HEADING),
        *([Text(note)] if note else []),
        *([Text(intro)] if intro else []),
    ]
    pieces += [Facts(tuple(terms(reader, draft, zone, trustees))), Text(reader(texts.QUESTIONS), Look.HEADING)]
    pieces += _questions(reader, survey, draft, start)
    pieces.append(Buttons(tuple(_edits(reader, survey, draft))))
    review = button(reader(texts.REVIEW), actions.Review(survey=survey), Look.PRIMARY)
    sure = reader(texts.DISCARD_SURE)
    away = button(reader(texts.DISCARD), actions.Discard(survey=survey), Look.DANGER, sure)
    pieces.append(Buttons((review, *_previews(reader, survey, draft), away, _listed(reader))))
    return Card(reader(texts.NEW), tuple(pieces))


def _questions(reader: Reader, survey: str, draft: Draft, start: int) -> list[Piece]:
    shown = list(enumerate(draft.questions, 1))[start : start + QUESTIONS_SHOWN]
    if not shown:
        return [Text(reader(texts.QUESTIONS_NONE))]
    lines = "\n".join(question_line(reader, number, one) for number, one in shown)
    row = [button(str(number), actions.Question(survey=survey, question=one.id)) for number, one in shown]
    if start:
        before = max(0, start - QUESTIONS_SHOWN)
        row.insert(0, button(reader(texts.QUESTIONS_FROM, number=before + 1), Page(survey=survey, start=before)))
    if start + len(shown) < len(draft.questions):
        after = start + len(shown)
        row.append(button(reader(texts.QUESTIONS_FROM, number=after + 1), Page(survey=survey, start=after)))
    return [Text(lines), Buttons(tuple(row))]


def _edits(reader: Reader, survey: str, draft: Draft) -> list[Button]:
    add = [] if rules.is_full(draft) else [button(reader(texts.ADD), actions.Ask(survey=survey))]
    trustees = [button(reader(texts.EDIT_TRUSTEES), actions.Trustees(survey=survey))] if draft.sensitive else []
    return [
        *add,
        button(reader(texts.EDIT_WORDS), actions.Words(survey=survey)),
        button(reader(texts.EDIT_TERMS), actions.Terms(survey=survey)),
        button(reader(texts.EDIT_GROUP), actions.Group(survey=survey)),
        *trustees,
        button(reader(texts.EDIT_TEXT), actions.Written(survey=survey)),
    ]


def _previews(reader: Reader, survey: str, draft: Draft) -> list[Button]:
    labels = {"ja": texts.PREVIEW_JA, "en": texts.PREVIEW_EN}
    return [
        button(reader(label), actions.Preview(survey=survey, language=language))
        for language, label in labels.items()
        if draft.questions
    ]


def _listed(reader: Reader) -> Button:
    return button(reader(LIST_BACK), Listed())


def question(reader: Reader, survey: str, draft: Draft, asked: Question) -> Card:
    """One question of a draft, in both languages."""
    number = rules.number_of(draft, asked.id)
    title = reader(texts.QUESTION, number=number)
    words = "\n".join(asked.words[language] for language in rules.LANGUAGES if asked.words.get(language))
    pieces: list[Piece] = [Text(title, Look.HEADING), Text(words), Text(reader(texts.KINDS[asked.kind]), Look.QUIET)]
    if asked.options:
        told = (" / ".join(option[one] for one in rules.LANGUAGES if option.get(one)) for option in asked.options)
        pieces.append(Text("\n".join(f"・{line}" for line in told)))
    at = {"survey": survey, "question": asked.id}
    row = [button(reader(texts.CHANGE), actions.Ask(**at), Look.PRIMARY)]
    if number > 1:
        row.append(button(reader(texts.UP), actions.Move(**at, by=-1)))
    if number < len(draft.questions):
        row.append(button(reader(texts.DOWN), actions.Move(**at, by=1)))
    row.append(button(reader(texts.REMOVE), actions.Remove(**at), Look.DANGER, reader(texts.REMOVE_SURE)))
    row.append(button(reader(texts.BACK), Page(survey=survey)))
    return Card(reader(texts.NEW), (*pieces, Buttons(tuple(row))))
