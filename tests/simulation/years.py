"""Lives years on a clock of its own, and looks whether the promises were kept."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.cards import Card
from handlers import features
from handlers.events import rules
from handlers.turn import turns
from scheduler.courtesy import Courtesy
from scheduler.planning import plan
from scheduler.sending import Sender
from scheduler.working import work
from storage import communities, schema
from storage.engine import Database, database
from storage.keys import Keys
from storage.manners import WINDOW, Settings
from storage.outbox import Drawer, Nudge
from storage.people import People
from storage.rates import UNLIMITED
from storage.work import Work
from storage.workdays import calendar
from tests.simulation import village
from tests.simulation.gatherings import EVERY, Gatherings
from tests.simulation.village import START, Chat, Villager

YEAR = timedelta(days=365)
LOOKS = (2, 8, 15, 20)  # hours, UTC, at which the clock looks: by the end of each zone's working hours, and before
REST_DAYS = 60  # how long those rest who rest, in the spring of each year
FREELY = {("slack", "deliver"): UNLIMITED}
Watch = Callable[[int, int], None]
"""Called after each day with the days lived and the days there are."""


class StillClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def now(self) -> datetime:
        """Aware, UTC."""
        return START + self.offset


@dataclass(frozen=True, slots=True)
class Lived:
    """What became of everybody."""

    people: tuple[Villager, ...]
    still_members: int
    asked: frozenset[str]  # kinds outside the budget
    reminders: Mapping[str, int]  # of events, that each member was to get

    def started(self, one: Villager) -> list[datetime]:
        """When we started a message to somebody."""
        return [at for at, kind in one.got if kind not in self.asked]

    def in_year(self, one: Villager, year: int) -> int:
        """How many messages we started to somebody in this year, from 0."""
        first, last = START + year * YEAR, START + (year + 1) * YEAR
        return sum(first <= at < last for at in self.started(one))

    def distribution(self, year: int, habit: str = "") -> Counter[int]:
        """Members by how many messages they got in this year."""
        return Counter(self.in_year(one, year) for one in self.people if habit in {"", one.habit})

    def broken(self) -> list[str]:
        """Every promise that was not kept, in a few words each."""
        settings, wrong = Settings(), []
        for one in self.people:
            sent, days = self.started(one), calendar(settings, "Asia/Tokyo", one.zone)
            for at in sent:
                local = at.astimezone(ZoneInfo(one.zone))
                if not (settings.opens <= local.hour < settings.closes and days.works(local.date())):
                    wrong.append(f"{one.habit}: {local}")
                if sum(at - WINDOW < other <= at for other in sent) > settings.most:
                    wrong.append(f"{one.habit}: too many before {at}")
            wrong += [f"{one.habit}: {a} and {b}" for a, b in pairwise(sent) if b - a < timedelta(hours=settings.gap)]
            if one.habit == "silent" and (self.in_year(one, 0) > 6 or self.in_year(one, 1) > 1):
                wrong.append(f"silent: {self.in_year(one, 0)} and {self.in_year(one, 1)}")
            reminded = sum(kind in rules.REMINDERS for _, kind in one.got)
            if reminded != self.reminders.get(one.member, 0):
                wrong.append(f"{one.habit}: {reminded} reminders")
        if self.still_members != len(self.people):
            wrong.append("somebody is no member any more")
        return wrong


async def live(folder: Path, members: int, days: int, seed: int = 1, watch: Watch = lambda _a, _b: None) -> Lived:
    """So many people, for so many days."""
    url, chance, clock, keys = f"sqlite:///{folder}/years.db", random.Random(seed), StillClock(), Keys.fresh()  # noqa: S311 - a story
    memory = database(url, keys, clock)
    await memory.open()
    try:
        return await _lived(memory, clock, members, days, chance, watch)
    finally:
        await memory.close()


async def _lived(  # noqa: PLR0917 - what `live` made
    memory: Database, clock: StillClock, members: int, days: int, chance: random.Random, watch: Watch
) -> Lived:
    community = (await memory.tx(lambda work: communities.found(work, "みなとの縁"))).id
    people = await village.found(memory, community, members, chance)
    await memory.tx(lambda work: village.settle(work, community))
    chat, manners, kinds = Chat(), village.manners(), dict[str, str]()
    courtesy = Courtesy(manners)
    drawers = {kind: _noting(kinds, kind, drawer) for kind, drawer in village.drawers().items()}
    sender = Sender(memory, {"slack": chat}, drawers, courtesy=courtesy, limits=FREELY, in_flight=300)
    take_turn = turns(memory, features.house(features.router(), effect=courtesy.effect))
    gatherings = Gatherings(community, people, chance)
    for day in range(days):
        await memory.tx(partial(_rests, community=community, people=people, day=day))
        if days - day > EVERY - day % EVERY:  # nothing is left half done at the end
            await memory.tx(partial(gatherings.of_day, day=day))
        for hour in LOOKS:
            clock.offset = timedelta(days=day, hours=hour)
            await plan(memory, village.planners(), courtesy=courtesy, crowds=features.crowds())
            await sender.drain()
            await work(memory, features.due())
            arrived, chat.new = chat.new, []
            for user, parcel in arrived:
                if (one := people.get(user)) is None:
                    continue
                one.got.append((clock.now(), kinds[parcel.key]))
                if pressed := village.reaction(one, parcel.card, chance):
                    await take_turn(pressed)
        for one in people.values():
            if chance.random() * 100 < village.HABITS[one.habit][1]:
                await take_turn(village.visit(one))
        watch(day + 1, days)
    await sender.close()
    still = await memory.look(lambda work: People(work, community).count())
    asked = frozenset(kind for kind, manner in manners.items() if manner.asked)
    return Lived(tuple(people.values()), still, asked, gatherings.reminders)


def _noting(kinds: dict[str, str], kind: str, drawer: Drawer) -> Drawer:
    """The same drawer, which notes what kind of message it drew."""

    def draw(work: Work, nudge: Nudge) -> Card | None:
        kinds[nudge.id] = kind
        return drawer(work, nudge)

    return draw


def _rests(work: Work, community: str, people: dict[str, Villager], day: int) -> None:
    """Those who rest begin in spring."""
    if day % YEAR.days == REST_DAYS:
        until = work.now.date() + timedelta(days=REST_DAYS)
        for one in people.values():
            if one.habit == "rests":
                People(work, community).pause(one.member, until)


def prepared(folder: Path) -> Path:
    """An empty database there.  Not within a running event loop."""
    schema.migrate(f"sqlite:///{folder}/years.db")
    return folder
