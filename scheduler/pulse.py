"""How the sender is: what it did since it started, what waits, and whether it is stuck."""

from collections.abc import Sequence

from bot.measures import Figure
from scheduler.sending import Sender
from storage import delivery
from storage.engine import Database

STUCK = 120.0  # seconds without a finished round; one takes a transaction and a second, also when the database is away


def stuck(sender: Sender) -> str:
    """A sentence, when the sender has not finished a round for too long; else ""."""
    quiet = sender.quiet
    return f"the sender has not finished a round for {quiet:.0f} seconds" if quiet > STUCK else ""


async def figures(sender: Sender, database: Database) -> Sequence[Figure]:
    """What waits, from the database, and what this process did.  Raises Unavailable."""
    queues = await database.look(delivery.backlog)
    return [
        Figure("due", "Messages that could leave now", "platform", {one.platform: one.due for one in queues}),
        Figure(
            "oldest_due_seconds",
            "How long the one that is due the longest has been so",
            "platform",
            {one.platform: one.oldest_s for one in queues},
        ),
        Figure("in_doubt", "Perhaps sent, to be looked up", "platform", {one.platform: one.doubtful for one in queues}),
        Figure(
            "unknown", "Perhaps sent, and nobody can tell", "platform", {one.platform: one.unknown for one in queues}
        ),
        Figure(
            "outcomes", "Deliveries and look-ups by what became of them", "outcome", dict(sender.outcomes), counts=True
        ),
        Figure("expired", "Messages that were too late", "", {"": sender.expired}, counts=True),
        Figure("sender_quiet_seconds", "Since the sender finished its last round", "", {"": sender.quiet}),
    ]
