"""The published questions on the day: a list to tick off for whoever hosts, and a page for the screen in the room."""

from bot.replies import Answer, Redraw
from bot.router import Router
from bot.sheets import Sheet
from handlers.events.asking import cards_desk, moderating, rules
from handlers.events.asking import desk_actions as actions
from handlers.turn import Turn
from storage.asked import Asked, Question, State
from storage.asking import Rounds
from storage.events import Event, Events
from storage.events import State as EventState
from storage.people import Area, Member
from storage.work import Work

AGAIN_S = 20

router: Router[Turn] = Router()


def _in_order(work: Work, community: str, event: Event) -> list[Question]:
    """Those to answer, those that most want first; behind them those that are answered."""
    some = rules.ranked(Asked(work, community).all(event.id, State.SHOWN, State.ANSWERED))
    return sorted(some, key=lambda one: one.state is State.ANSWERED)


def _shown(turn: Turn, event: Event, start: int) -> Redraw:
    some = _in_order(turn.work, turn.community.id, event)
    start = start if 0 <= start < len(some) else 0
    return Redraw(cards_desk.host(turn.reader, event, some, start, screen=moderating.screen_of(turn, event)))


@router.pressed(actions.Host, desk=True, supporters=True)
def host(turn: Turn, wish: actions.Host) -> Answer:
    """The list, as it is now."""
    there = moderating.found(turn, wish.event)
    return there if isinstance(there, Redraw) else _shown(turn, there[0], wish.start)


@router.pressed(actions.Tick, desk=True, supporters=True)
def tick(turn: Turn, wish: actions.Tick) -> Answer:
    """It is answered, or is not after all; also when it is over, since hosts look through their list then."""
    there = moderating.found(turn, wish.event)
    if isinstance(there, Redraw):
        return there
    was, to = (State.SHOWN, State.ANSWERED) if wish.done else (State.ANSWERED, State.SHOWN)
    moderating.asked(turn).move(there[0].id, rules.id_of(wish.question), to, was)
    return _shown(turn, there[0], wish.start)


def sheet(work: Work, member: Member, event_id: str) -> Sheet | None:
    """The page for the room, which looks anew by itself; opened by whoever runs the event."""
    found, here = Events(work, member.community.id).get(event_id), Rounds(work, member.community.id).get(event_id)
    if found is None or here is None or found.state is not EventState.ANNOUNCED:
        return None
    if not (member.may(Area.CONTENT) or found.is_run_by(member.id)):
        return None
    some = _in_order(work, member.community.id, found)
    return Sheet(cards_desk.screen(member.reader, found, some), again_s=AGAIN_S, large=True)
