"""One drill: set up, start the workers, do them harm, wait until nothing is open, and count."""

import asyncio
import contextlib
import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from multiprocessing.context import ForkServerProcess

import sqlalchemy as sa

from storage import communities
from storage.clock import SystemClock
from storage.engine import database, sqlite_engine
from storage.keys import Keys
from storage.outbox import Outbox, State, nudge_id
from storage.schedules import CatchUp, Schedules
from storage.tables import nudge
from storage.work import Work
from tests.drills.chat import Chat, Weather
from tests.drills.worker import LIVES, PEOPLE, PLANNED, Orders, Pace, draft, work

LOOK_EVERY = 0.05  # seconds
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.drills.worker"])
Watch = Callable[[str, float], None]


@dataclass(frozen=True)
class Plan:
    """What is done."""

    name: str
    messages: int = 400
    kills: int = 6
    stops: int = 0  # SIGSTOP for a while, SIGCONT
    planned: int = 0  # occurrences that come due meanwhile, of `PEOPLE` messages each
    workers: int = 1
    in_flight: int = 4
    weather: Weather = field(default_factory=Weather)
    pace: Pace = field(default_factory=Pace)
    skews: tuple[float, ...] = (0.0,)  # seconds, of the workers in turn
    retries: bool = False
    late_guard: bool = False
    stall_s: float = 0.0
    shocks: int = 0  # the database is stopped hard, and started again
    seed: int = 1
    within_s: float = 300.0


@dataclass
class Report:
    """What was counted."""

    expected: int
    lost: int
    doubled: int
    extra: int  # messages nobody wrote
    looked: int
    kills: int
    stops: int
    refused: int
    planned: int = 0  # rows the clock was to write: times, and messages of them
    attempts: int = 0  # rows it tried to write
    states: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    in_flight: int = 0

    @property
    def words(self) -> str:
        """One line."""
        states = ", ".join(f"{name} {count}" for name, count in sorted(self.states.items()))
        return (
            f"{self.expected} messages, {self.kills} kills, {self.stops} stops, {self.looked} look-ups, "
            f"{self.refused} refused, {self.attempts} rows tried of {self.planned}: "
            f"lost {self.lost}, doubled {self.doubled}, extra {self.extra} ({states})"
        )


class Stuck(Exception):
    """A drill that does not come to its end."""


async def run(
    plan: Plan, url: str, watch: Watch = lambda _words, _share: None, shock: Callable[[], None] = lambda: None
) -> Report:
    """One drill on an empty, migrated database; `shock` stops it hard and starts it again."""
    keys, began, chance = Keys.fresh(), time.monotonic(), random.Random(plan.seed)  # noqa: S311 - whom to harm
    expected = await _write(plan, url, keys)
    async with _open(Chat(plan.weather)) as chat:
        orders = Orders(0, url, keys, f"{chat.url}/api/", plan.in_flight, plan.pace)
        orders = replace(orders, retries=plan.retries, late_guard=plan.late_guard, stall_s=plan.stall_s)
        crew, shocks = _Crew(plan, orders, chance), 0
        try:
            while True:
                await asyncio.sleep(LOOK_EVERY)
                crew.harm(chat)
                if len(chat.accepted) > len(expected) * (shocks + 1) / (plan.shocks + 1) and shocks < plan.shocks:
                    shocks += 1
                    await asyncio.to_thread(shock)
                states = _states(url)
                watch(plan.name, 1 - states[State.PENDING] / len(expected))
                whole = sum(states.values()) >= len(expected) and not states[State.PENDING]
                if (
                    whole and not crew.frozen
                ):  # nobody is in the middle of anything any more: no harm is left to be done
                    break
                if time.monotonic() - began > plan.within_s:
                    raise Stuck(f"{plan.name}: {states}, {crew.kills} kills of {plan.kills}")
        finally:
            crew.dismiss()
    close(url)
    came = set(chat.accepted)
    named = Counter({State(state).name: count for state, count in states.items()})
    return Report(
        expected=len(expected),
        lost=max(0, len(expected - came) - named["UNKNOWN"]),  # what is unknown is shown, not lost
        doubled=chat.doubled,
        extra=len(came - expected),
        looked=chat.looked,
        kills=crew.kills,
        stops=crew.stops,
        refused=chat.refused,
        planned=plan.planned * (1 + PEOPLE),
        attempts=sum(crew.attempts),
        states=dict(named),
        seconds=time.monotonic() - began,
        in_flight=plan.in_flight,
    )


@contextlib.asynccontextmanager
async def _open(chat: Chat) -> AsyncIterator[Chat]:
    await chat.open()
    try:
        yield chat
    finally:
        await chat.close()


async def _write(plan: Plan, url: str, keys: Keys) -> set[str]:
    """The outbox and the schedules; the keys of everything that is to arrive."""

    def write(job: Work) -> set[str]:
        community, now = communities.found(job, "Drill").id, job.database_now
        drafts = [draft(f"drill:{number}", number, now) for number in range(plan.messages)]
        Outbox(job, community).add(drafts)
        names = [one.key for one in drafts]
        for number in range(plan.planned):
            at: datetime = (now + timedelta(seconds=2 + number // 2)).replace(microsecond=0, tzinfo=None)
            Schedules(job, community).set(
                PLANNED, dtstart_local=at, zone="UTC", subject=str(number), catch_up=CatchUp.EACH, grace=LIVES
            )
            names += [f"{PLANNED}:{number}:{at:%Y-%m-%dT%H:%M:%S}:{person}" for person in range(PEOPLE)]
        return {nudge_id(keys, community, name) for name in names}

    memory = database(url, keys, SystemClock())
    await memory.open()
    try:
        return await memory.tx(write)
    finally:
        await memory.close()


class _Crew:
    """The workers, and the harm that is done to them: always to one that is in the middle of sending."""

    def __init__(self, plan: Plan, orders: Orders, chance: random.Random) -> None:
        self._plan, self._orders, self._chance = plan, orders, chance
        self._numbers = iter(range(1, 100_000))
        self.attempts = FORKS.Array("i", 1 + plan.workers + plan.kills, lock=False)
        self.kills = self.stops = 0
        self._frozen: list[tuple[float, int]] = []
        self._next = 0.0
        self._workers: dict[str, ForkServerProcess] = {}
        for _ in range(plan.workers):
            self._hire()

    def _hire(self) -> None:
        number = next(self._numbers)
        skew = self._plan.skews[number % len(self._plan.skews)]
        orders = replace(self._orders, number=number, skew=skew)
        process = FORKS.Process(target=work, args=(orders, self.attempts), daemon=True)
        process.start()
        self._workers[str(number)] = process

    @property
    def frozen(self) -> bool:
        """Whether somebody is stopped, and goes on later."""
        return bool(self._frozen)

    def harm(self, chat: Chat) -> None:
        """Kill or stop somebody, if it is time; let the frozen go on."""
        now = time.monotonic()
        for until, pid in list(self._frozen):
            if until <= now:
                self._frozen.remove((until, pid))
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)
        frozen = {pid for _, pid in self._frozen}
        if now < self._next:
            return
        busy = [name for name, one in self._workers.items() if chat.inside[name] and one.pid not in frozen]
        if not busy:
            return
        name = self._chance.choice(sorted(busy))
        process = self._workers[name]
        assert process.pid is not None
        self._next = now + self._chance.uniform(0.02, 0.2)
        if self.stops < self._plan.stops:
            os.kill(process.pid, signal.SIGSTOP)
            self._frozen.append((now + self._chance.uniform(0.3, 1.5 * self._plan.pace.settle), process.pid))
            self.stops += 1
        elif self.kills < self._plan.kills:
            os.kill(process.pid, signal.SIGKILL)
            process.join()
            del self._workers[name]
            self.kills += 1
            self._hire()

    def dismiss(self) -> None:
        """Everybody may go."""
        for process in self._workers.values():
            process.kill()
            process.join()


# --- what is open, read beside the workers ---------------------------------------------------------

_engines: dict[str, sa.Engine] = {}


def _engine(url: str) -> sa.Engine:
    if url not in _engines:
        if url.startswith("sqlite"):
            _engines[url] = sqlite_engine(url, read_only=True)
        else:
            _engines[url] = sa.create_engine("postgresql+psycopg://" + url.partition("://")[2])
    return _engines[url]


def close(url: str) -> None:
    """Forget the connection to a database that goes."""
    if url in _engines:
        _engines.pop(url).dispose()


def _states(url: str) -> Counter[int]:
    """How many rows are in each state; one that is in doubt or being sent still counts as waiting."""
    doubt = nudge.c.state.in_([State.SENDING, State.UNKNOWN]) & nudge.c.sending_at.is_not(None)
    state = sa.case((doubt, int(State.PENDING)), else_=nudge.c.state)
    try:
        with _engine(url).connect() as connection:
            rows = connection.execute(sa.select(state, sa.func.count()).group_by(state)).all()
    except sa.exc.OperationalError:  # it was stopped hard, and comes back
        return Counter({int(State.PENDING): 1})
    return Counter({int(row[0]): int(row[1]) for row in rows})
