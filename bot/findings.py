"""What an operator is told: what `doctor` finds, room by room, and what keeps a command from going on."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rich.console import Console


class SetUpProblem(Exception):
    """It cannot go on as it is set up.  One sentence for the operator, naming the setting."""


class Level(StrEnum):
    """How it stands."""

    GOOD = "good"
    NOTE = "note"  # works, but somebody should know
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `words` name the setting to change where something is wrong."""

    level: Level
    subject: str
    words: str


MARKS = {Level.GOOD: "[green]good[/green]", Level.NOTE: "[yellow]note[/yellow]", Level.BAD: "[red]bad[/red] "}


def told(findings: Iterable[Finding], console: Console) -> bool:
    """Print them, one a line.  Returns whether nothing is bad."""
    well = True
    for one in findings:
        console.print(f"{MARKS[one.level]}  [bold]{one.subject}[/bold]: {one.words}", highlight=False)
        well = well and one.level is not Level.BAD
    return well
