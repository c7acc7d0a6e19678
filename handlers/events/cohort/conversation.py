"""What members can say about a series for fixed teams, and what we answer.

Every route is `untraced`: hidden members use the same, and nothing is written but their place and their seats.
"""

from bot.cards import Card, sentence
from bot.language import Sentence
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Router
from handlers.events import posting, telling
from handlers.events.cohort import actions, cards, crew, texts
from handlers.events.cohort.cards import Own
from handlers.turn import Turn
from storage.cohorting import Place, Stage
from storage.cohorts import Cohorts, No
from storage.events import Event, Events
from storage.people import People
from storage.presets import Level
from storage.programme import Attendee
from storage.seating import Standing
from storage.seats import Seated, Seats, Waiting, kind_of
from storage.standins import StandIns

router: Router[Turn] = Router()


def _cohorts(turn: Turn) -> Cohorts:
    return Cohorts(turn.work, turn.community.id)


def _dates(turn: Turn) -> StandIns:
    return StandIns(turn.work, turn.community.id)


def _says(turn: Turn, words: Sentence) -> Whisper:
    return Whisper(sentence(turn.reader(words)))


def _own(turn: Turn, series: str) -> Own | None:
    found = crew.load(turn.work, turn.community, series)
    return cards.own(found, turn.me) if found else None


def shown(turn: Turn, series: str, said: str = "", *, room: bool = False) -> Answer:
    """The series as whoever acts sees it."""
    seen = _own(turn, series)
    if seen is None:
        return _says(turn, texts.GONE)
    card = cards.series(seen, said)
    return Whisper(card) if room else Redraw(card)


def _revise(turn: Turn, series: str) -> None:
    """The rooms in which counts stand follow."""
    for one in Events(turn.work, turn.community.id).of_series(series):
        if one.ends_at > turn.now:
            posting.revise(turn.work, turn.community.id, one.id)


@router.pressed(actions.Series, untraced=True)
def series(turn: Turn, wish: actions.Series) -> Answer:
    """Look at it."""
    return shown(turn, wish.series, room=wish.room)


# --- joining and leaving -------------------------------------------------------------------------


@router.pressed(actions.Join, untraced=True)
def join(turn: Turn, wish: actions.Join) -> Answer:
    """In for all dates, or in line."""
    given = Attendee(wish.kind) if wish.kind in set(Attendee) else None
    kind = kind_of(turn.me) or given
    done = _cohorts(turn).join(wish.series, turn.me.id, kind)
    seen = _own(turn, wish.series)
    if seen is None or done is No.GONE:
        return _says(turn, texts.GONE)
    if done is No.KIND and kind is None:
        return Redraw(cards.which_kind(turn.reader, wish.series, seen.crew.found.details.kinds))
    if not isinstance(done, Place):
        kinds = seen.crew.found.details.kinds
        return Redraw(
            cards.series(seen, turn.reader(texts.LATE) if done is No.LATE else cards.not_for(turn.reader, kinds))
        )
    _revise(turn, wish.series)
    return Redraw(cards.series(seen, _joined(turn, seen, done)))


def _joined(turn: Turn, seen: Own, place: Place) -> str:
    if place.state is Stage.WAITING:
        return ""
    if place.told:
        return turn.reader(texts.JOINED_TEAM, number=place.told)
    several = any(len(one.parts) > 1 for one in seen.crew.found.coming)
    return turn.reader(texts.JOINED_LATER if several else texts.JOINED)


@router.pressed(actions.Leave, untraced=True)
def leave(turn: Turn, wish: actions.Leave) -> Answer:
    """Out of it."""
    was = _cohorts(turn).leave(wish.series, turn.me.id)
    if was is None:
        return shown(turn, wish.series, turn.reader(texts.NOT_IN))
    _revise(turn, wish.series)
    return shown(turn, wish.series, turn.reader(texts.LEFT if was.state.holds else texts.LEFT_LINE))


@router.pressed(actions.Claim, untraced=True)
def claim(turn: Turn, wish: actions.Claim) -> Answer:
    """Take the place, or leave it to the next."""
    shelf, place = _cohorts(turn), _cohorts(turn).place(wish.series, turn.me.id)
    if not wish.yes:
        if place and place.state is Stage.OFFERED:
            shelf.leave(wish.series, turn.me.id)
        return shown(turn, wish.series, turn.reader(texts.PASSED))
    if not shelf.claim(wish.series, turn.me.id):
        already = place is not None and place.state is Stage.IN
        return shown(turn, wish.series, "" if already else turn.reader(texts.MISSED))
    _revise(turn, wish.series)
    seen, place = _own(turn, wish.series), shelf.place(wish.series, turn.me.id)
    return Redraw(cards.series(seen, _joined(turn, seen, place))) if seen and place else _says(turn, texts.GONE)


# --- one date ------------------------------------------------------------------------------------


def _date(turn: Turn, event_id: str) -> tuple[Own, Event] | Whisper:
    """A date of a series that whoever acts is in, or why not."""
    event = Events(turn.work, turn.community.id).get(event_id)
    seen = _own(turn, event.series) if event else None
    if event is None or seen is None:
        return _says(turn, texts.GONE)
    return (seen, event) if seen.is_in else _says(turn, texts.NOT_IN)


def _one(turn: Turn, event_id: str, said: str = "") -> Answer:
    found = _date(turn, event_id)
    return found if isinstance(found, Whisper) else Redraw(cards.date(*found, said))


@router.pressed(actions.OneDate, untraced=True)
def one_date(turn: Turn, wish: actions.OneDate) -> Answer:
    """Look at it."""
    return _one(turn, wish.event)


@router.pressed(actions.Away, untraced=True)
def away(turn: Turn, wish: actions.Away) -> Answer:
    """Not this time, or after all: the seat is free for this date alone."""
    found = _date(turn, wish.event)
    if isinstance(found, Whisper):
        return found
    seen, event = found
    done = Seats(turn.work, turn.community.id).answer(seen.part(event).id, turn.me, going=wish.back)
    telling.moved(turn.work, turn.community.id, done.moved)
    posting.revise(turn.work, turn.community.id, event.id)
    words = {Seated: texts.BACK_SAID, Waiting: texts.BACK_WAIT}.get(type(done.said))
    said = words if wish.back else texts.AWAY_SAID
    return _one(turn, event.id, turn.reader(said) if said else "")


@router.pressed(actions.Lend, untraced=True)
def lend(turn: Turn, wish: actions.Lend) -> Answer:
    """Whoever waits is asked for this one date."""
    moved = _dates(turn).lend(wish.event, turn.me.id)
    if moved is None:
        return _one(turn, wish.event, turn.reader(texts.LEND_NOT))
    telling.moved(turn.work, turn.community.id, moved)
    posting.revise(turn.work, turn.community.id, wish.event)
    # that the only one who waits is hidden is nobody's business
    seen = any(not one.hidden for one in moved)
    return _one(turn, wish.event, turn.reader(texts.LENT if seen else texts.LENT_NOBODY))


# --- changing dates ------------------------------------------------------------------------------


def _others(turn: Turn, seen: Own, event: Event) -> list[tuple[str, str]]:
    """Who could change with whoever acts, as far as both may see each other, in the order of their names."""
    mine = _dates(turn).sits(seen.crew.found, event, turn.me.id)
    going = Seats(turn.work, turn.community.id)
    there = {
        one.member
        for part in event.parts
        if mine and part.id != mine.id and part.starts_at > turn.now
        for one in going.sitters(event.id, part.id, Standing.GOING)
        if one.level is not Level.HIDDEN
    }
    inside = {one.member for one in seen.crew.inside()} & there
    names = People(turn.work, turn.community.id).names(inside, turn.me)
    return sorted(((who, name) for who, name in names.items() if name), key=lambda one: one[1])


@router.pressed(actions.AskSwap, untraced=True)
def ask_swap(turn: Turn, wish: actions.AskSwap) -> Form | Redraw | Whisper:
    """Open the form."""
    found = _date(turn, wish.event)
    if isinstance(found, Whisper):
        return found
    others = _others(turn, *found)
    if not others:
        return Redraw(cards.date(*found, turn.reader(texts.ASK_NOBODY)))
    return cards.ask(turn.reader, wish.event, others[:100])


@router.submitted(actions.SwapAsked, untraced=True)
def swap_asked(turn: Turn, wish: actions.SwapAsked) -> Answer:
    """Ask them; nothing changes yet."""
    found = _date(turn, wish.event)
    if isinstance(found, Whisper):
        return found
    seen, event = found
    known = {who for who, _ in _others(turn, seen, event)}
    if wish.member not in known or not _dates(turn).ask(event.id, turn.me.id, wish.member):
        return _one(turn, event.id, turn.reader(texts.ASK_NOT))
    return _one(turn, event.id)


@router.pressed(actions.Swap, untraced=True)
def swap(turn: Turn, wish: actions.Swap) -> Answer:
    """Yes or no."""
    done = _dates(turn).answer(wish.series, turn.me.id, wish.asker, yes=wish.yes)
    if not done:
        return shown(turn, wish.series, turn.reader(texts.ASK_NOT))
    return shown(turn, wish.series, turn.reader(texts.SWAPPED if wish.yes else texts.SWAP_KEPT))


# --- still fine, and going on --------------------------------------------------------------------


@router.pressed(actions.Fine, untraced=True)
def fine(turn: Turn, wish: actions.Fine) -> Answer:
    """Stay, or rest this time."""
    seen = _own(turn, wish.series)
    if seen is None or not seen.is_in:
        return _says(turn, texts.NOT_IN)
    if not wish.rest:
        return _says_in_place(turn, texts.STAYS)
    event = next(iter(seen.crew.found.coming), None)
    if event is None:
        return _says_in_place(turn, texts.RESTS_NONE)
    done = Seats(turn.work, turn.community.id).release(seen.part(event).id, turn.me)
    telling.moved(turn.work, turn.community.id, done.moved)
    posting.revise(turn.work, turn.community.id, event.id)
    return _one(turn, event.id, turn.reader(texts.RESTS))


def _says_in_place(turn: Turn, words: Sentence) -> Redraw:
    card: Card = sentence(turn.reader(words))
    return Redraw(card)


@router.pressed(actions.GoOn, untraced=True)
def go_on(turn: Turn, wish: actions.GoOn) -> Answer:
    """One tap; the last one counts."""
    seen = _own(turn, wish.series)
    if seen is None or not seen.is_in:
        return _says(turn, texts.NOT_IN)
    _cohorts(turn).change(wish.series, turn.me.id, goes_on=wish.yes)
    return shown(turn, wish.series, turn.reader(texts.ON_SAID))


def mine(turn: Turn, _: str = "") -> Answer:
    """The series whoever asks is in or waits for; of one, its dates."""
    own = [one for one in _cohorts(turn).of(turn.me.id) if one[1].state is not Stage.GONE]
    some = [seen for series_id, _ in own if (seen := _own(turn, series_id))]
    if len(some) == 1:
        return Whisper(cards.series(some[0]))
    return Whisper(cards.listed(turn.reader, some))
