"""What stories about the clock need: a community, a feature, and a surface that loses its nerve when told to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from starlette.routing import BaseRoute

from bot.address import Address
from bot.cards import Card, sentence
from bot.people import Handle
from bot.surface import Absent, CannotLook, Delivered, LookedUp, Outcome, Parcel
from scheduler.sending import Sender
from storage import communities
from storage.clock import MovableClock
from storage.delivery import SETTLE
from storage.engine import Database
from storage.outbox import Draft, Nudge, OnUnknown, Outbox, Posted, State
from storage.rates import UNLIMITED
from storage.work import Work

KIND = "story.nudge"
FREELY = {("slack", "deliver"): UNLIMITED, ("slack", "look_up"): UNLIMITED}


class Killed(BaseException):
    """The process dies here."""


@dataclass
class FakeChat:
    """A platform that never deduplicates.  `says` decides about each delivery; by default it accepts."""

    name: str = "slack"
    accepted: list[Parcel] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    can_look: bool = True
    says: Callable[[Parcel], Outcome | None] = lambda _parcel: None

    def routes(self) -> list[BaseRoute]:
        return []

    async def start(self) -> None:
        pass

    async def stop(self) -> None:
        pass

    async def deliver(self, parcel: Parcel) -> Outcome:
        outcome = self.says(parcel)
        if outcome is None or isinstance(outcome, Delivered):
            self.accepted.append(parcel)
        return outcome or Delivered(f"receipt of {parcel.key}")

    async def look_up(self, parcel: Parcel) -> LookedUp:
        self.looked_up.append(parcel.key)
        if not self.can_look:
            return CannotLook()
        found = any(other.key == parcel.key for other in self.accepted)
        return Delivered(f"receipt of {parcel.key}") if found else Absent()

    @property
    def texts(self) -> list[str]:
        return [parcel.card.summary for parcel in self.accepted]


def draw(_work: Work, nudge: Nudge) -> Card | None:
    return sentence(str(nudge.params.get("text", nudge.key)))


@dataclass
class Stage:
    """One community with an outbox, a sender and a fake chat."""

    database: Database
    clock: MovableClock
    community: str
    chat: FakeChat
    sender: Sender

    async def write(self, *names: str, **more: object) -> None:
        """Put messages into the outbox, due now, for a day."""

        def add(work: Work) -> None:
            now = work.database_now
            fixed: dict[str, object] = {"due_at": now, "expires_at": now + timedelta(days=1), "member": None, **more}
            to = fixed.pop("to", None)
            drafts = [
                Draft(key=name, kind=KIND, to=to or direct(name), **fixed)  # type: ignore[arg-type] # fields by name
                for name in names
            ]
            Outbox(work, self.community).add(drafts)

        await self.database.tx(add)

    async def posted(self) -> dict[str, Posted]:
        """What became of every message."""
        found = await self.database.look(lambda work: Outbox(work, self.community).last(limit=1000))
        return {posted.key: posted for posted in found}

    async def states(self) -> dict[str, State]:
        return {key: posted.state for key, posted in (await self.posted()).items()}

    async def settles(self) -> None:
        """Time enough passes for what is in doubt to be looked up; then the sender runs."""
        self.clock.forward(SETTLE + timedelta(seconds=1))
        await self.sender.drain()

    async def restarts(self, drawers: dict[str, Callable[[Work, Nudge], Card | None]] | None = None) -> None:
        """The process was killed; another one starts, which knows nothing but the database."""
        self.sender = Sender(self.database, {self.chat.name: self.chat}, drawers or {KIND: draw}, limits=FREELY)


def direct(user: str) -> Address:
    return Address.direct(Handle("slack", "T1", user))


async def build(database: Database, clock: MovableClock) -> Stage:
    community = (await database.tx(lambda work: communities.found(work, "Story"))).id
    chat = FakeChat()
    stage = Stage(database, clock, community, chat, Sender(database, {"slack": chat}, {KIND: draw}, limits=FREELY))
    await stage.restarts()
    return stage


POLICIES = {
    OnUnknown.LOOKUP_RESEND: State.SENT,
    OnUnknown.LOOKUP_DROP: State.UNKNOWN,
    OnUnknown.RESEND: State.SENT,
    OnUnknown.DROP: State.UNKNOWN,
}
