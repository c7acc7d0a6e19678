"""What all tables share: names of constraints, a type for instants, and the columns that come again and again.

Conventions: `community_id` is in every row that belongs to a community, first in its key.  `*_sealed` is encrypted with
a key that is not in the database, `tag` is a keyed hash (`keys.py`).  Rows that stand for people have random ids and no
time finer than the month they joined.  Times are UTC; `*_local` is naive wall time in the zone named beside it.
"""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = sa.MetaData(naming_convention=NAMES)


class Instant(TypeDecorator[datetime]):
    """An aware UTC time; SQLite, which has no such type, keeps it naive."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Refuses naive times: they are wall times and belong in a `*_local` column."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "an instant needs a time zone"
            raise ValueError(msg)
        at = value if value.tzinfo is UTC else value.astimezone(UTC)
        return at.replace(tzinfo=None) if dialect.name == "sqlite" else at

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Aware again."""
        return value.replace(tzinfo=UTC) if value is not None and dialect.name == "sqlite" else value


def of_community() -> sa.Column[str]:
    """The community a row belongs to, first in its key."""
    return sa.Column("community_id", sa.String(32), sa.ForeignKey("community.id"), primary_key=True)


def key(name: str, kind: Any = None, **more: Any) -> sa.Column[Any]:
    """A part of the primary key; an id unless told otherwise."""
    return sa.Column(name, kind or sa.String(32), primary_key=True, **more)


def text(name: str, length: int = 32, *, default: str | None = None, **more: Any) -> sa.Column[str]:
    """A text that is always there."""
    return sa.Column(name, sa.String(length), nullable=False, server_default=default, **more)


def sealed(name: str, **more: Any) -> sa.Column[bytes]:
    """What only the keys open."""
    return sa.Column(name, sa.LargeBinary, nullable=more.pop("nullable", False), **more)
