"""Reading a platform's JSON, which is checked by looking: what lacks something it must have is malformed."""

from collections.abc import Mapping
from typing import Any

Payload = Mapping[str, Any]


class Malformed(ValueError):
    """The platform never sends such a thing; the name of the field."""


def text(payload: Payload, name: str, *, needed: bool = False) -> str:
    """A string, "" when it is not there.  Raises Malformed when it is something else, or needed and empty."""
    value = payload.get(name)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or (needed and not value):
        raise Malformed(name)
    return value


def part(payload: Payload, name: str) -> Payload:
    """An object, {} when it is not there.  Raises Malformed."""
    value = payload.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Malformed(name)
    return value


def parts(payload: Payload, name: str) -> list[Payload]:
    """A list of objects, [] when it is not there.  Raises Malformed."""
    value = payload.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise Malformed(name)
    return value
