"""Buttons and forms of the desk."""

from typing import ClassVar

from bot.actions import Action


class Open(Action):
    """Show the desk."""

    name: ClassVar[str] = "desk.open"


class Do(Action):
    """As if this word had been typed after `/enishi-admin`."""

    name: ClassVar[str] = "desk.do"
    words: str


class Appoint(Action):
    """Open the form for a role."""

    name: ClassVar[str] = "desk.appoint"
    opens_form: ClassVar[bool] = True


class Appointed(Action):
    """Who is to have which role; `who` is what was typed of a name, where there are too many to choose from."""

    name: ClassVar[str] = "desk.appointed"
    who: str = ""
    person: str = ""
    role: str = "secretariat"
    scope: str = ""


class Audit(Action):
    """The entries of the audit before this one; 0: the newest."""

    name: ClassVar[str] = "desk.audit"
    before: int = 0
