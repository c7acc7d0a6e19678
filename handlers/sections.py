"""A part of the copy that a member takes with them: read by a person and by a program alike."""

from collections.abc import Sequence
from dataclasses import dataclass

Row = Sequence[tuple[str, str, str]]
"""One thing as (name for programs, label, value)."""


@dataclass(frozen=True, slots=True)
class Section:
    """Things of one sort.  `key` names it for programs, `seen_by` says who else may see it."""

    key: str
    title: str
    seen_by: str
    rows: Sequence[Row]
