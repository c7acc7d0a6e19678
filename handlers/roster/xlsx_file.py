"""Reads workbooks of Excel; the only file that knows calamine.

A workbook is a zip file of XML, and both can lie about their size.  So every part is unpacked once beforehand, piece by
piece and thrown away, while bytes are counted and the farthest cell is noted: calamine makes a full table up to it.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, SheetVisibleEnum, load_workbook

from handlers.roster.sheet import COLUMNS_MAX, ROWS_MAX, Cells, Note, Sheet, Trouble, UnreadableError

UNPACKED_MAX = 200 * 1024 * 1024  # bytes
CELLS_MAX = 5_000_000
PIECE = 1024 * 1024
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf_16_le")
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]{0,200}?\br="([A-Z]{1,4})(\d{1,9})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>]")


def read(content: bytes) -> Sheet:
    """The first table in a workbook.  Raises UnreadableError."""
    if content.startswith(OLE):
        raise UnreadableError(Trouble.LOCKED if _ENCRYPTED in content else Trouble.OLD)
    formulas = _looked_through(content)
    try:
        with load_workbook(io.BytesIO(content)) as book:
            shown = [one.name for one in book.sheets_metadata if one.visible is SheetVisibleEnum.Visible]
            sheets = [sheet for name in shown if (sheet := book.get_sheet_by_name(name)).total_height]
            if not sheets:
                raise UnreadableError(Trouble.EMPTY)
            table = sheets[0].to_python(skip_empty_area=False)
            merged, name = sheets[0].merged_cell_ranges, sheets[0].name
    except CalamineError:
        raise UnreadableError(Trouble.BROKEN) from None
    spread = _spread(table, merged or [])
    notes = {Note.MERGED: spread, Note.FORMULAS: formulas, Note.SHEETS: len(sheets) > 1}
    return Sheet(
        lambda: _rows(table), len(table), f"Excel, {name}", tuple(note for note, applies in notes.items() if applies)
    )


def _looked_through(content: bytes) -> bool:
    """Whether there are formulas.  Raises UnreadableError for what is no workbook, or would fill the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if "xl/workbook.xml" not in packed.namelist():
                raise UnreadableError(Trouble.KIND)
            unpacked, formulas = 0, False
            for part in packed.infolist():
                of_sheet = part.filename.startswith("xl/worksheets/")
                for piece in _pieces(packed, part):
                    unpacked += len(piece)
                    if unpacked > UNPACKED_MAX:
                        raise UnreadableError(Trouble.TOO_LARGE)
                    if of_sheet:
                        _refuse_far_cells(piece)
                        formulas = formulas or bool(_FORMULA.search(piece))
            return formulas
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise UnreadableError(Trouble.BROKEN) from None


def _pieces(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part, unpacked piece by piece, each beginning a little before the end of the last."""
    with packed.open(part) as stream:
        tail = b""
        while piece := stream.read(PIECE):
            yield tail + piece
            tail = piece[-400:]


def _refuse_far_cells(piece: bytes) -> None:
    cells = _CELL.findall(piece)
    width = max((_column(letters) for letters in {letters for letters, _ in cells}), default=0)
    height = max((int(row) for _, row in cells), default=0)
    if width > COLUMNS_MAX:
        raise UnreadableError(Trouble.TOO_WIDE)
    if height > ROWS_MAX or height * width > CELLS_MAX:
        raise UnreadableError(Trouble.TOO_LONG, ROWS_MAX)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _spread(table: list[list[Any]], merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> bool:
    """Every row of merged cells gets their value.  Whether there are any below each other: across is only a title."""
    below = False
    for (top, left), (bottom, right) in merged:
        if top >= len(table) or left >= len(table[top]):
            continue
        for row in table[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = table[top][left]
        below = below or bottom > top
    return below


def _rows(table: list[list[Any]]) -> Iterator[Cells]:
    return ([_text(value) for value in row] for row in table)


def _text(value: Any) -> str:
    match value:
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value)
