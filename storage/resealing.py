"""Everything sealed, under the newest key: after `keys.rotate`, and before `keys.drop_old`.

Short transactions in the order of the keys; it may stop anywhere and be run again from the start, since every text
opens with the old keys and the new one alike.  Run it when all processes have the new keys.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from storage.engine import Database
from storage.tables import metadata
from storage.work import Work

AT_ONCE = 200  # rows of a transaction
Progress = Callable[[int, int], None]
"""Called after each transaction with the rows done and the rows there are."""


def sealed_columns() -> list[tuple[sa.Table, list[sa.Column[Any]]]]:
    """Every table with sealed columns, and these."""
    tables = ((table, [c for c in table.columns if c.name.endswith("sealed")]) for table in metadata.sorted_tables)
    return [(table, columns) for table, columns in tables if columns]


async def reseal(database: Database, progress: Progress = lambda _done, _all: None) -> int:
    """Seal everything with the newest key.  Returns how many rows.  Raises Unavailable, or KeyProblem."""
    total, done = await database.look(_count), 0
    for table, columns in sealed_columns():
        after: tuple[Any, ...] | None = None
        while True:
            rows, after = await database.tx(_chunk(table, columns, after))
            if not rows:
                break
            done += rows
            progress(done, max(total, done))
    return done


def _count(work: Work) -> int:
    counts = [sa.select(sa.func.count()).select_from(table) for table, _ in sealed_columns()]
    return sum(int(work.connection.execute(count).scalar_one()) for count in counts)


def _chunk(
    table: sa.Table, columns: list[sa.Column[Any]], after: tuple[Any, ...] | None
) -> Callable[[Work], tuple[int, tuple[Any, ...] | None]]:
    """Seals the rows that follow the key `after`: how many, and the last key."""
    key = list(table.primary_key.columns)

    def chunk(work: Work) -> tuple[int, tuple[Any, ...] | None]:
        statement = sa.select(*key, *columns).order_by(*key).limit(AT_ONCE).with_for_update()
        if after is not None:
            last_key = sa.tuple_(*(sa.literal(value, column.type) for value, column in zip(after, key, strict=True)))
            statement = statement.where(sa.tuple_(*key) > last_key)
        rows = work.connection.execute(statement).all()
        update = sa.update(table).where(*(column == sa.bindparam(f"key_{column.name}") for column in key))
        for row in rows:
            found = row._mapping  # noqa: SLF001 - SQLAlchemy's documented name for a row as a mapping
            values = {c.name: work.keys.reseal(found[c.name]) for c in columns if found[c.name]}
            if values:
                at = {f"key_{column.name}": found[column.name] for column in key}
                work.connection.execute(update.values(**values), at)
        last = tuple(rows[-1][: len(key)]) if rows else after
        return len(rows), last

    return chunk
