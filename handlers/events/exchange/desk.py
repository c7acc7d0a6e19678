"""What whoever runs an event does about cards: offers them, and sees how many there are, never whose."""

from collections.abc import Sequence

from bot.cards import Buttons, Card, Facts, Look, Piece, Text, button
from bot.replies import Answer, Redraw
from bot.router import Router
from handlers.events import posting, running
from handlers.events.before import desk_actions
from handlers.events.before import texts as before_texts
from handlers.events.exchange import actions, slips, texts
from handlers.turn import Turn
from storage.events import Event
from storage.grouping import Grouping
from storage.presets import K

router: Router[Turn] = Router()


def section(turn: Turn, event: Event) -> Sequence[Piece]:
    """Cards, on the page of what is set up."""
    reader = turn.reader
    title = Text(reader(texts.TITLE), Look.HEADING)
    if not Grouping(turn.work, turn.community.id).get(event.id).exchange:
        row = button(reader(texts.DESK_OFFER), actions.Offer(event=event.id))
        return title, Text(reader(texts.DESK_OFF)), Buttons((row,))
    stop = actions.Offer(event=event.id, on=False)
    row = button(reader(texts.DESK_STOP), stop, Look.DANGER, reader(texts.DESK_STOP_SURE))
    facts = Facts(((reader(texts.DESK_COUNT), _count(turn, event)),))
    return title, Text(reader(texts.DESK_ON)), facts, Buttons((row,))


def _count(turn: Turn, event: Event) -> str:
    """How many can be read, if they are so many that none of them is picked out."""
    count, preset = len(slips.readable(turn.work, turn.community.id, event)), turn.community.preset
    least = max(K, preset.floor)
    return preset.shown(count) if count >= least else turn.reader(texts.DESK_FEW, count=least)


@router.pressed(actions.Offer, desk=True, supporters=True)
def offer(turn: Turn, wish: actions.Offer) -> Answer:
    """Members can write cards, or nobody reads them any more."""
    event = running.changing(turn, wish.event)
    if isinstance(event, Redraw):
        return event
    shelf, reader = Grouping(turn.work, turn.community.id), turn.reader
    shelf.set(event.id, shelf.hold(event.id).model_copy(update={"exchange": wish.on}))
    running.note(turn, "event.exchange", event.id)
    posting.revise(turn.work, turn.community.id, event.id)
    said = Text(reader(texts.DESK_OFFERED if wish.on else texts.DESK_STOPPED))
    back = button(reader(before_texts.TO_BEFORE), desk_actions.Before(event=event.id))
    return Redraw(Card(reader(texts.TITLE), (Text(reader(texts.TITLE), Look.HEADING), said, Buttons((back,)))))
