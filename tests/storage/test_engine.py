"""What `tx` and `look` promise on both databases."""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.surface import Unavailable
from storage import communities, seen
from storage.clock import MovableClock
from storage.engine import (
    Database,
    Postgres,
    Sqlite,
    StorageMistake,
    StorageProblem,
    refuse_network_file_system,
)
from storage.engine import (
    database as open_database,
)
from storage.keys import Keys
from storage.tables import bucket, community
from storage.work import Work
from tests.conftest import on_server, on_this_server


class Refused(Exception):
    """A rule of a caller's own."""


async def names(database: Database) -> list[str]:
    return await database.look(lambda work: sorted(one.name for one in communities.all_of(work)))


async def test_what_returned_is_committed_and_what_raised_left_nothing(database: Database) -> None:
    """A transaction ends with its function: committed when it returns, undone when it raises."""

    def refuses(work: Work) -> None:
        communities.found(work, "undone")
        raise Refused

    await database.tx(lambda work: communities.found(work, "kept"))
    with pytest.raises(Refused):
        await database.tx(refuses)
    assert await names(database) == ["kept"]


async def test_no_update_is_lost(database: Database) -> None:
    """Callers that read and then write do not overwrite each other."""
    row = {"platform": "p", "workspace": "w", "method": "m", "per_s": 0, "burst": 0}
    await database.tx(lambda work: work.connection.execute(sa.insert(bucket).values(**row, tat=work.now)).close())

    def adds_one(work: Work) -> None:
        old = work.connection.execute(sa.select(bucket.c.burst).with_for_update()).scalar_one()
        work.connection.execute(sa.update(bucket).values(burst=old + 1))

    await asyncio.gather(*(database.tx(adds_one) for _ in range(60)))
    assert await database.look(lambda work: work.connection.execute(sa.select(bucket.c.burst)).scalar_one()) == 60


async def test_one_callers_failure_touches_no_other(database: Database) -> None:
    """Many at once, some of which fail in every way: each gets its own result, and only the good ones are kept."""

    def caller(number: int) -> Callable[[Work], int]:
        def job(work: Work) -> int:
            communities.found(work, f"{number:02}")
            if number % 4 == 1:
                raise Refused(number)
            if number % 4 == 2:
                work.connection.exec_driver_sql("SELECT nothing FROM nowhere")
            if number % 4 == 3:
                raise StopIteration
            return number

        return job

    results = await asyncio.gather(*(database.tx(caller(number)) for number in range(40)), return_exceptions=True)
    for number, result in enumerate(results):
        assert isinstance(result, (int, Refused, StorageMistake | Unavailable, RuntimeError)[number % 4])
    assert await names(database) == [f"{number:02}" for number in range(0, 40, 4)]


async def test_a_returned_exception_is_a_value(database: Database) -> None:
    """What a function returns comes back, also when it is an exception."""
    assert isinstance(await database.tx(lambda _work: Refused("value")), Refused)


async def test_looking_cannot_write(database: Database) -> None:
    """`look` refuses to write, as a mistake of ours, and the next look is not disturbed."""
    with pytest.raises(StorageMistake):
        await database.look(lambda work: communities.found(work, "never"))
    assert await names(database) == []


async def test_a_mistake_tells_no_values(database: Database) -> None:
    """An error of a statement names its kind and never what was in it."""
    one = await database.tx(lambda work: communities.found(work, "MARKER"))
    with pytest.raises(StorageMistake) as caught:
        await database.tx(
            lambda work: work.connection.execute(
                sa.insert(community).values(
                    id=one.id, name="MARKER", kind="", language="", zone="", settings_sealed=b""
                )
            )
        )
    assert "MARKER" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None or caught.value.__suppress_context__


async def test_a_caller_who_gave_up_does_not_stop_the_others(database: Database) -> None:
    """Cancelled callers are forgotten; everybody else is served."""
    tasks = [asyncio.create_task(database.tx(lambda work: communities.found(work, "one"))) for _ in range(20)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(result, communities.Community) for result in results[1::2])
    assert (await names(database)).count("one") >= 10


async def test_a_key_is_seen_once_and_forgotten_after_a_day(database: Database, clock: MovableClock) -> None:
    """A repeated event acts once, also when both come at the same moment; a day later the key is dropped."""
    keys = ["same"] * 5 + ["other"]
    first = await asyncio.gather(*(database.tx(lambda work, key=key: seen.first_time(work, "s", key)) for key in keys))  # type: ignore[misc] # a bound name
    assert sorted(first) == [False] * 4 + [True] * 2
    assert await database.tx(lambda work: seen.first_time(work, "another surface", "same"))
    assert await database.tx(seen.forget) == 0
    clock.forward(seen.KEPT + timedelta(seconds=1))
    assert await database.tx(seen.forget) == 3
    assert await database.tx(lambda work: seen.first_time(work, "s", "same"))


async def test_a_key_of_a_turn_that_failed_may_come_again(database: Database) -> None:
    """The key is remembered in the turn's own transaction, so a failed turn can be delivered again."""

    def fails(work: Work) -> None:
        assert seen.first_time(work, "s", "key")
        raise Refused

    for _ in range(2):
        with pytest.raises(Refused):
            await database.tx(fails)


async def test_closed_means_unavailable(database: Database) -> None:
    """After closing nobody waits for ever."""
    await database.tx(lambda work: communities.found(work, "kept"))
    await database.close()
    if isinstance(database, Sqlite):  # a PostgreSQL pool opens again by itself
        with pytest.raises(Unavailable):
            await database.tx(lambda work: communities.found(work, "late"))
        with pytest.raises(Unavailable):
            await names(database)


# --- SQLite --------------------------------------------------------------------------------------


async def test_one_process_holds_the_file(sqlite_url: str, keys: Keys, clock: MovableClock) -> None:
    """A second process is told what to do; when the first one ends, it can open."""
    first, second = Sqlite(sqlite_url, keys, clock), Sqlite(sqlite_url, keys, clock)
    await first.open()
    with pytest.raises(StorageProblem, match="ENISHI_DATABASE"):
        await second.open()
    await first.close()
    await second.open()
    await second.close()


@pytest.mark.parametrize(
    ("mounts", "refused"),
    [
        ("/dev/sda1 / ext4 rw 0 0", False),
        ("server:/x / nfs4 rw 0 0", True),
        ("/dev/sda1 / ext4 rw 0 0\nserver:/x /srv nfs4 rw 0 0", True),
        ("server:/x /srv nfs rw 0 0\n/dev/sdb1 /srv/data ext4 rw 0 0", False),
        ("/dev/sda1 / ext4 rw 0 0\n//s/x /srv/data cifs rw 0 0", True),
        ("/dev/sda1 / ext4 rw 0 0\nserver:/x /srv/dat nfs4 rw 0 0", False),
        ("/dev/sda1 / ext4 rw 0 0\ns:/x /srv/data/with\\040space nfs rw 0 0", False),
        ("overlay / overlay rw 0 0", False),
        ("", False),
    ],
)
def test_a_network_file_system_is_refused(mounts: str, *, refused: bool) -> None:
    """The mount that holds the file decides, not the first or the last one."""
    path = Path("/srv/data/enishi.db")
    if refused:
        with pytest.raises(StorageProblem, match="network"):
            refuse_network_file_system(path, mounts)
    else:
        refuse_network_file_system(path, mounts)


async def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, keys: Keys, clock: MovableClock) -> None:
    """The operator reads which setting is wrong."""
    (tmp_path / "file").touch()
    with pytest.raises(StorageProblem, match="ENISHI_DATABASE"):
        await Sqlite(f"sqlite:///{tmp_path}/file/enishi.db", keys, clock).open()


async def test_a_file_locked_from_outside_is_unavailable_and_then_works(
    sqlite_url: str, keys: Keys, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a backup tool holds the file we say so, and go on when it lets go."""
    monkeypatch.setattr("storage.engine.BUSY_MS", 100)
    database = Sqlite(sqlite_url, keys, clock)
    await database.open()
    outside = sqlite3.connect(database.path, isolation_level=None)
    outside.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Unavailable):
        await database.tx(lambda work: communities.found(work, "never"))
    outside.execute("ROLLBACK")
    outside.close()
    await database.tx(lambda work: communities.found(work, "kept"))
    assert await names(database) == ["kept"]
    await database.close()


async def test_a_transaction_holds_the_file_from_its_beginning(
    sqlite_url: str, keys: Keys, clock: MovableClock
) -> None:
    """Nobody writes between what a transaction reads and what it writes, not even another process."""
    database = Sqlite(sqlite_url, keys, clock)
    await database.open()

    def is_ours(_work: Work) -> bool:
        outside = sqlite3.connect(database.path, isolation_level=None, timeout=0)
        try:
            outside.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        finally:
            outside.close()
        return False

    assert await database.tx(is_ours)
    await database.close()


async def test_every_connection_is_set_up_as_measured(sqlite_url: str, keys: Keys, clock: MovableClock) -> None:
    """Durable commits, and nothing deleted stays in the file."""
    database = Sqlite(sqlite_url, keys, clock)
    await database.open()
    pragmas = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
    for pragma, value in pragmas.items():
        found = await database.tx(
            lambda work, pragma=pragma: work.connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()  # type: ignore[misc] # a bound name
        )
        assert found == value, pragma
    await database.close()


# --- PostgreSQL ----------------------------------------------------------------------------------


@pytest.mark.postgres
async def test_a_server_that_drops_us_is_found_again(postgres_url: str, keys: Keys, clock: MovableClock) -> None:
    """Connections cut while idle are replaced unseen; one cut within a transaction undoes it."""
    database = Postgres(postgres_url, keys, clock)
    await database.open()
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'enishi' AND datname = '{}'"
    cut = cut.format(postgres_url.rpartition("/")[2])
    await asyncio.gather(*(names(database) for _ in range(4)))
    await on_server(cut)
    await database.tx(lambda work: communities.found(work, "kept"))
    await on_server(cut)
    assert await names(database) == ["kept"]
    tries: list[str] = []

    def cuts_itself(work: Work) -> None:
        tries.append("once")
        communities.found(work, "never")
        work.connection.execute(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(Unavailable):
        await database.tx(cuts_itself)
    assert len(tries) == 2
    assert await names(database) == ["kept"]
    await database.close()


@pytest.mark.postgres
async def test_two_that_wait_for_each_other_both_end(postgres_url: str, keys: Keys, clock: MovableClock) -> None:
    """The server undoes one of them, which is done once more: nobody is asked to try again."""
    database = Postgres(postgres_url, keys, clock)
    await database.open()
    begun: list[int] = []

    def takes(work: Work, first: int, second: int) -> int:
        begun.append(first)
        work.connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({first}), pg_sleep(0.3)"))
        work.connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({second})"))
        return first

    try:
        ended = await asyncio.gather(database.tx(lambda work: takes(work, 1, 2)), database.tx(lambda w: takes(w, 2, 1)))
    finally:
        await database.close()
    assert sorted(ended) == [1, 2]
    assert len(begun) == 3  # else they never waited for each other


@pytest.mark.postgres
@pytest.mark.parametrize("name", ["no_such_database", "postgres?host=127.0.0.1&port=1"])
async def test_a_server_that_cannot_be_reached_is_named(
    postgres_template: str, name: str, keys: Keys, clock: MovableClock
) -> None:
    """The operator reads which setting is wrong, without the address."""
    database = Postgres(on_this_server(name), keys, clock)
    with pytest.raises(StorageProblem, match="ENISHI_DATABASE") as caught:
        await database.open()
    assert "127.0.0.1" not in str(caught.value)
    with pytest.raises(Unavailable):
        await names(database)
    await database.close()


def test_other_databases_are_refused(keys: Keys, clock: MovableClock) -> None:
    """Only what we keep correct can be set."""
    with pytest.raises(StorageProblem, match="ENISHI_DATABASE"):
        open_database("mysql://host/name", keys, clock)
