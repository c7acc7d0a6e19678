"""Buttons and forms of whoever runs events; members' are in `actions.py`.

What is typed about a time is looked at before it is kept: the card carries it as it was read (`Keep…`), dates as ISO
writes them, and is read once more when it is kept, since whoever holds a card could send anything.
"""

from typing import ClassVar

from bot.actions import Action


class Desk(Action):
    """The list; `past`: those that are over."""

    name: ClassVar[str] = "events.desk"
    past: bool = False
    start: int = 0


class Ideas(Action):
    """The ideas that wait for an event."""

    name: ClassVar[str] = "events.ideas"


class New(Action):
    """Open the form of a new event; `idea` is one that was kept, or ""."""

    name: ClassVar[str] = "events.new"
    opens_form: ClassVar[bool] = True
    idea: str = ""


class Run(Action):
    """One event at the desk; `part`: this part of many alone."""

    name: ClassVar[str] = "events.run"
    event: str
    part: str = ""


class Word(Action):
    """Open the form of its words."""

    name: ClassVar[str] = "events.word"
    opens_form: ClassVar[bool] = True
    event: str


class Worded(Action):
    """Its words, as typed; `scope` "all" is of every coming date of its series."""

    name: ClassVar[str] = "events.worded"
    event: str
    title_ja: str = ""
    title_en: str = ""
    about_ja: str = ""
    about_en: str = ""
    language: str = "ja"
    access: str = ""
    captions: str = ""
    neutral: bool = False
    scope: str = "one"


class Part(Action):
    """Open the form of one part; `part` "" is a new one."""

    name: ClassVar[str] = "events.part"
    opens_form: ClassVar[bool] = True
    event: str
    part: str = ""


class Parted(Action):
    """One part, as typed; `event` "": the first of a new event, which has the titles."""

    name: ClassVar[str] = "events.parted"
    event: str = ""
    idea: str = ""
    part: str = ""
    title_ja: str = ""
    title_en: str = ""
    called: str = ""
    starts: str = ""
    ends: str = ""
    zone: str = ""
    place: str = ""
    link: str = ""
    seats: str = ""
    alumni: str = ""
    staff: str = ""
    scope: str = "one"


class KeepPart(Parted):
    """The same as it was read, after a look at it."""

    name: ClassVar[str] = "events.keep_part"


class RedoPart(Parted):
    """Open the form again, with what was read."""

    name: ClassVar[str] = "events.redo_part"
    opens_form: ClassVar[bool] = True


class DropPart(Action):
    """Take a part out; `sure`: also when somebody comes to it."""

    name: ClassVar[str] = "events.drop_part"
    event: str
    part: str
    sure: bool = False


class Rules(Action):
    """Open the form of who may come, until when, and how."""

    name: ClassVar[str] = "events.rules"
    opens_form: ClassVar[bool] = True
    event: str


class Ruled(Action):
    """The same, as typed."""

    name: ClassVar[str] = "events.ruled"
    event: str
    kinds: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    deadline: str = ""
    guests: str = "0"
    waitlist: str = "automatic"
    scope: str = "one"


class KeepRules(Ruled):
    """The same as it was read, after a look at the day."""

    name: ClassVar[str] = "events.keep_rules"


class RedoRules(Ruled):
    """Open the form again, with what was read."""

    name: ClassVar[str] = "events.redo_rules"
    opens_form: ClassVar[bool] = True


class Repeat(Action):
    """Open the form of how it recurs."""

    name: ClassVar[str] = "events.repeat"
    opens_form: ClassVar[bool] = True
    event: str


class Repeated(Action):
    """The same, as typed."""

    name: ClassVar[str] = "events.repeated"
    event: str
    rhythm: str = "once"
    until: str = ""


class KeepRepeat(Repeated):
    """The same as it was read, after a look at the dates."""

    name: ClassVar[str] = "events.keep_repeat"


class RedoRepeat(Repeated):
    """Open the form again, with what was read."""

    name: ClassVar[str] = "events.redo_repeat"
    opens_form: ClassVar[bool] = True


class Organise(Action):
    """Open the form that names another organiser."""

    name: ClassVar[str] = "events.organise"
    opens_form: ClassVar[bool] = True
    event: str


class Organised(Action):
    """Who, as picked: a member's id."""

    name: ClassVar[str] = "events.organised"
    event: str
    member: str = ""


class Preview(Action):
    """See it as somebody else would."""

    name: ClassVar[str] = "events.preview"
    event: str
    eyes: str = "ja"


class Announce(Action):
    """Open the form of where it is announced."""

    name: ClassVar[str] = "events.announce"
    opens_form: ClassVar[bool] = True
    event: str


class Announced(Action):
    """Where, as chosen; then a look at the effect."""

    name: ClassVar[str] = "events.announced"
    event: str
    channel: str = "board"
    nudge: bool = False


class Publish(Action):
    """Announce it now."""

    name: ClassVar[str] = "events.publish"
    event: str
    channel: str = "board"
    nudge: bool = False


class Cancel(Action):
    """A look at who would hear that it does not take place."""

    name: ClassVar[str] = "events.cancel"
    event: str


class Cancelled(Action):
    """It does not take place; `scope` "all": nor do the coming dates of its series."""

    name: ClassVar[str] = "events.cancelled"
    event: str
    scope: str = "one"


class Discard(Action):
    """Throw a draft away."""

    name: ClassVar[str] = "events.discard"
    event: str


class Export(Action):
    """Links to a list of those who come, for its organisers."""

    name: ClassVar[str] = "events.export"
    event: str
