import sqlite3
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.cards import Card, load
from bot.portal.delivering import board, page_of
from handlers.checkins import actions, rules
from handlers.checkins.nudges import PROMPT
from handlers.tryout.people import STARRING, Person, Starring, script, starring
from handlers.tryout.seed import POSTED, plant
from handlers.welcome.rules import Purpose
from storage.checkins import Audience, Checkins, Entry, Template
from storage.engine import database as open_database
from storage.habits import Habits
from storage.keys import Keys
from storage.notebook import StoredNotebook
from storage.people import People, Role
from storage.presets import Level
from storage.surveys import State, Surveys
from storage.tables import audience, ballot
from storage.work import Work
from tests.handlers.tryout.conftest import World

NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


class Stopped:
    """A clock that stands still."""

    offset = timedelta()

    def now(self) -> datetime:
        return NOON


def everything_told(work: Work, community: str) -> list[tuple[str, Entry]]:
    checkins = Checkins(work, community)
    return [(who.name, told) for who in People(work, community).all() for told in checkins.told_by(who.id, 100)]


async def test_48_people_of_all_roles_and_habits_are_there(world: World) -> None:
    """One owner, two secretaries, a supporter; some rest, some have long been silent, some read English."""
    members = await world.database.look(lambda work: People(work, world.community).all())
    assert len(members) == len({member.name for member in members}) == 48
    roles = Counter(member.role for member in members)
    assert roles == {Role.OWNER: 1, Role.SECRETARIAT: 2, Role.SUPPORTER: 1, Role.MEMBER: 44}
    assert sum(member.paused_until is not None for member in members) == 2
    assert Counter(member.level for member in members) == {
        Level.HIDDEN: 2,
        Level.SECRETARIAT: 2,
        Level.MEMBERS: 42,
        Level.OPEN: 2,
    }
    assert all(set(member.profile) == {"name", "years", "field", "purposes"} for member in members)
    assert {member.own_zone for member in members if member.own_language == "en"} == {
        "Europe/Berlin",
        "Asia/Singapore",
    }
    habits = await world.database.look(
        lambda work: [Checkins(work, world.community).habit(member.id) for member in members]
    )
    assert {habit.months for habit in habits} == {None, 1, 6}
    awaited = await world.database.look(
        lambda work: Habits(work, world.community).of([member.id for member in members], PROMPT)
    )
    assert {one.unanswered for one in awaited.values()} == {3, 5, 7}


async def test_two_years_of_answers_lie_behind_them(world: World) -> None:
    """About two hundred, most in different words, of every kind and for every audience, none of them from tomorrow."""
    told = await world.database.look(lambda work: everything_told(work, world.community))
    assert 170 <= len(told) <= 230
    assert len({entry.text for _, entry in told}) >= 120
    assert {entry.template for _, entry in told} == set(Template)
    assert {entry.audience for _, entry in told} == set(Audience)
    assert max(entry.told_at for _, entry in told) < world.clock.now()
    said = Counter((name, entry.text) for name, entry in told)
    assert said.most_common(1)[0][1] == 1  # nobody repeats themselves


@pytest.mark.parametrize("person", script().people, ids=lambda person: person.name)
def test_what_is_written_for_them_would_be_taken_from_anybody(person: Person) -> None:
    """The lines obey the rules of the form."""
    for line in person.told:
        assert 0 < len(line.text) <= rules.TEXT_MAX
        assert rules.tidy(line.text) == line.text
        assert not line.link or rules.is_web_address(line.link)
    assert person.purpose in set(Purpose)


async def test_the_board_has_the_newest_digests_and_authors_have_letters(world: World) -> None:
    """The newest first; each still can be read on and reacted to."""
    notebook = StoredNotebook(world.database, "portal")
    posts = [load(text) for _, text in await notebook.leaf(world.community, page_of(board(world.community)))]
    assert len(posts) == POSTED

    def newest(work: Work) -> str | None:
        return Checkins(work, world.community).latest_digest()

    assert str(await world.database.look(newest)) in _reads(posts[0])
    assert not set(_reads(posts[0])) & set(_reads(posts[1]))
    letters = [
        await notebook.leaf(world.community, f"inbox/{member}") for member, _, _, _ in await world.tryout.people()
    ]
    assert sum(map(len, letters)) >= 10


def _reads(card: Card) -> list[str]:
    presses = [button.press for button in card.buttons if hasattr(button, "press")]
    digests = [press.split('"digest":"')[1].split('"')[0] for press in presses if press.startswith(actions.Read.name)]
    assert digests
    return digests


async def test_a_survey_was_asked_twice_and_its_results_are_there(world: World) -> None:
    """Both times enough answered; members were shown how it ended, and no key or ballot is left of it."""
    surveys = await world.database.look(lambda work: Surveys(work, world.community).all())
    assert [one.state for one in surveys] == [State.CLOSED, State.CLOSED]
    assert all(one.shared_on and one.counted and 20 <= one.counted <= 40 for one in surveys)
    assert surveys[0].draft is None
    left = [await world.database.look(partial(_rows, table)) for table in (ballot, audience)]
    assert left == [0, 0]
    shown = await world.database.look(lambda work: Surveys(work, world.community).results(surveys[0].id))
    assert len(shown.receipts) == surveys[0].counted


def _rows(table: sa.Table, work: Work) -> int:
    return int(work.connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


async def test_the_same_number_tells_the_same_story(sqlite_url: str, keys: Keys) -> None:
    """All but the random ids follows from the time and the number; another number tells another one."""
    opened = open_database(sqlite_url, keys, Stopped())
    await opened.open()

    def story(work: Work, number: int) -> list[tuple[str, datetime, str]]:
        told = everything_told(work, plant(work, number))
        return sorted((name, entry.told_at, entry.text) for name, entry in told)

    first, again, other = [await opened.tx(partial(story, number=number)) for number in (1, 1, 2)]
    await opened.close()
    assert first == again
    assert first != other


async def test_the_file_names_nobody(sqlite_url: str, keys: Keys) -> None:
    """No name and no word of theirs is in the file in clear, and no row's place tells the order of the directory."""
    opened = open_database(sqlite_url, keys, Stopped())
    await opened.open()
    community = await opened.tx(plant)
    ids = await opened.look(lambda work: {member.name: member.id for member in People(work, community).all()})
    await opened.close()
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    stored = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert community.encode() in stored
    for person in script().people:
        for words in (person.name, person.field, *(line.text for line in person.told)):
            assert words.encode() not in stored
    with sqlite3.connect(path) as connection:
        placed = [row[0] for row in connection.execute("SELECT id FROM member ORDER BY rowid")]
        tags = [row[0] for row in connection.execute("SELECT tag FROM handle ORDER BY rowid")]
    connection.close()
    assert sorted(placed) == sorted(ids.values())
    assert placed != [ids[person.name] for person in script().people]
    assert tags == sorted(tags)


async def test_three_are_shown_first(world: World) -> None:
    """An ordinary member, one who reads English, and a secretary; the list of people begins with them."""

    def look(work: Work) -> Starring:
        return starring(work, world.community)

    cast = await world.database.look(look)
    assert not cast.member.role.runs_the_desk
    assert cast.english.reader.language == "en"
    assert cast.secretary.role is Role.SECRETARIAT
    assert tuple(name for _, _, name, _ in (await world.tryout.people())[:3]) == STARRING
