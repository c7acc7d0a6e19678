"""Work too long for one transaction: steps that each are one, and thinking between them in a thread of its own.

An errand is a plain generator.  What it yields is run in a transaction and the result is sent back; what it does in
between holds up neither the event loop nor a writer.  It may end anywhere, so whatever it writes is invisible, or
harmless when it is written once more, until its last step.
"""

import asyncio
import contextlib
from collections.abc import Callable, Collection, Generator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog

from bot.surface import Parcel
from storage.engine import Database
from storage.work import Work

R = TypeVar("R")
PATIENCE = 1.5  # seconds; a platform waits three for an answer
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Look:
    """A step that only reads."""

    read: Callable[[Work], Any]


@dataclass(frozen=True, slots=True)
class Scrub:
    """A step after rows of these tables were deleted: what the database keeps of them is cleaned away."""

    tables: tuple[str, ...]


Step = Callable[[Work], Any] | Look | Scrub
Errand = Generator[Step, Any, R]
Due = Callable[[Work], Sequence[Errand[Any]]]
"""The errands of a feature whose time has come, begun by the clock; each may be begun again."""
Polite = Callable[[Work, str, Collection[str], str], Collection[str]]
"""`(work, community, members, kind)`: to whom of them a message of this kind may be said now; only reads."""
Quiet = Callable[[Work, Polite], Sequence[Parcel]]
"""Messages of a feature that no row may tell of: sent once by the clock, `untraced`, and forgotten."""


async def run(database: Database, errand: Errand[R]) -> R:
    """To the end.  Raises Unavailable, or what the errand raises."""
    found: Any = None
    try:
        while True:
            step, ended, result = await asyncio.to_thread(_next, errand, found)
            if ended or step is None:
                return result  # type: ignore[no-any-return] # what the errand returned
            if isinstance(step, Scrub):
                found = None
                await database.scrub(step.tables)
            else:
                found = await (database.look(step.read) if isinstance(step, Look) else database.tx(step))
    finally:
        with contextlib.suppress(ValueError):  # cancelled in the middle of a thought, which ends at its next step
            errand.close()


def _next(errand: Errand[Any], found: Any) -> tuple[Step | None, bool, Any]:
    """The next step, or that it has ended and with what: no thread can pass a StopIteration on."""
    try:
        return errand.send(found), False, None
    except StopIteration as end:
        return None, True, end.value


class Background:
    """Errands that go on while their answer has been given."""

    def __init__(self, database: Database, patience: float = PATIENCE) -> None:
        self._database, self._patience = database, patience
        self._tasks: set[asyncio.Task[Any]] = set()

    async def begin(self, errand: Errand[R]) -> R | None:
        """Begin it; what it returns, or None when that takes longer, or it fails."""
        task = asyncio.create_task(run(self._database, errand))
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        done, _ = await asyncio.wait({task}, timeout=self._patience)
        return None if not done or task.cancelled() or task.exception() else task.result()

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (surprise := task.exception()):
            log.warning("errand ended early", error=type(surprise).__name__)  # its words might hold a row
