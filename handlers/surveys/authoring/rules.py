"""How a draft is changed, one step at a time.  Pure; what may be opened, `storage/questions.py` says."""

import unicodedata
from collections.abc import Sequence

from storage.questions import (
    OPTIONS_MAX,
    QUESTIONS_MAX,
    SEGMENT_MAX,
    SEGMENT_MIN,
    Draft,
    Kind,
    Question,
    Segment,
    Words,
    clean,
    worded,
)

TITLE_MAX, INTRO_MAX, READERS_MAX = 100, 1000, 200  # characters
QUESTION_MAX = 300
OPTION_MAX = 70  # the longest that every chat shows whole
LANGUAGES = ("ja", "en")


def words(ja: str, en: str) -> Words:
    """The same words in both languages, as far as they are there; nothing invisible in them."""
    told = {"ja": clean(ja), "en": clean(en)}
    return {language: text for language, text in told.items() if text}


def lines(ja: str, en: str) -> tuple[Words, ...] | None:
    """One option a line, the lines of both languages beside each other; None when they are not as many."""
    sides = [[line for line in map(clean, text.splitlines()) if line] for text in (ja, en)]
    if all(sides) and len(sides[0]) != len(sides[1]):
        return None
    return tuple(words(*(side[at] if side else "" for side in sides)) for at in range(max(map(len, sides))))


def unlined(options: Sequence[Words], language: str) -> str:
    """What `lines` reads; an option that has no words in this language stands there in the other."""
    there = any(option.get(language) for option in options)
    return "\n".join(worded(option, language) for option in options) if there else ""


def fresh_id(draft: Draft) -> str:
    """An id that no question of this draft has."""
    taken = {question.id for question in draft.questions}
    return next(name for number in range(1, QUESTIONS_MAX + 2) if (name := f"q{number}") not in taken)


def number_of(draft: Draft, question: str) -> int:
    """The place of a question, counted from 1; 0: it is none of these."""
    return next((at for at, one in enumerate(draft.questions, 1) if one.id == question), 0)


def with_question(draft: Draft, question: Question) -> Draft:
    """With this question in place of the one of the same id, or at the end."""
    others = {one.id: one for one in draft.questions}
    return draft.model_copy(update={"questions": tuple({**others, question.id: question}.values())})


def without(draft: Draft, question: str) -> Draft:
    """Without this question."""
    return draft.model_copy(update={"questions": tuple(one for one in draft.questions if one.id != question)})


def moved(draft: Draft, question: str, by: int) -> Draft:
    """With this question so many places further down, or as far as there is room."""
    at = number_of(draft, question) - 1
    if at < 0:
        return draft
    order = list(draft.questions)
    one = order.pop(at)
    order.insert(min(max(0, at + by), len(order)), one)
    return draft.model_copy(update={"questions": tuple(order)})


def is_full(draft: Draft) -> bool:
    """Whether there is no room for another question."""
    return len(draft.questions) >= QUESTIONS_MAX


def fits_choice(options: Sequence[Words]) -> bool:
    """Whether a question may have so many options, each of them short enough and none twice."""
    if not 2 <= len(options) <= OPTIONS_MAX:  # noqa: PLR2004 - one cannot choose among fewer
        return False
    return not any(too_long(option, OPTION_MAX) for option in options) and not doubled(options)


def fits_segment(labels: Sequence[Words]) -> bool:
    """Whether people may be asked to name themselves one of these groups."""
    return SEGMENT_MIN <= len(labels) <= SEGMENT_MAX and not doubled(labels)


def too_long(told: Words, most: int) -> bool:
    """Whether they are longer in any language."""
    return any(len(text) > most for text in told.values())


def doubled(options: Sequence[Words]) -> bool:
    """Whether two of them read alike in a language."""
    for language in LANGUAGES:
        told = [unicodedata.normalize("NFKC", one[language]).casefold() for one in options if one.get(language)]
        if len(set(told)) < len(told):
            return True
    return False


def copied(draft: Draft, earlier: Draft) -> Draft:
    """What an earlier survey asked, for another time; its trustees give their passphrases anew."""
    return earlier.model_copy(update={"closes_on": draft.closes_on, "trustees": ()})


def single(kind: Kind) -> bool:
    """Whether the options of a question of this kind are written by its author."""
    return kind in {Kind.SINGLE, Kind.MULTIPLE}


def segment(question: Words, labels: Sequence[Words]) -> Segment | None:
    """The one group people may name, or None when nothing was written."""
    return Segment(words=question, labels=tuple(labels)) if question or labels else None


def number_in(typed: str, least: int, most: int) -> int | None:
    """A number within these bounds, as people type it, or None."""
    told = unicodedata.normalize("NFKC", typed).strip()
    return int(told) if told.isdecimal() and len(told) <= len(str(most)) and least <= int(told) <= most else None
