"""All pieces, one after the other, each with its floor."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from bot.language import Reader
from handlers.checkins import texts
from tests.benchmarks import (
    asking,
    draining,
    events,
    importing,
    politeness,
    starting,
    surveys,
    teams,
    transactions,
    web,
    workspaces,
)
from tests.benchmarks.report import Bar, Row, Section
from tests.benchmarks.servers import Server, enishi, floor
from tests.benchmarks.town import Town
from tests.benchmarks.web import Effort, Side, Watch
from tests.fakes.slack import FakeSlack

COMMAND_RATES = (150, 300)  # a second; Slack sends at most 30,000 events an hour, 8.3 a second
FORM_RATES = (50,)
NO_POSTGRES = "skipped: no PostgreSQL at ENISHI_TEST_POSTGRES_URL"


PARTS = (
    "requests",
    "workspaces",
    "teams",
    "transactions",
    "drivers",
    "outbox",
    "batch",
    "roster",
    "politeness",
    "surveys",
    "events",
    "starting",
)


async def everything(
    towns: dict[str, Town], folder: Path, effort: Effort, watch: Watch, parts: Collection[str] = PARTS
) -> AsyncIterator[Section]:
    """Measure on the databases there are, by name ("SQLite" always); each section comes when it is measured."""
    slack = FakeSlack()
    await slack.open()
    try:
        api = f"{slack.url}/api/"
        measures: dict[str, Callable[[], Awaitable[Section | list[Section]]]] = {
            "requests": partial(_requests, towns, api, effort, watch),
            "workspaces": partial(workspaces.section, folder, api, effort, watch),
            "teams": partial(teams.sections, towns, effort, watch),
            "transactions": partial(_transactions, towns, folder, effort, watch),
            "drivers": partial(_drivers, towns, effort, watch),
            "outbox": partial(draining.section, towns, folder, effort, watch),
            "batch": partial(draining.batch, towns, effort, watch),
            "roster": partial(_roster, towns, effort, watch),
            "politeness": partial(politeness.section, effort, watch),
            "surveys": partial(surveys.section, folder, effort, watch),
            "events": partial(events.section, towns, api, effort, watch),
            "starting": partial(_starting, towns, api, effort, watch),
        }
        for name in PARTS:
            if name in parts:
                found = await measures[name]()
                for section in found if isinstance(found, list) else [found]:
                    yield section
    finally:
        await slack.close()


async def _roster(towns: dict[str, Town], effort: Effort, watch: Watch) -> Section:
    return importing.section(towns, effort, watch)


async def _requests(towns: dict[str, Town], api: str, effort: Effort, watch: Watch) -> list[Section]:
    async with AsyncExitStack() as stack:
        bolt = await stack.enter_async_context(floor("Bolt", "bolt", api))
        bare = await stack.enter_async_context(floor("Starlette", "bare"))
        ours: dict[str, Server] = {}
        for name, town in towns.items():
            ours[name] = await stack.enter_async_context(enishi(name, partial(town.settings, slack_api=api)))
        idle = {name: server.resident() for name, server in ours.items()}
        memory = [
            Row(f"{name}, memory idle", "MB", [bolt.resident()], [idle[name]], Bar(150, of_ours=True)) for name in ours
        ]
        watch("resting", effort.idle_s)
        busy = [(server, server.cpu()) for server in (bolt, *ours.values())]
        await asyncio.sleep(effort.idle_s)
        rest = {server.name: [(server.cpu() - before) / effort.idle_s * 1000] for server, before in busy}
        sections = [
            await _slack(bolt, ours, towns, effort, watch),
            await _portal(bare, ours["SQLite"], towns["SQLite"], effort, watch),
        ]
        memory += [
            Row(f"{name}, memory after the load", "MB", [bolt.resident()], [server.resident()])
            for name, server in ours.items()
        ]
        memory += [
            Row(f"{name}, CPU a second when idle", "ms", rest[bolt.name], rest[server.name])
            for name, server in ours.items()
        ]
        return [
            *sections,
            Section("At rest: the clock looks every second for what is due", "the Bolt app above", memory),
        ]


async def _slack(
    bolt: Server, ours: dict[str, Server], towns: dict[str, Town], effort: Effort, watch: Watch
) -> Section:
    people = towns["SQLite"].people  # the same ids in every database
    floor = Side(bolt, asking.commands(people))
    sides = {name: Side(server, asking.commands(people)) for name, server in ours.items()}
    for side in sides.values():
        await asking.check(side.server.port, side.make(1)[0], asking.MENU)
    await web.compare([floor, *sides.values()], effort, effort.commands, COMMAND_RATES, watch)
    rows: list[Row] = []
    for name, side in sides.items():
        bars = {"p99 at 150/s": Bar(2.5), "slowest at 300/s": Bar(3000, of_ours=True)}
        bars |= {web.CPU: Bar(4.0)} if name == "SQLite" else {}
        rows += web.rows(floor, side, name, bars)
    return Section(
        "Slack: /enishi, the menu for a member, committed before it is answered",
        "the smallest Bolt app, process_before_response, the same server (uvicorn, Starlette), no database",
        rows,
    )


async def _portal(bare: Server, server: Server, town: Town, effort: Effort, watch: Watch) -> Section:
    make = await asking.answers(server.port, town)
    floor, ours = Side(bare, make), Side(server, make)
    await asking.check(server.port, make(1)[0], Reader("ja")(texts.TOLD))
    await web.compare([floor, ours], effort, effort.forms, FORM_RATES, watch)
    return Section(
        "Portal: the check-in form, sent, committed and answered with a page",
        "a Starlette route that parses the same body and shows one field: no session, database or template",
        web.rows(floor, ours, "SQLite", {}),
    )


async def _transactions(towns: dict[str, Town], folder: Path, effort: Effort, watch: Watch) -> Section:
    rows = await transactions.sqlite_rows(towns["SQLite"], folder, effort, watch)
    if "PostgreSQL" in towns:
        rows += await transactions.postgres_rows(towns["PostgreSQL"], effort, watch)
    floor = "single-row durable commits by the driver alone (sqlite3; asyncpg, 8 at once)"
    more = "" if "PostgreSQL" in towns else f" (PostgreSQL {NO_POSTGRES})"
    return Section("One interaction: key, member, change, message, in one transaction", floor + more, rows)


async def _drivers(towns: dict[str, Town], effort: Effort, watch: Watch) -> Section:
    title, floor = "Why asyncpg", "the same interaction by psycopg 3, the same SQLAlchemy engine"
    if "PostgreSQL" not in towns:
        return Section(title, floor, skipped=NO_POSTGRES)
    return Section(title, floor, await transactions.driver_rows(towns["PostgreSQL"], effort, watch))


async def _starting(towns: dict[str, Town], api: str, effort: Effort, watch: Watch) -> Section:
    floor = "`python -c pass`; a Starlette application with one page, under uvicorn"
    return Section("Starting", floor, await starting.rows(towns, api, effort, watch))


def seconds(effort: Effort, databases: int) -> float:
    """About how long it takes, as `watch` will count it."""
    sides = 1 + databases
    requests = sides * (effort.commands / 1000 + effort.open_s * len(COMMAND_RATES))
    forms = 2 * (effort.forms / 1000 + effort.open_s * len(FORM_RATES))
    teams_too = (1 + sides) * (effort.presses / 1000 + effort.open_s) + 2 * effort.commands / 1000
    commits = effort.transactions_s * (3 + (4 if databases > 1 else 0))
    rosters = effort.roster / 5000 + databases * effort.roster / 2000
    return (
        effort.turns * (requests + forms + teams_too + commits + rosters)
        + effort.idle_s
        + effort.batch / 8
        + effort.starts * 4.0
        + effort.members / 500
        + 2 * effort.turns * effort.transactions_s
        + effort.members / 900
    )
