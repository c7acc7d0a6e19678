"""What stories of sealed surveys need: a community that is large enough, and a survey that is open to it."""

from collections.abc import Iterable
from datetime import timedelta

from storage.ballots import Ballots, Taken
from storage.people import Member, People, Role
from storage.questions import Answer, Draft, Kind, Question, Segment
from storage.surveys import Survey, Surveys
from storage.work import Work
from tests.community import Stage

CROWD = 10  # members whom no story sees: nobody is asked among fewer
DAYS = 8


def both(ja: str, en: str) -> dict[str, str]:
    """The same words in both languages."""
    return {"ja": ja, "en": en}


QUESTIONS = (
    Question(id="trust", kind=Kind.AGREE, words=both("上司を信頼できる", "I can trust my boss")),
    Question(
        id="why",
        kind=Kind.MULTIPLE,
        words=both("理由は", "Why"),
        options=(both("昇進", "Promotion"), both("発言", "Remarks")),
    ),
    Question(id="rate", kind=Kind.SCALE, words=both("職場の満足度", "How content are you")),
    Question(id="words", kind=Kind.TEXT, words=both("ひとこと", "In your words"), longest=300),
)
GROUPS = Segment(words=both("拠点", "Place"), labels=(both("東京", "Tokyo"), both("そのほか", "Elsewhere")))


async def crowd(stage: Stage, size: int = CROWD) -> list[str]:
    """So many members more, whom nobody sees act; their ids."""

    def join(work: Work) -> list[str]:
        people = People(work, stage.community.id)
        return [people.welcome({"name": f"Somebody {number}"}) for number in range(size)]

    return await stage.database.tx(join)


async def opens(stage: Stage, questions: Iterable[Question] = QUESTIONS, *, days: int = DAYS, **more: object) -> Survey:
    """A survey is open to whoever is a member now."""

    def run(work: Work) -> Survey:
        people, surveys = People(work, stage.community.id), Surveys(work, stage.community.id)
        today = surveys.today()
        title = both("職場アンケート", "Workplace survey")
        draft = Draft.model_validate(
            {"title": title, "questions": tuple(questions), "closes_on": today + timedelta(days=days), **more}
        )
        return surveys.open(surveys.write(draft), _secretary(people))

    return await stage.database.tx(run)


def _secretary(people: People) -> Member:
    found = next(iter(people.with_role(Role.OWNER, Role.SECRETARIAT)), None)
    member = found or people.get(people.welcome({"name": "The secretary"}, Role.SECRETARIAT))
    assert member
    return member


async def found(stage: Stage, survey: Survey) -> Survey:
    """The survey as it is now."""
    now = await stage.database.look(lambda work: Surveys(work, stage.community.id).get(survey.id))
    assert now
    return now


async def stands(stage: Stage, survey: Survey, name: str) -> bool:
    """Whether an answer of somebody is in the box, as the program alone can tell."""
    who = stage.members[name]
    present = await stage.database.look(lambda work: Ballots(work, stage.community.id).stands(survey.id, who))
    assert isinstance(present, bool)
    return present


async def all_answer(stage: Stage, survey: Survey, members: Iterable[str]) -> None:
    """These answer, unseen."""

    def cast(work: Work) -> None:
        for member in members:
            taken = Ballots(work, stage.community.id).cast(survey.id, member, Answer(said={"trust": 3}))
            assert isinstance(taken, Taken)

    await stage.database.tx(cast)
