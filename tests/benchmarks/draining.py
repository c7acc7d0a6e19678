"""What the outbox can do, without a platform's limits: writing it, draining it, and turns under a limit.

The platform is a page that says "ok" to whatever is posted, in a process of its own; the floor of draining is the same
HTTP client, posting as many at once and doing nothing else.
"""

import asyncio
import contextlib
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import aiohttp
import asyncpg  # type: ignore[import-untyped]  # it brings no types
from starlette.routing import BaseRoute

from bot.address import Address
from bot.cards import Card, sentence
from bot.people import Handle
from bot.surface import Absent, Delivered, LookedUp, Outcome, Parcel
from scheduler.sending import Sender
from storage import communities
from storage.engine import Database, Sqlite
from storage.outbox import Draft, Nudge, Outbox
from storage.rates import BURST, DELIVERING, LIMITS, SHARE, UNLIMITED, Limit, Limits
from storage.work import Work
from tests.benchmarks import servers
from tests.benchmarks.report import Bar, Row, Section
from tests.benchmarks.town import Town
from tests.benchmarks.transactions import plain_commits
from tests.benchmarks.web import Effort, Watch

KIND = "bench.message"
AT_ONCE = 32  # in flight, of the floor and of ours, as in `measured.md`, scale
CHUNK = 5000  # messages of a transaction
ALLOWED = 87.5  # messages a second: 525 in six seconds
MINUTE = 60.0
A_MINUTE = round(LIMITS["slack", DELIVERING].per_s * MINUTE / SHARE)  # what Slack is held to take
FREELY = {("slack", "deliver"): UNLIMITED, ("slack", "look_up"): UNLIMITED}


class Page:
    """A platform that takes everything."""

    name = "slack"

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = aiohttp.ClientSession()

    def routes(self) -> Sequence[BaseRoute]:
        return ()

    async def start(self) -> None:
        pass

    async def stop(self) -> None:
        await self.session.close()

    async def deliver(self, parcel: Parcel) -> Outcome:
        await self.post(parcel.key)
        return Delivered(parcel.key)

    async def look_up(self, parcel: Parcel) -> LookedUp:
        return Absent()

    async def post(self, key: str) -> None:
        async with self.session.post(self.url, data={"f-text": key}) as answer:
            await answer.read()


async def floor(page: Page, messages: int) -> float:
    """Messages a second by the client alone."""
    left = iter(range(messages))

    async def again() -> None:
        for number in left:
            await page.post(str(number))

    began = time.perf_counter()
    await asyncio.gather(*(again() for _ in range(AT_ONCE)))
    return messages / (time.perf_counter() - began)


def drafts(work: Work, name: str, messages: int) -> list[Draft]:
    """Messages due now."""
    now, live = work.database_now, work.database_now.replace(year=work.database_now.year + 1)
    return [
        Draft(
            key=f"{name}:{number}",
            kind=KIND,
            to=Address.direct(Handle("slack", "T01", f"U{number}")),
            member="",
            due_at=now,
            expires_at=live,
        )
        for number in range(messages)
    ]


async def enqueue(database: Database, community: str, name: str, messages: int) -> float:
    """Messages a second into the outbox, `CHUNK` in a transaction; writing the same again is the same call."""
    began = time.perf_counter()
    for start in range(0, messages, CHUNK):

        def add(work: Work, start: int = start) -> None:
            here = drafts(work, name, min(messages, start + CHUNK))[start:]
            Outbox(work, community).add(here)

        await database.tx(add)
    return messages / (time.perf_counter() - began)


async def drain(database: Database, page: Page, messages: int) -> float:
    """Messages a second out of the outbox, by one sender."""
    sender = Sender(database, {"slack": page}, {KIND: _draw}, limits=FREELY, in_flight=AT_ONCE)
    began = time.perf_counter()
    sent = await sender.drain()
    assert sent.outcomes["Delivered"] == messages, sent
    return messages / (time.perf_counter() - began)


# --- under a limit -------------------------------------------------------------------------------------


async def under_a_limit(database: Database, page: Page, messages: int) -> float:
    """Messages a second by two senders under a limit of `ALLOWED`."""
    limits = {("slack", "deliver"): Limit(SHARE * ALLOWED, BURST * ALLOWED * 6)}
    return messages / await _until(database, page, limits, senders=2, name="", messages=messages)


async def in_real_time(database: Database, page: Page, messages: int) -> tuple[float, int]:
    """Messages a minute by two senders under Slack's own limit, and the most that arrived within any minute."""
    arrived: list[float] = []
    took = await _until(database, page, LIMITS, name="", messages=messages, senders=2, arrived=arrived)
    within = (sum(begun <= one < begun + MINUTE for one in arrived) for begun in arrived)
    return MINUTE * messages / took, max(within)


async def _until(
    database: Database,
    page: Page,
    limits: Limits,
    *,
    name: str,
    messages: int,
    senders: int = 1,
    arrived: list[float] | None = None,
) -> float:
    """Seconds until so many messages whose words begin with `name` have arrived; `arrived` is told when each did."""
    moments: list[float] = [] if arrived is None else arrived

    class Counting(Page):
        async def deliver(self, parcel: Parcel) -> Outcome:
            outcome = await super().deliver(parcel)
            moments.extend([time.monotonic()] if parcel.card.summary.startswith(name) else [])
            return outcome

    counting = Counting(page.url)
    crew = [Sender(database, {"slack": counting}, {KIND: _draw}, limits=limits) for _ in range(senders)]
    began = time.perf_counter()
    try:
        while len(moments) < messages:
            await asyncio.gather(*(sender.pump() for sender in crew))
            await asyncio.sleep(0.005)
        return time.perf_counter() - began
    finally:
        for sender in crew:
            await sender.close()
        await counting.stop()


async def behind_a_backlog(database: Database, page: Page, few: int, *, urgent: bool) -> tuple[float, float]:
    """Seconds for a few messages alone, and behind twenty times as many: urgent, or of another community."""
    limits = {("slack", "deliver"): Limit(SHARE * ALLOWED, 1)}
    took: list[float] = []
    for backlog in (0, 20 * few):
        many, ours = await community_of(database), await community_of(database)
        await database.tx(lambda work, b=backlog, c=many: Outbox(work, c).add(drafts(work, "many", b)))  # type: ignore[misc] # bound names
        mine = [replace(one, priority=0 if urgent else 2) for one in await database.tx(lambda w: drafts(w, "few", few))]
        await database.tx(lambda work, c=ours, d=mine: Outbox(work, c).add(d))  # type: ignore[misc] # bound names
        took.append(await _until(database, page, limits, name="few", messages=few))
        for one in (many, ours):
            await database.tx(lambda work, c=one: Outbox(work, c).cancel(kind=KIND))  # type: ignore[misc] # a bound name
    return took[0], took[1]


# --- the table -------------------------------------------------------------------------------------------


async def section(towns: dict[str, Town], folder: Path, effort: Effort, watch: Watch) -> Section:
    """The outbox on every database."""
    rows: list[Row] = []
    async with contextlib.AsyncExitStack() as stack:
        bare = await stack.enter_async_context(servers.floor("Starlette", "bare"))
        page = Page(f"http://127.0.0.1:{bare.port}/submit")
        stack.push_async_callback(page.stop)
        for name, town in towns.items():
            database = town.open()
            await database.open()
            try:
                rows += await _rows((name, database), page, folder, effort, watch)
            finally:
                await database.close()
    return Section("Outbox: written, drained, and under a limit", "as each line says", rows)


async def batch(towns: dict[str, Town], effort: Effort, watch: Watch) -> Section:
    """A batch to everybody at the pace of the platform, on the database for several replicas where there is one."""
    name = "PostgreSQL" if "PostgreSQL" in towns else "SQLite"
    watch(f"{name}: a batch in real time", MINUTE * effort.batch / A_MINUTE)
    async with contextlib.AsyncExitStack() as stack:
        bare = await stack.enter_async_context(servers.floor("Starlette", "bare"))
        page = Page(f"http://127.0.0.1:{bare.port}/submit")
        stack.push_async_callback(page.stop)
        database = towns[name].open()
        await database.open()
        stack.push_async_callback(database.close)
        await enqueue(database, await community_of(database), "batch", effort.batch)
        rate, most = await in_real_time(database, page, effort.batch)
    rows = [
        Row(f"{name}, {effort.batch} by two senders", "/min", [A_MINUTE], [rate], Bar(0.95, at_least=True)),
        Row("most within any minute", "", [], [most], Bar(A_MINUTE, of_ours=True)),
    ]
    return Section("A batch to everybody, in real time", f"{A_MINUTE} a minute, what Slack is held to take", rows)


async def _rows(named: tuple[str, Database], page: Page, folder: Path, effort: Effort, watch: Watch) -> list[Row]:
    name, database = named
    count, few = effort.messages, max(2, effort.messages // 60)
    figures: list[list[float]] = [[] for _ in range(6)]
    commits, wrote, again, http, drained, limited = figures
    for turn in range(effort.turns):
        watch(f"{name}: the outbox", count / 500)
        commits.append(await _commits(database, folder, effort.transactions_s))
        here = await community_of(database)
        wrote.append(await enqueue(database, here, f"bench-{turn}", count))
        again.append(await enqueue(database, here, f"bench-{turn}", count))
        http.append(await floor(page, count))
        drained.append(await drain(database, page, count))
        await enqueue(database, here, f"limited-{turn}", few * 6)
        limited.append(await under_a_limit(database, page, few * 6))
    watch(f"{name}: turns", few / 10)
    alone, urgent = await behind_a_backlog(database, page, few, urgent=True)
    by_itself, fair = await behind_a_backlog(database, page, few, urgent=False)
    return [
        Row(f"{name}, in, beside commits", "/s", commits, wrote, Bar(10, at_least=True)),
        Row(f"{name}, in again, beside in", "/s", wrote, again, Bar(1.0, at_least=True)),
        Row(f"{name}, out, beside HTTP", "/s", http, drained, Bar(0.40, at_least=True)),
        Row(f"{name}, of the limit", "/s", [ALLOWED], limited, Bar(0.95, at_least=True)),
        Row(f"{name}, urgent, beside alone", "s", [alone], [urgent], Bar(1.3)),
        Row(f"{name}, fair, beside half", "s", [2 * by_itself], [fair], Bar(1.2)),
    ]


async def _commits(database: Database, folder: Path, seconds: float) -> float:
    """Durable commits a second of one small row by the driver alone, one after the other."""
    if isinstance(database, Sqlite):
        return plain_commits(folder, seconds)
    connection = await asyncpg.connect(database.url)
    try:
        await connection.execute("CREATE TABLE IF NOT EXISTS bench_rows (id bigserial PRIMARY KEY, said text)")
        until, done, began = time.perf_counter() + seconds, 0, time.perf_counter()
        while time.perf_counter() < until:
            await connection.execute("INSERT INTO bench_rows (said) VALUES ('a small row')")
            done += 1
        return done / (time.perf_counter() - began)
    finally:
        await connection.close()


async def community_of(database: Database) -> str:
    """A community of its own for the messages."""
    return (await database.tx(lambda work: communities.found(work, "Bench"))).id


def _draw(_: Work, nudge: Nudge) -> Card:
    return sentence(nudge.key)
