"""Points 2, 7, 8 and 11 of the specification, through the real dispatcher of each surface and on both databases."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import NoReturn

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from handlers import features
from scheduler.courtesy import Courtesy
from scheduler.working import whisper
from storage.ballots import Ballots
from storage.clock import MovableClock
from storage.engine import Database
from storage.people import People
from storage.tables import ballot, survey
from tests.community import SURFACES, Stage
from tests.conversations.surveying import crowd, found, opens, stands
from tests.privacy.dispatching import MARKER, Wire, changed, dumped
from tests.stages import Person

CODE = re.compile(r"(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}")


@pytest.fixture(params=SURFACES)
async def stage(request: pytest.FixtureRequest, database: Database, clock: MovableClock) -> AsyncIterator[Stage]:
    """A community of nobody yet."""
    stage = await Stage.set_up(request.param, database, clock)
    yield stage
    await stage.close()


async def at_the_form(stage: Stage, name: str = "Ada") -> Person:
    """Somebody who has an open survey's form before them."""
    person = await stage.member(name)
    await crowd(stage)
    await opens(stage)
    await person.opens_home()
    await person.asks("help")
    return person


def nobody_in(said: str, stage: Stage) -> bool:
    """Whether neither the marker nor a member stands in it."""
    handles = [stage.surface.handle(name, stage.community.id, who).user for name, who in stage.members.items()]
    return not [one for one in (MARKER, *stage.members, *stage.members.values(), *handles) if one in said]


async def test_9_2_answering_writes_one_row_and_looking_writes_none(
    stage: Stage, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Listed, opened, hinted at, sent, changed, looked up, withdrawn: no row but the ballot is written or locked."""
    caplog.set_level(0)
    ada = await at_the_form(stage)
    before = await stage.database.look(dumped)
    rows = 0
    for words, press, typed, left in (
        ("survey", "回答する", {"q1": "2", "q4": f"{MARKER} ada@example.com"}, 0),  # comes back with a hint
        ("survey", "回答する", {"q1": "2", "q4": MARKER}, 1),
        ("survey", "回答する", {"q4": f"{MARKER} again"}, 1),
        ("survey promise", "", {}, 1),
        ("survey prove", "", {}, 1),
        ("survey check", "", {"code": "ABCD-EFGH-JKMN-PQRS"}, 1),
        ("survey", "自分の状況", {}, 1),
    ):
        shown = await ada.asks(words)
        shown = await ada.presses(press) if press else shown
        shown = await ada.submits(**typed) if typed else shown
        assert MARKER not in shown or shown.is_form
        assert await changed(stage, before) <= {ballot.name}
        rows = len((await stage.database.look(dumped))[ballot.name])
        assert rows == left, words
    await ada.presses("回答を取り消す")
    assert await changed(stage, before) == set()
    assert nobody_in(caplog.text + "".join(capsys.readouterr()), stage)


async def test_9_7_the_same_view_again_has_the_same_code_until_the_close(stage: Stage) -> None:
    """Delivered three times at once, it is one answer and one code; after the last second, it is refused."""
    ada = await at_the_form(stage)
    wire = Wire(stage, ada)
    await ada.asks("survey")
    await ada.presses("回答する")
    code = CODE.search((await ada.submits(q1="1", q4="a")).text)
    assert code
    came = await asyncio.gather(wire.again(), wire.again(), wire.again())
    assert [CODE.findall(one) for one in came] == [[code.group()]] * 3
    assert len((await stage.database.look(dumped))[ballot.name]) == 1
    before = await stage.database.look(dumped)
    stage.clock.forward(timedelta(days=9))  # nobody has closed it yet
    await stage.surface.returns()
    assert not CODE.search(await wire.again())
    assert ballot.name not in await changed(stage, before)


async def test_9_8_failures_at_the_door_say_nothing(
    stage: Stage, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A constraint, a lost server, a mistake, a wrong or old signature, an unknown form: no log has a word or name."""
    caplog.set_level(0)
    ada = await at_the_form(stage)
    wire = Wire(stage, ada)
    real = Ballots.cast
    failures = (
        IntegrityError(MARKER, {"ballot": MARKER}, ValueError(MARKER)),
        OperationalError(MARKER, {}, OSError(MARKER)),
        RuntimeError(MARKER),
    )
    for failure in failures:

        def fail(*_: object, failure: Exception = failure, **__: object) -> NoReturn:
            raise failure

        monkeypatch.setattr(Ballots, "cast", fail)
        await ada.asks("survey")
        await ada.presses("回答する")
        assert not CODE.search((await ada.submits(q4=MARKER)).text)
    monkeypatch.setattr(Ballots, "cast", real)
    assert all(status >= 400 for status in await wire.forged())
    assert not CODE.search(await wire.unknown())
    assert (await stage.database.look(dumped))[ballot.name] == []
    assert nobody_in(caplog.text + "".join(capsys.readouterr()), stage)


async def whispers(stage: Stage) -> None:
    """The clock's one job that writes to people without a row."""
    mouth = {stage.surface.surface.name: stage.surface.surface}
    await whisper(stage.database, mouth, features.quiet(), Courtesy(features.manners()).lets, _at_once)


async def _at_once(_: float) -> None:
    """No gap: nobody watches."""


async def test_9_11_a_reminder_leaves_a_date_and_nothing_else(
    stage: Stage, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Half-way, whoever has not answered is whispered to; all that is written is the day, and no log says to whom."""
    caplog.set_level(0)
    ada, ben, cleo = [await stage.member(name) for name in ("Ada", "Ben", "Cleo")]
    await crowd(stage)
    one = await opens(stage)
    await ada.asks("survey")
    await ada.presses("回答する")
    await ada.submits(q1="1")
    assert await stands(stage, one, "Ada")
    await rests(stage, "Cleo")
    stage.clock.forward(timedelta(days=4))  # Friday, 9 o'clock
    await stage.surface.returns()
    before = await stage.database.look(dumped)
    for _ in range(2):  # once a day at most
        await whispers(stage)
        assert await changed(stage, before) == {survey.name}
    assert (await found(stage, one)).reminders == 1
    reminded = stage.surface.surface.name != "portal"  # there a letter would be a note of ours
    assert [len(await person.inbox()) for person in (ada, ben, cleo)] == [0, int(reminded), 0]
    assert not reminded or "職場アンケート" in (await ben.inbox())[-1]
    assert nobody_in(caplog.text + "".join(capsys.readouterr()), stage)


async def rests(stage: Stage, name: str) -> None:
    """Somebody takes a break."""
    until = stage.clock.now().date() + timedelta(days=30)
    await stage.database.tx(lambda work: People(work, stage.community.id).pause(stage.members[name], until))


async def test_9_11_everybody_is_reminded_where_that_was_promised(stage: Stage) -> None:
    """The same words to whoever has answered and whoever has not."""
    ada, ben = await stage.member("Ada"), await stage.member("Ben")
    await crowd(stage)
    await opens(stage, remind_everyone=True)
    await ada.asks("survey")
    await ada.presses("回答する")
    await ada.submits(q1="1")
    stage.clock.forward(timedelta(days=4))
    await stage.surface.returns()
    await whispers(stage)
    letters = [await person.inbox() for person in (ada, ben)]
    assert letters[0] == letters[1]
    assert len(letters[0]) == (stage.surface.surface.name != "portal")
