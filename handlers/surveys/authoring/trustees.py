"""The two whose passphrases open a sensitive survey: chosen, asked, and asked again after the last day.

What a trustee types is stretched beside any transaction, leaves no trace, and is kept by nobody.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import partial

from bot.actions import pack
from bot.cards import Choice, Text, TextInput, sentence
from bot.language import Reader, Sentence
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Router, plain
from handlers.surveys.authoring import actions, announcing, drafts, texts
from handlers.turn import Turn
from storage import closing
from storage.boxes import PASSPHRASE_MIN, Half
from storage.closing import Unlocked
from storage.errands import Errand
from storage.people import NAME_MAX, Area, Member
from storage.questions import Draft
from storage.surveys import State, Survey, Surveys
from storage.trustees import missing
from storage.work import Work

MOST = 100  # people that one choice may hold
PASSPHRASE_MAX = 200
SAID = {
    Unlocked.DONE: texts.UNLOCK_DONE,
    Unlocked.ANOTHER: texts.UNLOCK_ANOTHER,
    Unlocked.NOT_NOW: texts.NO_TRUSTEE,
}
router: Router[Turn] = Router()


# --- choosing them ---------------------------------------------------------------------------------


def _visible(turn: Turn) -> list[Member]:
    return sorted((one for one in turn.people.all() if one.is_seen_by(turn.me)), key=lambda one: one.name)


def _labels(people: Sequence[Member]) -> tuple[tuple[str, str], ...]:
    """People by name, two of one name told apart."""
    names = [one.name for one in people]
    return tuple((one.id, one.name + (f" · {one.id[:4]}" if names.count(one.name) > 1 else "")) for one in people)


def _form(
    reader: Reader, typed: actions.Trusted, people: Sequence[Member], errors: Mapping[str, str] | None = None
) -> Form:
    """A choice of people, or where they are too many, names to type."""
    labels = {"first": texts.FIRST, "second": texts.SECOND}
    fields: list[Choice | TextInput] = []
    for name, label in labels.items():
        if len(people) <= MOST:
            fields.append(Choice(name, reader(label), _labels(people), getattr(typed, name)))
        else:
            told = getattr(typed, f"{name}_name")
            hint = reader(texts.NAME_HINT)
            fields.append(TextInput(f"{name}_name", reader(label), told, hint, max_length=NAME_MAX))
    submit, what = pack(actions.Trusted(survey=typed.survey)), (Text(reader(texts.TRUSTEES_WHAT)),)
    return Form(reader(texts.EDIT_TRUSTEES), submit, reader(texts.SAVE), tuple(fields), what, errors or {})


@router.pressed(actions.Trustees, desk=True, area=Area.CONTENT)
def choose(turn: Turn, wish: actions.Trustees) -> Form | Redraw:
    """Open the form."""
    draft = drafts.found(turn, wish.survey)
    if draft is None:
        return drafts.gone(turn)
    if not draft.sensitive:
        return Redraw(sentence(turn.reader(texts.NOT_SENSITIVE)))
    first, second = (*draft.trustees, "", "")[:2]
    return _form(turn.reader, actions.Trusted(survey=wish.survey, first=first, second=second), _visible(turn))


@router.submitted(actions.Trusted, desk=True, area=Area.CONTENT)
def chosen(turn: Turn, typed: actions.Trusted) -> Answer:
    """Keep them, and ask whoever has given no passphrase yet."""
    draft = drafts.found(turn, typed.survey)
    if draft is None or not draft.sensitive:
        return drafts.gone(turn)
    people = _visible(turn)
    meant = {side: _meant(people, typed, side) for side in ("first", "second")}
    several = list(dict.fromkeys(one for found in meant.values() for one in found))
    errors = {}
    for side, found in meant.items():
        at = side if len(people) <= MOST or len(found) > 1 else f"{side}_name"
        if len(found) != 1:
            errors[at] = turn.reader(texts.BAD_SEVERAL if found else texts.BAD_NAME)
    if not errors and meant["first"] == meant["second"]:
        errors["second" if len(people) <= MOST else "second_name"] = turn.reader(texts.BAD_SAME)
    if errors:
        ambiguous = any(len(found) > 1 for found in meant.values()) and len(several) <= MOST
        return _form(turn.reader, typed, several if ambiguous else people, errors)
    two = (meant["first"][0].id, meant["second"][0].id)
    changed = draft.model_copy(update={"trustees": two})
    answer = drafts.keep(turn, typed.survey, changed, turn.reader(texts.TRUSTEES_ASKED))
    given = drafts.surveys(turn).trusting(typed.survey)
    announcing.ask_trustees(turn.work, turn.community.id, typed.survey, [who for who in two if who not in given])
    return answer


def _meant(people: Sequence[Member], typed: actions.Trusted, side: str) -> list[Member]:
    """Whom one side of the form names."""
    id_, name = getattr(typed, side), plain(getattr(typed, f"{side}_name"))
    if id_:
        return [one for one in people if one.id == id_]
    return [one for one in people if name and plain(one.name) == name]


# --- their passphrase ------------------------------------------------------------------------------


def told(passphrase: str) -> str:
    """A passphrase as it is used: the same from every keyboard."""
    return unicodedata.normalize("NFKC", passphrase).strip()


def waiting(turn: Turn) -> list[tuple[Survey, Draft]]:
    """The drafts for which whoever acts has been asked for a passphrase, given or not."""
    mine = drafts.surveys(turn).all(State.DRAFT)
    return [(one, one.draft) for one in mine if one.draft and turn.me.id in one.draft.trustees]


def to_open(turn: Turn) -> list[Survey]:
    """The surveys that wait for the passphrase of whoever acts."""
    shut = drafts.surveys(turn).all(State.SHUT)
    return [one for one in shut if one.whole and turn.me.id in missing(turn.work, one)]


def _passphrase(reader: Reader, survey: str, errors: Mapping[str, str] | None = None) -> Form:
    hint = reader(texts.PASSPHRASE_HINT, least=PASSPHRASE_MIN)
    fields = (
        TextInput("passphrase", reader(texts.PASSPHRASE), hint=hint, max_length=PASSPHRASE_MAX, secret=True),
        TextInput("again", reader(texts.PASSPHRASE_AGAIN), max_length=PASSPHRASE_MAX, secret=True),
    )
    submit, care = pack(actions.Entrusted(survey=survey)), (Text(reader(texts.TRUSTEE_CARE)),)
    return Form(reader(texts.PASSPHRASE_TITLE), submit, reader(texts.SAVE), fields, care, errors or {})


def _not_needed(turn: Turn) -> Whisper:
    return Whisper(sentence(turn.reader(texts.NO_TRUSTEE)), fleeting=True)


@router.pressed(actions.Entrust, untraced=True)
def entrust(turn: Turn, wish: actions.Entrust) -> Form | Whisper:
    """Open the form, for a trustee of this draft."""
    asked = any(one.id == wish.survey for one, _ in waiting(turn))
    return _passphrase(turn.reader, wish.survey) if asked else _not_needed(turn)


@router.submitted(actions.Entrusted, untraced=True)
def entrusted(turn: Turn, typed: actions.Entrusted) -> Answer:
    """Make their box; a mistake is told, and nothing of a passphrase is shown again."""
    if not any(one.id == typed.survey for one, _ in waiting(turn)):
        return _not_needed(turn)
    passphrase, again = told(typed.passphrase), told(typed.again)
    errors = {}
    if len(passphrase) < PASSPHRASE_MIN:
        errors["passphrase"] = turn.reader(texts.PASSPHRASE_SHORT, least=PASSPHRASE_MIN)
    elif len(passphrase) > PASSPHRASE_MAX:
        errors["passphrase"] = turn.reader(texts.PASSPHRASE_LONG, most=PASSPHRASE_MAX)
    elif passphrase != again:
        errors["again"] = turn.reader(texts.PASSPHRASE_DIFFERENT)
    if errors:
        return _passphrase(turn.reader, typed.survey, errors)
    meanwhile = Whisper(sentence(turn.reader(texts.PASSPHRASE_SOON)), fleeting=True)
    return turn.later(_locking(turn, typed.survey, passphrase), meanwhile)


def _locking(turn: Turn, survey: str, passphrase: str) -> Errand[Answer]:
    half = Half.fresh(passphrase)
    del passphrase
    kept = yield partial(_keep, turn.community.id, survey, turn.me.id, half)
    said = texts.PASSPHRASE_KEPT if kept else texts.NO_TRUSTEE
    return Whisper(sentence(turn.reader(said)), fleeting=True)


def _keep(community: str, survey: str, who: str, half: Half, work: Work) -> bool:
    return Surveys(work, community).entrust(survey, who, half)


# --- after the last day ----------------------------------------------------------------------------


def _unlocking_form(reader: Reader, survey: str, problem: Sentence | None = None) -> Form:
    field = TextInput("passphrase", reader(texts.PASSPHRASE), max_length=PASSPHRASE_MAX, secret=True)
    errors = {"passphrase": reader(problem)} if problem else {}
    return Form(reader(texts.UNLOCK), pack(actions.Unlocked(survey=survey)), reader(texts.OPEN), (field,), (), errors)


@router.pressed(actions.Unlock, untraced=True)
def unlock(turn: Turn, wish: actions.Unlock) -> Form | Whisper:
    """Open the form, for a trustee whose passphrase is still needed."""
    asked = any(one.id == wish.survey for one in to_open(turn))
    return _unlocking_form(turn.reader, wish.survey) if asked else _not_needed(turn)


@router.submitted(actions.Unlocked, untraced=True)
def unlocked(turn: Turn, typed: actions.Unlocked) -> Answer:
    """Try it; when both are there, the clock counts the answers."""
    if not any(one.id == typed.survey for one in to_open(turn)):
        return _not_needed(turn)
    passphrase = told(typed.passphrase)
    if len(passphrase) > PASSPHRASE_MAX:
        return _unlocking_form(turn.reader, typed.survey, texts.UNLOCK_WRONG)
    meanwhile = Whisper(sentence(turn.reader(texts.UNLOCK_SOON)), fleeting=True)
    return turn.later(_unlocking(turn, typed.survey, passphrase), meanwhile)


def _unlocking(turn: Turn, survey: str, passphrase: str) -> Errand[Answer]:
    done = yield from closing.unlock(turn.community.id, survey, turn.me.id, passphrase)
    if done is Unlocked.WRONG:
        return _unlocking_form(turn.reader, survey, texts.UNLOCK_WRONG)
    return Whisper(sentence(turn.reader(SAID[done])), fleeting=True)
