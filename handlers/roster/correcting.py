"""The rows that could not be taken, as a file for a spreadsheet that can be corrected and brought in."""

import csv
import io
from collections.abc import Iterable

from bot.language import Reader
from handlers.roster import cards, texts
from handlers.roster.columns import Columns, field_of
from handlers.roster.rules import Checked, harmless

MIME = "text/csv; charset=utf-8"


def corrections(reader: Reader, columns: Columns, bad: Iterable[Checked]) -> bytes:
    """CSV in UTF-8 with the mark that Excel looks for: the columns as they were, and the reason at the end.

    A column whose heading would not be recognised again is headed by what it was taken for.
    """
    written = io.StringIO(newline="")
    rows = csv.writer(written)
    width = len(columns.labels)
    rows.writerow([harmless(label) for label in headings(reader, columns)] + [reader(texts.CORRECT_REASON)])
    for row in bad:
        cells = [harmless(cell) for cell in row.cells[:width]]
        rows.writerow([*cells, *[""] * (width - len(cells)), cards.reason(reader, row)])
    return written.getvalue().encode("utf_8_sig")


def headings(reader: Reader, columns: Columns) -> list[str]:
    """What stands above the columns."""
    taken = {at: one for one, at in columns.where.items()}
    return [
        reader(texts.FIELDS[taken[at]]) if at in taken and field_of(label) is not taken[at] else label
        for at, label in enumerate(columns.labels)
    ]
