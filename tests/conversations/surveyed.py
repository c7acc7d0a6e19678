"""Surveys that have been answered below the surfaces, for stories about what comes after."""

from collections.abc import Sequence
from datetime import timedelta

from storage.ballots import Ballots, Taken
from storage.people import People
from storage.questions import Answer, Draft, Kind, Question, Segment
from storage.surveys import Surveys
from storage.work import Work
from tests.community import Stage

TITLE = "働きやすさアンケート"
QUESTIONS = (
    Question(
        id="talk",
        kind=Kind.SINGLE,
        words={"ja": "相談できる人がいますか", "en": "Is there somebody to talk to?"},
        options=(
            {"ja": "はい", "en": "Yes"},
            {"ja": "いいえ", "en": "No"},
            {"ja": "月に一度の昼食会があればよい", "en": "A lunch once a month would help"},
        ),
    ),
    Question(id="well", kind=Kind.SCALE, words={"ja": "居心地はどうですか", "en": "How do you feel here?"}),
    Question(id="safe", kind=Kind.AGREE, words={"ja": "安心して話せる", "en": "I can speak freely"}),
    Question(id="words", kind=Kind.TEXT, words={"ja": "ほかに何でも", "en": "Anything else"}, longest=300),
)
OFFICES = Segment(words={"ja": "勤務地"}, labels=({"ja": "東京"}, {"ja": "大阪"}, {"ja": "札幌"}))


def said(number: int, *, happy: bool = False) -> Answer:
    """What somebody answers: one of three has somebody to talk to, or all of them when `happy`; one in six writes."""
    told = {
        "talk": 0 if happy else number % 3,
        "well": 7,
        "safe": None if number % 5 == 0 else 4,
        "words": f"{number}番の声。\n=1+1 山田課長に相談したい" if number % 6 == 0 else "",
    }
    return Answer.model_validate({"said": told, "segment": [0, 0, 0, 1, 1, 2][number % 6]})


async def crowd(stage: Stage, several: int) -> Sequence[str]:
    """So many members whom no story calls by name."""

    def join(work: Work) -> list[str]:
        people = People(work, stage.community.id)
        return [people.welcome({"name": f"M{number}"}) for number in range(several)]

    return await stage.database.tx(join)


async def answered(
    stage: Stage, members: Sequence[str], several: int, *, segment: Segment | None = None, happy: bool = False
) -> str:
    """A survey open until tomorrow that so many of these members have answered.  Its id."""

    def write(work: Work) -> str:
        surveys, people = Surveys(work, stage.community.id), People(work, stage.community.id)
        closes_on = surveys.today() + timedelta(days=1)
        draft = Draft(title={"ja": TITLE}, questions=QUESTIONS, segment=segment, closes_on=closes_on)
        opener = people.get(members[0])
        assert opener
        return surveys.open(surveys.write(draft), opener).id

    survey = await stage.database.tx(write)
    plain = segment is None

    def answer(work: Work) -> None:
        box = Ballots(work, stage.community.id)
        for number, member in enumerate(members[:several]):
            told = said(number, happy=happy)
            told = told.model_copy(update={"segment": None}) if plain else told
            assert isinstance(box.cast(survey, member, told), Taken)

    await stage.database.tx(answer)
    return survey


async def closes(stage: Stage) -> None:
    """The night after the last day passes, and the morning comes."""
    stage.clock.forward(timedelta(hours=41))
    await stage.tick()
    await stage.moves(hours=9)
