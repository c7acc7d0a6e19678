"""The year's meetings and decisions: in numbers, and as a file to hand on.  It names nobody."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO

from bot.cards import Button, Buttons, Card, Facts, Link, Look, Piece, Text, button, sentence
from bot.files import File
from bot.language import Reader
from bot.replies import Answer, Redraw
from bot.router import Router
from handlers.events import after_actions, export, running, texts_after
from handlers.events import texts as event_texts
from handlers.events.meeting import cards, texts
from handlers.events.meeting import desk_actions as actions
from handlers.events.meeting import texts_desk as said
from handlers.turn import Turn
from storage.audit import Audit
from storage.decisions import Decision, Decisions
from storage.events import Event, Events
from storage.handouts import Maker
from storage.meetings import Meetings
from storage.minutes import Minutes, Outcome
from storage.people import Area, Member
from storage.todos import Todos, TodoState
from storage.work import Work

CSV, TXT = "meetings.year.csv", "meetings.year.txt"  # kinds of files
SHOWN = 10  # decisions on the card
FIRST_YEAR = 2000

router: Router[Turn] = Router()


@dataclass(frozen=True, slots=True)
class Year:
    """What there was in one year, by the clocks of each meeting."""

    year: int
    meetings: Sequence[Event]
    items: int
    decisions: Sequence[Decision]  # the first one first
    todos: int
    done: int


def of(work: Work, community: str, year: int) -> Year:
    """One year."""
    first, last = datetime(year - 1, 12, 30, tzinfo=UTC), datetime(year + 1, 1, 3, tzinfo=UTC)
    ended = Events(work, community).between(first, min(last, max(first, work.now)))
    held = [one for one in ended if one.first.starts_local.year == year]
    sat = {one.event for one in Meetings(work, community).sittings([one.id for one in held])}
    meetings = [one for one in held if one.id in sat or Meetings(work, community).of(one)]
    items = {
        note.item
        for one in meetings
        for note in Minutes(work, community).of(one.id).values()
        if note.outcome is not Outcome.NONE or note.said.text
    }
    todos = Todos(work, community).of_events([one.id for one in meetings])
    done = sum(one.state is TodoState.DONE for one in todos)
    decisions = Decisions(work, community).all(year=year)[::-1]
    return Year(year, meetings, len(items), decisions, len(todos), done)


def _facts(reader: Reader, found: Year) -> list[tuple[str, str]]:
    todos = reader(said.YEAR_OF_TODOS, done=reader.number(found.done), count=reader.number(found.todos))
    return [
        (reader(said.YEAR_MEETINGS), reader.number(len(found.meetings))),
        (reader(said.YEAR_ITEMS), reader.number(found.items)),
        (reader(said.YEAR_DECISIONS), reader.number(len(found.decisions))),
        (reader(said.YEAR_TODOS), todos),
    ]


# --- the page ------------------------------------------------------------------------------------


def page(turn: Turn, words: str = "") -> Answer:
    """This year's, or that of the year that was typed."""
    typed = words.strip()
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == len("2035") else 0
    return _page(turn, year)


@router.pressed(actions.Year, desk=True, area=Area.CONTENT)
def pressed(turn: Turn, wish: actions.Year) -> Answer:
    """The same, from a button."""
    return _page(turn, wish.year)


def _page(turn: Turn, year: int) -> Answer:
    if not running.runs_all(turn):
        return Redraw(sentence(turn.reader(event_texts.NONE)))
    reader, here, now = turn.reader, turn.community.id, Reader(turn.reader.language, turn.community.zone)
    this = now.local(turn.now).year
    found = of(turn.work, here, year if FIRST_YEAR < year <= this else this)
    links = [(label, turn.house.hand_out(turn, kind, str(found.year))) for kind, label in _LABELS.items()]
    title = reader(said.YEAR_OF, year=str(found.year))
    pieces: list[Piece] = [Text(title, Look.HEADING), Facts(tuple(_facts(reader, found)))]
    if found.decisions:
        told = [(cards.label(reader, one), cards.short(reader, one)) for one in found.decisions[:SHOWN]]
        pieces += cards.in_rows(told)
        more = len(found.decisions) - SHOWN
        pieces += [Text(reader(said.YEAR_MORE, count=more), Look.QUIET)] if more > 0 else []
    else:
        pieces.append(Text(reader(said.YEAR_NONE)))
    row: list[Button | Link] = [Link(reader(label), url) for label, url in links if url]
    row.append(button(reader(said.YEAR_BEFORE), actions.Year(year=found.year - 1)))
    row.append(button(reader(texts_after.NUMBERS), after_actions.Numbers()))
    return Redraw(Card(title, (*pieces, Buttons(tuple(row)))))


# --- the files -----------------------------------------------------------------------------------


def _year(work: Work, member: Member, subject: str) -> Year | None:
    """Looked up anew: whoever does the community's content no more gets none."""
    if not member.may(Area.CONTENT) or not subject.isdigit():
        return None
    Audit(work, member.community.id).record(member, "meeting.year", subject)
    return of(work, member.community.id, int(subject))


def as_csv(work: Work, member: Member, subject: str) -> File | None:
    """The decisions, a row each, in UTF-8 with a mark, so that Excel reads it right; above them the numbers."""
    found, reader = _year(work, member, subject), member.reader
    if found is None:
        return None
    rows = [[label, number] for label, number in _facts(reader, found)]
    rows += [[], [reader(head) for head in said.YEAR_COLUMNS.values()]]
    for one in found.decisions:
        text = one.words.text
        rows.append([one.name, one.on.isoformat(), one.words.title, text.get("ja", ""), text.get("en", ""), one.by])
    out = StringIO()
    csv.writer(out).writerows([export.harmless(cell) for cell in row] for row in rows)
    return _file(reader, found, "csv", out.getvalue().encode("utf-8-sig"))


def as_text(work: Work, member: Member, subject: str) -> File | None:
    """The same to read."""
    found, reader = _year(work, member, subject), member.reader
    if found is None:
        return None
    lines = [reader(said.YEAR_OF, year=str(found.year)), ""]
    lines += [f"{label}: {number}" for label, number in _facts(reader, found)]
    for one in found.meetings:
        lines += ["", f"{reader.full_day(one.first.starts_local.date())}  {one.title(reader.language)}"]
    for one_ in found.decisions:
        lines += ["", cards.label(reader, one_), *one_.words.text.values()]
        lines += [reader(texts.HOLDS_NO_MORE, name=one_.by)] if one_.by else []
    return _file(reader, found, "txt", "\n".join(lines).encode())


def _file(reader: Reader, found: Year, ending: str, content: bytes) -> File:
    mime = "text/csv; charset=utf-8" if ending == "csv" else "text/plain; charset=utf-8"
    return File(f"{reader(said.YEAR_FILE)}-{found.year}.{ending}", mime, content)


_LABELS = {CSV: said.YEAR_CSV, TXT: said.YEAR_TXT}
FILES: dict[str, Maker] = {CSV: as_csv, TXT: as_text}
