"""Members of whom nothing was seen for two years: asked whether they want to stay, and erased when no answer comes.

All that is known of somebody's activity is the month of the last one, and surveys and the consultation box leave it as
it is.  Owners are neither asked nor erased: a community without an owner could not be run.
"""

from collections.abc import Callable
from datetime import date

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

from storage.people import Member, People, Role, month_of
from storage.retention import AT_ONCE
from storage.tables import member
from storage.work import Shelf, Work

SILENT = relativedelta(months=24)  # without a sign of life: we ask
ANSWER = relativedelta(months=2)  # after the month in which we asked: we erase


def erase_everywhere(work: Work, leave: Callable[[Work, str, str], None]) -> int:
    """Erase whoever was asked long enough ago and has not come back.  How many."""
    rows = work.connection.execute(
        sa.select(member.c.community_id, member.c.id)
        .where(member.c.asked_month <= month_of(work) - ANSWER, member.c.role != str(Role.OWNER))
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for community, member_id in rows:
        leave(work, community, member_id)
    return len(rows)


class Silent(Shelf):
    """Those of one community."""

    def after(self, cursor: str, limit: int) -> list[Member]:
        """The next who are to be asked, in the order of ids."""
        rows = (
            self._rows(member, member.c.id)
            .where(
                member.c.id > cursor,
                member.c.active_month < month_of(self.work) - SILENT,
                member.c.asked_month.is_(None),
                member.c.role != str(Role.OWNER),
            )
            .order_by(member.c.id)
            .limit(limit)
        )
        return People(self.work, self.community).some(self.run(rows).scalars())

    def asked(self, members: list[Member]) -> None:
        """These are asked now, or cannot be reached: either way their time begins."""
        mine = member.c.id.in_([one.id for one in members])
        self.run(self._change(member).where(mine).values(asked_month=month_of(self.work)))

    def end_of(self, member_id: str) -> date | None:
        """The first day of the month in which somebody who was asked is erased; None: they were not asked."""
        row = self._row(member, id=member_id)
        return row.asked_month + ANSWER if row and row.asked_month else None
