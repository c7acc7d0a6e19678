"""When to look: names and intervals.  What is due is in the database; a missed look costs time, never a message."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.courtesy import Courtesy
from scheduler.planning import PLAN_EVERY, plan
from scheduler.sending import Sender
from scheduler.tidying import Leave, tidy
from storage.engine import Database
from storage.outbox import Crowd, Planner

WORK_EVERY = timedelta(seconds=30)
SEND_EVERY = timedelta(seconds=1)
TIDY_EVERY = timedelta(hours=1)
log = structlog.get_logger()


class Clock:
    """Plans, sends and tidies, on every replica, without a leader."""

    def __init__(
        self,
        database: Database,
        planners: Mapping[str, Planner],
        sender: Sender,
        courtesy: Courtesy | None = None,
        leave: Leave | None = None,
        *,
        crowds: Mapping[str, Crowd] | None = None,
        more: Mapping[str, Callable[[], Awaitable[object]]] | None = None,
    ) -> None:
        self._sender = sender
        self._jobs: dict[str, tuple[timedelta, Callable[[], Awaitable[object]]]] = {
            "plan": (PLAN_EVERY, lambda: plan(database, planners, courtesy=courtesy, crowds=crowds)),
            "send": (SEND_EVERY, sender.drain),
            "tidy": (TIDY_EVERY, lambda: tidy(database, leave)),
            **{name: (WORK_EVERY, job) for name, job in (more or {}).items()},
        }
        self._looking = {name: asyncio.Lock() for name in self._jobs}
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        """Begin to look, at once and then at the intervals.  Needs a running event loop."""
        for name, (every, _) in self._jobs.items():
            self._scheduler.add_job(
                self.look,
                "interval",
                [name],
                seconds=every.total_seconds(),
                name=name,
                next_run_time=datetime.now(UTC),
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """Look no more, let what is under way end, and record what was sent."""
        self._scheduler.pause()
        for looking in self._looking.values():
            async with looking:
                pass
        self._scheduler.shutdown(wait=False)
        await self._sender.close()

    async def look(self, name: str) -> None:
        """Do one job ("plan", "send", "tidy" …) now.  Its mistakes are logged; the next look comes anyway."""
        async with self._looking[name]:
            try:
                await self._jobs[name][1]()
            except Exception as error:  # noqa: BLE001 - as the docstring says
                log.error("clock job failed", job=name, error=type(error).__name__)  # noqa: TRY400 - a traceback may hold content
