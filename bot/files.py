"""A file that somebody takes with them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """What the browser saves.  `name` is what it is called there."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class NotYours:
    """It waits for somebody else than who asks; it stays where it is."""
