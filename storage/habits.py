"""Who was asked and has not answered yet, and how often they are asked then.

A row stands only while an answer is awaited: any answer deletes it, and nothing says that it was ever there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from storage.manners import Wishes
from storage.tables import member, nudge_habit
from storage.work import Shelf

ALL = ""  # the kind of the row that stands for every message we started
STEP = 2  # so many prompts left alone lead to the next, longer interval
QUARTER, YEAR = 91, 365  # days


def stretched(usual: int, unanswered: int, *, quarter: int = QUARTER, year: int = YEAR) -> int:
    """The interval to the next prompt, in the unit of `usual`: twice as long, then a quarter, then a year.

    Each step is longer than the one before, so what comes quarterly goes from three months to six to twelve.
    """
    steps = [usual]
    for longer in (min(2 * usual, year), quarter, year):
        if longer > steps[-1]:
            steps.append(longer)
    return steps[min(unanswered // STEP, len(steps) - 1)]


def is_yearly(usual: int, unanswered: int, *, quarter: int = QUARTER, year: int = YEAR) -> bool:
    """Whether somebody has fallen silent: one "still fine?" a year is all they hear."""
    return unanswered >= STEP and stretched(usual, unanswered, quarter=quarter, year=year) >= year


@dataclass(frozen=True, slots=True)
class Awaited:
    """Prompts of one kind that are still without an answer, and the local date of the last."""

    unanswered: int = 0
    asked_on: date = date.min


NOTHING = Awaited()


class Habits(Shelf):
    """The awaited answers of one community."""

    def awaited(self, who: str, kind: str = ALL) -> Awaited:
        """What is awaited from a member."""
        return self.of([who], kind).get(who, NOTHING)

    def of(self, members: Iterable[str], kind: str = ALL) -> dict[str, Awaited]:
        """What is awaited from these members; who owes none is left out."""
        columns = (nudge_habit.c.member_id, nudge_habit.c.unanswered, nudge_habit.c.asked_on)
        rows = self.run(
            self._rows(nudge_habit, *columns).where(
                nudge_habit.c.kind == kind, nudge_habit.c.member_id.in_(list(members))
            )
        )
        return {who: Awaited(unanswered, asked_on) for who, unanswered, asked_on in rows}

    def asked(self, prompts: Iterable[tuple[str, str, date]]) -> None:
        """These were asked: (member, kind, local date); in the order of members."""
        rows = [
            {"community_id": self.community, "member_id": who, "kind": kind, "unanswered": 1, "asked_on": day}
            for who, kind, day in sorted(prompts)
        ]
        statement = self.work.insert(nudge_habit)
        again = statement.on_conflict_do_update(
            index_elements=["community_id", "member_id", "kind"],
            set_={"unanswered": nudge_habit.c.unanswered + 1, "asked_on": statement.excluded.asked_on},
        )
        if rows:
            self.run(again, rows)

    def wishes(self, who: str) -> Wishes:
        """How a member wants to be written to."""
        return Wishes.read(self.run(self._rows(member, member.c.wishes).where(member.c.id == who)).scalar() or "")

    def wish(self, who: str, wishes: Wishes) -> None:
        """How a member wants to be written to."""
        stored = wishes.model_dump_json(exclude_defaults=True)
        self.run(self._change(member).where(member.c.id == who).values(wishes=stored))

    def answered(self, who: str, *features: str) -> None:
        """A sign of life: nothing is awaited from them as a whole, and nothing of these features' kinds."""
        theirs = (nudge_habit.c.kind.startswith(f"{feature}.", autoescape=True) for feature in features)
        self.run(
            self._remove(nudge_habit).where(nudge_habit.c.member_id == who, sa.or_(nudge_habit.c.kind == ALL, *theirs))
        )
