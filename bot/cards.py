"""Pieces that can be shown, the same on every surface.

All text is plain: no markup of any platform, and a surface escapes it, so nothing a member writes can mention, link or
format.  Everything is frozen and made of strings, so a card can be kept and compared.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from pydantic import TypeAdapter

from bot import actions
from bot.actions import Action, pack


class Look(StrEnum):
    """How a text or button stands out."""

    PLAIN = "plain"
    HEADING = "heading"
    QUIET = "quiet"  # small print
    QUOTE = "quote"  # somebody's own words
    PRIMARY = "primary"  # buttons: the one that is meant
    DANGER = "danger"  # buttons: cannot be taken back


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; line breaks are kept.  Looks: plain, heading, quiet, quote."""

    text: str
    look: Look = Look.PLAIN


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values, at most ten."""

    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture by https address.  `alt` says what a person who cannot see it must know."""

    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Counts as bars, at most ten, in this order.  `alt` says in one sentence what they show.

    A page draws it with a table behind it; a chat shows the figures, and above them the picture when `url` is given,
    see `illustrated`.
    """

    title: str
    bars: tuple[tuple[str, int], ...]
    alt: str
    url: str = ""

    @property
    def facts(self) -> Facts:
        """The figures."""
        return Facts(tuple((label, f"{count:,}") for label, count in self.bars))


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of people in per cent as bars, each as it may be shown: "40", "≤5", "≥95", or "" for nothing.

    Each row has a label and one share for each of the `groups`, whose names are empty where there is only one.  A bound
    is drawn as one: the bar is pale where the share may end.  `url` is as a chart's.
    """

    title: str
    groups: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    alt: str
    url: str = ""

    @property
    def table(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The rows, with the sign of per cent."""
        return tuple((label, tuple(map(percent, shares))) for label, shares in self.rows)

    @property
    def facts(self) -> tuple[Facts, ...]:
        """The figures, ten rows a piece."""

        def told(shares: tuple[str, ...]) -> str:
            of_groups = zip(self.groups, shares, strict=True)
            return "  ".join(f"{group} {one}" for group, one in of_groups) if len(shares) > 1 else shares[0]

        lines = [(label, told(shares)) for label, shares in self.table]
        return tuple(Facts(tuple(lines[start : start + 10])) for start in range(0, len(lines), 10))


def percent(shown: str) -> str:
    """A share as it is read: "≤5%", or a dash for nothing."""
    return f"{shown}%" if shown else "–"


@dataclass(frozen=True, slots=True)
class Button:
    """Presses the packed action `press`.  `confirm` is asked first, where given.

    `opens_form` says that a form follows, for a platform that must know before the press whether to open a window.
    """

    label: str
    press: str
    look: Look = Look.PLAIN
    confirm: str = ""
    opens_form: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Opens an https address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of buttons and links, at most ten."""

    buttons: tuple[Button | Link, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """A text to take elsewhere, exactly as it is.  `label` says what it is."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Divider:
    """A line between two parts."""


Piece = Text | Facts | Image | Chart | Shares | Copy | Buttons | Divider
Picture = Callable[[Chart | Shares], str]
"""The address of a picture of figures, or "" when there is none."""


@dataclass(frozen=True, slots=True)
class Card:
    """A message or page.

    `summary` is what a notification or a lock screen shows and what a screen reader says first: one line, never
    anything private.
    """

    summary: str
    pieces: tuple[Piece, ...] = ()

    @property
    def buttons(self) -> tuple[Button | Link, ...]:
        """All buttons and links, in order."""
        return tuple(button for piece in self.pieces if isinstance(piece, Buttons) for button in piece.buttons)


def sentence(text: str) -> Card:
    """A card of one sentence."""
    return Card(text, (Text(text),))


def button(
    label: str, action: Action, look: Look = Look.PLAIN, confirm: str = "", *, opens_form: bool = False
) -> Button:
    """A button that presses `action`, which says itself whether it opens a form, or does so this time."""
    return Button(label, pack(action), look, confirm, opens_form or action.opens_form)


def stamped(card: Card, community: str) -> Card:
    """The same card, its buttons saying which community they belong to."""

    def stamp(one: Button | Link) -> Button | Link:
        return replace(one, press=actions.stamped(one.press, community)) if isinstance(one, Button) else one

    pieces = (
        Buttons(tuple(stamp(one) for one in piece.buttons)) if isinstance(piece, Buttons) else piece
        for piece in card.pieces
    )
    return replace(card, pieces=tuple(pieces))


def illustrated(pieces: tuple[Piece, ...], picture: Picture) -> tuple[Piece, ...]:
    """The same pieces, figures with the address of their picture, for whoever cannot draw them."""
    return tuple(replace(one, url=picture(one)) if isinstance(one, Chart | Shares) else one for one in pieces)


@dataclass(frozen=True, slots=True)
class TextInput:
    """A line or, when `lines` > 1, a box of text.  `max_length` counts characters.

    `secret`: one line that nobody beside its writer should read; where a surface can, it shows dots.
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    lines: int = 1
    max_length: int = 150
    required: bool = True
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few, as (value, label); at most a hundred, shown open when five or fewer."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str = ""
    hint: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Choices:
    """Several of a few, as (value, label); at most a hundred.  What is submitted is a tuple of values, perhaps empty.

    `most`: how many may be chosen, 0 being any number; a chat may let more through, so its handler looks again.  No
    value holds a comma, by which Teams parts them.
    """

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    values: tuple[str, ...] = ()
    hint: str = ""
    required: bool = True
    most: int = 0


@dataclass(frozen=True, slots=True)
class Tick:
    """Yes or no."""

    name: str
    label: str
    value: bool = False
    hint: str = ""
    required: bool = False  # true: must be ticked to go on


@dataclass(frozen=True, slots=True)
class FileInput:
    """A file of at most `max_bytes`; what is submitted is the id under which it was kept.

    Only pages take files, so a form with one is never shown in a chat: its feature answers with the way to the page.
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    accept: str = ""  # endings and kinds, as HTML names them
    max_bytes: int = 1024 * 1024
    required: bool = True


Field = TextInput | Choice | Choices | Tick | FileInput

_STORED = TypeAdapter(Card)


def dump(card: Card) -> str:
    """A card as text, for a surface that must remember what it showed."""
    return _STORED.dump_json(card).decode()


def dump_each(versions: Mapping[str, Card]) -> str:
    """One card in several languages as text, for a shared page that every reader sees in their own."""
    return json.dumps({"versions": {language: dump(card) for language, card in versions.items()}}, ensure_ascii=False)


def load(text: str, language: str = "") -> Card:
    """The card that `dump` wrote, or of several that `dump_each` wrote the one in this language, else the first.

    Raises ValueError for anything else.
    """
    if not text.startswith('{"versions"'):
        return _STORED.validate_json(text)
    versions: dict[str, str] = json.loads(text)["versions"]
    return _STORED.validate_json(versions.get(language) or next(iter(versions.values())))
