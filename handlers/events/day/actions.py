"""Buttons and forms of the day of an event."""

from typing import ClassVar

from bot.actions import Action


class Arrive(Action):
    """I am there."""

    name: ClassVar[str] = "events.arrive"
    event: str
    part: str


class EnterCode(Action):
    """Open the form that asks for the code at the door."""

    name: ClassVar[str] = "events.enter_code"
    opens_form: ClassVar[bool] = True


class CodeEntered(Action):
    """The code, as typed."""

    name: ClassVar[str] = "events.code_entered"
    code: str = ""


class Door(Action):
    """The door of an event, for whoever runs it; `part`: of many this one alone."""

    name: ClassVar[str] = "events.door"
    event: str
    part: str = ""


class Tick(Action):
    """Open the list of those who are still to come, from number `start` on; `back`: of those who are there."""

    name: ClassVar[str] = "events.tick"
    opens_form: ClassVar[bool] = True
    event: str
    part: str
    start: int = 0
    back: bool = False


class Ticked(Action):
    """Who is there, by id; `back`: who was noted by mistake."""

    name: ClassVar[str] = "events.ticked"
    event: str
    part: str
    start: int = 0
    back: bool = False
    who: tuple[str, ...] = ()


class Stranger(Action):
    """One more came who is no member."""

    name: ClassVar[str] = "events.stranger"
    event: str
    part: str


class Strangers(Action):
    """Open the form that asks how many came who are no members."""

    name: ClassVar[str] = "events.strangers"
    opens_form: ClassVar[bool] = True
    event: str
    part: str


class StrangersTyped(Action):
    """How many, as typed."""

    name: ClassVar[str] = "events.strangers_typed"
    event: str
    part: str
    number: str = "0"


class Everybody(Action):
    """Everybody came who had a seat."""

    name: ClassVar[str] = "events.everybody"
    event: str
    part: str


class RunSheet(Action):
    """The run-sheet, for whoever runs the event."""

    name: ClassVar[str] = "events.sheet"
    event: str


class EditSheet(Action):
    """Open the form of the organisers' own lines."""

    name: ClassVar[str] = "events.sheet_edit"
    opens_form: ClassVar[bool] = True
    event: str


class SheetTyped(Action):
    """The lines, as typed."""

    name: ClassVar[str] = "events.sheet_typed"
    event: str
    who: str = ""
    day: str = ""
    hour: str = ""
    door: str = ""
    after: str = ""
