"""The two pictures of the app package, drawn here: two rings that hold each other, a knot of ties (縁)."""

import struct
import zlib
from collections.abc import Callable
from itertools import product
from math import hypot

ACCENT = (0x2F, 0x6F, 0x5E)
WHITE = (255, 255, 255)
SAMPLES = 4  # along each side of a pixel, so that edges are smooth
_Pixel = tuple[int, int, int, int]


def color() -> bytes:
    """192 by 192, white rings on the accent colour (learn.microsoft.com/microsoftteams/platform, app icons)."""
    return _png(192, lambda x, y: _over(inside=_rings(x, y)))


def outline() -> bytes:
    """32 by 32, white on transparent."""
    return _png(32, lambda x, y: (*WHITE, 255 if _rings(x, y) else 0))


def _over(*, inside: bool) -> _Pixel:
    return (*(WHITE if inside else ACCENT), 255)


def _rings(x: float, y: float) -> bool:
    """Whether a point of the unit square lies on one of the two rings."""
    return any(abs(hypot(x - center, y - 0.5) - 0.19) < 0.045 for center in (0.37, 0.63))  # noqa: PLR2004 - the drawing


def _png(side: int, at: Callable[[float, float], _Pixel]) -> bytes:
    """An image of `side` pixels each way, RGBA (w3.org/TR/png)."""
    step = 1 / (side * SAMPLES)
    rows = bytearray()
    for row in range(side):
        rows.append(0)  # no filter
        for column in range(side):
            seen = [
                at((column * SAMPLES + dx + 0.5) * step, (row * SAMPLES + dy + 0.5) * step)
                for dx, dy in product(range(SAMPLES), repeat=2)
            ]
            rows += bytes(sum(channel) // len(seen) for channel in zip(*seen, strict=True))
    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
