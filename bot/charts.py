"""Counts and shares as pictures: SVG for our own pages, PNG for chats.  matplotlib lives here.

Each bar has its label above it, or before it where all labels are short, and its figure at its end, so a picture is as
readable on a phone as on a desk, and without colours.  Drawing takes some 50 ms, so it belongs in a thread; what was
drawn lately is kept.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from bot.cards import Chart, Shares, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

KEPT = 64  # pictures of each kind
WIDTH, ROW, BAR = 360, 58, 16  # in units, of which a page shows one as at least a pixel
TEXT, MARGIN, EDGE = 15, 4, 12
LABEL = 22  # characters; the facts have the whole of it
SHARE = 0.8  # of the width that the longest bar takes; its count needs the rest
SHARP = 2  # pixels of a PNG for each unit
FONTS = ["IPAexGothic", "DejaVu Sans"]  # the second has the signs of bounds, which the first lacks
INK, FILL, PAPER = "#24282e", "#26456e", "#ffffff"
LINE, LINES, SHORT, NAMED = 40, 2, 8, 12  # of shares: ems/2 of a label's line, its lines, and those beside their bars
TALL, NAME, SLIM = 20, 13, 12  # of shares: a line of a label, letters of a group's name, its bar
WHOLLY, PERHAPS, TRACK = 1.0, 0.4, 0.12  # how strong a bar is: certain, perhaps, and all there could be
_SVG = "http://www.w3.org/2000/svg"
_drawing = Lock()  # matplotlib keeps settings for the whole process
_UNITS = 72


@lru_cache(KEPT)
def svg(chart: Chart | Shares) -> str:
    """The picture as an element for a page, with `alt` as its name; colours and font are the page's style sheet's.

    A page's policy forbids styles in attributes, so what matplotlib styles there becomes plain attributes.
    """
    whole = ET.fromstring(_saved(chart, "svg"))  # noqa: S314 - what matplotlib just wrote
    whole.attrib = {"viewBox": whole.attrib["viewBox"], "role": "img", "aria-label": chart.alt, "class": "chart-bars"}
    for parent in list(whole.iter()):
        for child in list(parent):
            if child.tag in {f"{{{_SVG}}}defs", f"{{{_SVG}}}metadata"}:
                parent.remove(child)
    for element in whole.iter():
        element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
        element.attrib.pop("id", None)
        for name, value in re.findall(r"([\w-]+): ([^;]+)", element.attrib.pop("style", "")):
            if name in {"font-size", "text-anchor", "opacity"}:
                element.set(name, value)
    return ET.tostring(whole, encoding="unicode")


@lru_cache(KEPT)
def png(chart: Chart | Shares) -> bytes:
    """The picture on white, for where only pictures can be shown."""
    return _saved(chart, "png")


def slim(shares: Shares, lines: int = LINES) -> Shares:
    """As much of it as a picture shows, its labels in at most so many lines."""
    rows = tuple(("\n".join(_lines(label, LINE, lines)), shown) for label, shown in shares.rows)
    return Shares("", tuple("".join(_lines(name, NAMED, 1)) for name in shares.groups), rows, "")


def _saved(chart: Chart | Shares, kind: str) -> bytes:
    import matplotlib as mpl  # noqa: PLC0415 - takes half a second, and most processes never draw

    with _drawing, mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "enishi"}):
        out = BytesIO()
        nameless = dict.fromkeys(("Date", "Creator", "Format", "Type") if kind == "svg" else ("Software",))
        edge = 0 if kind == "svg" else EDGE
        figure = _drawn(chart, edge) if isinstance(chart, Chart) else _drawn_shares(chart, edge)
        figure.patch.set_visible(kind == "png")
        figure.savefig(out, format=kind, dpi=_UNITS * (1 if kind == "svg" else SHARP), metadata=nameless)
    return out.getvalue()


def _sheet(height: float, edge: int) -> "tuple[Figure, Axes]":
    """A figure of this height with one empty field, in units from its upper left corner."""
    import matplotlib_fontja  # noqa: F401, PLC0415 - brings the font
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    figure = Figure(((WIDTH + 2 * edge) / _UNITS, (height + 2 * edge) / _UNITS), facecolor=PAPER)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.axis("off")
    axes.set_xlim(-edge, WIDTH + edge)
    axes.set_ylim(height + edge, -edge)
    return figure, axes


def _words(size: int = TEXT) -> dict[str, Any]:
    return {"size": size, "color": INK, "family": FONTS, "clip_on": False}


def _drawn(chart: Chart, edge: int) -> "Figure":
    figure, axes = _sheet(ROW * max(1, len(chart.bars)) + MARGIN, edge)
    longest = max((count for _, count in chart.bars), default=0) or 1
    for number, (label, count) in enumerate(chart.bars):
        top = MARGIN + ROW * number
        long = max(count and 1, SHARE * WIDTH * count / longest)
        shown = label if len(label) <= LABEL else label[: LABEL - 1] + "…"
        axes.text(0, top, shown, va="top", **_words())
        axes.barh(top + 31, long, BAR, left=0, color=FILL, clip_on=False)
        axes.text(long and long + 6, top + 31, f"{count:,}", va="center", **_words())
    return figure


# --- shares ----------------------------------------------------------------------------------------


def _drawn_shares(shares: Shares, edge: int) -> "Figure":
    """Each label above its bars, or before its only bar where all labels are short."""
    beside = len(shares.groups) == 1 and all(_width(label) <= SHORT for label, _ in shares.rows)
    labels = [[] if beside else _lines(label, LINE, LINES) for label, _ in shares.rows]
    pitch, gap = (SLIM + 6, 10) if len(shares.groups) > 1 else (BAR + 6, 4 if beside else 10)
    heights = [TALL * len(lines) + pitch * len(shares.groups) + gap for lines in labels]
    figure, axes = _sheet(sum(heights) + MARGIN, edge)
    names = [label for label, _ in shares.rows] if beside else [*shares.groups]
    size = TEXT if beside else NAME
    most = SHORT if beside else NAMED
    left = max((min(_width(name), most) for name in names), default=0) * size * 0.55
    left += 8 if left else 0
    top = float(MARGIN)
    for (label, shown), lines, height in zip(shares.rows, labels, heights, strict=True):
        for number, line in enumerate(lines):
            axes.text(0, top + TALL * number, line, va="top", **_words())
        at = top + TALL * len(lines) + pitch / 2
        for number, share in enumerate(shown):
            name = label if beside else "".join(_lines(shares.groups[number], NAMED, 1))
            axes.text(0, at + pitch * number, name, va="center", **_words(size))
            _bar(axes, at + pitch * number, left, share, SLIM if len(shares.groups) > 1 else BAR)
        top += height
    return figure


def _bar(axes: "Axes", at: float, left: float, share: str, thick: int) -> None:
    """One share: strong as far as it is certain, pale as far as it may go, on a track as long as everybody."""
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - as above

    whole = (WIDTH - left) * SHARE
    ends = _ends(share)
    for begin, end, strength in ((0, 100, TRACK), (ends[0], ends[1], PERHAPS), (0, ends[0], WHOLLY)):
        if begin < end:
            corner, long = (left + whole * begin / 100, at - thick / 2), whole * (end - begin) / 100
            axes.add_patch(Rectangle(corner, long, thick, color=FILL, alpha=strength, linewidth=0, clip_on=False))
    axes.text(left + whole + 6, at, percent(share), va="center", **_words(TEXT - 1))


def _ends(share: str) -> tuple[int, int]:
    """How far a share goes for certain, and how far it may go, as it is shown."""
    if not share:
        return 0, 0
    number = int(share.lstrip("≤≥"))
    return (0, number) if share.startswith("≤") else (number, 100 if share.startswith("≥") else number)


def _width(text: str) -> int:
    """In halves of an em."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _lines(text: str, width: int, most: int) -> list[str]:
    """A text in at most so many lines of this width, an ellipsis telling that there was more."""
    lines = list(_broken(text[: width * (most + 1)], width))
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and _width(last) > width - 2:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + "…"]


def _broken(text: str, width: int) -> Iterator[str]:
    """Between words where that wastes less than half a line, else anywhere."""
    for paragraph in text.split("\n"):
        rest = " ".join(paragraph.split())
        while _width(rest) > width:
            fits = next(n for n in range(width, 0, -1) if _width(rest[:n]) <= width)
            space = rest.rfind(" ", fits // 2, fits + 1)
            yield rest[: space if space > 0 else fits].rstrip()
            rest = rest[space if space > 0 else fits :].lstrip()
        yield rest
