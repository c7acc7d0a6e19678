"""A replica with Slack for many workspaces, and the browsers of those who install it."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import httpx2
import sqlalchemy as sa
from starlette.applications import Starlette

from bot.address import Address
from bot.cards import Card, Text
from bot.language import Reader
from bot.slack import texts
from bot.slack.connection import SlackSettings
from bot.slack.oauth import INSTALL, SET_UP
from bot.slack.surface import SlackSurface
from bot.surface import Outcome, Parcel, Unavailable
from handlers import features
from handlers.turn import turns
from storage import communities
from storage.clock import MovableClock
from storage.engine import Database
from storage.notebook import StoredNotebook
from storage.slack_installs import StoredInstalls
from tests.fakes.slack import SECRET, FakeSlack
from tests.fakes.slack_oauth import CLIENT_ID, CLIENT_SECRET
from tests.fakes.slack_workspace import Workspace
from tests.stages.slack import SlackPerson

PUBLIC = "https://enishi.example"
EN = Reader("en")
WISH = {"name": "織部", "community": "みなとの縁", "kind": "alumni", "language": "ja", "zone": "Asia/Tokyo"}


class Counting(StoredInstalls):
    """Counts how often an install is read; `away` makes the memory unreachable."""

    reads, away = 0, False

    async def find(self, team: str) -> Any:
        self.reads += 1
        if self.away:
            raise Unavailable
        return await super().find(team)

    async def found(self, secret: str, wish: Any) -> bool:
        if self.away:
            raise Unavailable
        return await super().found(secret, wish)


@dataclass
class Replica:
    """One process of the install."""

    database: Database
    clock: MovableClock
    slack: FakeSlack
    workspaces: dict[str, Workspace] = field(default_factory=dict)

    async def open(self) -> "Replica":
        routes = features.router()
        self.installs = Counting(self.database, features.settle)
        settings = SlackSettings(
            "",
            SECRET,
            api_url=f"{self.slack.url}/api/",
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            public_url=PUBLIC,
            scopes=("commands", "chat:write"),
        )
        take_turn = turns(self.database, features.house(routes))
        notebook = StoredNotebook(self.database, "slack")
        self.surface = SlackSurface(
            settings, take_turn, routes.actions, notebook, installs=self.installs, now=self.clock.now
        )
        await self.surface.start()
        return self

    async def close(self) -> None:
        for workspace in self.workspaces.values():
            await workspace.close()
        await self.surface.stop()

    def person(self, team: str, user: str) -> SlackPerson:
        """Somebody of a workspace."""
        workspace = self.workspaces.setdefault(team, Workspace(self.slack, self.surface, team))
        self.slack.people.add(user)
        self.slack.home_of |= {user: team, f"D{user}": team}
        return SlackPerson(user, user, workspace)

    def browser(self, language: str = "en") -> "Browser":
        """Somebody's browser."""
        transport = httpx2.ASGITransport(app=Starlette(routes=list(self.surface.routes())), raise_app_exceptions=True)
        client = httpx2.AsyncClient(transport=transport, base_url=PUBLIC, headers={"accept-language": language})
        return Browser(client, self.slack)

    async def deliver(self, team: str, user: str) -> Outcome:
        """A message to somebody."""
        to = Address("slack", team, f"@{user}")
        [community, *_] = await self.database.look(communities.all_of)
        return await self.surface.deliver(Parcel(f"k{team}", community.id, to, Card("Hello", (Text("Hello"),))))


@dataclass
class Browser:
    """Follows links, keeps cookies and sends forms."""

    http: httpx2.AsyncClient
    slack: FakeSlack
    page: httpx2.Response = field(default_factory=lambda: httpx2.Response(200))

    async def begins(self) -> str:
        """The install page; the address of its button."""
        self.page = await self.http.get(INSTALL)
        assert self.page.status_code == 200
        [address] = re.findall(r'href="([^"]*oauth/v2/authorize[^"]*)"', self.page.text)
        return unescape(address)

    async def goes(self, address: str) -> httpx2.Response:
        """To an address, and on to where it sends us."""
        self.page = await self.http.get(address, follow_redirects=True)
        return self.page

    async def installs(self, team: str, user: str, /, **more: Any) -> httpx2.Response:
        """All the way to the page where the community is chosen."""
        return await self.goes(self.slack.desk.confirm(await self.begins(), team, user, **more))

    async def sends(self, **fields: str) -> httpx2.Response:
        """The page's form."""
        csrf = re.findall(r'name="csrf" value="([^"]+)"', self.page.text)[:1]
        data = {**({"csrf": csrf[0]} if csrf else {}), **fields}
        self.page = await self.http.post(SET_UP, data=data, follow_redirects=True)
        return self.page

    def reads(self, said: Any, **values: object) -> bool:
        return EN(said, **values) in unescape(self.page.text)


async def founds(replica: Replica, team: str, user: str, **wish: str) -> SlackPerson:
    browser = replica.browser()
    await browser.installs(team, user)
    assert browser.reads(texts.IN_SLACK)
    await browser.sends(**{**WISH, **wish})
    assert browser.reads(texts.SET_UP_NEXT)
    return replica.person(team, user)


async def rows(database: Database, table: sa.Table) -> list[Any]:
    return await database.look(lambda work: list(work.connection.execute(sa.select(table)).all()))


def token_of(slack: FakeSlack, team: str) -> str:
    return [token for token, of in slack.desk.tokens.items() if of == team][-1]
