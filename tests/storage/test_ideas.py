"""Ideas out of a survey's results."""

from datetime import timedelta

from storage import communities, ideas
from storage.clock import MovableClock
from storage.engine import Database
from storage.ideas import Ideas, Kind
from storage.work import Work


async def test_an_idea_waits_until_something_is_made_of_it(database: Database) -> None:
    """It is found by its kind, kept once however often it is, and gone when it is taken up."""

    def story(work: Work) -> None:
        shelf = Ideas(work, communities.found(work, "Story").id)
        lunch = shelf.keep(Kind.EVENT, "みんなで昼ごはん", "survey", "ja")
        assert shelf.keep(Kind.EVENT, "みんなで昼ごはん", "survey") == lunch
        library = shelf.keep(Kind.PROJECT, "みんなで昼ごはん", "survey")
        assert [(one.id, one.words, one.language) for one in shelf.waiting(Kind.EVENT)] == [
            (lunch, "みんなで昼ごはん", "ja")
        ]
        assert {one.id for one in shelf.waiting()} == {lunch, library}
        assert shelf.done(lunch)
        assert not shelf.done(lunch)
        assert shelf.get(lunch) is None
        assert [one.kind for one in shelf.waiting()] == [Kind.PROJECT]

    await database.tx(story)


async def test_what_is_blacked_out_in_a_survey_is_so_in_its_ideas(database: Database) -> None:
    """An idea made of a text follows it; one of other words, or of another survey, stays."""

    def story(work: Work) -> None:
        shelf = Ideas(work, communities.found(work, "Story").id)
        for words, source in (("with Ada", "one"), ("with Ada", "two"), ("lunch", "one")):
            shelf.keep(Kind.EVENT, words, source)
        assert shelf.reword("one", "with Ada", "with ■■■") == 1
        assert {(one.words, one.source) for one in shelf.waiting()} == {
            ("with ■■■", "one"),
            ("with Ada", "two"),
            ("lunch", "one"),
        }
        assert shelf.reword("two", "with Ada", "") == 1
        assert {one.source for one in shelf.waiting()} == {"one"}

    await database.tx(story)


async def test_an_idea_nobody_took_up_is_forgotten_after_a_year(database: Database, clock: MovableClock) -> None:
    """As the texts it may come from."""
    community = await database.tx(lambda work: communities.found(work, "Story").id)
    await database.tx(lambda work: Ideas(work, community).keep(Kind.EVENT, "lunch"))
    clock.forward(timedelta(days=364))
    assert await database.tx(ideas.forget) == 0
    clock.forward(timedelta(days=3))
    assert await database.tx(ideas.forget) == 1
