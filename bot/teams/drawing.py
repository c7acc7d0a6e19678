"""From neutral pieces to Adaptive Cards 1.5, as plain dicts, within Teams' limits.

Nothing a person wrote can format, mention or link: it stands in text runs, which are literal (adaptivecards.io,
TextRun: "Markdown is not supported"), and where an element reads Markdown it is escaped.  Mentions need entities, and
none is ever sent.
"""

import json
import re
import secrets
from collections.abc import Iterator, Sequence
from typing import Any
from unicodedata import east_asian_width

from bot.address import Address
from bot.cards import (
    Button,
    Buttons,
    Card,
    Chart,
    Choice,
    Choices,
    Copy,
    Divider,
    Facts,
    Field,
    FileInput,
    Image,
    Link,
    Look,
    Piece,
    Shares,
    Text,
    TextInput,
    Tick,
)
from bot.language import both
from bot.replies import Form
from bot.teams import texts
from bot.teams.reading import CHOICE, FETCH, OPTION_MARK, OURS, SEVERAL, TEXT, TICK

VERSION = "1.5"  # the newest that Teams shows (`measured.md`, teams)
CARD_TYPE = "application/vnd.microsoft.card.adaptive"
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
CARD_BYTES = 28 * 1024  # counted as two for each character of the JSON
SUMMARY = 200
PART = 3000  # characters of one block of text
LABEL, FACT, NOTE = 100, 600, 150
IN_A_ROW = 5  # actions beside each other: Teams shows six, other clients of cards five
ROW_WIDTH, BUTTON_WIDTH = 50, 6  # half-width signs that a phone has room for, and what a button adds to its label
ROW_SIZE = 5000  # characters of one row
OPEN_CHOICES, CHOICES = 5, 100
FORM_FRAME = 1500  # characters for a form's title and what stands above its fields
INPUT_FRAME = 900  # ... and for an input without its value or options
MSTEAMS = "msteams"  # the key of what a button's data says to the client
ERROR, HINT = "error-", "hint-"  # before a field's name: the ids of what stands above its input

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!<>|~&:$])")
_STYLES = {Look.PRIMARY: "positive", Look.DANGER: "destructive"}
Drawn = dict[str, Any]


def message(card: Drawn, summary: str) -> Drawn:
    """An activity that shows one card; beside a card there is never a text (`measured.md`, teams)."""
    return {
        "type": "message",
        "summary": cut(summary, SUMMARY),
        "attachments": [{"contentType": CARD_TYPE, "content": card}],
    }


def card(shown: Card, where: Address | None = None) -> Drawn:
    """A card; `where` is kept in its buttons when it is shown elsewhere than where it belongs."""
    return _card(_fitting(list(_elements(shown.pieces, where)), _budget()), shown.summary)


def form(asked: Form, where: Address | None = None) -> Drawn:
    """A form: each drawing is one deed when it is sent, however often.

    In full where the card can hold it, with room for what may be typed; else what it says otherwise, or as far as fits.
    """
    data = _data({"form": asked.submit, "once": secrets.token_urlsafe(9)}, where)
    send = {"type": "ActionSet", "actions": [_execute(cut(asked.submit_label, LABEL), data, Look.PRIMARY, "send")]}
    named = {field.name for field in asked.fields}
    whole = [_run(said, color="attention") for name, said in asked.errors.items() if said and name not in named]
    above = [*_text(Text(asked.title, Look.HEADING)), *whole, *_elements(asked.intro, where)]
    fields = [one for field in asked.fields for one in _input(field, asked.errors.get(field.name, ""), None)]
    room = _still_typed(asked.fields) if asked.otherwise else 0
    if _size([*above, *fields, send]) + room <= _budget():
        return _card([*above, *fields, send], asked.title)
    if asked.otherwise:
        return card(asked.otherwise, where)
    room = (_budget() - FORM_FRAME - _size(send)) // max(1, len(asked.fields))
    fields = [one for field in asked.fields for one in _input(field, asked.errors.get(field.name, ""), room)]
    left = _budget() - _size([*fields, send])
    return _card([*_fitting(above, left), *fields, send], asked.title)


def _still_typed(fields: Sequence[Field]) -> int:
    """Characters of JSON that what may be typed can come to, two for each: a line break has as many."""
    return sum(2 * field.max_length - _size(field.value) for field in fields if isinstance(field, TextInput))


def again(said: str, data: Drawn) -> Drawn:
    """A sentence, and what was sent, in a button that sends it once more."""
    send = {"type": "Action.Submit", "title": both(texts.SEND_AGAIN), "data": data, **_styled(Look.PRIMARY)}
    return _card([_run(said), {"type": "ActionSet", "actions": [send]}], said)


def for_dialog(shown: Drawn) -> Drawn:
    """A card as a dialog can show it: there every button is an Action.Submit, which comes as `task/submit`."""

    def submits(action: Drawn) -> Drawn:
        match action["type"]:
            case "Action.Execute":
                return {**action["fallback"]}
            case "Action.ShowCard":
                inner = action["card"]
                return {**action, "card": {**inner, "actions": [submits(one) for one in inner["actions"]]}}
            case "Action.Submit":  # it would open a dialog, in which we are
                return {**action, "data": {name: value for name, value in action["data"].items() if name != MSTEAMS}}
            case _:
                return action

    rows = (
        {**element, "actions": [submits(one) for one in element["actions"]]} if "actions" in element else element
        for element in shown["body"]
    )
    return {**shown, "body": list(rows)}


def escape(text: str) -> str:
    """Text for the few places that read Markdown, where a backslash takes a sign's meaning away (CommonMark, 2.4)."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def cut(text: str, most: int) -> str:
    """At most `most` characters, an ellipsis telling that there were more; a dash for nothing at all."""
    text = text.strip() or "–"
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _card(body: list[Drawn], summary: str) -> Drawn:
    return {
        "$schema": SCHEMA,
        "type": "AdaptiveCard",
        "version": VERSION,
        "fallbackText": both(texts.CANNOT_SHOW),
        "speak": escape(cut(summary, SUMMARY)),
        "body": body or [_run("–")],
    }


def _budget() -> int:
    """Characters that the body of a card may have."""
    return CARD_BYTES // 2 - 1500  # the rest: what stands around it, its summary at the longest


def _size(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _fitting(drawn: list[Drawn], size: int) -> list[Drawn]:
    """As many elements as fit, the last row of buttons before others, and a sentence when some had to go."""
    sizes = [_size(element) + 1 for element in drawn]
    if sum(sizes) <= size:
        return drawn
    more = _run(both(texts.MORE), isSubtle=True)
    left = size - _size(more) - 1
    tail = drawn[-1:] if drawn[-1]["type"] == "ActionSet" and sizes[-1] <= left else []
    left -= sizes[-1] if tail else 0
    kept: list[Drawn] = []
    for element, own in zip(drawn[: len(drawn) - len(tail)], sizes, strict=False):
        left -= own
        if left < 0:
            break
        kept.append(element)
    return [*kept, more, *tail]


# --- pieces --------------------------------------------------------------------------------------


def _elements(pieces: Sequence[Piece], where: Address | None) -> Iterator[Drawn]:
    divided = False
    for piece in pieces:
        if isinstance(piece, Divider):
            divided = True
            continue
        for element in _element(piece, where):
            yield {**element, "separator": True, "spacing": "Medium"} if divided else element
            divided = False


def _element(piece: Text | Facts | Image | Chart | Shares | Copy | Buttons, where: Address | None) -> list[Drawn]:
    match piece:
        case Text():
            return _text(piece)
        case Facts():
            return [
                {
                    "type": "RichTextBlock",
                    "spacing": "Small",
                    "inlines": [
                        {"type": "TextRun", "text": cut(label, LABEL), "weight": "Bolder"},
                        {"type": "TextRun", "text": _beside(cut(value, FACT))},
                    ],
                }
                for label, value in piece.facts
            ]
        case Image():
            return _image(piece)
        case Copy():
            parts = [_run(part, fontType="Monospace") for part in _parts(piece.text)]
            return [*_text(Text(piece.label, Look.QUIET)), {"type": "Container", "style": "emphasis", "items": parts}]
        case Chart() | Shares():  # the figures, below the picture where there is one
            picture = _image(Image(piece.url, piece.alt)) if piece.url else []
            figures = (piece.facts,) if isinstance(piece, Chart) else piece.facts
            lines = [element for part in figures for element in _element(part, where)]
            return [*_text(Text(piece.title, Look.HEADING)), *picture, *lines]
        case Buttons():
            return _rows(piece, where)


def _beside(value: str) -> str:
    """A value after its label; a list begins below it."""
    return f"\n{value}" if "\n" in value else f"  {value}"


def _text(piece: Text) -> list[Drawn]:
    text = piece.text.strip()
    if not text:
        return []
    match piece.look:
        case Look.HEADING:
            return [{"type": "TextBlock", "text": escape(cut(text, LABEL * 2)), "style": "heading", "wrap": True}]
        case Look.QUIET:
            return [_run(part, isSubtle=True, size="Small") for part in _parts(text)]
        case Look.QUOTE:
            return [{"type": "Container", "style": "emphasis", "items": [_run(part)]} for part in _parts(text)]
        case _:
            return [_run(part) for part in _parts(text)]


def _run(text: str, **look: Any) -> Drawn:
    """A paragraph, literally; a rich text always wraps."""
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, **look}]}


def _parts(text: str) -> list[str]:
    """Text in blocks, broken between lines or words where that wastes less than half a block."""
    parts: list[str] = []
    while len(text) > PART:
        at = max(text.rfind("\n", PART // 2, PART), 0) or max(text.rfind(" ", PART // 2, PART), 0) or PART
        parts.append(text[:at])
        text = text[at:].strip()
    return [part for part in (*parts, text) if part.strip()]


def _image(piece: Image) -> list[Drawn]:
    if not _is_web(piece.url):
        return _text(Text(piece.alt, Look.QUIET))  # Teams could not show it
    return [{"type": "Image", "url": piece.url, "altText": cut(piece.alt, PART), "size": "Stretch"}]


def _is_web(url: str) -> bool:
    return url.startswith("https://") and len(url) <= PART


# --- buttons -------------------------------------------------------------------------------------


def _rows(piece: Buttons, where: Address | None) -> list[Drawn]:
    """Rows that a phone has room for, and of no more text than leaves room for others: no client breaks them itself."""
    rows: list[list[Drawn]] = []
    size = width = 0
    for one in piece.buttons:
        if isinstance(one, Link) and not _is_web(one.url):
            continue
        action = _action(one, where)
        size, width = size + _size(action), width + BUTTON_WIDTH + _width(action["title"])
        if not rows or len(rows[-1]) == IN_A_ROW or size > ROW_SIZE or width > ROW_WIDTH:
            rows.append([])
            size, width = _size(action), BUTTON_WIDTH + _width(action["title"])
        rows[-1].append(action)
    return [{"type": "ActionSet", "actions": row} for row in rows]


def _width(text: str) -> int:
    """In half-width signs: a kanji or kana takes two (unicode.org/reports/tr11)."""
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


def _action(piece: Button | Link, where: Address | None) -> Drawn:
    label = cut(piece.label, LABEL)
    if isinstance(piece, Link):
        return {"type": "Action.OpenUrl", "title": label, "url": piece.url}
    data = _data({"press": piece.press}, where)
    if piece.opens_form and not piece.confirm:
        fetch = {**data, MSTEAMS: {"type": FETCH}}
        return {"type": "Action.Submit", "title": label, "data": fetch, **_styled(piece.look)}
    press = _execute(label, data, piece.look, "press")
    if not piece.confirm:
        return press
    # Teams asks nothing by itself: the button unfolds the question, and a second one with its label means it.
    question = {"type": "AdaptiveCard", "body": [_run(cut(piece.confirm, FACT))], "actions": [press]}
    return {"type": "Action.ShowCard", "title": label, "card": question, **_styled(piece.look)}


def _execute(label: str, data: Drawn, look: Look, verb: str) -> Drawn:
    """Action.Execute, and for old clients the Action.Submit that arrives as a message."""
    styled = _styled(look)
    fallback = {"type": "Action.Submit", "title": label, "data": data, **styled}
    return {"type": "Action.Execute", "title": label, "verb": verb, "data": data, "fallback": fallback, **styled}


def _styled(look: Look) -> Drawn:
    return {"style": _STYLES[look]} if look in _STYLES else {}


def _data(ours: Drawn, where: Address | None) -> Drawn:
    return {OURS: {**ours, "where": str(where)} if where else ours}


# --- inputs --------------------------------------------------------------------------------------


def _input(field: Field, error: str, room: int | None) -> list[Drawn]:
    """An input, between what is wrong with it and its hint, in about `room` characters, or in full."""
    note = NOTE if room is not None else PART
    drawn = _field(field, max(0, room - INPUT_FRAME) if room is not None else CARD_BYTES)
    if drawn is None:
        return []
    drawn["label"] = cut(field.label, note)
    if field.required:
        drawn |= {"isRequired": True, "errorMessage": both(texts.REQUIRED)}
    said = [{**_run(cut(error, NOTE), color="Attention"), "id": ERROR + field.name}] if error else []
    hint = _run(cut(field.hint, note), isSubtle=True, size="Small") if field.hint.strip() else None
    return [*said, drawn, *([{**hint, "id": HINT + field.name, "spacing": "Small"}] if hint else [])]


def _field(field: Field, room: int) -> Drawn | None:
    match field:
        case TextInput():
            drawn: Drawn = {"type": "Input.Text", "id": TEXT + field.name, "maxLength": min(field.max_length, PART)}
            if field.value:  # in full, even when it is too long: what was typed is kept
                drawn["value"] = field.value[: min(room, PART)]
            return drawn | ({"isMultiline": True} if field.lines > 1 else {"style": "password"} if field.secret else {})
        case Choice():
            return _choice(field, room)
        case Choices():
            return _several(field, room)
        case FileInput():
            return None  # a chat takes none
        case Tick():
            return {
                "type": "Input.Toggle",
                "id": TICK + field.name,
                "title": escape(both(texts.YES)),
                "value": "true" if field.value else "false",
                "valueOn": "true",
                "valueOff": "false",
                "wrap": True,
            }


def _choice(field: Choice, room: int) -> Drawn | None:
    """Its options, as many as fit; none at all leave the form's own default standing."""
    options = _options(field, room)
    if not options:
        return None
    style = "expanded" if len(options) <= OPEN_CHOICES else "compact"
    drawn = {"type": "Input.ChoiceSet", "id": CHOICE + field.name, "choices": options, "style": style, "wrap": True}
    chosen = OPTION_MARK + field.value
    return drawn | ({"value": chosen} if any(option["value"] == chosen for option in options) else {})


def _several(field: Choices, room: int) -> Drawn | None:
    """Boxes to tick; what is chosen travels as one text, parted by commas."""
    options = _options(field, room)
    if not options:
        return None
    drawn = {"type": "Input.ChoiceSet", "id": SEVERAL + field.name, "choices": options, "wrap": True}
    chosen = [option["value"] for option in options if option["value"].removeprefix(OPTION_MARK) in field.values]
    return drawn | {"isMultiSelect": True, "style": "expanded"} | ({"value": ",".join(chosen)} if chosen else {})


def _options(field: Choice | Choices, room: int) -> list[Drawn]:
    options: list[Drawn] = []
    for value, label in field.options[:CHOICES]:
        option = {"title": escape(cut(label, LABEL)), "value": OPTION_MARK + value}
        room -= _size(option) + 1
        if room < 0:
            break
        options.append(option)
    return options
