"""Bringing in a roster: `/enishi-admin import`."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.cards import Buttons, Look, Piece, Text, button, sentence
from bot.files import File
from bot.language import Reader
from bot.replies import Answer, Redraw, Whisper
from bot.router import Command, Router
from handlers.roster import actions, cards, correcting, importing, texts
from handlers.roster.columns import Field
from handlers.roster.rules import Checked
from handlers.turn import Turn
from storage.audit import Audit
from storage.doors import Doors
from storage.errands import Errand
from storage.errands import Look as Looks
from storage.people import Area, Member
from storage.roster import Roster
from storage.uploads import Part, Stage, Upload, Uploads
from storage.work import Work

CORRECTIONS = "roster.corrections"
TAKES_FILES = "portal"

router: Router[Turn] = Router()


def here(turn: Turn) -> importing.Here:
    """Whose roster, with which keys, on which day."""
    today = turn.reader.local(turn.now).date()
    return importing.Here(turn.community.id, turn.work.keys, today)


def _uploads(turn: Turn) -> Uploads:
    return Uploads(turn.work, turn.community.id)


def _bad(uploads: Uploads, upload: str, limit: int | None = None) -> list[Checked]:
    """The bad rows of a file, or the first of them."""
    pieces = uploads.pieces(upload, Part.BAD, 0, None if limit is None else 1)
    return list(importing.bad_rows(uploads.work.keys, pieces))[:limit]


# --- the file ------------------------------------------------------------------------------------


@router.asked(
    Command("import", texts.IMPORT_COMMAND, also=("取込", "取り込み", "名簿取込", "インポート"), admin=True),
    area=Area.ROSTER,
)
def import_(turn: Turn, _: str) -> Answer:
    """What waits, or the form for a file."""
    return _standing(turn)


@router.pressed(actions.Look, desk=True, area=Area.ROSTER)
def look(turn: Turn, _: actions.Look) -> Answer:
    """How far it has come."""
    return _standing(turn)


@router.pressed(actions.Again, desk=True, area=Area.ROSTER)
def again(turn: Turn, _: actions.Again) -> Answer:
    """Another file, or the first one."""
    return _choose(turn)


def _choose(turn: Turn, problem: str = "") -> Answer:
    if turn.event.where.surface == TAKES_FILES:
        return cards.choose(turn.reader, problem)
    nonce = Doors(turn.work, turn.community.id).invite(turn.me.id) if turn.house.link else ""
    return Whisper(cards.elsewhere(turn.reader, turn.house.link(nonce) if turn.house.link else ""))


def _standing(turn: Turn) -> Answer:
    upload = _uploads(turn).of(turn.me.id)
    if upload is None or upload.stage is Stage.ARRIVING:
        return _choose(turn)
    if upload.stage in {Stage.READING, Stage.IMPORTING}:
        if upload.busy:
            return Redraw(cards.under_way(turn.reader, upload))
        return _begin_reading(turn, upload) if upload.stage is Stage.READING else _begin_importing(turn, upload)
    bad = _bad(_uploads(turn), upload.id, cards.BAD_SHOWN)
    if upload.stage is Stage.IMPORTED:
        return Redraw(_done(turn, upload.about, bad))
    return _examined(turn.reader, upload.id, upload.about, bad)


@router.submitted(actions.Take, desk=True, area=Area.ROSTER)
def take(turn: Turn, typed: actions.Take) -> Answer:
    """A file has come: read it."""
    upload = _uploads(turn).of(turn.me.id)
    if upload is None or upload.id != typed.file:
        return _choose(turn, turn.reader(texts.FILE_GONE))
    return _begin_reading(turn, upload)


def _begin_reading(turn: Turn, upload: Upload, where: Mapping[Field, int] | None = None) -> Answer:
    if not _uploads(turn).begin(upload.id, Stage.READING, upload.about):
        return Redraw(cards.under_way(turn.reader, upload))
    reading = Upload(upload.id, upload.member, Stage.READING, 0, busy=True)
    return turn.later(_reading(turn.reader, here(turn), upload, where), Redraw(cards.under_way(turn.reader, reading)))


def _reading(reader: Reader, at: importing.Here, upload: Upload, where: Mapping[Field, int] | None) -> Errand[Answer]:
    about = yield from importing.examining(at, upload.id, upload.about, where)
    bad = yield Looks(lambda work: _bad(Uploads(work, at.community), upload.id, cards.BAD_SHOWN))
    return _examined(reader, upload.id, about, bad)


def _examined(reader: Reader, upload: str, about: Mapping[str, Any], bad: Sequence[Checked]) -> Answer:
    """The dry run; or what keeps us from one: a file that cannot be read, columns that are not sure."""
    if "trouble" in about:
        return cards.unreadable(reader, about)
    if "counts" not in about:
        return cards.columns_form(reader, about)
    return Redraw(cards.dry_run(reader, upload, about, bad))


@router.pressed(actions.Drop, desk=True, area=Area.ROSTER)
def drop(turn: Turn, _: actions.Drop) -> Answer:
    """Forget the file."""
    _uploads(turn).drop(turn.me.id)
    return Redraw(sentence(turn.reader(texts.DROPPED)))


# --- the columns ---------------------------------------------------------------------------------


def _read(turn: Turn, file: str = "") -> Upload | None:
    """The file that has been read and waits for a word."""
    upload = _uploads(turn).of(turn.me.id)
    fits = upload and upload.stage is Stage.READ and "trouble" not in upload.about and file in {"", upload.id}
    return upload if fits else None


@router.pressed(actions.Columns, desk=True, area=Area.ROSTER)
def columns(turn: Turn, _: actions.Columns) -> Answer:
    """Open the form."""
    upload = _read(turn)
    return cards.columns_form(turn.reader, upload.about) if upload else _standing(turn)


@router.submitted(actions.Arrange, desk=True, area=Area.ROSTER)
def arrange(turn: Turn, typed: actions.Arrange) -> Answer:
    """Read the file anew, like this."""
    upload = _read(turn)
    if upload is None:
        return _standing(turn)
    width = len(upload.about["labels"])
    told = {one: str(getattr(typed, f"c_{one}")) for one in Field}
    where = {one: int(at) for one, at in told.items() if at.isdecimal() and int(at) < width}
    errors = {}
    if Field.NAME not in where and Field.FAMILY not in where:
        errors["c_name"] = turn.reader(texts.COLUMNS_NAME)
    for one, at in where.items():
        if list(where.values()).count(at) > 1:
            errors[f"c_{one}"] = turn.reader(texts.COLUMNS_TWICE)
    if errors:
        return cards.columns_form(turn.reader, upload.about, typed, errors)
    return _begin_reading(turn, upload, where)


# --- each row ------------------------------------------------------------------------------------


@router.pressed(actions.Rows, desk=True, area=Area.ROSTER)
def rows(turn: Turn, wish: actions.Rows) -> Answer:
    """What would happen to each."""
    upload = _read(turn)
    if upload is None or "counts" not in upload.about:
        return _standing(turn)
    total = sum(upload.about["counts"].values())
    start = min(max(0, wish.start), max(0, total - 1))
    number, within = divmod(start, importing.AT_ONCE)
    pieces = _uploads(turn).pieces(upload.id, Part.ROWS, number, 1)
    page = [
        (row, verdict, told.get("name", ""))
        for piece in pieces
        for row, verdict, told in importing.opened(turn.work.keys, piece)[within : within + cards.ROWS_SHOWN]
    ]
    return Redraw(cards.rows(turn.reader, page, start, total, lasting=turn.event.lasting))


@router.pressed(actions.Corrections, desk=True, area=Area.ROSTER)
def corrections(turn: Turn, _: actions.Corrections) -> Answer:
    """The way to the file."""
    upload = _uploads(turn).of(turn.me.id)
    if upload is None or not upload.about.get("counts", {}).get("bad"):
        return Whisper(sentence(turn.reader(texts.CORRECT_NONE)))
    return Whisper(cards.corrections(turn.reader, turn.house.hand_out(turn, CORRECTIONS, upload.id)))


def corrections_file(work: Work, member: Member, upload_id: str) -> File | None:
    """The rows to correct; None when the file is no longer there, or no longer theirs to see."""
    uploads = Uploads(work, member.community.id)
    upload = uploads.of(member.id)
    if upload is None or upload.id != upload_id or "counts" not in upload.about or not member.may(Area.ROSTER):
        return None
    columns = importing.columns_in(upload.about)
    content = correcting.corrections(member.reader, columns, _bad(uploads, upload.id))
    return File(member.reader(texts.CORRECT_FILE), correcting.MIME, content)


# --- onto the roster -----------------------------------------------------------------------------


@router.pressed(actions.Confirm, desk=True, area=Area.ROSTER)
def confirm(turn: Turn, wish: actions.Confirm) -> Answer:
    """The word it waits for."""
    upload = _read(turn, wish.file)
    if upload is None or not upload.about.get("counts", {}).get("new"):
        return _standing(turn)
    return _begin_importing(turn, upload)


def _begin_importing(turn: Turn, upload: Upload) -> Answer:
    if not _uploads(turn).begin(upload.id, Stage.IMPORTING, upload.about):
        return Redraw(cards.under_way(turn.reader, upload))
    importing_ = Upload(upload.id, upload.member, Stage.IMPORTING, 0, busy=True)
    return turn.later(_importing(turn, upload), Redraw(cards.under_way(turn.reader, importing_)))


def _importing(turn: Turn, upload: Upload) -> Errand[Answer]:
    reader, at, me = turn.reader, here(turn), turn.me
    about = yield from importing.importing(at, upload.id, upload.about, me)
    if about is None:
        return Redraw(sentence(reader(texts.BUSY)))
    bad = yield Looks(lambda work: _bad(Uploads(work, at.community), upload.id, cards.BAD_SHOWN))
    return Redraw(cards.imported(reader, about, bad, undoable=True))


def _done(turn: Turn, about: Mapping[str, Any], bad: Sequence[Checked]) -> Any:
    batches = Roster(turn.work, turn.community.id).batches()
    undoable = any(one.id == about["batch"] and not one.closed for one in batches)
    return cards.imported(turn.reader, about, bad, undoable=undoable)


@router.pressed(actions.Undo, desk=True, area=Area.ROSTER)
def undo(turn: Turn, wish: actions.Undo) -> Answer:
    """Take an import back, as a whole."""
    size = Roster(turn.work, turn.community.id).undo(wish.batch)
    if size is None:
        return Redraw(sentence(turn.reader(texts.UNDO_LATE)))
    Audit(turn.work, turn.community.id).record(turn.me, importing.UNDONE, wish.batch)
    upload = _uploads(turn).of(turn.me.id)
    if upload and upload.about.get("batch") == wish.batch:
        _uploads(turn).drop(turn.me.id)
    return Redraw(sentence(turn.reader(texts.UNDONE, count=size)))


# --- the desk ------------------------------------------------------------------------------------


def desk(turn: Turn) -> Sequence[Piece]:
    """A file that waits for a word, or rows for correction."""
    upload = _uploads(turn).of(turn.me.id)
    if upload is None or upload.stage is Stage.ARRIVING:
        return ()
    counts = upload.about.get("counts", {})
    if upload.stage is not Stage.IMPORTED:
        new = counts.get("new", 0)
        said = turn.reader(texts.DESK_READ, count=new) if new else turn.reader(texts.DESK_ASKS)
    elif counts.get("bad"):
        said = turn.reader(texts.DESK_BAD, count=counts["bad"])
    else:
        return ()
    row = Buttons((button(turn.reader(texts.DESK_OPEN), actions.Look(), Look.PRIMARY),))
    return (Text(turn.reader(texts.DESK_TITLE), Look.HEADING), Text(said), row)
