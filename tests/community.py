"""The stage: a small community on one surface and one database, with a clock that can be moved.

A story gets a `Stage`, asks it for people by name, and lets them act; `stage.moves(days=92)` lets time pass as the real
clock would have, tick by tick.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.language import Reader
from bot.portal.door import Links
from bot.surface import Surface
from handlers import features
from handlers.events import entries
from handlers.turn import turns
from scheduler.courtesy import Courtesy
from scheduler.planning import plan
from scheduler.sending import Sender
from scheduler.working import whisper, work
from storage import communities
from storage.clock import MovableClock
from storage.communities import Community
from storage.communities import Settings as Communities
from storage.engine import Database
from storage.feeds import StoredCalendars
from storage.handouts import StoredHandouts
from storage.notebook import StoredNotebook, belonging
from storage.people import People, Role
from storage.work import Work
from tests.stages import Person, SurfaceStage
from tests.stages.portal import PortalStage
from tests.stages.slack import SlackStage
from tests.stages.teams import TeamsStage

SURFACES = ("slack", "portal", "teams")
CHATS = ("slack", "teams")  # where strangers have an account
PATIENCE = 60.0  # seconds: every errand is quick, whatever else the machine does
STOPS = (0, 8)  # hours, UTC, at which the clock looks while time passes: 9 and 17 in Tokyo, the ends of a working day
START = datetime(2035, 4, 2, tzinfo=UTC)  # a Monday, so that a story does not depend on the day it is told


@dataclass
class Stage:
    """One community under a story."""

    database: Database
    clock: MovableClock
    surface: SurfaceStage
    sender: Sender
    community: Community
    members: dict[str, str] = field(default_factory=dict)  # ids by name

    @classmethod
    async def set_up(cls, kind: str, database: Database, clock: MovableClock) -> "Stage":
        """An alumni network of nobody, on this surface; its digests go to the shared room."""
        clock.forward(START - clock.now())
        routes = features.router()
        links = Links("https://portal.example", ["story"])
        courtesy = Courtesy(features.manners())
        house = features.house(
            routes,
            link=lambda nonce: f"https://portal.example/door/{nonce}",
            picture=lambda figures: f"https://portal.example/chart/{len(figures.title)}.png",
            invitation=links.invitation,
            file=links.file,
            key=links.key,
            calendar=links.calendar,
            event=links.event,
            paper=links.paper,
            sheet=links.sheet,
            effect=courtesy.effect,
        )
        take_turn = turns(database, house, patience=PATIENCE)
        notebook, files = StoredNotebook(database, kind), StoredHandouts(database, features.files())
        stages: dict[str, Callable[[], SurfaceStage]] = {
            "slack": lambda: SlackStage(take_turn, routes.actions, notebook),
            "teams": lambda: TeamsStage(take_turn, routes.actions, notebook, belonging(database)),
            "portal": lambda: PortalStage(
                database, take_turn, routes.actions, notebook, files=files, calendars=calendars(database)
            ),
        }
        surface = stages[kind]()
        await surface.open()
        community = await database.tx(lambda work: _found(work, kind, surface.tenant))
        surface.tenant = surface.tenant or community.id
        surfaces: dict[str, Surface] = {kind: surface.surface}
        sender = Sender(database, surfaces, features.drawers(), courtesy=courtesy)
        stage = cls(database, clock, surface, sender, community)
        if surface.room:
            await stage.arrange(channel=str(surface.room))
        return stage

    async def close(self) -> None:
        """Take it down."""
        await self.surface.close()

    async def arrange(self, **settings: Any) -> None:
        """Set the check-ins, as the desk would."""

        def change(work: Work) -> None:
            places = Communities(work, self.community.id)
            now = places.get().settings.get("checkins", {})
            places.change("checkins", {**now, **settings})
            features.settle(work, self.community.id)

        await self.database.tx(change)

    async def member(
        self, name: str, role: Role = Role.MEMBER, *, language: str = "ja", zone: str = "Asia/Tokyo"
    ) -> Person:
        """A member of the community, who reads this language."""

        def join(work: Work) -> str:
            return People(work, self.community.id).welcome({"name": name}, role, language=language, zone=zone)

        member_id = await self.database.tx(join)
        handle = self.surface.handle(name, self.community.id, member_id)
        await self.database.tx(lambda work: People(work, self.community.id).add_handle(member_id, handle))
        self.members[name] = member_id
        return await self.surface.person(name, handle, language=language)

    async def stranger(self, name: str) -> Person:
        """Somebody with an account there who is no member (yet)."""
        return await self.surface.person(name, self.surface.handle(name, self.community.id, "nobody"))

    async def moves(self, **by: float) -> None:
        """Time passes, in steps, with the clock's jobs at each."""
        end = self.clock.now() + timedelta(**by)
        while (now := self.clock.now()) < end:
            self.clock.forward(min(_next_stop(now), end) - now)
            await self.tick()
        await self.surface.returns()

    async def tick(self) -> None:
        """Plan and send what is due now."""
        courtesy = Courtesy(features.manners())
        await plan(self.database, features.planners(), courtesy=courtesy, crowds=features.crowds())
        await self.sender.drain()
        await work(self.database, features.due())
        mouth = {self.surface.surface.name: self.surface.surface}
        await whisper(self.database, mouth, features.quiet(), Courtesy(features.manners()).lets, _at_once)


def calendars(database: Database) -> StoredCalendars:
    """Where a portal gets calendars."""
    return StoredCalendars(database, entries.feed, entries.one)


async def _at_once(_: float) -> None:
    """No gap: nobody watches."""


def _next_stop(now: datetime) -> datetime:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    stops = (midnight + timedelta(days=day, hours=hour) for day in (0, 1) for hour in STOPS)
    return next(stop for stop in stops if stop > now)


def _found(work: Work, surface: str, tenant: str) -> Community:
    community = communities.found(work, "みなとの縁")
    communities.Settings(work, community.id).move_in(surface, tenant or community.id)
    features.settle(work, community.id)
    return community


JA, EN = Reader("ja"), Reader("en")
