"""The buttons of the deliveries."""

from typing import ClassVar

from bot.actions import Action


class Show(Action):
    """All batches."""

    name: ClassVar[str] = "deliveries.show"


class Look(Action):
    """One batch."""

    name: ClassVar[str] = "deliveries.look"
    batch: str


class Again(Action):
    """Send those of a batch again that failed, or that nobody can tell of."""

    name: ClassVar[str] = "deliveries.again"
    batch: str
    fate: str
