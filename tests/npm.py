"""What npm has for checking cards, manifests and calendars, installed on demand and never committed."""

import fcntl
import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / ".cache" / "npm"
PACKAGES = {
    "adaptivecards": "3.0.6",
    "markdown-it": "14.1.0",
    "@microsoft/app-manifest": "1.1.2",
    "ical.js": "2.2.1",  # reads calendars in Thunderbird
}
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
    found: list[list[str]] = _ran(_VALIDATE, cards)
    return found


_READ = """
const ICAL = require('ical.js');
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const names = ['uid', 'sequence', 'status', 'transp', 'class', 'summary', 'location', 'description', 'url'];
const found = texts.map(text => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map(one => {
    const event = new ICAL.Event(one);
    const said = names.map(name => [name.toUpperCase(), String(one.getFirstPropertyValue(name) ?? '')]);
    const at = {BEGINS: event.startDate.toUnixTime(), ENDS: event.endDate.toUnixTime()};
    return {...Object.fromEntries(said), ...at};
  });
});
console.log(JSON.stringify(found));
"""


def calendars(texts: list[str]) -> list[list[dict[str, Any]]]:
    """The entries of each calendar as Thunderbird's reader has them: properties by name, instants in Unix seconds.

    Times are read by the zones that the calendar itself brings along.
    """
    found: list[list[dict[str, Any]]] = _ran(_READ, texts)
    return found


def _ran(script: str, given: object) -> Any:
    folder = modules().parent
    ended = subprocess.run(  # noqa: S603 - our own scripts
        [shutil.which("node") or "node", "-e", script],
        cwd=folder,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return json.loads(ended.stdout)
