"""What every command of `app.py` needs: the settings, and an end in one sentence."""

import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

R = TypeVar("R")


def settings() -> "Settings":
    """The operator's, or one sentence about what is wrong with them."""
    from bot.settings import load  # noqa: PLC0415 - `--help` reads no settings

    return guard(load)


def stop(words: str) -> NoReturn:
    """End the command with one sentence."""
    typer.echo(words, err=True)
    raise typer.Exit(1)


def guard(f: Callable[[], R]) -> R:
    """Call `f`; an operator's mistake ends in one sentence."""
    from bot.findings import SetUpProblem  # noqa: PLC0415 - as above
    from bot.surface import Unavailable  # noqa: PLC0415 - as above

    try:
        return f()
    except SetUpProblem as problem:
        stop(str(problem))
    except Unavailable:
        stop("The database does not answer (ENISHI_DATABASE).")


def run(job: Coroutine[Any, Any, R]) -> R:
    """Run to the end; Ctrl+C or a service manager's stop closes what is open and says nothing."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        return guard(lambda: asyncio.run(job))
    except KeyboardInterrupt:
        raise typer.Exit(0) from None
