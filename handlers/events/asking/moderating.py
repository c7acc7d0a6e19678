"""What whoever runs an event does with the questions that were asked for it: they open, sort, black out and merge."""

from collections.abc import Sequence

from bot.cards import Buttons, Piece, Text, button, sentence
from bot.replies import Answer, Form, Redraw
from bot.router import Router
from handlers import blacking
from handlers.events import running
from handlers.events.asking import cards_desk, rules
from handlers.events.asking import desk_actions as actions
from handlers.events.asking import texts_desk as texts
from handlers.events.asking.rules import id_of
from handlers.turn import Turn
from storage.asked import Asked, Question, State
from storage.asking import LEAST_MEMBERS, WORDS_MAX, Round, Rounds
from storage.events import Event, Events
from storage.events import State as EventState
from storage.questions import clean

SCREEN = "questions"  # the kind of the page for the room

router: Router[Turn] = Router()
Found = tuple[Event, Round]


def _rounds(turn: Turn) -> Rounds:
    return Rounds(turn.work, turn.community.id)


def asked(turn: Turn) -> Asked:
    """The questions of the community's events."""
    return Asked(turn.work, turn.community.id)


def _is_over(turn: Turn, event: Event, here: Round) -> bool:
    return here.over or event.ends_at <= turn.now


def found(turn: Turn, event_id: str) -> Found | Redraw:
    """An event that whoever acts may run, with its questions, or why not."""
    event = running.get(turn, event_id)
    if isinstance(event, Redraw):
        return event
    here = _rounds(turn).get(event.id) if event.state is EventState.ANNOUNCED else None
    return (event, here) if here else Redraw(cards_desk.closed(turn.reader, event, _amiss(turn, event)))


def _amiss(turn: Turn, event: Event) -> str:
    """Why no questions can be asked, in a sentence, or ""."""
    if event.state is not EventState.ANNOUNCED:
        return turn.reader(texts.NOT_ANNOUNCED)
    if event.ends_at <= turn.now:
        return turn.reader(texts.OVER)
    few = rules.may_come(event, turn.people.all()) < LEAST_MEMBERS
    return turn.reader(texts.FEW, count=turn.reader.number(LEAST_MEMBERS)) if few else ""


def _page(turn: Turn, event: Event, here: Round, said: str = "") -> Redraw:
    over = _is_over(turn, event, here)
    if not over and _rounds(turn).key(here) is None:
        said = " ".join(filter(None, (said, turn.reader(texts.NO_KEY))))
    facts, screen = _facts(turn, event, over=over), screen_of(turn, event)
    return Redraw(cards_desk.page(turn.reader, event, facts, said, over=over, shared=here.shared, screen=screen))


def screen_of(turn: Turn, event: Event) -> str:
    """The address of the page for the room, or ""."""
    return turn.house.sheet(SCREEN, event.id) if turn.house.sheet else ""


def _facts(turn: Turn, event: Event, *, over: bool) -> list[tuple[str, str]]:
    """How many there are in each state; how many lie sealed is told to nobody."""
    reader, some = turn.reader, asked(turn).all(event.id)
    facts = [
        (reader(label), reader.number(sum(str(one.state) == state for one in some)))
        for state, label in texts.COUNTS.items()
    ]
    at = None if over else rules.following(event.parts, turn.now)
    return [*facts, *([(reader(texts.NEXT), reader.moment(at))] if at else [])]


def section(turn: Turn, event: Event) -> list[Piece]:
    """On the page of what is set up before an event."""
    facts = _facts(turn, event, over=False) if _rounds(turn).get(event.id) else []
    return cards_desk.section(turn.reader, event, facts)


def waits(turn: Turn) -> list[Piece]:
    """At the desk: new ones of every event."""
    pieces: list[Piece] = []
    for one in _rounds(turn).alive():
        event, new = running.events(turn).get(one.event), len(asked(turn).all(one.event, State.NEW))
        if event and new:
            way = button(event.title(turn.reader.language), actions.Moderate(event=event.id))
            pieces += [Text(turn.reader(texts.WAITING, count=new)), Buttons((way,))]
    return pieces


def _note(turn: Turn, event: Event) -> None:
    """That questions were moderated, once: when, how often and which would tell of those who asked."""
    if Events(turn.work, turn.community.id).once(event.id, "moderated"):
        running.note(turn, "event.moderated", event.id)


@router.pressed(actions.Moderate, desk=True, supporters=True)
def moderate(turn: Turn, wish: actions.Moderate) -> Answer:
    """The whole of it."""
    there = found(turn, wish.event)
    return there if isinstance(there, Redraw) else _page(turn, *there)


@router.pressed(actions.Start, desk=True, supporters=True)
def start(turn: Turn, wish: actions.Start) -> Answer:
    """Questions can be asked from now on."""
    event = running.changing(turn, wish.event)
    if isinstance(event, Redraw):
        return event
    if amiss := _amiss(turn, event):
        return Redraw(cards_desk.closed(turn.reader, event, amiss))
    said = ""
    if _rounds(turn).open(event.id):
        running.note(turn, "event.questions", event.id)
        said = turn.reader(texts.STARTED)
    there = found(turn, event.id)
    return there if isinstance(there, Redraw) else _page(turn, *there, said)


@router.pressed(actions.Share, desk=True, supporters=True)
def share(turn: Turn, wish: actions.Share) -> Answer:
    """Members read the answered ones below the past event, or do not."""
    there = found(turn, wish.event)
    if isinstance(there, Redraw):
        return there
    _rounds(turn).share(there[0].id, shared=wish.shared)
    running.note(turn, "event.questions_shared", there[0].id)
    again = found(turn, wish.event)
    said = turn.reader(texts.SHARED if wish.shared else texts.UNSHARED)
    return again if isinstance(again, Redraw) else _page(turn, *again, said)


# --- one by one ----------------------------------------------------------------------------------


def _sifted(turn: Turn, there: Found, wish: actions.Sift, said: str = "") -> Redraw:
    event, here = there
    state = State(wish.state) if wish.state in set(State) else State.NEW
    some: Sequence[Question] = asked(turn).all(event.id, state)
    some = some if state in {State.NEW, State.ASIDE} else rules.ranked(some)
    begins = wish.start if 0 <= wish.start < len(some) else 0
    wish = actions.Sift(event=event.id, state=str(state), start=begins)
    return Redraw(cards_desk.sifted(turn.reader, event, some, wish, said, over=_is_over(turn, event, here)))


@router.pressed(actions.Sift, desk=True, supporters=True)
def sift(turn: Turn, wish: actions.Sift) -> Answer:
    """Those in one state."""
    there = found(turn, wish.event)
    return there if isinstance(there, Redraw) else _sifted(turn, there, wish)


def _sorting(turn: Turn, event_id: str) -> Found | Redraw:
    """The same as `found`, as long as something can be changed."""
    there = found(turn, event_id)
    over = not isinstance(there, Redraw) and _is_over(turn, *there)
    return Redraw(sentence(turn.reader(texts.OVER))) if over else there


@router.pressed(actions.Sort, desk=True, supporters=True)
def sort(turn: Turn, wish: actions.Sort) -> Answer:
    """Publish it, set it aside, or put it back."""
    there = _sorting(turn, wish.event)
    if isinstance(there, Redraw):
        return there
    event, id_, said = there[0], id_of(wish.question), turn.reader(texts.GONE)
    may = [state for state, moves in cards_desk.MOVES.items() if wish.to in {str(to) for to, _ in moves}]
    if may and asked(turn).move(event.id, id_, State(wish.to), *may):
        _note(turn, event)
        said = turn.reader(texts.SORTED[wish.to])
    return _sifted(turn, there, actions.Sift(event=event.id, state=wish.state, start=wish.start), said)


def _words(turn: Turn, wish: actions.Black | actions.Blacked) -> tuple[Found, Question] | Redraw:
    """A question whose words may be blacked out."""
    there = _sorting(turn, wish.event)
    if isinstance(there, Redraw):
        return there
    one = asked(turn).get(there[0].id, id_of(wish.question))
    if one is None or one.state not in cards_desk.BLACKED:
        back = actions.Sift(event=there[0].id, state=wish.state, start=wish.start)
        return _sifted(turn, there, back, turn.reader(texts.GONE))
    return there, one


@router.pressed(actions.Black, desk=True, supporters=True)
def black(turn: Turn, wish: actions.Black) -> Form | Redraw:
    """Open the form."""
    one = _words(turn, wish)
    if isinstance(one, Redraw):
        return one
    return cards_desk.black(turn.reader, one[1].words, actions.Blacked(**wish.model_dump()))


@router.submitted(actions.Blacked, desk=True, supporters=True)
def blacked(turn: Turn, typed: actions.Blacked) -> Answer:
    """Black out what was named; the rest stays word for word."""
    there = _words(turn, typed)
    if isinstance(there, Redraw):
        return there
    (event, here), one = there
    parts, reader = blacking.named(typed.parts), turn.reader
    missing, words = [part for part in parts if part not in one.words], blacking.blacked(one.words, parts)
    error = "" if parts else reader(texts.BLACK_NONE)
    error = reader(texts.BLACK_MISSING, part=missing[0]) if missing else error
    error = error or (reader(texts.BLACK_LONG) if len(words) > WORDS_MAX else "")
    if error:
        return cards_desk.black(reader, one.words, typed, error)
    asked(turn).reword(event.id, one.id, words)
    _note(turn, event)
    wish = actions.Sift(event=event.id, state=typed.state, start=typed.start)
    return _sifted(turn, (event, here), wish, reader(texts.BLACKED))


# --- several -------------------------------------------------------------------------------------


def _mergeable(turn: Turn, event: Event) -> list[Question]:
    return asked(turn).all(event.id, State.NEW, State.SHOWN)


@router.pressed(actions.Merge, desk=True, supporters=True)
def merge(turn: Turn, wish: actions.Merge) -> Form | Redraw:
    """Open the form."""
    there = _sorting(turn, wish.event)
    if isinstance(there, Redraw):
        return there
    some = _mergeable(turn, there[0])
    if len(some) < 2:  # noqa: PLR2004 - one alone cannot be merged
        return _page(turn, *there, turn.reader(texts.MERGE_FEW))
    return cards_desk.merge(turn.reader, some, actions.Merged(event=wish.event))


@router.submitted(actions.Merged, desk=True, supporters=True)
def merged(turn: Turn, typed: actions.Merged) -> Answer:
    """One in place of several."""
    there = _sorting(turn, typed.event)
    if isinstance(there, Redraw):
        return there
    event, some = there[0], _mergeable(turn, there[0])
    chosen, words, errors = {id_of(one) for one in typed.which}, clean(typed.words), dict[str, str]()
    if len(chosen & {one.id for one in some}) < 2:  # noqa: PLR2004 - one alone cannot be merged
        errors["which"] = turn.reader(texts.MERGE_TWO)
    if not 0 < len(words) <= WORDS_MAX:
        errors["words"] = turn.reader(texts.MERGE_EMPTY)
    if errors:
        return cards_desk.merge(turn.reader, some, typed, errors)
    if asked(turn).merge(event.id, chosen, words) is None:
        return _page(turn, *there, turn.reader(texts.GONE))
    _note(turn, event)
    return _page(turn, *there, turn.reader(texts.MERGED))
