"""Ideas out of a survey's results, which wait until an event or a project is made of them.

An idea is words and where they were read, and no more: not who had it, which nobody knows, and not who kept it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from storage import ids
from storage.communities import Settings
from storage.tables import idea
from storage.work import Shelf, Work

KEPT = timedelta(days=365)  # as long as the texts it may come from
WORDS_BYTES = 512  # words are sealed in steps of this, so that their length says little


class Kind(StrEnum):
    """What may be made of it."""

    EVENT = "event"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea."""

    id: str
    kind: Kind
    words: str
    language: str  # of the words; "": not known
    source: str  # the survey's id; "": none
    kept_on: date


class Ideas(Shelf):
    """The ideas of one community that nothing has been made of yet."""

    def keep(self, kind: Kind, words: str, source: str = "", language: str = "") -> str:
        """A new one; keeping the same words of the same survey again gives the one that is there.  Its id."""
        for one in self._from(source) if source else ():
            if (one.kind, one.words) == (kind, words):
                return one.id
        idea_id = ids.fresh()
        zone = ZoneInfo(Settings(self.work, self.community).get().zone)
        self._put(
            idea,
            id=idea_id,
            kind=str(kind),
            words_sealed=self._sealed(words),
            language=language,
            source_id=source,
            kept_on=self.work.now.astimezone(zone).date(),
        )
        return idea_id

    def waiting(self, kind: Kind | None = None) -> list[Idea]:
        """Those of a kind, or all, the oldest first."""
        rows = self._rows(idea).order_by(idea.c.kept_on, idea.c.id)
        return [self._read(row) for row in self.run(rows.where(idea.c.kind == str(kind)) if kind else rows)]

    def get(self, idea_id: str) -> Idea | None:
        """One, or None when there is none (any more)."""
        row = self._row(idea, id=idea_id)
        return self._read(row) if row else None

    def done(self, idea_id: str) -> bool:
        """It was taken up, or thrown away: it is forgotten.  False when it is not there (any more)."""
        self.work.erases = True
        return bool(self.run(self._remove(idea).where(idea.c.id == idea_id)).rowcount)

    def reword(self, source: str, before: str, after: str) -> int:
        """Words of a survey were blacked out: so they are here; "" takes the idea away.  How many ideas changed."""
        same = [one.id for one in self._from(source) if one.words == before]
        if same:
            self.work.erases = True
            change = self._change(idea).values(words_sealed=self._sealed(after)) if after else self._remove(idea)
            self.run(change.where(idea.c.id.in_(same)))
        return len(same)

    def _from(self, source: str) -> list[Idea]:
        return [self._read(row) for row in self.run(self._rows(idea).where(idea.c.source_id == source))]

    def _sealed(self, words: str) -> bytes:
        return self.work.keys.seal(words, WORDS_BYTES)

    def _read(self, row: sa.Row[tuple[object, ...]]) -> Idea:
        words = self.work.keys.open(row.words_sealed)
        return Idea(row.id, Kind(row.kind), words, row.language, row.source_id, row.kept_on)


def forget(work: Work) -> int:
    """Delete ideas nobody made anything of within `KEPT`.  How many."""
    before = (work.now - KEPT).date()
    gone = work.connection.execute(sa.delete(idea).where(idea.c.kept_on < before)).rowcount
    work.erases = work.erases or bool(gone)
    return gone
