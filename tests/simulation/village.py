"""Made-up features beside the real ones, and people of mixed habits who get their messages."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from bot.actions import Action, unpack
from bot.address import Address
from bot.cards import Button, Card, Look, Text
from bot.events import OpenedHome, Pressed
from bot.language import mark
from bot.people import Handle, Sighting
from bot.surface import Delivered, Outcome, Parcel
from handlers import features
from handlers.nudges.dressing import dressed
from storage.engine import Database
from storage.manners import Manner, Manners
from storage.outbox import Draft, Drawer, Nudge, Planner
from storage.people import People
from storage.schedules import CatchUp, Occurrence, Schedules
from storage.work import Work
from tests.scheduler.stage import FakeChat

START = datetime(2035, 4, 2, tzinfo=UTC)
REMINDER = "made.reminder"
_NAME = mark("Language")


def _manner(**more: object) -> Manner:
    return Manner(name=_NAME, why=_NAME, **more)  # type: ignore[arg-type] # fields by name


MANNERS: Mapping[str, Manner] = {
    "made.news": _manner(digest=True, priority=3),
    "made.event": _manner(lives=timedelta(days=21)),
    "made.survey": _manner(prompt=True, every=91, lives=timedelta(days=30)),
    "made.meetup": _manner(prompt=True, every=28),
    "made.board": _manner(digest=True, priority=3, purposes=frozenset({"business"})),
    REMINDER: _manner(asked=True, priority=0),
}
RULES = {
    "made.news": "FREQ=WEEKLY;BYDAY=TU",
    "made.event": "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
    "made.survey": "FREQ=MONTHLY;INTERVAL=3;BYDAY=1TH",
    "made.meetup": "FREQ=MONTHLY;BYDAY=1MO",
    "made.board": "FREQ=WEEKLY;BYDAY=FR",
}


def _draw(_: Work, nudge: Nudge) -> Card:
    return Card(nudge.kind, (Text(nudge.kind, Look.HEADING),))


def _plan(work: Work, occurrence: Occurrence, cursor: str, limit: int) -> tuple[list[Draft], str | None]:
    """Everybody, at ten."""
    people, manner = People(work, occurrence.community), MANNERS[occurrence.kind]
    members = people.after(cursor, limit)
    day = occurrence.nominal_local.date()
    drafts = [
        Draft(
            key=f"{occurrence.kind}:{day}:{member}",
            kind=occurrence.kind,
            to=to,
            member=member,
            due_at=occurrence.starts_at,
            expires_at=occurrence.starts_at + manner.lives,
            priority=manner.priority,
        )
        for member, to in people.addresses(member.id for member in members).items()
    ]
    return drafts, members[-1].id if len(members) == limit else None


def drawers() -> dict[str, Drawer]:
    """The real ones and the made-up ones, each message with its foot."""
    return {**features.drawers(), **dressed(dict.fromkeys(MANNERS, _draw), MANNERS)}


def manners() -> Manners:
    """The real ones and the made-up ones."""
    return {**features.manners(), **MANNERS}


def planners() -> dict[str, Planner]:
    """The real ones and the made-up ones."""
    return {**features.planners(), **dict.fromkeys(RULES, _plan)}


def settle(work: Work, community: str) -> None:
    """Set all clocks."""
    features.settle(work, community)
    for kind, rule in RULES.items():
        first = datetime.combine(START.date() - timedelta(days=91), time(10))
        Schedules(work, community).set(kind, dtstart_local=first, rrule=rule, zone="Asia/Tokyo", catch_up=CatchUp.EACH)


# --- people --------------------------------------------------------------------------------------

HABITS = {  # how often they answer, and how often of 100 days they look at their page
    "answers": (0.9, 10),
    "sometimes": (0.4, 2),
    "reads": (0.0, 5),
    "less": (0.3, 2),
    "rests": (0.5, 2),
    "silent": (0.0, 0),
}
SHARES = (10, 25, 25, 8, 7, 25)  # of a hundred members
ZONES = ("Asia/Tokyo",) * 8 + ("Europe/Berlin", "America/New_York")


@dataclass(slots=True)
class Villager:
    """Somebody with a habit."""

    member: str
    handle: Handle
    habit: str
    zone: str
    got: list[tuple[datetime, str]] = field(default_factory=list)  # when, and what kind
    less: int = 0  # times they asked for less


@dataclass
class Chat(FakeChat):
    """Accepts everything, and remembers when."""

    new: list[tuple[str, Parcel]] = field(default_factory=list)  # user and message

    async def deliver(self, parcel: Parcel) -> Outcome:
        self.new.append((parcel.to.user, parcel))
        return Delivered(parcel.key)


async def found(database: Database, community: str, number: int, chance: random.Random) -> dict[str, Villager]:
    """So many members, by user."""

    def welcome(work: Work) -> dict[str, Villager]:
        people = People(work, community)
        villagers = {}
        for n in range(number):
            habit = chance.choices(list(HABITS), SHARES)[0]
            zone = chance.choice(ZONES)
            purposes = chance.choice([[], ["business"], ["reunion"], ["reading"]])
            member = people.welcome({"name": f"{n}", "purposes": purposes}, zone=zone, language="ja")
            who = Handle("slack", "T1", f"U{n:04}")
            people.add_handle(member, who)
            villagers[who.user] = Villager(member, who, habit, zone)
        return villagers

    return await database.tx(welcome)


def reaction(one: Villager, card: Card, chance: random.Random) -> Pressed | None:
    """What somebody presses under a message, if anything."""
    often, _ = HABITS[one.habit]
    buttons = [button for button in card.buttons if isinstance(button, Button)]
    if not buttons or chance.random() >= often:
        return None
    meant: tuple[str, ...] = "nudges.skip", "checkins.same", "checkins.skip"
    if one.habit == "less" and one.less < len("two") - 1:
        meant = "nudges.less", "checkins.less"
        one.less += 1
    known: dict[str, type[Action]] = features.router().actions
    pressed = next((button for button in buttons if button.press.partition(" ")[0] in meant), None)
    if pressed is None:
        return None
    who = Sighting(one.handle, zone=one.zone)
    return Pressed(who=who, where=Address.direct(one.handle), action=unpack(known, pressed.press))


def visit(one: Villager) -> OpenedHome:
    """Somebody looks at their page."""
    return OpenedHome(who=Sighting(one.handle, zone=one.zone), where=Address.direct(one.handle))
