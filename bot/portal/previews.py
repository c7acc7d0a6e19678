"""What a form will look like on each surface, beside the form in which somebody writes it.

A surface draws it with its own code, so its limits show; here what it drew is only put in words and shapes for a page.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.cards import Buttons, Choice, Choices, Facts, Field, Piece, Text, TextInput, Tick
from bot.replies import Form

Draw = Callable[[Form], Mapping[str, Any]]
"""A form as a surface draws it: a view of Block Kit, or an Adaptive Card."""
_ESCAPED = re.compile(r"\\([^\w\s])")
_INPUTS = {"plain_text_input": "line", "radio_buttons": "radio", "static_select": "select", "checkboxes": "check"}
_OPEN = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One thing on a screen.

    Looks: heading, text, quiet, rule, button, and of inputs line, box, radio, check, select.
    `runs`: the text in parts, each with whether it is bold; none where all of it looks the same.
    """

    look: str
    text: str = ""
    hint: str = ""
    options: tuple[str, ...] = ()
    runs: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Screen:
    """What one surface shows.  `title` is what stands above it in a window's frame, "" where there is none."""

    surface: str
    title: str
    lines: tuple[Line, ...]


def screen(surface: str, form: Form, draw: Draw | None = None) -> Screen:
    """A form as a surface draws it, or without a drawing of its own as a page has it."""
    if draw is None:
        return Screen(surface, form.title, tuple(_of_page(form)))
    drawn = draw(form)
    return Screen(surface, _title(drawn), tuple(_lines(drawn)))


def _title(drawn: Mapping[str, Any]) -> str:
    return str((drawn.get("title") or {}).get("text", ""))


def _lines(drawn: Mapping[str, Any]) -> Iterator[Line]:
    if "blocks" not in drawn:
        for element in drawn["body"]:
            yield from _of_element(element)
        return
    for block in drawn["blocks"]:
        yield from _of_block(block)
    if "submit" in drawn:
        yield Line("button", drawn["submit"]["text"])


def _of_block(block: Mapping[str, Any]) -> Iterator[Line]:
    """One block of a Slack window."""
    match block["type"]:
        case "header":
            yield Line("heading", block["text"]["text"])
        case "section":
            yield Line("text", block["text"]["text"])
        case "context":
            yield Line("quiet", " ".join(one.get("text", "") for one in block["elements"]))
        case "divider":
            yield Line("rule")
        case "actions":
            for one in block["elements"]:
                yield Line("button", one["text"]["text"])
        case "rich_text":
            parts = [part for section in block["elements"] for part in section["elements"]]
            yield _of_runs((part.get("text", ""), bool(part.get("style", {}).get("bold"))) for part in parts)
        case "input":
            element = block["element"]
            look = _INPUTS.get(element["type"], "select" if "select" in element["type"] else "line")
            look = "box" if element.get("multiline") else look
            options = tuple(one["text"]["text"] for one in element.get("options", ()))
            hint = (block.get("hint") or {}).get("text", "")
            yield Line(look, block["label"]["text"], hint, options)


def _of_element(element: Mapping[str, Any]) -> Iterator[Line]:
    """One element of an Adaptive Card; what a container holds, one after the other."""
    match element["type"]:
        case "TextBlock":
            yield Line("heading" if element.get("style") == "heading" else "text", _plain(element["text"]))
        case "RichTextBlock":
            runs = [run for run in element["inlines"] if isinstance(run, Mapping)]
            subtle = bool(runs) and all(run.get("isSubtle") for run in runs)
            said = _of_runs((run["text"], run.get("weight") == "Bolder") for run in runs)
            yield Line("quiet", said.text) if subtle else said
        case "Container":
            for inner in element["items"]:
                yield from _of_element(inner)
        case "ActionSet":
            for action in element["actions"]:
                yield Line("button", action["title"])
        case "Input.Text":
            yield Line("box" if element.get("isMultiline") else "line", element.get("label", ""))
        case "Input.Toggle":
            yield Line("check", element.get("label", ""), options=(_plain(element["title"]),))
        case "Input.ChoiceSet":
            look = "check" if element.get("isMultiSelect") else "radio" if element["style"] == "expanded" else "select"
            options = tuple(_plain(choice["title"]) for choice in element["choices"])
            yield Line(look, element.get("label", ""), options=options)


def _of_runs(parts: Iterable[tuple[str, bool]]) -> Line:
    """A text of parts, some of them bold: a label and its value would else read as one sentence."""
    runs = tuple(parts)
    return Line("text", "".join(words for words, _ in runs), runs=runs if any(bold for _, bold in runs) else ())


def _plain(text: str) -> str:
    """Without the backslashes that keep signs from meaning something."""
    return _ESCAPED.sub(r"\1", text)


def _of_page(form: Form) -> Iterator[Line]:
    """The same form on a page."""
    for piece in form.intro:
        yield from _of_piece(piece)
    for field in form.fields:
        yield _of_field(field)
    yield Line("button", form.submit_label)


def _of_piece(piece: Piece) -> Iterator[Line]:
    match piece:
        case Text():
            yield Line({"heading": "heading", "quiet": "quiet"}.get(piece.look, "text"), piece.text)
        case Facts():
            for label, value in piece.facts:
                yield _of_runs(((label, True), (f"  {value}", False)))
        case Buttons():
            for one in piece.buttons:
                yield Line("button", one.label)


def _of_field(field: Field) -> Line:
    match field:
        case Choice():
            look = "radio" if len(field.options) <= _OPEN else "select"
            return Line(look, field.label, field.hint, tuple(label for _, label in field.options))
        case Choices():
            return Line("check", field.label, field.hint, tuple(label for _, label in field.options))
        case Tick():
            return Line("check", "", field.hint, (field.label,))
        case TextInput():
            return Line("box" if field.lines > 1 else "line", field.label, field.hint)
        case _:
            return Line("line", field.label, field.hint)
