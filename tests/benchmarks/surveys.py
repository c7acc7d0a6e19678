"""Sealed surveys: what sealing costs beside storing, and a close of many answers."""

import asyncio
import random
import secrets
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import sqlalchemy as sa

from handlers.surveys.rules import release
from storage import closing, communities, errands, schema
from storage.ballots import Ballots, hashed
from storage.boxes import KeyFolder
from storage.clock import MovableClock
from storage.closing import Ended
from storage.engine import Database
from storage.engine import database as open_database
from storage.keys import Keys
from storage.people import People, Role
from storage.questions import Answer, Draft, Kind, Manifest, Question, Segment, padded
from storage.surveys import Surveys
from storage.tables import audience, ballot
from storage.tally import Tally
from storage.work import Work
from tests.benchmarks.report import Bar, Row, Section
from tests.benchmarks.web import Effort, Watch

TITLE = "Sealed surveys: {several:,} answers to 11 questions closed, to 30 counted and released"
FEWEST = 20  # that a close opens
FLOOR = "an insert of as many bytes, through the same transactions; none for the close"
MB = 1024 * 1024
AT_ONCE = 2000  # rows of a statement


def _words(text: object) -> dict[str, str]:
    return {"ja": f"質問 {text}", "en": f"question {text}"}


def _questions(choices: int) -> tuple[Question, ...]:
    """So many choices of five, and one text."""
    five = tuple(_words(number) for number in range(5))
    asked = [Question(id=f"q{n}", kind=Kind.SINGLE, words=_words(n), options=five) for n in range(choices)]
    return (*asked, Question(id="text", kind=Kind.TEXT, words=_words("text"), longest=300))


SEGMENT = Segment(words=_words("group"), labels=tuple(_words(number) for number in range(4)))


def _answers(asked: Manifest | Draft, several: int) -> list[Answer]:
    chance = random.Random(1)  # noqa: S311 - no secret
    ids = [one.id for one in asked.questions if one.kind is not Kind.TEXT]
    return [
        Answer(
            said={**{id_: chance.randrange(5) for id_ in ids}, "text": f"text {number} " + "縁" * chance.randrange(60)},
            segment=chance.choice([None, 0, 1, 2, 3]),
        )
        for number in range(several)
    ]


class Box:
    """An open survey of a community of twelve, in a file of its own."""

    def __init__(self, folder: Path) -> None:
        self.clock = MovableClock()
        url = f"sqlite:///{folder}/surveys.db"
        schema.migrate(url)
        self.keys = Keys(**{**vars(Keys.fresh()), "surveys": KeyFolder(folder / "survey-keys")})
        self.database = open_database(url, self.keys, self.clock)
        self.community = self.survey = ""
        self.members: list[str] = []

    async def open(self, choices: int) -> "Box":
        """Everybody is asked."""
        await self.database.open()

        def settle(work: Work) -> None:
            self.community = communities.found(work, "bench").id
            people = People(work, self.community)
            self.members = [people.welcome({"name": str(number)}, Role.OWNER) for number in range(12)]
            surveys = Surveys(work, self.community)
            last = (self.clock.now() + timedelta(days=7)).date()
            asked = Draft(title=_words("title"), questions=_questions(choices), segment=SEGMENT, closes_on=last)
            self.survey = surveys.write(asked)
            owner = people.get(self.members[0])
            if owner is None:
                raise AssertionError("it was there a moment ago")
            surveys.open(self.survey, owner)

        await self.database.tx(settle)
        return self

    async def fill(self, several: int) -> None:
        """As if so many people had been asked and answered."""
        asked = await self.database.look(lambda work: Surveys(work, self.community).get(self.survey))
        key = self.keys.surveys.get(self.survey)
        if asked is None or key is None:
            raise AssertionError("it was opened a moment ago")
        tags = sorted(secrets.token_bytes(32) for _ in range(several))
        mine = {"community_id": self.community, "survey_id": self.survey}
        answers = _answers(asked.promised, several)
        for at in range(0, several, AT_ONCE):
            rows: list[dict[str, Any]] = []
            for tag, answer in zip(tags[at : at + AT_ONCE], answers[at : at + AT_ONCE], strict=True):
                plain = padded(asked.promised, answer, hashed(self.survey, secrets.token_hex(8)))
                rows.append({**mine, "tag": tag, "ballot": key.seal(plain, asked.boxes, asked.sha256, tag)})
            await self.database.tx(partial(_store, rows))


def _store(rows: list[dict[str, Any]], work: Work) -> None:
    work.connection.execute(sa.insert(audience), [{k: v for k, v in row.items() if k != "ballot"} for row in rows])
    work.connection.execute(sa.insert(ballot), rows)


async def _rate(once: Callable[[int], Callable[[Work], object]], database: Database, seconds: float) -> float:
    """Milliseconds of one."""
    began, done = time.perf_counter(), 0
    while time.perf_counter() < began + seconds:
        await database.tx(once(done))
        done += 1
    return (time.perf_counter() - began) / done * 1000


async def _sealing(folder: Path, effort: Effort, watch: Watch) -> Row:
    box = await Box(folder).open(10)
    floor: list[float] = []
    ours: list[float] = []
    try:
        asked = await box.database.look(lambda work: Surveys(work, box.community).get(box.survey))
        if asked is None:
            raise AssertionError("it was opened a moment ago")
        [answer] = _answers(asked.promised, 1)
        size = asked.promised.size + 48
        table = sa.table("bench_plain", sa.column("tag"), sa.column("ballot"))
        plain = "CREATE TABLE bench_plain (tag BLOB PRIMARY KEY, ballot BLOB) WITHOUT ROWID"
        await box.database.tx(lambda work: work.connection.execute(sa.text(plain)))

        def inserts(_: int) -> Callable[[Work], object]:
            row = {"tag": secrets.token_bytes(32), "ballot": secrets.token_bytes(size)}
            return lambda work: work.connection.execute(sa.insert(table), row)

        def casts(number: int) -> Callable[[Work], object]:
            who = box.members[number % len(box.members)]
            return lambda work: Ballots(work, box.community).cast(box.survey, who, answer, str(number))

        await _rate(casts, box.database, effort.transactions_s / 4)  # warm
        for _ in range(effort.turns):
            watch("surveys: sealing", 2 * effort.transactions_s)
            floor.append(await _rate(inserts, box.database, effort.transactions_s))
            ours.append(await _rate(casts, box.database, effort.transactions_s))
    finally:
        await box.database.close()
    return Row("seal and store an answer", "ms", floor, ours, Bar(2.0))


async def _closing(folder: Path, several: int) -> list[Row]:
    box = await Box(folder).open(10)
    process = psutil.Process()
    try:
        await box.fill(several)
        box.clock.forward(timedelta(days=9))
        before = most = process.memory_info().rss

        def watched(done: int, total: int) -> None:
            nonlocal most
            most = max(most, process.memory_info().rss)

        cpu, began = time.process_time(), time.perf_counter()
        ended = await errands.run(box.database, closing.close(box.community, box.survey, release, watched))
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
        most = max(most, process.memory_info().rss)
        if not isinstance(ended, Ended) or ended.counted != several:
            raise AssertionError("not every answer was counted")
    finally:
        await box.database.close()
    return [
        Row("close, CPU", "s", [], [cpu], Bar(60, of_ours=True)),
        Row("close, time", "s", [], [took]),
        Row("close, memory more", "MB", [], [(most - before) / MB], Bar(300, of_ours=True)),
    ]


def _releasing(several: int) -> Row:
    asked = Draft(
        title=_words("title"), questions=_questions(30), segment=SEGMENT, closes_on=MovableClock().now().date()
    )
    limits: dict[str, Any] = {"questions": asked.questions, "segment": asked.segment, "k": 5, "k_text": 10}
    frozen = Manifest.model_construct(**limits)
    answers = _answers(asked, several)
    began = time.process_time()
    tally = Tally(frozen)
    for answer in answers:
        tally.add(answer, b"")
    told = release(frozen, tally.counts())
    took = time.process_time() - began
    if not told.tallies:
        raise AssertionError("nothing was released")
    return Row("count and release, CPU", "s", [], [took], Bar(5, of_ours=True))


async def section(folder: Path, effort: Effort, watch: Watch) -> Section:
    """All of it, in this process, on SQLite."""
    several = max(effort.members, FEWEST)
    places = [folder / name for name in ("sealing", "closing")]
    for place in places:
        place.mkdir()
    rows = [await _sealing(places[0], effort, watch)]
    watch("surveys: closing", several / 1000)
    rows += await _closing(places[1], several)
    watch("surveys: release", several / 25_000)
    rows.append(await asyncio.to_thread(_releasing, several))
    return Section(TITLE.format(several=several), FLOOR, rows)
