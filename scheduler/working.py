"""Long work whose time has come, and messages that no row may tell of; of which features, this room does not know.

A quiet message is sent once and forgotten: it stands in no outbox, is not repeated, and nothing says to whom one went.
They go out in the order in which they come, with random gaps, so that no log of ours or of a platform can be laid
beside a list of ours.  A crash loses those that were not sent yet.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from random import SystemRandom

import structlog

from bot.surface import Parcel, Surface, Unavailable
from storage import errands
from storage.engine import Database
from storage.errands import Due, Polite, Quiet
from storage.work import Work

GAP_S = 3.0  # at most, between two quiet messages; platforms let one a second pass
Pause = Callable[[float], Awaitable[None]]
log = structlog.get_logger()


async def work(database: Database, due: Iterable[Due]) -> int:
    """Do what is due, one after the other; how much of it ended.  What ends early is begun again at the next look."""
    ended = 0
    for find in due:
        for errand in await database.look(find):
            try:
                await errands.run(database, errand)
                ended += 1
            except Unavailable:
                return ended
            except Exception as surprise:  # noqa: BLE001 - the next one must not wait for it; its words might hold a row
                log.error("errand ended early", error=type(surprise).__name__)  # noqa: TRY400 - as above
    return ended


async def whisper(
    database: Database,
    surfaces: Mapping[str, Surface],
    quiet: Iterable[Quiet],
    polite: Polite,
    pause: Pause = asyncio.sleep,
) -> None:
    """Send what may leave no trace.  What becomes of a message is not kept, so that all are alike."""
    for find in quiet:
        for parcel in await database.tx(_finding(find, polite)):
            if surface := surfaces.get(parcel.to.surface):
                await pause(SystemRandom().uniform(GAP_S / 3, GAP_S))
                try:
                    await surface.deliver(parcel)
                except Exception as surprise:  # noqa: BLE001 - the next one must not wait for it
                    log.error("not whispered", surface=parcel.to.surface, error=type(surprise).__name__)  # noqa: TRY400 - its words might hold a card


def _finding(quiet: Quiet, polite: Polite) -> Callable[[Work], Sequence[Parcel]]:
    return lambda work: quiet(work, polite)
