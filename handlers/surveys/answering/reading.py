"""From what was typed into the form to an answer, and what does not fit.  Pure, and nothing of it is said in a log.

The inputs are called by their place: "q1" to "q40", and "group".  A choice is the option's place, "" and `NONE` being
no answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from storage.questions import Answer, Kind, Manifest, Question, Said, clean

NONE = "none"
GROUP = "group"
RAW_MAX = 100_000  # characters that are looked at: whatever is longer is too long in any form


def named(place: int) -> str:
    """What the input of the question in this place is called, the first being 0."""
    return f"q{place + 1}"


@dataclass(frozen=True)
class Read:
    """An answer as far as it fits.  `too_long` and `unknown` are names of inputs, by what is wrong with them.

    `texts`: what was written, by the name of its input, as it would be counted; also what is too long.
    """

    answer: Answer
    texts: Mapping[str, str] = field(default_factory=dict)
    too_long: Mapping[str, int] = field(default_factory=dict)  # and how long it may be
    unknown: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether all of it can be sealed."""
        return not self.too_long and not self.unknown


def read(asked: Manifest, typed: Mapping[str, Any]) -> Read:
    """What somebody says, of whatever type it came in."""
    said: dict[str, Said] = {}
    texts: dict[str, str] = {}
    too_long: dict[str, int] = {}
    unknown: list[str] = []
    for place, question in enumerate(asked.questions):
        name, value = named(place), typed.get(named(place))
        if question.kind is Kind.TEXT:
            text = _text(value)
            texts[name] = text
            if len(text) > question.longest:
                too_long[name] = question.longest
            else:
                said[question.id] = text or None
            continue
        chosen = _several(value) if question.kind is Kind.MULTIPLE else _one(value)
        if asked.misfits(Answer(said={question.id: chosen})):
            unknown.append(name)
        else:
            said[question.id] = chosen or None if isinstance(chosen, tuple) else chosen
    group = _one(typed.get(GROUP)) if asked.segment else None
    if asked.misfits(Answer(segment=group)):
        unknown.append(GROUP)
        group = None
    return Read(Answer(said=said, segment=group), texts, too_long, tuple(unknown))


def standing(question: Question, answer: Answer) -> str | tuple[str, ...]:
    """What stands in the input of a question when the form is shown once more with this answer; not of texts."""
    said = answer.said.get(question.id)
    if question.kind is Kind.MULTIPLE:
        return tuple(map(str, said)) if isinstance(said, tuple) else ()
    return str(said) if isinstance(said, int) else ""


def _text(value: Any) -> str:
    return clean(value[:RAW_MAX]) if isinstance(value, str) else ""


def _one(value: Any) -> int | None:
    """A place; -1, which fits nowhere, for what is none."""
    if value in {None, "", NONE, False} if isinstance(value, str | bool | None) else False:
        return None
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 4 else -1  # noqa: PLR2004 - no list is that long


def _several(value: Any) -> tuple[int, ...]:
    if not value:
        return ()
    each = value if isinstance(value, tuple | list) else (value,)
    places = [_one(one) for one in each]
    return tuple(sorted(-1 if one is None else one for one in places))
