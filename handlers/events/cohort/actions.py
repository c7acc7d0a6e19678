"""Buttons and forms of series for fixed teams, as members use them."""

from typing import ClassVar

from bot.actions import Action


class Series(Action):
    """All dates of a series, and how whoever presses stands; `room`: the card stands in a shared room."""

    name: ClassVar[str] = "events.teams"
    series: str
    room: bool = False


class Join(Action):
    """In for all dates; `kind`: as whom, where that is asked."""

    name: ClassVar[str] = "events.teams_join"
    series: str
    kind: str = ""


class Leave(Action):
    """Out of all dates to come, or out of the line."""

    name: ClassVar[str] = "events.teams_leave"
    series: str


class Claim(Action):
    """Take the place that is kept, or leave it to the next."""

    name: ClassVar[str] = "events.teams_claim"
    series: str
    yes: bool = True


class OneDate(Action):
    """One date of it."""

    name: ClassVar[str] = "events.teams_date"
    event: str


class Away(Action):
    """Not this time; `back`: after all."""

    name: ClassVar[str] = "events.teams_away"
    event: str
    back: bool = False


class Lend(Action):
    """Offer the seat of one date to whoever waits for a place."""

    name: ClassVar[str] = "events.teams_lend"
    event: str


class AskSwap(Action):
    """Open the form that asks with whom to change dates."""

    name: ClassVar[str] = "events.teams_ask"
    opens_form: ClassVar[bool] = True
    event: str


class SwapAsked(Action):
    """With whom, as chosen."""

    name: ClassVar[str] = "events.teams_asked"
    event: str
    member: str = ""


class Swap(Action):
    """Change dates with whoever asked, or not; `asker` is a mark that names nobody."""

    name: ClassVar[str] = "events.teams_swap"
    series: str
    asker: str
    yes: bool = True


class Fine(Action):
    """After two dates missed without a word: stay, or rest this time."""

    name: ClassVar[str] = "events.teams_fine"
    series: str
    rest: bool = False


class GoOn(Action):
    """Whether they would go on for another such series."""

    name: ClassVar[str] = "events.teams_on"
    series: str
    yes: bool = True
