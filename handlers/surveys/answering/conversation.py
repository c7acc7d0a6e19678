"""What members say to and of a sealed survey, and what we answer.

All of it is `untraced`.  What is told to one member alone is told in a window: where a chat keeps every message, a card
holds only buttons, which are the same for everybody who was asked.
"""

import unicodedata

from bot.cards import Button, Card
from bot.codes import plain
from bot.replies import Answer, Form, Whisper
from bot.router import Command, Router, first_word
from handlers import hints
from handlers.surveys.answering import actions, cards, promise, reading, shown, texts
from handlers.surveys.answering.cards import Again
from handlers.surveys.answering.promise import PAPER, Place
from handlers.surveys.answering.reading import Read
from handlers.surveys.answering.shown import Proof
from handlers.surveys.results import members
from handlers.turn import Turn
from storage.ballots import Ballots, Refused
from storage.boxes import CODE_LENGTH
from storage.doors import Doors
from storage.questions import BadAnswer, Manifest
from storage.surveys import State, Survey, Surveys

router: Router[Turn] = Router()
REFUSED = {
    Refused.CLOSED: texts.CLOSED,
    Refused.NOT_ASKED: texts.NOT_ASKED,
    Refused.NO_KEY: texts.NO_KEY,
    Refused.CHANGED: texts.CHANGED,
}
CHECK, PROVE, PROMISE, RESULTS = ("check", "確認"), ("prove", "証明"), ("promise", "約束"), ("results", "結果")


def place(turn: Turn) -> Place:
    """Where this turn is."""
    page = turn.house.paper(PAPER) if turn.house.paper else ""
    return Place(turn.event.where.surface, turn.community.name, page)


def _ballots(turn: Turn) -> Ballots:
    return Ballots(turn.work, turn.community.id)


def _get(turn: Turn, survey_id: str) -> Survey | None:
    found = Surveys(turn.work, turn.community.id).get(survey_id)
    return found if found and found.manifest else None


def _alone(card: Card) -> Whisper:
    """For their eyes, in a window that keeps nothing."""
    return Whisper(card, fleeting=True)


def _in_window(turn: Turn, card: Card, way: Button) -> Whisper:
    """What was asked for by typing: where that is kept, the way to a window instead."""
    if turn.event.lasting:
        return Whisper(shown.said(turn.reader, turn.reader(texts.WINDOW), way))
    return _alone(card)


# --- my surveys ------------------------------------------------------------------------------------


@router.asked(
    Command("survey", texts.COMMAND, also=("アンケート", "surveys"), hint="[check | prove | promise | results]"),
    untraced=True,
)
def survey(turn: Turn, words: str) -> Answer:
    """My open surveys, or what the first word says."""
    first, rest = first_word(words)
    if first in CHECK:
        return _checked(turn, rest) if rest else shown.check(turn.reader)
    if first in PROVE:
        way = shown.window(turn.reader(texts.PROVE), actions.Prove())
        return _in_window(turn, _proof(turn), way)
    if first in PROMISE:
        return _promised(turn)
    if first in RESULTS:
        return members.results(turn, rest)
    return _mine(turn)


@router.pressed(actions.Mine, untraced=True)
def mine(turn: Turn, _: actions.Mine) -> Answer:
    """The same, by a button."""
    return _mine(turn)


def _mine(turn: Turn) -> Whisper:
    open_ = [one.promised for one in _ballots(turn).open_to(turn.me.id)]
    return Whisper(shown.mine(turn.reader, open_, place(turn).page))


@router.pressed(actions.Stand, untraced=True)
def stand(turn: Turn, wish: actions.Stand) -> Whisper:
    """Whether I have answered."""
    answered, found = _ballots(turn).stands(wish.survey, turn.me.id), _get(turn, wish.survey)
    if isinstance(answered, Refused) or found is None:
        return _refused(turn, answered if isinstance(answered, Refused) else Refused.CLOSED)
    return _alone(shown.stand(turn.reader, found.promised, answered=answered))


# --- answering -------------------------------------------------------------------------------------


@router.pressed(actions.Open, untraced=True)
def open_(turn: Turn, wish: actions.Open) -> Form | Whisper:
    """The form, always empty: the box cannot be looked into."""
    answered, found = _ballots(turn).stands(wish.survey, turn.me.id), _get(turn, wish.survey)
    if isinstance(answered, Refused) or found is None:
        return _refused(turn, answered if isinstance(answered, Refused) else Refused.CLOSED)
    return cards.asked(turn.reader, found.promised, place(turn))


@router.submitted(actions.Send, untraced=True)
def send(turn: Turn, sent: actions.Send) -> Answer:
    """Sealed, unless something does not fit, or may tell who wrote it and has not been shown yet."""
    answered, found = _ballots(turn).stands(sent.survey, turn.me.id), _get(turn, sent.survey)
    if isinstance(answered, Refused) or found is None:
        return _refused(turn, answered if isinstance(answered, Refused) else Refused.CLOSED)
    asked = found.promised
    read = reading.read(asked, sent.typed)
    if not read.fits:
        return cards.asked(turn.reader, asked, place(turn), Again(read, _errors(turn, read)))
    if not sent.sure and (seen := hints.hints(read.texts.values(), _names(turn))):
        return cards.asked(turn.reader, asked, place(turn), Again(read, hints=seen))
    return _sealed(turn, asked, read)


def _sealed(turn: Turn, asked: Manifest, read: Read) -> Answer:
    try:
        taken = _ballots(turn).cast(asked.survey, turn.me.id, read.answer, turn.event.key)
    except BadAnswer:  # what fits each question fits the box: said all the same, as this must not end in a log
        return cards.asked(turn.reader, asked, place(turn), Again(read, {"": turn.reader(texts.CHECK_ANSWERS)}))
    if isinstance(taken, Refused):
        return _refused(turn, taken)
    return _alone(cards.taken(turn.reader, asked, taken.code))


def _errors(turn: Turn, read: Read) -> dict[str, str]:
    reader = turn.reader
    too_long = {name: reader(texts.TOO_LONG, most=reader.number(most)) for name, most in read.too_long.items()}
    return {**too_long, **dict.fromkeys(read.unknown, reader(texts.NOT_OFFERED))}


def _names(turn: Turn) -> tuple[str, ...]:
    """What the author is called here, and by the platform."""
    return tuple(filter(None, {turn.me.name, turn.event.who.name}))


def _refused(turn: Turn, why: Refused) -> Whisper:
    return _alone(shown.said(turn.reader, turn.reader(REFUSED[why])))


@router.pressed(actions.Withdraw, untraced=True)
def withdraw(turn: Turn, wish: actions.Withdraw) -> Answer:
    """Take my answer back."""
    gone, found = _ballots(turn).withdraw(wish.survey, turn.me.id), _get(turn, wish.survey)
    if isinstance(gone, Refused) or found is None:
        return _refused(turn, gone if isinstance(gone, Refused) else Refused.CLOSED)
    day = turn.reader.day(found.promised.closes_on)
    return _alone(shown.said(turn.reader, turn.reader(texts.WITHDRAWN if gone else texts.NOTHING_THERE, day=day)))


@router.pressed(actions.Elsewhere, untraced=True)
def elsewhere(turn: Turn, _: actions.Elsewhere) -> Answer:
    """The way to one's own page; the same door as after `/enishi portal`, which says nothing of surveys."""
    url = turn.house.link(Doors(turn.work, turn.community.id).invite(turn.me.id)) if turn.house.link else ""
    return _alone(cards.elsewhere(turn.reader, url))


# --- looking it up ---------------------------------------------------------------------------------


@router.pressed(actions.Check, untraced=True)
def check(turn: Turn, _: actions.Check) -> Form:
    """Where the code is typed."""
    return shown.check(turn.reader)


@router.submitted(actions.Code, untraced=True)
def code(turn: Turn, typed: actions.Code) -> Answer:
    """Whether it counts."""
    if len(_code(typed.code)) != CODE_LENGTH:
        return shown.check(turn.reader, typed.code, shown.code_needed(turn.reader))
    return _looked_up(turn, typed.code)


def _checked(turn: Turn, typed: str) -> Answer:
    way = shown.window(turn.reader(texts.CHECK), actions.Check())
    if turn.event.lasting:
        return Whisper(shown.said(turn.reader, turn.reader(texts.WINDOW), way))
    if len(_code(typed)) != CODE_LENGTH:
        return shown.check(turn.reader, typed, shown.code_needed(turn.reader))
    return _looked_up(turn, typed)


def _code(typed: str) -> str:
    """A code as compared: full-width letters, blanks, dashes and case make no difference."""
    return plain(unicodedata.normalize("NFKC", typed))


def _looked_up(turn: Turn, typed: str) -> Whisper:
    surveys = Surveys(turn.work, turn.community.id)
    counted = (one for one in surveys.all(State.CLOSED) if one.manifest and _ballots(turn).counts(one.id, _code(typed)))
    found = next(counted, None)
    waiting = [one.promised for one in surveys.all(State.OPEN, State.SHUT) if one.manifest]
    return _alone(shown.checked(turn.reader, found.promised if found else None, waiting))


@router.pressed(actions.Prove, untraced=True)
def prove(turn: Turn, _: actions.Prove) -> Answer:
    """Everything that is stored under my tags."""
    return _alone(_proof(turn))


def _proof(turn: Turn) -> Card:
    ballots = _ballots(turn)
    open_ = Surveys(turn.work, turn.community.id).all(State.OPEN)
    proofs = [Proof(one.manifest, ballots.prove(one.id, turn.me.id)) for one in open_ if one.manifest]
    return shown.proof(turn.reader, proofs)


@router.pressed(actions.Promise, untraced=True)
def promise_(turn: Turn, _: actions.Promise) -> Answer:
    """What is promised."""
    return _promised(turn)


def _promised(turn: Turn) -> Whisper:
    """Of the survey that is open to me, if it is one; else of all of them."""
    open_ = _ballots(turn).open_to(turn.me.id)
    if len(open_) == 1:
        return _alone(promise.whole(turn.reader, open_[0].promised, place(turn)))
    return _alone(promise.paper(turn.reader))
