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

    `fleeting`: it answers a form in the window or dialog that was sent, and stands in no message, since those are kept.
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
    """

    title: str
    submit: str
    submit_label: str
    fields: tuple[Field, ...]
    intro: tuple[Piece, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)


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
        return replace(answer, submit=actions.stamped(answer.submit, community))
    return replace(answer, card=cards.stamped(answer.card, community))


def illustrated(answer: "Answer", picture: Picture) -> "Answer":
    """The same answer, its charts with the address of their picture."""
    if isinstance(answer, Silence):
        return answer
    if isinstance(answer, Form):
        return replace(answer, intro=cards.illustrated(answer.intro, picture))
    return replace(answer, card=replace(answer.card, pieces=cards.illustrated(answer.card.pieces, picture)))


Answer = Reply | Whisper | Redraw | Form | Home | Silence
