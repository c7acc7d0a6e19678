"""Buttons and forms of joining and the first weeks."""

from typing import ClassVar

from bot.actions import Action


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
    mail: str = ""
    years: str = ""
    field: str = ""
    purpose: str = ""
    language: str = "ja"
    level: str = ""
    written: str = ""


class Agree(Action):
    """Yes to the text as it is now."""

    name: ClassVar[str] = "welcome.agree"


class Reread(Action):
    """Show the text as it is now."""

    name: ClassVar[str] = "welcome.reread"


class Show(Action):
    """Be seen by these; raising it is asked once more, with who will see what.  `sure`: it was."""

    name: ClassVar[str] = "welcome.show"
    level: int
    sure: bool = False


class Choose(Action):
    """What brings me here, in one tap."""

    name: ClassVar[str] = "welcome.purpose"
    purpose: str


class Do(Action):
    """As if these words had been typed."""

    name: ClassVar[str] = "welcome.do"
    words: str


class NoMore(Action):
    """No more letters of the first weeks."""

    name: ClassVar[str] = "welcome.no_more"


class Introduce(Action):
    """Open the form for a line about oneself; `line` is what stands in it, "" at first."""

    name: ClassVar[str] = "welcome.introduce"
    opens_form: ClassVar[bool] = True
    line: str


class Line(Action):
    """The line, as typed."""

    name: ClassVar[str] = "welcome.line"
    line: str = ""


class Post(Action):
    """Put it into the channel, as it was shown."""

    name: ClassVar[str] = "welcome.post"
    line: str


class Unpost(Action):
    """Take it out of the channel."""

    name: ClassVar[str] = "welcome.unpost"


class Supporter(Action):
    """Open the form to be introduced to a supporter."""

    name: ClassVar[str] = "welcome.supporter"
    opens_form: ClassVar[bool] = True


class Wish(Action):
    """How a supporter can reach me, as typed."""

    name: ClassVar[str] = "welcome.wish"
    line: str = ""


class Accept(Action):
    """A supporter has time for `newcomer`: open their form."""

    name: ClassVar[str] = "welcome.accept"
    opens_form: ClassVar[bool] = True
    newcomer: str


class Reach(Action):
    """How the newcomer can reach me, as typed."""

    name: ClassVar[str] = "welcome.reach"
    newcomer: str = ""
    line: str = ""


class Decline(Action):
    """A supporter has no time; nobody hears of it."""

    name: ClassVar[str] = "welcome.decline"
    newcomer: str


class Arrange(Action):
    """Open the secretariat's form."""

    name: ClassVar[str] = "welcome.arrange"
    opens_form: ClassVar[bool] = True


class Arranged(Action):
    """The secretariat's form, as typed."""

    name: ClassVar[str] = "welcome.arranged"
    days: str = ""
    supporters: bool = False
    words: str = ""


class Edit(Action):
    """Open the form of one letter; `step` counts from 0."""

    name: ClassVar[str] = "welcome.edit"
    opens_form: ClassVar[bool] = True
    step: int


class Edited(Action):
    """The form of one letter, as typed."""

    name: ClassVar[str] = "welcome.edited"
    step: int = 0
    goal: str = "acted"
    ja: str = ""
    en: str = ""


class Preview(Action):
    """See the letters in a language."""

    name: ClassVar[str] = "welcome.preview"
    language: str


class Test(Action):
    """Send the letters to me, now."""

    name: ClassVar[str] = "welcome.test"
