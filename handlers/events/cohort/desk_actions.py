"""Buttons and forms of series for fixed teams, for whoever runs them."""

from typing import ClassVar

from bot.actions import Action


class Plan(Action):
    """Open the form that makes a draft a series for fixed teams."""

    name: ClassVar[str] = "events.teams_plan"
    opens_form: ClassVar[bool] = True
    event: str


class Planned(Action):
    """The same, as typed."""

    name: ClassVar[str] = "events.teams_planned"
    event: str
    rhythm: str = "monthly_weekday"
    dates: str = "6"
    teams: str = "2"
    places: str = "6"
    until: str = ""


class KeepPlan(Planned):
    """Keep what was looked at."""

    name: ClassVar[str] = "events.teams_keep"


class RedoPlan(Planned):
    """Open the form again with it."""

    name: ClassVar[str] = "events.teams_redo"
    opens_form: ClassVar[bool] = True


class DropPlan(Action):
    """No fixed teams after all; the dates stay."""

    name: ClassVar[str] = "events.teams_drop"
    event: str


class Teams(Action):
    """The teams, from number `start` on."""

    name: ClassVar[str] = "events.teams_desk"
    event: str
    start: int = 0


class MakeTeams(Action):
    """Make all teams anew."""

    name: ClassVar[str] = "events.teams_make"
    event: str


class TellTeams(Action):
    """Tell everybody their team, where it is news."""

    name: ClassVar[str] = "events.teams_tell"
    event: str


class MoveOne(Action):
    """Open the form that moves somebody."""

    name: ClassVar[str] = "events.teams_move"
    opens_form: ClassVar[bool] = True
    event: str


class OneMoved(Action):
    """Who, and to which team, as chosen."""

    name: ClassVar[str] = "events.teams_moved"
    event: str
    member: str = ""
    to: str = ""


class SwapTwo(Action):
    """Open the form that has two change teams."""

    name: ClassVar[str] = "events.teams_swap_two"
    opens_form: ClassVar[bool] = True
    event: str


class TwoSwapped(Action):
    """Who and who, as chosen."""

    name: ClassVar[str] = "events.teams_two_swapped"
    event: str
    member: str = ""
    other: str = ""


class Merge(Action):
    """Open the form that asks which two teams become one."""

    name: ClassVar[str] = "events.teams_merge"
    opens_form: ClassVar[bool] = True
    event: str


class Merged(Action):
    """Which, as chosen; what it leads to is shown first."""

    name: ClassVar[str] = "events.teams_merged"
    event: str
    pair: str = ""


class MergeSure(Merged):
    """The same, after a look at it."""

    name: ClassVar[str] = "events.teams_merge_sure"


class Came(Action):
    """Who came, by date and team, in numbers."""

    name: ClassVar[str] = "events.teams_came"
    event: str


class Again(Action):
    """A draft for the next such series."""

    name: ClassVar[str] = "events.teams_again"
    event: str
