"""Cards and forms as a terminal shows them; text stays text, whatever a member wrote."""

import re
from collections.abc import Iterable

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text as Words

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
    Image,
    Link,
    Look,
    Piece,
    Shares,
    Text,
    Tick,
)
from bot.language import Reader
from bot.replies import Answer, Form, Silence
from handlers.tryout import texts

STYLES = {
    Look.PLAIN: "",
    Look.HEADING: "bold",
    Look.QUIET: "dim",
    Look.QUOTE: "italic",
    Look.PRIMARY: "bold reverse",
    Look.DANGER: "red",
}
WIDTH = 76  # cells; a Japanese letter takes two
INSIDE = WIDTH - 4  # within the frame
INDENT = GAP = 2
SHOWN = 120  # characters of a field's value
_WIDE = r"\u3000-\u30ff\u3400-\u9fff\uff00-\uff65"  # kana, kanji and full-width signs
_CLOSING = r"、。，．・：；？！ー」』）】ぁぃぅぇぉっゃゅょァィゥェォッャュョ々"  # these never begin a line
BREAKABLE = re.compile(rf"(?:[「『（【]*(?:[{_WIDE}]|[^\s{_WIDE}]+))[{_CLOSING}]*\s*|\s+")


class Flow:
    """A paragraph, broken at blanks and between Japanese letters, never before a closing mark."""

    def __init__(self, text: str, style: str = "") -> None:
        self.text, self.style = text, style

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """As wide as its longest line, at least as its longest word."""
        words = [cell_len(word.rstrip()) for word in BREAKABLE.findall(self.text)]
        lines = [cell_len(line) for line in self.text.split("\n")]
        return Measurement(max(words, default=0), max(lines)).with_maximum(options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """One line after the other, each as wide as there is room."""
        for paragraph in self.text.split("\n"):
            line = ""
            for word in BREAKABLE.findall(paragraph):
                if line and cell_len(line + word.rstrip()) > options.max_width:
                    yield Words(line.rstrip(), self.style)
                    line = ""
                line += word
            yield Words(line.rstrip(), self.style)


def answer(shown: Answer, reader: Reader) -> RenderableType:
    """Whatever was answered."""
    if isinstance(shown, Form):
        return form(shown, reader)
    return Words() if isinstance(shown, Silence) else card(shown.card)


def card(shown: Card) -> RenderableType:
    """A card in a frame, with air above its headings."""
    parts: list[RenderableType] = []
    for piece in shown.pieces:
        if parts and isinstance(piece, Text) and piece.look is Look.HEADING:
            parts.append(Words())
        parts.append(_piece(piece))
    return _frame(parts)


def form(shown: Form, reader: Reader) -> RenderableType:
    """A form in a frame: every field with what stands in it, and what is wrong with it."""
    fields = [_field(field, shown.errors.get(field.name, ""), reader) for field in shown.fields]
    submit = _labels([Button(shown.submit_label, shown.submit, Look.PRIMARY)])
    return _frame([*(_piece(piece) for piece in shown.intro), *fields, submit], Words(shown.title, "bold"))


def _frame(parts: Iterable[RenderableType], title: Words | None = None) -> RenderableType:
    return Panel(Group(*parts), title=title, title_align="left", box=box.ROUNDED, width=WIDTH, padding=(0, 1))


def _piece(piece: Piece) -> RenderableType:
    shown: RenderableType
    match piece:
        case Text(text, look):
            shown = Padding(Flow(text, STYLES[look]), (0, 0, 0, INDENT if look is Look.QUOTE else 0))
        case Facts(facts):
            shown = table = Table.grid(padding=(0, 2))
            for label, value in facts:
                table.add_row(Words(label, "dim"), Flow(value))
        case Image(url, alt):
            shown = Words(f"{alt} ({url})", "dim")
        case Chart(title):
            shown = Group(Words(title, "bold"), _piece(piece.facts))
        case Shares(title):
            shown = Group(Words(title, "bold"), *map(_piece, piece.facts))
        case Copy(label, text):
            shown = Group(Words(label, "dim"), Padding(Flow(text, STYLES[Look.QUOTE]), (0, 0, 0, INDENT)))
        case Buttons(buttons):
            shown = _labels(buttons)
        case Divider():
            shown = Rule(style="dim")
    return shown


def _labels(buttons: Iterable[Button | Link]) -> Words:
    return _row([Words(f"[{button.label}]", _look(button)) for button in buttons], INSIDE)


def _row(parts: Iterable[Words], width: int) -> Words:
    """Side by side, on as many lines as it takes; none of them is broken."""
    row, used = Words(), 0
    for part in parts:
        if used and used + GAP + part.cell_len > width:
            row.append("\n")
            used = 0
        row.append(" " * GAP if used else "").append_text(part)
        used += part.cell_len + (GAP if used else 0)
    return row


def _look(button: Button | Link) -> str:
    return STYLES[button.look] if isinstance(button, Button) else "underline"


def _field(field: Field, error: str, reader: Reader) -> RenderableType:
    value = _value(field, reader, "bold red" if error else "bold")
    parts: list[RenderableType] = [Words(field.label, "dim"), Padding(value, (0, 0, 0, INDENT))]
    if error:
        parts.append(Padding(Flow(f"! {error}", "red"), (0, 0, 0, INDENT)))
    return Group(*parts)


def _value(field: Field, reader: Reader, style: str) -> RenderableType:
    if isinstance(field, Tick):
        return Words("[x]" if field.value else "[ ]", style)
    if isinstance(field, Choices):
        boxes = [f"[{'x' if value in field.values else ' '}] {label}" for value, label in field.options]
        return _row([Words(box, style) for box in boxes], INSIDE - INDENT)
    if isinstance(field, Choice):
        marks = [f"({'*' if value == field.value else ' '}) {label}" for value, label in field.options]
        return _row([Words(mark, style) for mark in marks], INSIDE - INDENT)
    if len(field.value) > SHOWN:
        return Flow(f"{field.value[:SHOWN]} {reader(texts.KEPT, count=len(field.value))}", style)
    return Flow(field.value or "_", style)
