"""The commands that make what a platform must be told about this app."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot import console

if TYPE_CHECKING:
    from bot.router import Router

NAME = typer.Option(help="The app's name; a neutral one says nothing on a lock screen.")


def commands(routes: "Callable[[], Router[Any]]") -> typer.Typer:
    """`manifest slack` and `manifest teams`."""
    found = typer.Typer(help="What a platform must be told about this app.", no_args_is_help=True)

    @found.command("slack")
    def slack(
        *,
        name: Annotated[str, NAME] = "Enishi",
        socket_mode: Annotated[bool, typer.Option("--socket-mode", help="No public address is needed.")] = False,
        rotate_tokens: Annotated[
            bool, typer.Option("--rotate-tokens", help="Many workspaces: tokens live 12 hours; for good.")
        ] = False,
    ) -> None:
        """Print the manifest to paste at Slack, made from the features."""
        from bot.slack.manifest import manifest  # noqa: PLC0415 - `--help` loads no SDK

        set_up, there = console.settings(), routes()
        url, many = set_up.public_url, set_up.slack_is_many
        if not socket_mode and not url:
            console.stop("Slack must know where to send events: set ENISHI_PUBLIC_URL, or give --socket-mode.")
        try:
            made = manifest(
                there.commands, there.hears, url, socket_mode=socket_mode, many=many, rotate=rotate_tokens, name=name
            )
        except ValueError as problem:
            console.stop(str(problem))
        typer.echo(json.dumps(made, ensure_ascii=False, indent=2))

    @found.command("teams")
    def teams(
        *,
        out: Annotated[Path, typer.Option(help="The file to write, a .zip.")] = Path("enishi-teams.zip"),
        name: Annotated[str, NAME] = "Enishi",
    ) -> None:
        """Write the app package to upload at Teams, made from the features."""
        from bot.teams.manifest import package  # noqa: PLC0415 - as above

        set_up = console.settings()
        try:
            out.write_bytes(package(routes().commands, set_up.teams_app_id, set_up.public_url, name=name))
        except ValueError as problem:
            console.stop(str(problem))
        except OSError as problem:
            console.stop(f"--out: {out} cannot be written ({problem.strerror}).")
        typer.echo(f"{out}: upload it in the Teams admin center (docs/operators/teams.md).")

    return found
