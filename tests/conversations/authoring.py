"""What stories of writing surveys need: a community that is large enough, and what lies in storage."""

from datetime import timedelta

from storage.ballots import Ballots
from storage.people import People
from storage.questions import Answer
from storage.surveys import State, Survey, Surveys
from storage.work import Work
from tests.community import Stage


async def crowd(stage: Stage, several: int) -> None:
    """So many more members, who do nothing."""

    def join(work: Work) -> None:
        people = People(work, stage.community.id)
        for number in range(several):
            people.welcome({"name": f"会員{number}"})

    await stage.database.tx(join)


async def only(stage: Stage, *states: State) -> Survey:
    """The one survey there is, in these states."""
    [one] = await stage.database.look(lambda work: Surveys(work, stage.community.id).all(*states))
    return one


async def answered(stage: Stage, several: int) -> None:
    """So many of those who were asked have answered, with nothing."""
    one = await only(stage, State.OPEN)

    def answer(work: Work) -> None:
        for member in People(work, stage.community.id).all()[:several]:
            Ballots(work, stage.community.id).cast(one.id, member.id, Answer())

    await stage.database.tx(answer)


async def later(stage: Stage, days: int) -> None:
    """So many days have passed; the clock looks, and sends what came of it."""
    stage.clock.forward(timedelta(days=days))
    await stage.tick()
    await stage.tick()
    await stage.surface.returns()
