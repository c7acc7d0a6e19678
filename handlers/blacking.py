"""Blacking out words of a text: the rest stays word for word, so nobody is made to say something else.  Pure."""

from collections.abc import Sequence

from storage.questions import clean

BLACK = "■■■"


def named(typed: str) -> list[str]:
    """The parts that were named, one a line."""
    return [part for line in typed.splitlines() if (part := clean(line))]


def blacked(body: str, parts: Sequence[str]) -> str:
    """The text without these parts."""
    for part in sorted(parts, key=len, reverse=True):
        body = body.replace(part, BLACK)
    return body
