"""Pages to print or to leave open on a screen, made anew for whoever looks."""

from collections.abc import Callable, Mapping

from bot.portal.door import Visitor
from bot.sheets import Sheet
from storage.engine import Database
from storage.people import Member, People
from storage.work import Work

SheetMaker = Callable[[Work, Member, str], Sheet | None]
"""Makes a member's page of a subject; None when there is none for them."""


class StoredSheets:
    """Where the portal gets the pages (`bot.portal.sheets.Sheets`); each call only reads."""

    def __init__(self, database: Database, makers: Mapping[str, SheetMaker]) -> None:
        self._database, self._makers = database, makers

    async def sheet(self, kind: str, subject: str, visitor: Visitor) -> Sheet | None:
        """One page for whoever visits, or None when there is none for them."""
        maker = self._makers.get(kind)
        if maker is None or visitor.guest:
            return None

        def made(work: Work) -> Sheet | None:
            who = People(work, visitor.community).get(visitor.member)
            return maker(work, who, subject) if who else None

        return await self._database.look(made)
