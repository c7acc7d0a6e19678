"""The list of those who come, for the organisers of an event alone, as a file that is made when its link is opened."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

from bot.cards import sentence
from bot.files import File
from bot.language import Reader
from bot.replies import Answer, Redraw
from bot.router import Router
from handlers.events import cards_desk, desk_actions, facing, running, texts_desk, wording
from handlers.events.cohort import exporting as teams
from handlers.turn import Turn
from storage.audit import Audit
from storage.events import Event, Events, State
from storage.people import Member, People
from storage.presets import Level
from storage.seating import Standing
from storage.seats import Seats
from storage.work import Work

CSV, XLSX = "events.csv", "events.xlsx"  # kinds of files
_MIME = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_STANDS = {
    Standing.GOING: texts_desk.STANDS_GOING,
    Standing.OFFERED: texts_desk.STANDS_HELD,
    Standing.WAITING: texts_desk.STANDS_WAITING,
}
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")  # how a cell begins that a spreadsheet would run
Row = list[str]

router: Router[Turn] = Router()


@router.pressed(desk_actions.Export, desk=True, supporters=True)
def export(turn: Turn, wish: desk_actions.Export) -> Answer:
    """Links to the list, each good once."""
    found = running.get(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    if not found.is_run_by(turn.me.id):
        return Redraw(sentence(turn.reader(texts_desk.EXPORT_NOT_YOURS)))
    labels = {CSV: texts_desk.EXPORT_CSV, XLSX: texts_desk.EXPORT_XLSX}
    links = [(turn.reader(label), turn.house.hand_out(turn, kind, found.id)) for kind, label in labels.items()]
    if not all(url for _, url in links):
        return Redraw(sentence(turn.reader(texts_desk.EXPORT_NO_PORTAL)))
    return Redraw(cards_desk.export(turn.reader, found.id, links))


def as_csv(work: Work, member: Member, event_id: str) -> File | None:
    """In UTF-8 with a mark, so that Excel reads it right."""
    rows = _rows(work, member, event_id)
    if rows is None:
        return None
    text = StringIO()
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    return _file(work, member, event_id, CSV, text.getvalue().encode("utf-8-sig"))


def as_xlsx(work: Work, member: Member, event_id: str) -> File | None:
    """The same as a workbook; every cell is a text."""
    from openpyxl import Workbook  # noqa: PLC0415 - start-up does not wait for it

    rows = _rows(work, member, event_id)
    if rows is None:
        return None
    book = Workbook(write_only=True)
    sheet = book.create_sheet(member.reader(texts_desk.FILE_NAME))
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    content = BytesIO()
    book.save(content)
    return _file(work, member, event_id, XLSX, content.getvalue())


def _file(work: Work, member: Member, event_id: str, kind: str, content: bytes) -> File:
    Audit(work, member.community.id).record(member, "event.exported", event_id)
    day = member.reader.local(work.now).date().isoformat()
    return File(f"{member.reader(texts_desk.FILE_NAME)}-{day}.{kind.rpartition('.')[2]}", _MIME[kind], content)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula, without characters that no file may hold."""
    text = "".join(c for c in cell if c.isprintable() or c == "\n")
    return f"'{text}" if text.lstrip().startswith(_RUNS) or text.startswith(_RUNS) else text


def _rows(work: Work, member: Member, event_id: str) -> list[Row] | None:
    """The list, looked up anew: whoever runs the event no more gets none."""
    found = Events(work, member.community.id).get(event_id)
    if found is None or found.state is State.DRAFT or not found.is_run_by(member.id):
        return None
    reader = member.reader
    heads = (texts_desk.COLUMN_PART, texts_desk.COLUMN_NAME, texts_desk.COLUMN_STANDS, texts_desk.COLUMN_GUESTS)
    rows = [[reader(head) for head in heads]]
    for number, part in enumerate(found.parts):
        rows += _of_part(work, member, found, wording.name(reader, part, number), part.id)
    return [*rows, *teams.rows(work, member, found)]


def _of_part(work: Work, member: Member, found: Event, title: str, part_id: str) -> Sequence[Row]:
    """Members by name as far as they show theirs to whoever reads; of the others how many, hidden ones among many."""
    reader, here = member.reader, member.community
    sitting = Seats(work, here.id).sitters(found.id, part_id, *_STANDS)
    shown = [one for one in sitting if one.level is not Level.HIDDEN]
    names = People(work, here.id).names({one.member for one in shown}, member)
    named = [one for one in shown if names.get(one.member)]
    order = list(_STANDS)
    rows = [
        [title, names[one.member], _stands(reader, one.state), str(one.guests)]
        for one in sorted(named, key=lambda one: (order.index(one.state), names[one.member]))
    ]
    for state in order:
        unnamed = [one for one in sitting if one.state is state and one not in named]
        hidden = sum(one.level is Level.HIDDEN for one in unnamed)
        others = here.preset.counted(len(unnamed) - hidden, hidden)
        if others:
            label = f"{reader(texts_desk.COLUMN_OTHERS)}: {here.preset.shown(others)}"
            rows.append(
                [title, label, _stands(reader, state), str(facing.size(unnamed) - len(unnamed)) if not hidden else ""]
            )
    return rows


def _stands(reader: Reader, state: Standing) -> str:
    return reader(_STANDS[state])


FILES = {CSV: as_csv, XLSX: as_xlsx}
