"""What every kind of file is read into, and why one cannot be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

FILE_MAX = 16 * 1024 * 1024  # bytes
ROWS_MAX = 50_000
COLUMNS_MAX = 500
Cells = list[str]


class Trouble(StrEnum):
    """Why a file cannot be read at all."""

    EMPTY = "empty"
    KIND = "kind"  # neither text nor a workbook
    OLD = "old"  # .xls
    LOCKED = "locked"  # asks for a password
    BROKEN = "broken"
    TOO_LARGE = "too_large"  # unpacked
    TOO_LONG = "too_long"
    TOO_WIDE = "too_wide"
    QUOTES = "quotes"  # a quotation mark is never closed


class Note(StrEnum):
    """What somebody should know of a file that was read."""

    MERGED = "merged"
    FORMULAS = "formulas"
    SHEETS = "sheets"  # there are more; only one is read


class UnreadableError(ValueError):
    """A file cannot be read.  `row` is where, or 0."""

    def __init__(self, trouble: Trouble, row: int = 0) -> None:
        super().__init__(trouble)
        self.trouble, self.row = trouble, row


@dataclass(frozen=True)
class Sheet:
    """A table of texts.  `rows()` begins anew each time; a row's number is its place, from 1."""

    rows: Callable[[], Iterator[Cells]]
    total: int  # rows, roughly for a text
    kind: str  # "CSV, Shift_JIS (CP932)", "Excel, 「Sheet1」"
    notes: tuple[Note, ...] = ()
