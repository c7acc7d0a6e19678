"""Counting answers, and what of the counts may be shown.  Pure, and as small as its result: no answer is kept whole.

Options are counted by place, `NONE` being "no answer"; groups by the place of their label, `PREFER_NOT` being "prefer
not to say" and `WHOLE` everybody.  `OTHER` is what small groups are merged into.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import SystemRandom

from storage.questions import Answer, Kind, Manifest

NONE = -1  # an option
WHOLE, PREFER_NOT, OTHER = -1, -2, -3  # segments


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure as it is shown: "40", "≤20", "≥80", in per cent.  It is stored so, and the count behind it is not."""

    question: str
    segment: int
    option: int
    shown: str


@dataclass(frozen=True)
class Counts:
    """How often each option was chosen: `by_option[segment][question][option]`; `people[segment]`."""

    people: Mapping[int, int]
    by_option: Mapping[int, Mapping[str, Mapping[int, int]]]

    @property
    def counted(self) -> int:
        """How many answers there are."""
        return self.people.get(WHOLE, 0)


@dataclass(frozen=True)
class Released:
    """What the release rules let through.  `apart`: labels shown by themselves; empty: no groups are shown."""

    tallies: tuple[Shown, ...]
    with_texts: bool
    apart: tuple[int, ...] = ()


@dataclass
class Tally:
    """Counts answers one by one; texts and receipts are all that is kept of them, each list by itself."""

    manifest: Manifest
    people: dict[int, int] = field(default_factory=dict)
    by_option: dict[int, dict[str, dict[int, int]]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    receipts: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        labels = range(len(self.manifest.segment.labels)) if self.manifest.segment else ()
        segments = (*labels, PREFER_NOT) if self.manifest.segment else (WHOLE,)
        asked = [(one.id, one.choices) for one in self.manifest.questions if one.kind is not Kind.TEXT]
        self.people = dict.fromkeys(segments, 0)
        self.by_option = {
            segment: {id_: dict.fromkeys((*range(choices), NONE), 0) for id_, choices in asked} for segment in segments
        }
        self.texts = {one.id: [] for one in self.manifest.questions if one.kind is Kind.TEXT}

    def add(self, answer: Answer, receipt: bytes) -> None:
        """Count one more."""
        nowhere = PREFER_NOT if self.manifest.segment else WHOLE
        segment = nowhere if answer.segment is None else answer.segment
        self.people[segment] += 1
        group = self.by_option[segment]
        for id_, said in answer.said.items():
            if isinstance(said, int):
                group[id_][said] += 1
            elif isinstance(said, str):
                if said:
                    self.texts[id_].append(said)
            elif id_ in group:
                for option in said or (NONE,):
                    group[id_][option] += 1
        self.receipts.append(receipt)

    def counts(self) -> Counts:
        """What the release rules decide on: each group's, and everybody's."""
        groups = list(self.by_option.values())
        everybody = {
            id_: {option: sum(group[id_][option] for group in groups) for option in options}
            for id_, options in groups[0].items()
        }
        return Counts({**self.people, WHOLE: sum(self.people.values())}, {**self.by_option, WHOLE: everybody})

    def shuffle(self) -> None:
        """Texts of each question by themselves, receipts sorted: in no order that any answer was in."""
        chance = SystemRandom()
        for texts in self.texts.values():
            chance.shuffle(texts)
        self.receipts.sort()
