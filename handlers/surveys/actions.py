"""Buttons that lead from one page of surveys to another, at the desk."""

from typing import ClassVar

from bot.actions import Action


class Listed(Action):
    """All surveys, from the one number `start` on."""

    name: ClassVar[str] = "surveys.listed"
    start: int = 0


class Page(Action):
    """One survey: how far it has come, and what can be done."""

    name: ClassVar[str] = "surveys.page"
    survey: str
    start: int = 0  # of a draft, the first question that is shown
