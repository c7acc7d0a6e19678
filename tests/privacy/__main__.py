"""`python -m tests.privacy [--databases N] [--people N] [--sqlite-only]`: the attack gate at full size.

Surveys on fresh databases of each engine, answered through the bot on one surface after the other, attacked open,
killed in the middle of the close, and closed; all channels of all databases go through one Holm correction, so that an
honest run fails once in a hundred times.  Then every planted leak, and code broken on purpose: each has to be found.
Ends with 1 when something leaks or a leak was missed.
"""

import argparse
import asyncio
import secrets
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from unittest import mock

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from storage import ballots, questions, schema
from storage.boxes import SurveyKey
from storage.clock import MovableClock
from storage.engine import Database
from storage.engine import database as open_database
from storage.keys import Keys
from storage.tally import Tally
from tests.community import SURFACES
from tests.conftest import on_server, on_this_server
from tests.privacy import chance, planted
from tests.privacy.attack import Attack, Found
from tests.privacy.story import Story

LEVEL = 0.01
CRASHES = (1, 4, 6)  # steps of the close before the process is killed: shut, counting, published


@contextmanager
def _fresh(engine: str) -> Iterator[tuple[Database, MovableClock]]:
    """A migrated database of its own."""
    clock = MovableClock()
    with tempfile.TemporaryDirectory(prefix="enishi-privacy-") as folder:
        name = f"enishi_privacy_{secrets.token_hex(6)}"
        url = f"sqlite:///{folder}/enishi.db" if engine == "SQLite" else on_this_server(name)
        if engine != "SQLite":
            asyncio.run(on_server(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"))
        try:
            schema.migrate(url)
            yield open_database(url, Keys.fresh(), clock), clock
        finally:
            if engine != "SQLite":
                asyncio.run(on_server(f"DROP DATABASE {name} WITH (FORCE)"))


def attack(engine: str, people: int, crash: int, surface: str = SURFACES[0]) -> Found:
    """One survey on a fresh database, answered on one surface."""

    async def tell(database: Database, clock: MovableClock) -> Found:
        await database.open()
        try:
            async with Story.told(database, clock, people, surface) as story:
                await story.everybody_answers()
                await story.closes(crash=crash)
                return story.attacked(story.copy(journal=True))
        finally:
            await database.close()

    with _fresh(engine) as (database, clock):
        return asyncio.run(tell(database, clock))


def battery(engine: str, people: int) -> dict[str, bool]:
    """Each planted leak, and whether it was found."""

    async def tell(database: Database, clock: MovableClock) -> dict[str, bool]:
        await database.open()
        try:
            async with Story.told(database, clock, people) as story:
                await story.everybody_answers()
                await story.closes()
                found = {}
                for name in planted.LEAKS:
                    await planted.plant(database, name, story.truth)
                    found[name] = bool(Attack(story.thief, story.truth, story.copy()).run().leaks(LEVEL))
                return found
        finally:
            await database.close()

    with _fresh(engine) as (database, clock):
        return asyncio.run(tell(database, clock))


def _unpadded(asked: questions.Manifest, answer: questions.Answer, receipt: bytes) -> bytes:
    return questions.padded(asked, answer, receipt).rstrip()


def _unsorted(found: Tally) -> None:
    found.receipts.sort()


def broken(engine: str, people: int) -> dict[str, bool]:
    """Our own code with one safeguard taken out, and whether that is found."""
    breaks: dict[str, Any] = {
        "answers are not padded": mock.patch.object(ballots, "padded", _unpadded),
        "texts are not shuffled": mock.patch.object(Tally, "shuffle", _unsorted),
        "answers are not sealed": mock.patch.object(SurveyKey, "seal", lambda _key, plain, *_: plain),
    }
    found = {}
    for name, safeguard in breaks.items():
        opened: Any = mock.patch.object(SurveyKey, "open", lambda _key, sealed, *_: sealed)
        with safeguard, opened if "are not sealed" in name else nullcontext():
            found[name] = bool(attack(engine, people, CRASHES[0]).leaks(LEVEL))
    return found


def main() -> int:
    """Attack, and tell."""
    reading = argparse.ArgumentParser(prog="python -m tests.privacy", description=__doc__)
    reading.add_argument("--databases", type=int, default=3, help="of each engine")
    reading.add_argument("--people", type=int, default=40)
    reading.add_argument("--sqlite-only", action="store_true")
    said = reading.parse_args()
    engines = ["SQLite"] if said.sqlite_only else ["SQLite", "PostgreSQL"]
    console, raw, readable = Console(soft_wrap=True), dict[str, float](), list[str]()
    missed: list[str] = []
    columns = (TextColumn("{task.description:<44}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(engines) * (said.databases + 2))
        for engine in engines:
            pooled: Counter[str] = Counter()
            for number in range(said.databases):
                progress.update(task, description=f"{engine}: database {number + 1}")
                surface = SURFACES[number % len(SURFACES)]
                found = attack(engine, said.people, CRASHES[number % len(CRASHES)], surface)
                raw |= {f"{engine} {number + 1}: {name}": p for name, p in found.raw.items()}
                readable += [f"{engine} {number + 1}: {one}" for one in found.readable]
                pooled.update(found.correct)
                best = max(found.correct.values(), default=0)
                told = f"{len(found.raw)} channels; best guess {best} of {said.people} right"
                progress.console.print(
                    f"{engine}, database {number + 1} ({surface}): {told}; smallest p {min(found.raw.values()):.2g}"
                )
                progress.advance(task)
            raw |= {f"{engine}, pooled: {name}": chance.in_all(n, said.databases) for name, n in pooled.items()}
            for what, run in (("planted leaks", battery), ("safeguards taken out", broken)):
                progress.update(task, description=f"{engine}: {what}")
                results = run(engine, said.people)
                missed += [f"{engine}: {name}" for name, bites in results.items() if not bites]
                progress.console.print(f"{engine}, {what}: {sum(results.values())} of {len(results)} found")
                progress.advance(task)
    chances = chance.adjusted(raw)
    leaks = [*readable, *(f"{name} (p = {p:.2g})" for name, p in chances.items() if p < LEVEL)]
    console.print(f"All {len(raw)} channels together: smallest p after Holm {min(chances.values()):.2g}")
    for words, wrong in (("LEAK", leaks), ("NOT FOUND", missed)):
        for one in wrong:
            console.print(f"{words}: {one}", style="bold red")
    if not leaks and not missed:
        console.print("Nothing links an answer to its author, and every planted leak was found.", style="green")
    return 1 if leaks or missed else 0


if __name__ == "__main__":
    sys.exit(main())
