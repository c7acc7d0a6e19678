"""The shape of the database: Alembic's migrations, for both databases, and the check that the keys belong to it.

The functions that take a URL are plain ones: they run before the event loop starts, or in a thread of their own.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine

from storage.engine import StorageProblem, async_url, file_of, sqlite_engine
from storage.keys import SEAL, TAG, KeyProblem
from storage.tables import keycheck, member, metadata
from storage.work import Work

R = TypeVar("R")
MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x656E697368  # "enishi": the advisory lock under which one replica migrates while the others wait


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database to the newest shape; several replicas may do so at once.  Raises StorageProblem."""
    _run(url, lambda connection: command.upgrade(_config(connection), revision))


def migrate_down(url: str, revision: str) -> None:
    """Take the database back to an older shape ("base": to nothing).  Raises StorageProblem."""
    _run(url, lambda connection: command.downgrade(_config(connection), revision))


def current(url: str) -> str | None:
    """The revision the database has, or None when it is empty."""
    return _run(url, lambda connection: MigrationContext.configure(connection).get_current_revision())


def head() -> str:
    """The newest revision there is."""
    newest = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    if newest is None:
        raise StorageProblem("storage/migrations holds no revision")
    return newest


def is_current(url: str) -> bool:
    """Whether the database has the newest shape."""
    return current(url) == head()


def differences(url: str) -> list[Any]:
    """What `storage/tables/` has and the database does not, or the other way round, as Alembic tells it."""

    def compare(connection: sa.Connection) -> list[Any]:
        options = {"compare_type": True, "render_as_batch": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))

    return _run(url, compare)


def check_keys(work: Work) -> None:
    """Remember the keys of a new database.  Raises KeyProblem when these are not the ones it was made with."""
    mark = work.connection.execute(sa.select(keycheck.c.mark)).scalar()
    if mark is None and work.connection.execute(sa.select(member.c.id).limit(1)).first() is None:
        statement = work.insert(keycheck).values(id=1, mark=work.keys.mark)
        work.connection.execute(statement.on_conflict_do_nothing())
        mark = work.connection.execute(sa.select(keycheck.c.mark)).scalar()
    if mark != work.keys.mark:
        raise KeyProblem(
            f"the key files are not the ones this database was made with: restore {TAG} and {SEAL} (ENISHI_KEYS) "
            "from the backup that belongs to ENISHI_DATABASE"
        )


def _config(connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _run(url: str, do: Callable[[sa.Connection], R]) -> R:
    try:
        return _on_sqlite(url, do) if url.startswith("sqlite:///") else asyncio.run(_on_postgres(url, do))
    except (sa.exc.SQLAlchemyError, OSError) as error:
        origin = getattr(error, "orig", None) or error
        raise StorageProblem(f"ENISHI_DATABASE cannot be used ({type(origin).__name__})") from None


def _on_sqlite(url: str, do: Callable[[sa.Connection], R]) -> R:
    file_of(url).parent.mkdir(parents=True, exist_ok=True)
    file_of(url).touch(0o600)
    engine = sqlite_engine(url, foreign_keys=False)  # a table made anew must not drag the rows that name it along
    try:
        with engine.begin() as connection:
            result = do(connection)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise StorageProblem("a migration left a row that belongs to nothing; nothing was changed")
            return result
    finally:
        engine.dispose()


async def _on_postgres(url: str, do: Callable[[sa.Connection], R]) -> R:
    engine = create_async_engine(async_url(url), hide_parameters=True, poolclass=sa.NullPool)
    try:
        async with engine.begin() as connection:
            await connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            return await connection.run_sync(do)
    finally:
        await engine.dispose()
