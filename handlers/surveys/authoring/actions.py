"""Buttons and forms of writing, opening and stopping a sealed survey."""

from typing import ClassVar

from bot.actions import Action

# --- a new one


class New(Action):
    """What to begin a survey with."""

    name: ClassVar[str] = "surveys.new"


class Past(Action):
    """Earlier surveys to begin with."""

    name: ClassVar[str] = "surveys.past"


class Begin(Action):
    """A draft from `source`: "", "template:<name>" or "survey:<id>"."""

    name: ClassVar[str] = "surveys.begin"
    source: str = ""


class File(Action):
    """Questions from a file."""

    name: ClassVar[str] = "surveys.file"


class Take(Action):
    """The form with the file, as sent: `file` is the id of what waits."""

    name: ClassVar[str] = "surveys.take"
    file: str = ""


# --- a draft and its questions


class Ask(Action):
    """Open the form of a question, or of a new one."""

    name: ClassVar[str] = "surveys.ask"
    opens_form: ClassVar[bool] = True
    survey: str
    question: str = ""


class Asked(Action):
    """A question, as typed."""

    name: ClassVar[str] = "surveys.asked"
    survey: str
    question: str = ""
    kind: str = "single"
    words_ja: str = ""
    words_en: str = ""
    options_ja: str = ""
    options_en: str = ""
    longest: str = ""


class Question(Action):
    """Look at a question of a draft."""

    name: ClassVar[str] = "surveys.question"
    survey: str
    question: str


class Move(Action):
    """A question so many places further down."""

    name: ClassVar[str] = "surveys.move"
    survey: str
    question: str
    by: int


class Remove(Action):
    """Take a question out."""

    name: ClassVar[str] = "surveys.remove"
    survey: str
    question: str


class Words(Action):
    """Open the form of title and introduction."""

    name: ClassVar[str] = "surveys.words"
    opens_form: ClassVar[bool] = True
    survey: str


class Worded(Action):
    """Title and introduction, as typed."""

    name: ClassVar[str] = "surveys.worded"
    survey: str
    title_ja: str = ""
    title_en: str = ""
    intro_ja: str = ""
    intro_en: str = ""


class Terms(Action):
    """Open the form of what is promised: readers, last day, limits."""

    name: ClassVar[str] = "surveys.terms"
    opens_form: ClassVar[bool] = True
    survey: str


class Termed(Action):
    """What is promised, as typed."""

    name: ClassVar[str] = "surveys.termed"
    survey: str
    readers_ja: str = ""
    readers_en: str = ""
    closes: str = ""
    k: str = ""
    sensitive: bool = False
    everyone: bool = False


class Group(Action):
    """Open the form of the group that people may name."""

    name: ClassVar[str] = "surveys.group"
    opens_form: ClassVar[bool] = True
    survey: str


class Grouped(Action):
    """The group, as typed."""

    name: ClassVar[str] = "surveys.grouped"
    survey: str
    words_ja: str = ""
    words_en: str = ""
    labels_ja: str = ""
    labels_en: str = ""


class Written(Action):
    """The whole survey as text."""

    name: ClassVar[str] = "surveys.text"
    survey: str


class Rewritten(Action):
    """The whole survey as text, as typed."""

    name: ClassVar[str] = "surveys.rewritten"
    survey: str
    text: str = ""


class Try(Action):
    """What a text would make, in one language on one surface, while it is being written."""

    name: ClassVar[str] = "surveys.try"
    survey: str
    text: str = ""
    language: str = "ja"
    surface: str = "portal"


class Preview(Action):
    """Open the form that members will see, as a try."""

    name: ClassVar[str] = "surveys.preview"
    opens_form: ClassVar[bool] = True
    survey: str
    language: str = "ja"


class Previewed(Action):
    """The form of a try, as sent: nothing of it is read."""

    name: ClassVar[str] = "surveys.previewed"


class Discard(Action):
    """Forget a draft."""

    name: ClassVar[str] = "surveys.discard"
    survey: str


# --- opening and stopping


class Review(Action):
    """Everything that is frozen by opening a draft, and what is still in the way."""

    name: ClassVar[str] = "surveys.review"
    survey: str


class Open(Action):
    """Open the last form before a survey is opened."""

    name: ClassVar[str] = "surveys.open"
    opens_form: ClassVar[bool] = True
    survey: str


class Opened(Action):
    """Open it; `channel` is where it is announced beside everybody's own messages."""

    name: ClassVar[str] = "surveys.opened"
    survey: str
    channel: str = "none"
    sure: bool = False


class Stop(Action):
    """Ask that a survey is stopped and destroyed."""

    name: ClassVar[str] = "surveys.stop"
    survey: str


class Agree(Action):
    """Agree to it, as a second person."""

    name: ClassVar[str] = "surveys.agree"
    survey: str


class GoOn(Action):
    """Take such a wish back, or turn it down."""

    name: ClassVar[str] = "surveys.go_on"
    survey: str


# --- trustees


class Trustees(Action):
    """Open the form that chooses the two."""

    name: ClassVar[str] = "surveys.trustees"
    opens_form: ClassVar[bool] = True
    survey: str


class Trusted(Action):
    """Who they are; the names are what was typed where there are too many people to choose from."""

    name: ClassVar[str] = "surveys.trusted"
    survey: str
    first: str = ""
    second: str = ""
    first_name: str = ""
    second_name: str = ""


class Entrust(Action):
    """A trustee opens the form of their passphrase."""

    name: ClassVar[str] = "surveys.entrust"
    opens_form: ClassVar[bool] = True
    survey: str


class Entrusted(Action):
    """A trustee's passphrase for a draft, typed twice."""

    name: ClassVar[str] = "surveys.entrusted"
    survey: str
    passphrase: str = ""
    again: str = ""


class Unlock(Action):
    """A trustee opens the form to type their passphrase after the last day."""

    name: ClassVar[str] = "surveys.unlock"
    opens_form: ClassVar[bool] = True
    survey: str


class Unlocked(Action):
    """A trustee's passphrase after the last day."""

    name: ClassVar[str] = "surveys.unlocked"
    survey: str
    passphrase: str = ""
