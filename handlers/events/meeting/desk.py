"""What whoever runs an event does about a meeting: making it one, its items, and the agenda that stands."""

from bot.cards import Buttons, Piece, Text, button
from bot.replies import Answer, Form, Redraw
from bot.router import Router
from handlers.events import running
from handlers.events.meeting import cards_desk, seen, typed
from handlers.events.meeting import conversation as members
from handlers.events.meeting import desk_actions as actions
from handlers.events.meeting import texts_desk as said
from handlers.events.meeting.seen import Coming
from handlers.turn import Turn
from storage.events import Event
from storage.meetings import ITEMS_MAX, Item, ItemState, Meetings
from storage.minutes import Minutes
from storage.people import People

router: Router[Turn] = Router()
Found = tuple[Event, Coming]


def shelf(turn: Turn) -> Meetings:
    """The meetings of the community."""
    return Meetings(turn.work, turn.community.id)


def found(turn: Turn, event_id: str) -> Found | Redraw:
    """A meeting that whoever acts may run, held, or why not."""
    event = running.get(turn, event_id)
    if isinstance(event, Redraw):
        return event
    meeting = shelf(turn).of(event)
    if not meeting:
        return page(turn, event)
    shelf(turn).hold(meeting)
    coming = seen.coming(turn.work, turn.community.id, event)
    return (event, coming) if coming else page(turn, event)


# --- the page ------------------------------------------------------------------------------------


def page(turn: Turn, event: Event, words: str = "") -> Redraw:
    """A meeting, in short."""
    reader, coming = turn.reader, seen.coming(turn.work, turn.community.id, event)
    if coming is None:
        return Redraw(cards_desk.no_meeting(reader, event, words))
    sitting = shelf(turn).sitting(event.id)
    published, agenda = bool(sitting and sitting.published), coming.agenda
    facts = []
    if agenda:
        told = reader(said.ON_AGENDA_OF, count=len(agenda.items), taken=agenda.taken, room=agenda.room)
        facts.append((reader(said.ON_AGENDA), told))
        facts.append((reader(said.STAY), reader.number(len(agenda.left))))
        facts.append((reader(said.AGENDA_IS), reader(said.AGENDA_FIXED if agenda.fixed else said.AGENDA_OPEN)))
    elif event.ends_at > turn.now:
        facts.append((reader(said.AGENDA_IS), reader(said.AGENDA_LATER)))
    for state, label in ((ItemState.PROPOSED, said.WAITING), (ItemState.PARKED, said.PARKED)):
        facts.append((reader(label), reader.number(len(shelf(turn).items(coming.meeting, state)))))
    facts.append((reader(said.OPEN_TODOS), reader.number(len(coming.todos))))
    facts.append((reader(said.MINUTES_ARE), reader(said.MINUTES_OUT if published else said.MINUTES_NOT)))
    return Redraw(
        cards_desk.page(
            reader,
            event,
            facts,
            agenda,
            words=words,
            begun=event.starts_at <= turn.now,
            noted=bool(Minutes(turn.work, turn.community.id).of(event.id)),
            published=published,
            printed=turn.house.sheet(members.SHEET, event.id) if turn.house.sheet else "",
        )
    )


@router.pressed(actions.Meeting, desk=True, supporters=True)
def meeting(turn: Turn, wish: actions.Meeting) -> Answer:
    """The same, from a button."""
    event = running.get(turn, wish.event)
    return event if isinstance(event, Redraw) else page(turn, event)


@router.pressed(actions.Mark, desk=True, supporters=True)
def mark(turn: Turn, wish: actions.Mark) -> Answer:
    """It is a meeting, or none any more."""
    event = running.get(turn, wish.event, lock=True)
    if isinstance(event, Redraw):
        return event
    if wish.on:
        shelf(turn).mark(event)
    else:
        shelf(turn).unmark(event)
    running.note(turn, "meeting.marked", event.id)
    return page(turn, event, turn.reader(said.MARKED if wish.on else said.UNMARKED))


@router.pressed(actions.Fix, desk=True, supporters=True)
def fix(turn: Turn, wish: actions.Fix) -> Answer:
    """The agenda stands, or follows the open items again."""
    at = found(turn, wish.event)
    if isinstance(at, Redraw):
        return at
    event, coming = at
    if coming.agenda is None:
        return page(turn, event, turn.reader(said.NOT_NEXT))
    if wish.on:
        shelf(turn).fix(event.id, coming.meeting, [one.id for one in coming.agenda.items])
    else:
        shelf(turn).unfix(event.id)
    running.note(turn, "meeting.agenda", event.id)
    return page(turn, event, turn.reader(said.FIXED if wish.on else said.UNFIXED))


def waits(turn: Turn) -> tuple[Piece, ...]:
    """What members would talk about at meetings to come, on the page of what waits."""
    pieces: list[Piece] = []
    for meeting_id, count in shelf(turn).waiting().items():
        event = shelf(turn).next(meeting_id)
        if event:
            title = event.title(turn.reader.language)
            see = actions.Items(event=event.id, state=ItemState.PROPOSED)
            pieces.append(Text(turn.reader(said.WAITS, count=count, title=title)))
            pieces.append(Buttons((button(turn.reader(said.ITEMS["proposed"]), see),)))
    return tuple(pieces)


# --- items ---------------------------------------------------------------------------------------


def _list(turn: Turn, at: Found, state: str, start: int = 0, words: str = "") -> Redraw:
    event, coming = at
    which = ItemState(state) if state in said.ITEMS else ItemState.OPEN
    wish = actions.Items(event=event.id, state=which, start=start)
    return Redraw(cards_desk.items(turn.reader, wish, shelf(turn).items(coming.meeting, which), words))


@router.pressed(actions.Items, desk=True, supporters=True)
def items(turn: Turn, wish: actions.Items) -> Answer:
    """Items of one state."""
    at = found(turn, wish.event)
    return at if isinstance(at, Redraw) else _list(turn, at, wish.state, wish.start)


def of(turn: Turn, at: Found, item_id: str) -> Item | Redraw:
    """An item of this meeting, or that it is gone."""
    one = shelf(turn).get(item_id)
    if one is None or one.meeting != at[1].meeting:
        return _list(turn, at, ItemState.OPEN, words=turn.reader(said.GONE))
    return one


def _one(turn: Turn, at: Found, item_id: str, words: str = "") -> Redraw:
    one = of(turn, at, item_id)
    if isinstance(one, Redraw):
        return one
    who = shelf(turn).asked_by([one]).get(one.id, "")
    name = People(turn.work, turn.community.id).names([who], turn.me).get(who, "") if who else ""
    order = [each.id for each in shelf(turn).items(one.meeting, ItemState.OPEN)]
    ends = {"first": order[:1] == [one.id], "last": order[-1:] == [one.id]}
    return Redraw(cards_desk.item(turn.reader, at[0].id, one, name, words=words, **ends))


@router.pressed(actions.SeeItem, desk=True, supporters=True)
def item(turn: Turn, wish: actions.SeeItem) -> Answer:
    """One of them."""
    at = found(turn, wish.event)
    return at if isinstance(at, Redraw) else _one(turn, at, wish.item)


@router.pressed(actions.EditItem, desk=True, supporters=True)
def edit(turn: Turn, wish: actions.EditItem) -> Form | Redraw:
    """Open the form."""
    at = found(turn, wish.event)
    if isinstance(at, Redraw):
        return at
    if not wish.item:
        return cards_desk.edit_item(turn.reader, actions.ItemTyped(event=wish.event, here=wish.here))
    one = of(turn, at, wish.item)
    if isinstance(one, Redraw):
        return one
    topic = {**one.topic.model_dump(), "minutes": str(one.topic.minutes)}
    return cards_desk.edit_item(turn.reader, actions.ItemTyped(event=wish.event, item=one.id, **topic))


@router.submitted(actions.ItemTyped, desk=True, supporters=True)
def item_typed(turn: Turn, wish: actions.ItemTyped) -> Answer:
    """Keep it; a new one stands at the end, or on the agenda of this date that is under way."""
    at = found(turn, wish.event)
    if isinstance(at, Redraw):
        return at
    topic, errors = typed.topic(turn.reader, wish)
    if topic is None:
        return cards_desk.edit_item(turn.reader, wish, errors)
    running.note(turn, "meeting.agenda", wish.event)
    if wish.item:
        one = of(turn, at, wish.item)
        if isinstance(one, Redraw):
            return one
        shelf(turn).reword(one.id, topic)
        return _one(turn, at, one.id, turn.reader(said.SAVED))
    new = shelf(turn).add(at[1].meeting, topic)
    if not new:
        return cards_desk.edit_item(turn.reader, wish, {"title": turn.reader(said.TOO_MANY, max=ITEMS_MAX)})
    sitting = shelf(turn).sitting(wish.event)
    if wish.here and sitting and sitting.items is not None:
        shelf(turn).fix(wish.event, at[1].meeting, [*sitting.items, new])
    return _one(turn, at, new, turn.reader(said.SAVED))


@router.pressed(actions.PutItem, desk=True, supporters=True)
def put(turn: Turn, wish: actions.PutItem) -> Answer:
    """Open, parked or closed; a proposal that is not taken up is deleted."""
    at = found(turn, wish.event)
    if isinstance(at, Redraw):
        return at
    one = of(turn, at, wish.item)
    if isinstance(one, Redraw):
        return one
    running.note(turn, "meeting.agenda", wish.event)
    if one.state is ItemState.PROPOSED and not wish.state:
        shelf(turn).drop(one.id)
        return _list(turn, at, ItemState.PROPOSED, words=turn.reader(said.DECLINED))
    if wish.state not in {ItemState.OPEN, ItemState.PARKED, ItemState.CLOSED}:
        return _one(turn, at, one.id)
    kept = shelf(turn).put(one.id, ItemState(wish.state))
    words = turn.reader(said.SAVED) if kept else turn.reader(said.TOO_MANY, max=ITEMS_MAX)
    return _one(turn, at, one.id, words)


@router.pressed(actions.MoveItem, desk=True, supporters=True)
def move(turn: Turn, wish: actions.MoveItem) -> Answer:
    """Two neighbours change places; an agenda that stands keeps its order."""
    at = found(turn, wish.event)
    if isinstance(at, Redraw):
        return at
    one = of(turn, at, wish.item)
    if isinstance(one, Redraw):
        return one
    moved = shelf(turn).move(one.id, 1 if wish.by > 0 else -1)
    return _one(turn, at, one.id, turn.reader(said.MOVED) if moved else "")
