"""What `doctor` asks of the memory: keys, database, migrations, clock and zones."""

import asyncio
import stat
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa

from bot.findings import Finding, Level
from bot.surface import Unavailable
from storage import keys as key_files
from storage import schema, switches
from storage.clock import SystemClock
from storage.engine import InUse, StorageProblem, database
from storage.work import Work

SKEW = timedelta(seconds=30)  # Slack refuses signatures older than 300 s, and replicas compare by the database's clock


def check(url: str, keys: Path) -> list[Finding]:
    """Look at everything; what cannot be looked at is a finding."""
    found = [*_keys(keys), _zones()]
    if any(finding.level is Level.BAD for finding in found):
        return found
    return [*found, *asyncio.run(_database(url, key_files.load(keys)))]


def _keys(folder: Path) -> list[Finding]:
    try:
        key_files.load(folder)
    except key_files.KeyProblem as problem:
        if not folder.exists():
            return [
                Finding(Level.BAD, "keys", f"{folder} does not exist yet: run `python app.py migrate` (ENISHI_KEYS)")
            ]
        return [Finding(Level.BAD, "keys", str(problem))]
    open_to_others = stat.S_IMODE(folder.stat().st_mode) & 0o077
    if open_to_others:
        return [Finding(Level.NOTE, "keys", f"others can look into {folder} (ENISHI_KEYS): chmod 700 {folder}")]
    words = f"{folder} holds the three key files; keep a copy apart from the database's"
    return [Finding(Level.GOOD, "keys", words), *switches.folder(folder)]


def _zones() -> Finding:
    try:
        ZoneInfo("Asia/Tokyo")
    except ZoneInfoNotFoundError:
        return Finding(Level.BAD, "time zones", "this Python has no zone database: install the package tzdata")
    return Finding(Level.GOOD, "time zones", "the zone database is there")


async def _database(url: str, keys: key_files.Keys) -> list[Finding]:
    try:
        memory = database(url, keys, SystemClock())
        await memory.open()
    except InUse:
        return [Finding(Level.GOOD, "database", f"{url} is in use by a running server, so it was not looked into")]
    except StorageProblem as problem:
        return [Finding(Level.BAD, "database", str(problem))]
    found = [Finding(Level.GOOD, "database", url.rpartition("@")[2])]
    try:
        if await asyncio.to_thread(schema.is_current, url):
            found.append(Finding(Level.GOOD, "migrations", schema.head()))
            await memory.tx(schema.check_keys)
            found += await memory.tx(switches.look)
        else:
            found.append(Finding(Level.BAD, "migrations", "the database is older than this version: run `migrate`"))
        skew = abs(await memory.look(_skew))
        late = skew > SKEW
        words = f"{skew.total_seconds():.1f} s between this machine and the database"
        found.append(
            Finding(Level.BAD if late else Level.GOOD, "clock", words + (": synchronise them" if late else ""))
        )
    except key_files.KeyProblem as problem:
        found.append(Finding(Level.BAD, "keys", str(problem)))
    except Unavailable:
        found.append(Finding(Level.BAD, "database", "it does not answer (ENISHI_DATABASE)"))
    finally:
        await memory.close()
    return found


def _skew(work: Work) -> timedelta:
    return work.database_now - work.now


def anybody_there(work: Work) -> None:
    """The smallest question there is."""
    work.connection.execute(sa.text("SELECT 1"))
