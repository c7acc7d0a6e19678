"""Stopping a survey for good: two of the secretariat agree, and everything is destroyed unread.

There is no early close: whoever chose its moment could choose whose answer is the last.
"""

from functools import partial

from bot.cards import sentence
from bot.replies import Answer, Redraw
from bot.router import Router
from handlers.surveys import pages
from handlers.surveys.authoring import actions, texts
from handlers.turn import Turn
from storage import closing
from storage.audit import Audit
from storage.closing import Held, held
from storage.errands import Errand
from storage.people import Area, Member, Role
from storage.stops import Stops
from storage.surveys import State, Survey
from storage.work import Work

router: Router[Turn] = Router()


def stops(turn: Turn) -> Stops:
    """The wishes of whoever acts and the others."""
    return Stops(turn.work, turn.community.id)


def _stoppable(turn: Turn, survey: str) -> Survey | None:
    one = pages.surveys(turn).get(survey)
    return one if one and one.state in {State.OPEN, State.SHUT} else None


def alone(turn: Turn) -> bool:
    """Whether nobody else could agree."""
    return sum(one.may(Area.CONTENT) for one in turn.people.with_role(Role.OWNER, Role.SECRETARIAT)) < 2  # noqa: PLR2004 - one asks, one agrees


def lost(turn: Turn, one: Survey) -> bool:
    """Whether nothing of it can be read any more anyway."""
    return held(one, turn.work.keys.surveys.get(one.id)) in {Held.CHANGED, Held.NO_KEY}


@router.pressed(actions.Stop, desk=True, area=Area.CONTENT)
def stop(turn: Turn, wish: actions.Stop) -> Answer:
    """Ask for it; the only one there is may do it alone where nothing can be read anyway."""
    one = _stoppable(turn, wish.survey)
    if one is None:
        return pages.page(turn, wish.survey, turn.reader(texts.STOP_NOTHING))
    if alone(turn):
        if lost(turn, one):
            return _begin(turn, one.id)
        return pages.page(turn, one.id, turn.reader(texts.STOP_ALONE))
    if stops(turn).ask(one.id, turn.me.id):
        Audit(turn.work, turn.community.id).record(turn.me, "survey.stop_asked", one.id)
        return pages.page(turn, one.id, turn.reader(texts.STOP_ASKED))
    return pages.page(turn, one.id)


@router.pressed(actions.Agree, desk=True, area=Area.CONTENT)
def agree(turn: Turn, wish: actions.Agree) -> Answer:
    """A second person agrees; nobody agrees to their own wish."""
    asked = stops(turn).get(wish.survey)
    if _stoppable(turn, wish.survey) is None or asked is None:
        return pages.page(turn, wish.survey, turn.reader(texts.STOP_NOTHING))
    if asked.member == turn.me.id:
        return pages.page(turn, wish.survey)
    return _begin(turn, wish.survey)


@router.pressed(actions.GoOn, desk=True, area=Area.CONTENT)
def go_on(turn: Turn, wish: actions.GoOn) -> Answer:
    """It goes on."""
    stops(turn).drop(wish.survey)
    return pages.page(turn, wish.survey, turn.reader(texts.STOP_KEPT))


def _begin(turn: Turn, survey: str) -> Answer:
    return turn.later(_stopping(turn, survey), Redraw(sentence(turn.reader(texts.STOP_SOON))))


def _stopping(turn: Turn, survey: str) -> Errand[Answer]:
    ended = yield from closing.stop(turn.community.id, survey, partial(_note, turn.me, survey))
    return Redraw(sentence(turn.reader(texts.STOP_DONE if ended else texts.STOP_NOTHING)))


def _note(me: Member, survey: str, work: Work) -> None:
    """In the transaction that ends it."""
    Stops(work, me.community.id).drop(survey)
    Audit(work, me.community.id).record(me, "survey.stopped", survey)
