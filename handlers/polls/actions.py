"""The buttons and forms of named polls."""

from typing import ClassVar

from bot.actions import Action


class Show(Action):
    """One poll, as whoever presses sees it."""

    name: ClassVar[str] = "polls.show"
    poll: str


class Vote(Action):
    """Choose one option.  `shared`: on a card that others see; `sure`: whoever is hidden was asked first."""

    name: ClassVar[str] = "polls.vote"
    poll: str
    option: int
    shared: bool = False
    sure: bool = False


class Answer(Action):
    """Open the form of a poll in which several may be chosen."""

    name: ClassVar[str] = "polls.answer"
    opens_form: ClassVar[bool] = True
    poll: str
    shared: bool = False


class Answered(Action):
    """That form, as filled in."""

    name: ClassVar[str] = "polls.answered"
    poll: str
    shared: bool = False
    picked: tuple[str, ...] = ()
    sure: bool = False


class Withdraw(Action):
    """Take one's answer back."""

    name: ClassVar[str] = "polls.withdraw"
    poll: str


class Who(Action):
    """Who chose what, from the option number `option` on."""

    name: ClassVar[str] = "polls.who"
    poll: str
    option: int = 0


class Desk(Action):
    """All polls, for whoever organises them."""

    name: ClassVar[str] = "polls.desk"


class New(Action):
    """Open the form of a new poll."""

    name: ClassVar[str] = "polls.new"
    opens_form: ClassVar[bool] = True


class Edit(Action):
    """Open the form of a draft."""

    name: ClassVar[str] = "polls.edit"
    opens_form: ClassVar[bool] = True
    poll: str


class Written(Action):
    """The form of a poll, as typed; `poll` is a draft to change, or ""."""

    name: ClassVar[str] = "polls.written"
    poll: str = ""
    question: str = ""
    options: str = ""
    several: bool = False
    last_day: str = ""
    names: str = "everybody"
    channel: str = "none"
    letters: str = "none"


class Draft(Action):
    """A draft, with what can be done about it."""

    name: ClassVar[str] = "polls.draft"
    poll: str


class Publish(Action):
    """From now on it takes answers, and nothing of it changes."""

    name: ClassVar[str] = "polls.publish"
    poll: str


class Discard(Action):
    """Delete a draft."""

    name: ClassVar[str] = "polls.discard"
    poll: str


class Close(Action):
    """End it before its last day is over."""

    name: ClassVar[str] = "polls.close"
    poll: str
