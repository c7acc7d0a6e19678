"""Lists of events for members: mine, coming, past, found; and their part of the home page."""

from collections.abc import Sequence

from bot.cards import Card, Look, Piece, Text, button
from bot.language import Reader
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Router
from handlers.events import actions, cards, facing, texts, wording
from handlers.events.cards import Line
from handlers.events.exchange import seen as exchange
from handlers.turn import Turn
from storage.events import Event, Events, State
from storage.minutes import Minutes
from storage.seating import Standing
from storage.seats import Seats, Stand

HOME = 3  # events on a home page
WORDS_MAX = 100  # characters that are searched for
COMING = {Standing.GOING, Standing.OFFERED, Standing.WAITING}

router: Router[Turn] = Router()


def _events(turn: Turn) -> Events:
    return Events(turn.work, turn.community.id)


def _stands(turn: Turn, events: Sequence[Event]) -> dict[str, list[Stand]]:
    """Where whoever asks stands, by event; only where they come or wait."""
    found: dict[str, list[Stand]] = {}
    for one in Seats(turn.work, turn.community.id).standing(turn.me.id, events):
        if one.state in COMING:
            found.setdefault(one.event.id, []).append(one)
    return found


def line(reader: Reader, event: Event, stands: Sequence[Stand] = ()) -> Line:
    """An event in a list: the reader's own parts of it, or when it begins."""
    if event.state is State.CANCELLED:
        return Line(event.id, event.title(reader.language), reader(texts.CANCELLED))
    first = min((one.part for one in stands), key=lambda part: part.starts_at, default=event.first)
    words = list(dict.fromkeys(cards.stands(reader, facing.mine(one)) for one in stands))
    return Line(event.id, event.title(reader.language), wording.briefly(reader, first), " · ".join(words))


def _listed(turn: Turn) -> tuple[list[Line], list[Line]]:
    """Where whoever asks comes or waits, and the others that are coming up."""
    coming = [one for one in _events(turn).upcoming(cancelled=True) if one.ends_at > turn.now]
    stands = _stands(turn, coming)
    mine = [line(turn.reader, one, stands[one.id]) for one in coming if one.id in stands]
    others = [one for one in coming if one.id not in stands and one.state is State.ANNOUNCED]
    return mine, [line(turn.reader, one) for one in others]


def mine(turn: Turn, words: str) -> Answer:
    """What is coming for whoever asks; with words, past events that say them."""
    if words.strip():
        return Whisper(found(turn, words))
    own, others = _listed(turn)
    return Whisper(cards.listing(turn.reader, own[: cards.PAGE], others[: cards.PAGE]))


def past(turn: Turn, words: str) -> Answer:
    """Those that are over; with words, those that say them."""
    return Whisper(found(turn, words))


def found(turn: Turn, words: str, start: int = 0) -> Card:
    """Past events, all or those that say these words."""
    wanted = " ".join(words.split())[:WORDS_MAX]
    events = _past(turn, wanted)
    lines = [line(turn.reader, one) for one in events]
    return cards.past(turn.reader, lines, max(0, start), words=wanted)


def _past(turn: Turn, words: str) -> list[Event]:
    """Those that say these words, or whose published minutes do, the latest first."""
    found = _events(turn).past(words=words)
    said = {*Minutes(turn.work, turn.community.id).saying(words)} - {one.id for one in found}
    more = [one for one in _events(turn).some(said) if one.state is State.ANNOUNCED and one.ends_at <= turn.now]
    return sorted([*found, *more], key=lambda one: one.ends_at, reverse=True) if more else found


@router.pressed(actions.Mine)
def listed(turn: Turn, wish: actions.Mine) -> Answer:
    """The same, from a button."""
    if wish.past:
        return Redraw(found(turn, "", wish.start))
    own, others = _listed(turn)
    return Redraw(cards.listing(turn.reader, own[: cards.PAGE], others[: cards.PAGE]))


@router.pressed(actions.Search)
def search(turn: Turn, _: actions.Search) -> Form:
    """Open the form."""
    return cards.search(turn.reader, actions.Searched())


@router.submitted(actions.Searched)
def searched(turn: Turn, typed: actions.Searched) -> Answer:
    """Look among what is over."""
    if not typed.words.strip():
        return cards.search(turn.reader, typed, {"words": turn.reader(texts.SEARCH_EMPTY)})
    return Redraw(found(turn, typed.words))


def home(turn: Turn) -> Sequence[Piece]:
    """What is next for the member, and where they wait for a seat; what else there is, when they come nowhere."""
    own, others = _listed(turn)
    some = (own or others)[:HOME]
    talks = exchange.waiting(turn.work, turn.me)
    if not some:
        return talks
    reader = turn.reader
    title = Text(reader(texts.MINE_TITLE if own else texts.COMING_TITLE), Look.HEADING)
    return (title, *cards.lines(reader, some, button(reader(texts.BACK), actions.Mine())), *talks)
