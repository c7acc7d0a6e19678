"""Slack's limits on blocks and views, as its documentation states them; written apart from what draws the blocks.

docs.slack.dev/reference/block-kit (blocks, block elements, composition objects) and /reference/views.
"""

import json
from collections.abc import Iterator
from typing import Any

Blocks = list[dict[str, Any]]

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
TEXTS = {"header": 150, "section": 3000}
MESSAGE_SIZE = 13_000  # characters; msg_blocks_too_long was seen near it
VIEW_BYTES = 250_000
KNOWN = {"section", "header", "context", "divider", "image", "actions", "input", "rich_text"}


def of_message(blocks: Blocks, text: str) -> list[str]:
    """What Slack would refuse in a message."""
    wrong = list(_blocks(blocks, "message"))
    if len(text) > 4000 or not text:
        wrong.append("text: 1 to 4000")
    if sum(len(string) for string in _strings(blocks)) > MESSAGE_SIZE:
        wrong.append("msg_blocks_too_long")
    return wrong


def of_view(view: dict[str, Any]) -> list[str]:
    """What Slack would refuse in a window or an App Home."""
    wrong = list(_blocks(view.get("blocks", []), view["type"]))
    if len(view.get("private_metadata", "")) > 3000:
        wrong.append("private_metadata: 3000")
    if len(json.dumps(view)) > VIEW_BYTES:
        wrong.append("view_too_large")
    if view["type"] == "modal":
        for name in ("title", "submit"):
            if name in view:
                wrong += _plain(view[name], 24, name)
        if "title" not in view:
            wrong.append("a modal has a title")
        if "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
            wrong.append("inputs need a submit button")
    return wrong


def _blocks(blocks: Blocks, surface: str) -> Iterator[str]:
    if not 1 <= len(blocks) <= MOST_BLOCKS[surface]:
        yield f"{len(blocks)} blocks in a {surface}"
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        yield "duplicate block_id"
    actions = [element.get("action_id") for block in blocks for element in block.get("elements", [])]
    actions = [action for action in actions if action]
    if len(actions) != len(set(actions)):
        yield "duplicate action_id"
    for block in blocks:
        kind = block.get("type")
        if kind not in KNOWN or (kind == "input" and surface == "message"):
            yield f"no {kind} block in a {surface}"
            continue
        yield from _block(kind, block)


def _block(kind: str, block: dict[str, Any]) -> Iterator[str]:
    if len(block.get("block_id", "x")) not in range(1, 256):
        yield "block_id: 1 to 255"
    if kind in TEXTS:
        yield from _plain(block["text"], TEXTS[kind], kind)
    elif kind in WITHIN:
        yield from WITHIN[kind](block)


def _context(block: dict[str, Any]) -> Iterator[str]:
    if not 1 <= len(block["elements"]) <= 10:
        yield "context: 1 to 10 elements"
    for element in block["elements"]:
        yield from _plain(element, 3000, "context")


def _image(block: dict[str, Any]) -> Iterator[str]:
    if not block["image_url"].startswith("https://") or len(block["image_url"]) > 3000:
        yield "image_url"
    if not 1 <= len(block["alt_text"]) <= 2000:
        yield "alt_text: 1 to 2000"


def _actions(block: dict[str, Any]) -> Iterator[str]:
    if not 1 <= len(block["elements"]) <= 25:
        yield "actions: 1 to 25"
    for element in block["elements"]:
        yield from _button(element)


def _rich_text(block: dict[str, Any]) -> Iterator[str]:
    for part in block["elements"]:
        kinds = {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}
        if part["type"] not in kinds or not part["elements"]:
            yield "rich_text"
        for run in part["elements"]:
            if run["type"] != "text" or not run["text"]:
                yield "rich text is literal text here"


def _button(element: dict[str, Any]) -> Iterator[str]:
    yield from _plain(element["text"], 75, "button")
    if len(element.get("value", "")) > 2000:
        yield "value: 2000"
    if len(element.get("url", "")) > 3000:
        yield "url: 3000"
    if element.get("style", "primary") not in {"primary", "danger"}:
        yield "style"
    if not 1 <= len(element["action_id"]) <= 255:
        yield "action_id: 1 to 255"
    if confirm := element.get("confirm"):
        for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
            yield from _plain(confirm[name], most, f"confirm {name}")


def _input(block: dict[str, Any]) -> Iterator[str]:
    yield from _plain(block["label"], 2000, "label")
    if "hint" in block:
        yield from _plain(block["hint"], 2000, "hint")
    element = block["element"]
    if element["type"] == "plain_text_input":
        most = element.get("max_length", 3000)
        if not 1 <= most <= 3000 or len(element.get("initial_value", "")) > most:
            yield "initial_value or max_length"
        return
    options = element["options"]
    most = 100 if element["type"] in {"static_select", "multi_static_select"} else 10
    if not 1 <= len(options) <= most:
        yield f"{element['type']}: 1 to {most} options"
    for option in options:
        yield from _plain(option["text"], 75, "option")
        if not 1 <= len(option["value"]) <= 150:
            yield "option value: 1 to 150"
    chosen = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
    if any(option not in options for option in chosen) or element.get("initial_options") == []:
        yield "initial option"
    if len(chosen) > element.get("max_selected_items", len(chosen)):
        yield "more chosen than max_selected_items"
    if "placeholder" in element:
        yield from _plain(element["placeholder"], 150, "placeholder")


WITHIN = {"context": _context, "image": _image, "actions": _actions, "input": _input, "rich_text": _rich_text}


def _plain(text: dict[str, Any], most: int, where: str) -> Iterator[str]:
    if text["type"] != "plain_text":
        yield f"{where}: only plain text here"
    if not len(text["text"].strip()) >= 1 or len(text["text"]) > most:
        yield f"{where}: 1 to {most}"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, str):
        yield value
