"""A named poll is never called anything else, and shares no way with sealed questions."""

import ast
from pathlib import Path

from babel.messages.pofile import read_po

from bot.language import LANGUAGES, LOCALE

ROOT = Path(__file__).parents[2]
ROOMS = [*(ROOT / "handlers/polls").glob("*.py"), ROOT / "storage/polls.py", ROOT / "storage/tables/polls.py"]
NEVER = ("匿名", "無記名", "anonym")
SEALED = ("surveys", "ballots", "boxes", "closing", "questions", "tally", "trustees")


def test_a_named_poll_is_never_called_anything_else() -> None:
    """Neither in the code nor in what anybody reads, in any language."""
    assert [path.name for path in ROOMS for word in NEVER if word in path.read_text().casefold()] == []
    for language in LANGUAGES:
        with (LOCALE / language / "LC_MESSAGES" / "enishi.po").open("rb") as file:
            catalogue = read_po(file, locale=language)
        ours = [one for one in catalogue if any(place.startswith("handlers/polls/") for place, _ in one.locations)]
        assert len(ours) > 50
        assert [one.id for one in ours for word in NEVER if word in f"{one.id}{one.string}".casefold()] == []


def test_it_shares_no_code_with_sealed_questions() -> None:
    """Nothing of it imports them, and nothing of them imports it."""
    for path in ROOMS:
        assert not _imported(path) & set(SEALED), path
    sealed = [*(ROOT / "handlers/surveys").rglob("*.py"), *(ROOT / f"storage/{name}.py" for name in SEALED)]
    assert [path.name for path in sealed if path.exists() and "polls" in _imported(path)] == []


def _imported(path: Path) -> set[str]:
    """Every part of every name that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            found.update((node.module or "").split("."), (one.name for one in node.names))
        elif isinstance(node, ast.Import):
            found.update(part for one in node.names for part in one.name.split("."))
    return found
