"""Both databases behind one `tx(f)`: `f(work)` is a plain function, run in one transaction, committed when it returns.

SQLite: one dedicated writer thread owns the only writing connection (WAL, `synchronous=FULL`, `BEGIN IMMEDIATE`), and
what has queued up meanwhile shares a commit, each caller behind its own savepoint.  PostgreSQL: a pool of asyncpg
connections, `f` run through `run_sync`.  `look(f)` reads on separate connections and cannot write.

Anything that keeps us from the database is raised as `Unavailable`; nothing of it is committed, or, when the answer to
a commit was lost, the event's idempotency key tells when it comes again.
"""

import asyncio
import contextlib
import os
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any, Protocol, TypeVar

import sqlalchemy as sa
import structlog
from sqlalchemy.ext.asyncio import create_async_engine

from bot.findings import SetUpProblem
from bot.surface import Unavailable
from storage.clock import Clock
from storage.keys import Keys
from storage.work import Work

R = TypeVar("R")
Job = Callable[[Work], R]
log = structlog.get_logger()

BUSY_MS = 2000  # a platform waits three seconds for an answer
STATEMENT_S = 30  # a statement that takes longer has lost its server
SHARED_COMMIT = 32  # at most so many callers wait for one commit
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "fuse.sshfs", "fuse.glusterfs", "ceph"}


class StorageProblem(SetUpProblem):
    """The database cannot be used as it is set up.  One sentence for the operator, naming the setting."""


class InUse(StorageProblem):
    """Another process holds the lock of a SQLite file."""


class Database(Protocol):
    """What remembers."""

    url: str

    async def open(self) -> None:
        """Connect.  Raises StorageProblem."""
        ...

    async def close(self) -> None:
        """Finish what is under way and let go."""
        ...

    async def tx(self, f: Job[R]) -> R:
        """Run `f` in a transaction of its own and commit.  Raises Unavailable, or what `f` raises after a rollback."""
        ...

    async def look(self, f: Job[R]) -> R:
        """Run `f`, which only reads, on a connection of its own.  Raises Unavailable."""
        ...

    async def scrub(self, tables: Sequence[str], /) -> None:
        """Clean away what is kept of rows that were deleted from these tables.  Raises Unavailable."""
        ...


def database(url: str, keys: Keys, clock: Clock) -> Database:
    """The database a URL names: `sqlite:///path/file.db` or `postgresql://user@host/name`."""
    if url.startswith("sqlite:///"):
        return Sqlite(url, keys, clock)
    if url.startswith(("postgresql://", "postgres://")):
        return Postgres(url, keys, clock)
    msg = "ENISHI_DATABASE must start with sqlite:/// or postgresql://"
    raise StorageProblem(msg)


# --- SQLite --------------------------------------------------------------------------------------


def sqlite_engine(url: str, *, read_only: bool = False, foreign_keys: bool = True) -> sa.Engine:
    """An engine whose connections are set up as measured (`measured.md`, scale): WAL, FULL, explicit transactions."""
    engine = sa.create_engine(
        url, hide_parameters=True, connect_args={"check_same_thread": False, "timeout": BUSY_MS / 1000}
    )

    @sa.event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves: the driver's own BEGIN loses updates
        pragmas = [f"foreign_keys={'ON' if foreign_keys else 'OFF'}", f"busy_timeout={BUSY_MS}"]
        pragmas += ["query_only=ON"] if read_only else ["journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"]
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    def begin(dbapi_connection: sa.PoolProxiedConnection) -> None:
        dbapi_connection.cursor().execute("BEGIN" if read_only else "BEGIN IMMEDIATE")

    # not a listener for "begin": an engine with one looks for listeners around every statement
    engine.dialect.do_begin = begin  # type: ignore[method-assign]  # what SQLAlchemy calls to begin, a no-op by itself
    return engine


def file_of(url: str) -> Path:
    """The file of a SQLite URL."""
    return Path(url.removeprefix("sqlite:///"))


def held_lock(path: Path) -> IO[str]:
    """The lock file beside a database, locked for as long as it stays open.  Raises StorageProblem when it is taken."""
    import fcntl  # noqa: PLC0415 - not on Windows, where SQLite is for the demo alone

    lock = path.with_name(path.name + ".lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        msg = (
            f"another process holds {path.name}.lock: SQLite serves one process; stop the other one, "
            "or set ENISHI_DATABASE to a PostgreSQL address for several"
        )
        raise InUse(msg) from None
    return lock


def refuse_network_file_system(path: Path, mounts: str | None = None) -> None:
    """SQLite's locks do not hold over a network.  `mounts` is the text of /proc/mounts, read when not given."""
    if mounts is None:
        with contextlib.suppress(OSError):
            mounts = Path("/proc/mounts").read_text()
    best, kind = "", ""
    for line in (mounts or "").splitlines():
        _, point, fstype = (part.replace("\\040", " ") for part in line.split()[:3])
        if path.resolve().is_relative_to(point) and len(point) >= len(best):
            best, kind = point, fstype
    if kind in NETWORK_FILE_SYSTEMS:
        msg = (
            f"ENISHI_DATABASE lies on a network file system ({kind}), where SQLite loses data: "
            "use a local disk or PostgreSQL"
        )
        raise StorageProblem(msg)


class Sqlite:
    """One writer thread; readers beside it."""

    def __init__(self, url: str, keys: Keys, clock: Clock) -> None:
        self.url = url
        self.path = file_of(url)
        self._keys, self._clock = keys, clock
        self._jobs: queue.SimpleQueue[tuple[Job[Any], asyncio.Future[Any]] | None] = queue.SimpleQueue()
        self._readers = ThreadPoolExecutor(2, "enishi-read")
        self._thread: threading.Thread | None = None
        self._lock: IO[str] | None = None
        self._health = _Health()
        self._wiping = False  # something was erased, and the journal may still hold it

    async def open(self) -> None:
        """Take the lock file and start the writer."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            refuse_network_file_system(self.path)
            if os.name == "posix":
                self._lock = held_lock(self.path)
            self.path.touch(0o600)
        except OSError as error:
            msg = f"ENISHI_DATABASE: {self.path} cannot be written ({error.strerror})"
            raise StorageProblem(msg) from None
        self._writer = sqlite_engine(self.url)
        self._reader = sqlite_engine(self.url, read_only=True)
        self._thread = threading.Thread(target=self._write, name="enishi-write", daemon=True)
        self._thread.start()

    async def close(self) -> None:
        """Write what is queued, then stop."""
        if self._thread:
            writer, self._thread = self._thread, None  # from now on nothing more is queued
            self._jobs.put(None)
            await asyncio.to_thread(writer.join)
            self._readers.shutdown()
            self._reader.dispose()
            self._writer.dispose()
        if self._lock:
            self._lock.close()
            self._lock = None

    async def tx(self, f: Job[R]) -> R:
        """On the writer thread.  A caller cancelled before its turn comes leaves nothing behind."""
        if not self._thread:
            raise Unavailable
        done: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._jobs.put((f, done))
        return await done

    async def look(self, f: Job[R]) -> R:
        """On a reader thread; sees what was committed when it began."""
        if not self._thread:
            raise Unavailable

        def read() -> R:
            try:
                with self._reader.connect() as connection, connection.begin():
                    return f(Work(connection, self._keys, self._clock))
            except Exception as error:  # noqa: BLE001 - raised again, as what it means
                raise self._health.meaning(error) from None

        return await asyncio.get_running_loop().run_in_executor(self._readers, read)

    async def scrub(self, _tables: Sequence[str], /) -> None:
        """Deleted rows were overwritten; the journal is emptied."""

        def erase(work: Work) -> None:
            work.erases = True

        await self.tx(erase)

    def _write(self) -> None:
        connection: sa.Connection | None = None
        while (job := self._jobs.get()) is not None:
            batch = [job]
            while len(batch) < SHARED_COMMIT and not self._jobs.empty():
                if (more := self._jobs.get()) is None:
                    self._jobs.put(None)
                    break
                batch.append(more)
            batch = [(f, done) for f, done in batch if not done.cancelled()]
            try:
                connection = connection or self._writer.connect()
                results = self._commit(connection, [f for f, _ in batch])
                self._health.well()
            except Exception as error:  # noqa: BLE001 - whatever it is, the callers hear of it and the thread lives on
                meaning: BaseException = Unavailable()
                with contextlib.suppress(Exception):  # it logs; a log that cannot be written must not stop the thread
                    meaning = self._health.meaning(error)
                results = [_Raised(meaning)] * len(batch)
                if connection:
                    with contextlib.suppress(Exception):
                        connection.invalidate()
                        connection.close()
                connection = None
            for (_, done), result in zip(batch, results, strict=True):
                with contextlib.suppress(RuntimeError):  # the caller's loop is closed: nobody waits
                    done.get_loop().call_soon_threadsafe(_resolve, done, result)
        if connection:
            connection.close()

    def _commit(self, connection: sa.Connection, batch: list[Job[Any]]) -> list[object]:
        """The results of a batch, committed together; a caller whose function raised gets its exception."""
        results: list[object] = []
        alone = len(batch) == 1
        driver: Any = connection.connection.driver_connection  # for what is said twice a caller and holds no value
        with connection.begin() as transaction:
            for f in batch:
                if not alone:
                    driver.execute("SAVEPOINT caller")
                work = Work(connection, self._keys, self._clock)
                try:
                    results.append(f(work))
                    self._wiping |= work.erases
                except BaseException as error:  # noqa: BLE001 - belongs to the caller, not to this thread
                    results.append(_Raised(self._health.meaning(error)))
                    if alone:
                        transaction.rollback()
                        return results
                    driver.execute("ROLLBACK TO caller")
                if not alone:
                    driver.execute("RELEASE caller")
        if self._wiping:
            self._wipe(driver)
        return results

    def _wipe(self, driver: Any) -> None:
        """Empty the journal, in which the old pages stand; while somebody reads it is left to the next commit."""
        driver.execute("PRAGMA busy_timeout=0")
        with contextlib.suppress(sqlite3.Error):  # what was done is done; this comes again
            self._wiping = bool(driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
        driver.execute(f"PRAGMA busy_timeout={BUSY_MS}")


class _Raised:
    """What a caller's function raised, on its way to the caller."""

    def __init__(self, error: BaseException) -> None:
        # a future refuses StopIteration, and its caller would wait for ever
        self.error = RuntimeError("StopIteration") if isinstance(error, StopIteration) else error


def _resolve(done: asyncio.Future[Any], result: object) -> None:
    if done.cancelled():
        return
    if isinstance(result, _Raised):
        done.set_exception(result.error)
    else:
        done.set_result(result)


# --- PostgreSQL ----------------------------------------------------------------------------------


class Postgres:
    """A pool; every transaction on a connection of its own."""

    def __init__(self, url: str, keys: Keys, clock: Clock) -> None:
        self.url = url
        self._keys, self._clock = keys, clock
        self._health = _Health()
        self._engine = create_async_engine(
            async_url(url),
            hide_parameters=True,
            pool_size=8,
            max_overflow=0,
            pool_timeout=BUSY_MS / 1000,
            connect_args={
                "timeout": BUSY_MS / 1000,
                "command_timeout": STATEMENT_S,
                # jit: compiling the statement that finds the queues takes 450 ms, running it one
                "server_settings": {"application_name": "enishi", "jit": "off"},
            },
        )

    async def open(self) -> None:
        """Connect once, to speak up early."""
        try:
            async with self._engine.connect():
                pass
        except Exception as error:  # noqa: BLE001 - the driver raises a dozen kinds here, and each means this
            origin = getattr(error, "orig", None) or error
            msg = f"ENISHI_DATABASE: PostgreSQL cannot be reached ({type(origin).__name__})"
            raise StorageProblem(msg) from None

    async def close(self) -> None:
        """Close the pool."""
        await self._engine.dispose()

    async def tx(self, f: Job[R]) -> R:
        """Once more when the connection had died before anything could be committed, or for another to go on."""
        for retry in (True, False):
            committing = False
            try:
                async with self._engine.connect() as connection:
                    transaction = await connection.begin()
                    result = await connection.run_sync(lambda c: f(Work(c, self._keys, self._clock)))
                    committing = True
                    await transaction.commit()
                    self._health.well()
                    return result
            except Exception as error:  # noqa: BLE001 - raised again, as what it means
                undone = isinstance(error, sa.exc.DBAPIError) and (error.connection_invalidated or _deadlock(error))
                if retry and undone and not committing:
                    continue
                raise self._health.meaning(error) from None
        raise AssertionError  # the loop returns or raises

    async def look(self, f: Job[R]) -> R:
        """In a read-only transaction; once more when the connection had died."""
        for retry in (True, False):
            try:
                async with self._engine.connect() as connection:
                    reading = await connection.execution_options(postgresql_readonly=True)
                    return await reading.run_sync(lambda c: f(Work(c, self._keys, self._clock)))
            except Exception as error:  # noqa: BLE001 - raised again, as what it means
                if retry and isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated:
                    continue
                raise self._health.meaning(error) from None
        raise AssertionError  # the loop returns or raises

    async def scrub(self, tables: Sequence[str], /) -> None:
        """VACUUM, which no transaction may do."""
        try:
            async with self._engine.connect() as connection:
                alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
                for table in tables:
                    await alone.execute(sa.text(f"VACUUM {table}"))
        except Exception as error:  # noqa: BLE001 - raised again, as what it means
            raise self._health.meaning(error) from None


def _deadlock(error: sa.exc.DBAPIError) -> bool:
    """Whether two transactions waited for each other, and PostgreSQL undid this one."""
    return getattr(error.orig, "sqlstate", None) == "40P01"


def async_url(url: str) -> str:
    """The URL with the driver we use."""
    return "postgresql+asyncpg://" + url.partition("://")[2]


class _Health:
    """Tells what an error means to the caller, and logs once that the database went away, and once that it is back."""

    def __init__(self) -> None:
        self._ill = False

    def well(self) -> None:
        """A transaction was committed."""
        if self._ill:
            self._ill = False
            log.warning("database is back")

    def meaning(self, error: BaseException) -> BaseException:
        """The error itself when it is the caller's own; of the database's, never values or statements."""
        origin = getattr(error, "orig", None) or error
        sqlstate = getattr(origin, "sqlstate", None)
        if isinstance(error, sa.exc.IntegrityError | sa.exc.ProgrammingError | sa.exc.DataError) or _wrote(origin):
            return StorageMistake(f"{type(error).__name__} {type(origin).__name__} {sqlstate or ''}".strip())
        if (
            not isinstance(error, sa.exc.DBAPIError | sa.exc.TimeoutError | sqlite3.Error | OSError)
            and sqlstate is None
        ):
            return error
        if not self._ill:
            self._ill = True
            log.warning("database unavailable", error=type(origin).__name__, sqlstate=sqlstate)
        return Unavailable()


def _wrote(origin: BaseException) -> bool:
    """Whether something that should only read tried to write."""
    read_only = sqlite3.SQLITE_READONLY
    return getattr(origin, "sqlite_errorcode", None) == read_only or getattr(origin, "sqlstate", None) == "25006"


class StorageMistake(Exception):
    """A statement that cannot work: a bug of ours, told without the values in it."""
