"""Buttons and forms of meetings, as members use them."""

from typing import ClassVar

from bot.actions import Action


class Agenda(Action):
    """What there is to talk about."""

    name: ClassVar[str] = "meetings.agenda"
    event: str


class Propose(Action):
    """Open the form of a proposal."""

    name: ClassVar[str] = "meetings.propose"
    opens_form: ClassVar[bool] = True
    event: str


class Proposed(Action):
    """A proposal, as typed."""

    name: ClassVar[str] = "meetings.proposed"
    event: str
    title: str = ""
    line: str = ""
    minutes: str = ""
    link: str = ""


class TakeBack(Action):
    """They do not propose it after all."""

    name: ClassVar[str] = "meetings.take_back"
    event: str
    item: str


class Minutes(Action):
    """Published minutes, from number `start` on; `room`: pressed in a shared room, whose card stays."""

    name: ClassVar[str] = "meetings.minutes"
    event: str
    start: int = 0
    room: bool = False


class Decisions(Action):
    """Decisions that say these words, from number `start` on."""

    name: ClassVar[str] = "meetings.decisions"
    words: str = ""
    start: int = 0


class Decision(Action):
    """One decision, by its number."""

    name: ClassVar[str] = "meetings.decision"
    number: str


class Search(Action):
    """Open the form that searches decisions."""

    name: ClassVar[str] = "meetings.search"
    opens_form: ClassVar[bool] = True


class Searched(Action):
    """What to look for, as typed."""

    name: ClassVar[str] = "meetings.searched"
    words: str = ""


class AnswerTodo(Action):
    """Whether they do it; also: they cannot after all."""

    name: ClassVar[str] = "meetings.answer_todo"
    todo: str
    yes: bool = True


class FinishTodo(Action):
    """They have done it."""

    name: ClassVar[str] = "meetings.finish_todo"
    todo: str
