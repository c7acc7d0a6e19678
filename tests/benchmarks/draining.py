"""What the outbox can do, without a platform's limits: writing it, draining it, and turns under a limit.

The platform is a page that says "ok" to whatever is posted, in a process of its own; the floor of draining is the same
HTTP client, posting as many at once and doing nothing else.
"""

import asyncio
import time
from collections.abc import Sequence

import aiohttp
from starlette.routing import BaseRoute

from bot.address import Address
from bot.cards import Card, sentence
from bot.people import Handle
from bot.surface import Absent, Delivered, LookedUp, Outcome, Parcel
from scheduler.sending import Sender
from storage import communities
from storage.engine import Database
from storage.outbox import Draft, Nudge, Outbox
from storage.rates import UNLIMITED
from storage.work import Work

KIND = "bench.message"
AT_ONCE = 32  # in flight, of the floor and of ours, as in `measured.md`, scale
CHUNK = 5000  # messages of a transaction
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


async def community_of(database: Database) -> str:
    """A community of its own for the messages."""
    return (await database.tx(lambda work: communities.found(work, "Bench"))).id


def _draw(_: Work, nudge: Nudge) -> Card:
    return sentence(nudge.key)
