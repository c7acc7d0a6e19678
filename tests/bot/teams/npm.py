"""What npm has for checking cards and manifests, installed on demand into a folder that is never committed."""

import fcntl
import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / ".cache" / "npm"
PACKAGES = {"adaptivecards": "3.0.6", "markdown-it": "14.1.0", "@microsoft/app-manifest": "1.1.2"}
REQUIRED = os.environ.get("ENISHI_TEST_NPM") == "required"


@cache
def modules() -> Path:
    """The folder of the modules; skips, saying why, where there is no node or no registry."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:  # tests run in several processes
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _installed()


def _installed() -> Path:
    found = FOLDER / "node_modules"
    if all((found / name / "package.json").is_file() for name in PACKAGES):
        return found
    if not (shutil.which("npm") and shutil.which("node")):
        _missing("there is no node here")
    wanted = [f"{name}@{version}" for name, version in PACKAGES.items()]
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(FOLDER), *wanted]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)  # noqa: S603 - a fixed command
    if ended.returncode:
        _missing("npm could not install them")
    return found


def _missing(why: str) -> None:
    if REQUIRED:
        pytest.fail(f"ENISHI_TEST_NPM=required, but {why}")
    pytest.skip(f"not checked with npm's {' and '.join(PACKAGES)}: {why}")


_VALIDATE = """
const AC = require('adaptivecards/dist/adaptivecards.js');
const cards = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const found = cards.map(json => {
  const context = new AC.SerializationContext(AC.Versions.v1_5);
  const card = new AC.AdaptiveCard();
  card.parse(json, context);
  const wrong = card.validateProperties();
  const parsed = Array.from({length: context.eventCount}, (_, at) => context.getEventAt(at).message);
  return [...parsed, ...wrong.validationEvents.map(event => event.message)];
});
console.log(JSON.stringify(found));
"""


def validated(cards: list[dict[str, object]]) -> list[list[str]]:
    """What Microsoft's own renderer has against each card."""
    folder = modules().parent
    ended = subprocess.run(  # noqa: S603 - our own script
        [shutil.which("node") or "node", "-e", _VALIDATE],
        cwd=folder,
        input=json.dumps(cards),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found: list[list[str]] = json.loads(ended.stdout)
    return found
