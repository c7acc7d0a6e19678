"""Past events: listed, and found by words of their title or text, in any width."""

from datetime import timedelta

import pytest

from bot.address import Address
from bot.events import Asked, Submitted
from bot.people import Handle, Sighting
from bot.replies import Form, Redraw, Whisper
from handlers import features
from handlers.events import actions
from handlers.turn import turns
from storage import communities
from storage.clock import MovableClock
from storage.engine import Database
from storage.events import Events
from storage.people import People
from storage.work import Work
from tests.community import START
from tests.conversations.gathering import talk

ADA = Handle("slack", "T", "U")
WHO, WHERE = Sighting(ADA), Address.direct(ADA)


def _evening(work: Work) -> None:
    here = communities.found(work, "みなとの縁").id
    people, events = People(work, here), Events(work, here)
    people.add_handle(people.welcome({"name": "Ada"}), ADA)
    said, parts = talk(about={"ja": "近況とＡＩの話"})
    events.announce(events.write(said, parts))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("events past", True),
        ("イベント 過去", True),
        ("events past 春の", True),
        ("events ai 近況", True),
        ("events past みなと会館", True),
        ("events past 夏の", False),
        ("events past " + "x" * 5000, False),
    ],
)
async def test_what_is_over_is_found(database: Database, clock: MovableClock, words: str, found: bool) -> None:  # noqa: FBT001 - a column of the table
    """Every word must stand in it; nothing found is said, with what was looked for."""
    clock.forward(START - clock.now())
    await database.tx(_evening)
    clock.forward(timedelta(days=30))
    take_turn = turns(database, features.house(features.router()))
    answer = await take_turn(Asked(who=WHO, where=WHERE, words=words))
    assert isinstance(answer, Whisper)
    assert ("春の集い" in [one.label for one in answer.card.buttons]) is found
    assert ("見つかりませんでした" in str(answer.card.pieces)) is not found


async def test_the_form_that_searches(database: Database, clock: MovableClock) -> None:
    """Nothing typed is told at its field; what is not over is not found."""
    clock.forward(START - clock.now())
    await database.tx(_evening)
    take_turn = turns(database, features.house(features.router()))
    empty = await take_turn(Submitted(who=WHO, where=WHERE, action=actions.Searched(words="　")))
    assert isinstance(empty, Form)
    assert set(empty.errors) == {"words"}
    coming = await take_turn(Submitted(who=WHO, where=WHERE, action=actions.Searched(words="春の")))
    assert isinstance(coming, Redraw)
    assert "見つかりませんでした" in str(coming.card.pieces)
