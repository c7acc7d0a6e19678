"""A closed survey's figures in words: which pages they fill, and what each bar is called.

Everything here is made of what storage holds of a closed survey, which is what may be shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from bot.cards import Shares
from bot.language import Reader
from handlers.surveys.answering import texts as asked
from handlers.surveys.results import change, texts
from storage.questions import Kind, Manifest, Question, alike, worded
from storage.surveys import TEXTS_KEPT, Results, Survey, Text
from storage.tally import NONE, OTHER, PREFER_NOT, WHOLE

TEXTS = 5  # free texts of a page
QUESTIONS, BARS = 3, 180  # questions of a page, and what they may weigh: what all surfaces have room for


@dataclass(frozen=True, slots=True)
class Page:
    """Some questions with figures; or a part of the free texts of one, from the number `start` on."""

    questions: tuple[Question, ...]
    start: int = 0

    @property
    def is_text(self) -> bool:
        """Whether it holds free texts."""
        return self.questions[0].kind is Kind.TEXT


@dataclass(frozen=True)
class Told:
    """What may be shown of one closed survey."""

    survey: Survey
    results: Results
    by_option: Mapping[str, Mapping[int, Mapping[int, str]]]  # question, group, option
    forgotten: bool = False  # free texts have been kept long enough

    @classmethod
    def of(cls, survey: Survey, results: Results, now: datetime) -> "Told":
        """Its figures, sorted."""
        found: dict[str, dict[int, dict[int, str]]] = {}
        for one in results.tallies:
            found.setdefault(one.question, {}).setdefault(one.segment, {})[one.option] = one.shown
        return cls(survey, results, found, forgotten=bool(survey.closes_at and survey.closes_at + TEXTS_KEPT < now))

    @property
    def manifest(self) -> Manifest:
        """What was asked."""
        return self.survey.promised

    @property
    def with_texts(self) -> bool:
        """Whether enough have answered for free texts to be kept."""
        return self.results.counted >= self.manifest.k_text

    @cached_property
    def groups(self) -> tuple[int, ...]:
        """Everybody, and the groups that are shown by themselves."""
        shown = {one.segment for one in self.results.tallies}
        labels = range(len(self.manifest.segment.labels)) if self.manifest.segment else ()
        return tuple(one for one in (WHOLE, *labels, PREFER_NOT, OTHER) if one in shown or one == WHOLE)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The questions in their order, as many on a page as a chat has room for."""
        found: list[Page] = []
        waiting: list[Question] = []
        for question in self.manifest.questions:
            if question.kind is Kind.TEXT or (
                waiting and (len(waiting) == QUESTIONS or self._weight((*waiting, question)) > BARS)
            ):
                found += [Page(tuple(waiting))] if waiting else []
                waiting = []
            if question.kind is Kind.TEXT:
                several = len(self.results.texts.get(question.id, ()))
                found += [Page((question,), start) for start in range(0, max(1, several), TEXTS)]
            else:
                waiting.append(question)
        return (*found, Page(tuple(waiting))) if waiting else tuple(found)

    def _weight(self, questions: Sequence[Question]) -> int:
        return sum(weight(question, len(self.groups)) for question in questions)

    def number(self, question: Question) -> int:
        """Its place among the questions, from 1 on."""
        return 1 + [one.id for one in self.manifest.questions].index(question.id)

    def texts(self, page: Page) -> Sequence[Text]:
        """The free texts of a page."""
        return self.results.texts.get(page.questions[0].id, ())[page.start : page.start + TEXTS]

    def text(self, question: str, id_: str) -> Text | None:
        """One free text by the hexadecimal of its id."""
        return next((one for one in self.results.texts.get(question, ()) if one.id.hex() == id_), None)


def weight(question: Question, groups: int) -> int:
    """How much room a question takes: by its bars, and by the words of its options."""
    words = sum(max(map(len, option.values()), default=0) for option in question.options)
    return (question.choices + 1) * (3 + groups) + words // 8


def called(reader: Reader, manifest: Manifest) -> str:
    """A survey's title."""
    return worded(manifest.title, reader.language) or reader(texts.UNTITLED)


def options(reader: Reader, question: Question) -> list[tuple[int, str]]:
    """A question's options as (place, label), "no answer" last."""
    match question.kind:
        case Kind.SCALE:
            labels = [str(step) for step in range(question.choices)]
        case Kind.AGREE:
            labels = [reader(step) for step in asked.AGREE]
        case _:
            labels = [worded(words, reader.language) for words in question.options]
    return [*enumerate(labels), (NONE, reader(asked.NO_ANSWER))]


def group(reader: Reader, manifest: Manifest, segment: int) -> str:
    """What a group is called."""
    if segment >= 0 and manifest.segment:
        return worded(manifest.segment.labels[segment], reader.language)
    return reader(texts.GROUPS[segment])


def headed(reader: Reader, told: Told, question: Question) -> str:
    """A question with its number."""
    return reader(texts.QUESTION, number=told.number(question), question=worded(question.words, reader.language))


def shares(reader: Reader, told: Told, question: Question) -> Shares:
    """A question as bars: everybody, and beside them the groups that may be shown."""
    found = told.by_option.get(question.id, {})
    alone = len(told.groups) == 1  # then a bar is everybody's, and need not say so
    names = tuple("" if alone else group(reader, told.manifest, one) for one in told.groups)
    rows = tuple(
        (label, tuple(found.get(segment, {}).get(place, "") for segment in told.groups))
        for place, label in options(reader, question)
    )
    return Shares(headed(reader, told, question), names, rows, _alt(reader, rows))


def _alt(reader: Reader, rows: Sequence[tuple[str, tuple[str, ...]]], place: int = 0) -> str:
    """Everybody's shares in one sentence; the groups' are in the table."""
    spoken = [reader(texts.ALT_ONE, label=label, share=worded_share(reader, of[place])) for label, of in rows]
    return reader(texts.ALT_BETWEEN).join(spoken)


def worded_share(reader: Reader, shown: str) -> str:
    """A share as it is read aloud."""
    if not shown:
        return reader(texts.SHARE_NONE)
    said = {"≤": texts.SHARE_MOST, "≥": texts.SHARE_LEAST}.get(shown[0], texts.SHARE)
    return reader(said, percent=shown.lstrip("≤≥"))


def middle(reader: Reader, told: Told, question: Question) -> str:
    """Where the middle answer of a scale lies, when the shown shares make it certain; else ""."""
    found = told.by_option.get(question.id, {}).get(WHOLE, {})
    if question.kind is not Kind.SCALE or len(found) <= question.choices:
        return ""
    between = change.middle([found[step] for step in range(question.choices)], found[NONE])
    if between is None:
        return ""
    low, high = between
    return reader(texts.MIDDLE, step=low) if low == high else reader(texts.MIDDLE_BETWEEN, low=low, high=high)


# --- two surveys -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Both:
    """An earlier survey, a later one, and the questions that both asked, each as (earlier, later)."""

    before: Told
    after: Told
    pairs: tuple[tuple[Question, Question], ...]

    def page(self, number: int) -> tuple[tuple[Question, Question], ...]:
        """Some of them."""
        return self.pairs[number * QUESTIONS : (number + 1) * QUESTIONS]

    @property
    def pages(self) -> int:
        """How many pages they fill."""
        return -(-len(self.pairs) // QUESTIONS)


def pairs(before: Manifest, after: Manifest) -> tuple[tuple[Question, Question], ...]:
    """The questions with figures that were asked in the same words both times."""
    return tuple(
        (first, again)
        for again in after.questions
        if again.kind is not Kind.TEXT
        for first in [next((one for one in before.questions if alike(one, again)), None)]
        if first
    )


def earlier(surveys: Iterator[Survey] | Sequence[Survey], after: Survey) -> Survey | None:
    """The latest of these closed surveys before that one with a question in the same words."""
    before = [
        one
        for one in surveys
        if one.manifest and one.id != after.id and one.manifest.closes_on <= after.promised.opens_on
    ]
    last_first = sorted(before, key=lambda one: (one.promised.opens_on, one.id), reverse=True)
    return next((one for one in last_first if pairs(one.promised, after.promised)), None)


def compared(reader: Reader, both: Both, first: Question, again: Question) -> Shares:
    """A question of two surveys side by side, everybody alone; at each label, what the shares tell of the change.

    Groups are not compared: that the same people are not asked twice within a short time is made sure for everybody as
    a whole (`handlers/surveys/rules.py`), not for a part of them.
    """
    old, new = (
        told.by_option.get(question.id, {}).get(WHOLE, {})
        for told, question in ((both.before, first), (both.after, again))
    )
    moved = change.changes(old, new)
    rows = tuple(
        (_moved(reader, label, moved.get(place)), (old.get(place, ""), new.get(place, "")))
        for place, label in options(reader, again)
    )
    names = _times(reader, both)
    spoken = (
        reader(
            texts.ALT_BOTH,
            label=label,
            before=worded_share(reader, shown[0]),
            after=worded_share(reader, shown[1]),
        )
        for label, shown in rows
    )
    return Shares(headed(reader, both.after, again), names, rows, reader(texts.ALT_BETWEEN).join(spoken))


def _times(reader: Reader, both: Both) -> tuple[str, str]:
    """What tells them apart: the year, or the day where both are of one year."""
    days = [told.manifest.closes_on for told in (both.before, both.after)]
    if days[0].year != days[1].year:
        return str(days[0].year), str(days[1].year)
    return reader.day(days[0]), reader.day(days[1])


def _moved(reader: Reader, label: str, told: change.Change | None) -> str:
    if told is None:
        return label
    said = texts.SAME if not told.points else texts.MORE if told.points > 0 else texts.LESS
    if told.at_least:
        said = texts.MUCH_MORE if told.points > 0 else texts.MUCH_LESS
    return reader(texts.MOVED, label=label, change=reader(said, points=abs(told.points)))
