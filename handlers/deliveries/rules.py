"""What is shown of batches: pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.batches import Batch, Fate

SHOWN = 8  # batches on the page
FRESH = timedelta(days=7)  # after that the desk speaks of what went wrong no more
ORDER = (Fate.SENT, Fate.WAITING, Fate.HELD, Fate.EXPIRED, Fate.CANCELLED, Fate.FAILED, Fate.UNKNOWN)
WRONG = (Fate.FAILED, Fate.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Shown:
    """The batches that are shown one by one, and the sum of those that are too small to be."""

    batches: Sequence[Batch]
    small: Counter[Fate]


def shown(batches: Sequence[Batch], floor: int) -> Shown:
    """Where numbers below a floor are not told, smaller batches are told together; what is for a room is no secret."""
    told = [one for one in batches if one.shared or one.planned >= floor]
    small: Counter[Fate] = Counter()
    for one in batches:
        if not one.shared and one.planned < floor:
            small += one.fates
    return Shown(told[:SHOWN], small)


def wrong(batches: Sequence[Batch], now: datetime) -> list[Batch]:
    """Those of the last days in which something failed or is not known."""
    return [one for one in batches if one.at > now - FRESH and any(one.fates[fate] for fate in WRONG)]


def reason(word: str) -> str:
    """The part of a stored outcome that says why: `gone:user_not_found` is `gone`."""
    return word.partition(":")[0]
