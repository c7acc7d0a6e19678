"""What a sealed survey asks, and one answer to it: plain data, checked as far as one thing alone can be.

A `Draft` is what the secretariat writes.  When it is opened it is frozen into a `Manifest`, whose hash everybody can
compare: no word, limit or date of it can change any more.  An `Answer` fits a manifest or is refused, and whatever it
says, it is as long as any other.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

QUESTIONS_MAX, OPTIONS_MAX, SEGMENT_MAX = 40, 20, 5
OPTIONS_MIN, SEGMENT_MIN = 2, 2
TEXT_MAX = 1000  # characters of one free text
WORDS_MAX = 2000  # characters of a title, question or option in one language
SCALE, AGREE = 11, 5  # options of a scale from 0 to 10, and of "strongly disagree" to "strongly agree"
K = 5  # nobody is counted among fewer; a floor that no setting lowers
K_SENSITIVE, K_TEXT = 10, 10
AUDIENCE_MIN, TRUSTEES = 10, 2
LASTS = timedelta(days=45)  # at most, from the opening to the last day
KEPT = timedelta(days=60)  # what has not been opened by then is destroyed unread
Words = Mapping[str, Annotated[str, Field(max_length=WORDS_MAX)]]
"""The same words by language ("ja", "en"); one language will do."""


def worded(words: Words, language: str) -> str:
    """In this language, or in the one there is."""
    return words.get(language) or next(iter(words.values()), "")


class Kind(StrEnum):
    """How a question is answered.  Each but `TEXT` can be left without an answer, which is counted like an option."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"  # 0 to 10
    AGREE = "agree"  # five steps
    TEXT = "text"


class Frozen(BaseModel):
    """Data that does not change, and whose JSON is read back to the same."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Question(Frozen):
    """One question.  `options` are of single and multiple choice alone; `longest` counts a text's characters."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,32}$")]
    kind: Kind
    words: Words
    options: tuple[Words, ...] = ()
    longest: Annotated[int, Field(ge=1, le=TEXT_MAX)] = TEXT_MAX

    @property
    def choices(self) -> int:
        """How many options there are, "no answer" not among them; 0 for a text."""
        return {Kind.SCALE: SCALE, Kind.AGREE: AGREE, Kind.TEXT: 0}.get(self.kind, len(self.options))


class Segment(Frozen):
    """One coarse group that people name themselves; "prefer not to say" is always offered beside the labels."""

    words: Words
    labels: tuple[Words, ...]


class Draft(Frozen):
    """A survey as it is being written.  What may be opened, `handlers/surveys/rules.py` says."""

    title: Words
    questions: tuple[Question, ...] = ()
    segment: Segment | None = None
    intro: Words = {}
    readers: Words = {}  # who will read the results
    sensitive: bool = False  # higher limits, reminders to everybody, two trustees
    trustees: tuple[str, ...] = ()  # member ids of the two whose passphrases open it; none: opened by the clock alone
    remind_everyone: bool = False  # and not only those who have not answered
    k: int = 0  # below so many answers nothing is opened; 0: the usual number
    closes_on: date  # the last day to answer, in the community's zone

    @property
    def floor(self) -> int:
        """The least k there may be."""
        return K_SENSITIVE if self.sensitive else K

    @property
    def least(self) -> int:
        """The k it will have."""
        return self.k or self.floor

    def asks_again(self, earlier: "Manifest") -> str:
        """The id of the first question that was asked there in the same words, or ""."""
        asked = {_sense(one) for one in earlier.questions}
        return next((one.id for one in self.questions if _sense(one) in asked), "")

    def faults(self, audience: int, today: date) -> dict["Fault", str]:
        """Why it cannot be opened to so many people on this day, and for some faults the id of the question."""
        ids = [question.id for question in self.questions]
        twice = next((id_ for id_ in ids if ids.count(id_) > 1), "")
        amiss = {
            Fault.UNTITLED: not any(self.title.values()),
            Fault.QUESTIONS: not 0 < len(self.questions) <= QUESTIONS_MAX,
            Fault.TWICE: bool(twice),
            Fault.SEGMENT: self.segment is not None and not SEGMENT_MIN <= len(self.segment.labels) <= SEGMENT_MAX,
            Fault.FLOOR: self.least < self.floor,
            Fault.AUDIENCE: audience < max(AUDIENCE_MIN, 2 * self.least),
            Fault.DATE: not timedelta() < self.closes_on - today <= LASTS,
            Fault.TRUSTEES: len(set(self.trustees)) != (TRUSTEES if self.sensitive else 0),
        }
        found = {fault: twice if fault is Fault.TWICE else "" for fault, wrong in amiss.items() if wrong}
        for question in self.questions:
            if fault := _fault(question):
                found.setdefault(fault, question.id)
        return found


class Fault(StrEnum):
    """Why a draft cannot be opened."""

    UNTITLED = "untitled"
    QUESTIONS = "questions"  # none, or more than `QUESTIONS_MAX`
    TWICE = "twice"  # two questions under one id
    EMPTY = "empty"  # a question or an option without words
    OPTIONS = "options"  # fewer than two, more than `OPTIONS_MAX`, two alike, or options where there are none
    SEGMENT = "segment"  # not two to five labels
    FLOOR = "floor"  # k below the floor
    AUDIENCE = "audience"  # fewer members than ten, or than twice k
    DATE = "date"  # the last day is not tomorrow or later, or more than `LASTS` away
    TRUSTEES = "trustees"  # a sensitive survey has two, any other none; or one of them has given no passphrase yet
    AGAIN = "again"  # the same question, too soon, to nearly the same people: see `handlers/surveys/rules.py`


class Manifest(Frozen):
    """A survey as it was opened.  Everything anybody is promised is in it, and so in its hash."""

    survey: str  # id
    title: Words
    questions: tuple[Question, ...]
    segment: Segment | None
    intro: Words
    readers: Words
    sensitive: bool
    trustees: tuple[str, ...]  # their names, as members read them
    remind_everyone: bool
    opens_on: date
    closes_on: date
    zone: str
    audience: int  # how many were asked; nobody who comes later is added
    k: Annotated[int, Field(ge=K)]  # below so many answers nothing is opened
    k_text: Annotated[int, Field(ge=K)]  # below so many answers no text is kept
    boxes: tuple[str, ...]  # public keys, hexadecimal, in the order in which an answer is sealed
    after: str  # the hash of the manifest that this community opened before; "": none: a chain anybody can follow

    @property
    def canonical(self) -> bytes:
        """The one way to write it down."""
        told = self.model_dump(mode="json")
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @cached_property
    def sha256(self) -> bytes:
        """What stands for it."""
        return sha256(self.canonical).digest()

    @property
    def mark(self) -> str:
        """The first 8 characters of the hash: shown before the first question, for people to compare."""
        return self.sha256.hex()[:8]

    @cached_property
    def size(self) -> int:
        """Bytes of every answer before it is sealed: of the longest there can be."""
        return len(_plain(self, longest(self)))

    def misfits(self, answer: "Answer") -> tuple[str, ...]:
        """Ids of questions whose answers are none of this survey's, or too long; "segment" for the group."""
        asked = {question.id: question for question in self.questions}
        wrong = [id_ for id_ in answer.said if id_ not in asked]
        wrong += [id_ for id_, said in answer.said.items() if id_ in asked and not _fits(asked[id_], said)]
        labels = len(self.segment.labels) if self.segment else 0
        if answer.segment is not None and not 0 <= answer.segment < labels:
            wrong.append("segment")
        return tuple(dict.fromkeys(wrong))


Said = int | tuple[int, ...] | str | None
"""An option's index; several of them; a text; None: no answer."""


class Answer(Frozen):
    """What somebody says: by the question's id; what is left out is "no answer".  `segment`: a label's index."""

    said: Mapping[str, Said] = {}
    segment: int | None = None

    def clean(self) -> "Answer":
        """Texts as they are counted and shown, see `clean`."""
        said = {id_: clean(one) if isinstance(one, str) else one for id_, one in self.said.items()}
        return Answer(said=said, segment=self.segment)


_KEPT = {"\n", "\u200c", "\u200d"}  # the last two join letters and emoji
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """A text in one form: nothing invisible that could mark its author, turn a line around or break a page."""
    told = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    shown = (c for c in told if c in _KEPT or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})
    return _BLANK_LINES.sub("\n\n", "".join(shown)).strip()


def padded(manifest: Manifest, answer: Answer, receipt: bytes) -> bytes:
    """An answer as it is sealed: with the hash of its receipt, and as long as any other.

    Raises BadAnswer, which names the questions, when it does not fit.
    """
    answer = answer.clean()
    if wrong := manifest.misfits(answer):
        raise BadAnswer(wrong)
    return _plain(manifest, answer, receipt).ljust(manifest.size)


def unpadded(manifest: Manifest, plain: bytes) -> tuple[Answer, bytes]:
    """What `padded` made: the answer and the hash of its receipt.  Raises ValueError for anything else."""
    said, segment, receipt = json.loads(plain)
    values = (tuple(one) if isinstance(one, list) else one for one in said)
    answers = dict(zip((question.id for question in manifest.questions), values, strict=True))
    answer = Answer(said=answers, segment=segment)
    if manifest.misfits(answer):
        raise ValueError("this is no answer to this survey")
    return answer, bytes.fromhex(receipt)


class BadAnswer(ValueError):
    """An answer that does not fit its survey; `questions` are the ids."""

    def __init__(self, questions: tuple[str, ...]) -> None:
        super().__init__("an answer does not fit")  # not which: a log may hold this
        self.questions = questions


RECEIPT = 16  # bytes of a receipt's hash


def _plain(manifest: Manifest, answer: Answer, receipt: bytes = bytes(RECEIPT)) -> bytes:
    said = [answer.said.get(question.id) for question in manifest.questions]
    return json.dumps([said, answer.segment, receipt.hex()], ensure_ascii=False, separators=(",", ":")).encode()


def longest(manifest: Manifest) -> Answer:
    """The answer that takes most room: four bytes for each character of a text."""
    said: dict[str, Said] = {}
    for question in manifest.questions:
        if question.kind is Kind.TEXT:
            said[question.id] = "\U00020000" * question.longest
        elif question.kind is Kind.MULTIPLE:
            said[question.id] = tuple(range(question.choices))
        else:
            said[question.id] = max(1000, question.choices)  # "null" has four characters, too
    return Answer(said=said, segment=1000)


def _fits(question: Question, said: Said) -> bool:
    if said is None:
        return True
    if isinstance(said, bool):
        return False
    if question.kind is Kind.TEXT:
        return isinstance(said, str) and len(said) <= question.longest
    if question.kind is Kind.MULTIPLE:
        chosen = range(question.choices)
        return isinstance(said, tuple) and len(set(said)) == len(said) and all(one in chosen for one in said)
    return isinstance(said, int) and 0 <= said < question.choices


def _fault(question: Question) -> Fault | None:
    if not all(any(words.values()) for words in (question.words, *question.options)):
        return Fault.EMPTY
    if question.kind not in {Kind.SINGLE, Kind.MULTIPLE}:
        return Fault.OPTIONS if question.options else None
    if not OPTIONS_MIN <= len(question.options) <= OPTIONS_MAX:
        return Fault.OPTIONS
    alike = (len({worded(o, language) for o in question.options}) for language in question.options[0])
    return Fault.OPTIONS if min(alike) < len(question.options) else None


def alike(one: Question, other: Question) -> bool:
    """Whether both ask the same in the same words, so that their answers can be compared."""
    return _sense(one) == _sense(other)


def _sense(question: Question) -> str:
    options = [sorted(_letters(words)) for words in question.options]
    return json.dumps([question.kind, sorted(_letters(question.words)), options])


def _letters(words: Words) -> Iterator[str]:
    """What stays when somebody moves a blank or a full stop."""
    for text in words.values():
        yield "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
