"""When members note themselves that they are there; pure."""

from datetime import datetime
from enum import StrEnum

from storage.moments import HOUR
from storage.programme import Part

OPENS = HOUR  # before a part begins


class Door(StrEnum):
    """What a door is at a moment."""

    EARLY = "early"
    OPEN = "open"
    BEGUN = "begun"  # still open, for whoever is late
    OVER = "over"

    @property
    def lets_in(self) -> bool:
        """Whether members may note that they are there."""
        return self in {Door.OPEN, Door.BEGUN}


def door(part: Part, now: datetime) -> Door:
    """What the door of a part is now."""
    if now < opens_at(part):
        return Door.EARLY
    if now >= part.ends_at:
        return Door.OVER
    return Door.BEGUN if now >= part.starts_at else Door.OPEN


def opens_at(part: Part) -> datetime:
    """From when on."""
    return part.starts_at - OPENS
