"""Teams: a card's button, from a signed request to the commit and the card's new face, beside two smallest bots."""

import asyncio
import itertools
import json
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial

from aiohttp import web

from bot.actions import unpack
from bot.teams.reading import OURS
from bot.teams.surface import PATH
from handlers import features
from handlers.checkins.actions import Cadence
from tests.benchmarks.asking import Maker, check, post
from tests.benchmarks.load import PATIENCE, ask
from tests.benchmarks.report import Bar, Row, Section
from tests.benchmarks.servers import Server, enishi, floor
from tests.benchmarks.town import Town
from tests.benchmarks.web import CPU, Effort, Side, Watch, compare, rows
from tests.fakes.teams import Drawn, FakeTeams
from tests.fakes.teams_client import JSON, Activities
from tests.stages.teams import actions

RATE = 20  # presses a second; Teams lets an app send 50 a second in a tenant (`measured.md`, teams section 6)
CARD = "AdaptiveCard"  # in the answer
_numbers = itertools.count(1)


@dataclass
class Teams(FakeTeams):
    """Takes every message unread: reading cards as closely as in tests would be a load of its own."""

    sent: asyncio.Queue[Drawn] = field(default_factory=asyncio.Queue)
    updated: asyncio.Event = field(default_factory=asyncio.Event)

    async def _sent(self, request: web.Request) -> web.StreamResponse:
        self.sent.put_nowait(await request.json())
        return web.json_response({"id": "1"}, status=201)

    async def _updated(self, request: web.Request) -> web.StreamResponse:
        await request.read()
        self.updated.set()
        return web.json_response({"id": request.match_info["id"]})


async def sections(towns: dict[str, Town], effort: Effort, watch: Watch) -> list[Section]:
    """CPU a turn and how long a press takes, on the databases there are."""
    teams = Teams(people={account: f"29:{account}" for account in towns["SQLite"].accounts})
    await teams.open()
    command = [sys.executable, "-m", "tests.benchmarks.served", teams.url, "serve"]
    try:
        async with AsyncExitStack() as stack:
            own = await stack.enter_async_context(floor("own adapter", "own", teams.url))
            stock = await stack.enter_async_context(floor("CloudAdapter", "stock", teams.url))
            ours: dict[str, Server] = {}
            for name, town in towns.items():
                server = enishi(name, partial(town.settings_for_teams, teams=teams.url), command)
                ours[name] = await stack.enter_async_context(server)
            return await _measured(teams, (own, stock), ours, effort, watch)
    finally:
        await teams.close()


async def _measured(
    teams: Teams, floors: tuple[Server, Server], ours: dict[str, Server], effort: Effort, watch: Watch
) -> list[Section]:
    accounts = tuple(teams.people)
    make = presses(teams, await _buttons(teams, ours["SQLite"].port, accounts[0]), accounts)
    own, stock = (Side(server, make) for server in floors)
    sides = {name: Side(server, make) for name, server in ours.items()}
    await check(own.server.port, make(1)[0], CARD)
    for side in (stock, *sides.values()):
        teams.updated.clear()
        await check(side.server.port, make(1)[0], CARD)
        await asyncio.wait_for(teams.updated.wait(), PATIENCE)
    await compare([own, stock, *sides.values()], effort, effort.presses, (RATE,), watch)
    own_rows: list[Row] = []
    stock_rows: list[Row] = []
    for name, side in sides.items():
        cpu = {CPU: Bar(2.5)} if name == "SQLite" else {}
        own_rows += rows(own, side, name, {**cpu, f"p95 at {RATE}/s": Bar(500, of_ours=True)})
        stock_rows += rows(stock, side, name, {CPU: Bar(0.25)})
    return [
        Section(
            "Teams: a card's button, committed and answered with the card's new face",
            "a Starlette route with an adapter of its own: token checked by PyJWT, activity read by the SDK's model, "
            "a card answered; no database, no update of the card for everybody",
            own_rows,
        ),
        Section(
            "Teams: the same beside the SDK's adapter",
            "CloudAdapter as it comes, with its ConnectorClient: proof, update of the card and answer; no database",
            [row for row in stock_rows if row.what.endswith(CPU)],
        ),
    ]


def presses(teams: FakeTeams, buttons: Sequence[Drawn], accounts: Sequence[str]) -> Maker:
    """One member after the other presses one button after the other, each in their chat with the bot."""
    token = teams.token()

    def press(number: int) -> bytes:
        account = accounts[number % len(accounts)]
        shown = {"conversation": teams.chat(account), "id": "1"}
        pressed = Activities(teams).execution(account, shown, buttons[number % len(buttons)], {})
        return _request(pressed, token)

    return lambda count: [press(number) for number in itertools.islice(_numbers, count)]


async def _buttons(teams: Teams, port: int, account: str) -> list[Drawn]:
    """Those of a card that Enishi drew, which change how often a member is asked."""
    written = Activities(teams).message(account, "enishi often")
    await ask(port, _request(written, teams.token()))
    drawn = await asyncio.wait_for(teams.sent.get(), PATIENCE)
    known = features.router().actions
    return [button for button in actions(drawn) if isinstance(unpack(known, button["data"][OURS]["press"]), Cadence)]


def _request(activity: Drawn, token: str) -> bytes:
    return post(PATH, json.dumps(activity).encode(), Content_Type=JSON, Authorization=f"Bearer {token}")
