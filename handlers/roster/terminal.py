"""A roster brought in by whoever runs Enishi: `app.py import`."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.language import Reader
from handlers.roster import cards, correcting, importing, reading, texts
from handlers.roster.columns import Columns, Field, letter
from handlers.roster.importing import Here, Judged
from handlers.roster.rules import Checked, Verdict
from handlers.roster.sheet import COLUMNS_MAX, FILE_MAX, ROWS_MAX, Note, Sheet, UnreadableError
from storage import communities
from storage.audit import Audit
from storage.errands import Errand, Look
from storage.roster import Roster
from storage.work import Work

__all__ = ["FILE_MAX", "Brought", "Wish", "bringing_in", "lines", "to_correct", "told"]
ENGLISH = Reader("en")
SHOWN = 10
Tell = Callable[[int, int], None]
"""Called with the rows done and, roughly, the rows there are."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to bring in where.  `columns` names some by letter or heading."""

    community: str
    columns: Mapping[Field, str] = field(default_factory=dict)
    confirm: bool = False
    too_large: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """What was found, and done."""

    language: str  # of the community, for the file to correct
    kind: str
    notes: Sequence[Note]
    columns: Columns
    counts: Counter[Verdict]
    bad: list[Checked]
    written: int | None  # none: it was only a trial


def told(options: Sequence[str]) -> dict[Field, str]:
    """What `--column` said.  Raises ValueError with one sentence for an operator."""
    where = {}
    for option in options:
        name, equals, column = option.partition("=")
        if not equals or name not in set(Field) or not column.strip():
            raise ValueError(f"--column is FIELD=COLUMN, and FIELD is one of {', '.join(Field)}.")
        where[Field(name)] = column.strip()
    return where


def bringing_in(content: bytes, wish: Wish, tell: Tell) -> Errand[Brought]:
    """Go through a file, and with `confirm` put its people on the roster, all at once.

    Raises ValueError with one sentence for an operator.
    """
    here, language = yield Look(lambda work: _here(work, wish.community))
    try:
        if wish.too_large:
            raise ValueError(f"The file is larger than {FILE_MAX // cards.MEGABYTE} MB.")
        sheet = reading.read(content)
        columns = _columns(sheet, wish)
        bad: list[Checked] = []
        batch = (yield lambda work: Roster(work, here.community).begin()) if wish.confirm else ""
        if batch is None:
            raise ValueError("Another import of this roster is under way. Try again in two minutes.")
        try:
            judge = importing.writing(here, batch) if batch else importing.trying(here)
            counts = yield from importing.go_through(here, sheet, columns, judge, _keeping(bad, sheet, tell))
        except UnreadableError:
            yield lambda work: Roster(work, here.community).abandon(batch)
            raise
    except UnreadableError as problem:
        raise ValueError(_sentence(problem)) from None
    written = (yield lambda work: _publish(work, here, batch)) if batch else None
    return Brought(language, sheet.kind, sheet.notes, columns, counts, bad, written)


def _here(work: Work, name: str) -> tuple[Here, str]:
    every = communities.all_of(work)
    found = [one for one in every if one.name == name]
    if len(found) != 1:
        there = ", ".join(one.name for one in every) or "none yet"
        raise ValueError(f"--community: there is no community called {name}. There are: {there}.")
    [community] = found
    today = Reader(community.language, community.zone).local(work.now).date()
    return Here(community.id, work.keys, today), community.language


def _columns(sheet: Sheet, wish: Wish) -> Columns:
    columns = importing.columns_of(sheet)
    where = {one: at for one, at in columns.where.items() if one not in wish.columns}
    for one, named in wish.columns.items():
        where[one] = _column(columns, one, named)
    columns = Columns(columns.header, where, columns.labels, columns.samples)
    if not columns.complete:
        there = ", ".join(f"{letter(at)} {label}".strip() for at, label in enumerate(columns.labels[:SHOWN]))
        raise ValueError(f"No column with names was recognised. Name it: --column name=A. There are: {there}.")
    return columns


def _column(columns: Columns, one: Field, named: str) -> int:
    for at, label in enumerate(columns.labels):
        if named in {label, letter(at)} or named.upper() == letter(at):
            return at
    raise ValueError(f"--column {one}={named}: there is no such column.")


def _keeping(bad: list[Checked], sheet: Sheet, tell: Tell) -> importing.Keep:
    def keep(judged: list[Judged], done: int) -> Errand[None]:
        bad.extend(one.row for one in judged if one.row.flaw)
        tell(done, sheet.total)
        yield from ()

    return keep


def _publish(work: Work, here: Here, batch: str) -> int:
    size = Roster(work, here.community).publish(batch)
    if size:
        Audit(work, here.community).record(None, importing.IMPORTED, batch)
    return size


def _sentence(problem: UnreadableError) -> str:
    values = {"row": problem.row, "rows": ENGLISH.number(ROWS_MAX), "columns": ENGLISH.number(COLUMNS_MAX)}
    return ENGLISH(texts.TROUBLES[problem.trouble], **values)


def to_correct(found: Brought) -> bytes:
    """The rows that could not be taken, for the secretariat, in the community's language."""
    return correcting.corrections(Reader(found.language), found.columns, found.bad)


def lines(found: Brought, bad_rows: Path | None) -> Iterator[str]:
    """What an operator reads."""
    yield f"File: {found.kind}"
    for note in found.notes:
        yield ENGLISH(texts.NOTES[note])
    for one, at in found.columns.where.items():
        yield f"  {ENGLISH(texts.FIELDS[one])}: column {letter(at)} {found.columns.labels[at]}".rstrip()
    said = {Verdict.NEW: texts.NEW, Verdict.KNOWN: texts.KNOWN, Verdict.BARRED: texts.BARRED, Verdict.BAD: texts.BAD}
    for verdict, words in said.items():
        yield f"{ENGLISH(words)}: {ENGLISH.number(found.counts[verdict])}"
    for row in found.bad[:SHOWN]:
        yield "  " + ENGLISH(texts.BAD_ROW, row=row.number, reason=cards.reason(ENGLISH, row))
    if found.bad:
        yield f"The rows to correct: {bad_rows}" if bad_rows else "All of them, to correct: give --bad-rows OUT.csv."
    if found.written is None:
        yield "Nothing has been stored. To bring them in, type it again with --confirm."
    else:
        yield f"On the roster now: {ENGLISH.number(found.written)} more. Nobody has been contacted."
