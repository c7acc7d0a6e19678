"""The buttons every message carries, and the forms of who is written to how much."""

from typing import ClassVar

from bot.actions import Action


class Less(Action):
    """Fewer of these, please."""

    name: ClassVar[str] = "nudges.less"
    kind: str


class Skip(Action):
    """Not this time."""

    name: ClassVar[str] = "nudges.skip"
    kind: str


class Stop(Action):
    """No more of this kind."""

    name: ClassVar[str] = "nudges.stop"
    kind: str


class Start(Action):
    """This kind again."""

    name: ClassVar[str] = "nudges.start"
    kind: str


class Fine(Action):
    """The yearly hello was answered: write to me as before."""

    name: ClassVar[str] = "nudges.fine"


class Show(Action):
    """What came, what waits, and the budget."""

    name: ClassVar[str] = "nudges.show"


class Change(Action):
    """Open the form of one's own limits."""

    name: ClassVar[str] = "nudges.change"
    opens_form: ClassVar[bool] = True


class Keep(Action):
    """The form of one's own limits, as typed."""

    name: ClassVar[str] = "nudges.keep"
    most: str = "3"
    opens: str = "9"
    closes: str = "18"


class Desk(Action):
    """Open the secretariat's form."""

    name: ClassVar[str] = "nudges.desk"
    opens_form: ClassVar[bool] = True


class Arrange(Action):
    """The secretariat's form, as typed."""

    name: ClassVar[str] = "nudges.arrange"
    most: str = "3"
    gap: str = "48"
    opens: str = "9"
    closes: str = "18"
    country: str = ""
    obon: bool = True
    year_end: bool = True
    closures: str = ""
