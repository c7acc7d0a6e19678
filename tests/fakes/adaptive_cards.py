"""What Teams refuses in a card, as its documentation states it; written apart from what draws the cards.

The official JSON schema of Adaptive Cards 1.5 is looked for beside the project (`../shared`) or at ENISHI_CARD_SCHEMA;
without it only the rules below are checked.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft6Validator

BESIDE = Path(__file__).parents[3] / "shared" / "adaptive-card-1.5.schema.json"
CARD_BYTES = 28 * 1024  # two for each character of the JSON
ACTIONS = 6
CARD_TYPE = "application/vnd.microsoft.card.adaptive"


@cache
def schema() -> Draft6Validator | None:
    """The official schema, where it can be had."""
    path = Path(os.environ.get("ENISHI_CARD_SCHEMA", BESIDE))
    return Draft6Validator(json.loads(path.read_text())) if path.is_file() else None


def of_activity(activity: dict[str, Any]) -> list[str]:
    """What Teams would refuse in a message, or show otherwise than meant."""
    attachments = activity.get("attachments") or []
    if len(attachments) != 1 or activity.get("text"):
        return ["one activity is one card, without text beside it"]
    if attachments[0]["contentType"] != CARD_TYPE:
        return ["not a card"]
    wrong = [] if activity.get("summary") else ["a notification would say nothing"]
    return wrong + of_card(attachments[0]["content"])


def of_card(card: dict[str, Any]) -> list[str]:
    """What Teams would refuse in a card."""
    wrong = []
    if card.get("version") != "1.5":
        wrong.append("version 1.5")
    if 2 * len(json.dumps(card, ensure_ascii=False)) > CARD_BYTES:
        wrong.append("larger than 28 KB")
    if not card.get("body"):
        wrong.append("an empty card")
    parts = list(_parts(card))
    ids = Counter(part["id"] for part in parts if "id" in part)
    wrong += [f"{name} twice" for name, times in ids.items() if times > 1]
    for part in parts:
        wrong += _of_part(part)
    return wrong + by_schema(card)


def by_schema(card: dict[str, Any]) -> list[str]:
    """What the official schema says; nothing when it is not there."""
    validator = schema()
    return [error.message[:200] for error in validator.iter_errors(card)] if validator else []


def _of_part(part: dict[str, Any]) -> list[str]:
    wrong = []
    kind = str(part.get("type", ""))
    if kind.startswith("Input.") and not (part.get("id") and part.get("label")):
        wrong.append("an input needs id and label")
    if kind.startswith("Input.") and part.get("isRequired") and not part.get("errorMessage"):
        wrong.append("a required input needs an errorMessage")
    if kind == "TextBlock" and not part.get("wrap"):
        wrong.append("text that does not wrap")
    if kind == "ActionSet" and not 1 <= len(part["actions"]) <= ACTIONS:
        wrong.append("one to six actions in a row")
    if kind == "Action.Execute" and part.get("fallback", {}).get("type") != "Action.Submit":
        wrong.append("old clients need a fallback")
    if kind.startswith("Action.") and not part.get("title", "").strip():
        wrong.append("an action without a title")
    if kind == "TextRun" and not part["text"]:
        wrong.append("an empty text")
    return wrong


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _parts(one)
    elif isinstance(value, dict):
        yield value
        for name, one in value.items():
            if name != "data":
                yield from _parts(one)
