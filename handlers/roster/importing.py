"""From a file to the roster, in errands: chunks of rows are thought about in a thread, and read or written in between.

Flat in memory, whatever the file's length: what must wait is sealed, in pieces, beside the file.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from typing import Any

from handlers.roster import reading
from handlers.roster.columns import LOOKED_AT, Columns, Field, guess
from handlers.roster.rules import Checked, Fault, Flaw, Namesakes, Verdict, checked
from handlers.roster.sheet import Cells, Sheet, UnreadableError
from storage.audit import Audit
from storage.errands import Errand, Look, Step
from storage.keys import Keys
from storage.people import Member
from storage.roster import Person, Prepared, Roster, Tags, prepared
from storage.uploads import Part, Stage, Uploads
from storage.work import Work

AT_ONCE = 500  # rows of a transaction
IMPORTED = "import.confirmed"
UNDONE = "import.undone"


@dataclass(frozen=True, slots=True)
class Here:
    """Whose roster, with which keys, on which day."""

    community: str
    keys: Keys
    today: date


@dataclass(frozen=True, slots=True)
class Judged:
    """A row, and what an import would do with it."""

    row: Checked
    verdict: Verdict


Judge = Callable[[list[Person]], Errand[list[Verdict]]]
"""Says of each of some people what happens to them; `trying` only looks, `writing` does it."""
Keep = Callable[[list[Judged], int], Errand[None]]
"""What is done with a chunk, given the number of rows in it and before it."""


class Stopped(Exception):
    """The file was dropped or replaced on the way, or the import was taken for dead: nothing more is to be done."""


# --- what would happen ---------------------------------------------------------------------------


def columns_of(sheet: Sheet, where: Mapping[Field, int] | None = None) -> Columns:
    """The columns as guessed, or as somebody said.  Raises UnreadableError."""
    guessed = guess(list(islice(sheet.rows(), LOOKED_AT)))
    return guessed if where is None else Columns(guessed.header, where, guessed.labels, guessed.samples)


def go_through(here: Here, sheet: Sheet, columns: Columns, judge: Judge, keep: Keep) -> Errand[Counter[Verdict]]:
    """Every row, chunk by chunk: what happens, and how often.  Raises UnreadableError."""
    met, counts = Namesakes(), Counter[Verdict]()
    for chunk in _chunks(sheet, columns):
        rows = [met.meet(checked(number, cells, columns.where, here.today)) for number, cells in chunk]
        good = [row for row in rows if not row.flaw]
        found = yield from judge([row.person for row in good])
        verdicts = dict(zip((row.number for row in good), found, strict=True))
        judged = [Judged(row, verdicts.get(row.number, Verdict.BAD)) for row in rows]
        counts.update(one.verdict for one in judged)
        yield from keep(judged, counts.total())
    return counts


def _chunks(sheet: Sheet, columns: Columns) -> Iterator[list[tuple[int, Cells]]]:
    rows = (
        (number, cells)
        for number, cells in enumerate(sheet.rows(), 1)
        if number > columns.header and any(cell.strip() for cell in cells)
    )
    while chunk := list(islice(rows, AT_ONCE)):
        yield chunk


def trying(here: Here) -> Judge:
    """What would happen to people now."""

    def judge(people: list[Person]) -> Errand[list[Verdict]]:
        tags = [Tags.of(here.keys, who) for who in people]
        verdicts: list[Verdict] = yield Look(lambda work: _verdicts(Roster(work, here.community), people, tags))
        return verdicts

    return judge


def _verdicts(roster: Roster, people: Sequence[Person], tags: Sequence[Tags]) -> list[Verdict]:
    known, barred = roster.known(tags), roster.barred_among(people)
    return [
        Verdict.BARRED if place in barred else Verdict.KNOWN if place in known else Verdict.NEW
        for place in range(len(people))
    ]


# --- a file that waits ---------------------------------------------------------------------------


def examining(
    here: Here, upload: str, about: dict[str, Any], where: Mapping[Field, int] | None
) -> Errand[dict[str, Any]]:
    """Read a waiting file and keep what would happen.  What was found, as it then stands in the upload's `about`."""
    sealed = yield Look(lambda work: Uploads(work, here.community).pieces(upload, Part.FILE))
    yield lambda work: Uploads(work, here.community).clear(upload, Part.ROWS, Part.BAD)
    try:
        sheet = reading.read(b"".join(here.keys.open_bytes(piece) for piece in sealed))
        columns = columns_of(sheet, where)
        about = {"name": about["name"], "kind": sheet.kind, "notes": list(sheet.notes), **_told(columns)}
        about["sure"] = where is not None or columns.header > 0
        if columns.complete and about["sure"]:
            counts = yield from go_through(here, sheet, columns, trying(here), _keeping(here, upload))
            about["counts"] = dict(counts)
    except UnreadableError as problem:
        about = {"name": about["name"], "trouble": problem.trouble, "row": problem.row}
    yield lambda work: Uploads(work, here.community).finish(upload, Stage.READ, about)
    return about


def _told(columns: Columns) -> dict[str, Any]:
    told = asdict(columns)
    return {**told, "where": dict(columns.where), "samples": [sample[:30] for sample in columns.samples]}


def columns_in(about: Mapping[str, Any]) -> Columns:
    """The columns that `examining` found."""
    where = {Field(name): int(at) for name, at in about["where"].items()}
    return Columns(about["header"], where, tuple(about["labels"]), tuple(about["samples"]))


def _keeping(here: Here, upload: str) -> Keep:
    """Seals each chunk's verdicts, and the bad rows as they were."""
    pieces = {Part.ROWS: 0, Part.BAD: 0}

    def keep(judged: list[Judged], done: int) -> Errand[None]:
        rows = [[one.row.number, one.verdict, _packed(one)] for one in judged]
        bad = [[one.row.number, flaw.fault, flaw.row, one.row.cells] for one in judged if (flaw := one.row.flaw)]
        sealed = {part: _sealed(here.keys, list_) for part, list_ in ((Part.ROWS, rows), (Part.BAD, bad)) if list_}
        yield _adding(here, upload, {part: (pieces[part], piece) for part, piece in sealed.items()}, done)
        for part in sealed:
            pieces[part] += 1

    return keep


def _adding(here: Here, upload: str, sealed: Mapping[Part, tuple[int, bytes]], done: int) -> Step:
    def add(work: Work) -> None:
        uploads = Uploads(work, here.community)
        if not uploads.move(upload, done):
            raise Stopped
        for part, (number, piece) in sealed.items():
            uploads.add(upload, part, number, [piece])

    return add


def _packed(one: Judged) -> dict[str, Any]:
    if one.verdict is Verdict.NEW:
        return {name: value for name, value in asdict(one.row.person).items() if value}
    return {"name": one.row.person.name}


def _sealed(keys: Keys, content: Any) -> bytes:
    return keys.seal_bytes(json.dumps(content, ensure_ascii=False).encode(errors="surrogatepass"))


def opened(keys: Keys, sealed: bytes) -> Any:
    """A piece of `Part.ROWS`, as [number, verdict, person], or of `Part.BAD`, as [number, fault, other row, cells]."""
    return json.loads(keys.open_bytes(sealed).decode(errors="surrogatepass"))


def bad_rows(keys: Keys, pieces: Sequence[bytes]) -> Iterator[Checked]:
    """The rows that cannot be taken, as they were."""
    for piece in pieces:
        for number, fault, row, cells in opened(keys, piece):
            yield Checked(number, Person(), Flaw(Fault(fault), row), cells)


# --- writing -------------------------------------------------------------------------------------


def writing(here: Here, batch: str) -> Judge:
    """Writes whoever is new into a batch that nobody sees; the list and the roster may have changed since a trial."""

    def judge(people: list[Person]) -> Errand[list[Verdict]]:
        ready = [prepared(here.keys, who) for who in people]
        verdicts: list[Verdict] = yield lambda work: _write(Roster(work, here.community), batch, people, ready)
        return verdicts

    return judge


def _write(roster: Roster, batch: str, people: Sequence[Person], ready: Sequence[Prepared]) -> list[Verdict]:
    verdicts = _verdicts(roster, people, [who.tags for who in ready])
    new = [who for who, verdict in zip(ready, verdicts, strict=True) if verdict is Verdict.NEW]
    if not roster.put(batch, new):
        raise Stopped
    return verdicts


def importing(here: Here, upload: str, about: dict[str, Any], actor: Member) -> Errand[dict[str, Any] | None]:
    """Put a read file's people on the roster, all at once.  None while another import is under way."""
    batch = yield lambda work: Roster(work, here.community).begin()
    if batch is None:
        yield lambda work: Uploads(work, here.community).finish(upload, Stage.READ, about)
        return None
    write, number, done = writing(here, batch), 0, 0
    while pieces := (yield Look(_next_piece(here, upload, number))):
        rows = opened(here.keys, pieces[0])
        yield from write([person_of(told) for _, verdict, told in rows if verdict == Verdict.NEW])
        number, done = number + 1, done + len(rows)
        yield _adding(here, upload, {}, done)
    about = {**about, "batch": batch}
    size = yield lambda work: _publish(work, here, upload, about, actor)
    return {**about, "imported": size}


def _next_piece(here: Here, upload: str, number: int) -> Callable[[Work], list[bytes]]:
    return lambda work: Uploads(work, here.community).pieces(upload, Part.ROWS, number, 1)


def person_of(told: Mapping[str, Any]) -> Person:
    """A new person, as the dry run kept them."""
    return Person(**{**told, "tags": tuple(told.get("tags", ()))})


def _publish(work: Work, here: Here, upload: str, about: dict[str, Any], actor: Member) -> int:
    """In one transaction the people are there, the file is gone but for its bad rows, and the log says so."""
    uploads = Uploads(work, here.community)
    if not uploads.move(upload, 0):
        raise Stopped
    size = Roster(work, here.community).publish(about["batch"])
    uploads.clear(upload, Part.FILE, Part.ROWS)
    uploads.finish(upload, Stage.IMPORTED, {**about, "imported": size})
    if size:
        Audit(work, here.community).record(actor, IMPORTED, about["batch"])
    return size
