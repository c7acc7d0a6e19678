"""A made-up community with a survey, for the tests of what is promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.people import Handle
from handlers.surveys.rules import release
from storage import closing, communities, errands
from storage.ballots import Ballots, Refused, Taken
from storage.boxes import Half
from storage.clock import MovableClock
from storage.closing import Ended, Held
from storage.engine import Database
from storage.people import Member, People, Role
from storage.questions import Answer, Draft, Kind, Question, Segment
from storage.surveys import Survey, Surveys
from storage.work import Work

START = datetime(2035, 4, 2, tzinfo=UTC)
DAYS = 7
TEXTS = "words"
PASSPHRASES = {"a": "eleven blue herons at dusk", "b": "the lighthouse is out of oil"}


def words(text: str) -> dict[str, str]:
    """In both languages."""
    return {"ja": f"{text}？", "en": f"{text}?"}


def draft(closes_on: datetime, *, segment: bool = False, **more: object) -> Draft:
    """Three questions: one choice, one scale, one text."""
    options = tuple(words(option) for option in ("yes", "no", "perhaps"))
    asked = (
        Question(id="choice", kind=Kind.SINGLE, words=words("choice"), options=options),
        Question(id="many", kind=Kind.MULTIPLE, words=words("many"), options=options),
        Question(id="scale", kind=Kind.SCALE, words=words("scale")),
        Question(id=TEXTS, kind=Kind.TEXT, words=words("words"), longest=200),
    )
    groups = Segment(words=words("group"), labels=(words("north"), words("south"))) if segment else None
    given = {"title": words("a survey"), "questions": asked, "segment": groups, "closes_on": closes_on.date()}
    return Draft.model_validate({**given, **more})


@dataclass
class Town:
    """A community, its members and one open survey."""

    database: Database
    clock: MovableClock
    community: str
    members: list[str]
    secretary: Member
    survey: str = ""

    @classmethod
    async def settle(cls, database: Database, clock: MovableClock, people: int = 12) -> "Town":
        """So many members, without a survey."""
        clock.forward(max(START - clock.now(), timedelta()))

        def found(work: Work) -> tuple[str, list[str], Member]:
            here = communities.found(work, "みなとの縁").id
            folk = People(work, here)
            members = [folk.welcome({"name": f"Person {number}"}) for number in range(people)]
            for number, member_id in enumerate(members):
                folk.add_handle(member_id, Handle("slack", "T1", f"U{number:04}"))
            folk.appoint(members[0], Role.OWNER)
            secretary = folk.get(members[0])
            assert secretary
            return here, members, secretary

        return cls(database, clock, *await database.tx(found))

    async def opens(self, **more: object) -> "Town":
        """The survey is open for a week."""
        asked = draft(self.clock.now() + timedelta(days=DAYS), **more)  # type: ignore[arg-type]  # of a draft
        self.survey = await self.database.tx(lambda work: self.surveys(work).write(asked))
        for trustee in asked.trustees:
            half = Half.fresh(PASSPHRASES[trustee])
            assert await self.database.tx(lambda work, t=trustee, h=half: self.surveys(work).entrust(self.survey, t, h))  # type: ignore[misc] # mypy cannot infer a lambda with defaults
        await self.database.tx(lambda work: self.surveys(work).open(self.survey, self.secretary, ["Aki", "Bo"]))
        return self

    def surveys(self, work: Work) -> Surveys:
        """The repository."""
        return Surveys(work, self.community)

    def ballots(self, work: Work) -> Ballots:
        """The repository."""
        return Ballots(work, self.community)

    async def get(self) -> Survey:
        """The survey as it is now."""
        found = await self.database.look(lambda work: self.surveys(work).get(self.survey))
        assert found
        return found

    async def answers(self, number: int, text: str = "", once: str = "", **more: object) -> Taken | Refused:
        """One member answers."""
        said = {"choice": number % 3, "many": (0, 2), "scale": 7, TEXTS: text}
        answer = Answer.model_validate({"said": said, **more})
        cast = partial(Ballots.cast, survey_id=self.survey, member_id=self.members[number], answer=answer, once=once)
        return await self.database.tx(lambda work: cast(self.ballots(work)))

    async def withdraws(self, number: int) -> bool | Refused:
        """One member takes it back."""
        return await self.database.tx(lambda work: self.ballots(work).withdraw(self.survey, self.members[number]))

    async def all_answer(self, numbers: Sequence[int] = ()) -> None:
        """All of them, or these."""
        for number in numbers or range(len(self.members)):
            await self.answers(number, f"text {number}")

    def is_over(self) -> None:
        """The last day passes."""
        self.clock.forward(timedelta(days=DAYS + 1))

    def closing(self) -> "errands.Errand[Ended | Held]":
        """All steps of the close."""
        return closing.close(self.community, self.survey, release)

    async def closes(self) -> Ended | Held:
        """The last day is over, and the clock looks."""
        self.is_over()
        return await errands.run(self.database, self.closing())
