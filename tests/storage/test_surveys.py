from storage.ballots import Taken
from storage.clock import MovableClock
from storage.closing import Ended
from storage.engine import Database
from storage.surveys import State
from tests.privacy.town import Town


async def test_a_survey_goes_its_way(database: Database, clock: MovableClock) -> None:
    """Asked, answered, changed, withdrawn, closed: the figures are of those whose answer lay in the box at the end."""
    town = await (await Town.settle(database, clock)).opens()
    await town.all_answer()
    taken = await town.answers(3, "changed")
    assert isinstance(taken, Taken)
    assert await town.withdraws(4) is True
    assert await town.closes() == Ended(State.CLOSED, 11)
    found = await database.look(lambda work: town.surveys(work).results(town.survey))
    assert found.counted == len(found.receipts) == 11
    assert {one.body for one in found.texts["words"]} == {
        *(f"text {n}" for n in range(12) if n not in {3, 4}),
        "changed",
    }
    assert await database.look(lambda work: town.ballots(work).counts(town.survey, taken.code.lower()))
