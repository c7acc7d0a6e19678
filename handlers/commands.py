"""The commands about communities and their people.

They import what they need when they run, so that `--help` is quick.
"""

from pathlib import Path
from typing import Annotated

import typer

from bot import console
from storage.commands import keys_of, once

commands = typer.Typer()


@commands.command()
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

    settings = console.settings()
    keys = keys_of(settings)
    try:
        wish = founding.Wish(name, community, kind, language, zone, slack, teams)
        nonce = once(
            settings, keys, lambda memory: memory.tx(lambda work: founding.name_owner(work, wish, features.settle))
        )
    except ValueError as problem:
        console.stop(str(problem))
    typer.echo(f"{name} owns {community}.")
    if settings.portal_is_set:
        from bot.portal.door import Links

        typer.echo(f"Their page, once, within 24 hours: {Links(settings.public_url, keys.link_keys).url(nonce)}")
    elif not (slack or teams):
        typer.echo("They have no way in yet: give --slack or --teams, or set ENISHI_PUBLIC_URL and name them again.")


@commands.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="The roster: CSV in any usual encoding, or .xlsx.")],
    *,
    community: Annotated[str, typer.Option(help="Whose roster: the name of a community.")],
    confirm: Annotated[bool, typer.Option("--confirm", help="Write it. Without this nothing is stored.")] = False,
    bad_rows: Annotated[Path | None, typer.Option(help="A .csv file to write, with the rows to correct.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="Where the guess is wrong: FIELD=COLUMN, as in mail=C. Repeat it.")
    ] = None,
) -> None:
    """Bring a roster in, or without --confirm only say what would happen.  Nobody is contacted."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from handlers.roster import terminal
    from storage import errands

    settings = console.settings()
    keys = keys_of(settings)
    out = Console(soft_wrap=True)
    try:
        content = file.read_bytes() if file.stat().st_size <= terminal.FILE_MAX else b""
        wish = terminal.Wish(community, terminal.told(column or []), confirm=confirm, too_large=not content)
        if bad_rows:
            bad_rows.touch()
        bars = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*bars, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("Rows", total=None)

            def tell(done: int, total: int) -> None:
                progress.update(task, completed=done, total=max(done, total))

            found = once(settings, keys, lambda memory: errands.run(memory, terminal.bringing_in(content, wish, tell)))
        if bad_rows:
            bad_rows.write_bytes(terminal.to_correct(found))
    except OSError as problem:
        console.stop(f"{problem.filename}: {(problem.strerror or 'cannot be read').lower()}.")
    except ValueError as problem:
        console.stop(str(problem))
    for line in terminal.lines(found, bad_rows):
        out.print(line, markup=False, highlight=False)
