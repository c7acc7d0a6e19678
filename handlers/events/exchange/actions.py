"""Buttons and forms of the cards on which members say what they look for and can offer.

`card` is what a button calls somebody's card, see `storage.exchange.Exchange.key`; it leads to nobody elsewhere.
"""

from typing import ClassVar

from bot.actions import Action


class Cards(Action):
    """The cards that can be read, from number `start` on, those that say these words; or one's own."""

    name: ClassVar[str] = "events.cards"
    event: str
    start: int = 0
    words: str = ""


class WriteCard(Action):
    """Open the form of one's own card."""

    name: ClassVar[str] = "events.write_card"
    opens_form: ClassVar[bool] = True
    event: str


class CardWritten(Action):
    """The same, as typed; sending it agrees to who reads it."""

    name: ClassVar[str] = "events.card_written"
    event: str
    seeks: str = ""
    offers: str = ""
    reach: str = ""


class DropCard(Action):
    """Take one's own card back."""

    name: ClassVar[str] = "events.drop_card"
    event: str


class FindCards(Action):
    """Open the form that searches."""

    name: ClassVar[str] = "events.find_cards"
    opens_form: ClassVar[bool] = True
    event: str


class CardsFound(Action):
    """What to look for, as typed."""

    name: ClassVar[str] = "events.cards_found"
    event: str
    words: str = ""


class SeeCard(Action):
    """One card, and how it stands between the two."""

    name: ClassVar[str] = "events.see_card"
    event: str
    card: str


class Talk(Action):
    """Look at what somebody would read who is asked to talk; `sure`: ask them."""

    name: ClassVar[str] = "events.talk"
    event: str
    card: str
    sure: bool = False


class TakeTalk(Action):
    """Would not, after all."""

    name: ClassVar[str] = "events.take_talk"
    event: str
    card: str


class AnswerTalk(Action):
    """Would be glad to; or leave it, which nobody is told."""

    name: ClassVar[str] = "events.answer_talk"
    event: str
    card: str
    yes: bool = True


class Offer(Action):
    """Whoever runs the event: members can write cards, or cannot any more."""

    name: ClassVar[str] = "events.offer_cards"
    event: str
    on: bool = True
