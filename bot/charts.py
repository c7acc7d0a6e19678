"""Counts as pictures: SVG for our own pages, PNG for chats.  matplotlib lives here.

Each bar has its label above it and its count at its end, so a picture is as readable on a phone as on a desk.  Drawing
takes some 50 ms, so it belongs in a thread; what was drawn lately is kept.
"""

import re
from functools import lru_cache
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from bot.cards import Chart

if TYPE_CHECKING:
    from matplotlib.figure import Figure

KEPT = 64  # pictures of each kind
WIDTH, ROW, BAR = 360, 58, 16  # in units, of which a page shows one as at least a pixel
TEXT, MARGIN, EDGE = 15, 4, 12
LABEL = 22  # characters; the facts have the whole of it
SHARE = 0.8  # of the width that the longest bar takes; its count needs the rest
SHARP = 2  # pixels of a PNG for each unit
FONT = "IPAexGothic"
INK, FILL, PAPER = "#24282e", "#26456e", "#ffffff"
_SVG = "http://www.w3.org/2000/svg"
_drawing = Lock()  # matplotlib keeps settings for the whole process
_UNITS = 72


@lru_cache(KEPT)
def svg(chart: Chart) -> str:
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
            if name in {"font-size", "text-anchor"}:
                element.set(name, value)
    return ET.tostring(whole, encoding="unicode")


@lru_cache(KEPT)
def png(chart: Chart) -> bytes:
    """The picture on white, for where only pictures can be shown."""
    return _saved(chart, "png")


def _saved(chart: Chart, kind: str) -> bytes:
    import matplotlib as mpl  # noqa: PLC0415 - takes half a second, and most processes never draw

    with _drawing, mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "enishi"}):
        out = BytesIO()
        nameless = dict.fromkeys(("Date", "Creator", "Format", "Type") if kind == "svg" else ("Software",))
        figure = _drawn(chart, 0 if kind == "svg" else EDGE)
        figure.patch.set_visible(kind == "png")
        figure.savefig(out, format=kind, dpi=_UNITS * (1 if kind == "svg" else SHARP), metadata=nameless)
    return out.getvalue()


def _drawn(chart: Chart, edge: int) -> "Figure":
    import matplotlib_fontja  # noqa: F401, PLC0415 - brings the font
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    height = ROW * max(1, len(chart.bars)) + MARGIN
    figure = Figure(((WIDTH + 2 * edge) / _UNITS, (height + 2 * edge) / _UNITS), facecolor=PAPER)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.axis("off")
    axes.set_xlim(-edge, WIDTH + edge)
    axes.set_ylim(height + edge, -edge)
    words: dict[str, Any] = {"size": TEXT, "color": INK, "family": FONT, "clip_on": False}
    longest = max((count for _, count in chart.bars), default=0) or 1
    for number, (label, count) in enumerate(chart.bars):
        top = MARGIN + ROW * number
        long = max(count and 1, SHARE * WIDTH * count / longest)
        shown = label if len(label) <= LABEL else label[: LABEL - 1] + "…"
        axes.text(0, top, shown, va="top", **words)
        axes.barh(top + 31, long, BAR, left=0, color=FILL, clip_on=False)
        axes.text(long and long + 6, top + 31, f"{count:,}", va="center", **words)
    return figure
