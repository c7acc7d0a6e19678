"""How messages of the past are erased, across communities, a few at a time so that nobody waits."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from storage.outbox import State
from storage.schedules import Stage
from storage.tables import note, nudge, nudge_log, occurrence
from storage.work import Work

AT_ONCE = 500  # rows of a transaction
_DONE = sa.or_(
    nudge.c.state.in_([State.SENT, State.FAILED, State.EXPIRED, State.CANCELLED]),
    sa.and_(nudge.c.state == State.UNKNOWN, nudge.c.sending_at.is_(None)),  # given up, not being looked up
)


def erase_contents_everywhere(work: Work, kept: timedelta) -> int:
    """Erase address, content and receipt of members' messages that are done with and were due so long ago.  How many.

    A shared room's stay until they are deleted: somebody may withdraw what one of them shows.
    """
    before = work.database_now - kept
    old = _chosen(
        work, nudge, _DONE, nudge.c.due_at < before, nudge.c.dest_sealed != b"", nudge.c.member_id.is_not(None)
    )
    values = {"dest_sealed": b"", "params_sealed": b"", "receipt_sealed": None}
    return _each(work, sa.update(nudge).where(*_row(nudge, "id")).values(**values), old)


def delete_messages_everywhere(work: Work, kept: timedelta, *, shared: bool) -> int:
    """Delete messages that are done with and were due so long ago, and their history.  How many.

    `shared`: those of shared rooms, or those of members.
    """
    of = nudge.c.member_id.is_(None) if shared else nudge.c.member_id.is_not(None)
    old = _chosen(work, nudge, _DONE, of, nudge.c.due_at < work.database_now - kept)
    _each(work, sa.delete(nudge_log).where(*_row(nudge_log, "nudge_id")), old)
    return _each(work, sa.delete(nudge).where(*_row(nudge, "id")), old)


def delete_letters_everywhere(work: Work, kept: timedelta) -> int:
    """Delete letters and posts of the portal that came so long ago.  How many."""
    old = sa.and_(note.c.surface == "portal", note.c.place < work.now - kept)
    names = sa.select(note.c.community_id, note.c.page, note.c.name).where(old).limit(AT_ONCE)
    rows = [dict(row) for row in work.connection.execute(names).mappings()]
    this = (note.c[name] == sa.bindparam(f"in_{name}") for name in ("community_id", "page", "name"))
    gone = sa.delete(note).where(note.c.surface == "portal", *this)
    return _each(work, gone, [{f"in_{name}": value for name, value in row.items()} for row in rows])


def delete_occurrences_everywhere(work: Work, kept: timedelta) -> int:
    """Delete occurrences that are over and were so long ago: their schedule's cursor has passed them.  How many."""
    over = occurrence.c.state >= Stage.FANNED
    old = _chosen(work, occurrence, over, occurrence.c.starts_at < work.database_now - kept)
    return _each(work, sa.delete(occurrence).where(*_row(occurrence, "id")), old)


def _chosen(work: Work, table: sa.Table, *where: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
    statement = sa.select(table.c.community_id, table.c.id).where(*where).limit(AT_ONCE)
    rows = work.connection.execute(statement.with_for_update(skip_locked=True))
    return [{"in_community": row.community_id, "with_id": row.id} for row in rows]


def _row(table: sa.Table, name: str) -> tuple[sa.ColumnElement[bool], ...]:
    return table.c.community_id == sa.bindparam("in_community"), table.c[name] == sa.bindparam("with_id")


def _each(work: Work, statement: sa.Executable, rows: list[dict[str, Any]]) -> int:
    if rows:
        work.connection.execute(statement, rows)
    return len(rows)
