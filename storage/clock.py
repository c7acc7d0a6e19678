"""What time it is.  Passed in everywhere, so that tests and the try-out can move it."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time; `offset` is how far it has been moved from the machine's (and the database's) clock."""

    offset: timedelta

    def now(self) -> datetime:
        """Aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    offset = timedelta()

    def now(self) -> datetime:
        """Aware, in UTC."""
        return datetime.now(UTC)


class MovableClock:
    """The machine's clock, moved forward by hand."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset

    def now(self) -> datetime:
        """Aware, in UTC."""
        return datetime.now(UTC) + self.offset

    def forward(self, by: timedelta) -> None:
        """Move on.  Never back: cursors of the clock's schedules only go forward."""
        if by < timedelta():
            msg = "the clock only moves forward"
            raise ValueError(msg)
        self.offset += by
