"""Buttons and forms of whoever moderates questions, and of whoever hosts."""

from typing import ClassVar

from bot.actions import Action


class Moderate(Action):
    """The questions of an event, for whoever runs it."""

    name: ClassVar[str] = "events.asked"
    event: str


class Start(Action):
    """Let questions be asked."""

    name: ClassVar[str] = "events.asked_start"
    event: str


class Sift(Action):
    """Those in one state, from number `start` on."""

    name: ClassVar[str] = "events.asked_sift"
    event: str
    state: str = "new"
    start: int = 0


class Sort(Action):
    """Publish one, set it aside, or put it back among the new ones."""

    name: ClassVar[str] = "events.asked_sort"
    event: str
    question: str
    to: str
    state: str
    start: int = 0


class Black(Action):
    """Open the form to black out words of one."""

    name: ClassVar[str] = "events.asked_black"
    opens_form: ClassVar[bool] = True
    event: str
    question: str
    state: str
    start: int = 0


class Blacked(Action):
    """Which words, one part a line."""

    name: ClassVar[str] = "events.asked_blacked"
    event: str
    question: str
    state: str
    start: int = 0
    parts: str = ""


class Merge(Action):
    """Open the form that makes one of several."""

    name: ClassVar[str] = "events.asked_merge"
    opens_form: ClassVar[bool] = True
    event: str


class Merged(Action):
    """Which, and the words of the one that takes their place."""

    name: ClassVar[str] = "events.asked_merged"
    event: str
    which: tuple[str, ...] = ()
    words: str = ""


class Host(Action):
    """The published ones in their order, for whoever hosts, from number `start` on."""

    name: ClassVar[str] = "events.asked_host"
    event: str
    start: int = 0


class Tick(Action):
    """One is answered, or is not after all."""

    name: ClassVar[str] = "events.asked_tick"
    event: str
    question: str
    done: bool = True
    start: int = 0


class Share(Action):
    """After the event: members read the answered ones below it, or do not."""

    name: ClassVar[str] = "events.asked_share"
    event: str
    shared: bool = True
