"""The commands about the database and its keys.

They import what they need when they run, so that `--help` is quick.
"""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot import console

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.engine import Database
    from storage.keys import Keys
    from storage.work import Work

R = TypeVar("R")
commands = typer.Typer()
key_files = typer.Typer(help="The key files (ENISHI_KEYS).", no_args_is_help=True)
commands.add_typer(key_files, name="keys")
audit_chain = typer.Typer(help="What the secretariats did (docs/operators).", no_args_is_help=True)
commands.add_typer(audit_chain, name="audit")


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


@audit_chain.command("verify")
def audit_verify(
    mark: Annotated[list[str] | None, typer.Option(help="What an earlier run printed; may be given again.")] = None,
) -> None:
    """Check that nobody changed, deleted or cut off what the secretariats did; the first bad entry is named."""
    from storage import audit, communities

    def look(work: "Work") -> tuple[list[tuple[str, audit.Whole | audit.Broken]], list[str]]:
        found = [(one.name, audit.Audit(work, one.id).verify()) for one in communities.all_of(work)]
        return found, [one for one in mark or [] if not audit.knows(work, one)]

    settings = console.settings()
    keys = keys_of(settings)
    found, unknown = once(settings, keys, lambda memory: memory.look(look))
    for name, chain in found:
        if isinstance(chain, audit.Whole):
            entries = "entry" if chain.entries == 1 else "entries"
            typer.echo(f"{name}: {chain.entries} {entries}, whole. Mark: {chain.mark}")
        else:
            typer.echo(f"{name}: entry {chain.number} {chain.fault}.")
    for one in unknown:
        typer.echo(f"Mark {one} is in no chain: what was done up to there is missing, or older than two years.")
    if unknown or any(isinstance(chain, audit.Broken) for _, chain in found):
        raise typer.Exit(1)
