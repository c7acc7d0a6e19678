"""One replica of a drill: plans and sends as `serve` does, over the real way to Slack, until it is killed."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.sharedctypes import SynchronizedArray
from typing import Any

import sqlalchemy as sa
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler
from starlette.routing import BaseRoute

from bot import logs
from bot.address import Address
from bot.cards import Card, sentence
from bot.people import Handle
from bot.slack import delivering
from bot.slack.connection import Web
from bot.slack.delivering import Delivering
from bot.slack.workspaces import One
from bot.surface import LookedUp, Outcome, Parcel
from scheduler import planning, recording, sending
from storage import delivery, endings
from storage.engine import StorageProblem, database
from storage.keys import Keys
from storage.outbox import Draft, Nudge
from storage.rates import Limit
from storage.schedules import Occurrence
from storage.work import Work
from tests.drills.chat import TEAM

KIND = "drill.message"
PLANNED = "drill.planned"
PEOPLE = 40  # of an occurrence that is planned
USERS = 50  # one-to-one chats
PLAN_EVERY, SEND_EVERY = 0.2, 0.02  # seconds
LIVES = timedelta(hours=1)


@dataclass(frozen=True)
class Pace:
    """The sender's promises, compressed: seconds."""

    settle: float = 4.0  # of them, 2.5 are for a machine that is busy
    guard: float = 0.5
    timeout: float = 1.0

    def set(self) -> None:
        """Have this process keep them."""
        settle = timedelta(seconds=self.settle)
        for module in (delivery, endings, recording):
            module.SETTLE = settle  # type: ignore[attr-defined] # what it took from elsewhere
        sending.GUARD, sending.DELIVERY_TIMEOUT = self.guard, self.timeout
        delivering.AGAIN = timedelta(seconds=1)
        recording.FIRST_DELAY = timedelta(seconds=0.2)


@dataclass(frozen=True)
class Orders:
    """What a worker is to do."""

    number: int
    url: str
    keys: Keys
    api: str
    in_flight: int
    pace: Pace
    skew: float = 0.0  # seconds its clock is ahead
    retries: bool = False  # negative control: the SDK resends by itself
    late_guard: bool = False  # negative control: the guard is measured after the commit ...
    stall_s: float = 0.0  # ... and every tenth claim is followed by a stall


class Skewed:
    """A machine whose clock is wrong."""

    offset = timedelta()

    def __init__(self, skew: float) -> None:
        self._skew = timedelta(seconds=skew)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._skew


class Forgetful:
    """A notebook of this process alone."""

    def __init__(self) -> None:
        self._notes: dict[tuple[str, ...], str] = {}

    async def read(self, *place: str) -> str | None:
        return self._notes.get(place)

    async def write(self, community: str, page: str, name: str, text: str) -> None:
        self._notes[community, page, name] = text


class Wire:
    """The real way to Slack, without what comes in."""

    name = "slack"

    def __init__(self, orders: Orders) -> None:
        web = Web(orders.api)
        if orders.retries:
            made = web.client

            def client(*args: object) -> object:
                api = made(*args)  # type: ignore[arg-type] # passed on as they came
                api.retry_handlers = [AsyncConnectionErrorRetryHandler()]
                return api

            web.client = client  # type: ignore[method-assign,assignment] # the mistake itself
        way = Delivering(One(web, f"xoxb-drill-{orders.number}"), Forgetful())  # type: ignore[arg-type] # what is used
        self._way, self._web = way, web

    def routes(self) -> Sequence[BaseRoute]:
        return ()

    async def start(self) -> None:
        pass

    async def stop(self) -> None:
        await self._web.close()

    async def deliver(self, parcel: Parcel) -> Outcome:
        return await self._way.deliver(parcel)

    async def look_up(self, parcel: Parcel) -> LookedUp:
        return await self._way.look_up(parcel)


class Stalling(sending.Sender):
    """Stops for a while between its commit and what it sends; with `late`, its guard begins after that."""

    stall_s, late = 0.0, False

    def _start(self, platform: str, work: object) -> None:
        if self.stall_s and self._rounds % 10 == 0 and not self._flying:
            time.sleep(self.stall_s)
        super()._start(platform, work)  # type: ignore[arg-type] # passed on

    async def _deliver(self, ticket: object, parcel: object, began: object) -> None:
        began = sending._Since() if self.late else began
        await super()._deliver(ticket, parcel, began)  # type: ignore[arg-type] # passed on


def draft(key: str, number: int, at: datetime) -> Draft:
    """A message of a drill."""
    to = Address.direct(Handle("slack", TEAM, f"U{number % USERS}"))
    return Draft(key=key, kind=KIND, to=to, member="", due_at=at, expires_at=at + LIVES)


def plan(_: Work, occurrence: Occurrence, cursor: str, limit: int) -> tuple[list[Draft], str | None]:
    """`PEOPLE` messages for every occurrence."""
    begin = int(cursor or 0)
    end = min(PEOPLE, begin + limit)
    key = f"{PLANNED}:{occurrence.subject}:{occurrence.nominal_local:%Y-%m-%dT%H:%M:%S}"
    drafts = [draft(f"{key}:{number}", number, occurrence.starts_at) for number in range(begin, end)]
    return drafts, None if end == PEOPLE else str(end)


def draw(_: Work, nudge: Nudge) -> Card:
    """A sentence."""
    return sentence(nudge.key)


def work(orders: Orders, attempts: "SynchronizedArray[int]") -> None:
    """Run until killed; `attempts` has a place for each worker: how many rows it tried to plan."""
    logs.say("critical", "text")  # what goes wrong is counted, not told

    def count(_connection: object, _cursor: object, statement: str, _parameters: object, *more: Any) -> None:
        if statement.startswith(("INSERT INTO occurrence ", "INSERT INTO nudge ")):
            attempts[orders.number] += len(more[0].compiled_parameters)  # no lock, which a killed one would keep

    sa.event.listen(sa.Engine, "before_cursor_execute", count)
    orders.pace.set()
    asyncio.run(_run(orders))


async def _run(orders: Orders) -> None:
    memory = database(orders.url, orders.keys, Skewed(orders.skew))
    while True:
        try:
            await memory.open()
            break
        except StorageProblem:  # its predecessor is still being buried, or the database is down
            await asyncio.sleep(0.01)
    freely = {("slack", method): Limit(5000, 5000) for method in ("deliver", "look_up")}
    sender = Stalling(memory, {"slack": Wire(orders)}, {KIND: draw}, limits=freely, in_flight=orders.in_flight)
    sender.stall_s, sender.late = orders.stall_s, orders.late_guard
    planned = 0.0
    while True:
        if time.monotonic() - planned > PLAN_EVERY:
            await planning.plan(memory, {PLANNED: plan}, timedelta(minutes=1), chunk=15)
            planned = time.monotonic()
        await sender.pump()
        await asyncio.sleep(SEND_EVERY)
