"""The buttons and forms of the check-ins."""

from typing import ClassVar

from bot.actions import Action


class Same(Action):
    """Nothing changed."""

    name: ClassVar[str] = "checkins.same"


class Write(Action):
    """Open the form; `entry` is an answer to change, or "" for a new one."""

    name: ClassVar[str] = "checkins.write"
    opens_form: ClassVar[bool] = True
    entry: str = ""


class Mine(Action):
    """What I wrote."""

    name: ClassVar[str] = "checkins.mine"


class Skip(Action):
    """Not this time."""

    name: ClassVar[str] = "checkins.skip"


class Fine(Action):
    """The yearly hello was answered."""

    name: ClassVar[str] = "checkins.fine"


class Less(Action):
    """Ask less often."""

    name: ClassVar[str] = "checkins.less"


class Cadence(Action):
    """Ask every so many months."""

    name: ClassVar[str] = "checkins.cadence"
    months: int


class Pause(Action):
    """Be quiet; `forever`: until they come back."""

    name: ClassVar[str] = "checkins.pause"
    forever: bool = False


class Resume(Action):
    """Come back from a pause."""

    name: ClassVar[str] = "checkins.resume"


class Tell(Action):
    """The form of an answer: `entry` as in Write, the rest as typed."""

    name: ClassVar[str] = "checkins.tell"
    entry: str = ""
    template: str = "free"
    text: str = ""
    link: str = ""
    audience: str = "everyone"
    agreed: bool = False


class Withdraw(Action):
    """Delete an answer."""

    name: ClassVar[str] = "checkins.withdraw"
    entry: str


class Read(Action):
    """Show a digest, in the reader's own language, from the answer number `start` on."""

    name: ClassVar[str] = "checkins.read"
    digest: str
    start: int = 0


class Cheer(Action):
    """React to an answer."""

    name: ClassVar[str] = "checkins.cheer"
    entry: str
    kind: str


class Uncheer(Action):
    """Take a reaction back."""

    name: ClassVar[str] = "checkins.uncheer"
    entry: str
    kind: str


class Desk(Action):
    """Open the secretariat's form."""

    name: ClassVar[str] = "checkins.desk"
    opens_form: ClassVar[bool] = True


class Arrange(Action):
    """The secretariat's form, as typed."""

    name: ClassVar[str] = "checkins.arrange"
    months: str = "3"
    rhythm: str = "monthly"
    weekday: str = "0"
    hour: str = "10"
    channel: str = "keep"


class Preview(Action):
    """Counts of what would go out."""

    name: ClassVar[str] = "checkins.preview"


class Mailbox(Action):
    """Read what was written to the secretariat, from the answer number `start` on."""

    name: ClassVar[str] = "checkins.mailbox"
    start: int = 0


class Test(Action):
    """Send me a test."""

    name: ClassVar[str] = "checkins.test"


class PauseAll(Action):
    """Stop or go on for everybody."""

    name: ClassVar[str] = "checkins.pause_all"
    stop: bool
