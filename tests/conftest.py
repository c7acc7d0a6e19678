"""What every test may ask for: a fresh database of either kind, keys, and a clock that can be moved."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import NullPool, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from storage import schema
from storage.clock import MovableClock
from storage.engine import Database, async_url
from storage.engine import database as open_database
from storage.keys import Keys

SERVER = os.environ.get("ENISHI_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
REQUIRED = os.environ.get("ENISHI_TEST_POSTGRES") == "required"

hypothesis.settings.register_profile("house", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """See `tests/conversations/conftest.py`."""
    told = "tell every story on every pair of surface and database"
    parser.addoption("--everywhere", action="store_true", default=False, help=told)


async def on_server(*statements: str) -> None:
    """Run statements that stand outside a transaction, such as CREATE DATABASE."""
    engine = create_async_engine(async_url(SERVER), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            for statement in statements:
                await connection.execute(text(statement))
    finally:
        await engine.dispose()


def on_this_server(name: str) -> str:
    """The address of another database of the test server."""
    return f"{SERVER.rpartition('/')[0]}/{name}"


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    """A migrated, empty database to copy.  Skips when there is no server."""
    name = f"enishi_test_{secrets.token_hex(6)}"
    try:
        asyncio.run(on_server(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"))
    except (SQLAlchemyError, OSError) as error:
        if REQUIRED:
            raise
        pytest.skip(f"no PostgreSQL at ENISHI_TEST_POSTGRES_URL ({type(error).__name__})")
    schema.migrate(on_this_server(name))
    yield name
    asyncio.run(on_server(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty file to copy."""
    path = tmp_path_factory.mktemp("template") / "enishi.db"
    schema.migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def clock() -> MovableClock:
    """The machine's time, until a test moves it."""
    return MovableClock()


@pytest.fixture(scope="session")
def keys() -> Keys:
    """Fresh keys."""
    return Keys.fresh()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated file of this test's own."""
    path = tmp_path / "enishi.db"
    path.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_template: str) -> Iterator[str]:
    """A migrated PostgreSQL database of this test's own."""
    name = f"enishi_test_{secrets.token_hex(6)}"
    asyncio.run(on_server(f"CREATE DATABASE {name} TEMPLATE {postgres_template}"))
    yield on_this_server(name)
    asyncio.run(on_server(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of this test's own: the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str, keys: Keys, clock: MovableClock) -> AsyncIterator[Database]:
    """The same, open."""
    opened = open_database(database_url, keys, clock)
    await opened.open()
    yield opened
    await opened.close()
