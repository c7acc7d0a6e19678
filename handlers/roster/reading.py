"""From the bytes of a file to a table, by what the file is and not by what it is called."""

from handlers.roster import csv_file, xlsx_file
from handlers.roster.sheet import FILE_MAX, Sheet, Trouble, UnreadableError


def read(content: bytes) -> Sheet:
    """The table in a file.  Raises UnreadableError."""
    if len(content) > FILE_MAX:
        raise UnreadableError(Trouble.TOO_LARGE)
    if not content.strip(b"\xef\xbb\xbf \t\r\n,;"):
        raise UnreadableError(Trouble.EMPTY)
    if content.startswith((xlsx_file.ZIP, xlsx_file.OLE)):
        return xlsx_file.read(content)
    return csv_file.read(content)
