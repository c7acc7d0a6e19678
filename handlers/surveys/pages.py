"""The secretariat's pages of surveys: all of them, and each by itself.

Every part of this folder may lead back here: `listed(turn)` and `page(turn, survey_id)` are answers, with a note on top
where something was just done.  What can be done with a survey in one state is a line of `BUTTONS`.
"""

from collections.abc import Callable, Sequence

from bot.cards import Button, Piece, sentence
from bot.replies import Redraw
from handlers.surveys import cards, texts
from handlers.surveys.authoring import drafts, standing
from handlers.surveys.cards import Stand
from handlers.turn import Turn
from storage.closing import held
from storage.surveys import State, Survey, Surveys

BUTTONS: dict[State, list[Callable[[Turn, Survey], Sequence[Button]]]] = {state: [] for state in State}
"""What can be done with a survey in this state; each part of this folder adds its own."""


def surveys(turn: Turn) -> Surveys:
    """The surveys of whoever acts."""
    return Surveys(turn.work, turn.community.id)


def stands(turn: Turn, one: Survey) -> Stand:
    """How far a survey has come, as the secretariat may know it."""
    mine = surveys(turn)
    enough = one.state is State.OPEN and mine.look_in(one.id, mine.today())
    waits = held(one, turn.work.keys.surveys.get(one.id)) if one.state in {State.OPEN, State.SHUT} else None
    return Stand(one, enough=enough, waits=waits)


def listed(turn: Turn, note: str = "", start: int = 0) -> Redraw:
    """All surveys: drafts first, then by their last day, the newest first."""
    order = list(State)
    all_ = sorted(surveys(turn).all(), key=lambda one: order.index(one.state))
    shown = [stands(turn, one) for one in all_[start : start + cards.PAGE]]
    return Redraw(cards.listed(turn.reader, shown, start, len(all_), note))


def together(*parts: Callable[[Turn], Sequence[Piece]]) -> Callable[[Turn], Sequence[Piece]]:
    """The parts of a home page or a desk that several folders have, one after the other."""
    return lambda turn: [piece for part in parts for piece in part(turn)]


def page(turn: Turn, survey_id: str, note: str = "", start: int = 0) -> Redraw:
    """One survey; of a draft, its questions from the one number `start` on."""
    one = surveys(turn).get(survey_id)
    if one is None:
        return Redraw(sentence(turn.reader(texts.GONE)))
    if one.draft:
        return Redraw(drafts.card(turn, one, one.draft, note, max(0, start)))
    more, offered = standing.more(turn, one)
    buttons = [*offered, *(button for make in BUTTONS[one.state] for button in make(turn, one))]
    return Redraw(cards.page(turn.reader, stands(turn, one), more, buttons, note))
