"""The door of an event, for whoever runs it: a live count, names to tick off as far as they may be seen, and numbers.

Routes that note somebody are `untraced`, as the members' own tap is.  That names were looked at is recorded when the
list is opened.
"""

from collections.abc import Sequence

from bot.cards import sentence
from bot.language import LANGUAGES, Reader
from bot.replies import Answer, Form, Redraw
from bot.router import Router
from bot.sheets import Scan, Sheet
from handlers.events import posting, running, texts_after, wording
from handlers.events import texts as events_texts
from handlers.events.cards import TOGETHER
from handlers.events.day import actions, cards, rules, texts
from handlers.events.day.cards import PAGE, Counted
from handlers.events.typed import number_in
from handlers.turn import Turn
from storage.arrivals import Arrivals
from storage.attendance import EARLY, STRANGERS_MAX, Arrival, Attendance
from storage.events import Event, Events, State
from storage.people import Area, Member, People
from storage.presets import Level
from storage.programme import Part
from storage.seats import Seats, Sitter
from storage.work import Work

SHEET = "door"  # the kind of the page
HERE = "here"  # the word of the short address
AGAIN_S = 20
SHOWN = 8  # events to choose from

router: Router[Turn] = Router()


def nearest(turn: Turn, _: str = "") -> Answer:
    """The door of what takes place next; of several, which."""
    soon = [one for one in running.events(turn).upcoming() if one.starts_at - EARLY <= turn.now]
    mine = [one for one in soon if running.runs_all(turn) or one.is_run_by(turn.me.id)]
    if not mine:
        return Redraw(sentence(turn.reader(texts.DOOR_NONE)))
    if len(mine) == 1:
        return _shown(turn, mine[0])
    return Redraw(cards.which(turn.reader, [(one.id, one.title(turn.reader.language)) for one in mine[:SHOWN]]))


@router.pressed(actions.Door, desk=True, supporters=True)
def door(turn: Turn, wish: actions.Door) -> Answer:
    """The count as it is now."""
    found = _announced(turn, wish.event)
    return found if isinstance(found, Redraw) else _shown(turn, found, only=wish.part)


def _announced(turn: Turn, event_id: str) -> Event | Redraw:
    """An event that whoever acts may run and that takes place, or why not."""
    found = running.get(turn, event_id)
    if isinstance(found, Redraw) or found.state is State.ANNOUNCED:
        return found
    said = events_texts.CANCELLED if found.state is State.CANCELLED else events_texts.GONE
    return Redraw(sentence(turn.reader(said)))


def _at(turn: Turn, event_id: str, part_id: str) -> tuple[Event, Part] | Redraw:
    """The same with a part at whose door somebody can be noted, or why not."""
    found = _announced(turn, event_id)
    if isinstance(found, Redraw):
        return found
    part = found.part(part_id)
    if part is None:
        return Redraw(sentence(turn.reader(events_texts.PART_GONE)))
    return (found, part) if part.starts_at - EARLY <= turn.now else _shown(turn, found, turn.reader(texts.CLOSED))


def _shown(turn: Turn, found: Event, said: str = "", *, only: str = "") -> Redraw:
    page = turn.house.sheet(SHEET, found.id) if turn.house.sheet else ""
    counted = _counted(turn.work, turn.me, found)
    return Redraw(cards.door(turn.reader, found, counted, said=said, only=only if found.part(only) else "", page=page))


def _counted(work: Work, member: Member, found: Event) -> list[Counted]:
    """Every part in numbers as they may be told: hidden members count only among so many that nobody is picked out."""
    here, counted = member.community, []
    for part in found.parts:
        counts = Seats(work, here.id).counts(found.id, part.id)
        sitting = Seats(work, here.id).sitters(found.id, part.id)
        hidden = [one for one in sitting if one.level is Level.HIDDEN]
        hidden_here, hidden_seats = sum(one.here for one in hidden), _seats(hidden)
        left, named = (len(_named(work, member, sitting, back=back)) for back in (False, True))
        counted.append(
            Counted(
                part=part,
                door=rules.door(part, work.now),
                code=Arrivals(work, here.id).code(part.id),
                here=here.preset.shown(here.preset.counted(counts.here - hidden_here, hidden_here)),
                seats=here.preset.shown(here.preset.counted(counts.taken.total - hidden_seats, hidden_seats)),
                strangers=counts.strangers,
                left=left,
                named=named,
            )
        )
    return counted


def _seats(some: Sequence[Sitter]) -> int:
    return sum(1 + one.guests for one in some if one.state.holds)


def _named(work: Work, member: Member, sitting: Sequence[Sitter], *, back: bool) -> list[tuple[str, str]]:
    """Those who are still to come, or who are there, as (id, name), as far as this member may see the name."""
    some = [one.member for one in sitting if one.level is not Level.HIDDEN and one.here is back]
    if not back:
        going = {one.member for one in sitting if one.state.holds}
        some = [one for one in some if one in going]
    names = People(work, member.community.id).names(some, member)
    return sorted(((one, name) for one in some if (name := names.get(one))), key=lambda one: (one[1], one[0]))


# --- names ---------------------------------------------------------------------------------------


def _list(turn: Turn, found: Event, wish: actions.Tick | actions.Ticked) -> list[tuple[str, str]]:
    sitting = Seats(turn.work, turn.community.id).sitters(found.id, wish.part)
    return _named(turn.work, turn.me, sitting, back=wish.back)


@router.pressed(actions.Tick, desk=True, supporters=True)
def tick(turn: Turn, wish: actions.Tick) -> Form | Redraw:
    """Open the list."""
    at = _at(turn, wish.event, wish.part)
    if isinstance(at, Redraw):
        return at
    names = _list(turn, at[0], wish)
    page = names[max(0, wish.start) : max(0, wish.start) + PAGE] or names[:PAGE]
    if not page:
        return _shown(turn, at[0], turn.reader(texts.TICK_NOBODY))
    running.note(turn, "event.looked", wish.event)
    return cards.tick(turn.reader, actions.Ticked(**wish.model_dump()), page)


@router.submitted(actions.Ticked, desk=True, supporters=True, untraced=True)
def ticked(turn: Turn, wish: actions.Ticked) -> Answer:
    """Note them; of those who have come or gone meanwhile nothing changes."""
    at = _at(turn, wish.event, wish.part)
    if isinstance(at, Redraw):
        return at
    found, part = at
    known, attendance, done = dict(_list(turn, found, wish)), Attendance(turn.work, turn.community.id), 0
    for who in sorted({*wish.who} & known.keys()):
        if wish.back:
            done += attendance.left(part.id, who)
        else:
            done += attendance.arrived(part.id, who) in {Arrival.SEATED, Arrival.WALKED_IN, Arrival.EXTRA}
    posting.revise(turn.work, turn.community.id, found.id)
    said = turn.reader(texts.BACKED if wish.back else texts.TICKED, count=done)
    return _shown(turn, found, said, only=_only(found, part))


def _only(found: Event, part: Part) -> str:
    """Of many parts the one that was noted has a card of its own."""
    return part.id if len(found.parts) > TOGETHER else ""


# --- numbers -------------------------------------------------------------------------------------


@router.pressed(actions.Stranger, desk=True, supporters=True)
def stranger(turn: Turn, wish: actions.Stranger) -> Answer:
    """One more."""
    at = _at(turn, wish.event, wish.part)
    if isinstance(at, Redraw):
        return at
    Attendance(turn.work, turn.community.id).stranger(wish.part)
    return _shown(turn, at[0], only=_only(*at))


@router.pressed(actions.Strangers, desk=True, supporters=True)
def strangers(turn: Turn, wish: actions.Strangers) -> Form | Redraw:
    """Open the form with the number there is."""
    at = _at(turn, wish.event, wish.part)
    if isinstance(at, Redraw):
        return at
    now = Seats(turn.work, turn.community.id).counts(wish.event, wish.part).strangers
    return cards.strangers(turn.reader, actions.StrangersTyped(event=wish.event, part=wish.part, number=str(now)))


@router.submitted(actions.StrangersTyped, desk=True, supporters=True)
def strangers_typed(turn: Turn, typed: actions.StrangersTyped) -> Answer:
    """Keep the number."""
    at = _at(turn, typed.event, typed.part)
    if isinstance(at, Redraw):
        return at
    number = number_in(typed.number)
    if number is None or number > STRANGERS_MAX:
        wrong = turn.reader(texts_after.CONFIRM_BAD, max=STRANGERS_MAX)
        return cards.strangers(turn.reader, typed, {"number": wrong})
    Attendance(turn.work, turn.community.id).strangers(typed.part, number)
    return _shown(turn, at[0], only=_only(*at))


@router.pressed(actions.Everybody, desk=True, supporters=True, untraced=True)
def everybody(turn: Turn, wish: actions.Everybody) -> Answer:
    """Whoever has a seat is there."""
    at = _at(turn, wish.event, wish.part)
    if isinstance(at, Redraw):
        return at
    if at[1].starts_at > turn.now:
        return _shown(turn, at[0], turn.reader(texts.EVERYBODY_EARLY), only=_only(*at))
    Attendance(turn.work, turn.community.id).everybody_came(wish.part)
    return _shown(turn, at[0], turn.reader(texts.EVERYBODY_SAID), only=_only(*at))


# --- the page for the door -----------------------------------------------------------------------


def runs(work: Work, member: Member, event_id: str) -> Event | None:
    """An announced event that this member may run."""
    found = Events(work, member.community.id).get(event_id)
    if found is None or found.state is not State.ANNOUNCED:
        return None
    return found if member.may(Area.CONTENT) or found.is_run_by(member.id) else None


def sheet(work: Work, member: Member, event_id: str) -> Sheet | None:
    """The count, looked up again and again, and a code to scan for every part that is not over."""
    found, reader = runs(work, member, event_id), member.reader
    if found is None:
        return None
    counted = _counted(work, member, found)
    scans = tuple(
        Scan(_scan(member, found, one.part), HERE, one.code) for one in counted if one.door is not rules.Door.OVER
    )
    how = [Reader(language)(texts.SHEET_HOW) for language in LANGUAGES]
    paper = (reader(texts.DOOR_OF, title=found.title(reader.language)), *how) if scans else ()
    return Sheet(cards.door(reader, found, counted), paper, scans, AGAIN_S)


def _scan(member: Member, found: Event, part: Part) -> str:
    if len(found.parts) == 1:
        return member.reader(texts.SCAN_ONE)
    return member.reader(texts.SCAN, part=wording.name(member.reader, part, found.parts.index(part)))
