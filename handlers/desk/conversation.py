"""`/enishi-admin` alone: what waits today, how many came how far, and the way to everything else."""

from bot.replies import Answer, Redraw, Whisper
from bot.router import Command, Router
from handlers.desk import actions, cards, rules, texts
from handlers.desk.funnel import counts
from handlers.turn import Turn
from storage.people import Area

OWN = {"desk", "help"}  # words that the desk does not offer, since it is there already

router: Router[Turn] = Router()


def _desk(turn: Turn) -> Answer:
    waiting = [pieces for part in turn.house.desk_parts if (pieces := part(turn))]
    numbers = counts(turn) if turn.may(Area.ROSTER) else {}
    funnel = cards.funnel(turn.reader, numbers, turn.community.preset.floor) if turn.may(Area.ROSTER) else []
    then = rules.following(numbers) if turn.may(Area.ROSTER) else rules.Next.REST
    mine = (one for one in turn.house.commands if one.admin and one.word not in OWN and turn.house.offers(turn, one))
    return Redraw(cards.desk(turn.reader, waiting, then, funnel, mine))


@router.asked(Command("desk", texts.DESK_COMMAND, also=("デスク", "机"), admin=True), supporters=True)
def desk(turn: Turn, _: str) -> Answer:
    """The desk."""
    return _desk(turn)


@router.pressed(actions.Open, desk=True, supporters=True)
def opened(turn: Turn, _: actions.Open) -> Answer:
    """The desk, from one of its pages."""
    return _desk(turn)


@router.pressed(actions.Do, desk=True, supporters=True)
def do(turn: Turn, wish: actions.Do) -> Answer:
    """A command by its button."""
    answer = turn.house.ask(turn, wish.words, admin=True)
    return Redraw(answer.card) if isinstance(answer, Whisper) else answer
