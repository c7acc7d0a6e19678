"""The form of a survey, and what is shown around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.actions import pack
from bot.cards import Buttons, Card, Choice, Choices, Copy, Field, Link, Look, Piece, Text, TextInput, button
from bot.codes import spelled
from bot.language import Reader
from bot.replies import Form
from handlers import hinted
from handlers.hints import Hint
from handlers.surveys.answering import actions, promise, reading, texts
from handlers.surveys.answering.promise import Place
from handlers.surveys.answering.reading import GROUP, NONE, Read
from storage.questions import AGREE, SCALE, Kind, Manifest, Question, worded

OPTION = 70  # characters of an option that every chat shows in full


@dataclass(frozen=True)
class Again:
    """The form once more: what was typed, what is wrong with it, and what it may tell of its author."""

    typed: Read
    errors: Mapping[str, str] = field(default_factory=dict)
    hints: Sequence[Hint] = ()


def asked(reader: Reader, survey: Manifest, place: Place, again: Again | None = None) -> Form:
    """The promise, and below it every question; empty, unless it comes back in the same breath.

    In a chat whose window cannot hold it whole, the way to the page.
    """
    title = worded(survey.title, reader.language)
    sure = bool(again and again.hints)
    fields = [_question(reader, place_, one, again) for place_, one in enumerate(survey.questions)]
    if survey.segment:
        fields.append(_group(reader, survey, again))
    return Form(
        title,
        pack(actions.Send(survey=survey.survey, sure=sure)),
        reader(hinted.SEND_AS_IT_IS if sure else texts.SEND),
        tuple(fields),
        _above(reader, again) if again else promise.short(reader, survey, place),
        again.errors if again else {},
        otherwise=None if again else long(reader),
    )


def _above(reader: Reader, again: Again) -> tuple[Piece, ...]:
    """Above a form that came back; the promise has been read."""
    if not again.hints:
        return (Text(reader(texts.CHECK_ANSWERS)),)
    return hinted.above(reader, again.hints)


def _question(reader: Reader, place: int, one: Question, again: Again | None) -> Field:
    name, label = reading.named(place), f"{place + 1}. {worded(one.words, reader.language)}"
    if one.kind is Kind.TEXT:
        hint = reader(texts.TEXT_HINT, most=reader.number(one.longest))
        value = again.typed.texts.get(name, "") if again else ""
        return TextInput(name, label, value, hint, lines=4, max_length=one.longest, required=False)
    stands = reading.standing(one, again.typed.answer) if again else ""
    options, hint = _options(reader, one)
    if one.kind is Kind.MULTIPLE:
        hint = " ".join(filter(None, (reader(texts.SEVERAL_HINT), hint)))
        chosen = stands if isinstance(stands, tuple) else ()
        return Choices(name, label, options, chosen, hint, required=False)
    chosen_one = stands if isinstance(stands, str) else ""
    return Choice(name, label, (*options, (NONE, reader(texts.NO_ANSWER))), chosen_one, hint, required=False)


def _options(reader: Reader, one: Question) -> tuple[tuple[tuple[str, str], ...], str]:
    """Their places and words, and as a hint those in full that some chat would cut."""
    if one.kind is Kind.SCALE:
        return tuple((str(step), str(step)) for step in range(SCALE)), reader(texts.SCALE_HINT)
    if one.kind is Kind.AGREE:
        return tuple((str(step), reader(texts.AGREE[step])) for step in range(AGREE)), ""
    words = [worded(option, reader.language) for option in one.options]
    return _fitting(reader, words)


def _fitting(reader: Reader, words: Sequence[str]) -> tuple[tuple[tuple[str, str], ...], str]:
    """Options by their places; long ones are numbered and cut, and stand in full in the hint."""
    words = [" ".join(word.split()) for word in words]
    if all(len(word) <= OPTION for word in words):
        return tuple((str(place), word) for place, word in enumerate(words)), ""
    numbered = [f"({place + 1}) {word}" for place, word in enumerate(words)]
    cut = (one if len(one) <= OPTION else one[: OPTION - 1] + "…" for one in numbered)
    full = reader(texts.IN_FULL, options=" ".join(one for one in numbered if len(one) > OPTION))
    return tuple((str(place), one) for place, one in enumerate(cut)), full


def _group(reader: Reader, survey: Manifest, again: Again | None) -> Choice:
    segment = survey.segment
    words = [worded(label, reader.language) for label in segment.labels] if segment else []
    options, full = _fitting(reader, words)
    stands = again.typed.answer.segment if again else None
    label = worded(segment.words, reader.language) if segment else ""
    hint = " ".join(filter(None, (reader(texts.SEGMENT_HINT), full)))
    choices = (*options, (NONE, reader(texts.PREFER_NOT)))
    return Choice(GROUP, label, choices, "" if stands is None else str(stands), hint, required=False)


def long(reader: Reader) -> Card:
    """That the form is longer than the window, and the way to the page."""
    page = button(reader(texts.LONG_PAGE), actions.Elsewhere(), Look.PRIMARY)
    return Card(reader(texts.FORM_SUMMARY), (Text(reader(texts.LONG)), Buttons((page,))))


def elsewhere(reader: Reader, url: str) -> Card:
    """The way to one's own page, or that there is none."""
    if not url:
        words = reader(texts.LONG_NO_PAGE)
        return Card(reader(texts.FORM_SUMMARY), (Text(words),))
    there = Text(reader(texts.LONG_THERE, part=reader(texts.HOME_TITLE)))
    return Card(
        reader(texts.FORM_SUMMARY), (Text(reader(texts.LONG)), Buttons((Link(reader(texts.LONG_PAGE), url),)), there)
    )


def taken(reader: Reader, survey: Manifest, code: str) -> Card:
    """The receipt, for this once."""
    day = reader.day(survey.closes_on)
    return Card(
        reader(texts.TAKEN_SUMMARY),
        (
            Text(reader(texts.TAKEN), Look.HEADING),
            Copy(reader(texts.TAKEN_CODE), spelled(code)),
            Text(reader(texts.TAKEN_WHY, day=day)),
            Text(reader(texts.TAKEN_CHANGE), Look.QUIET),
        ),
    )
