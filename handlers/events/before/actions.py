"""Buttons and forms of what comes before an event, as members use them."""

from typing import ClassVar

from bot.actions import Action


class Choose(Action):
    """Open the form of the themes."""

    name: ClassVar[str] = "events.choose"
    opens_form: ClassVar[bool] = True
    event: str


class Chosen(Action):
    """The themes, as chosen: one or two."""

    name: ClassVar[str] = "events.chosen"
    event: str
    themes: tuple[str, ...] = ()


class MyGroup(Action):
    """The group whoever presses is in."""

    name: ClassVar[str] = "events.my_group"
    event: str


class Apart(Action):
    """With whom whoever presses wants to be in no group."""

    name: ClassVar[str] = "events.apart"


class AddApart(Action):
    """Open the form that adds somebody to the list."""

    name: ClassVar[str] = "events.add_apart"
    opens_form: ClassVar[bool] = True


class AddedApart(Action):
    """Who, as typed."""

    name: ClassVar[str] = "events.added_apart"
    named: str = ""


class DropApart(Action):
    """One less on the list; `member` "": nobody any more."""

    name: ClassVar[str] = "events.drop_apart"
    member: str = ""


class Pitch(Action):
    """Open the form of whoever would present something."""

    name: ClassVar[str] = "events.pitch"
    opens_form: ClassVar[bool] = True
    event: str


class Pitched(Action):
    """The same, as typed."""

    name: ClassVar[str] = "events.pitched"
    event: str
    title: str = ""
    line: str = ""


class MyPitch(Action):
    """What whoever presses would present, and how it stands."""

    name: ClassVar[str] = "events.my_pitch"
    event: str


class TakeBack(Action):
    """They do not present after all."""

    name: ClassVar[str] = "events.take_back"
    event: str
