"""Buttons of calendars."""

from typing import ClassVar

from bot.actions import Action


class ToCalendar(Action):
    """The way to one event's file."""

    name: ClassVar[str] = "events.calendar"
    event: str


class Follow(Action):
    """The page of my address."""

    name: ClassVar[str] = "events.follow"


class NewAddress(Action):
    """An address; with `instead`, one that ends the one before."""

    name: ClassVar[str] = "events.address_new"
    instead: bool = False


class EndAddress(Action):
    """No address any more."""

    name: ClassVar[str] = "events.address_end"


class Widen(Action):
    """What my address shows."""

    name: ClassVar[str] = "events.address_widen"
    every: bool
