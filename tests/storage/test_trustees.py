"""Who stops a survey, and whose passphrases open it: what becomes of both when people leave or turn out to be one."""

from datetime import timedelta

from storage import communities, leaving, trustees
from storage.boxes import Half
from storage.clock import MovableClock
from storage.engine import Database
from storage.people import People, Role
from storage.questions import Draft, Kind, Question
from storage.stops import LIVES, Stops
from storage.surveys import Surveys
from storage.work import Work

HALVES = [Half(bytes([n]) * 32, bytes(16), b"locked") for n in range(3)]  # nothing here opens them


def _sensitive(work: Work) -> tuple[str, str, list[str]]:
    """A sensitive draft in a community of three: its community, its id and the members."""
    community = communities.found(work, "みなとの縁").id
    people, surveys = People(work, community), Surveys(work, community)
    who = [people.welcome({"name": name}, Role.SECRETARIAT) for name in ("Ada", "Ben", "Chie")]
    question = Question(id="q1", kind=Kind.TEXT, words={"en": "?"})
    last = surveys.today() + timedelta(days=9)
    draft = Draft(title={"en": "T"}, questions=(question,), sensitive=True, trustees=(who[0], who[1]), closes_on=last)
    survey = surveys.write(draft)
    for member, half in zip(who[:2], HALVES, strict=False):
        assert surveys.entrust(survey, member, half)
    return community, survey, who


async def test_a_trustee_who_leaves_is_in_no_draft_and_no_key(database: Database) -> None:
    """Another has to be found; the other's passphrase is kept."""

    def story(work: Work) -> None:
        community, survey, (ada, ben, _) = _sensitive(work)
        leaving.leave(work, community, ada)
        surveys = Surveys(work, community)
        found = surveys.get(survey)
        assert found
        assert found.draft
        assert found.draft.trustees == (ben,)
        assert surveys.trusting(survey) == {ben}

    await database.tx(story)


async def test_a_trustee_with_two_accounts_keeps_the_box(database: Database) -> None:
    """It is theirs to open under the member they are now; two who turn out to be one are one trustee."""

    def story(work: Work) -> None:
        community, survey, (ada, ben, chie) = _sensitive(work)
        surveys = Surveys(work, community)
        trustees.merge(work, community, ada, chie)
        found = surveys.get(survey)
        assert found
        assert found.draft
        assert found.draft.trustees == (chie, ben)
        assert surveys.trusting(survey) == {chie, ben}
        trustees.merge(work, community, ben, chie)
        found = surveys.get(survey)
        assert found
        assert found.draft
        assert found.draft.trustees == (chie,)

    await database.tx(story)


async def test_a_wish_to_stop_stands_for_a_week_and_goes_with_whoever_had_it(
    database: Database, clock: MovableClock
) -> None:
    """It is one for each survey, and can be asked again afterwards."""

    def ask(work: Work) -> tuple[str, str, list[str]]:
        community, survey, who = _sensitive(work)
        stops = Stops(work, community)
        assert stops.ask(survey, who[0])
        assert not stops.ask(survey, who[1])
        stops.merge(who[0], who[2])
        assert [one.member for one in stops.all()] == [who[2]]
        return community, survey, who

    community, survey, who = await database.tx(ask)
    clock.forward(LIVES + timedelta(days=1))
    assert await database.tx(lambda work: Stops(work, community).get(survey)) is None
    assert await database.tx(lambda work: Stops(work, community).ask(survey, who[1]))
    await database.tx(lambda work: leaving.leave(work, community, who[1]))
    assert await database.tx(lambda work: Stops(work, community).all()) == []
