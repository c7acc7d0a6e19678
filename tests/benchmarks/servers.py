"""Servers under measurement: each a process of its own, held to one core, with its CPU time and memory."""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

from tests.benchmarks.load import BadAnswer, ask

ROOT = Path(__file__).parents[2]
READY = b"GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
START_S = 60.0  # longer than the slowest machine takes
LOOK_S = 0.002


def cores() -> tuple[int, int]:
    """The core of the servers and the core of the load; the same when there is one."""
    free = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]
    return free[0], free[-1]


def hold_to(core: int, process: int = 0) -> None:
    """Keep a process (0: this thread) on one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(process, {core})


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(slots=True)
class Server:
    """A running server."""

    name: str
    port: int
    process: psutil.Popen
    output: IO[bytes]

    def cpu(self) -> float:
        """CPU seconds so far, user and system, of all its threads."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def resident(self) -> float:
        """Resident memory in MB (10^6 bytes)."""
        return float(self.process.memory_info().rss) / 1e6


def floor_command(kind: str, port: int, *more: str) -> list[str]:
    """One of the floors."""
    return [sys.executable, "-m", "tests.benchmarks.floors", kind, str(port), *more]


ENISHI = [sys.executable, str(ROOT / "app.py")]


def launch(command: Sequence[str], core: int, environment: Mapping[str, str], output: int) -> psutil.Popen:
    """Start a process on a core; of the settings, only those given reach it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ENISHI_")}
    folder = environment.get("ENISHI_KEYS")  # beside the database, where no .env lies
    process = psutil.Popen(
        command,
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
        cwd=Path(folder).parent if folder else ROOT,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
    )
    hold_to(core, process.pid)
    return process


@contextlib.contextmanager
def running(
    name: str, command: Sequence[str], port: int, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Start a server; it is stopped, if need be killed, at the end."""
    with tempfile.TemporaryFile() as output:
        process = launch(command, cores()[0], environment or {}, output.fileno())
        try:
            yield Server(name, port, process, output)
        finally:
            _stop(process)


def _stop(process: psutil.Popen) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):  # it ended by itself
        process.terminate()
        try:
            process.wait(15)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait()


async def ready(server: Server) -> None:
    """Return as soon as /readyz answers.  Raises BadAnswer, with its output, when the process ended or does not."""
    until = time.monotonic() + START_S
    while time.monotonic() < until and server.process.poll() is None:
        with contextlib.suppress(OSError):
            await ask(server.port, READY)
            return
        await asyncio.sleep(LOOK_S)
    server.output.seek(0)
    raise BadAnswer(f"{server.name} does not get ready:\n{server.output.read().decode(errors='replace')[-2000:]}")


@contextlib.asynccontextmanager
async def floor(name: str, kind: str, *more: str) -> AsyncIterator[Server]:
    """A floor, ready."""
    port = free_port()
    with running(name, floor_command(kind, port, *more), port) as server:
        await ready(server)
        yield server


@contextlib.asynccontextmanager
async def enishi(
    name: str, settings: Callable[[int], Mapping[str, str]], command: Sequence[str] = (*ENISHI, "serve")
) -> AsyncIterator[Server]:
    """Enishi, ready; `settings` hears its port."""
    port = free_port()
    with running(f"Enishi on {name}", command, port, settings(port)) as server:
        await ready(server)
        try:
            yield server
        finally:  # in a thread: the stand-ins still answer what is under way
            await asyncio.to_thread(_stop, server.process)
