"""What the figures were measured on."""

import os
import platform
import sqlite3
import tempfile
import time
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]  # it brings no types

BUSY = 0.5  # load average a core from which figures of others' work are in ours
LIBRARIES = ("slack-bolt", "starlette", "uvicorn", "uvloop", "SQLAlchemy", "asyncpg", "psycopg", "aiohttp")


def told(folder: Path) -> dict[str, Any]:
    """Facts for the head of the table; `folder` is where the SQLite files lie."""
    load = os.getloadavg()[0]
    return {
        "cores": os.cpu_count(),
        "cpu": _cpu(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "libraries": {name: version(name) for name in LIBRARIES},
        "fdatasync_ms": round(_fdatasync(folder) * 1000, 3),
        "load_average": load,
        "busy": load > BUSY * (os.cpu_count() or 1),
    }


async def postgres_version(url: str) -> str:
    """As the server says it."""
    connection = await asyncpg.connect(url)
    try:
        return str(await connection.fetchval("SHOW server_version"))
    finally:
        await connection.close()


def _cpu() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _fdatasync(folder: Path, times: int = 50) -> float:
    """Seconds until 4 KiB are on the disk: the time no durable commit can be faster than; the median."""
    sync = getattr(os, "fdatasync", os.fsync)
    took = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(times):
            began = time.perf_counter()
            os.pwrite(file.fileno(), b"x" * 4096, 0)
            sync(file.fileno())
            took.append(time.perf_counter() - began)
    return sorted(took)[times // 2]
