"""The surveys that ship: files of `templates/`, in both languages."""

from functools import cache
from pathlib import Path

from handlers.surveys.authoring import files
from handlers.surveys.authoring.files import Asked

FOLDER = Path(__file__).parent / "templates"
ORDER = ("psychological_safety", "workplace_climate", "event_feedback", "what_next")


@cache
def template(name: str) -> Asked | None:
    """The survey of this name, or None when none ships under it."""
    return files.read((FOLDER / f"{name}.yaml").read_bytes()) if name in ORDER else None
