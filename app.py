"""The command line and the table of contents: settings -> storage -> surfaces -> features -> clock -> serve.

Each command imports what it needs when it runs, so that `--help` is quick and a demo needs no chat platform's SDK.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

from bot import manifests

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from bot.findings import Finding
    from bot.router import Router
    from bot.settings import Settings
    from bot.surface import Surface, TakeTurn
    from handlers.turn import Turn
    from scheduler.sending import Sender
    from storage.clock import Clock
    from storage.engine import Database
    from storage.keys import Keys
    from storage.work import Work

R = TypeVar("R")

app = typer.Typer(
    help="Enishi (縁) keeps a community in touch, on Slack, on Teams and on the web.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # their frames show values: names, texts, tokens
)
key_files = typer.Typer(help="The key files (ENISHI_KEYS).", no_args_is_help=True)
app.add_typer(key_files, name="keys")


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
        """What the clock does, once: plan what is due, and send it."""
        from handlers import features
        from scheduler.planning import plan

        await plan(self.database, features.planners())
        await self.sender.drain()


def assemble(settings: "Settings", keys: "Keys", clock: "Clock", tryout: Any = None) -> Install:
    """Join the rooms, for the surfaces that are set; `tryout` makes the portal the demo's."""
    from handlers import features
    from handlers.turn import turns
    from scheduler.sending import Sender
    from storage.doors import StoredDoors
    from storage.engine import database
    from storage.notebook import StoredNotebook

    memory = database(settings.database, keys, clock)
    routes = features.router()
    link = None
    surfaces: dict[str, Surface] = {}
    if settings.portal_is_set:
        from bot.portal.door import Links

        link = Links(settings.public_url, keys.link_keys).url
    take_turn = turns(memory, features.house(routes, link))
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

        https = settings.public_url.startswith("https:")
        portal = PortalSettings(settings.public_url, keys.link_keys, secure_cookies=https)
        shelves, doors = StoredNotebook(memory, "portal"), StoredDoors(memory)
        surfaces["portal"] = PortalSurface(portal, take_turn, routes.actions, shelves, doors, tryout=tryout)
    return Install(memory, take_turn, Sender(memory, surfaces, features.drawers()), surfaces)


def website(install: Install, *, ticking: bool) -> "Starlette":
    """The ASGI application; with `ticking` the clock runs as long as it does."""
    from bot import server
    from handlers import features
    from scheduler.clock import Clock as Ticker
    from storage.checks import anybody_there

    @asynccontextmanager
    async def lifespan(_: "Starlette") -> AsyncIterator[None]:
        async with install.talking():
            ticker = Ticker(install.database, features.planners(), install.sender) if ticking else None
            if ticker:
                ticker.start()
            try:
                yield
            finally:
                if ticker:
                    await ticker.stop()

    async def ready() -> None:
        await install.database.look(anybody_there)

    return server.application(install.surfaces.values(), lifespan, ready)


# --- commands ------------------------------------------------------------------------------------


@app.command()
def serve() -> None:
    """Serve the surfaces that are set, and let the clock run."""
    settings = _settings()
    if missing := settings.missing():
        lines = "\n".join(f"  - {line}" for line in missing)
        _stop(
            f"There is nothing to serve yet. Set one of these (.env.example explains them):\n{lines}\n"
            "Or try it on this machine first: python app.py demo"
        )
    from bot import logs, server
    from storage import schema
    from storage.clock import SystemClock

    logs.say(settings.log_level, settings.log_format)
    if not settings.keys.exists() and _guard(lambda: schema.current(settings.database)) is None:
        _stop("Nothing has been set up here yet. Run: python app.py migrate")
    keys = _keys(settings)
    if settings.database.startswith("sqlite"):
        _guard(lambda: schema.migrate(settings.database))  # one process: nobody else is using it
    elif not _guard(lambda: schema.is_current(settings.database)):
        _stop("The database (ENISHI_DATABASE) is not at this version's shape. Run: python app.py migrate")

    async def run() -> None:
        install = assemble(settings, keys, SystemClock())
        await install.database.open()
        try:
            await install.database.tx(schema.check_keys)
            await _settle(install, settings)
            await server.listen(
                website(install, ticking=True), settings.host, settings.port, settings.forwarded_allow_ips
            )
        finally:
            await install.database.close()

    _run(run())


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
        _stop("--language is ja or en.")
    import tempfile

    from bot import logs

    logs.say("warning", "text")
    with tempfile.TemporaryDirectory(prefix="enishi-demo-") as folder:
        _run(_demo(Path(folder), port, language if tour else "", quick=quick, browser=browser))


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
def migrate() -> None:
    """Bring the database to this version's shape; for a new one, make the key files too."""
    from storage import schema

    settings = _settings()
    before = _guard(lambda: schema.current(settings.database))
    keys = _keys(settings, make=before is None)
    _guard(lambda: schema.migrate(settings.database))
    _once(settings, keys, lambda memory: memory.tx(schema.check_keys))
    typer.echo(f"The database has the shape {schema.head()} (was {before or 'empty'}).")
    typer.echo(f"The key files are in {settings.keys}. Keep a copy of them, apart from the database's.")


@app.command()
def owner(
    *,
    name: Annotated[str, typer.Option(prompt="Name of the owner", help="As the members will see it.")],
    community: Annotated[str, typer.Option(prompt="Name of the community", help="An existing one, or a new one.")],
    kind: Annotated[str, typer.Option(help="ally, alumni, peers or alliance, for a new one.")] = "alumni",
    language: Annotated[str, typer.Option(help="ja or en.")] = "ja",
    zone: Annotated[str, typer.Option(help="Time zone, as in Asia/Tokyo.")] = "Asia/Tokyo",
    slack: Annotated[str, typer.Option(help="The owner on Slack: WORKSPACE/USER, as in T0123/U0456.")] = "",
    teams: Annotated[str, typer.Option(help="The owner on Teams: TENANT/USER, the ids that Entra shows.")] = "",
) -> None:
    """Name the first owner of a community, which is made if it is new; prints their way in."""
    from handlers import features
    from storage import founding

    settings = _settings()
    keys = _keys(settings)
    try:
        wish = founding.Wish(name, community, kind, language, zone, slack, teams)
        nonce = _once(
            settings, keys, lambda memory: memory.tx(lambda work: founding.name_owner(work, wish, features.settle))
        )
    except ValueError as problem:
        _stop(str(problem))
    typer.echo(f"{name} owns {community}.")
    if settings.portal_is_set:
        from bot.portal.door import Links

        typer.echo(f"Their page, once, within 24 hours: {Links(settings.public_url, keys.link_keys).url(nonce)}")
    elif not (slack or teams):
        typer.echo("They have no way in yet: give --slack or --teams, or set ENISHI_PUBLIC_URL and name them again.")


@app.command()
def doctor() -> None:
    """Look at settings, keys, database, clock, tokens and fonts, and say what to do."""
    from rich.console import Console

    from bot.findings import told

    found = _findings(_settings())
    raise typer.Exit(0 if told(found, Console(soft_wrap=True)) else 1)


def _findings(settings: "Settings") -> "list[Finding]":
    from bot.portal import checks as portal
    from storage import checks as storage

    found = [*settings.findings(), *_guard(lambda: storage.check(settings.database, settings.keys))]
    if settings.slack_is_set:
        from bot.slack import checks as slack
        from bot.slack.manifest import scopes
        from bot.slack.settings import chosen as for_slack
        from handlers import features

        needed = scopes(features.router().hears)
        found += _run(slack.check(for_slack(settings, needed)))
    if settings.teams_is_set:
        from bot.teams import checks as teams
        from bot.teams.settings import chosen

        found += _run(teams.check(chosen(settings)))
    return [*found, *portal.check()]


@key_files.command("rotate")
def keys_rotate() -> None:
    """Seal everything with a new key and forget the old one.  Stop the server first."""
    from rich.progress import Progress

    from storage import keys as files
    from storage.resealing import reseal

    settings = _settings()
    _keys(settings)
    keys = files.rotate(settings.keys)
    with Progress() as progress:
        task = progress.add_task("Sealing anew", total=None)

        def tell(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        _once(settings, keys, lambda memory: reseal(memory, tell))
    files.drop_old(settings.keys)
    typer.echo("Everything is sealed with the new key. Copy the key files to your backup now.")


# --- for the commands ----------------------------------------------------------------------------


def _settings() -> "Settings":
    from bot.settings import load

    return _guard(load)


def _keys(settings: "Settings", *, make: bool = False) -> "Keys":
    from storage import keys

    return (
        keys.create(settings.keys) if make and not settings.keys.exists() else _guard(lambda: keys.load(settings.keys))
    )


def _once(settings: "Settings", keys: "Keys", job: "Callable[[Database], Coroutine[Any, Any, R]]") -> R:
    """Do one thing with the database, while nothing else of ours is using a SQLite file."""
    from storage.clock import SystemClock
    from storage.engine import database

    async def run() -> R:
        memory = database(settings.database, keys, SystemClock())
        await memory.open()
        try:
            return await job(memory)
        finally:
            await memory.close()

    return _run(run())


def _guard(f: "Callable[[], R]") -> R:
    """Call `f`; an operator's mistake ends in one sentence."""
    from bot.findings import SetUpProblem
    from bot.surface import Unavailable

    try:
        return f()
    except SetUpProblem as problem:
        _stop(str(problem))
    except Unavailable:
        _stop("The database does not answer (ENISHI_DATABASE).")


def _run(job: Coroutine[Any, Any, R]) -> R:
    """Run to the end; Ctrl+C or a service manager's stop closes what is open and says nothing."""
    import signal

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        return _guard(lambda: asyncio.run(job))
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


async def _settle(install: Install, settings: "Settings") -> None:
    """A new version may plan other things, and a new token means that the bot is back where it was taken out."""
    from handlers import features
    from storage import communities, slack_installs

    def settle(work: "Work") -> None:
        for surface in install.surfaces:
            communities.returned_to(work, surface)
        if settings.slack_is_many:  # there each workspace has a token of its own
            slack_installs.settle_everywhere(work)
        for community in communities.all_of(work):
            features.settle(work, community.id)

    await install.database.tx(settle)


def _stop(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(1)


def _routes() -> "Router[Turn]":
    from handlers import features

    return features.router()


app.add_typer(manifests.commands(_settings, _routes, _stop), name="manifest")

if __name__ == "__main__":
    app()
