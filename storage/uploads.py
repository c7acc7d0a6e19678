"""A file that waits for its secretary's word: sealed in pieces, one for each secretary, gone within the hour."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from storage import ids
from storage.engine import Database
from storage.keys import Keys
from storage.tables import upload, upload_part
from storage.work import Shelf, Work

LIVES = timedelta(hours=1)
ALIVE = timedelta(minutes=2)  # who reads or imports a file and has not moved for so long was interrupted
PIECE = 64 * 1024  # bytes
AT_ONCE = 16  # pieces of a transaction
ABOUT_BYTES = 1024


class Stage(StrEnum):
    """How far a file has come."""

    ARRIVING = "arriving"
    READING = "reading"
    READ = "read"  # waits for a word
    IMPORTING = "importing"
    IMPORTED = "imported"  # only its bad rows are kept


class Part(StrEnum):
    """What is kept of a file."""

    FILE = "file"  # its bytes
    ROWS = "rows"  # what would happen to each row
    BAD = "bad"  # the rows that cannot be taken, as they were


@dataclass(frozen=True, slots=True)
class Upload:
    """One file.  `about` is its reader's: the name, how it is read, what was found."""

    id: str
    member: str
    stage: Stage
    done: int  # rows
    busy: bool  # somebody is reading or importing it right now
    about: dict[str, Any] = field(default_factory=dict)


class Uploads(Shelf):
    """The waiting files of one community."""

    def open(self, member_id: str, about: dict[str, Any]) -> str:
        """A new file in place of the one that this member has waiting.  Returns its id."""
        self.drop(member_id)
        upload_id = ids.fresh()
        self._put(
            upload,
            id=upload_id,
            member_id=member_id,
            about_sealed=self._sealed(about),
            state=str(Stage.ARRIVING),
            expires_at=self.work.now + LIVES,
        )
        return upload_id

    def of(self, member_id: str) -> Upload | None:
        """The file that waits for this member, or None."""
        row = self.run(
            self._rows(upload).where(upload.c.member_id == member_id, upload.c.expires_at > self.work.now)
        ).one_or_none()
        if row is None:
            return None
        busy = row.busy_until is not None and row.busy_until > self.work.now
        return Upload(
            row.id, row.member_id, Stage(row.state), row.done, busy, json.loads(self.work.keys.open(row.about_sealed))
        )

    def begin(self, upload_id: str, stage: Stage, about: dict[str, Any]) -> bool:
        """Start reading or importing it; False while somebody does."""
        free = sa.or_(upload.c.busy_until.is_(None), upload.c.busy_until <= self.work.now)
        values = {"state": str(stage), "done": 0, "busy_until": self.work.now + ALIVE}
        begun = self._change(upload).where(upload.c.id == upload_id, free)
        return bool(self.run(begun.values(**values, about_sealed=self._sealed(about))).rowcount)

    def move(self, upload_id: str, done: int) -> bool:
        """So many rows are done; False when the file is gone."""
        mine = self._change(upload).where(upload.c.id == upload_id)
        return bool(self.run(mine.values(done=done, busy_until=self.work.now + ALIVE)).rowcount)

    def finish(self, upload_id: str, stage: Stage, about: dict[str, Any]) -> None:
        """Reading or importing is over; what was found stands in `about`."""
        values = {"state": str(stage), "busy_until": None, "about_sealed": self._sealed(about)}
        self.run(self._change(upload).where(upload.c.id == upload_id).values(**values))

    def drop(self, member_id: str) -> None:
        """Forget the file of a member."""
        self.run(self._remove(upload).where(upload.c.member_id == member_id))

    def add(self, upload_id: str, kind: Part, first: int, pieces: Sequence[bytes]) -> None:
        """Keep sealed pieces, numbered from `first`."""
        at = {"community_id": self.community, "upload_id": upload_id, "kind": str(kind)}
        rows = [{**at, "number": number, "part_sealed": piece} for number, piece in enumerate(pieces, first)]
        if rows:
            self.run(self.work.insert(upload_part), rows)

    def pieces(self, upload_id: str, kind: Part, first: int = 0, limit: int | None = None) -> list[bytes]:
        """Sealed pieces in their order, from the number `first` on."""
        rows = self.run(
            self._rows(upload_part, upload_part.c.part_sealed)
            .where(upload_part.c.upload_id == upload_id, upload_part.c.kind == str(kind), upload_part.c.number >= first)
            .order_by(upload_part.c.number)
            .limit(limit)
        )
        return list(rows.scalars())

    def clear(self, upload_id: str, *kinds: Part) -> None:
        """Forget parts of a file."""
        self.run(
            self._remove(upload_part).where(
                upload_part.c.upload_id == upload_id, upload_part.c.kind.in_([str(kind) for kind in kinds])
            )
        )

    def _sealed(self, about: dict[str, Any]) -> bytes:
        return self.work.keys.seal(json.dumps(about, ensure_ascii=False), ABOUT_BYTES)


def forget(work: Work) -> int:
    """Drop what has expired.  Returns how many."""
    return work.connection.execute(sa.delete(upload).where(upload.c.expires_at <= work.now)).rowcount


class StoredUploads:
    """Takes files from the portal (`bot.portal.uploads.Inlet`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, community: str, member: str, name: str, content: bytes) -> str:
        """Seal and keep a file until its secretary decides.  Returns its id.  Raises Unavailable."""
        starts = range(0, len(content), PIECE)
        keys: Keys = await self._database.look(lambda work: work.keys)
        sealed = await asyncio.to_thread(lambda: [keys.seal_bytes(content[start : start + PIECE]) for start in starts])
        upload_id = await self._database.tx(lambda work: Uploads(work, community).open(member, {"name": name}))
        for first in range(0, len(sealed), AT_ONCE):
            await self._database.tx(_adding(community, upload_id, first, sealed[first : first + AT_ONCE]))
        return upload_id


def _adding(community: str, upload_id: str, first: int, pieces: list[bytes]) -> Any:
    return lambda work: Uploads(work, community).add(upload_id, Part.FILE, first, pieces)
