"""The same town, whose people answer as members do: through a surface's own dispatcher, on a fake platform."""

import re
from dataclasses import dataclass, field

from storage.ballots import Refused, Taken
from storage.clock import MovableClock
from storage.engine import Database
from storage.people import Member, People, Role
from storage.work import Work
from tests.community import SURFACES, Stage
from tests.privacy.town import Town
from tests.stages import Person, Shown

CODE = re.compile(r"(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}")
INPUTS = ("q1", "q2", "q3", "q4")  # of the town's survey, in the order of its questions


@dataclass
class Lived(Town):
    """A town on one surface.  Every second person comes by the home page, which leaves traces of its own."""

    stage: Stage = None  # type: ignore[assignment] # fields of a subclass need a default; `lives` always gives it
    folk: list[Person] = field(default_factory=list)

    @classmethod
    async def lives(cls, surface: str, database: Database, clock: MovableClock, people: int) -> "Lived":
        """So many members, without a survey."""
        assert surface in SURFACES
        stage = await Stage.set_up(surface, database, clock)
        folk = [
            await stage.member(f"Person {number}", Role.MEMBER if number else Role.OWNER) for number in range(people)
        ]
        members = [stage.members[one.name] for one in folk]

        def first(work: Work) -> Member:
            found = People(work, stage.community.id).get(members[0])
            assert found
            return found

        secretary = await database.look(first)
        return cls(database, clock, stage.community.id, members, secretary, stage=stage, folk=folk)

    async def answers(self, number: int, text: str = "", once: str = "", **more: object) -> Taken | Refused:
        """One member opens the form, fills it in, reads the hints if there are any, and sees the code."""
        assert not once, "the platform names its own events"
        assert not more, "the form has no more than the town's questions"
        person = self.folk[number]
        await (person.opens_home() if number % 2 else person.asks("アンケート"))
        form = await person.presses("回答する")
        assert tuple(form.fields) == INPUTS
        shown = await person.submits(q1=str(number % 3), q2=("0", "2"), q3="7", q4=text)
        taken = _taken(shown) or _taken(await person.submits())
        assert taken, shown
        return taken

    async def withdraws(self, number: int) -> bool | Refused:
        """One member looks where they stand, and takes it back."""
        person = self.folk[number]
        await person.asks("アンケート")
        await person.presses("自分の状況")
        return "取り消しました" in await person.presses("回答を取り消す")

    async def moves_away(self) -> None:
        """The surface is taken down."""
        await self.stage.close()


def _taken(shown: Shown) -> Taken | None:
    found = CODE.search(shown.text)
    return Taken(found.group()) if found else None
