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


class Speak(Action):
    """Read in this language from now on."""

    name: ClassVar[str] = "home.speak"
    language: str


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
