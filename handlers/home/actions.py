"""Buttons and forms of the home page."""

from typing import ClassVar

from bot.actions import Action


class Menu(Action):
    """Show the commands."""

    name: ClassVar[str] = "home.menu"
    admin: bool = False


class Run(Action):
    """As if these words had been typed."""

    name: ClassVar[str] = "home.run"
    words: str
    admin: bool = False


class Leave(Action):
    """Leave the community, after the question."""

    name: ClassVar[str] = "home.leave"


class Speak(Action):
    """Read in this language from now on."""

    name: ClassVar[str] = "home.speak"
    language: str


class Join(Action):
    """Open the form to join."""

    name: ClassVar[str] = "home.join"
    opens_form: ClassVar[bool] = True
    asks_who: ClassVar[bool] = True  # a guest may not join, and the form begins with the name they have there


class Enter(Action):
    """The form to join, as typed."""

    name: ClassVar[str] = "home.enter"
    asks_who: ClassVar[bool] = True
    called: str = ""
    language: str = "ja"


class Choose(Action):
    """Of several communities, `at` is meant from now on."""

    name: ClassVar[str] = "home.choose"


class Take(Action):
    """The code is right, and this account is mine."""

    name: ClassVar[str] = "home.take"
    code: str


class Confirm(Action):
    """To whose code it was: that was me, or not."""

    name: ClassVar[str] = "home.confirm"
    yes: bool
