"""The open surveys on a member's home page.

The lines are the same for everybody who was asked, before and after they answer: a home page is looked at over
shoulders, Slack keeps what was drawn there, and on Teams it is a message of the chat.  Where one stands is behind a
button, in a window.  From the first reminder on it is said here, too: to members of the portal alone, whose letters are
kept and which therefore gets none, this is the reminder.
"""

from collections.abc import Sequence

from bot.cards import Buttons, Look, Piece, Text, button
from handlers.surveys.answering import actions, shown, texts
from handlers.turn import Turn
from storage.ballots import Ballots

LINES = 3  # surveys with buttons of their own


def home(turn: Turn) -> Sequence[Piece]:
    """The surveys that are open to whoever looks; nothing when there are none."""
    reader = turn.reader
    surveys = Ballots(turn.work, turn.community.id).open_to(turn.me.id)
    if not surveys:
        return ()
    pieces: list[Piece] = [Text(reader(texts.HOME_TITLE), Look.HEADING)]
    for one in surveys[:LINES]:
        pieces.append(Text(shown.line(reader, one.promised)))
        if one.reminded_on:
            pieces.append(Text(reader(texts.HOME_REMINDER), Look.QUIET))
        pieces.append(Buttons(shown.answer(reader, one.promised)))
    return (*pieces, Buttons((button(reader(texts.BACK), actions.Mine()),)))
