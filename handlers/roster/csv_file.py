"""Reads CSV, in whatever encoding it came; the only file that knows charset-normalizer.

Undecodable bytes stay in their cells as lone surrogates, so that only their rows are refused.
"""

import codecs
import csv
import io
from collections.abc import Iterator

from charset_normalizer import from_bytes

from handlers.roster.sheet import COLUMNS_MAX, ROWS_MAX, Cells, Sheet, Trouble, UnreadableError

# Without this list a short text in CP932 or EUC-JP is taken for UTF-16.
ENCODINGS = ("utf_8", "cp932", "euc_jp", "utf_16", "iso2022_jp")
NAMES = {"utf_8": "UTF-8", "cp932": "Shift_JIS (CP932)", "euc_jp": "EUC-JP", "utf_16": "UTF-16", "iso2022_jp": "JIS"}
SAMPLE = 256 * 1024  # bytes
CELL_MAX = 10_000  # characters; a quotation mark that is never closed swallows the rest of the file
MARKS = ((codecs.BOM_UTF8, "utf_8"), (codecs.BOM_UTF16_LE, "utf_16"), (codecs.BOM_UTF16_BE, "utf_16"))
CONTROL = bytes(sorted({*range(9), *range(14, 27), 28, 29, 30, 31}))  # no text has these; 27 begins JIS


def read(content: bytes) -> Sheet:
    """The table in a text.  Raises UnreadableError."""
    encoding = encoding_of(content)
    if encoding is None:
        raise UnreadableError(Trouble.KIND)
    split = _separator(content, encoding)
    lines = content.count("\n".encode("utf_16_le") if encoding == "utf_16" else b"\n") or content.count(b"\r")
    return Sheet(lambda: _rows(content, encoding, split), min(lines + 1, ROWS_MAX), f"CSV, {NAMES[encoding]}")


def encoding_of(content: bytes) -> str | None:
    """One of `ENCODINGS`, or None for what is no text."""
    marked = next((name for mark, name in MARKS if content.startswith(mark)), None)
    if marked:
        return marked
    sample = content[:SAMPLE]
    lines = [line for line in sample.splitlines() if not line.isascii()]
    if len(content) > SAMPLE and len(lines) > 1:
        lines.pop()  # may be cut in the middle of a character
    others = [line for line in lines if not _decodes(line, "utf_8")]
    if len(others) * 2 <= len(lines) and b"\x1b" not in sample:  # hardly anything else looks like UTF-8 by chance
        return None if sample.translate(None, CONTROL) != sample else "utf_8"
    best = from_bytes(b"\n".join(others) or sample, cp_isolation=list(ENCODINGS)).best()
    if best is not None and best.encoding in ENCODINGS:
        found = best.encoding
    else:  # mixed: the one that reads most lines
        found = max(("cp932", "euc_jp"), key=lambda name: sum(_decodes(line, name) for line in others))
        if not any(_decodes(line, found) for line in others):
            return None
    return None if found != "utf_16" and sample.translate(None, CONTROL) != sample else found


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _text(content: bytes, encoding: str) -> io.TextIOWrapper:
    name = "utf_8_sig" if encoding == "utf_8" else encoding
    # UTF-16 knows no lone surrogates to keep what it cannot read
    errors = "replace" if encoding == "utf_16" else "surrogateescape"
    return io.TextIOWrapper(io.BytesIO(content), name, errors, newline="")


def _separator(content: bytes, encoding: str) -> str:
    line = next(iter(_text(content[:SAMPLE], encoding)), "")
    return max((",", "\t", ";"), key=line.count)


def _rows(content: bytes, encoding: str, separator: str) -> Iterator[Cells]:
    csv.field_size_limit(CELL_MAX)
    number = 0
    try:
        for number, cells in enumerate(csv.reader(_text(content, encoding), delimiter=separator), 1):
            if number > ROWS_MAX:
                raise UnreadableError(Trouble.TOO_LONG, ROWS_MAX)
            if len(cells) > COLUMNS_MAX:
                raise UnreadableError(Trouble.TOO_WIDE, number)
            yield cells
    except csv.Error:
        raise UnreadableError(Trouble.QUOTES, number + 1) from None
