"""The buttons and forms of whoever answers."""

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import ConfigDict

from bot.actions import Action


class Mine(Action):
    """My open surveys."""

    name: ClassVar[str] = "answers.mine"


class Open(Action):
    """Open the form, which is always empty."""

    name: ClassVar[str] = "answers.open"
    opens_form: ClassVar[bool] = True
    survey: str


class Send(Action):
    """The form.  Its inputs are called as `reading.field` says; whatever else a client sends is looked at there, too.

    `sure`: the hints have been read, and it is to be sent as it is.
    """

    model_config = ConfigDict(frozen=True, extra="allow")
    name: ClassVar[str] = "answers.send"
    survey: str
    sure: bool = False

    @property
    def typed(self) -> Mapping[str, Any]:
        """What came in, by the name of the input."""
        return self.__pydantic_extra__ or {}


class Elsewhere(Action):
    """The way to one's own page, for a form that a chat has no room for."""

    name: ClassVar[str] = "answers.elsewhere"


class Stand(Action):
    """Whether I have answered: for me alone."""

    name: ClassVar[str] = "answers.stand"
    survey: str


class Withdraw(Action):
    """Take my answer back."""

    name: ClassVar[str] = "answers.withdraw"
    survey: str


class Check(Action):
    """Ask for a code."""

    name: ClassVar[str] = "answers.check"
    opens_form: ClassVar[bool] = True


class Code(Action):
    """A code, as typed."""

    name: ClassVar[str] = "answers.code"
    code: str = ""


class Prove(Action):
    """What is stored under my tag."""

    name: ClassVar[str] = "answers.prove"


class Promise(Action):
    """What is promised; `survey` "": of surveys as such."""

    name: ClassVar[str] = "answers.promise"
    survey: str = ""
