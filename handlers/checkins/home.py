"""The check-ins' part of a member's home page."""

from collections.abc import Sequence

from bot.cards import Buttons, Look, Piece, Text, button
from handlers.checkins import actions, cards, rules, texts
from handlers.turn import Turn
from storage.checkins import Audience, Checkins


def home(turn: Turn) -> Sequence[Piece]:
    """The member's last words, how often they are asked, and the latest digest."""
    reader, checkins = turn.reader, Checkins(turn.work, turn.community.id)
    today = reader.local(turn.now).date()
    pieces: list[Piece] = [Text(reader(texts.PROMPT_TITLE), Look.HEADING)]
    if last := checkins.told_by(turn.me.id, 1):
        day = reader.long_day(reader.local(last[0].told_at).date())
        kept = turn.event.lasting and last[0].audience is not Audience.EVERYONE
        words = Text(reader(texts.MINE_ELSEWHERE), Look.QUIET) if kept else Text(last[0].text, Look.QUOTE)
        pieces += [Text(reader(texts.HOME_LAST, day=day), Look.QUIET), words]
    else:
        pieces.append(Text(reader(texts.HOME_NONE)))
    row = [button(reader(texts.WRITE), actions.Write(), Look.PRIMARY)]
    if digest := checkins.latest_digest():
        row.append(button(reader(texts.HOME_DIGEST), actions.Read(digest=digest)))
    if turn.me.paused_until and turn.me.is_paused(today):
        pieces.append(Text(cards.paused(reader, turn.me.paused_until)))
        row.append(button(reader(texts.RESUME), actions.Resume()))
    else:
        habit = checkins.habit(turn.me.id)
        months = habit.months or rules.Settings.of(turn.community).months
        pieces.append(Text(reader(texts.OFTEN_NOW, count=months), Look.QUIET))
        row += [button(reader(texts.LESS), actions.Less()), button(reader(texts.PAUSE), actions.Pause())]
    return (*pieces, Buttons(tuple(row)))
