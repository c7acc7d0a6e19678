"""What a community has decided: numbered by the year, and never under a number that was given before."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field

from storage.questions import Frozen
from storage.surveys import hold
from storage.tables import decision
from storage.work import Shelf

TEXT_MAX = 1000  # characters in one language
SEALED_IN = 1024


class Words(Frozen):
    """What was decided, the title of the item it comes from, and the name of the decision whose place it takes."""

    text: Mapping[str, Annotated[str, Field(max_length=TEXT_MAX)]]
    title: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.  `by`: the name of the one that took its place, or ""."""

    year: int
    number: int
    on: date
    event: str
    by: str
    words: Words

    @property
    def name(self) -> str:
        """2035-1."""
        return f"{self.year}-{self.number}"

    def says(self, words: str) -> bool:
        """Whether all these words stand in it, its name being one."""
        said = _plain(" ".join([self.name, self.words.title, *self.words.text.values()]))
        return all(word in said for word in _plain(words).split())


class Superseded(Exception):
    """The decision whose place a new one was to take is none, or another has taken it."""


class Decisions(Shelf):
    """The decisions of one community."""

    def decide(self, on: date, text: Mapping[str, str], *, event: str = "", title: str = "", instead: str = "") -> str:
        """A new one; its name.  Raises Superseded when `instead` names none that still holds."""
        hold(self.work, f"decisions {self.community}")
        old = self.get(instead) if instead else None
        if instead and (old is None or old.by):
            raise Superseded
        last = self._rows(decision, sa.func.max(decision.c.number)).where(decision.c.year == on.year)
        number = int(self.run(last).scalar() or 0) + 1
        sealed = self._sealed(Words(text=dict(text), title=title, instead=old.name if old else ""))
        self._put(decision, year=on.year, number=number, decided_on=on, event_id=event, body_sealed=sealed)
        name = f"{on.year}-{number}"
        if old:
            self.run(self._one(old).values(by=name))
        return name

    def reword(self, one: Decision, text: Mapping[str, str]) -> None:
        """It says this: a mistake in writing it down is mended."""
        self.run(self._one(one).values(body_sealed=self._sealed(one.words.model_copy(update={"text": dict(text)}))))

    def get(self, name: str) -> Decision | None:
        """One by its name, in any width, or None."""
        year, _, number = _plain(name).replace(" ", "").partition("-")
        if not (year.isascii() and year.isdigit() and number.isascii() and number.isdigit()):
            return None
        if len(year) != len("2035") or len(number) > len("99999"):
            return None
        row = self._row(decision, year=int(year), number=int(number))
        return self._read(row) if row and row.body_sealed else None

    def all(self, words: str = "", *, year: int = 0) -> list[Decision]:
        """All that say these words, of one year or of any, the latest first."""
        which = decision.c.year == year if year else sa.true()
        rows = self._rows(decision).where(which, decision.c.body_sealed != b"")
        order = (decision.c.year.desc(), decision.c.number.desc())
        return [one for one in map(self._read, self.run(rows.order_by(*order))) if one.says(words)]

    def of_event(self, event_id: str) -> list[Decision]:
        """What one date decided, in order."""
        rows = self._rows(decision).where(decision.c.event_id == event_id, decision.c.body_sealed != b"")
        return [self._read(row) for row in self.run(rows.order_by(decision.c.year, decision.c.number))]

    def drop(self, one: Decision) -> None:
        """Delete what it says; its number stays taken, and what it took the place of holds again."""
        self.work.erases = True
        self.run(self._one(one).values(body_sealed=b"", event_id=""))
        old = self.get(one.words.instead)
        if old and old.by == one.name:
            self.run(self._one(old).values(by=""))

    # ---

    def _one(self, one: Decision) -> sa.Update:
        return self._change(decision).where(decision.c.year == one.year, decision.c.number == one.number)

    def _sealed(self, words: Words) -> bytes:
        return self.work.keys.seal(words.model_dump_json(), SEALED_IN)

    def _read(self, row: sa.Row[Any]) -> Decision:
        words = Words.model_validate_json(self.work.keys.open(row.body_sealed))
        return Decision(row.year, row.number, row.decided_on, row.event_id, row.by, words)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
