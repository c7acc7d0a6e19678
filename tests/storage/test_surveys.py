import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from handlers.surveys.about import export
from storage import closing, errands
from storage.ballots import Refused, Taken
from storage.boxes import KeyFolder, SurveyKey
from storage.clock import MovableClock
from storage.closing import Ended, Held, Unlocked
from storage.engine import Database
from storage.engine import database as open_database
from storage.keys import Keys
from storage.leaving import leave
from storage.people import People
from storage.questions import Answer, BadAnswer, Fault, Kind, Question, Segment, clean
from storage.surveys import CannotOpen, Ending, State, Text
from storage.work import Work
from tests.privacy.town import PASSPHRASES, Town, draft, words

FORGETS = (closing.forget_receipts, closing.forget_texts, closing.forget_surveys)


def one_choice(options: Sequence[str]) -> Question:
    """A question with these options."""
    given = tuple({"en": option} for option in options)
    return Question(id="q", kind=Kind.SINGLE, words={"en": "which?"}, options=given)


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


# --- what cannot be opened ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"questions": ()}, Fault.QUESTIONS),
        ({"title": {"en": ""}}, Fault.UNTITLED),
        ({"k": 4}, Fault.FLOOR),
        ({"k": 7}, Fault.AUDIENCE),  # 12 are fewer than twice 7
        ({"sensitive": True, "k": 9, "trustees": ("a", "b")}, Fault.FLOOR),
        ({"sensitive": True}, Fault.TRUSTEES),
        ({"trustees": ("a", "b")}, Fault.TRUSTEES),
        ({"segment": Segment(words=words("one"), labels=(words("all"),))}, Fault.SEGMENT),
        ({"segment": Segment(words=words("six"), labels=tuple(words(n) for n in "abcdef"))}, Fault.SEGMENT),
        ({"closes_on": date(2035, 4, 2)}, Fault.DATE),
        ({"closes_on": date(2035, 8, 2)}, Fault.DATE),
        ({"questions": (one_choice([f"option {n}" for n in range(300)]),)}, Fault.OPTIONS),
        ({"questions": (one_choice(["alone"]),)}, Fault.OPTIONS),
        ({"questions": (one_choice(["twice", "twice"]),)}, Fault.OPTIONS),
        ({"questions": (one_choice(["empty", ""]),)}, Fault.EMPTY),
        ({"questions": (one_choice(["a", "b"]), one_choice(["a", "b"]))}, Fault.TWICE),
    ],
)
async def test_a_draft_that_could_hurt_is_not_opened(
    sqlite_url: str, keys: Keys, clock: MovableClock, changes: dict[str, object], fault: Fault
) -> None:
    """Each fault has a name, and nothing was opened."""
    database = open_database(sqlite_url, keys, clock)
    await database.open()
    town = await Town.settle(database, clock)
    given = draft(clock.now() + timedelta(days=7)).model_copy(update=changes)
    survey = await database.tx(lambda work: town.surveys(work).write(given))
    assert fault in await database.look(lambda work: town.surveys(work).faults(survey))
    with pytest.raises(CannotOpen) as caught:
        await database.tx(lambda work: town.surveys(work).open(survey, town.secretary))
    assert fault in caught.value.faults
    await database.close()


async def test_nine_people_are_too_few(database: Database, clock: MovableClock) -> None:
    """One question to nine people is not asked."""
    town = await Town.settle(database, clock, 9)
    with pytest.raises(CannotOpen, match="audience"):
        await town.opens()


# --- what is written into an answer ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u202eright to left\u202c", "right to left"),
        ("zero\u200bwidth\ufeff\u2066", "zerowidth"),
        ("half a \ud83d pair", "half a  pair"),
        ("NUL\0 and \x1b[31m red", "NUL and [31m red"),
        ("か\u3099", "が"),
        ("two\r\nlines\r\n\n\n\n\nand one\t", "two\nlines\n\nand one"),
        ("👩\u200d👩\u200d👧 ❤\ufe0f", "👩\u200d👩\u200d👧 ❤\ufe0f"),
        ("  \u2028 ", ""),
    ],
)
def test_texts_hold_nothing_invisible(typed: str, kept: str) -> None:
    """What could mark its author or turn a page around is left out; letters and emoji stay whole."""
    assert clean(typed) == kept


@pytest.mark.parametrize(
    "said",
    [
        {"words": "x" * 1_000_000},
        {"words": "x" * 201},
        {"choice": 3},
        {"choice": -1},
        {"choice": (0,)},
        {"choice": "yes"},
        {"many": (0, 0)},
        {"many": (0, 9)},
        {"many": 1},
        {"scale": 11},
        {"words": 7},
        {"unknown": 1},
    ],
)
async def test_an_answer_that_does_not_fit_is_not_taken(
    sqlite_url: str, keys: Keys, clock: MovableClock, said: dict[str, object]
) -> None:
    """It names the question and stores nothing; a megabyte is refused like a letter too many."""
    database = open_database(sqlite_url, keys, clock)
    await database.open()
    town = await (await Town.settle(database, clock)).opens()
    answer = Answer.model_validate({"said": said})

    def cast(work: Work) -> object:
        return town.ballots(work).cast(town.survey, town.members[1], answer)

    with pytest.raises(BadAnswer) as caught:
        await database.tx(cast)
    assert caught.value.questions == tuple(said)
    assert await database.look(lambda work: closing.Closings(work, town.community).ballots(town.survey)) == 0
    await database.close()


async def test_twice_at_once_from_two_places_is_one_answer(database: Database, clock: MovableClock) -> None:
    """The last one counts, and only its receipt; the other's stops counting."""
    town = await (await Town.settle(database, clock)).opens()
    await town.all_answer(range(1, 8))
    both = await asyncio.gather(town.answers(0, "from a chat", once="a"), town.answers(0, "from the portal", once="b"))
    assert await town.closes() == Ended(State.CLOSED, 8)
    codes = [one.code for one in both if isinstance(one, Taken)]
    found = await database.look(lambda work: [town.ballots(work).counts(town.survey, code) for code in codes])
    assert sorted(found) == [False, True]


async def test_whoever_was_not_asked_cannot_answer(database: Database, clock: MovableClock) -> None:
    """A member who came after the opening is told so; what they typed is stored nowhere."""
    town = await (await Town.settle(database, clock)).opens()
    town.members.append(await database.tx(lambda work: People(work, town.community).welcome({"name": "New"})))
    assert await town.answers(12, "hello") is Refused.NOT_ASKED


# --- keys ------------------------------------------------------------------------------------------


def folder_of(keys: Keys, tmp_path: Path) -> tuple[Keys, KeyFolder]:
    """The same keys, with a folder for those of surveys."""
    store = KeyFolder(tmp_path / "keys" / "surveys")
    return replace(keys, surveys=store), store


async def test_a_lost_or_swapped_key_opens_nothing(
    database_url: str, keys: Keys, clock: MovableClock, tmp_path: Path
) -> None:
    """Answers are refused, the close waits, and after 60 days all is destroyed unread; the right file mends it."""
    keys, store = folder_of(keys, tmp_path)
    database = open_database(database_url, keys, clock)
    await database.open()
    town = await (await Town.settle(database, clock)).opens()
    await town.all_answer()
    file = store.folder / f"{town.survey}.key"
    right = file.read_text()
    for wrong in (SurveyKey.fresh().dump(), "not a key", ""):
        file.write_text(wrong)
        assert await town.answers(1, "more") is Refused.NO_KEY
        assert [why for *_, why in await database.look(closing.waiting)] == [Held.NO_KEY]
    file.unlink()
    assert await town.closes() is Held.NO_KEY
    assert await database.look(closing.due) == []
    file.write_text(right)
    assert await errands.run(database, town.closing()) == Ended(State.CLOSED, 12)
    assert not file.exists()
    await town.opens()
    await town.all_answer()
    (store.folder / f"{town.survey}.key").unlink()
    clock.forward(timedelta(days=61))
    assert await errands.run(database, town.closing()) == Ended(State.VOID)
    await database.close()


def test_key_files_are_private_and_really_go(tmp_path: Path) -> None:
    """Only their owner reads them; backups are told to leave the folder out; destroyed ones leave no half file."""
    store = KeyFolder(tmp_path / "surveys")
    key = SurveyKey.fresh()
    store.put("one", key)
    store.put("one", replace(key, halves={}))
    store.put("two", SurveyKey.fresh())
    assert store.get("one") == key
    assert set(store.kept()) == {"one", "two"}
    assert store.folder.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in store.folder.iterdir())
    (store.folder / "one.abcd.part").write_text("half written")
    store.destroy("one")
    store.destroy("one")
    assert store.get("one") is None
    assert {file.name for file in store.folder.iterdir()} == {"two.key", "CACHEDIR.TAG"}
    with pytest.raises(ValueError, match="id"):
        store.put("../tag", key)


async def test_keys_of_surveys_that_are_over_are_swept(database: Database, clock: MovableClock, keys: Keys) -> None:
    """Those of drafts and open surveys stay, whatever else lies there is destroyed."""
    town = await (await Town.settle(database, clock)).opens()
    keys.surveys.put("nobodys", SurveyKey.fresh())
    await database.tx(closing.sweep)
    assert keys.surveys.get("nobodys") is None
    assert keys.surveys.get(town.survey)


# --- trustees --------------------------------------------------------------------------------------


async def unlocks(town: Town, trustee: str, passphrase: str) -> Unlocked:
    """A trustee types a passphrase."""
    return await errands.run(town.database, closing.unlock(town.community, town.survey, trustee, passphrase))


async def test_two_passphrases_open_a_sensitive_survey(database: Database, clock: MovableClock, keys: Keys) -> None:
    """Not before the last day, not by one of them, not by whoever holds database and key files; by both."""
    town = await (await Town.settle(database, clock, 20)).opens(sensitive=True, trustees=("a", "b"))
    await town.all_answer()
    assert (await town.get()).promised.trustees == ("Aki", "Bo")
    held = keys.surveys.get(town.survey)
    assert held
    assert not held.opened
    assert await unlocks(town, "a", PASSPHRASES["a"]) is Unlocked.NOT_NOW
    assert await town.closes() is Held.TRUSTEES
    assert await unlocks(town, "a", "a wrong passphrase") is Unlocked.WRONG
    assert await unlocks(town, "nobody", PASSPHRASES["a"]) is Unlocked.NOT_NOW
    assert await unlocks(town, "a", PASSPHRASES["a"]) is Unlocked.ANOTHER
    assert await errands.run(database, town.closing()) is Held.TRUSTEES
    assert await unlocks(town, "a", PASSPHRASES["a"]) is Unlocked.ANOTHER
    assert await unlocks(town, "b", PASSPHRASES["b"]) is Unlocked.DONE
    assert await errands.run(database, town.closing()) == Ended(State.CLOSED, 20)
    assert await unlocks(town, "b", PASSPHRASES["b"]) is Unlocked.NOT_NOW


async def test_without_a_trustee_it_is_destroyed_unread(database: Database, clock: MovableClock) -> None:
    """One of them left and took the passphrase along: the secretariat ends it, or 60 days do."""
    town = await Town.settle(database, clock, 20)
    for ending in (Ending.STOPPED, Ending.LATE):
        await town.opens(sensitive=True, trustees=("a", "b"))
        await town.all_answer(range(15))
        assert await town.closes() is Held.TRUSTEES
        if ending is Ending.STOPPED:
            await database.tx(lambda work: closing.Closings(work, town.community).stop(town.survey))
        clock.forward(timedelta(days=60))
        assert await errands.run(database, town.closing()) == Ended(State.VOID)
        assert (await town.get()).ending is ending


# --- people come and go ----------------------------------------------------------------------------


async def test_whoever_leaves_takes_their_sealed_answer_along(database: Database, clock: MovableClock) -> None:
    """No row under their tag is left, and their export had said that there is one."""
    town = await (await Town.settle(database, clock)).opens()
    await town.all_answer(range(6))
    who = town.members[3]
    [(asked, present)] = await database.look(lambda work: town.ballots(work).standing(who))
    assert (asked.id, present) == (town.survey, True)
    assert [p for _, p in await database.look(lambda work: town.ballots(work).standing(town.members[9]))] == [False]
    before = await database.look(lambda work: town.ballots(work).prove(town.survey, who))
    assert len(before.rows) == 2
    await database.tx(lambda work: leave(work, town.community, who))
    after = await database.look(lambda work: town.ballots(work).prove(town.survey, who))
    assert after.rows == ()
    assert await town.closes() == Ended(State.CLOSED, 5)


async def test_two_accounts_of_one_person_have_one_answer(database: Database, clock: MovableClock) -> None:
    """Joined, they may answer once more; the answer of the one that is no more is withdrawn."""
    town = await (await Town.settle(database, clock)).opens()
    await town.all_answer()
    await database.tx(lambda work: town.ballots(work).merge(town.members[3], town.members[4]))
    assert await town.answers(3, "again") is Refused.NOT_ASKED
    assert isinstance(await town.answers(4, "again"), Taken)
    assert await town.closes() == Ended(State.CLOSED, 11)


# --- results ---------------------------------------------------------------------------------------


async def test_how_many_have_answered_is_told_once_a_day(database: Database, clock: MovableClock) -> None:
    """Fewer than k, or k or more; the fifth answer shows only on the next day."""
    town = await (await Town.settle(database, clock)).opens()
    today = clock.now().date()
    seen = []
    for answered, day in ((range(4), today), (range(4, 6), today), ((6,), today + timedelta(days=1))):
        await town.all_answer(answered)
        seen.append(await database.tx(lambda work, d=day: town.surveys(work).look_in(town.survey, d)))  # type: ignore[misc]  # mypy cannot infer a lambda with defaults
    assert seen == [False, False, True]


async def test_texts_are_redacted_before_members_see_them(database: Database, clock: MovableClock) -> None:
    """Changed or taken away by the secretariat, then shown once; afterwards nothing changes."""
    town = await (await Town.settle(database, clock)).opens()
    await town.all_answer()
    await town.closes()

    def texts(work: Work) -> list[Text]:
        return list(town.surveys(work).results(town.survey).texts["words"])

    first, second, *_ = await database.look(texts)

    def redact(work: Work) -> list[bool]:
        surveys = town.surveys(work)
        said = [(first.id, "■"), (second.id, ""), (b"nothing", "x")]
        done = [surveys.redact(town.survey, "words", id_, body, town.secretary) for id_, body in said]
        return [*done, surveys.share(town.survey, town.secretary), surveys.share(town.survey, town.secretary)]

    assert await database.tx(redact) == [True, True, False, True, False]
    bodies = {one.body for one in await database.look(texts)}
    assert "■" in bodies
    assert not {first.body, second.body} & bodies
    assert not await database.tx(
        lambda work: town.surveys(work).redact(town.survey, "words", first.id, "x", town.secretary)
    )


async def test_a_closed_survey_is_forgotten_in_its_time(database: Database, clock: MovableClock) -> None:
    """Receipts after 90 days, texts after a year, all of it after three."""
    town = await (await Town.settle(database, clock)).opens()
    await town.all_answer()
    await town.closes()
    gone = []
    for days in (80, 20, 270, 800):
        clock.forward(timedelta(days=days))
        gone.append([await database.tx(step) for step in FORGETS])
    assert gone == [[0, 0, 0], [12, 0, 0], [0, 12, 0], [0, 0, 1]]


async def test_the_copy_tells_whether_a_sealed_answer_is_present(database: Database, clock: MovableClock) -> None:
    """Yes or no for each open survey, and no word of the answer; of a closed one nothing."""
    town = await (await Town.settle(database, clock)).opens()
    await town.all_answer(range(6))

    def copies(work: Work) -> list[list[str]]:
        members = [one for who in (2, 9) if (one := People(work, town.community).get(town.members[who]))]
        return [[value for row in export(work, one)[0].rows for _, _, value in row] for one in members]

    assert await database.look(copies) == [["a survey？", "あり"], ["a survey？", "なし"]]
    await town.closes()
    assert await database.look(copies) == [[], []]
