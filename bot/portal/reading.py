"""From what a browser sent to what happened."""

import unicodedata
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

from bot.actions import Action, UnknownAction, unpack
from bot.address import Address
from bot.events import Asked, Outdated, Pressed, Submitted
from bot.language import Reader, asked_for
from bot.portal.door import Visitor
from bot.router import first_word

BODY_MAX = 1024 * 1024  # bytes; forty long answers in Japanese are a third of it
FIELDS_MAX = 1000
TOO_LARGE = 413
_COMMANDS = {"enishi": False, "enishi-admin": True}


def limited(receive: Receive) -> Receive:
    """Refuses a body over `BODY_MAX` with HTTPException 413, as it comes in."""
    taken = 0

    async def receive_limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > BODY_MAX:
            raise HTTPException(TOO_LARGE)
        return message

    return receive_limited


def stranger(accept_language: str) -> Reader:
    """Somebody we know no more of than what their browser asks for."""
    return Reader(asked_for(accept_language))


def same_origin(headers: Mapping[str, str], host: str) -> bool:
    """Whether a form was sent from one of our own pages; a browser that says nothing is believed."""
    if site := headers.get("sec-fetch-site"):
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == host


def deed(visitor: Visitor, once: str, *what: str) -> str:
    """The idempotency key: the same member doing the same thing on the same rendered page.

    What was typed is part of it, so that going back, changing the text and sending again is not taken for a repetition.
    """
    return sha256("\x1f".join((str(visitor.handle), once, *what)).encode()).hexdigest() if once else ""


def asked(visitor: Visitor, words: str, once: str, *, desk: bool = False) -> Asked:
    """A command line, with or without the leading `/enishi` or `/enishi-admin`, which wins over `desk`."""
    first, rest = first_word(words)
    admin = _COMMANDS.get(first.removeprefix("/"))
    if admin is None:
        admin, rest = desk, words.strip()
    key = deed(visitor, once, "asked", str(admin), rest)
    return Asked(who=visitor.sighting, where=visitor.address, key=key, words=rest, admin=admin)


def pressed(
    visitor: Visitor, known: Mapping[str, type[Action]], packed: str, once: str, where: Address
) -> Pressed | Outdated:
    """A button."""
    key = deed(visitor, once, "pressed", packed)
    try:
        return Pressed(who=visitor.sighting, where=where, key=key, action=unpack(known, packed))
    except UnknownAction:
        return Outdated(who=visitor.sighting, where=where, key=key)


def submitted(
    visitor: Visitor,
    known: Mapping[str, type[Action]],
    packed: str,
    typed: Mapping[str, Any],
    *,
    once: str,
    where: Address,
) -> Submitted | Outdated:
    """A sent form."""
    key = deed(visitor, once, "submitted", packed, repr(sorted(typed.items())))
    try:
        return Submitted(who=visitor.sighting, where=where, key=key, action=unpack(known, packed, typed))
    except UnknownAction:
        return Outdated(who=visitor.sighting, where=where, key=key)


def plain_lines(text: str | None) -> str:
    """What was typed, with the line ends of our texts and without what no font can show."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(sign for sign in lines if sign == "\n" or unicodedata.category(sign) != "Cc")
