"""What may stand on a lock screen, or in a calendar that others see: one guard for every title."""

from dataclasses import replace

from bot.cards import Card
from bot.language import Reader
from bot.texts import SHORT_NOTE
from storage.communities import Community


def discreet(text: str, here: Community, reader: Reader) -> str:
    """The text, or a neutral one where it holds a word of this community that nobody else should read."""
    return reader(SHORT_NOTE) if here.preset.gives_away(text) else text


def hushed(card: Card, here: Community, reader: Reader) -> Card:
    """The card, with a summary that may stand on a lock screen; the pieces are read by whoever opens it."""
    summary = discreet(card.summary, here, reader)
    return card if summary is card.summary else replace(card, summary=summary)
