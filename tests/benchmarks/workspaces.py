"""Slack with many workspaces: the same server, asked from one of them, and from all of them in turn."""

import asyncio
from pathlib import Path

from bot.people import Handle
from bot.slack.installs import Installation, Me
from handlers import features
from storage import communities, keys, slack_installs
from storage.communities import Settings
from storage.people import People
from storage.work import Work
from tests.benchmarks import town
from tests.benchmarks.asking import MENU, check, commands
from tests.benchmarks.report import Bar, Section
from tests.benchmarks.servers import enishi
from tests.benchmarks.web import CPU, Effort, Side, Watch, compare, rows
from tests.fakes.slack import BOT, BOT_USER, SECRET
from tests.fakes.slack_oauth import CLIENT_ID, CLIENT_SECRET

MEMBERS = 3  # of each workspace


async def section(folder: Path, slack_api: str, effort: Effort, watch: Watch) -> Section:
    """CPU of a warm command: every install has been looked up before, and is in memory."""
    teams = [f"T{n:08}" for n in range(effort.workspaces)]
    people = [f"U{n:08}" for n in range(MEMBERS)]
    url, key_files = f"sqlite:///{folder}/workspaces.db", folder / "workspaces-keys"
    made = keys.create(key_files)

    def found(work: Work) -> None:
        for team in teams:
            _installed(work, team, people)

    await asyncio.to_thread(town.filled, url, made, found)

    def settings(port: int) -> dict[str, str]:
        app = {"CLIENT_ID": CLIENT_ID, "CLIENT_SECRET": CLIENT_SECRET, "SIGNING_SECRET": SECRET, "API_URL": slack_api}
        more = {f"ENISHI_SLACK_{name}": value for name, value in app.items()}
        return {**town.settings(url, key_files, port), **more}

    async with enishi(f"SQLite, {len(teams)} workspaces", settings) as server:
        one, many = Side(server, commands(people, teams[:1])), Side(server, commands(people, teams))
        for request in many.make(len(teams)):
            await check(server.port, request, MENU)
        await compare([one, many], effort, effort.commands, (), watch)
    return Section(
        f"Slack, {len(teams)} workspaces installed: /enishi from all of them in turn",
        "the same server at the same time, asked from one workspace only",
        rows(one, many, "SQLite", {CPU: Bar(1.1)}),
    )


def _installed(work: Work, team: str, users: list[str]) -> None:
    """A workspace with its install, its community and its people."""
    slack_installs.keep(work, Installation(Me(team, "", BOT_USER, BOT), f"xoxb-made-up-{team}"))
    here = communities.found(work, f"みなとの縁 {team}")
    Settings(work, here.id).move_in("slack", team)
    features.settle(work, here.id)
    people = People(work, here.id)
    for user in users:
        people.add_handle(people.welcome({"name": f"佐藤 {user}"}, language="ja"), Handle("slack", team, user))
