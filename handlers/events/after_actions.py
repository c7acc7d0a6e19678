"""Buttons and forms of events that are over."""

from typing import ClassVar

from bot.actions import Action


class After(Action):
    """What is left to do about an event, for whoever runs it."""

    name: ClassVar[str] = "events.after"
    event: str


class Confirm(Action):
    """Open the form that asks who came."""

    name: ClassVar[str] = "events.confirm"
    opens_form: ClassVar[bool] = True
    event: str


class Confirmed(Action):
    """Who came, as typed: whoever was noted on the day ("noted"), or everybody who had a seat ("all")."""

    name: ClassVar[str] = "events.confirmed"
    event: str
    who: str = ""
    strangers: str = "0"


class Summarise(Action):
    """Open the form of what is kept."""

    name: ClassVar[str] = "events.summarise"
    opens_form: ClassVar[bool] = True
    event: str


class Summarised(Action):
    """What is kept, as typed; one link a line."""

    name: ClassVar[str] = "events.summarised"
    event: str
    ja: str = ""
    en: str = ""
    links: str = ""


class Offer(Action):
    """Look at what offering the summary to those who came would lead to; `sure`: do it."""

    name: ClassVar[str] = "events.offer"
    event: str
    sure: bool = False


class Feedback(Action):
    """Begin a sealed survey of three questions about it."""

    name: ClassVar[str] = "events.feedback"
    event: str


class Numbers(Action):
    """The events of the last twelve months in numbers."""

    name: ClassVar[str] = "events.numbers"


class Came(Action):
    """Whether anything came of it."""

    name: ClassVar[str] = "events.came"
    event: str
    yes: bool = True


class Tell(Action):
    """Open the form that asks what came of it."""

    name: ClassVar[str] = "events.tell"
    opens_form: ClassVar[bool] = True
    event: str


class Told(Action):
    """What came of it, as typed."""

    name: ClassVar[str] = "events.told"
    event: str
    line: str = ""
