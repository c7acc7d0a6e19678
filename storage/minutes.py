"""What was said about the items of a meeting at one date, and what came of each.

Two people may write at once: each note has a version, and whoever writes on an older one is told so instead of taking
the other's words away.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field

from storage.events import Events
from storage.meetings import ItemState, Meetings
from storage.questions import Frozen
from storage.tables import meeting_note
from storage.work import Shelf

TEXT_MAX = 2000  # characters in one language
SEALED_IN = 1024


class Outcome(StrEnum):
    """What came of an item."""

    NONE = ""
    DONE = "done"
    NEXT = "next"  # goes on next time
    DECIDED = "decided"

    @property
    def closes(self) -> bool:
        """Whether it is not talked about again."""
        return self in {Outcome.DONE, Outcome.DECIDED}


class Said(Frozen):
    """The title as it was, and the notes by language."""

    title: str
    text: Mapping[str, Annotated[str, Field(max_length=TEXT_MAX)]] = {}


@dataclass(frozen=True, slots=True)
class Note:
    """What was said about one item at one date."""

    event: str
    item: str
    version: int
    outcome: Outcome
    said: Said


class Minutes(Shelf):
    """The minutes of one community's meetings."""

    def of(self, event_id: str) -> dict[str, Note]:
        """What was said at one date, by item."""
        rows = self._rows(meeting_note).where(meeting_note.c.event_id == event_id)
        return {row.item_id: self._note(row) for row in self.run(rows)}

    def get(self, event_id: str, item_id: str) -> Note | None:
        """What was said about one item at one date, or None."""
        row = self._row(meeting_note, event_id=event_id, item_id=item_id)
        return self._note(row) if row else None

    def keep(self, event_id: str, item_id: str, text: Mapping[str, str], outcome: Outcome, version: int) -> bool:
        """Keep this in place of that version (0: there was none); False when there is a newer one by now.

        The item is closed or goes on by what the latest date says of it.
        """
        shelf = Meetings(self.work, self.community)
        item = shelf.get(item_id)
        if item is None:
            return False
        shelf.hold(item.meeting)
        old = self.get(event_id, item_id)
        if (old.version if old else 0) != version:
            return False
        said = Said(title=item.topic.title, text=dict(text))
        sealed = self.work.keys.seal(said.model_dump_json(), SEALED_IN)
        values: dict[str, Any] = {"version": version + 1, "outcome": str(outcome), "body_sealed": sealed}
        self._put_over(meeting_note, event_id=event_id, item_id=item_id, **values)
        was = old.outcome if old else Outcome.NONE
        if outcome is not was and self._is_latest(event_id, item_id) and item.state is not ItemState.PARKED:
            shelf.put(item_id, ItemState.CLOSED if outcome.closes else ItemState.OPEN)
        return True

    def saying(self, words: str) -> list[str]:
        """The dates whose published minutes say all these words, by event."""
        wanted = _plain(words).split()
        found = []
        for one in Meetings(self.work, self.community).published():
            told = [
                text for note in self.of(one.event).values() for text in (note.said.title, *note.said.text.values())
            ]
            said = _plain(" ".join(told))
            if wanted and all(word in said for word in wanted):
                found.append(one.event)
        return found

    # ---

    def _is_latest(self, event_id: str, item_id: str) -> bool:
        rows = self._rows(meeting_note, meeting_note.c.event_id).where(meeting_note.c.item_id == item_id)
        dates = Events(self.work, self.community).some(self.run(rows).scalars().all())
        return not dates or dates[-1].id == event_id

    def _note(self, row: sa.Row[Any]) -> Note:
        said = Said.model_validate_json(self.work.keys.open(row.body_sealed))
        return Note(row.event_id, row.item_id, row.version, Outcome(row.outcome), said)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
