"""The list of those who come: whose names are in it, who gets it, and that no spreadsheet runs it."""

import csv
import io
from datetime import timedelta

from openpyxl import load_workbook

from bot.files import File
from handlers.events import export
from storage import communities
from storage.audit import Audit
from storage.engine import Database
from storage.events import Events
from storage.people import Member, People, Role
from storage.presets import Level
from storage.programme import Details, Part
from storage.seats import Seats
from storage.work import Work

SHOWN = {"Ada": Level.MEMBERS, '=HYPERLINK("x")': Level.OPEN, "Cat": Level.SECRETARIAT, "Dan": Level.HIDDEN}


def _rows(file: File | None) -> list[list[str]]:
    assert file
    return list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))


def _evening(work: Work) -> tuple[Member, Member, str]:
    """An event with an organiser who is a supporter, another supporter, and members of every visibility."""
    here = communities.found(work, "みなとの縁").id
    people = People(work, here)
    sue, tom = (people.welcome({"name": name}, Role.SUPPORTER) for name in ("Sue", "Tom"))
    starts = (work.now + timedelta(days=9)).replace(tzinfo=None, microsecond=0)
    part = Part(starts_local=starts, ends_local=starts + timedelta(hours=2), zone="Asia/Tokyo", place={"ja": "会館"})
    events = Events(work, here)
    found = events.announce(events.write(Details(title={"ja": "集い"}, organisers=(sue,), guests=2), [part]))
    assert found
    for name, level in SHOWN.items():
        one = people.get(people.welcome({"name": name}, level=level))
        assert one
        Seats(work, here).answer(found.parts[0].id, one, going=True, guests=int(name == "Ada"))
    both = [people.get(one) for one in (sue, tom)]
    assert both[0]
    assert both[1]
    return both[0], both[1], found.id


async def test_names_of_those_who_show_theirs(database: Database) -> None:
    """Others are counted without a name, hidden ones not even that as long as they would stand alone."""

    def look(work: Work) -> None:
        sue, tom, event = _evening(work)
        head, *rows = _rows(export.as_csv(work, sue, event))
        assert head == ["部", "名前", "状態", "ゲスト"]
        assert rows == [
            ["第1部", '\'=HYPERLINK("x")', "参加", "0"],
            ["第1部", "Ada", "参加", "1"],
            ["第1部", "ここにお名前のないメンバー: 1", "参加", ""],
        ]
        assert export.as_csv(work, tom, event) is None
        assert export.as_xlsx(work, tom, event) is None
        assert [one.action for one in Audit(work, sue.community.id).latest(9)] == ["event.exported"]

    await database.tx(look)


async def test_the_workbook_says_the_same(database: Database) -> None:
    """Every cell is a text, none a formula."""

    def look(work: Work) -> None:
        sue, _, event = _evening(work)
        file = export.as_xlsx(work, sue, event)
        assert file
        assert file.name.endswith(f"{sue.reader.local(work.now):%Y-%m-%d}.xlsx")
        [sheet] = load_workbook(io.BytesIO(file.content)).worksheets
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
        assert [row[1] for row in sheet.values] == [row[1] for row in _rows(export.as_csv(work, sue, event))]

    await database.tx(look)


async def test_a_count_among_many(database: Database) -> None:
    """Where five have no name, hidden members are among them."""

    def look(work: Work) -> None:
        sue, _, event = _evening(work)
        here = sue.community.id
        [part] = [part for one in Events(work, here).upcoming() for part in one.parts]
        for number in range(3):
            one = People(work, here).get(People(work, here).welcome({"name": f"N{number}"}, level=Level.SECRETARIAT))
            assert one
            Seats(work, here).answer(part.id, one, going=True)
        assert _rows(export.as_csv(work, sue, event))[-1][1] == "ここにお名前のないメンバー: 5"

    await database.tx(look)
