"""Copies of a database as somebody finds them: rows of all tables with what the engine adds to them, and raw bytes.

Nothing here knows our tables; they are found in the database's own catalogue.
"""

import re
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from psycopg.rows import dict_row

from storage.keys import Keys

SEGMENTS = 6  # of the journal of a PostgreSQL server, newest last; others write there, too
_TOKEN = re.compile(rb"gAAAA[A-Za-z0-9_-]{60,}={0,2}")


@dataclass
class Row:
    """One row: columns, and under names that begin with a dot what the engine adds (rowid, ctid, xmin, xmax)."""

    table: str
    at: int  # its place in a scan
    values: dict[str, Any]


@dataclass
class Copy:
    """One copy: `raw` holds files by name."""

    rows: list[Row] = field(default_factory=list)
    raw: dict[str, bytes] = field(default_factory=dict)

    def table(self, name: str) -> list[Row]:
        """The rows of one table, as scanned."""
        return [row for row in self.rows if row.table == name]


class Thief:
    """Reads what is sealed with the keys of the install, which are stolen, too; those of surveys are destroyed."""

    def __init__(self, keys: Keys) -> None:
        self.tag_key = keys.tag_key
        self._fernet = MultiFernet([Fernet(key) for key in keys.seal_keys])
        self._known: dict[bytes, str] = {}

    def reads(self, value: Any) -> str:
        """A value as text, opened if it can be."""
        if isinstance(value, str):
            return value
        if not isinstance(value, bytes):
            return str(value)
        if not value.startswith(b"gAAAA"):
            return value.decode("utf-8", "replace")
        if value not in self._known:
            try:
                self._known[value] = self._fernet.decrypt(value).rstrip(b"\0").decode("utf-8", "replace")
            except InvalidToken:
                self._known[value] = ""
        return self._known[value]

    def finds(self, raw: bytes, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
        """Where something stands in raw bytes, plain or sealed."""
        plain = re.compile(pattern.pattern.encode())
        yield from ((found.start(), found.group().decode()) for found in plain.finditer(raw))
        for token in _TOKEN.finditer(raw):
            yield from ((token.start(), found.group()) for found in pattern.finditer(self.reads(token.group())))


def of_sqlite(path: Path) -> Copy:
    """The file with its journals, as they lie there."""
    copy = Copy(raw={file.name: file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*"))})
    with tempfile.TemporaryDirectory() as folder:
        for name, raw in copy.raw.items():
            if not name.endswith(("-shm", ".lock")):
                (Path(folder) / name).write_bytes(raw)
        connection = sqlite3.connect(Path(folder) / path.name)
        try:
            connection.row_factory = sqlite3.Row
            names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for name in names:
                try:
                    found = connection.execute(f'SELECT rowid AS ".rowid", * FROM "{name}"').fetchall()  # noqa: S608 - a table's own name
                except sqlite3.OperationalError:  # it has none
                    found = connection.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608 - a table's own name
                copy.rows += [Row(name, at, dict(row)) for at, row in enumerate(found)]
        finally:
            connection.close()
    copy.raw.pop(f"{path.name}.lock", None)
    copy.raw.pop(f"{path.name}-shm", None)
    return copy


def of_postgres(url: str, since: str = "") -> Copy:
    """Rows with ctid, xmin and xmax; the files of all relations; what the server's journal holds since then."""
    copy = Copy()
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as connection:
        names = [
            row["tablename"]
            for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ]
        for name in names:
            hidden = 'ctid::text AS ".ctid", xmin::text::bigint AS ".xmin", xmax::text::bigint AS ".xmax"'
            found = connection.execute(f'SELECT {hidden}, * FROM "{name}"').fetchall()  # noqa: S608 - a table's own name
            copy.rows += [Row(name, at, {**row, ".ctid": _place(row[".ctid"])}) for at, row in enumerate(found)]
        connection.execute("CHECKPOINT")
        files = connection.execute(
            "SELECT relname, pg_relation_filepath(oid) AS path FROM pg_class"
            " WHERE relkind IN ('r', 't', 'i') AND relnamespace IN ('public'::regnamespace, 'pg_toast'::regnamespace)"
            " AND pg_relation_size(oid) > 0"
        ).fetchall()
        paths = {row["relname"]: row["path"] for row in files}
        if since:
            journal = connection.execute(
                "SELECT name FROM pg_ls_waldir() WHERE name >= pg_walfile_name(%s::pg_lsn) AND length(name) = 24"
                " AND name <= pg_walfile_name(pg_current_wal_lsn()) ORDER BY name",
                [since],
            ).fetchall()
            paths |= {f"wal {row['name']}": f"pg_wal/{row['name']}" for row in journal[-SEGMENTS:]}
        for name, path in paths.items():
            read = connection.execute(
                "SELECT pg_read_binary_file(%s, 0, 1 << 28, true) AS raw", [path], binary=True
            ).fetchone()
            copy.raw[name] = (read and read["raw"]) or b""
    return copy


def journal_at(url: str) -> str:
    """Where the server's journal ends now."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute("SELECT pg_current_wal_lsn()::text").fetchone()
        return str(row[0]) if row else ""


def _place(ctid: str) -> int:
    page, line = ctid.strip("()").split(",")
    return int(page) * 10_000 + int(line)
