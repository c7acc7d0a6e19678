"""What an outcome means for its message: sent, sent later, sent elsewhere, failed, or in doubt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.address import Address
from bot.people import Handle
from bot.surface import Absent, CannotLook, Delivered, Gone, InDoubt, LookedUp, Outcome, TryLater
from storage import delivery, rates
from storage.delivery import SETTLE, Ticket
from storage.outbox import OnUnknown
from storage.people import People
from storage.rates import LOOKING
from storage.work import Work

TRIES = 5  # of drawing, or of sending what then turns out not to be there
FIRST_DELAY = timedelta(minutes=1)  # before the second try; doubled for each more
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of one delivery or look-up."""

    ticket: Ticket
    to: Address | None  # none: it was not even begun
    outcome: Outcome | LookedUp  # a look-up that failed is in doubt, too
    method: str


def record(work: Work, finished: Iterable[Finished], limits: rates.Limits) -> None:
    """Record them all together, in the order of their workspaces, so that replicas lock buckets in the same order."""
    endings = delivery.Endings(work)
    for one in sorted(finished, key=lambda one: (one.ticket.platform, one.ticket.workspace, one.ticket.id)):
        if isinstance(one.outcome, TryLater) and one.outcome.throttled:
            until = work.database_now + one.outcome.after
            rates.block(work, one.ticket.platform, one.ticket.workspace, one.method, until=until, limits=limits)
        if one.method == LOOKING:
            _looked_up(work, endings, one)
        else:
            _delivered(work, endings, one)
    endings.write()


def named(outcome: Outcome | LookedUp) -> str:
    """An outcome by its name, as it is counted; being asked to slow down has one of its own."""
    throttled = isinstance(outcome, TryLater) and outcome.throttled
    return "Throttled" if throttled else type(outcome).__name__


def again_after(work: Work, ticket: Ticket, outcome: str) -> timedelta | None:
    """How long to wait before the next try, when this one ended so too; None after `TRIES`."""
    before = delivery.tries(work, ticket, outcome)
    return FIRST_DELAY * 2**before if before + 1 < TRIES else None


def _delivered(work: Work, endings: delivery.Endings, one: Finished) -> None:
    match one.outcome:
        case Delivered(receipt):
            endings.sent(one.ticket, receipt)
        case TryLater(after):
            endings.sent_later(one.ticket, after, "throttled" if one.outcome.throttled else "later")
        case Gone(reason, handle_is_dead):
            elsewhere = _elsewhere(work, one) if handle_is_dead else None
            if elsewhere:
                endings.sent_elsewhere(one.ticket, elsewhere, f"gone:{reason}")
            else:
                endings.failed(one.ticket, f"gone:{reason}")
        case InDoubt(reason):
            endings.doubted(one.ticket, reason)
        case _:
            endings.doubted(one.ticket, type(one.outcome).__name__)


def _looked_up(work: Work, endings: delivery.Endings, one: Finished) -> None:
    ticket = one.ticket
    match one.outcome:
        case Delivered(receipt):
            endings.sent(ticket, receipt)
        case Absent():
            if (after := again_after(work, ticket, delivery.ABSENT)) is None:
                endings.failed(ticket, delivery.ABSENT)
            else:
                endings.sent_later(ticket, after - FIRST_DELAY, delivery.ABSENT)  # the first time at once
        case CannotLook():
            resend = ticket.on_unknown in {OnUnknown.RESEND, OnUnknown.LOOKUP_RESEND}
            if resend and ticket.expires_at > work.database_now:
                endings.sent_later(ticket, timedelta(), "resent")
            else:
                endings.unknown(ticket, "unknown")
        case other if ticket.expires_at <= work.database_now:  # it would not be sent again anyway
            endings.unknown(ticket, type(other).__name__)
        case TryLater(after):
            endings.look_again(ticket, after, "look_up:later")
        case other:
            endings.look_again(ticket, SETTLE, f"look_up:{type(other).__name__}")


def _elsewhere(work: Work, one: Finished) -> Address | None:
    """Another place to reach the member of a message whose handle is dead, which is remembered."""
    if one.to is None or not one.to.user:
        return None
    people = People(work, one.ticket.community)
    people.lose(Handle(one.to.surface, one.to.tenant, one.to.user))
    found = people.address(one.ticket.member) if one.ticket.member else None
    return found if found != one.to else None
