"""Buttons and forms as classes: typed fields that a surface carries as text and gives back typed.

A packed action is readable and forgeable by whoever holds the card, so a handler always looks up what it names within
the presser's own community and rights.
"""

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, ValidationError

PACKED_MAX = 2000  # characters; the value of a Slack button, the smallest of the surfaces


class Action(BaseModel):
    """What pressing a button or sending a form means.  `name` is its word on the wire, and stays when the class moves.

    A form's class holds both what the form was made with and its inputs, each input named as its field in the drawn
    form.  Inputs are `str`, `bool`, `tuple[str, ...]` or a `StrEnum`, with a default; a form whose inputs are not known
    beforehand allows extra ones, and looks at their types itself.  `at` is the community whose card it was on, stamped
    where one account may be in several; "" is the one its member is in or has chosen.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")
    name: ClassVar[str]
    asks_who: ClassVar[bool] = False  # before the turn, the surface finds out what its platform says of whoever acts
    opens_form: ClassVar[bool] = False  # a press is answered with a form, unless there is nothing to fill in any more
    at: str = ""


class UnknownAction(ValueError):
    """The text is no action of this version: another one's button, or not ours."""


def pack(action: Action) -> str:
    """One line of text, `name {json}`, defaults left out.  Raises ValueError over `PACKED_MAX` characters."""
    text = f"{action.name} {action.model_dump_json(exclude_defaults=True)}"
    if len(text) > PACKED_MAX:
        msg = f"{action.name} packs to {len(text)} characters, {PACKED_MAX} is the limit"
        raise ValueError(msg)
    return text


def stamped(packed: str, community: str) -> str:
    """The same action, saying which community it belongs to, unless it says so already."""
    name, _, fields = packed.partition(" ")
    return f"{name} {json.dumps({'at': community, **json.loads(fields or '{}')}, ensure_ascii=False)}"


def unpack(known: Mapping[str, type[Action]], text: str, typed: Mapping[str, Any] | None = None) -> Action:
    """The action that `pack` wrote, with what was typed into a form.  Raises UnknownAction."""
    name, _, fields = text.partition(" ")
    kind = known.get(name)
    if kind is None:
        raise UnknownAction(name)
    try:
        action = kind.model_validate_json(fields or "{}")
        return kind.model_validate({**action.model_dump(), **typed}) if typed else action
    except ValidationError:
        raise UnknownAction(name) from None  # the cause would carry what was typed
