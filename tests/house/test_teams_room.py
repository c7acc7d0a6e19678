"""The archived SDK is known to one file."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SDK = {"botbuilder", "botframework", "msrest"}
ROOM = ROOT / "bot" / "teams" / "sdk.py"


def _imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names


def test_only_one_file_imports_the_bot_framework() -> None:
    """Whoever replaces it changes one file.  Only the benchmarks name it, too: its adapter is one of their floors."""
    stock = ROOT / "tests" / "benchmarks"
    files = [path for path in ROOT.rglob("*.py") if ".venv" not in path.parts and not path.is_relative_to(stock)]
    assert [path for path in files if _imports(path) & SDK] == [ROOM]


def test_the_package_is_made_without_the_sdk() -> None:
    """An operator's `manifest teams` and the settings load nothing of it."""
    code = "import sys, bot.teams.manifest, bot.teams.settings; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert not SDK & {name.partition(".")[0] for name in loaded.stdout.split()}
