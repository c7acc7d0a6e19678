"""The command line and the table of contents: settings -> storage -> surfaces -> features -> clock -> serve.

Each command imports what it needs when it runs, so that `--help` is quick and a demo needs no chat platform's SDK.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot import console, manifests
from handlers.commands import commands as about_communities
from storage.commands import commands as about_storage
from storage.commands import keys_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.applications import Starlette

    from bot.findings import Finding
    from bot.replies import Form
    from bot.router import Router
    from bot.settings import Settings
    from bot.surface import Surface, TakeTurn
    from handlers.turn import Turn
    from scheduler.sending import Sender
    from storage.clock import Clock
    from storage.engine import Database
    from storage.keys import Keys
    from storage.work import Work

app = typer.Typer(
    help="Enishi (縁) keeps a community in touch, on Slack, on Teams and on the web.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # their frames show values: names, texts, tokens
)
app.add_typer(about_storage)
app.add_typer(about_communities)


# --- putting it together -------------------------------------------------------------------------


@dataclass
class Install:
    """What remembers, what answers, what talks and what sends."""

    database: "Database"
    take_turn: "TakeTurn"
    sender: "Sender"
    surfaces: "dict[str, Surface]" = field(default_factory=dict)

    @asynccontextmanager
    async def talking(self) -> AsyncIterator[None]:
        """The surfaces are open inside; what is in flight arrives before they close."""
        started: list[Surface] = []
        try:
            for surface in self.surfaces.values():
                await surface.start()
                started.append(surface)
            yield
        finally:
            await self.sender.close()
            for surface in reversed(started):
                await surface.stop()

    async def tick(self) -> None:
        """What the clock does, once: do long work that is due, plan, send, and whisper."""
        from handlers import features
        from scheduler.courtesy import Courtesy
        from scheduler.planning import plan
        from scheduler.working import whisper, work

        courtesy = Courtesy(features.manners())
        await work(self.database, features.due())
        await plan(self.database, features.planners(), courtesy=courtesy, crowds=features.crowds())
        await self.sender.drain()
        await whisper(self.database, self.surfaces, features.quiet(), courtesy.lets, _at_once)


def assemble(settings: "Settings", keys: "Keys", clock: "Clock", tryout: Any = None) -> Install:
    """Join the rooms, for the surfaces that are set; `tryout` makes the portal the demo's."""
    from handlers import features
    from handlers.turn import turns
    from scheduler.courtesy import Courtesy
    from scheduler.sending import Sender
    from storage.doors import StoredDoors
    from storage.engine import database
    from storage.handouts import StoredHandouts
    from storage.notebook import StoredNotebook
    from storage.uploads import StoredUploads

    memory = database(settings.database, keys, clock)
    routes = features.router()
    courtesy = Courtesy(features.manners())
    link = file = invitation = key = paper = pictures = links = None
    surfaces: dict[str, Surface] = {}
    if settings.portal_is_set:
        from bot.portal.door import Links
        from bot.portal.pictures import Pictures

        links = Links(settings.public_url, keys.link_keys)
        link, file, invitation, key = links.url, links.file, links.invitation, links.key
        paper = links.paper
        pictures = Pictures(settings.public_url, keys.seal, keys.open, clock.now)
    picture = pictures.url if pictures else None
    ways = features.house(
        routes,
        link,
        picture,
        file,
        invitation,
        effect=courtesy.effect,
        key=key,
        paper=paper,
        calendar=links.calendar if links else None,
        event=links.event if links else None,
        sheet=links.sheet if links else None,
    )
    take_turn = turns(memory, ways)
    if settings.slack_is_set:
        from bot.slack.manifest import scopes
        from bot.slack.settings import chosen as for_slack
        from bot.slack.surface import SlackSurface
        from storage.slack_installs import StoredInstalls

        notes, slack = StoredNotebook(memory, "slack"), for_slack(settings, scopes(routes.hears))
        installs = StoredInstalls(memory, features.settle) if settings.slack_is_many else None
        surfaces["slack"] = SlackSurface(slack, take_turn, routes.actions, notes, installs=installs, now=clock.now)
    if settings.teams_is_set:
        from bot.teams.settings import chosen
        from bot.teams.surface import TeamsSurface
        from storage.notebook import belonging

        notebook, members = StoredNotebook(memory, "teams"), belonging(memory)
        surfaces["teams"] = TeamsSurface(chosen(settings), take_turn, routes.actions, notebook, members)
    if settings.portal_is_set:  # last: it takes every address that is left
        from bot.portal.surface import PortalSettings, PortalSurface
        from handlers.events import entries
        from storage.feeds import StoredCalendars
        from storage.sheets import StoredSheets

        https = settings.public_url.startswith("https:")
        portal = PortalSettings(settings.public_url, keys.link_keys, secure_cookies=https)
        shelves, doors = StoredNotebook(memory, "portal"), StoredDoors(memory)
        files = StoredHandouts(memory, features.files())
        surfaces["portal"] = PortalSurface(
            portal,
            take_turn,
            routes.actions,
            shelves,
            doors,
            tryout=tryout,
            files=files,
            inlet=StoredUploads(memory),
            screens={"slack": _as_slack, "teams": _as_teams},
            pictures=pictures,
            papers=features.papers(),
            sheets=StoredSheets(memory, features.sheets()),
            shortcuts=features.shortcuts(),
            calendars=StoredCalendars(memory, entries.feed, entries.one),
        )
    return Install(memory, take_turn, Sender(memory, surfaces, features.drawers(picture), courtesy=courtesy), surfaces)


async def _at_once(_: float) -> None:
    """No gap between quiet messages, where one clock is moved by hand."""


def _as_slack(form: "Form") -> "Mapping[str, Any]":
    """A form as Slack's window shows it, for a preview."""
    from bot.slack import drawing

    return drawing.form(form, "")


def _as_teams(form: "Form") -> "Mapping[str, Any]":
    """A form as Teams' dialog shows it, for a preview."""
    from bot.teams import drawing

    return drawing.form(form)


def website(install: Install, *, ticking: bool, token: str = "") -> "Starlette":
    """The ASGI application; with `ticking` the clock runs as long as it does; `token` opens `/metrics`."""
    from bot import server
    from handlers import features
    from scheduler.clock import Clock as Ticker
    from scheduler.courtesy import Courtesy
    from scheduler.working import whisper, work
    from storage.checks import anybody_there

    courtesy = Courtesy(features.manners())

    @asynccontextmanager
    async def lifespan(_: "Starlette") -> AsyncIterator[None]:
        async with install.talking():
            ticker = (
                Ticker(
                    install.database,
                    features.planners(),
                    install.sender,
                    courtesy,
                    features.leave,
                    crowds=features.crowds(),
                    more={
                        "work": lambda: work(install.database, features.due()),
                        "whisper": lambda: whisper(install.database, install.surfaces, features.quiet(), courtesy.lets),
                    },
                )
                if ticking
                else None
            )
            if ticker:
                ticker.start()
            try:
                yield
            finally:
                if ticker:
                    await ticker.stop()

    async def ready() -> None:
        await install.database.look(anybody_there)

    from scheduler import pulse

    sender, memory = install.sender, install.database
    watch = server.Watch(lambda: pulse.stuck(sender), lambda: pulse.figures(sender, memory), token) if ticking else None
    return server.application(install.surfaces.values(), lifespan, ready, watch)


# --- commands ------------------------------------------------------------------------------------


@app.command()
def serve() -> None:
    """Serve the surfaces that are set, and let the clock run."""
    settings = console.settings()
    if missing := settings.missing():
        lines = "\n".join(f"  - {line}" for line in missing)
        console.stop(
            f"There is nothing to serve yet. Set one of these (.env.example explains them):\n{lines}\n"
            "Or try it on this machine first: python app.py demo"
        )
    from bot import logs, server
    from storage import schema, switches
    from storage.clock import SystemClock

    logs.say(settings.log_level, settings.log_format)
    server.leave_no_core()
    if not settings.keys.exists() and console.guard(lambda: schema.current(settings.database)) is None:
        console.stop("Nothing has been set up here yet. Run: python app.py migrate")
    keys = keys_of(settings)
    if settings.database.startswith("sqlite"):
        console.guard(lambda: schema.migrate(settings.database))  # one process: nobody else is using it
    elif not console.guard(lambda: schema.is_current(settings.database)):
        console.stop("The database (ENISHI_DATABASE) is not at this version's shape. Run: python app.py migrate")

    async def run() -> None:
        install = assemble(settings, keys, SystemClock())
        await install.database.open()
        try:
            await install.database.tx(schema.check_keys)
            await install.database.tx(switches.refuse)
            await settle(install.database, settings)
            site = website(install, ticking=True, token=settings.metrics_token.get_secret_value())
            ended = partial(getattr, install.surfaces.get("slack"), "given_up", "")
            await server.listen(site, settings.host, settings.port, settings.forwarded_allow_ips, ended)
        finally:
            await install.database.close()

    console.run(run())


@app.command()
def restored() -> None:
    """After restoring a backup, before serving: have what is due looked up before anything is sent."""
    from storage.commands import once

    async def doubt(memory: "Database") -> int:
        from handlers import features
        from scheduler.courtesy import Courtesy
        from scheduler.planning import plan
        from storage import delivery

        # what was planned after the backup was made is planned again, so that it is in doubt, too
        courtesy = Courtesy(features.manners())
        await plan(memory, features.planners(), courtesy=courtesy, crowds=features.crowds())
        return await memory.tx(delivery.doubt_all_due)

    settings = console.settings()
    number = once(settings, keys_of(settings), doubt)
    typer.echo(f"Messages that are due and may have been sent since the backup: {number}. They are looked up first.")
    typer.echo("Now start the server. What cannot be looked up is shown by /enishi-admin deliveries.")


@app.command()
def demo(
    *,
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 8000,
    tour: Annotated[bool, typer.Option("--tour", help="Play the story in the terminal, without a browser.")] = False,
    language: Annotated[str, typer.Option(help="Language of the tour: ja or en.")] = "ja",
    quick: Annotated[bool, typer.Option("--quick", help="Play the tour without pauses.")] = False,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser.")] = True,
) -> None:
    """Try it on this machine with a fictional community; nothing is kept."""
    from bot.language import LANGUAGES

    if language not in LANGUAGES:
        console.stop("--language is ja or en.")
    import tempfile

    from bot import logs

    logs.say("warning", "text")
    with tempfile.TemporaryDirectory(prefix="enishi-demo-") as folder:
        console.run(_demo(Path(folder), port, language if tour else "", quick=quick, browser=browser))


async def _demo(folder: Path, port: int, tour: str, *, quick: bool, browser: bool) -> None:
    import webbrowser

    from rich.console import Console

    from bot import server
    from bot.settings import Settings
    from handlers.tryout.seed import seed
    from handlers.tryout.stage import DemoTryout
    from storage import schema
    from storage.clock import MovableClock
    from storage.keys import Keys

    address = f"http://127.0.0.1:{port}"
    # the defaults and these two: with an operator's own settings, real workspaces would be talked to
    settings = Settings.model_construct(database=f"sqlite:///{folder}/demo.db", public_url=address)
    keys, clock, console = Keys.fresh(), MovableClock(), Console()
    await asyncio.to_thread(schema.migrate, settings.database)
    tryout = DemoTryout(clock)
    install = assemble(settings, keys, clock, tryout)
    await install.database.open()
    try:
        await install.database.tx(schema.check_keys)
        with console.status("48 fictional people, two years of news …"):
            await seed(install.database, clock)
        tryout.play(install.database, install.tick)
        if tour:
            from handlers.tryout.tour import play

            async with install.talking():
                await play(console, install.database, install.take_turn, tryout.forward, tour, quick=quick)
            return
        console.print(f"\n  [bold]{address}[/bold]   (Ctrl+C ends it; nothing is kept)\n")
        if browser:
            asyncio.get_running_loop().call_later(1, webbrowser.open, address)
        await server.listen(website(install, ticking=False), "127.0.0.1", port)
    finally:
        await install.database.close()


@app.command()
def doctor() -> None:
    """Look at settings, keys, database, clock, tokens and fonts, and say what to do."""
    from rich.console import Console

    from bot.findings import told

    found = _findings(console.settings())
    raise typer.Exit(0 if told(found, Console(soft_wrap=True)) else 1)


def _findings(settings: "Settings") -> "list[Finding]":
    from bot.portal import checks as portal
    from storage import checks as storage

    found = [*settings.findings(), *console.guard(lambda: storage.check(settings.database, settings.keys))]
    if settings.slack_is_set:
        from bot.slack import checks as slack
        from bot.slack.manifest import scopes
        from bot.slack.settings import chosen as for_slack
        from handlers import features

        needed = scopes(features.router().hears)
        found += console.run(slack.check(for_slack(settings, needed)))
    if settings.teams_is_set:
        from bot.teams import checks as teams
        from bot.teams.settings import chosen

        found += console.run(teams.check(chosen(settings)))
    return [*found, *portal.check()]


# --- for the commands ----------------------------------------------------------------------------


async def settle(database: "Database", settings: "Settings") -> None:
    """A new version may plan other things, and on Slack a new token means that the bot is back where it was taken out.

    Teams' credentials open every tenant and are not renewed by an install: there only somebody's deed shows it.
    """
    from handlers import features
    from storage import communities, slack_installs

    def settled(work: "Work") -> None:
        if settings.slack_is_many:  # there each workspace has a token of its own
            slack_installs.settle_everywhere(work)
        elif settings.slack_is_set:
            communities.returned_to(work, "slack")
        for community in communities.all_of(work):
            features.settle(work, community.id)

    await database.tx(settled)


def _routes() -> "Router[Turn]":
    from handlers import features

    return features.router()


app.add_typer(manifests.commands(_routes), name="manifest")

if __name__ == "__main__":
    app()
