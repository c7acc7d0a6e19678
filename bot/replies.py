"""What can be answered.  A handler returns exactly one of these; the surface draws it after the commit."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot import actions, cards
from bot.cards import Card, Field, Picture, Piece


@dataclass(frozen=True, slots=True)
class Reply:
    """Everybody in the room sees it."""

    card: Card


@dataclass(frozen=True, slots=True)
class Whisper:
    """Only the person who acted sees it: an ephemeral message, the one-to-one chat, or their own page.

    `fleeting`: it answers a form or a press in a window or dialog, and stands in no message, since those are kept.
    """

    card: Card
    fleeting: bool = False


@dataclass(frozen=True, slots=True)
class Redraw:
    """Takes the place of the card that was pressed or led to the form; where there is none, a whisper."""

    card: Card


@dataclass(frozen=True, slots=True)
class Form:
    """Asks for input.

    `submit` is a packed action; what is typed is added to it by field name.  `errors` maps field names to one sentence
    each; a form that answers a sent form shows them and keeps what was typed, which the handler puts back as values.

    `otherwise` is shown in a chat whose window cannot hold all of it: every question in full, and what may be typed
    into it, so that it can be shown once more with that.  Without it a form is shown as far as it fits.

    `preview` is a packed action that says what is being written here: while somebody types, a page asks it with what is
    there so far, and with a `language` and a `surface`; its answer, a form or a card, is shown beside this one.
    """

    title: str
    submit: str
    submit_label: str
    fields: tuple[Field, ...]
    intro: tuple[Piece, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
    otherwise: Card | None = None
    preview: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """The person's home page."""

    card: Card


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing to say: already done, or nothing concerns anybody."""


def stamped(answer: "Answer", community: str) -> "Answer":
    """The same answer, its buttons and form saying which community they belong to."""
    if isinstance(answer, Silence):
        return answer
    if isinstance(answer, Form):
        otherwise = answer.otherwise and cards.stamped(answer.otherwise, community)
        preview = answer.preview and actions.stamped(answer.preview, community)
        return replace(answer, submit=actions.stamped(answer.submit, community), otherwise=otherwise, preview=preview)
    return replace(answer, card=cards.stamped(answer.card, community))


def illustrated(answer: "Answer", picture: Picture) -> "Answer":
    """The same answer, its charts with the address of their picture."""
    if isinstance(answer, Silence):
        return answer
    if isinstance(answer, Form):
        return replace(answer, intro=cards.illustrated(answer.intro, picture))
    return replace(answer, card=replace(answer.card, pieces=cards.illustrated(answer.card.pieces, picture)))


Answer = Reply | Whisper | Redraw | Form | Home | Silence
