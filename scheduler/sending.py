"""Records what became of messages, claims what is due, delivers it, and looks up what is in doubt.

What is promised: no message is lost, and none is doubled where its surface can be looked up, as long as
`GUARD + DELIVERY_TIMEOUT + the platform's own delay < SETTLE`; elsewhere the messages in flight during a crash are
resolved by their kind's policy, visibly (`measured.md`, scale).
"""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import groupby

import structlog

from bot.address import Address
from bot.cards import Card, stamped
from bot.language import LANGUAGES
from bot.surface import CannotLook, InDoubt, LookedUp, Outcome, Parcel, Surface, TryLater, Unavailable
from scheduler.courtesy import Courtesy
from scheduler.recording import Finished, again_after, named, record
from storage import delivery, ids, rates
from storage.delivery import Ticket
from storage.engine import Database
from storage.outbox import Drawer, Nudge, OnUnknown
from storage.rates import DELIVERING, LOOKING
from storage.work import Work

GUARD = 5.0  # seconds after its claim began that a delivery may still be started
DELIVERY_TIMEOUT = 10.0  # seconds a surface may take for one message
IN_FLIGHT = 15  # messages a surface delivers at once: what a crash may leave in doubt (`measured.md`, scale)
LOOK_EVERY = 0.5  # seconds between two looks at what is too late or in doubt, while there is something to send
PATIENCE = 1.0  # seconds a round waits for its deliveries before the next one may begin
UNREAD = Card("")  # a look-up goes by the message's key
_Drawn = tuple[Nudge, Card | None, dict[str, Card]]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sent:
    """What a round did."""

    claimed: int = 0  # deliveries begun
    looked_up: int = 0  # look-ups begun
    expired: int = 0
    settled: int = 0  # cancelled, put off or given up without a delivery
    outcomes: Counter[str] = field(default_factory=Counter)  # recorded, by class name
    unavailable: bool = False

    @property
    def idle(self) -> bool:
        """Nothing was done."""
        return not (self.claimed or self.looked_up or self.expired or self.settled or self.outcomes)


@dataclass(slots=True)
class _Round:
    looking: bool  # also for what is too late or in doubt
    careful: bool = False  # each message behind a savepoint
    deliveries: list[tuple[Ticket, Parcel]] = field(default_factory=list)
    look_ups: list[tuple[Ticket, Parcel]] = field(default_factory=list)
    expired: int = 0
    settled: int = 0


class Sender:
    """Sends what the outbox holds, over the given surfaces, by name.  Any number of replicas may run one."""

    def __init__(
        self,
        database: Database,
        surfaces: Mapping[str, Surface],
        drawers: Mapping[str, Drawer],
        *,
        courtesy: Courtesy | None = None,
        limits: rates.Limits = rates.LIMITS,
        in_flight: int = IN_FLIGHT,
    ) -> None:
        self._database, self._surfaces, self._drawers = database, surfaces, drawers
        self._courtesy = courtesy or Courtesy({})
        self._limits, self._in_flight = limits, in_flight
        self._owner = ids.fresh()
        self._finished: list[Finished] = []
        self._flying: dict[asyncio.Task[None], str] = {}
        self._rounds = 0
        self._looked, self._busy = 0.0, False
        self.outcomes: Counter[str] = Counter()  # recorded since the start, by name
        self.expired = 0  # since the start
        self._ended = time.monotonic()
        self._still, self._landed = 0, asyncio.Event()
        self._one_round = asyncio.Lock()

    @property
    def quiet(self) -> float:
        """Seconds since it finished a round, or was made."""
        return time.monotonic() - self._ended

    async def pump(self) -> Sent:
        """One round: one transaction, then what it claimed is delivered; the next round records what became of it.

        A delivery that takes longer than `PATIENCE` goes on during later rounds.
        """
        async with self._one_round:
            return await self._pump(claiming=True)

    async def drain(self) -> Sent:
        """Rounds until nothing more can be sent now.  Returns what they did together."""
        total = Sent()
        while True:
            async with self._one_round:
                sent = await self._pump(claiming=True, overlapping=True)
            total = Sent(
                total.claimed + sent.claimed,
                total.looked_up + sent.looked_up,
                total.expired + sent.expired,
                total.settled + sent.settled,
                total.outcomes + sent.outcomes,
                sent.unavailable,
            )
            if sent.unavailable or (sent.idle and not self._flying and not self._finished):
                return total

    async def close(self) -> None:
        """Let what is in flight arrive, and record it."""
        async with self._one_round:
            if self._flying:
                await asyncio.wait(self._flying, timeout=DELIVERY_TIMEOUT)
            await self._pump(claiming=False)

    async def _landing(self, still: int) -> None:
        """Wait until only so many are in flight, or `PATIENCE` is over."""
        self._still, self._landed = still, asyncio.Event()
        if len(self._flying) > still:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await self._landed.wait()

    def _lands(self, task: asyncio.Task[None]) -> None:
        self._flying.pop(task)
        if len(self._flying) <= self._still:
            self._landed.set()

    async def _pump(self, *, claiming: bool, overlapping: bool = False) -> Sent:
        began = _Since()
        finished = list(self._finished)
        self._rounds += 1
        flying = Counter(self._flying.values())
        room = {name: self._in_flight - flying[name] for name in self._surfaces if claiming}
        looking = began.at - self._looked >= LOOK_EVERY or not self._busy
        try:
            this = await self._transaction(finished, room, looking=looking)
        except Unavailable:  # the engine has logged it; what was not recorded is recorded by the next round
            self._ended = time.monotonic()
            return Sent(unavailable=True)
        except Exception:
            del self._finished[: len(finished)]  # not again and again: without a record these are looked up
            raise
        del self._finished[: len(finished)]
        self._looked = began.at if looking else self._looked
        self._busy = bool(this.deliveries)
        for ticket, parcel in this.deliveries:
            self._start(ticket.platform, self._deliver(ticket, parcel, began))
        for ticket, parcel in this.look_ups:
            self._start(ticket.platform, self._look_up(ticket, parcel))
        await self._landing(len(self._flying) // 2 if overlapping else 0)
        outcomes = Counter(named(one.outcome) for one in finished)
        self.outcomes += outcomes
        self.expired += this.expired
        self._ended = time.monotonic()
        return Sent(len(this.deliveries), len(this.look_ups), this.expired, this.settled, outcomes)

    # --- in the transaction ----------------------------------------------------------------------

    async def _transaction(self, finished: list[Finished], room: Mapping[str, int], *, looking: bool) -> _Round:
        """One transaction; once more, with each message behind a savepoint, when one of them cannot be drawn."""
        try:
            return await self._database.tx(lambda work: self._transact(work, _Round(looking), finished, room))
        except _NotDrawn:
            careful = _Round(looking, careful=True)
            return await self._database.tx(lambda work: self._transact(work, careful, finished, room))

    def _transact(self, work: Work, this: _Round, finished: list[Finished], room: Mapping[str, int]) -> _Round:
        record(work, finished, self._limits)
        this.expired = delivery.expire_everywhere(work) if this.looking else 0
        for platform, free in room.items():
            taken = self._take_doubtful(work, this, platform, free) if this.looking else 0
            self._take_due(work, this, platform, free - taken)
        return this

    def _take_doubtful(self, work: Work, this: _Round, platform: str, free: int) -> int:
        """Look-ups to begin; what is not to be looked up is decided at once.  How many of the free places are taken."""
        if free <= 0:
            return 0
        looked, blind = [], []
        for ticket in delivery.doubtful_everywhere(work, platform, free, self._owner):
            if ticket.on_unknown in {OnUnknown.RESEND, OnUnknown.DROP}:
                blind.append(Finished(ticket, None, CannotLook(), LOOKING))
                continue
            taken = rates.lock_bucket(work, platform, ticket.workspace, LOOKING, self._limits)
            if taken is None or not taken.available:
                continue  # it was taken over just now, and is in doubt again when that has settled
            rates.spend(work, taken, 1)
            looked.append(ticket)
        record(work, blind, self._limits)
        this.settled += len(blind)
        found = self._parcels(work, this, looked, draw=False)
        this.look_ups += found
        return len(found)

    def _take_due(self, work: Work, this: _Round, platform: str, free: int) -> None:
        """What can be sent now, in equal shares for the workspaces, each round beginning with another one."""
        found = groupby(delivery.queues(work, platform), key=lambda queue: queue.workspace)
        workspaces = [(name, list(queues)) for name, queues in found]
        turn = self._rounds % len(workspaces) if workspaces else 0
        for place, (workspace, queues) in enumerate(workspaces[turn:] + workspaces[:turn]):
            if free <= 0:
                return
            taken = rates.lock_bucket(work, platform, workspace, DELIVERING, self._limits)
            if taken is None or not taken.available:
                continue
            share = -(-free // (len(workspaces) - place))
            due = delivery.due(work, platform, queues, min(share, taken.available), self._rounds)
            polite = self._courtesy.admit(work, due)
            drawn = self._parcels(work, this, polite.tickets, draw=True)
            ours = delivery.claim(work, [ticket for ticket, _ in drawn], self._owner)
            drawn = [(ticket, parcel) for ticket, parcel in drawn if ticket.id in ours]
            polite.claimed(work, [ticket for ticket, _ in drawn])
            rates.spend(work, taken, len(drawn))
            this.deliveries += drawn
            this.settled += len(due) - polite.left - len(drawn)
            free -= len(drawn)

    def _parcels(
        self, work: Work, this: _Round, tickets: Sequence[Ticket], *, draw: bool
    ) -> list[tuple[Ticket, Parcel]]:
        """The messages as they go out.  Of one that does not, the reason has been recorded.  Raises _NotDrawn."""
        if this.careful:
            drawn = [(ticket, *found) for ticket in tickets if (found := self._drawn_alone(work, ticket, draw=draw))]
        else:
            try:
                drawn = [(ticket, *self._drawn(work, ticket, draw=draw)) for ticket in tickets]
            except Exception:  # noqa: BLE001 - whose it is shows when it is done again, one by one
                raise _NotDrawn from None
        return [
            (ticket, parcel)
            for ticket, nudge, card, versions in drawn
            if (parcel := self._parcel(work, ticket, nudge, card, versions, draw=draw))
        ]

    def _drawn(self, work: Work, ticket: Ticket, *, draw: bool) -> _Drawn:
        nudge = ticket.open(work)
        card = self._drawers[ticket.kind](work, nudge) if draw else UNREAD
        on_board = card and draw and nudge.to == Address.board(ticket.community)
        return nudge, card, self._versions(work, nudge) if on_board else {}

    def _drawn_alone(self, work: Work, ticket: Ticket, *, draw: bool) -> _Drawn | None:
        try:
            with work.connection.begin_nested():  # what a drawer breaks is undone, and the others go on
                return self._drawn(work, ticket, draw=draw)
        except Exception as error:  # noqa: BLE001 - one feature's mistake must not stop the others
            why = type(error).__name__
            log.error("nudge not drawn", kind=ticket.kind, error=why)  # noqa: TRY400 - a traceback may hold content
            if draw:
                delivery.not_drawn(work, ticket, again_after(work, ticket, delivery.DRAW_FAILED), why)
            return None

    def _parcel(
        self, work: Work, ticket: Ticket, nudge: Nudge, card: Card | None, versions: dict[str, Card], *, draw: bool
    ) -> Parcel | None:
        """The message as it goes out; None when it does not, for which the reason has been recorded."""
        if card is None:
            delivery.cancelled(work, ticket)
            return None
        if draw and (at := rates.wait_for_room(work, nudge.to)):
            delivery.put_off(work, ticket, at)
            return None
        receipt = ""
        if ticket.replaces:
            found, may_come = delivery.receipt_replaced(work, ticket)
            if found is None:
                if may_come:
                    delivery.put_off(work, ticket, work.database_now + delivery.SETTLE)
                else:
                    delivery.cancelled(work, ticket)
                return None
            receipt = found
        return Parcel(ticket.id, ticket.community, nudge.to, stamped(card, ticket.community), receipt, versions)

    def _versions(self, work: Work, nudge: Nudge) -> dict[str, Card]:
        """The same card in each language."""
        drawn = {one: self._drawers[nudge.kind](work, replace(nudge, language=one)) for one in LANGUAGES}
        return {one: stamped(card, nudge.community) for one, card in drawn.items() if card}

    # --- after the commit ------------------------------------------------------------------------

    def _start(self, platform: str, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._flying[task] = platform
        task.add_done_callback(self._lands)

    async def _deliver(self, ticket: Ticket, parcel: Parcel, began: "_Since") -> None:
        outcome: Outcome
        if began.seconds() > GUARD:  # somebody may be looking this one up already: better not at all than late
            outcome = TryLater(timedelta())
        else:
            try:
                async with asyncio.timeout(DELIVERY_TIMEOUT):
                    outcome = await self._surfaces[ticket.platform].deliver(parcel)
            except Exception as error:  # noqa: BLE001 - a surface's mistake: nobody knows what it did
                outcome = InDoubt(self._surprise(ticket, error))
        self._finished.append(Finished(ticket, parcel.to, outcome, DELIVERING))

    async def _look_up(self, ticket: Ticket, parcel: Parcel) -> None:
        outcome: LookedUp | InDoubt
        try:
            async with asyncio.timeout(DELIVERY_TIMEOUT):
                outcome = await self._surfaces[ticket.platform].look_up(parcel)
        except Exception as error:  # noqa: BLE001 - a surface's mistake: nobody knows what it did
            outcome = InDoubt(self._surprise(ticket, error))
        self._finished.append(Finished(ticket, parcel.to, outcome, LOOKING))

    @staticmethod
    def _surprise(ticket: Ticket, error: Exception) -> str:
        why = type(error).__name__
        log.error("surface failed", surface=ticket.platform, kind=ticket.kind, error=why)
        return why


class _NotDrawn(Exception):
    """One of several messages could not be drawn; the transaction is undone."""


class _Since:
    """How long ago it was made, by the clock that ran further: one stands still while the machine sleeps, one jumps."""

    def __init__(self) -> None:
        self.at, self._wall = time.monotonic(), time.time()

    def seconds(self) -> float:
        return max(time.monotonic() - self.at, time.time() - self._wall)
