"""Buttons and forms of results."""

from typing import ClassVar

from bot.actions import Action

# --- the secretariat's


class Listed(Action):
    """Surveys that have ended, from the one number `start` on."""

    name: ClassVar[str] = "results.listed"
    start: int = 0


class Look(Action):
    """A page of one survey's results; 0 is the overview."""

    name: ClassVar[str] = "results.look"
    survey: str
    page: int = 0


class Compare(Action):
    """The change since an earlier survey."""

    name: ClassVar[str] = "results.compare"
    survey: str
    page: int = 0
    member: bool = False  # as a member reads it


class Take(Action):
    """A file of what may be shown: "csv" or "xlsx"."""

    name: ClassVar[str] = "results.take"
    survey: str
    kind: str = "csv"


class Redact(Action):
    """Open the form to black out words of one text."""

    name: ClassVar[str] = "results.redact"
    opens_form: ClassVar[bool] = True
    survey: str
    question: str
    text: str  # its id, hexadecimal
    page: int = 0


class Redacted(Action):
    """Which words, one part a line; or the whole text."""

    name: ClassVar[str] = "results.redacted"
    survey: str
    question: str
    text: str
    page: int = 0
    parts: str = ""
    whole: bool = False


class Share(Action):
    """Open the form to show the results to members."""

    name: ClassVar[str] = "results.share"
    opens_form: ClassVar[bool] = True
    survey: str


class Shared(Action):
    """Show them, and tell it in this channel."""

    name: ClassVar[str] = "results.shared"
    survey: str
    channel: str = "none"


# --- ideas


class Keep(Action):
    """Keep a text as an idea."""

    name: ClassVar[str] = "results.keep"
    survey: str
    question: str
    text: str
    kind: str
    page: int = 0


class KeepOption(Action):
    """Open the form to keep an option of a page as an idea."""

    name: ClassVar[str] = "results.keep_option"
    opens_form: ClassVar[bool] = True
    survey: str
    page: int


class KeptOption(Action):
    """Which option, as `question:place`, and what may become of it."""

    name: ClassVar[str] = "results.kept_option"
    survey: str
    page: int
    option: str = ""
    kind: str = "event"


class Ideas(Action):
    """The ideas that wait."""

    name: ClassVar[str] = "results.ideas"


class Drop(Action):
    """Throw an idea away."""

    name: ClassVar[str] = "results.drop"
    idea: str


# --- everybody's


class See(Action):
    """Results that members may see, from a message or the home page: what was pressed stays as it is."""

    name: ClassVar[str] = "results.see"
    survey: str


class Read(Action):
    """A page of results that members may see; 0 is the overview."""

    name: ClassVar[str] = "results.read"
    survey: str
    page: int = 0


class All(Action):
    """All results that members may see."""

    name: ClassVar[str] = "results.all"
    start: int = 0
