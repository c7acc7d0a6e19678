"""The house itself: conventions that are worth repeating, checked."""

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from bot.actions import PACKED_MAX, Action, pack
from bot.address import Address
from bot.events import Asked, Pressed, Submitted
from bot.language import LANGUAGES, LOCALE, Reader
from bot.people import Handle, Sighting
from bot.settings import PREFIX, Settings
from handlers import features

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "storage", "scheduler")
LINES_MAX = 400
SDKS = {"slack_bolt", "slack_sdk", "botbuilder", "sqlalchemy", "apscheduler", "starlette", "aiohttp", "cryptography"}
REASONLESS = re.compile(r"#\s*(?:noqa(?::\s*[A-Z0-9, ]+)?|type:\s*ignore(?:\[[a-z-, ]+\])?)\s*$")


def _python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (ROOT / folder).rglob("*.py")
    yield ROOT / "app.py"


def _relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_files_fit_a_head() -> None:
    """No file is longer than about four hundred lines."""
    long = {
        _relative(path): lines
        for path in _python_files(*ROOMS, "tests")
        if (lines := len(path.read_text().splitlines())) > LINES_MAX + LINES_MAX // 10
    }
    assert not long


def test_exceptions_from_the_rules_give_their_reason() -> None:
    """A noqa or type: ignore says why on its line."""
    bare = [
        f"{_relative(path)}:{number}"
        for path in _python_files(*ROOMS, "tests")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if REASONLESS.search(line)
    ]
    assert not bare


def test_every_test_states_its_fact() -> None:
    """A test's docstring is the fact it holds."""
    silent = [
        f"{_relative(path)}::{node.name}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not ast.get_docstring(node)
    ]
    assert not silent


def test_a_handler_is_a_plain_function() -> None:
    """Nothing under handlers/ awaits but the turn itself and the try-out: a handler cannot speak in a transaction."""
    waiting = [
        f"{_relative(path)}::{node.name}"
        for path in (ROOT / "handlers").rglob("*.py")
        if path.name != "turn.py" and "tryout" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.AsyncFunctionDef)
    ]
    assert not waiting


def test_help_is_quick() -> None:
    """`--help` imports no SDK and no database."""
    code = "import sys, app; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert not SDKS & set(loaded.stdout.split())


def test_repositories_make_statements_through_their_shelf_alone() -> None:
    """No query without a community by accident: inside a repository, statements start from `Shelf`."""
    found = {
        f"{_relative(path)}::{repository.name}"
        for path in (ROOT / "storage").glob("*.py")
        for repository in ast.parse(path.read_text()).body
        if isinstance(repository, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "Shelf" for base in repository.bases)
        for node in ast.walk(repository)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "sa"
        and node.attr in {"select", "insert", "update", "delete", "text"}
    }
    assert found <= {"storage/communities.py::Settings"}  # whose one row is the community itself


# --- what is declared is answered and documented ---------------------------------------------------


def _actions() -> list[type[Action]]:
    return sorted(features.router().actions.values(), key=lambda action: action.name)


@pytest.mark.parametrize("action", _actions(), ids=lambda action: action.name)
def test_every_action_is_answered_and_travels_small(action: type[Action]) -> None:
    """Every button and form has a handler, and its context fits a Slack button."""
    filled = {
        name: {"str": "x" * 64, "int": 10**9, "bool": True}[getattr(info.annotation, "__name__", "str")]
        for name, info in action.model_fields.items()
        if info.is_required()
    }
    made = action.model_validate(filled)
    assert len(pack(made)) <= PACKED_MAX
    who, where = Sighting(Handle("slack", "T", "U")), Address("slack", "T", "C")
    router = features.router()
    assert router.match(Pressed(who=who, where=where, action=made)) or router.match(
        Submitted(who=who, where=where, action=made)
    )


def test_every_action_in_a_feature_is_declared() -> None:
    """No button is drawn that nobody answers."""
    declared = set(features.router().actions.values())
    for feature in features.FEATURES:
        module = sys.modules.get(f"handlers.{feature.name}.actions")
        if module is None:
            continue
        classes = (one for _, one in inspect.getmembers(module, inspect.isclass))
        defined = {one for one in classes if one.__module__ == module.__name__}
        assert defined <= declared, feature.name


def test_every_command_is_in_the_guides_of_both_languages() -> None:
    """A member or secretary finds every command in the guide, in the spelling of their language."""
    for language in LANGUAGES:
        for command in features.router().commands:
            guide = ROOT / "docs" / ("secretariat" if command.admin else "members") / f"{language}.md"
            japanese = [word for word in command.also if not word.isascii()]
            spelling = japanese[0] if language == "ja" and japanese else command.word
            prefix = "/enishi-admin" if command.admin else "/enishi"
            assert f"{prefix} {spelling}" in guide.read_text(), f"{guide.name}: {prefix} {spelling}"


def test_every_kind_of_message_has_its_manner() -> None:
    """Nothing is sent that does not say whether it was asked for, how urgent it is, and why it comes."""
    for feature in features.FEATURES:
        drawn = {kind for kind, manner in feature.manners.items() if not manner.whispered}
        assert set(feature.drawers) == drawn, feature.name
        for kind, manner in feature.manners.items():
            assert 0 <= manner.priority <= 3, kind
            assert manner.name, kind
            assert manner.why, kind
            for language in LANGUAGES:  # it goes on a sentence: "Why you get this: …", "…, because …"
                why = Reader(language)(manner.why)
                assert not why.endswith((".", "。")), why
                assert not why[0].isupper(), why


def test_every_setting_is_explained() -> None:
    """Every setting stands in .env.example, after a comment, and nothing else does."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    keys = {line.removeprefix("#").partition("=")[0] for line in lines if re.match("#?ENISHI_", line)}
    assert keys == {PREFIX + name.upper() for name in Settings.model_fields}


# --- words ---------------------------------------------------------------------------------------


def _messages(language: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    with (LOCALE / language / "LC_MESSAGES" / "enishi.po").open("rb") as file:
        return [
            (
                tuple(message.id) if message.pluralizable else (str(message.id),),
                tuple(str(one or "") for one in (message.string if message.pluralizable else (message.string,)) or ()),
            )
            for message in read_po(file, locale=language)
            if message.id
        ]


def test_japanese_is_complete() -> None:
    """Every sentence has its Japanese."""
    assert not [ids[0] for ids, strings in _messages("ja") if not all(strings)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_use_the_same_values(language: str) -> None:
    """A translation names no value that the sentence does not have, so that it can always be filled in."""

    def values(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    wrong = [
        ids[0]
        for ids, strings in _messages(language)
        for string in strings
        if string and not values(string) <= set().union(*map(values, ids))
    ]
    assert not wrong


def test_no_word_blames() -> None:
    """Nobody is called inactive, a ghost or late, and nothing is demanded."""
    blaming = re.compile(
        r"未回答|幽霊|怠|遅れ|しなければなりません|必ず|inactive|ghost|overdue|you must|failed to", re.IGNORECASE
    )
    said = [text for ids, strings in _messages("ja") for text in (*ids, *strings)]
    assert not [text for text in said if blaming.search(text)]


def test_asked_is_normalised_the_same_for_all_commands() -> None:
    """A command's spellings are found in full width, capitals and with blanks around."""
    router = features.router()
    who, where = Sighting(Handle("slack", "T", "U")), Address("slack", "T", "C")
    for command in router.commands:
        for word in (command.word, *command.also):
            wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in word.upper())
            found = router.match(Asked(who=who, where=where, words=f"　{wide}　x", admin=command.admin))
            assert found
            assert found == (router.match(Asked(who=who, where=where, words=f"{word} x", admin=command.admin)))
