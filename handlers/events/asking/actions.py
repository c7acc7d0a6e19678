"""Buttons and forms of whoever asks without a name, or reads what was asked."""

from typing import ClassVar

from bot.actions import Action


class Ask(Action):
    """Open the form, which is always empty."""

    name: ClassVar[str] = "events.ask"
    opens_form: ClassVar[bool] = True
    event: str


class Sent(Action):
    """A question, as typed.  `sure`: the hints have been read, and it is to be sent as it is."""

    name: ClassVar[str] = "events.ask_sent"
    event: str
    words: str = ""
    sure: bool = False


class TakeBack(Action):
    """Ask for the code of a question that is to be taken back."""

    name: ClassVar[str] = "events.ask_back"
    opens_form: ClassVar[bool] = True
    event: str


class Code(Action):
    """The code, as typed."""

    name: ClassVar[str] = "events.ask_code"
    event: str
    code: str = ""


class Questions(Action):
    """What was asked, as far as it is published, from number `start` on."""

    name: ClassVar[str] = "events.questions"
    event: str
    start: int = 0


class Want(Action):
    """I want this one answered, or not any more."""

    name: ClassVar[str] = "events.ask_want"
    event: str
    question: str  # its id, as hex
    wanted: bool = True
    start: int = 0
