"""How the roster looks: the file that waits, the dry run, the people."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.actions import pack
from bot.cards import Buttons, Card, Choice, Facts, FileInput, Link, Look, Piece, Text, button, sentence
from bot.language import Reader
from bot.replies import Answer, Form, Redraw
from handlers.roster import actions, rules, texts
from handlers.roster.columns import Columns, Field, letter
from handlers.roster.importing import columns_in
from handlers.roster.sheet import COLUMNS_MAX, FILE_MAX, ROWS_MAX
from storage.people import NAME_MAX
from storage.uploads import Stage, Upload

MEGABYTE = 1024 * 1024
BAD_SHOWN = 10
ROWS_SHOWN = 25
CHOICES = 99  # columns that a form offers, and "none"
FACTS = 10
BATCHES_SHOWN = 5
ACCEPTED = ".csv,.tsv,.txt,.xlsx,text/csv"


# --- the file ------------------------------------------------------------------------------------


def choose(reader: Reader, problem: str = "") -> Form:
    """The form with the file."""
    hint = reader(texts.FILE_HINT, megabytes=FILE_MAX // MEGABYTE, rows=reader.number(ROWS_MAX))
    file = FileInput("file", reader(texts.FILE), hint=hint, accept=ACCEPTED, max_bytes=FILE_MAX)
    intro = (Text(reader(texts.IMPORT_WHAT)), Text(reader(texts.IMPORT_NOBODY), Look.QUIET))
    errors = {"file": problem} if problem else {}
    return Form(
        reader(texts.IMPORT_TITLE), pack(actions.Take()), reader(texts.FILE_READ), (file,), intro=intro, errors=errors
    )


def elsewhere(reader: Reader, url: str) -> Card:
    """A chat takes no files: the way to the page that does."""
    if not url:
        return sentence(reader(texts.FILE_NOWHERE))
    words = reader(texts.FILE_HERE)
    return Card(words, (Text(words), Buttons((Link(reader(texts.OPEN_PAGE), url),))))


def under_way(reader: Reader, upload: Upload) -> Card:
    """It is being read or imported."""
    words = reader(texts.IMPORTING if upload.stage is Stage.IMPORTING else texts.READING, count=upload.done)
    row = Buttons((button(reader(texts.LOOK), actions.Look(), Look.PRIMARY),))
    return Card(words, (Text(words), Text(reader(texts.MOMENT), Look.QUIET), row))


def unreadable(reader: Reader, about: Mapping[str, Any]) -> Answer:
    """Why a file cannot be read, and the way to send another."""
    words = reader(
        texts.TROUBLES[about["trouble"]],
        row=about["row"],
        rows=reader.number(ROWS_MAX),
        columns=reader.number(COLUMNS_MAX),
    )
    again = Buttons((button(reader(texts.FILE_AGAIN), actions.Again(), Look.PRIMARY),))
    return Redraw(Card(words, (Text(words), again)))


# --- the columns ---------------------------------------------------------------------------------


def columns_form(
    reader: Reader,
    about: Mapping[str, Any],
    typed: actions.Arrange | None = None,
    errors: Mapping[str, str] | None = None,
) -> Form:
    """Which column is which, begun with the guess."""
    columns = columns_in(about)
    options = tuple(
        (str(at), _offered(reader, columns, at))
        for at in range(len(columns.labels[:CHOICES]))
        if _has_content(columns, at)
    )
    none = ("none", reader(texts.COLUMN_NONE))
    chosen = typed.model_dump() if typed else {f"c_{one}": str(at) for one, at in columns.where.items()}
    fields = tuple(
        Choice(f"c_{one}", reader(texts.FIELDS[one]), (none, *options), chosen.get(f"c_{one}") or "none")
        for one in Field
    )
    said = texts.COLUMNS_INCOMPLETE if not columns.complete else None if about["sure"] else texts.COLUMNS_UNSURE
    intro = [Text(reader(said))] if said else []
    if len(columns.labels) > CHOICES:
        intro.append(Text(reader(texts.COLUMNS_MANY, count=CHOICES), Look.QUIET))
    title, save = reader(texts.COLUMNS_TITLE), reader(texts.COLUMNS_SAVE)
    return Form(title, pack(actions.Arrange()), save, fields, intro=tuple(intro), errors=errors or {})


def _has_content(columns: Columns, at: int) -> bool:
    return bool(columns.labels[at] or (at < len(columns.samples) and columns.samples[at]))


def _offered(reader: Reader, columns: Columns, at: int) -> str:
    """A column by its heading, or by what is in it."""
    if columns.labels[at]:
        return reader(texts.COLUMN_NAMED, label=columns.labels[at][:40], letter=letter(at))
    return reader(texts.COLUMN_SAMPLE, letter=letter(at), sample=columns.samples[at])


def column_facts(reader: Reader, columns: Columns) -> list[Piece]:
    """How the columns were read."""
    lines = [
        (reader(texts.FIELDS[one]), _offered(reader, columns, columns.where[one]))
        for one in Field
        if one in columns.where
    ]
    return [Facts(tuple(lines[start : start + FACTS])) for start in range(0, len(lines), FACTS)]


# --- the dry run ---------------------------------------------------------------------------------


def dry_run(reader: Reader, upload: str, about: Mapping[str, Any], bad: Sequence[rules.Checked]) -> Card:
    """What would happen, how the columns were read, and what can be done."""
    counts = about["counts"]
    new, wrong = counts.get("new", 0), counts.get("bad", 0)
    pieces: list[Piece] = [
        Text(reader(texts.DRY_TITLE, name=about["name"]), Look.HEADING),
        Text(reader(texts.DRY_NOTHING)),
        Facts(_counted(reader, about)),
        *(Text(reader(texts.NOTES[note])) for note in about["notes"]),
    ]
    confirm = button(
        reader(texts.CONFIRM, count=new),
        actions.Confirm(file=upload),
        Look.PRIMARY,
        reader(texts.CONFIRM_SURE, count=new),
    )
    if not new:
        pieces.append(Text(reader(texts.NOTHING_NEW)))
    pieces.append(Buttons(((confirm,) if new else ()) + (button(reader(texts.EACH_ROW), actions.Rows()),)))
    if wrong:
        pieces += _bad(reader, wrong, bad)
    pieces += [
        Text(reader(texts.COLUMNS), Look.HEADING),
        *column_facts(reader, columns_in(about)),
        Text(reader(texts.COLUMNS_RIGHT), Look.QUIET),
        Buttons((button(reader(texts.COLUMNS_CHANGE), actions.Columns()), *_other(reader))),
    ]
    return Card(reader(texts.DRY_SUMMARY), tuple(pieces))


def _counted(reader: Reader, about: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    counts = about["counts"]
    lines = [(reader(texts.KIND), about["kind"]), (reader(texts.ROWS), reader.number(sum(counts.values())))]
    said = {"new": texts.NEW, "known": texts.KNOWN, "barred": texts.BARRED, "bad": texts.BAD}
    return (*lines, *((reader(said[one]), reader.number(counts.get(one, 0))) for one in said))


def _bad(reader: Reader, count: int, bad: Sequence[rules.Checked]) -> list[Piece]:
    """The first rows that cannot be taken, why, and the file to correct them in."""
    lines = "\n".join(reader(texts.BAD_ROW, row=row.number, reason=reason(reader, row)) for row in bad)
    return [
        Text(reader(texts.BAD_FIRST, count=count), Look.HEADING),
        Text(lines),
        Text(reader(texts.CORRECT_HOW), Look.QUIET),
        Buttons((button(reader(texts.CORRECT), actions.Corrections()),)),
    ]


def reason(reader: Reader, row: rules.Checked) -> str:
    """Why a row cannot be taken, in one sentence."""
    if row.flaw is None:
        return ""
    most = {"name": NAME_MAX, "number": rules.NUMBER_MAX, "department": rules.DEPARTMENT_MAX}
    return reader(
        texts.FAULTS[row.flaw.fault], **most, tags=rules.TAGS_MAX, tag=rules.TAG_MAX, other=reader.number(row.flaw.row)
    )


def _other(reader: Reader) -> tuple[Any, ...]:
    return (
        button(reader(texts.FILE_AGAIN), actions.Again()),
        button(reader(texts.DROP), actions.Drop(), Look.DANGER),
    )


def rows(reader: Reader, page: Sequence[tuple[int, str, str]], start: int, total: int, *, lasting: bool) -> Card:
    """What would happen to each row, as (number, verdict, name); `lasting`: it would stay in a chat's history."""
    title = reader(texts.EACH_TITLE, first=start + 1, last=start + len(page), all=reader.number(total))
    lines = [
        reader(
            texts.EACH_LINE, row=number, name="…" if lasting else name or "-", verdict=reader(texts.VERDICTS[verdict])
        )
        for number, verdict, name in page
    ]
    more = (
        (button(reader(texts.EACH_MORE), actions.Rows(start=start + len(page))),) if start + len(page) < total else ()
    )
    back = button(reader(texts.EACH_BACK), actions.Look())
    care = (Text(reader(texts.NAMES_ELSEWHERE), Look.QUIET),) if lasting else ()
    return Card(
        reader(texts.DRY_SUMMARY), (Text(title, Look.HEADING), Text("\n".join(lines)), *care, Buttons((*more, back)))
    )


def imported(reader: Reader, about: Mapping[str, Any], bad: Sequence[rules.Checked], *, undoable: bool) -> Card:
    """What an import did, and what is left to do."""
    size, wrong = about["imported"], about["counts"].get("bad", 0)
    said = reader(texts.DONE_TITLE, count=size) if size else reader(texts.DONE_NONE)
    pieces: list[Piece] = [Text(said, Look.HEADING if size else Look.PLAIN)]
    if size:
        pieces.append(Text(reader(texts.DONE_NEXT)))
    if wrong:
        pieces += _bad(reader, wrong, bad)
    row = [button(reader(texts.FILE_AGAIN), actions.Again())]
    if size and undoable:
        sure = reader(texts.UNDO_SURE, count=size)
        row.append(button(reader(texts.UNDO), actions.Undo(batch=about["batch"]), Look.DANGER, sure))
    return Card(reader(texts.IMPORT_TITLE), (*pieces, Buttons(tuple(row))))


def corrections(reader: Reader, url: str) -> Card:
    """The way to the file with the rows to correct."""
    if not url:
        return sentence(reader(texts.CORRECT_NOWHERE))
    words = reader(texts.CORRECT_READY)
    link = Buttons((Link(reader(texts.CORRECT_OPEN), url),))
    return Card(words, (Text(words), link, Text(reader(texts.CORRECT_HOW), Look.QUIET)))
