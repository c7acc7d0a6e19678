"""A client that is cheap enough to load a server from one core: raw HTTP/1.1 on kept connections, ready-made requests.

`closed`: so many connections, each asking again as soon as it was answered; for CPU per request.  `opened`: requests
arrive by a Poisson process, whether or not earlier ones were answered, and each is timed from the moment it was due, so
that a server that stalls is seen to (Gil Tene's "coordinated omission"); for latency.
"""

import asyncio
import random
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

PATIENCE = 10.0  # seconds that the last answers may take
SPIN = (
    0.002  # seconds before a request is due in which the client no longer sleeps: timers of epoll tick in milliseconds
)
CLIENTS = 64  # connections of an open loop: more than ever wait at once

Done = Callable[[int], None]


class BadAnswer(Exception):
    """A server did not do what it was measured for."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a load showed: seconds each answer took, and how long the whole took."""

    waits: Sequence[float]
    wall: float

    def percentile(self, share: float) -> float:
        """The wait that this share of the requests did not exceed, in ms."""
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


class Wire(asyncio.Protocol):
    """One connection; one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._came = b""
        self._done: Done | None = None
        self.body = b""  # of the last answer

    @property
    def is_open(self) -> bool:
        """Whether one can ask."""
        return self._transport is not None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, _: Exception | None) -> None:
        self._transport = None
        self._finish(0)

    def ask(self, request: bytes, done: Done) -> None:
        """Send; `done` hears the status, 0 when the connection was lost."""
        self._came, self._done = b"", done
        if self._transport is None:
            self._finish(0)
        else:
            self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._came += data
        head, end, body = self._came.partition(b"\r\n\r\n")
        if end and len(body) >= _length(head):
            self.body = body
            self._finish(int(head[9:12]))

    def _finish(self, status: int) -> None:
        done, self._done = self._done, None
        if done:
            done(status)

    def close(self) -> None:
        """Hang up."""
        if self._transport:
            self._transport.close()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    raise BadAnswer("an answer has no length")


@asynccontextmanager
async def wires(port: int, count: int) -> AsyncIterator[list[Wire]]:
    """So many connections to a server of this machine."""
    loop = asyncio.get_running_loop()
    made = [(await loop.create_connection(Wire, "127.0.0.1", port))[1] for _ in range(count)]
    try:
        yield made
    finally:
        for wire in made:
            wire.close()


async def ask(port: int, request: bytes, status: int = 200) -> bytes:
    """One request; the body of its answer.  Raises BadAnswer for another status."""
    async with wires(port, 1) as (wire,):
        answered: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        wire.ask(request, answered.set_result)
        if (came := await asyncio.wait_for(answered, PATIENCE)) != status:
            raise BadAnswer(f"answered {came} instead of {status}: {wire.body[:200]!r}")
        return wire.body


class _Tally:
    """Counts answers, and ends when all have come."""

    def __init__(self, expected: int) -> None:
        self.waits: list[float] = []
        self._missing = expected
        self._all: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def note(self, due: float, status: int) -> None:
        self.waits.append(time.perf_counter() - due)
        self._missing -= 1
        if not self._all.done():
            if status != 200:
                self._all.set_exception(BadAnswer(f"answered {status} under load"))
            elif not self._missing:
                self._all.set_result(None)

    async def complete(self) -> list[float]:
        try:
            await asyncio.wait_for(self._all, PATIENCE + 60)
        except TimeoutError:
            raise BadAnswer(f"{self._missing} requests were never answered") from None
        return self.waits


async def closed(port: int, requests: Sequence[bytes], connections: int = 16) -> Load:
    """Ask everything, as fast as the answers come."""
    tally, left = _Tally(len(requests)), iter(requests)
    began = time.perf_counter()
    async with wires(port, min(connections, len(requests))) as made:
        for wire in made:
            _again(wire, left, tally)
        return Load(await tally.complete(), time.perf_counter() - began)


def _again(wire: Wire, left: Iterator[bytes], tally: _Tally) -> None:
    request = next(left, None)
    if request is None:
        return
    began = time.perf_counter()

    def done(status: int) -> None:
        tally.note(began, status)
        if status:
            _again(wire, left, tally)

    wire.ask(request, done)


async def opened(port: int, requests: Sequence[bytes], rate: float, seed: int) -> Load:
    """Ask everything at `rate` a second on average; the same seed arrives at the same times."""
    dice = random.Random(seed)  # noqa: S311 - arrival times, no secret
    tally, waiting = _Tally(len(requests)), deque[tuple[bytes, float]]()
    async with wires(port, CLIENTS) as made:
        idle = deque(made)

        def send(wire: Wire, request: bytes, due: float) -> None:
            def done(status: int) -> None:
                tally.note(due, status)
                if waiting:
                    send(wire, *waiting.popleft())
                else:
                    idle.append(wire)

            wire.ask(request, done)

        began = due = time.perf_counter() + 0.05
        for request in requests:
            due += dice.expovariate(rate)
            await _until(due)
            if idle:
                send(idle.popleft(), request, due)  # the one that rested longest: none rests until it is hung up
            else:
                waiting.append((request, due))
        return Load(await tally.complete(), time.perf_counter() - began)


async def _until(due: float) -> None:
    while (left := due - time.perf_counter()) > 0:  # noqa: ASYNC110 - nothing happens then but time
        await asyncio.sleep(left - SPIN if left > SPIN else 0)
