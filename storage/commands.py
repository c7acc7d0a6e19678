"""The commands about the database and its keys.

They import what they need when they run, so that `--help` is quick.
"""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from bot import console

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.engine import Database
    from storage.keys import Keys

R = TypeVar("R")
commands = typer.Typer()
key_files = typer.Typer(help="The key files (ENISHI_KEYS).", no_args_is_help=True)
commands.add_typer(key_files, name="keys")


def keys_of(settings: "Settings", *, make: bool = False) -> "Keys":
    """The operator's keys; with `make`, new ones where there are none."""
    from storage import keys

    if make and not settings.keys.exists():
        return keys.create(settings.keys)
    return console.guard(lambda: keys.load(settings.keys))


def once(settings: "Settings", keys: "Keys", job: "Callable[[Database], Coroutine[Any, Any, R]]") -> R:
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

    return console.run(run())


@commands.command()
def migrate() -> None:
    """Bring the database to this version's shape; for a new one, make the key files too."""
    from storage import schema

    settings = console.settings()
    before = console.guard(lambda: schema.current(settings.database))
    keys = keys_of(settings, make=before is None)
    console.guard(lambda: schema.migrate(settings.database))
    once(settings, keys, lambda memory: memory.tx(schema.check_keys))
    typer.echo(f"The database has the shape {schema.head()} (was {before or 'empty'}).")
    typer.echo(f"The key files are in {settings.keys}. Keep a copy of them, apart from the database's.")


@key_files.command("rotate")
def keys_rotate() -> None:
    """Seal everything with a new key and forget the old one.  Stop the server first."""
    from rich.progress import Progress

    from storage import keys as files
    from storage.resealing import reseal

    settings = console.settings()
    keys_of(settings)
    keys = files.rotate(settings.keys)
    with Progress() as progress:
        task = progress.add_task("Sealing anew", total=None)

        def tell(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        once(settings, keys, lambda memory: reseal(memory, tell))
    files.drop_old(settings.keys)
    typer.echo("Everything is sealed with the new key. Copy the key files to your backup now.")
