"""Buttons and forms of events, as members use them; those of the desk are in `desk_actions.py`."""

from typing import ClassVar

from bot.actions import Action


class See(Action):
    """One event, as it is for whoever presses.

    `room`, here and below: the card stands in a shared room, so that the answer must not take its place.
    `part`: this part of many alone.
    """

    name: ClassVar[str] = "events.see"
    event: str
    part: str = ""
    room: bool = False


class Answer(Action):
    """Coming to a part, or not."""

    name: ClassVar[str] = "events.answer"
    event: str
    part: str
    going: bool = True
    room: bool = False


class Guests(Action):
    """Open the form that asks how many come along."""

    name: ClassVar[str] = "events.guests"
    opens_form: ClassVar[bool] = True
    event: str
    part: str
    room: bool = False


class Guested(Action):
    """How many come along, as typed."""

    name: ClassVar[str] = "events.guested"
    event: str
    part: str
    room: bool = False
    guests: str = "0"


class Claim(Action):
    """Take the seat that was held for me, or leave it to the next."""

    name: ClassVar[str] = "events.claim"
    event: str
    part: str
    yes: bool = True


class AsKind(Action):
    """As whom I come; then the answer is taken."""

    name: ClassVar[str] = "events.as_kind"
    event: str
    part: str
    kind: str


class Who(Action):
    """Who is coming, as far as I may know."""

    name: ClassVar[str] = "events.who"
    event: str


class Mine(Action):
    """The list: mine and coming ones; `past`: those that are over, from number `start` on."""

    name: ClassVar[str] = "events.mine"
    past: bool = False
    start: int = 0


class Search(Action):
    """Open the form that searches past events."""

    name: ClassVar[str] = "events.search"
    opens_form: ClassVar[bool] = True


class Searched(Action):
    """What to look for, as typed."""

    name: ClassVar[str] = "events.searched"
    words: str = ""
