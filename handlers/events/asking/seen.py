"""What an event's card says of questions without a name."""

from collections.abc import Sequence

from bot.cards import Buttons, Look, Piece, Text, button
from handlers.events.asking import actions, rules, texts
from storage.asked import Asked, State
from storage.asking import Rounds
from storage.events import Event
from storage.events import State as EventState
from storage.people import Member
from storage.work import Work

SHOWN = 20  # answered ones below a past event


def below(work: Work, event: Event, member: Member) -> Sequence[Piece]:
    """The way to ask and to read; once it is over, the answered ones, if whoever runs it chose so."""
    community, reader = member.community.id, member.reader
    here = Rounds(work, community).get(event.id)
    if here is None or event.state is not EventState.ANNOUNCED:
        return ()
    if here.over or event.ends_at <= work.now:
        told = Asked(work, community).all(event.id, State.ANSWERED) if here.shared else []
        lines = [Text(one.words, Look.QUOTE) for one in rules.ranked(told)[:SHOWN]]
        return (Text(reader(texts.PAST)), *lines) if lines else ()
    asks = rules.following(event.parts, work.now) is not None
    row = [button(reader(texts.ASK), actions.Ask(event=event.id))] if asks else []
    row.append(button(reader(texts.READ), actions.Questions(event=event.id)))
    return Text(reader(texts.BELOW)), Buttons(tuple(row))
