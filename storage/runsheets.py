"""What organisers add to the run-sheet of an event; everything else on it is made of the event itself."""

from datetime import datetime, timedelta
from typing import Annotated

import sqlalchemy as sa
from pydantic import Field

from storage.questions import Frozen
from storage.tables import event, event_sheet
from storage.work import Shelf, Work

LINES_MAX = 1000  # characters of one list
KEPT = timedelta(days=90)  # after the end: the lines say who helped with what
SEALED_IN = 1024
Lists = Annotated[str, Field(max_length=LINES_MAX)]


class Lines(Frozen):
    """Lists of lines, one a line: who does what, and what there is to do when."""

    who: Lists = ""
    day: Lists = ""  # a day before
    hour: Lists = ""  # an hour before
    door: Lists = ""
    after: Lists = ""


class RunSheets(Shelf):
    """The lines of one community's organisers."""

    def get(self, event_id: str) -> Lines:
        """The lines of an event; empty ones when there are none."""
        row = self._row(event_sheet, event_id=event_id)
        return Lines.model_validate_json(self.work.keys.open(row.lines_sealed)) if row else Lines()

    def keep(self, event_id: str, lines: Lines) -> None:
        """These in place of what stood there; without any, no row is left."""
        if lines == Lines():
            self.work.erases = True
            self.run(self._remove(event_sheet).where(event_sheet.c.event_id == event_id))
            return
        sealed = self.work.keys.seal(lines.model_dump_json(), SEALED_IN)
        self._put_over(event_sheet, event_id=event_id, lines_sealed=sealed)


def forget(work: Work) -> int:
    """Forget the lines of events that ended `KEPT` ago, or were cancelled and would have.  How many."""
    last: datetime = work.now - KEPT
    same = (event.c.community_id == event_sheet.c.community_id, event.c.id == event_sheet.c.event_id)
    old = sa.exists().where(*same, event.c.ends_at < last)
    return work.connection.execute(sa.delete(event_sheet).where(old)).rowcount
