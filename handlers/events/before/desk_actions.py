"""Buttons and forms of what comes before an event, for whoever runs it."""

from typing import ClassVar

from bot.actions import Action


class Before(Action):
    """What is set up for an event."""

    name: ClassVar[str] = "events.before"
    event: str


class SetThemes(Action):
    """Open the form of the themes."""

    name: ClassVar[str] = "events.set_themes"
    opens_form: ClassVar[bool] = True
    event: str


class ThemesSet(Action):
    """Themes, one a line, and how groups are, as typed."""

    name: ClassVar[str] = "events.themes_set"
    event: str
    themes: str = ""
    size: str = "6"
    minutes: str = "40"
    prompts: str = ""


class Groups(Action):
    """The groups, from number `start` on, counted from 0."""

    name: ClassVar[str] = "events.groups"
    event: str
    start: int = 0


class MakeGroups(Action):
    """Make all groups (anew)."""

    name: ClassVar[str] = "events.make_groups"
    event: str


class FillGroups(Action):
    """Whoever has no group joins one; the others stay."""

    name: ClassVar[str] = "events.fill_groups"
    event: str


class SeeGroup(Action):
    """One group, counted from 1."""

    name: ClassVar[str] = "events.group"
    event: str
    group: int


class Move(Action):
    """Open the form that moves somebody out of a group."""

    name: ClassVar[str] = "events.move"
    opens_form: ClassVar[bool] = True
    event: str
    group: int


class Moved(Action):
    """Who, and to which group, as picked."""

    name: ClassVar[str] = "events.moved"
    event: str
    group: int
    member: str = ""
    to: str = ""


class Swap(Action):
    """Open the form that swaps somebody with one of another group."""

    name: ClassVar[str] = "events.swap"
    opens_form: ClassVar[bool] = True
    event: str
    group: int


class SwapWith(Action):
    """Who, and with which group, as picked; then with whom is asked."""

    name: ClassVar[str] = "events.swap_with"
    event: str
    group: int
    member: str = ""
    to: str = ""


class Swapped(Action):
    """These two change places."""

    name: ClassVar[str] = "events.swapped"
    event: str
    member: str
    other: str


class TellGroups(Action):
    """Whoever has a group that they have not heard of hears it."""

    name: ClassVar[str] = "events.tell_groups"
    event: str


class PrintGroups(Action):
    """A link to all groups, a page each."""

    name: ClassVar[str] = "events.print_groups"
    event: str


class SetSlots(Action):
    """Open the form of the slots."""

    name: ClassVar[str] = "events.set_slots"
    opens_form: ClassVar[bool] = True
    event: str


class SlotsSet(Action):
    """How many may present, and how long each, as typed."""

    name: ClassVar[str] = "events.slots_set"
    event: str
    number: str = "4"
    minutes: str = "5"


class Presenters(Action):
    """Who would present, from number `start` on."""

    name: ClassVar[str] = "events.presenters"
    event: str
    start: int = 0


class SeePitch(Action):
    """One of them."""

    name: ClassVar[str] = "events.see_pitch"
    event: str
    member: str


class Decide(Action):
    """A slot for them, or none."""

    name: ClassVar[str] = "events.decide"
    event: str
    member: str
    yes: bool = True


class Order(Action):
    """Before (-1) or after (1) the one beside them."""

    name: ClassVar[str] = "events.order"
    event: str
    member: str
    by: int = 1


class TellPresenters(Action):
    """The programme stands: presenters hear their place, and the event's card names them."""

    name: ClassVar[str] = "events.tell_presenters"
    event: str
