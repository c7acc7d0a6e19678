"""Every action of the secretariat that is recorded has words in the audit."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from handlers import features

ROOT = Path(__file__).parents[2]
COMPOSED = {
    "checkins.arranged",
    "checkins.stopped",
    "checkins.resumed",
    "checkins.letters",
    "role.owner",
    "role.member",
}


def _actions() -> Iterator[tuple[str, str]]:
    """What is passed to `Audit(…).record` as the action, where the code says it in one word or by a name.

    Of storage, in the files that a feature uses.
    """
    used = "".join(path.read_text() for path in (ROOT / "handlers").rglob("*.py"))
    for room in ("handlers", "storage"):
        for path in (ROOT / room).rglob("*.py"):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            if room == "storage" and f"from {module} import" not in used:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                    continue
                if node.func.attr == "record" and "Audit(" in ast.unparse(node.func):
                    action = _value(node.args[1], importlib.import_module(module))
                    if action:
                        yield f"{module}:{node.lineno}", action


def _value(said: ast.expr, module: Any) -> str:
    if isinstance(said, ast.Constant):
        return str(said.value)
    if isinstance(said, ast.Name):
        return str(getattr(module, said.id, ""))
    if isinstance(said, ast.Attribute) and isinstance(said.value, ast.Name):
        return str(getattr(getattr(module, said.value.id), said.attr))
    return ""


def test_every_recorded_action_has_words() -> None:
    """No entry reads "something this version has no words for"."""
    audited = features.house(features.router()).audited
    found = [*_actions(), *(("composed", action) for action in COMPOSED)]
    assert "wave.approved" in {action for _, action in found}
    assert not [(where, action) for where, action in found if action not in audited]
