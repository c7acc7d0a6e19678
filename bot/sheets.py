"""Pages to print, or to leave open on a screen: a card, and codes that a phone's camera reads."""

from dataclasses import dataclass

from bot.cards import Card


@dataclass(frozen=True, slots=True)
class Scan:
    """A code beside what it is for; its address asks what the portal's shortcut `word` asks, with the code after it."""

    label: str
    word: str
    code: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page.  `again_s`: it looks anew every so many seconds; 0: it stays as it is.  `large`: read from afar.

    With `paper`, lines of which the first is its title, these are printed above the codes in place of the card.
    """

    card: Card
    paper: tuple[str, ...] = ()
    scans: tuple[Scan, ...] = ()
    again_s: int = 0
    large: bool = False
