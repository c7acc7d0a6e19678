"""Who does what until when, after a meeting: nobody has it who was not asked and said yes.

Whom it was offered to is a tag of it and the member; while they say nothing it is nobody's.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from storage import ids
from storage.places import Places
from storage.surveys import hold
from storage.tables import meeting_todo
from storage.work import Shelf, Work

WHAT_MAX, WHAT_BYTES = 200, 1024
OPEN_MAX = 40  # of a meeting
NAMES_KEPT = timedelta(days=365)  # after the day until which it was to be done


class TodoState(StrEnum):
    """How far it has come."""

    FREE = "free"
    OFFERED = "offered"
    TAKEN = "taken"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do."""

    id: str
    meeting: str
    event: str
    state: TodoState
    until: date
    what: str


class Todos(Shelf):
    """What is to be done after the meetings of one community."""

    def add(self, meeting_id: str, event_id: str, what: str, until: date) -> str:
        """Something to do, nobody's yet; "" when so much is open."""
        if len(self.open(meeting_id)) >= OPEN_MAX:
            return ""
        todo_id = ids.fresh()
        sealed = self.work.keys.seal(what, WHAT_BYTES)
        values = {"meeting_id": meeting_id, "event_id": event_id, "state": str(TodoState.FREE), "until": until}
        self._put(meeting_todo, id=todo_id, tag=None, body_sealed=sealed, **values)
        return todo_id

    def offer(self, todo_id: str, who: str) -> None:
        """Somebody is asked; whoever was asked or had it before does not any more."""
        self._set(todo_id, state=str(TodoState.OFFERED), tag=self._tag(todo_id, who))

    def answer(self, todo_id: str, who: str, *, yes: bool) -> bool:
        """What they said; also that they cannot do after all what they had taken.  False when it is not theirs.

        The route must be `untraced`.
        """
        self.hold(todo_id)
        row = self._row(meeting_todo, id=todo_id)
        if row is None or row.state == str(TodoState.DONE) or row.tag != self._tag(todo_id, who):
            return False
        self._set(todo_id, state=str(TodoState.TAKEN)) if yes else self._set(
            todo_id, state=str(TodoState.FREE), tag=None
        )
        return True

    def done(self, todo_id: str, *, done: bool = True) -> None:
        """It is done, or is not after all."""
        self.hold(todo_id)
        row = self._row(meeting_todo, id=todo_id)
        if row is None or (row.state == str(TodoState.DONE)) is done:
            return
        back = TodoState.TAKEN if row.tag else TodoState.FREE
        self._set(todo_id, state=str(TodoState.DONE if done else back))

    def drop(self, todo_id: str) -> None:
        """It is not to be done any more."""
        self.work.erases = True
        self.run(self._remove(meeting_todo).where(meeting_todo.c.id == todo_id))

    def hold(self, todo_id: str) -> None:
        """Until this transaction ends nobody else changes it."""
        hold(self.work, f"todo {self.community} {todo_id}")

    def get(self, todo_id: str) -> Todo | None:
        """One, or None."""
        row = self._row(meeting_todo, id=todo_id)
        return self._read(row) if row else None

    def open(self, meeting_id: str) -> list[Todo]:
        """What is not done, the most urgent first."""
        return self._all(meeting_todo.c.meeting_id == meeting_id, meeting_todo.c.state != str(TodoState.DONE))

    def of_event(self, event_id: str) -> list[Todo]:
        """What one date led to."""
        return self._all(meeting_todo.c.event_id == event_id)

    def of_events(self, event_ids: Collection[str]) -> list[Todo]:
        """What these dates led to."""
        return self._all(meeting_todo.c.event_id.in_(list(event_ids)))

    def of(self, who: str, *, done: bool = False) -> list[Todo]:
        """What one member was asked to do, or took, and is not done; with `done` also that."""
        which = sa.true() if done else meeting_todo.c.state != str(TodoState.DONE)
        tagged = self._rows(meeting_todo).where(meeting_todo.c.tag.is_not(None), which)
        rows = self.run(tagged.order_by(meeting_todo.c.until, meeting_todo.c.id))
        return [self._read(row) for row in rows if row.tag == self._tag(row.id, who)]

    def owners(self, todos: Sequence[Todo]) -> dict[str, str]:
        """Who was asked or has them, by id; only as far as they are members."""
        wanted = [one.id for one in todos if one.state is not TodoState.FREE]
        rows = self._rows(meeting_todo, meeting_todo.c.id, meeting_todo.c.tag).where(meeting_todo.c.id.in_(wanted))
        tags = {row.id: row.tag for row in self.run(rows) if row.tag} if wanted else {}
        everybody = [one.id for one in Places(self.work, self.community).members()] if tags else []
        return {todo: who for todo, tag in tags.items() for who in everybody if self._tag(todo, who) == tag}

    def leave(self, who: str, instead: str = "") -> None:
        """Forget a member: what they had is nobody's, or `instead`'s."""
        for row in self.run(self._rows(meeting_todo).where(meeting_todo.c.tag.is_not(None))).all():
            if row.tag != self._tag(row.id, who):
                continue
            if instead:
                self._set(row.id, tag=self._tag(row.id, instead))
            else:
                state = row.state if row.state == str(TodoState.DONE) else str(TodoState.FREE)
                self._set(row.id, tag=None, state=state)

    # ---

    def _tag(self, todo_id: str, who: str) -> bytes:
        return self.work.keys.tag("meeting.todo", self.community, todo_id, who)

    def _set(self, todo_id: str, **values: Any) -> None:
        self.run(self._change(meeting_todo).where(meeting_todo.c.id == todo_id).values(**values))

    def _all(self, *where: sa.ColumnElement[bool]) -> list[Todo]:
        rows = self._rows(meeting_todo).where(*where).order_by(meeting_todo.c.until, meeting_todo.c.id)
        return [self._read(row) for row in self.run(rows)]

    def _read(self, row: sa.Row[Any]) -> Todo:
        what = self.work.keys.open(row.body_sealed)
        return Todo(row.id, row.meeting_id, row.event_id, TodoState(row.state), row.until, what)


def forget_names(work: Work) -> int:
    """Forget who had something to do a year after it was to be done.  How many."""
    old = (meeting_todo.c.tag.is_not(None), meeting_todo.c.until < (work.now - NAMES_KEPT).date())
    still = sa.case((meeting_todo.c.state == str(TodoState.DONE), str(TodoState.DONE)), else_=str(TodoState.FREE))
    return work.connection.execute(sa.update(meeting_todo).where(*old).values(tag=None, state=still)).rowcount
