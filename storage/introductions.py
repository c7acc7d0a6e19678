"""Somebody new who would like a supporter: one supporter after the other is asked, until one has time."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

from storage.people import month_of
from storage.tables import introduction
from storage.work import Shelf, Work

LINE_MAX = 200  # characters
_BODY_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Introduction:
    """`line` is how the new member can be reached, in their words; `asked` are the supporters asked so far."""

    member: str
    supporter: str
    line: str
    asked: tuple[str, ...]


def forget(work: Work) -> int:
    """Drop those to which nobody has said anything for a whole month.  Returns how many."""
    before = month_of(work) - relativedelta(months=1)
    return work.connection.execute(sa.delete(introduction).where(introduction.c.asked_month < before)).rowcount


class Introductions(Shelf):
    """The introductions of one community that are open."""

    def ask(self, member_id: str, supporter_id: str, line: str, asked: Iterable[str] = ()) -> None:
        """This supporter is asked now; whoever was asked before is not any more."""
        body = json.dumps({"line": line, "asked": [*asked, supporter_id]}, ensure_ascii=False)
        self._put_over(
            introduction,
            member_id=member_id,
            supporter_id=supporter_id,
            body_sealed=self.work.keys.seal(body, _BODY_BYTES),
            asked_month=month_of(self.work),
        )

    def of(self, member_id: str) -> Introduction | None:
        """What somebody new asked for, if it is open."""
        row = self._row(introduction, member_id=member_id)
        return self._introduction(row) if row else None

    def drop(self, member_id: str) -> None:
        """It was answered, or nobody has time."""
        self.run(self._remove(introduction).where(introduction.c.member_id == member_id))

    def _introduction(self, row: sa.Row[Any]) -> Introduction:
        body = json.loads(self.work.keys.open(row.body_sealed))
        return Introduction(row.member_id, row.supporter_id, body["line"], tuple(body["asked"]))
