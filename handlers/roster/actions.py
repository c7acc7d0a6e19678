"""Buttons and forms of the roster."""

from typing import ClassVar

from bot.actions import Action


class Take(Action):
    """The form with the file, as sent: `file` is the id of what waits."""

    name: ClassVar[str] = "roster.take"
    file: str = ""


class Again(Action):
    """Choose another file."""

    name: ClassVar[str] = "roster.again"


class Look(Action):
    """How far it has come."""

    name: ClassVar[str] = "roster.look"


class Columns(Action):
    """Open the form to say which column is which."""

    name: ClassVar[str] = "roster.columns"


class Arrange(Action):
    """Which column is which, as chosen: numbers from 0, "" for none."""

    name: ClassVar[str] = "roster.arrange"
    c_name: str = ""
    c_family: str = ""
    c_given: str = ""
    c_reading: str = ""
    c_family_reading: str = ""
    c_given_reading: str = ""
    c_mail: str = ""
    c_number: str = ""
    c_left: str = ""
    c_department: str = ""
    c_tags: str = ""
    c_language: str = ""


class Rows(Action):
    """What would happen to each row, from the row number `start` of those there are."""

    name: ClassVar[str] = "roster.rows"
    start: int = 0


class Confirm(Action):
    """Put the people of this file on the roster."""

    name: ClassVar[str] = "roster.confirm"
    file: str


class Drop(Action):
    """Forget the file."""

    name: ClassVar[str] = "roster.drop"


class Corrections(Action):
    """A file of the rows that could not be taken."""

    name: ClassVar[str] = "roster.corrections"


class Undo(Action):
    """Take a whole import back."""

    name: ClassVar[str] = "roster.undo"
    batch: str


class Search(Action):
    """Open the form to look for somebody."""

    name: ClassVar[str] = "roster.search"
    opens_form: ClassVar[bool] = True


class Find(Action):
    """The form to look for somebody, as typed."""

    name: ClassVar[str] = "roster.find"
    words: str = ""


class Listed(Action):
    """Open the do-not-invite list, from the entry number `start` on."""

    name: ClassVar[str] = "roster.listed"
    start: int = 0


class Bar(Action):
    """Open the form to put somebody on the list."""

    name: ClassVar[str] = "roster.bar"
    opens_form: ClassVar[bool] = True


class Barred(Action):
    """The form to put somebody on the list, as typed."""

    name: ClassVar[str] = "roster.barred"
    called: str = ""
    reading: str = ""
    mail: str = ""
    left: str = ""


class BarOne(Action):
    """Put somebody of the roster on the list."""

    name: ClassVar[str] = "roster.bar_one"
    invitee: str


class Unbar(Action):
    """Take somebody off the list."""

    name: ClassVar[str] = "roster.unbar"
    entry: str
