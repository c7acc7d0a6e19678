"""Named polls on a member's home page."""

from collections.abc import Sequence

from bot.cards import Look, Piece, Text
from handlers.polls import cards, texts
from handlers.polls.conversation import polls, shows_now
from handlers.turn import Turn
from storage.polls import State

MOST = 3  # open ones, and as many results


def home(turn: Turn) -> Sequence[Piece]:
    """What can be answered, and how the latest ended; nothing when there is nothing."""
    there = polls(turn)
    ended = [one for one in there.all(State.CLOSED, limit=MOST) if shows_now(turn, one)]
    found = [*there.all(State.OPEN, limit=MOST), *ended]
    if not found:
        return []
    pieces: list[Piece] = [Text(turn.reader(texts.MINE_TITLE), Look.HEADING)]
    for one in found:
        pieces += cards.row(turn.reader, one, answered=bool(there.picked(one.id, turn.me.id)))
    return pieces
