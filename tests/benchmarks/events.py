"""Events: an assembly is announced and everybody answers at once; a calendar that follows five hundred events."""

import itertools
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlencode

from bot.actions import pack
from bot.language import Reader
from handlers.events import entries, texts
from handlers.events.actions import Answer
from storage import communities
from storage.doors import Doors
from storage.engine import Database
from storage.events import Events
from storage.feeds import Feeds, holder
from storage.people import People
from storage.programme import Details, Part
from storage.seating import Counts
from storage.seats import Seats
from storage.work import Work
from tests.benchmarks.asking import check, post
from tests.benchmarks.load import BadAnswer, ask, opened
from tests.benchmarks.report import Bar, Row, Section
from tests.benchmarks.servers import Server, enishi
from tests.benchmarks.town import Town
from tests.benchmarks.web import SHARES, Effort, Watch
from tests.stages.html import parse, sent

TITLE = "Events: {several} answers within 10 s of an assembly with {seats} seats; a feed of {feed} events"
FLOOR = "none: the bars are on what somebody waits for"
ANSWERS, WITHIN_S = 250, 10
FULL = 0.8  # so many of them have a seat
FEED, FEEDS = 500, 5  # events, and how often a turn asks for them
T = TypeVar("T")
_numbers = itertools.count(1)


async def section(towns: dict[str, Town], api: str, effort: Effort, watch: Watch) -> Section:
    """On every database there is: the answers over HTTP to one process, the feed in this one."""
    rows: list[Row] = []
    several = 0
    for name, town in towns.items():
        several = min(ANSWERS, len(town.people))
        tokens, assemblies = await _within(town, partial(_announced, town, several, effort.turns))
        async with enishi(name, partial(town.settings, slack_api=api)) as server:
            rows += await _answers(name, server, tokens, assemblies, watch)
        await _nobody_too_many(town, assemblies, several)
        rows += await _feed(name, town, min(FEED, effort.members), effort, watch)
    told = {"several": several, "seats": _seats(several), "feed": min(FEED, effort.members)}
    return Section(TITLE.format(**told), FLOOR, rows)


def _seats(several: int) -> int:
    return max(1, int(several * FULL))


def _part(work: Work, days: int, **more: Any) -> Part:
    begins = (work.now + timedelta(days=days)).replace(tzinfo=None, microsecond=0)
    return Part(starts_local=begins, ends_local=begins + timedelta(hours=2), zone="Asia/Tokyo", **more)


# --- everybody answers -------------------------------------------------------------------------------


Assemblies = list[tuple[str, str]]
"""Events and the part of each."""


async def _answers(name: str, server: Server, tokens: list[str], assemblies: Assemblies, watch: Watch) -> list[Row]:
    waits: dict[str, list[float]] = {share: [] for share in SHARES}
    walls: list[float] = []
    forms = [await _form(server, token) for token in tokens]
    for turn, (event, part) in enumerate(assemblies):
        watch(f"{name}: an assembly", len(tokens) / ANSWERS * WITHIN_S)
        presses = [_press(token, form, event, part) for token, form in zip(tokens, forms, strict=True)]
        await check(server.port, presses[0], Reader("ja")(texts.SAID_GOING))
        load = await opened(server.port, presses[1:], ANSWERS / WITHIN_S, seed=turn)
        for share, of in SHARES.items():
            waits[share].append(load.percentile(of))
        walls.append(load.wall)
    bars = {"p95": Bar(300, of_ours=True)}
    rows = [Row(f"{name}, an answer, {share}", "ms", [], found, bars.get(share)) for share, found in waits.items()]
    return [*rows, Row(f"{name}, all answers", "s", [], walls)]


async def _nobody_too_many(town: Town, assemblies: Assemblies, several: int) -> None:
    """Every seat is taken once, and the others wait."""

    def count(work: Work) -> list[Counts]:
        return [Seats(work, town.community).counts(*one) for one in assemblies]

    for counts in await _within(town, count):
        if (counts.going, counts.going + counts.waiting) != (_seats(several), several):
            raise BadAnswer(f"{counts} after {several} answers")


def _announced(town: Town, several: int, turns: int, work: Work) -> tuple[list[str], Assemblies]:
    """So many members signed in, and an assembly for each turn."""
    events, doors = Events(work, town.community), Doors(work, town.community)
    people = People(work, town.community)
    here = [one.id for one in people.all()[:several]]
    for member in here:  # an earlier piece may have changed what they read
        people.speak(member, "ja")
    tokens = [doors.begin(member) for member in here]
    made = []
    for turn in range(turns):
        part = _part(work, 30, capacity=_seats(several))
        event = events.write(Details(title={"ja": f"総会 {turn}", "en": f"Assembly {turn}"}), [part])
        announced = events.announce(event)
        made += [(event, announced.parts[0].id)] if announced else []
    return tokens, made


async def _form(server: Server, token: str) -> dict[str, str]:
    """What every form of somebody's pages holds."""
    home = await ask(server.port, f"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: enishi={token}\r\n\r\n".encode())
    return dict(sent(parse(home.decode()).one("form", lambda node: node["action"] == "/ask")))


def _press(token: str, form: dict[str, str], event: str, part: str) -> bytes:
    fields = {**form, "once": f"once-{next(_numbers)}", "press": pack(Answer(event=event, part=part))}
    return post("/press", urlencode(fields).encode(), Cookie=f"enishi={token}")


async def _within(town: Town, job: Callable[[Work], T]) -> T:
    """In a transaction, while no server has the database."""
    database = town.open()
    await database.open()
    try:
        return await database.tx(job)
    finally:
        await database.close()


# --- the calendar ------------------------------------------------------------------------------------


async def _feed(name: str, town: Town, several: int, effort: Effort, watch: Watch) -> list[Row]:
    """As the portal makes it: by its address, from the tag to the last line."""
    watch(f"{name}: a feed", several / FEED)
    token = await _within(town, lambda work: _followed(work, several))
    database = town.open()
    await database.open()

    def made(work: Work) -> int:
        found = holder(work, token)
        return len(entries.feed(work, *found).content) if found else 0

    try:
        first = await _timed(database, made)
        times = [await _timed(database, made) for _ in range(effort.turns * FEEDS)]
    finally:
        await database.close()
    return [
        Row(f"{name}, a feed", "ms", [], times, Bar(50, of_ours=True)),
        Row(f"{name}, the first after a start", "ms", [], [first]),
    ]


async def _timed(database: Database, made: Callable[[Work], int]) -> float:
    began = time.perf_counter()
    if not await database.look(made):
        raise BadAnswer("the address leads nowhere")
    return (time.perf_counter() - began) * 1000


def _followed(work: Work, several: int) -> str:
    """A community of its own, whose one member follows all events and comes to every second one."""
    here = communities.found(work, "みなとの暦").id
    people, events, seats = People(work, here), Events(work, here), Seats(work, here)
    member = people.get(people.welcome({"name": "佐藤"}))
    if member is None:
        raise AssertionError("they came a moment ago")
    for number in range(several):
        details = Details(
            title={"ja": f"読書会 第{number}回", "en": f"Reading {number}"}, about={"ja": "一章ずつ。" * 20}
        )
        found = events.announce(events.write(details, [_part(work, 1 + number, place={"ja": "二階の会議室"})]))
        if found and number % 2:
            seats.answer(found.parts[0].id, member, going=True)
    token = Feeds(work, here).renew(member.id)
    Feeds(work, here).widen(member.id, every=True)
    return token
