"""How long a batch takes, and whether it fits: a platform takes so many messages a minute, and others wait, too."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import delivery, rates
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Fit:
    """From when to when a batch would be sent.  When it is not `ok`, `proposal` is a span in which it would fit."""

    begins: datetime
    ends: datetime
    ok: bool
    proposal: tuple[datetime, datetime] | None = None


def fits(
    work: Work,
    place: tuple[str, str],
    count: int,
    window: tuple[datetime, datetime],
    limits: rates.Limits = rates.LIMITS,
) -> Fit:
    """Whether so many messages for a platform's workspace, behind what waits there already, leave within a window.

    One that does not fit is proposed to begin earlier, so that it ends in time; if that is past, to end later.
    """
    opens, closes = window
    pace = rates.pace(work, *place, limits)
    ahead = delivery.waiting(work, *place, closes)
    takes = timedelta(seconds=(ahead + count) / pace.per_s)
    begins = max(opens, pace.begins)
    if begins + takes <= closes:
        return Fit(begins, begins + takes, ok=True)
    starts = max(pace.begins, closes - takes)
    return Fit(begins, begins + takes, ok=False, proposal=(starts, starts + takes))
