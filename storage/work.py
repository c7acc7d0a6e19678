"""The unit of work, and the only way to a community's rows."""

from datetime import datetime
from functools import cache, cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from storage.clock import Clock
from storage.keys import Keys


class Work:
    """One open transaction.  Whoever opened it commits; repositories only add and read."""

    def __init__(self, connection: sa.Connection, keys: Keys, clock: Clock) -> None:
        self.connection = connection
        self.keys = keys
        self.clock = clock
        self.erases = False  # what was deleted must be in no file any more, so far as the database can see to it

    @cached_property
    def now(self) -> datetime:
        """The time of this transaction by our own clock, aware, UTC; the same however often it is asked."""
        return self.clock.now()

    @cached_property
    def database_now(self) -> datetime:
        """The time by the database's clock, which all replicas share; for everything that is due or expires."""
        if self.connection.dialect.name == "sqlite":
            return self.now
        at: datetime = self.connection.execute(sa.text("SELECT clock_timestamp()")).scalar_one()
        return at + self.clock.offset

    def insert(self, table: sa.Table) -> "sqlite.Insert | postgresql.Insert":
        """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
        return insert_into(self.connection.dialect.name, table)

    def insert_once(self, table: sa.Table, **values: Any) -> bool:
        """Whether the row is new; an existing one stays as it is.  `values` are plain ones, no expressions."""
        return self.connection.execute(_once(self.connection.dialect.name, table), values).rowcount == 1


def insert_into(dialect: str, table: sa.Table) -> "sqlite.Insert | postgresql.Insert":
    """An insert of one of our two databases."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


# Statements that every event needs are made once for each table: making one takes longer than running it.


def one_of(dialect: str, column: sa.Column[str], name: str) -> sa.ColumnElement[bool]:
    """Whether a column of texts is among the list that is the parameter `name`.

    On PostgreSQL one array: a list of parameters is another statement for each length, prepared and planned anew.
    """
    if dialect == "sqlite":
        return column.in_(sa.bindparam(name, expanding=True))
    return column == sa.any_(sa.bindparam(name, type_=postgresql.ARRAY(sa.String)))


@cache
def _once(dialect: str, table: sa.Table) -> sa.Insert:
    return insert_into(dialect, table).on_conflict_do_nothing()


@cache
def _over(dialect: str, table: sa.Table, replaced: tuple[str, ...]) -> sa.Insert:
    statement = insert_into(dialect, table)
    new = {name: statement.excluded[name] for name in replaced}
    return statement.on_conflict_do_update(index_elements=[column.name for column in table.primary_key], set_=new)


@cache
def _by_key(table: sa.Table) -> sa.Select[Any]:
    key = dict.fromkeys(["community_id", *(column.name for column in table.primary_key)])
    return sa.select(table).where(*(table.c[name] == sa.bindparam(name) for name in key))


class Shelf:
    """The rows of one community in one transaction.  Repositories are subclasses, one subject a file.

    Every statement they can make starts from one of these methods, so it names the community by construction.
    """

    def __init__(self, work: Work, community: str) -> None:
        self.work = work
        self.community = community

    def _of(self, table: sa.Table) -> sa.ColumnElement[bool]:
        return table.c.community_id == self.community

    def _rows(
        self, table: sa.FromClause, *columns: sa.ColumnElement[Any], scope: sa.Table | None = None
    ) -> sa.Select[Any]:
        """A select; of a join, `scope` is the table that names the community."""
        of = scope if scope is not None else table
        return sa.select(*(columns or (table,))).select_from(table).where(of.c.community_id == self.community)

    def _row(self, table: sa.Table, **key: Any) -> sa.Row[Any] | None:
        """The row of this key, which with the community is the table's whole one, or None."""
        return self.run(_by_key(table), {"community_id": self.community, **key}).one_or_none()

    def _change(self, table: sa.Table) -> sa.Update:
        return sa.update(table).where(self._of(table))

    def _remove(self, table: sa.Table) -> sa.Delete:
        return sa.delete(table).where(self._of(table))

    def _put(self, table: sa.Table, **values: Any) -> None:
        self.run(sa.insert(table), {"community_id": self.community, **values})

    def _put_once(self, table: sa.Table, **values: Any) -> bool:
        """Whether the row is new; an existing one stays as it is."""
        return self.work.insert_once(table, community_id=self.community, **values)

    def _put_over(self, table: sa.Table, keep: tuple[str, ...] = (), **values: Any) -> None:
        """Insert, or replace all but the key and the columns to `keep`."""
        key = {column.name for column in table.primary_key}
        replaced = tuple(name for name in values if name not in key and name not in keep)
        statement = _over(self.work.connection.dialect.name, table, replaced)
        self.run(statement, {"community_id": self.community, **values})

    def run(self, statement: sa.Executable, parameters: Any = None) -> sa.CursorResult[*tuple[Any, ...]]:
        """Execute one of the statements above."""
        return self.work.connection.execute(statement, parameters)
