"""What surveys answer tells nobody about anybody: the same words after the same work in the same time.

Members act through the real turn; the list, the form and codes are all there is to ask.
"""

import math
import random
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

import pytest

from bot.address import Address
from bot.codes import LETTERS
from bot.events import Asked, OpenedHome, Pressed, Submitted
from bot.people import Handle, Sighting
from bot.portal.door import Links
from bot.surface import TakeTurn
from handlers import features
from handlers.surveys.answering import actions
from handlers.turn import turns
from storage.ballots import Taken
from storage.boxes import CODE_LENGTH
from storage.clock import MovableClock
from storage.engine import Database
from storage.people import People
from storage.presets import Level
from storage.tables import metadata
from storage.work import Work
from tests.conversations.test_no_oracle import statements
from tests.privacy.town import Town

ROOT = Path(__file__).parents[2]
CALLS = 200
APART = 0.2  # how far from a coin toss "this one took longer" may be: seven deviations of what chance does in 200 calls
ANSWERED, SILENT, HIDDEN, HIDDEN_ANSWERED, WITHDREW = range(1, 6)
LATE = 99  # joined when the survey was open
WHO = (ANSWERED, SILENT, HIDDEN, HIDDEN_ANSWERED, WITHDREW)


@dataclass
class Street:
    """Members of a town with one open and one closed survey, each asking through the real turn."""

    town: Town
    take_turn: TakeTurn
    codes: dict[str, str]  # codes of the closed survey that do not count, by why

    def who(self, number: int) -> Sighting:
        """An account as its platform tells of it: the same name for all, since one's own name is no secret."""
        return Sighting(Handle("slack", "T1", f"U{number:04}"), "Person", "ja")

    async def lists(self, number: int) -> str:
        """`/enishi survey`."""
        who = self.who(number)
        return repr(await self.take_turn(Asked(who=who, where=Address.direct(who.handle), words="survey")))

    async def opens(self, number: int) -> str:
        """The button of the form."""
        who, press = self.who(number), actions.Open(survey=self.town.survey)
        return repr(await self.take_turn(Pressed(who=who, where=Address.direct(who.handle), action=press)))

    async def home(self, number: int) -> str:
        """The home page, which others may see over a shoulder."""
        who = self.who(number)
        return repr(await self.take_turn(OpenedHome(who=who, where=Address.direct(who.handle))))

    async def checks(self, why: str, number: int = ANSWERED) -> str:
        """The form of a code, sent."""
        who, typed = self.who(number), actions.Code(code=self.codes[why])
        return repr(await self.take_turn(Submitted(who=who, where=Address.direct(who.handle), action=typed)))


@pytest.fixture
async def street(database: Database, clock: MovableClock) -> Street:
    """One survey is closed, whose codes some have; the next is open, and two of its members are hidden."""
    town = await Town.settle(database, clock)
    await town.opens()
    await town.all_answer(range(6, 12))
    given = {"replaced": await town.answers(ANSWERED, once="first"), "withdrawn": await town.answers(WITHDREW)}
    counted = await town.answers(ANSWERED, once="second")
    await town.withdraws(WITHDREW)
    await town.closes()
    codes = {why: taken.code for why, taken in given.items() if isinstance(taken, Taken)}
    assert isinstance(counted, Taken)
    await town.opens()
    for number in (ANSWERED, HIDDEN_ANSWERED, WITHDREW):
        await town.answers(number)
    await town.withdraws(WITHDREW)

    await database.tx(partial(_alike, town))
    links = Links("https://portal.example", ["story"])
    house = features.house(features.router(), link=links.url, invitation=links.invitation)
    return Street(town, turns(database, house), {**codes, "made up": LETTERS[3] * CODE_LENGTH, "counted": counted.code})


def _alike(town: Town, work: Work) -> None:
    """All have one name, as it is no secret to themselves; two of them are hidden, and one has joined since."""
    people = People(work, town.community)
    late = people.welcome({"name": "Person"})
    people.add_handle(late, Handle("slack", "T1", f"U{LATE:04}"))
    for number in WHO:
        people.describe(town.members[number], {"name": "Person"})
        hidden = number in {HIDDEN, HIDDEN_ANSWERED}
        people.show(town.members[number], Level.HIDDEN if hidden else Level.MEMBERS)


async def same(ways: Sequence[Callable[[], Awaitable[str]]]) -> bool:
    """Whether all of them are answered word for word the same, after the same questions to the database."""
    found = set()
    for way in ways:
        await way()  # what a month's first call writes down, or a process looks up once, is done
        with statements() as asked:
            said = await way()
        assert asked
        found.add((said, tuple(asked)))
    return len(found) == 1


async def took_alike(ways: Sequence[Callable[[], Awaitable[str]]]) -> bool:
    """Whether of 200 calls each in random order every other one takes longer than the first as often as not."""
    order = [place for place in range(len(ways)) for _ in range(CALLS)]
    random.Random(9).shuffle(order)  # noqa: S311 - an order of calls, no secret
    took: list[list[float]] = [[] for _ in ways]
    for place in order:
        began = perf_counter()
        await ways[place]()
        took[place].append(perf_counter() - began)
    first, *others = took
    longer = [sum(one > two for one in other for two in first) / CALLS**2 for other in others]
    return all(abs(share - 0.5) < APART for share in longer)


async def test_9_10_surveys_tell_the_same_to_whoever_was_asked(street: Street) -> None:
    """The list, the form and the home page are the same whether one has answered, taken it back, or is hidden."""
    for way in (street.lists, street.opens):
        assert await same([partial(way, who) for who in WHO]), way.__name__
    for alike in ((ANSWERED, SILENT, WITHDREW), (HIDDEN, HIDDEN_ANSWERED)):
        assert await same([partial(street.home, who) for who in alike])
    assert await street.lists(LATE) != await street.lists(
        SILENT
    )  # it tells something: to oneself, that one was not asked


async def test_9_10_and_takes_as_long(street: Street) -> None:
    """Nor does the delay tell who has answered, or who is hidden."""
    assert await took_alike([partial(street.lists, who) for who in (SILENT, ANSWERED, HIDDEN_ANSWERED)])
    assert await took_alike([partial(street.opens, who) for who in (SILENT, ANSWERED)])


async def test_9_10_a_code_that_does_not_count_tells_nothing(street: Street) -> None:
    """Replaced, withdrawn or made up: one answer, one delay, whoever asks; a code that counts is told so."""
    wrong = [why for why in street.codes if why != "counted"]
    assert len(wrong) == 3
    assert await same([partial(street.checks, why) for why in wrong])
    assert await same([partial(street.checks, "made up", who) for who in (*WHO, LATE)])
    assert await took_alike([partial(street.checks, why) for why in wrong])
    assert await street.checks("counted") != await street.checks("made up")


async def test_9_12_there_is_no_consultation_box_yet(street: Street) -> None:
    """Of point 12 this much can be asked today: no table holds a box, and codes need no limit.

    A receipt says that some answer was counted, and no more.  One guesses none of 79 bits, however often one tries, so
    wrong ones are all answered; codes that open something, as those that join two accounts, live an hour.
    """
    names = {table.name for table in metadata.tables.values()} - {
        "event_inbox"
    }  # questions, which nobody answers alone
    assert not {word for name in names for word in name.split("_")} & {"box", "inbox", "thread", "consultation"}
    assert CODE_LENGTH * math.log2(len(LETTERS)) > 64
    tries = {await street.checks("made up") for _ in range(50)}
    assert len(tries) == 1


def test_every_point_has_a_test_named_after_it() -> None:
    """Section 9 of the specification has twelve points; docs/privacy lists them."""
    text = "".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    named = {int(number) for number in re.findall(r"def test_9_(\d+)_", text)}
    assert named == set(range(1, 13))
    listed = (ROOT / "docs/privacy/README.md").read_text()
    assert [number for number in range(1, 13) if f"\n| {number} " not in listed] == []
