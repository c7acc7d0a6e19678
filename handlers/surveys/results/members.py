"""Results for members: `/enishi survey results`, once the secretariat has shown them."""

from collections.abc import Sequence
from datetime import timedelta

from bot.cards import Card, Piece, sentence
from bot.replies import Answer, Redraw, Whisper
from bot.router import Router
from handlers.surveys.results import actions, cards, conversation, looking, texts
from handlers.turn import Turn

NEW = timedelta(days=30)  # so long results stand on the home page

router: Router[Turn] = Router()


def results(turn: Turn, _: str) -> Answer:
    """`results` after the members' word: all that they may see."""
    return Whisper(_all(turn, 0))


@router.pressed(actions.All)
def every(turn: Turn, wish: actions.All) -> Answer:
    """A page of them."""
    return Redraw(_all(turn, max(0, wish.start)))


def _all(turn: Turn, start: int) -> Card:
    ended = looking.ended(turn, desk=False)
    shown = ended[start : start + cards.LISTED]
    return cards.listed(turn.reader, shown, start, len(ended), looking.view(turn, None, desk=False))


@router.pressed(actions.See)
def see(turn: Turn, wish: actions.See) -> Answer:
    """One of them, for whoever asks alone."""
    return Whisper(_one(turn, wish.survey, 0))


@router.pressed(actions.Read)
def read(turn: Turn, wish: actions.Read) -> Answer:
    """A page of one."""
    return Redraw(_one(turn, wish.survey, wish.page))


def _one(turn: Turn, survey: str, number: int) -> Card:
    told = looking.found(turn, survey, desk=False)
    if told is None:
        return sentence(turn.reader(texts.NOT_THERE))
    return conversation.shown(turn, told, number, desk=False)


def home(turn: Turn) -> Sequence[Piece]:
    """What has been shown lately."""
    since = (turn.now - NEW).date()
    ended = looking.ended(turn, desk=False)
    return cards.home(turn.reader, [one for one in ended if one.shared_on and one.shared_on >= since][: cards.LISTED])
