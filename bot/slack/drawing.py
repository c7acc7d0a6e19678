"""From neutral pieces to Block Kit, within Slack's limits.

Nothing a person wrote can format, mention or link: it stands in `plain_text` objects or in literal rich text, and in
the one place that Slack parses, a message's `text`, with `&<>` escaped.  Limits: docs.slack.dev/reference/block-kit;
`slack_sdk.models` checks most of them when a block becomes a dict, this module keeps to the others.
"""

import html
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    CheckboxesElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    ImageBlock,
    InputBlock,
    InputInteractiveElement,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    StaticMultiSelectElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

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
from bot.slack import texts
from bot.slack.reading import SEVERAL

TEXT = 3000  # characters of a text object
HEADER = 150
SUMMARY = 600  # escaped five times that, of 4,000 that a message's text may have when it is updated
TITLE = 24  # of a window, and its submit button
LABEL = 75  # of a button or option
LONG_LABEL = 2000  # of an input's label or hint, and of a picture's alternative text
URL = 3000
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30
PLACEHOLDER = 150
VIEW_BYTES, ESCAPED = 240_000, 6  # of a view as JSON; of a kana in it
OPEN_CHOICES, OPEN_SEVERAL, CHOICES = 5, 10, 100
MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
# `msg_blocks_too_long` was seen near 13,000 characters of blocks, and a view holds 250 KB with six bytes for a kana.
MESSAGE_SIZE, VIEW_SIZE = 12_000, 36_000
OPTION_MARK = "="  # before each option's value, since Slack refuses an empty one
CALLBACK = "enishi"

Drawn = dict[str, Any]


def message(card: Card) -> Drawn:
    """A card as `text` and `blocks` of a message."""
    blocks = _fitting(card.pieces, MESSAGE_BLOCKS, MESSAGE_SIZE)
    return {"text": escape(cut(card.summary, SUMMARY)), "blocks": blocks}


def home(card: Card) -> Drawn:
    """A card as the App Home."""
    return _view(View(type="home", blocks=_fitting(card.pieces, VIEW_BLOCKS, VIEW_SIZE)))


def window(card: Card, metadata: str) -> Drawn:
    """A card as a window that only its reader sees and that nothing keeps."""
    return _view(
        View(
            type="modal",
            callback_id=CALLBACK,
            title=_plain(card.summary, TITLE),
            blocks=_fitting(card.pieces, VIEW_BLOCKS, VIEW_SIZE),
            private_metadata=metadata,
        )
    )


def form(asked: Form, metadata: str) -> Drawn:
    """A form as a window, or what it says otherwise where the window cannot hold all of it."""
    drawn = _form(asked, metadata)
    if asked.otherwise and not _is_whole(asked, drawn):
        return window(asked.otherwise, metadata)
    return drawn


def _is_whole(asked: Form, drawn: Drawn) -> bool:
    """Whether nothing of a form was cut, and there is room for all that may be typed into it."""
    labels = [field.label for field in asked.fields] + [field.hint for field in asked.fields]
    typed = sum(field.max_length for field in asked.fields if isinstance(field, TextInput))
    blocks = drawn["blocks"]
    return (
        len(blocks) <= VIEW_BLOCKS
        and all(len(label) <= LONG_LABEL for label in labels)
        and not any(block["type"] == "context" and block["elements"][0]["text"] == both(texts.MORE) for block in blocks)
        and len(json.dumps(drawn)) + ESCAPED * typed <= VIEW_BYTES
    )


def _form(asked: Form, metadata: str) -> Drawn:
    """Each input's block and action are called as its field."""
    inputs = [one.to_dict() for one in map(_input, asked.fields) if one is not None]
    wrong = tuple(Text(sentence) for name, sentence in asked.errors.items() if sentence)
    heading = (Text(asked.title, Look.HEADING),) if len(asked.title) > TITLE else ()
    room = max(2, VIEW_BLOCKS - len(inputs))
    above = _fitting((*heading, *wrong, *asked.intro), room, VIEW_SIZE) if heading or wrong or asked.intro else []
    return _view(
        View(
            type="modal",
            callback_id=CALLBACK,
            title=_plain(asked.title, TITLE),
            submit=_plain(asked.submit_label, TITLE),
            blocks=[*above, *inputs] or _fitting((Text(asked.title),), VIEW_BLOCKS, VIEW_SIZE),
            private_metadata=metadata,
        )
    )


def escape(text: str) -> str:
    """Text for the places that Slack parses (docs.slack.dev/messaging/formatting-message-text#escaping)."""
    return html.escape(text, quote=False)


def cut(text: str, most: int) -> str:
    """At most `most` characters, an ellipsis telling that there were more; a dash for nothing at all."""
    text = text.strip() or "–"
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _view(view: View) -> Drawn:
    return dict(view.to_dict())


def _plain(text: str, most: int) -> PlainTextObject:
    return PlainTextObject(text=cut(text, most), emoji=False)


def _fitting(pieces: Sequence[Piece], blocks: int, size: int) -> list[Drawn]:
    """As many blocks as fit, the last row of buttons before others, and a sentence when some had to go."""
    drawn = list(_blocks(pieces))
    if not drawn:
        return [DividerBlock().to_dict()]
    if len(drawn) <= blocks and sum(map(_size, drawn)) <= size:
        return drawn
    more = ContextBlock(elements=[_plain(both(texts.MORE), TEXT)]).to_dict()
    left = size - _size(more)
    tail = drawn[-1:] if drawn[-1]["type"] == "actions" and _size(drawn[-1]) <= left else []
    left -= sum(map(_size, tail))
    kept: list[Drawn] = []
    for block in drawn[: len(drawn) - len(tail)]:
        left -= _size(block)
        if left < 0 or len(kept) == blocks - len(tail) - 1:
            break
        kept.append(block)
    return [*kept, more, *tail]


def _size(block: Any) -> int:
    """Characters of all strings of a block."""
    if isinstance(block, dict):
        return sum(_size(value) for value in block.values())
    if isinstance(block, list):
        return sum(map(_size, block))
    return len(block) if isinstance(block, str) else 0


def _blocks(pieces: Iterable[Piece]) -> Iterator[Drawn]:
    pressed = 0
    for piece in pieces:
        match piece:
            case Text():
                yield from _text(piece)
            case Facts():
                yield from _facts(piece)
            case Image():
                yield from _image(piece)
            case Chart() | Shares():
                yield from _chart(piece)
            case Copy():
                yield from _copy(piece)
            case Divider():
                yield DividerBlock().to_dict()
            case Buttons():
                if piece.buttons:
                    yield _row(piece, pressed)
                pressed += len(piece.buttons)


@lru_cache(maxsize=512)
def _row(piece: Buttons, pressed: int) -> Drawn:
    """A row of buttons, numbered on from `pressed`.

    Kept, as the same rows come again and again and the SDK's checks take some 60 µs a button; nobody may change it.
    """
    elements = [_button(one, pressed + n) for n, one in enumerate(piece.buttons)]
    return dict(ActionsBlock(elements=elements).to_dict())


def _text(piece: Text) -> list[Drawn]:
    """Written out, as `_facts` is: they are in almost every answer, and what the SDK would check is cut here."""
    text = piece.text.strip()
    if not text:
        return []
    match piece.look:
        case Look.HEADING if len(text) <= HEADER:
            return [{"type": "header", "text": _words(" ".join(text.split()))}]
        case Look.QUIET:
            return [{"type": "context", "elements": [_words(part)]} for part in _parts(text)]
        case Look.QUOTE:
            return [_rich("rich_text_quote", [{"type": "text", "text": part}]) for part in _parts(text)]
        case _:
            return [{"type": "section", "text": _words(part)} for part in _parts(text)]


def _words(text: str) -> Drawn:
    return {"type": "plain_text", "text": text, "emoji": False}


def _rich(kind: str, elements: list[Drawn]) -> Drawn:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": elements}]}


def _parts(text: str) -> list[str]:
    """Text in parts that fit, broken between lines or words where that wastes less than half a part."""
    parts: list[str] = []
    while len(text) > TEXT:
        at = max(text.rfind("\n", TEXT // 2, TEXT), 0) or max(text.rfind(" ", TEXT // 2, TEXT), 0) or TEXT
        parts.append(text[:at])
        text = text[at:].strip()
    return [part for part in (*parts, text) if part.strip()]


def _facts(piece: Facts) -> list[Drawn]:
    """Labels in bold, as rich text, which is literal: in a text object only markup could make them so.

    Written out, since the SDK has no limit to check here, and its looking for one took half the time of a command.
    """
    lines: list[Drawn] = []
    for label, value in piece.facts:
        start = "\n" if lines else ""
        lines.append({"type": "text", "text": start + cut(label, HEADER), "style": {"bold": True}})
        said = cut(value, TEXT // 3)
        lines.append({"type": "text", "text": f"\n{said}" if "\n" in said else f"  {said}"})  # a list begins below
    return [_rich("rich_text_section", lines)] if lines else []


def _copy(piece: Copy) -> list[Drawn]:
    """As a block of its own that Slack copies as it is."""
    parts = [_rich("rich_text_preformatted", [{"type": "text", "text": part}]) for part in _parts(piece.text)]
    return [*_text(Text(piece.label, Look.QUIET)), *parts]


def _image(piece: Image) -> list[Drawn]:
    if not piece.url.startswith("https://") or len(piece.url) > URL:
        return _text(Text(piece.alt, Look.QUIET))  # Slack could not show it
    return [ImageBlock(image_url=piece.url, alt_text=cut(piece.alt, LONG_LABEL)).to_dict()]


def _chart(piece: Chart | Shares) -> list[Drawn]:
    """The figures, below the picture where there is one."""
    picture = _image(Image(piece.url, piece.alt)) if piece.url else []
    figures = (piece.facts,) if isinstance(piece, Chart) else piece.facts
    return [*_text(Text(piece.title, Look.HEADING)), *picture, *(one for part in figures for one in _facts(part))]


def _button(piece: Button | Link, number: int) -> ButtonElement:
    label = _plain(piece.label, LABEL)
    if isinstance(piece, Link):
        return ButtonElement(text=label, action_id=f"link-{number}", url=piece.url)
    style = {Look.PRIMARY: "primary", Look.DANGER: "danger"}.get(piece.look)
    confirm = _confirm(piece) if piece.confirm else None
    return ButtonElement(text=label, action_id=f"press-{number}", value=piece.press, style=style, confirm=confirm)


def _confirm(piece: Button) -> ConfirmObject:
    return ConfirmObject(
        title=_plain(piece.label, CONFIRM_TITLE),
        text=_plain(piece.confirm, CONFIRM_TEXT),
        confirm=_plain(piece.label, CONFIRM_BUTTON),
        deny=_plain(both(texts.CANCEL), CONFIRM_BUTTON),
        style="danger" if piece.look is Look.DANGER else "primary",
    )


def _input(field: Field) -> InputBlock | None:
    element: InputInteractiveElement
    match field:
        case TextInput():
            most = min(field.max_length, TEXT)
            element = PlainTextInputElement(
                action_id=field.name,
                initial_value=field.value[:most] or None,
                multiline=field.lines > 1,
                max_length=most,
            )
        case Choice():
            options = [_option(value, label) for value, label in field.options[:CHOICES]]
            if not options:
                return None  # nothing to choose from: the form's own default stands
            chosen = next((one for one in options if one.value == OPTION_MARK + field.value), None)
            shape = RadioButtonsElement if len(options) <= OPEN_CHOICES else StaticSelectElement
            element = shape(action_id=field.name, options=options, initial_option=chosen)
        case Choices():
            if not field.options:
                return None
            element = _several(field)
        case FileInput():
            return None  # a chat takes none
        case Tick():
            yes = Option(value="true", text=_plain(both(texts.YES), LABEL))
            element = CheckboxesElement(
                action_id=field.name, options=[yes], initial_options=[yes] if field.value else None
            )
    return InputBlock(
        block_id=field.name,
        label=_plain(field.label, LONG_LABEL),
        element=element,
        hint=_plain(field.hint, LONG_LABEL) if field.hint.strip() else None,
        optional=not field.required,
    )


def _several(field: Choices) -> InputInteractiveElement:
    """Boxes to tick, or a list where Slack has not so many; named so that nobody takes it for a `Tick`."""
    options = [_option(value, label) for value, label in field.options[:CHOICES]]
    chosen = [one for one in options if one.value in {OPTION_MARK + value for value in field.values}] or None
    name = field.name + SEVERAL
    if len(options) <= OPEN_SEVERAL:
        return CheckboxesElement(action_id=name, options=options, initial_options=chosen)
    most = field.most or None
    return StaticMultiSelectElement(
        action_id=name,
        options=options,
        initial_options=chosen[:most] if chosen else None,
        max_selected_items=most,
        placeholder=_plain(both(texts.SEVERAL), PLACEHOLDER),
    )


def _option(value: str, label: str) -> Option:
    return Option(value=OPTION_MARK + value, text=_plain(label, LABEL))
