"""Transactions, without a platform: what a turn does in the database, beside the driver's own smallest commit.

The interaction (`insert` an idempotency key, `select` the member, `update` the member, `insert` into the outbox) goes
through the code a turn uses, sealing included, in one transaction.
"""

import asyncio
import itertools
import sqlite3
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # it brings no types
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.address import Address
from bot.people import Handle
from storage import seen
from storage.clock import SystemClock
from storage.engine import Database
from storage.outbox import Draft, Outbox
from storage.people import People, everywhere
from storage.work import Work
from tests.benchmarks.load import BadAnswer
from tests.benchmarks.report import Bar, Row
from tests.benchmarks.town import Town
from tests.benchmarks.web import Effort, Watch
from tests.fakes.slack import TEAM

AT_ONCE = 8
_numbers = itertools.count(1)
Once = Callable[[int], Awaitable[object]]


def interaction(work: Work, user: str, number: int) -> None:
    """What a press does: seen before? who? a change, and a message for later."""
    handle = Handle("slack", TEAM, user)
    if not seen.first_time(work, "slack", f"bench-{number}"):
        raise BadAnswer("an interaction came twice")
    (member,) = everywhere(work, handle)
    People(work, member.community.id).speak(member.id, "en" if number % 2 else "ja")
    draft = Draft(
        key=f"bench:{number}",
        kind="bench",
        to=Address.direct(handle),
        member=member.id,
        due_at=work.now + timedelta(days=1),
        expires_at=work.now + timedelta(days=2),
    )
    if Outbox(work, member.community.id).add([draft]) != 1:
        raise BadAnswer("a message was not new")


async def rate(once: Once, seconds: float, at_once: int) -> float:
    """How often a second `once` completes, so many at a time."""
    until, done = time.perf_counter() + seconds, 0

    async def again() -> None:
        nonlocal done
        while time.perf_counter() < until:
            await once(next(_numbers))
            done += 1

    began = time.perf_counter()
    await asyncio.gather(*(again() for _ in range(at_once)))
    return done / (time.perf_counter() - began)


def through(database: Database, town: Town) -> Once:
    """One interaction through `Database.tx`."""

    async def once(number: int) -> None:
        await database.tx(lambda work: interaction(work, town.people[number % len(town.people)], number))

    return once


def plain_commits(folder: Path, seconds: float) -> float:
    """Durable commits a second of one small row with the sqlite3 module alone (WAL, synchronous=FULL)."""
    connection = sqlite3.connect(folder / "floor.db", isolation_level=None)
    try:
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"):
            connection.execute(statement)
        connection.execute("CREATE TABLE IF NOT EXISTS commits (id INTEGER PRIMARY KEY, said TEXT)")
        until, done, began = time.perf_counter() + seconds, 0, time.perf_counter()
        while time.perf_counter() < until:
            connection.execute("INSERT INTO commits (said) VALUES ('a small row')")
            done += 1
        return done / (time.perf_counter() - began)
    finally:
        connection.close()


async def sqlite_rows(town: Town, folder: Path, effort: Effort, watch: Watch) -> list[Row]:
    """The interaction on SQLite, one at a time and many at once, beside plain commits."""
    floor: list[float] = []
    ours: dict[int, list[float]] = {1: [], AT_ONCE: []}
    database = town.open()
    await database.open()
    try:
        once = through(database, town)
        await rate(once, effort.transactions_s / 4, 1)  # warm
        for _ in range(effort.turns):
            watch("SQLite: transactions", 3 * effort.transactions_s)
            floor.append(plain_commits(folder, effort.transactions_s))
            for at_once, figures in ours.items():
                figures.append(await rate(once, effort.transactions_s, at_once))
    finally:
        await database.close()
    bars = {1: Bar(0.12, at_least=True)}
    return [
        Row(f"SQLite, {at_once} at once", "/s", floor, figures, bars.get(at_once)) for at_once, figures in ours.items()
    ]


async def postgres_rows(town: Town, effort: Effort, watch: Watch) -> list[Row]:
    """The interaction on PostgreSQL beside plain asyncpg commits."""
    floor: list[float] = []
    ours: list[float] = []
    database, pool = town.open(), await asyncpg.create_pool(town.url, min_size=AT_ONCE, max_size=AT_ONCE)
    await database.open()
    try:
        await pool.execute("CREATE TABLE IF NOT EXISTS bench_commits (id bigserial PRIMARY KEY, said text)")

        async def commit(_: int) -> None:
            await pool.execute("INSERT INTO bench_commits (said) VALUES ('a small row')")

        once = through(database, town)
        await rate(once, effort.transactions_s / 4, AT_ONCE)  # warm
        for _ in range(effort.turns):
            watch("PostgreSQL: transactions", 2 * effort.transactions_s)
            floor.append(await rate(commit, effort.transactions_s, AT_ONCE))
            ours.append(await rate(once, effort.transactions_s, AT_ONCE))
    finally:
        await pool.close()
        await database.close()
    return [Row(f"PostgreSQL, {AT_ONCE} at once", "/s", floor, ours, Bar(0.06, at_least=True))]


async def driver_rows(town: Town, effort: Effort, watch: Watch) -> list[Row]:
    """The interaction on PostgreSQL by each driver, on the same engine."""
    engines = {name: _engine(town.url, name) for name in ("psycopg", "asyncpg")}
    figures: dict[str, list[float]] = {name: [] for name in engines}
    try:
        for engine in engines.values():
            await rate(_on(engine, town), effort.transactions_s / 4, AT_ONCE)  # warm
        for _ in range(effort.turns):
            watch("PostgreSQL: drivers", 2 * effort.transactions_s)
            for name, engine in engines.items():
                figures[name].append(await rate(_on(engine, town), effort.transactions_s, AT_ONCE))
    finally:
        for engine in engines.values():
            await engine.dispose()
    what = f"PostgreSQL, {AT_ONCE} at once"
    return [Row(what, "/s", figures["psycopg"], figures["asyncpg"], Bar(1.0, at_least=True))]


def _engine(url: str, driver: str) -> AsyncEngine:
    return create_async_engine(
        f"postgresql+{driver}://{url.partition('://')[2]}",
        pool_size=AT_ONCE,
        max_overflow=0,
        execution_options={"preserve_rowcount": True},  # psycopg's cursor is gone by the time somebody asks
    )


def _on(engine: AsyncEngine, town: Town) -> Once:
    clock = SystemClock()

    async def once(number: int) -> None:
        user = town.people[number % len(town.people)]
        async with engine.begin() as connection:
            await connection.run_sync(lambda c: interaction(Work(c, town.keys, clock), user, number))

    return once
