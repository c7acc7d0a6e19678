"""Results for the secretariat: `/enishi-admin survey results`."""

from datetime import timedelta

from bot.address import Address
from bot.cards import Button, Card, Piece, button, sentence
from bot.replies import Answer, Form, Redraw
from bot.router import Router
from handlers import blacking
from handlers.surveys.results import actions, cards, files, looking, nudges, texts
from handlers.surveys.results.reading import Told
from handlers.turn import Turn
from storage.ideas import Ideas
from storage.people import Area
from storage.surveys import State, Survey, Text

NEWS = timedelta(days=90)  # so long the desk has a line for results that members have not been shown

router: Router[Turn] = Router()


# --- looking ---------------------------------------------------------------------------------------


def desk(turn: Turn, _: str) -> Answer:
    """`results` after the desk's word: the surveys that have ended."""
    return _listed(turn, 0)


def on_page(turn: Turn, one: Survey) -> list[Button]:
    """What a closed survey's own page offers."""
    return [button(turn.reader(texts.BEGIN), actions.Look(survey=one.id))]


@router.pressed(actions.Listed, desk=True, area=Area.CONTENT)
def listed(turn: Turn, wish: actions.Listed) -> Answer:
    """A page of them."""
    return _listed(turn, max(0, wish.start))


def _listed(turn: Turn, start: int) -> Redraw:
    ended = looking.ended(turn, desk=True)
    view = looking.view(turn, None, desk=True)
    return Redraw(cards.listed(turn.reader, ended[start : start + cards.LISTED], start, len(ended), view))


@router.pressed(actions.Look, desk=True, area=Area.CONTENT)
def look(turn: Turn, wish: actions.Look) -> Redraw:
    """A page of one survey's results."""
    return page(turn, wish.survey, wish.page)


def page(turn: Turn, survey: str, number: int, note: str = "") -> Redraw:
    """A page, with a note on top where something was just done; the look is noted."""
    told = looking.found(turn, survey, desk=True)
    if told is None:
        return _nothing(turn)
    looking.note(turn, survey)
    return Redraw(shown(turn, told, number, desk=True, note=note))


def shown(turn: Turn, told: Told, number: int, *, desk: bool, note: str = "") -> Card:
    """The overview, or the page of this number, as far as there is one."""
    number = max(0, min(number, len(told.pages)))
    view = looking.view(turn, told, desk=desk)
    if number:
        return cards.page(turn.reader, told, number, view, note)
    return cards.overview(turn.reader, told, view, () if desk else looking.log(turn, told.survey.id), note)


def _nothing(turn: Turn) -> Redraw:
    return Redraw(sentence(turn.reader(texts.NOT_THERE)))


@router.pressed(actions.Take, desk=True, area=Area.CONTENT)
def take(turn: Turn, wish: actions.Take) -> Answer:
    """The link to a file of what may be shown."""
    told, kind = looking.found(turn, wish.survey, desk=True), files.KINDS.get(wish.kind)
    if told is None or kind is None:
        return _nothing(turn)
    url = turn.house.hand_out(turn, kind, wish.survey)
    if url:
        looking.note(turn, wish.survey, looking.TAKEN)
    return Redraw(cards.file(turn.reader, wish.survey, url))


# --- blacking out ----------------------------------------------------------------------------------


@router.pressed(actions.Redact, desk=True, area=Area.CONTENT)
def redact(turn: Turn, wish: actions.Redact) -> Form | Redraw:
    """The form for one text."""
    text = _text(turn, wish.survey, wish.question, wish.text)
    if text is None:
        return page(turn, wish.survey, wish.page, turn.reader(texts.REDACT_GONE))
    looking.note(turn, wish.survey)
    typed = actions.Redacted(survey=wish.survey, question=wish.question, text=wish.text, page=wish.page)
    return cards.redact(turn.reader, text.body, typed)


def _text(turn: Turn, survey: str, question: str, id_: str) -> Text | None:
    """A text that may still be blacked out."""
    told = looking.found(turn, survey, desk=True)
    return told.text(question, id_) if told and not told.survey.shared_on else None


@router.submitted(actions.Redacted, desk=True, area=Area.CONTENT)
def redacted(turn: Turn, typed: actions.Redacted) -> Answer:
    """Black out what was named; the rest of the text stays word for word, so nobody is made to say something else."""
    text = _text(turn, typed.survey, typed.question, typed.text)
    if text is None:
        return page(turn, typed.survey, typed.page, turn.reader(texts.REDACT_GONE))
    parts = blacking.named(typed.parts)
    missing = [part for part in parts if part not in text.body]
    if missing and not typed.whole:
        error = turn.reader(texts.REDACT_NOT_THERE, part=missing[0])
        return cards.redact(turn.reader, text.body, typed, {"parts": error})
    if not parts and not typed.whole:
        return cards.redact(turn.reader, text.body, typed, {"parts": turn.reader(texts.REDACT_NOTHING)})
    body = "" if typed.whole else blacking.blacked(text.body, parts)
    if not looking.surveys(turn).redact(typed.survey, typed.question, text.id, body, turn.me):
        return page(turn, typed.survey, typed.page, turn.reader(texts.REDACT_GONE))
    Ideas(turn.work, turn.community.id).reword(typed.survey, text.body, body)
    return page(turn, typed.survey, typed.page, turn.reader(texts.REDACT_DONE))


# --- showing them to members -----------------------------------------------------------------------


@router.pressed(actions.Share, desk=True, area=Area.CONTENT)
def share(turn: Turn, wish: actions.Share) -> Form | Redraw:
    """The last look before members see them."""
    told = looking.found(turn, wish.survey, desk=True)
    if told is None or told.survey.shared_on:
        return page(turn, wish.survey, 0, turn.reader(texts.SHARE_ALREADY)) if told else _nothing(turn)
    return _share(turn, told, actions.Shared(survey=wish.survey, channel=next(iter(_channels(turn)))))


def _share(turn: Turn, told: Told, typed: actions.Shared, errors: dict[str, str] | None = None) -> Form:
    audience = [member.id for member in turn.people.all()]
    effect = turn.foreseen(audience, nudges.SHARED, turn.now)
    return cards.share(turn.reader, told, typed, list(_channels(turn)), effect=effect, errors=errors)


def _channels(turn: Turn) -> dict[str, Address | None]:
    """Where it can be told: where the digest goes, the room the form was opened in, the portal's board."""
    where, digest = turn.event.where, str((turn.community.settings.get("checkins") or {}).get("channel", ""))
    board = Address.board(turn.community.id)
    found: dict[str, Address | None] = {}
    if digest and Address.parse(digest) != board:
        found["digest"] = Address.parse(digest)
    if where.room and not where.user and where.surface != board.surface:
        found["here"] = Address(where.surface, where.tenant, where.room)
    return found | {"board": board, "none": None}


@router.submitted(actions.Shared, desk=True, area=Area.CONTENT)
def shared(turn: Turn, typed: actions.Shared) -> Answer:
    """Show them: everybody hears of it once, and the channel that was chosen."""
    told = looking.found(turn, typed.survey, desk=True)
    if told is None:
        return _nothing(turn)
    channels = _channels(turn)
    if typed.channel not in channels:
        return _share(turn, told, typed, {"channel": turn.reader(texts.SHARE_WRONG)})
    if not looking.surveys(turn).share(typed.survey, turn.me):
        return page(turn, typed.survey, 0, turn.reader(texts.SHARE_ALREADY))
    nudges.tell_shared(turn.work, turn.community.id, typed.survey, channels[typed.channel])
    return page(turn, typed.survey, 0, turn.reader(texts.SHARE_DONE))


# --- the change ------------------------------------------------------------------------------------


@router.pressed(actions.Compare)
def compare(turn: Turn, wish: actions.Compare) -> Answer:
    """The change since an earlier survey, for whoever may see both."""
    desk = looking.may(turn) and not wish.member
    told = looking.found(turn, wish.survey, desk=desk)
    both = looking.both(turn, told, desk=desk) if told else None
    if told is None or both is None:
        return _nothing(turn)
    if desk:
        looking.note(turn, wish.survey)
    number = max(0, min(wish.page, both.pages - 1))
    return Redraw(cards.compare(turn.reader, both, number, looking.view(turn, told, desk=desk)))


def waiting(turn: Turn) -> list[Piece]:
    """For the desk: what members have not been shown, for as long as that is news."""
    closed = (one for one in looking.surveys(turn).all(State.CLOSED) if one.whole and not one.shared_on)
    new = [one for one in closed if one.closes_at and one.closes_at + NEWS > turn.now]
    return cards.waiting(turn.reader, new[: cards.LISTED])
