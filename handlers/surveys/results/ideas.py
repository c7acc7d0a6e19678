"""A text or an option of a result is kept as an idea, by the secretariat."""

from bot.replies import Answer, Form, Redraw
from bot.router import Router
from handlers.surveys.results import actions, cards, conversation, looking, texts
from handlers.turn import Turn
from storage.ideas import Ideas, Kind
from storage.people import Area
from storage.questions import worded

router: Router[Turn] = Router()


def _ideas(turn: Turn) -> Ideas:
    return Ideas(turn.work, turn.community.id)


@router.pressed(actions.Keep, desk=True, area=Area.CONTENT)
def keep(turn: Turn, wish: actions.Keep) -> Answer:
    """A text, as it stands now."""
    told = looking.found(turn, wish.survey, desk=True)
    text = told.text(wish.question, wish.text) if told else None
    if told is None or text is None or wish.kind not in set(Kind):
        return conversation.page(turn, wish.survey, wish.page)
    _ideas(turn).keep(Kind(wish.kind), text.body, wish.survey)
    looking.note(turn, wish.survey)
    note = turn.reader(texts.IDEA_KEPT[wish.kind])
    return Redraw(conversation.shown(turn, told, wish.page, desk=True, note=note))


@router.pressed(actions.KeepOption, desk=True, area=Area.CONTENT)
def keep_option(turn: Turn, wish: actions.KeepOption) -> Form | Redraw:
    """The form for an option of a page."""
    told = looking.found(turn, wish.survey, desk=True)
    if told is None or not 0 < wish.page <= len(told.pages) or not cards.offered(turn.reader, told, wish.page):
        return conversation.page(turn, wish.survey, wish.page)
    return cards.keep_option(turn.reader, told, actions.KeptOption(survey=wish.survey, page=wish.page))


@router.submitted(actions.KeptOption, desk=True, area=Area.CONTENT)
def kept_option(turn: Turn, typed: actions.KeptOption) -> Answer:
    """Keep it, in the words of whoever keeps it."""
    told = looking.found(turn, typed.survey, desk=True)
    if told is None or not 0 < typed.page <= len(told.pages):
        return conversation.page(turn, typed.survey, typed.page)
    known = dict(cards.offered(turn.reader, told, typed.page))
    chosen = (("option", typed.option in known), ("kind", typed.kind in texts.IDEA_KINDS))
    errors = {name: turn.reader(texts.IDEA_WRONG) for name, fits in chosen if not fits}
    if errors:
        return cards.keep_option(turn.reader, told, typed, errors)
    question_id, _, place = typed.option.rpartition(":")
    question = next(one for one in told.pages[typed.page - 1].questions if one.id == question_id)
    language = turn.reader.language
    words = worded(question.options[int(place)], language)
    _ideas(turn).keep(Kind(typed.kind), words, typed.survey, language)
    note = turn.reader(texts.IDEA_KEPT[typed.kind])
    return Redraw(conversation.shown(turn, told, typed.page, desk=True, note=note))


@router.pressed(actions.Ideas, desk=True, area=Area.CONTENT)
def ideas(turn: Turn, _: actions.Ideas) -> Answer:
    """What waits."""
    return _page(turn)


@router.pressed(actions.Drop, desk=True, area=Area.CONTENT)
def drop(turn: Turn, wish: actions.Drop) -> Answer:
    """Throw one away."""
    _ideas(turn).done(wish.idea)
    return _page(turn, turn.reader(texts.IDEA_DROPPED))


def _page(turn: Turn, note: str = "") -> Redraw:
    return Redraw(cards.ideas(turn.reader, _ideas(turn).waiting()[::-1], note))
