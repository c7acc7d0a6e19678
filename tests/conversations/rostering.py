"""What stories of rosters need: files, and a portal to send them on beside whatever surface a story is told on."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import openpyxl

from bot.portal.door import Links
from handlers import features
from handlers.turn import turns
from storage.doors import portal_handle
from storage.handouts import StoredHandouts
from storage.notebook import StoredNotebook
from storage.roster import Invitee, Roster
from tests.community import PATIENCE, Stage, calendars
from tests.stages import Person, Shown
from tests.stages.portal import PortalPerson, PortalStage

HEADER = "氏名,フリガナ,メールアドレス,社員番号,退職日,最終所属"


@asynccontextmanager
async def at_the_portal(stage: Stage, person: Person, patience: float = PATIENCE) -> AsyncIterator[PortalPerson]:
    """The same member, in a browser."""
    routes, links = features.router(), Links("https://portal.test", ["story"])
    house = features.house(routes, link=links.url, file=links.file, calendar=links.calendar, event=links.event)
    portal = PortalStage(
        stage.database,
        turns(stage.database, house, patience),
        routes.actions,
        StoredNotebook(stage.database, "portal"),
        files=StoredHandouts(stage.database, features.files()),
        calendars=calendars(stage.database),
    )
    await portal.open()
    handle = portal_handle(stage.community.id, stage.members[person.name])
    member = await portal.person(person.name, handle)
    try:
        yield member
    finally:
        await portal.close()


async def sends(member: PortalPerson, content: bytes, name: str = "名簿.csv") -> Shown:
    """`/enishi-admin import`, and a file into its form; what comes back."""
    shown = await member.asks("import", admin=True)
    if not shown.is_form:
        await member.presses("別のファイルを選ぶ")
    return await member.submits(file=(name, content))


def csv_of(*rows: str, header: str = HEADER, encoding: str = "cp932") -> bytes:
    """A file as Excel would save it."""
    return "\r\n".join([header, *rows, ""]).encode(encoding)


def xlsx_of(*rows: tuple[object, ...], merged: tuple[str, ...] = ()) -> bytes:
    """A workbook."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


async def on_the_roster(stage: Stage) -> list[Invitee]:
    """Everybody there, by name."""
    people = await stage.database.look(lambda work: Roster(work, stage.community.id).after("", 30_000))
    return sorted(people, key=lambda who: (who.name, who.mail))
