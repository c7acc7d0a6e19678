"""The documents: what they name exists."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import app
from bot.router import first_word
from handlers import features

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINES_MAX = 250
IMAGE_MAX, IMAGES_MAX = 200_000, 2_000_000  # bytes, of one picture and of all
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
GUIDES = [
    path for path in DOCUMENTS if path.parent.name in {"members", "secretariat"} or path.stem.startswith("README")
]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _prose(path: Path) -> str:
    return FENCE.sub("", path.read_text())


def _code(path: Path) -> Iterator[str]:
    """What is set as code, line by line."""
    text = path.read_text()
    for block in FENCE.findall(text):
        yield from block.splitlines()[1:-1]
    yield from re.findall(r"`([^`\n]+)`", FENCE.sub("", text))


def _headings(path: Path) -> list[str]:
    return re.findall(r"^#+ .*$", _prose(path), re.MULTILINE)


def _anchor(heading: str) -> str:
    """The name GitHub gives a heading."""
    words = re.sub(r"[`*]|\[|\]\([^)]*\)", "", heading.lstrip("# ")).lower()
    kept = "".join(c for c in words if c in " -_" or unicodedata.category(c)[0] in "LN")
    return kept.replace(" ", "-")


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_links_lead_somewhere(path: Path) -> None:
    """Every relative link names a file of this repository, and every anchor a heading of it."""
    dead = []
    for link in LINK.findall(_prose(path)):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        known = {_anchor(heading) for heading in _headings(target)} if anchor and target.is_file() else {anchor}
        if not target.is_relative_to(ROOT) or not target.exists() or anchor not in known:
            dead.append(link)
    assert not dead


def _commands(group: Any, *words: str) -> dict[tuple[str, ...], set[str]]:
    """Every command of `app.py`, by its words, with its options."""
    found = {words: {option for parameter in group.params for option in (*parameter.opts, *parameter.secondary_opts)}}
    for name, command in getattr(group, "commands", {}).items():
        found |= _commands(command, *words, name)
    return found


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_commands_of_the_command_line_exist(path: Path) -> None:
    """Every `app.py` command in a document exists, with its options."""
    known = _commands(typer.main.get_command(app.app))
    wrong = []
    for line in _code(path):
        said = re.sub(r'make demo ARGS="([^"]*)"', r"app.py demo \1", line)
        for told in re.findall(r"app\.py ([^#>|]*)", said):
            words = re.findall(r"^[a-z]+(?: [a-z]+)?", told.strip())
            name = tuple(words[0].split()) if words else ()
            name = name if name in known else name[:1]
            options = {*re.findall(r"(?<!\S)--[a-z-]+", told)} - {"--help"}
            if (told[0].isalpha() and name not in known) or not options <= known.get(name, set()):
                wrong.append(line)
    assert not wrong


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_make_targets_exist(path: Path) -> None:
    """Every `make` target in a document exists."""
    known = set(re.findall(r"^([a-z-]+(?: [a-z-]+)*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {target for line in _code(path) for target in re.findall(r"(?:^|\s)make ([a-z][a-z-]*)(?=\s|$)", line)}
    assert named <= {one for targets in known for one in targets.split()}


@pytest.mark.parametrize("path", GUIDES, ids=_name)
def test_what_members_are_told_to_type_is_answered(path: Path) -> None:
    """Every word after `/enishi` or `/enishi-admin` in the guides is a command's."""
    known = {(command.admin, word) for command in features.router().commands for word in command.words}
    told = {
        (bool(admin), first_word(words)[0])
        for line in _code(path)
        for admin, words in re.findall(r"/enishi(-admin)? ([^`|]+)", line)
    }
    assert told <= known | {(False, "…"), (True, "…")}


def test_both_readmes_tell_the_same() -> None:
    """The two READMEs have the same headings in number and depth, tables, pictures and commands."""
    english, japanese = ROOT / "README.md", ROOT / "README.ja.md"

    def shape(path: Path) -> tuple[object, ...]:
        text = path.read_text()
        depths = [heading.partition(" ")[0] for heading in _headings(path)]
        return depths, text.count("\n|"), text.count("!["), text.count("```")

    assert shape(english) == shape(japanese)


def test_documents_are_short_and_pictures_light() -> None:
    """No document is longer than one can read at a sitting, and a clone is not heavy with pictures."""
    long = [_name(path) for path in DOCUMENTS if len(path.read_text().splitlines()) > LINES_MAX]
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs" / "images").iterdir()}
    assert not long
    assert max(sizes.values()) <= IMAGE_MAX
    assert sum(sizes.values()) <= IMAGES_MAX


def test_every_picture_is_shown() -> None:
    """No picture lies about that no document shows."""
    shown = "".join(path.read_text() for path in DOCUMENTS)
    assert not [path.name for path in (ROOT / "docs" / "images").iterdir() if path.name not in shown]


def test_what_the_code_cites_is_there() -> None:
    """A document that a comment or docstring names is in the repository."""
    there = {path.name for path in ROOT.rglob("*.md") if ".venv" not in path.parts}
    cited = {
        (path.name, name)
        for room in ("bot", "handlers", "storage", "scheduler")
        for path in (ROOT / room).rglob("*.py")
        for name in re.findall(r"\b[\w-]+\.md\b", path.read_text())
    }
    assert not [(path, name) for path, name in cited if name not in there]
