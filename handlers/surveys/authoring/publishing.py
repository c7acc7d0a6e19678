"""Opening a draft: everything that is frozen, everything that is in the way, and the last word."""

from collections.abc import Iterator, Mapping

from bot.actions import Action
from bot.address import Address
from bot.cards import Buttons, Card, Facts, Look, Piece, Text, button
from bot.replies import Answer, Form, Redraw
from bot.router import Router
from handlers.surveys import opening, pages
from handlers.surveys.actions import Page
from handlers.surveys.authoring import actions, announcing, cards, drafts, forms, rules, texts
from handlers.turn import Turn
from storage.people import Area
from storage.questions import (
    AUDIENCE_MIN,
    LASTS,
    OPTIONS_MAX,
    QUESTIONS_MAX,
    SEGMENT_MAX,
    Draft,
    Fault,
)
from storage.surveys import CannotOpen, Survey

OF_QUESTIONS = {Fault.TWICE, Fault.EMPTY, Fault.OPTIONS, Fault.AGAIN}
router: Router[Turn] = Router()


# --- what is in the way ----------------------------------------------------------------------------


def amiss(turn: Turn, one: Survey) -> dict[Fault, str]:
    """Why a draft may not be opened today, and of some faults the id of the question; empty: it may."""
    return opening.faults(drafts.surveys(turn), one)


def sentence_of(turn: Turn, draft: Draft, fault: Fault, question: str) -> str:
    """One fault in one sentence."""
    surveys = drafts.surveys(turn)
    return turn.reader(
        texts.FAULTS[fault],
        number=rules.number_of(draft, question),
        questions=QUESTIONS_MAX,
        options=OPTIONS_MAX,
        labels=SEGMENT_MAX,
        floor=draft.floor,
        least=max(AUDIENCE_MIN, 2 * draft.least),
        members=turn.community.preset.shown(surveys.members()),
        day=turn.reader.day(surveys.today() + LASTS),
    )


def _fix(survey: str, fault: Fault, question: str) -> Action:
    """Where a fault is mended."""
    if fault in OF_QUESTIONS:
        return actions.Ask(survey=survey, question=question)
    ways: Mapping[Fault, Action] = {
        Fault.UNTITLED: actions.Words(survey=survey),
        Fault.QUESTIONS: Page(survey=survey),
        Fault.SEGMENT: actions.Group(survey=survey),
        Fault.TRUSTEES: actions.Trustees(survey=survey),
    }
    return ways.get(fault, actions.Terms(survey=survey))


def _fix_label(turn: Turn, draft: Draft, fault: Fault, question: str) -> str:
    if fault in OF_QUESTIONS:
        return turn.reader(texts.FIX_QUESTION, number=rules.number_of(draft, question))
    labels = {
        Fault.UNTITLED: texts.EDIT_WORDS,
        Fault.QUESTIONS: texts.QUESTIONS,
        Fault.SEGMENT: texts.EDIT_GROUP,
        Fault.TRUSTEES: texts.EDIT_TRUSTEES,
    }
    return turn.reader(labels.get(fault, texts.EDIT_TERMS))


# --- the page before, and the last form ------------------------------------------------------------


def _facts(turn: Turn, one: Survey, draft: Draft) -> list[tuple[str, str]]:
    """Everything that is frozen, in at most ten facts."""
    asked = drafts.surveys(turn).members()
    return [
        (turn.reader(texts.ASKED_COUNT), turn.community.preset.shown(asked)),
        (turn.reader(texts.COUNT_QUESTIONS), turn.reader.number(len(draft.questions))),
        *cards.terms(turn.reader, draft, turn.community.zone, drafts.trustees(turn, one.id, draft)),
    ]


def _pieces(turn: Turn, one: Survey, draft: Draft, faults: Mapping[Fault, str]) -> Iterator[Piece]:
    reader = turn.reader
    yield Text(reader(texts.REVIEW_TITLE), Look.HEADING)
    yield Facts(tuple(_facts(turn, one, draft)))
    yield Text(reader(texts.FROZEN))
    if faults:
        yield Text(reader(texts.FAULTS_TITLE), Look.HEADING)
        yield Text("\n".join(f"・{sentence_of(turn, draft, *fault)}" for fault in faults.items()))
        fixes = {_fix_label(turn, draft, *fault): _fix(one.id, *fault) for fault in faults.items()}
        yield Buttons(tuple(button(label, press) for label, press in fixes.items()))
    elif told := turn.foreseen([member.id for member in turn.people.all()], announcing.ASKED, turn.now):
        yield Facts(tuple(told))


@router.pressed(actions.Review, desk=True, area=Area.CONTENT)
def review(turn: Turn, wish: actions.Review) -> Answer:
    """Everything that is frozen, and what is in the way."""
    return before(turn, wish.survey)


def before(turn: Turn, survey: str) -> Answer:
    """The page before a survey is opened."""
    one = drafts.surveys(turn).get(survey)
    if one is None or one.draft is None:
        return drafts.gone(turn)
    faults = amiss(turn, one)
    go = () if faults else (button(turn.reader(texts.OPEN), actions.Open(survey=one.id), Look.PRIMARY),)
    row = Buttons((*go, button(turn.reader(texts.BACK), Page(survey=one.id))))
    return Redraw(Card(turn.reader(texts.REVIEW_TITLE), (*_pieces(turn, one, one.draft, faults), row)))


def _channels(turn: Turn) -> dict[str, Address | None]:
    """Where it can be announced beside everybody's own messages."""
    where, digest = turn.event.where, str((turn.community.settings.get("checkins") or {}).get("channel", ""))
    found: dict[str, Address | None] = {"none": None}
    if where.room and not where.user and where.surface != drafts.PAGES:
        found["here"] = Address(where.surface, where.tenant, where.room)
    if digest and Address.parse(digest) != Address.board(turn.community.id):
        found["digest"] = Address.parse(digest)
    return found | {"board": Address.board(turn.community.id)}


@router.pressed(actions.Open, desk=True, area=Area.CONTENT)
def last_form(turn: Turn, wish: actions.Open) -> Form | Redraw:
    """Everything once more, and a tick."""
    one = drafts.surveys(turn).get(wish.survey)
    if one is None or one.draft is None:
        return drafts.gone(turn)
    return _form(turn, one, one.draft, {})


def _form(turn: Turn, one: Survey, draft: Draft, errors: Mapping[str, str]) -> Form:
    return forms.opening(turn.reader, one.id, _facts(turn, one, draft), list(_channels(turn)), errors)


@router.submitted(actions.Opened, desk=True, area=Area.CONTENT)
def opened(turn: Turn, typed: actions.Opened) -> Answer:
    """Freeze it, ask everybody, and have it announced."""
    surveys = drafts.surveys(turn)
    one = surveys.get(typed.survey)
    if one is None or one.draft is None:
        return drafts.gone(turn)
    channels = _channels(turn)
    errors = {} if typed.sure else {"sure": turn.reader(texts.OPEN_NOT_SURE)}
    if typed.channel not in channels:
        errors["channel"] = turn.reader(texts.BAD_CHOICE)
    faults = amiss(turn, one)
    errors |= {f"fault-{fault}": sentence_of(turn, one.draft, fault, question) for fault, question in faults.items()}
    if not errors:
        names = {member.id: member.name for member in turn.people.some(one.draft.trustees)}
        try:
            done = surveys.open(one.id, turn.me, [names.get(who, "") for who in one.draft.trustees])
        except CannotOpen as cannot:  # somebody left, or another was opened, just now
            errors = {
                f"fault-{fault}": sentence_of(turn, one.draft, fault, question)
                for fault, question in cannot.faults.items()
            }
        else:
            announcing.announce(turn.work, turn.community.id, done, channels[typed.channel])
            return pages.page(turn, done.id, turn.reader(texts.OPENED))
    return _form(turn, one, one.draft, errors)
