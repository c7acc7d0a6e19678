"""The community that is measured: as many members as is usual, on Slack and on the portal, in a database of its own."""

import asyncio
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.people import Handle
from handlers import features
from storage import communities, keys, schema
from storage.clock import SystemClock
from storage.communities import Settings
from storage.doors import Doors
from storage.engine import Database, database
from storage.keys import Keys
from storage.people import People
from storage.work import Work
from tests.conftest import on_server, on_this_server
from tests.fakes.slack import BOT_TOKEN, SECRET, TEAM
from tests.fakes.teams import APP_ID, APP_PASSWORD, TENANT

MEMBERS = 600  # the usual size of a community (430 to 600)
BROWSERS = 40  # of them signed in on the portal
T = TypeVar("T")


@dataclass(frozen=True)
class Town:
    """A settled database.  `people` are Slack user ids, `accounts` Entra's, `tokens` sessions of the portal."""

    url: str
    keys_folder: Path
    keys: Keys
    community: str
    people: tuple[str, ...]
    accounts: tuple[str, ...]
    tokens: tuple[str, ...]

    def open(self) -> Database:
        """The database, to be opened."""
        return database(self.url, self.keys, SystemClock())

    def settings(self, port: int, slack_api: str) -> dict[str, str]:
        """What an operator would set to serve it on Slack and on the portal."""
        slack = {"BOT_TOKEN": BOT_TOKEN, "SIGNING_SECRET": SECRET, "API_URL": slack_api}
        more = {f"ENISHI_SLACK_{name}": value for name, value in slack.items()}
        return {**settings(self.url, self.keys_folder, port), **more}

    def settings_for_teams(self, port: int, teams: str) -> dict[str, str]:
        """What an operator would set to serve it on Teams and on the portal."""
        bot = {"APP_ID": APP_ID, "APP_PASSWORD": APP_PASSWORD, "APP_TENANT": TENANT}
        chosen = {"MODE": "production", "SERVICE_HOSTS": teams, **bot}
        more = {f"ENISHI_TEAMS_{name}": value for name, value in chosen.items()}
        return {**settings(self.url, self.keys_folder, port), **more}


def settings(url: str, keys_folder: Path, port: int) -> dict[str, str]:
    """What an operator would set to serve a database on the portal."""
    return {
        "ENISHI_DATABASE": url,
        "ENISHI_KEYS": str(keys_folder),
        "ENISHI_PORT": str(port),
        "ENISHI_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }


def settle(url: str, folder: Path, members: int = MEMBERS) -> Town:
    """Make the database, its keys and its people.  Not within a running event loop."""
    made = keys.create(folder)

    def found(work: Work) -> Town:
        here = communities.found(work, "みなとの縁")
        Settings(work, here.id).move_in("slack", TEAM)
        Settings(work, here.id).move_in("teams", TENANT)
        Settings(work, here.id).move_in("portal", here.id)
        features.settle(work, here.id)
        people, users, accounts, tokens = People(work, here.id), [], [], []
        for n in range(members):
            member = people.welcome({"name": f"佐藤 {n}"}, language="ja")
            users.append(f"U{n:08}")
            accounts.append(f"00000000-0000-4000-8000-{n:012}")
            people.add_handle(member, Handle("slack", TEAM, users[-1]))
            people.add_handle(member, Handle("teams", TENANT, accounts[-1]))
            if n < BROWSERS:
                tokens.append(Doors(work, here.id).begin(member))
        return Town(url, folder, made, here.id, tuple(users), tuple(accounts), tuple(tokens))

    return filled(url, made, found)


def filled(url: str, made: Keys, found: Callable[[Work], T]) -> T:
    """Make a database, and let `found` fill it in one transaction.  Not within a running event loop."""
    schema.migrate(url)

    def fill(work: Work) -> T:
        schema.check_keys(work)
        return found(work)

    async def run() -> T:
        memory = database(url, made, SystemClock())
        await memory.open()
        try:
            return await memory.tx(fill)
        finally:
            await memory.close()

    return asyncio.run(run())


@contextmanager
def postgres() -> Iterator[str | None]:
    """The address of an empty database of our own, or None when there is no server."""
    name = f"enishi_bench_{secrets.token_hex(6)}"
    try:
        asyncio.run(on_server(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"))
    except (SQLAlchemyError, OSError):
        yield None
        return
    try:
        yield on_this_server(name)
    finally:
        asyncio.run(on_server(f"DROP DATABASE {name} WITH (FORCE)"))
