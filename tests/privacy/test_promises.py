"""The points of the specification that lie below the conversation, each under its number (docs/privacy)."""

import asyncio
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa

from bot.surface import Unavailable
from storage import closing, errands
from storage.audit import Audit
from storage.ballots import Ballots, Check, Refused, Taken
from storage.boxes import SurveyKey, Unopenable
from storage.clock import MovableClock
from storage.closing import Ended, Held
from storage.engine import Database, StorageMistake
from storage.leaving import leave
from storage.questions import Answer, Manifest, padded
from storage.surveys import Ending, State, Surveys, tag_of
from storage.tables import audience, ballot, metadata, said, survey
from storage.work import Work
from tests.privacy.story import ends_early
from tests.privacy.town import TEXTS, Town, draft

Dump = dict[str, list[tuple[Any, ...]]]


def dumped(work: Work) -> Dump:
    """Every row of every table, with the transactions that wrote and locked it where the engine tells."""
    hidden = "xmin::text, xmax::text, ctid::text, " if work.connection.dialect.name == "postgresql" else ""
    dump = {}
    for table in metadata.sorted_tables:
        rows = work.connection.execute(sa.select(sa.text(f"{hidden}*")).select_from(table))
        dump[table.name] = [tuple(row) for row in rows]
    return dump


async def opened(database: Database, clock: MovableClock, people: int = 12, **survey: object) -> Town:
    """A town with an open survey."""
    return await (await Town.settle(database, clock, people)).opens(**survey)


def reminded(town: Town, day: date, work: Work) -> bool:
    """Whether reminders may go out on this day."""
    return town.surveys(work).reminded(town.survey, day)


async def rows_of(town: Town, table: sa.Table) -> int:
    """How many rows a table has."""
    count = sa.select(sa.func.count()).select_from(table)
    return int(await town.database.look(lambda work: work.connection.execute(count).scalar_one()))


async def test_9_2_an_answer_writes_one_row_and_nothing_else(database: Database, clock: MovableClock) -> None:
    """Sent, sent again, changed, withdrawn: no other row of any table is written, locked or moved."""
    town = await opened(database, clock)
    before = await database.look(dumped)
    for deed, rows in (
        (lambda: town.answers(3, "one", once="view"), 1),
        (lambda: town.answers(3, "one", once="view"), 1),
        (lambda: town.answers(3, "two"), 1),
        (lambda: town.withdraws(3), 0),
    ):
        await deed()
        after = await database.look(dumped)
        assert {name for name in after if after[name] != before[name]} <= {ballot.name}
        assert len(after[ballot.name]) == rows


@pytest.mark.parametrize("trustees", [False, True])
async def test_9_3_all_ballots_are_equally_long(database: Database, clock: MovableClock, *, trustees: bool) -> None:
    """Nothing, English, as much Japanese and as many rare letters as fit: one length."""
    more = {"sensitive": True, "trustees": ("a", "b")} if trustees else {}
    town = await opened(database, clock, 20, **more)
    said_ = [
        {},
        {TEXTS: "x"},
        {TEXTS: "縁" * 200},
        {TEXTS: "\U00020000" * 200, "many": (0, 1, 2), "choice": 2, "scale": 10},
    ]
    answers = [Answer.model_validate({"said": one}) for one in said_]

    def cast(work: Work) -> list[Taken | Refused]:
        box = town.ballots(work)
        return [box.cast(town.survey, town.members[n], answer) for n, answer in enumerate(answers)]

    assert all(isinstance(one, Taken) for one in await database.tx(cast))
    sizes = sa.select(sa.func.length(ballot.c.ballot))
    found = await database.look(lambda work: list(work.connection.execute(sizes).scalars()))
    assert len(found) == len(said_)
    assert len(set(found)) == 1


async def test_9_4_after_the_close_there_is_no_way_back(database: Database, clock: MovableClock) -> None:
    """No key, a saved ballot opens nowhere, nobody's tag; closing again changes nothing, and nothing reopens it."""
    town = await opened(database, clock)
    await town.all_answer()
    asked = await town.get()
    [saved] = await database.look(lambda work: closing.Closings(work, town.community).chunk(town.survey, b"")[:1])
    assert await town.closes() == Ended(State.CLOSED, 12)
    keys = database._keys  # type: ignore[attr-defined]  # both kinds keep them so
    assert keys.surveys.get(town.survey) is None
    with pytest.raises(Unopenable):
        SurveyKey.fresh().open(saved[1], asked.boxes, asked.sha256, saved[0])
    assert [await rows_of(town, table) for table in (ballot, audience)] == [0, 0]
    shown = await database.look(lambda work: town.surveys(work).results(town.survey))
    assert await errands.run(database, town.closing()) == Ended(State.CLOSED, 12)
    assert await database.look(lambda work: town.surveys(work).results(town.survey)) == shown
    assert await town.answers(1, "late") is Refused.CLOSED
    assert await town.withdraws(1) is Refused.CLOSED
    assert await database.tx(lambda work: closing.Closings(work, town.community).stop(town.survey)) is None
    with pytest.raises(TypeError):
        await database.tx(lambda work: town.surveys(work).open(town.survey, town.secretary))
    actions = await database.look(lambda work: [one.action for one in Audit(work, town.community).latest(9)])
    assert actions == ["survey.closed", "survey.opened"]


async def test_9_5_too_few_answers_are_never_opened(
    database: Database, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With k - 1 answers the function that opens is not called at all, and everything is gone."""
    spied: list[object] = []
    monkeypatch.setattr(SurveyKey, "open", lambda *words: spied.append(words))
    town = await opened(database, clock)
    await town.all_answer(range(4))
    assert await town.closes() == Ended(State.VOID)
    assert spied == []
    assert (await town.get()).ending is Ending.FEW
    assert [await rows_of(town, table) for table in (ballot, audience, said)] == [0, 0, 0]
    assert database._keys.surveys.get(town.survey) is None  # type: ignore[attr-defined]  # as above


async def test_9_7_answers_during_the_close_are_counted_or_refused(database: Database, clock: MovableClock) -> None:
    """Whoever was told "taken" is counted, nobody else; delivered again, the same view has the same receipt."""
    town = await opened(database, clock, 24)
    await town.all_answer(range(8))
    ends = (await town.get()).closes_at
    assert ends
    clock.forward(ends - clock.now() - timedelta(seconds=1))  # the last second

    async def sends(number: int) -> Taken | Refused:
        if number == 20:
            clock.forward(timedelta(seconds=2))
        first = await town.answers(number, "now", once=f"view{number}")
        again = await town.answers(number, "now", once=f"view{number}")
        return first if again in {first, Refused.CLOSED} else again

    async def closes() -> Ended | Held:
        while True:
            try:
                return await errands.run(database, town.closing())
            except TypeError:
                await asyncio.sleep(0)

    results = await asyncio.gather(closes(), *(sends(number) for number in range(8, 24)))
    ended, taken = results[0], [one for one in results[1:] if isinstance(one, Taken)]
    assert ended == Ended(State.CLOSED, 8 + len(taken))
    counted = await database.look(lambda work: [town.ballots(work).counts(town.survey, one.code) for one in taken])
    assert all(counted)
    assert not await database.look(lambda work: town.ballots(work).counts(town.survey, "ABCDEFGHJKMNPQRS"))


async def test_9_8_failures_say_nothing(
    database: Database, clock: MovableClock, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """A broken constraint, a lost server, an answer that does not fit: no text, no member in a message or a log."""
    caplog.set_level(0)
    town = await opened(database, clock)
    text, who = "mark0123456789ab", town.members[2]
    told: list[BaseException] = []

    def broken(work: Work) -> None:
        Ballots(work, town.community).cast(town.survey, who, Answer(said={TEXTS: text}))
        row = {"community_id": town.community, "survey_id": town.survey, "tag": b"t" * 32, "ballot": None}
        work.connection.execute(sa.insert(ballot), row)

    def lost(work: Work) -> None:
        Ballots(work, town.community).cast(town.survey, who, Answer(said={TEXTS: text}))
        raise sa.exc.DBAPIError.instance(text, who, OSError(text), OSError)

    def unfit(work: Work) -> None:
        Ballots(work, town.community).cast(town.survey, who, Answer(said={TEXTS: text * 100}))

    for deed, kind in ((broken, StorageMistake), (lost, Unavailable), (unfit, ValueError)):
        with pytest.raises(kind) as caught:
            await database.tx(deed)
        told.append(caught.value)
    said_ = " ".join(map(str, told)) + " ".join(map(repr, told)) + caplog.text + "".join(capsys.readouterr())
    assert text not in said_
    assert who not in said_
    assert await rows_of(town, ballot) == 0


async def test_9_9_what_was_opened_cannot_change(database: Database, clock: MovableClock) -> None:
    """No method changes it; changed in the database, with all keys, it takes no answer and never opens."""
    town = await opened(database, clock)
    await town.all_answer()
    first, before = town.survey, await town.get()
    assert not await database.tx(lambda work: town.surveys(work).rewrite(first, draft(clock.now())))
    assert not await database.tx(lambda work: town.surveys(work).discard(first))

    def changed(work: Work) -> None:
        surveys = Surveys(work, town.community)
        other = Manifest.model_validate({**before.promised.model_dump(), "k_text": 5})
        work.connection.execute(
            sa.update(survey).where(survey.c.id == first).values(manifest_sealed=surveys._sealed(other))
        )

    await database.tx(changed)
    assert await database.look(lambda work: town.surveys(work).changed()) == [first]
    assert await town.answers(3, "more") is Refused.CHANGED
    assert await town.closes() is Held.CHANGED
    assert await rows_of(town, ballot) == 12
    assert await database.look(closing.due) == []
    clock.forward(timedelta(days=20))
    assert await database.look(closing.due) == [(town.community, first)]
    assert await errands.run(database, town.closing()) == Ended(State.VOID)


async def test_9_9_with_its_hash_changed_too_the_answers_open_nowhere(database: Database, clock: MovableClock) -> None:
    """Answers are bound to the manifest they were given under: whoever changes both counts nobody."""
    town = await opened(database, clock)
    await town.all_answer()
    before = await town.get()

    def changed(work: Work) -> None:
        surveys = Surveys(work, town.community)
        other = Manifest.model_validate({**before.promised.model_dump(), "readers": {"en": "everybody"}})
        values = {"manifest_sealed": surveys._sealed(other), "sha256": other.sha256}
        work.connection.execute(sa.update(survey).where(survey.c.id == town.survey).values(**values))

    await database.tx(changed)
    assert await town.closes() == Ended(State.VOID)
    assert await rows_of(town, said) == 0


async def test_9_9_a_ballot_moved_or_made_up_is_not_counted(database: Database, clock: MovableClock) -> None:
    """Copied into the row of somebody silent, or sealed with all that the database holds: it opens nowhere."""
    town = await opened(database, clock)
    await town.all_answer(range(8))
    asked = await town.get()
    key = database._keys.surveys.get(town.survey)  # type: ignore[attr-defined]  # both kinds keep them so
    moved, forged = (tag_of(key, town.survey, town.members[silent]) for silent in (9, 10))
    plain = padded(asked.promised, Answer(said={TEXTS: "forged"}), b"r" * 16)
    guessed = SurveyKey.fresh().seal(plain, asked.boxes, asked.sha256, forged)

    def write(work: Work) -> None:
        [(_, stolen)] = closing.Closings(work, town.community).chunk(town.survey, b"")[:1]
        mine = {"community_id": town.community, "survey_id": town.survey}
        rows = [{**mine, "tag": moved, "ballot": stolen}, {**mine, "tag": forged, "ballot": guessed}]
        work.connection.execute(sa.insert(ballot), rows)

    await database.tx(write)
    assert await town.closes() == Ended(State.CLOSED, 8, unreadable=2)


async def test_9_9_each_survey_names_the_one_before(database: Database, clock: MovableClock) -> None:
    """The hashes are a chain: one taken out of the middle is missed."""
    town, opened_ = await opened(database, clock), []
    for _ in range(3):
        opened_.append(await town.get())
        await town.opens()
    assert [one.promised.after for one in opened_] == ["", *(one.sha256.hex() for one in opened_[:2])]
    assert await database.look(lambda work: town.surveys(work).changed()) == []
    await database.tx(lambda work: work.connection.execute(sa.delete(survey).where(survey.c.id == opened_[1].id)))
    assert await database.look(lambda work: town.surveys(work).changed()) == [opened_[2].id]


async def test_9_11_a_reminder_leaves_no_trace(
    database: Database, clock: MovableClock, capsys: pytest.CaptureFixture[str]
) -> None:
    """Looking whom to remind writes nothing; those who answered are not among them, unless everybody is reminded."""
    town = await Town.settle(database, clock)
    for everyone in (False, True):
        await town.opens(remind_everyone=everyone)
        await town.all_answer(range(5))
        before = await database.look(dumped)
        due = await database.look(lambda work: town.ballots(work).to_remind(town.survey))
        assert sorted(due) == sorted(town.members if everyone else town.members[5:])
        assert await database.look(dumped) == before
        today = clock.now().date()
        days = [today, today, today + timedelta(days=1), today + timedelta(days=2)]
        may = [await database.tx(partial(reminded, town, day)) for day in days]
        assert may == [True, False, True, False]
        after = await database.look(dumped)
        assert {name for name in after if after[name] != before[name]} == {survey.name}
    assert not [who for who in town.members if who in "".join(capsys.readouterr())]


# --- wherever the process ends ---------------------------------------------------------------------


@pytest.mark.parametrize("answers", [12, 4])
async def test_a_close_may_end_anywhere(database: Database, clock: MovableClock, answers: int) -> None:
    """Killed after any step, before and after the result, and begun again: one result, no key, no ballot."""
    town = await Town.settle(database, clock)
    for steps in range(1, 12):
        await town.opens()
        await town.all_answer(range(answers))
        town.is_over()
        went_on = await ends_early(database, town.closing(), steps)
        assert await town.answers(1, "late") is Refused.CLOSED
        await database.tx(closing.sweep)
        due = await database.look(closing.due)
        for community, survey_id in due:
            assert (community, survey_id) == (town.community, town.survey)
            await errands.run(database, town.closing())
        asked = await town.get()
        assert asked.state is (State.CLOSED if answers == 12 else State.VOID)
        assert asked.counted == (12 if answers == 12 else None)
        shown = await database.look(lambda work: town.surveys(work).results(town.survey))
        assert sorted(one.body for one in shown.texts.get(TEXTS, ())) == sorted(
            f"text {n}" for n in range(answers) if answers == 12
        )
        assert await rows_of(town, ballot) == 0
        assert database._keys.surveys.get(town.survey) is None  # type: ignore[attr-defined]  # both kinds keep them so
        if not went_on:
            break
    else:
        pytest.fail("there are more steps than were tried")


async def test_two_may_close_at_once(database: Database, clock: MovableClock) -> None:
    """On two replicas, at the same time: one result, and both know it."""
    town = await opened(database, clock)
    await town.all_answer()
    town.is_over()
    both = await asyncio.gather(*(errands.run(database, town.closing()) for _ in range(2)))
    assert {(one.state, one.counted) for one in both if isinstance(one, Ended)} == {(State.CLOSED, 12)}
    assert len([one for one in both if isinstance(one, Ended)]) == len(both)
    shown = await database.look(lambda work: town.surveys(work).results(town.survey))
    assert len(shown.texts[TEXTS]) == len(shown.receipts) == 12


async def test_whoever_leaves_while_it_is_counted_is_not_counted(database: Database, clock: MovableClock) -> None:
    """Between shutting and publishing somebody leaves: it is counted again, without them."""
    town = await opened(database, clock)
    await town.all_answer()
    town.is_over()
    errand = town.closing()

    def leaving() -> errands.Errand[Ended | Held]:
        """The same steps, and after some of them somebody leaves."""
        found, steps = None, 0
        while True:
            try:
                step = errand.send(found)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]  # what the errand returned
            found = yield step
            steps += 1
            if steps == 4:
                yield lambda work: leave(work, town.community, town.members[7])

    assert await errands.run(database, leaving()) == Ended(State.CLOSED, 11)
    shown = await database.look(lambda work: town.surveys(work).results(town.survey))
    assert "text 7" not in {one.body for one in shown.texts[TEXTS]}


async def test_a_member_sees_what_is_stored(database: Database, clock: MovableClock) -> None:
    """Their own rows by their tag, and a check of the live data; once it is closed, nothing."""
    town = await opened(database, clock)
    await town.all_answer(range(6))
    mine = await database.look(lambda work: town.ballots(work).prove(town.survey, town.members[2]))
    silent = await database.look(lambda work: town.ballots(work).prove(town.survey, town.members[9]))
    assert [table for table, _ in mine.rows] == ["survey_audience", "survey_ballot"]
    assert [table for table, _ in silent.rows] == ["survey_audience"]
    assert mine.tag != silent.tag
    assert dict(mine.checks) == dict.fromkeys(Check, True)
    await town.closes()
    later = await database.look(lambda work: town.ballots(work).prove(town.survey, town.members[2]))
    assert (later.tag, later.rows) == (b"", ())
