"""Buttons and forms about one's own data."""

from typing import ClassVar

from bot.actions import Action


class Show(Action):
    """Everything stored about me."""

    name: ClassVar[str] = "me.show"


class Do(Action):
    """As if these words had been typed."""

    name: ClassVar[str] = "me.do"
    words: str


class Change(Action):
    """Open the form with what I told about myself."""

    name: ClassVar[str] = "me.change"
    opens_form: ClassVar[bool] = True


class Keep(Action):
    """That form, as typed."""

    name: ClassVar[str] = "me.keep"
    called: str = ""
    years: str = ""
    field: str = ""
    about: str = ""
    mail: str = ""
    business: bool = False
    reunion: bool = False
    coming_back: bool = False
    reading: bool = False
    language: str = "ja"
    zone: str = ""


class Rest(Action):
    """Quiet for some months from now; 0: until I come back."""

    name: ClassVar[str] = "me.rest"
    months: int = 0


class PickDay(Action):
    """Open the form for the last day of a break."""

    name: ClassVar[str] = "me.pick_day"
    opens_form: ClassVar[bool] = True


class Until(Action):
    """That form, as typed."""

    name: ClassVar[str] = "me.until"
    day: str = ""


class Return(Action):
    """Back from a break."""

    name: ClassVar[str] = "me.return"


class Most(Action):
    """At most so many messages in 28 days; 0: as many as the community allows."""

    name: ClassVar[str] = "me.most"
    count: int = 0


class NewKey(Action):
    """A new key of my own; the old one ends."""

    name: ClassVar[str] = "me.new_key"


class DropKey(Action):
    """No key of my own any more."""

    name: ClassVar[str] = "me.drop_key"


class Goodbye(Action):
    """Open the form to leave."""

    name: ClassVar[str] = "me.goodbye"
    opens_form: ClassVar[bool] = True


class Leave(Action):
    """That form, sent: erase everything about me.  `never`: and do not invite me again."""

    name: ClassVar[str] = "me.leave"
    never: bool = False


class Stay(Action):
    """After two silent years: I stay."""

    name: ClassVar[str] = "me.stay"
