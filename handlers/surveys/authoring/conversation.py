"""Writing a survey: what to begin with, its questions, and what is promised."""

from datetime import timedelta

from bot import dates
from bot.cards import sentence
from bot.replies import Answer, Form, Redraw
from bot.router import Router
from handlers.surveys.authoring import actions, cards, drafts, forms, rules, texts
from handlers.surveys.authoring.templates import template
from handlers.turn import Turn
from storage.people import Area
from storage.questions import K_SENSITIVE, LASTS, QUESTIONS_MAX, Draft, K

router: Router[Turn] = Router()


# --- a new one -------------------------------------------------------------------------------------


def new(turn: Turn, words: str = "") -> Answer:
    """What to begin with; with the name of a survey that ships, a draft of it."""
    name = words.strip()
    return begin(turn, actions.Begin(source=f"template:{name}")) if template(name) else Redraw(cards.begin(turn.reader))


@router.pressed(actions.New, desk=True, area=Area.CONTENT)
def begin_with(turn: Turn, _: actions.New) -> Answer:
    """The same, from a button."""
    return new(turn)


@router.pressed(actions.Past, desk=True, area=Area.CONTENT)
def past(turn: Turn, _: actions.Past) -> Answer:
    """Earlier surveys."""
    return Redraw(cards.past(turn.reader, [one for one in drafts.surveys(turn).all() if one.whole]))


@router.pressed(actions.Begin, desk=True, area=Area.CONTENT)
def begin(turn: Turn, wish: actions.Begin) -> Answer:
    """A draft from a template, an earlier survey, or nothing."""
    kind, _, name = wish.source.partition(":")
    draft = drafts.blank(turn)
    if kind == "template":
        shipped = template(name)
        draft = shipped.onto(draft) if shipped else draft
    elif kind == "survey":
        earlier = drafts.surveys(turn).get(name)
        draft = drafts.copied(turn, earlier) if earlier and earlier.whole else draft
    survey = drafts.surveys(turn).write(draft)
    return drafts.page(turn, survey, turn.reader(texts.BEGUN))


@router.pressed(actions.Discard, desk=True, area=Area.CONTENT)
def discard(turn: Turn, wish: actions.Discard) -> Answer:
    """Forget a draft, and what its trustees had given."""
    if not drafts.surveys(turn).discard(wish.survey):
        return drafts.gone(turn)
    turn.work.keys.surveys.destroy(wish.survey)
    return Redraw(sentence(turn.reader(texts.DISCARDED)))


# --- questions -------------------------------------------------------------------------------------


@router.pressed(actions.Ask, desk=True, area=Area.CONTENT)
def ask(turn: Turn, wish: actions.Ask) -> Form | Redraw:
    """Open the form of a question."""
    draft = drafts.found(turn, wish.survey)
    if draft is None:
        return drafts.gone(turn)
    question = next((one for one in draft.questions if one.id == wish.question), None)
    if question is None and rules.is_full(draft):
        return Redraw(sentence(turn.reader(texts.FULL, most=QUESTIONS_MAX)))
    return forms.question(turn.reader, forms.asked(wish.survey, question), rules.number_of(draft, wish.question))


@router.submitted(actions.Asked, desk=True, area=Area.CONTENT)
def asked(turn: Turn, typed: actions.Asked) -> Answer:
    """Keep it, in its place or at the end."""
    draft = drafts.found(turn, typed.survey)
    if draft is None:
        return drafts.gone(turn)
    number = rules.number_of(draft, typed.question)
    if not number:
        typed = typed.model_copy(update={"question": ""})
        if rules.is_full(draft):
            return Redraw(sentence(turn.reader(texts.FULL, most=QUESTIONS_MAX)))
    question, errors = forms.read_question(turn.reader, typed, rules.fresh_id(draft))
    if question is None:
        return forms.question(turn.reader, typed, number, errors)
    return drafts.keep(turn, typed.survey, rules.with_question(draft, question))


@router.pressed(actions.Question, desk=True, area=Area.CONTENT)
def question(turn: Turn, wish: actions.Question) -> Answer:
    """One question."""
    return drafts.at_question(turn, wish.survey, wish.question)


@router.pressed(actions.Move, desk=True, area=Area.CONTENT)
def move(turn: Turn, wish: actions.Move) -> Answer:
    """Further up or down."""
    draft = drafts.found(turn, wish.survey)
    if draft is None or not drafts.surveys(turn).rewrite(wish.survey, rules.moved(draft, wish.question, wish.by)):
        return drafts.gone(turn)
    return drafts.at_question(turn, wish.survey, wish.question)


@router.pressed(actions.Remove, desk=True, area=Area.CONTENT)
def remove(turn: Turn, wish: actions.Remove) -> Answer:
    """Take it out."""
    draft = drafts.found(turn, wish.survey)
    if draft is None:
        return drafts.gone(turn)
    return drafts.keep(turn, wish.survey, rules.without(draft, wish.question), turn.reader(texts.REMOVED))


# --- title, promise, group -------------------------------------------------------------------------


@router.pressed(actions.Words, desk=True, area=Area.CONTENT)
def words(turn: Turn, wish: actions.Words) -> Form | Redraw:
    """Open the form of title and introduction."""
    draft = drafts.found(turn, wish.survey)
    return forms.words(turn.reader, forms.worded(wish.survey, draft)) if draft else drafts.gone(turn)


@router.submitted(actions.Worded, desk=True, area=Area.CONTENT)
def worded(turn: Turn, typed: actions.Worded) -> Answer:
    """Keep them."""
    draft = drafts.found(turn, typed.survey)
    if draft is None:
        return drafts.gone(turn)
    changed, errors = forms.read_words(turn.reader, typed, draft)
    return drafts.keep(turn, typed.survey, changed) if changed else forms.words(turn.reader, typed, errors)


@router.pressed(actions.Terms, desk=True, area=Area.CONTENT)
def terms(turn: Turn, wish: actions.Terms) -> Form | Redraw:
    """Open the form of what is promised."""
    draft = drafts.found(turn, wish.survey)
    if draft is None:
        return drafts.gone(turn)
    return forms.terms(turn.reader, forms.termed(wish.survey, draft), turn.community.zone)


@router.submitted(actions.Termed, desk=True, area=Area.CONTENT)
def termed(turn: Turn, typed: actions.Termed) -> Answer:
    """Keep it, and say the last day as it was understood."""
    draft = drafts.found(turn, typed.survey)
    if draft is None:
        return drafts.gone(turn)
    changed, errors = _promised(turn, typed, draft)
    if changed is None:
        return forms.terms(turn.reader, typed, turn.community.zone, errors)
    day = turn.reader(texts.DAY_SAVED, day=turn.reader.day(changed.closes_on), zone=turn.community.zone)
    return drafts.keep(turn, typed.survey, changed, day)


def _promised(turn: Turn, typed: actions.Termed, draft: Draft) -> tuple[Draft | None, dict[str, str]]:
    """The draft under these terms, or what is amiss, by field."""
    reader, today = turn.reader, drafts.surveys(turn).today()
    errors: dict[str, str] = {}
    day = dates.read(typed.closes, turn.now, turn.community.zone, language=reader.language, want=dates.Want.DAY)
    if isinstance(day, dates.Unclear):
        errors["closes"] = day.sentence(reader)
    elif not timedelta() < day.day - today <= LASTS:
        errors["closes"] = reader(texts.BAD_DAY, day=reader.day(today + LASTS))
    floor = K_SENSITIVE if typed.sensitive else K
    k = rules.number_in(typed.k, floor, 1000) if typed.k.strip() else 0
    if k is None:
        errors["k"] = reader(texts.BAD_K, least=floor)
    readers = rules.words(typed.readers_ja, typed.readers_en)
    if rules.too_long(readers, rules.READERS_MAX):
        errors["readers_ja"] = reader(texts.BAD_LONG, most=rules.READERS_MAX)
    if errors or isinstance(day, dates.Unclear) or k is None:
        return None, errors
    everyone = typed.everyone or (typed.sensitive and not draft.sensitive)  # where that is safest, unless changed again
    told = {"closes_on": day.day, "readers": readers, "k": k, "sensitive": typed.sensitive, "remind_everyone": everyone}
    told |= {} if typed.sensitive else {"trustees": ()}
    return draft.model_copy(update=told), {}


@router.pressed(actions.Group, desk=True, area=Area.CONTENT)
def group(turn: Turn, wish: actions.Group) -> Form | Redraw:
    """Open the form of the group."""
    draft = drafts.found(turn, wish.survey)
    return forms.group(turn.reader, forms.grouped(wish.survey, draft)) if draft else drafts.gone(turn)


@router.submitted(actions.Grouped, desk=True, area=Area.CONTENT)
def grouped(turn: Turn, typed: actions.Grouped) -> Answer:
    """Keep it."""
    draft = drafts.found(turn, typed.survey)
    if draft is None:
        return drafts.gone(turn)
    changed, errors = forms.read_group(turn.reader, typed, draft)
    return drafts.keep(turn, typed.survey, changed) if changed else forms.group(turn.reader, typed, errors)
