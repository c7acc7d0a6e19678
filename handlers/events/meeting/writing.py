"""What whoever runs a meeting writes about it: minutes of each item, and for whom they are."""

from collections.abc import Sequence

from bot.replies import Answer, Form, Redraw
from bot.router import Router
from handlers.events import after, publishing, running
from handlers.events.meeting import cards_desk, cards_minutes, desk, told
from handlers.events.meeting import desk_actions as actions
from handlers.events.meeting import texts_desk as said
from handlers.events.typed import lines, too_long
from handlers.turn import Turn
from storage.decisions import Decisions
from storage.events import Event
from storage.meetings import Item, ItemState, Meetings
from storage.minutes import TEXT_MAX, Minutes, Note, Outcome

router: Router[Turn] = Router()


def notes(turn: Turn) -> Minutes:
    """The minutes of the community."""
    return Minutes(turn.work, turn.community.id)


def begun(turn: Turn, event_id: str) -> desk.Found | Redraw:
    """A meeting that has begun, or why not.  What is on its agenda now was on it from then on."""
    at = desk.found(turn, event_id)
    if isinstance(at, Redraw):
        return at
    event, coming = at
    if event.starts_at > turn.now:
        return desk.page(turn, event, turn.reader(said.NOT_YET))
    shelf = desk.shelf(turn)
    sitting = shelf.sitting(event.id)
    if sitting is None or sitting.items is None:
        agenda = coming.agenda
        chosen = agenda.items if agenda else shelf.items(coming.meeting, ItemState.OPEN)
        shelf.fix(event.id, coming.meeting, [one.id for one in chosen])
    return at


def _items(turn: Turn, event: Event) -> list[Item]:
    """What stands in the minutes of a date: what was on its agenda, and whatever was noted."""
    shelf: Meetings = desk.shelf(turn)
    sitting = shelf.sitting(event.id)
    wanted = {*(sitting.items or () if sitting else ()), *notes(turn).of(event.id)}
    return sorted(shelf.some(wanted).values(), key=lambda one: (one.position, one.id))


def _list(turn: Turn, event: Event, start: int = 0, words: str = "") -> Redraw:
    now = notes(turn).of(event.id)
    some = [
        (one.id, now[one.id].said.title if one.id in now else one.topic.title, now.get(one.id))
        for one in _items(turn, event)
    ]
    return Redraw(cards_desk.minutes(turn.reader, event, some, start, words, noted=bool(now)))


@router.pressed(actions.WriteMinutes, desk=True, supporters=True)
def minutes(turn: Turn, wish: actions.WriteMinutes) -> Answer:
    """The items of a date."""
    at = begun(turn, wish.event)
    return at if isinstance(at, Redraw) else _list(turn, at[0], wish.start)


def item(turn: Turn, event_id: str, item_id: str) -> tuple[Event, Item] | Redraw:
    """One item of a meeting that has begun, or why not."""
    at = begun(turn, event_id)
    if isinstance(at, Redraw):
        return at
    one = desk.of(turn, at, item_id)
    return one if isinstance(one, Redraw) else (at[0], one)


def shown(turn: Turn, event: Event, one: Item, words: str = "") -> Redraw:
    """What was said about one item."""
    decided = Decisions(turn.work, turn.community.id).of_event(event.id)
    names = [each.name for each in decided if each.words.title == one.topic.title]
    now = notes(turn).get(event.id, one.id)
    return Redraw(cards_desk.note(turn.reader, event.id, one, now, decided=names, words=words))


@router.pressed(actions.SeeNote, desk=True, supporters=True)
def see(turn: Turn, wish: actions.SeeNote) -> Answer:
    """The same, from a button."""
    found = item(turn, wish.event, wish.item)
    return found if isinstance(found, Redraw) else shown(turn, *found)


@router.pressed(actions.Note, desk=True, supporters=True)
def note(turn: Turn, wish: actions.Note) -> Form | Redraw:
    """Open the form with what is there."""
    found = item(turn, wish.event, wish.item)
    if isinstance(found, Redraw):
        return found
    now = notes(turn).get(wish.event, wish.item)
    return cards_desk.note_form(turn.reader, _filled(wish.event, wish.item, now))


def _filled(event_id: str, item_id: str, now: Note | None) -> actions.Noted:
    typed = actions.Noted(event=event_id, item=item_id)
    if now is None:
        return typed
    text = {language: now.said.text.get(language, "") for language in ("ja", "en")}
    return typed.model_copy(update={"version": now.version, "outcome": str(now.outcome), **text})


@router.submitted(actions.Noted, desk=True, supporters=True)
def noted(turn: Turn, wish: actions.Noted) -> Answer:
    """Keep it; whoever wrote on an older version reads the newer one first, and loses nothing of their own."""
    found = item(turn, wish.event, wish.item)
    if isinstance(found, Redraw):
        return found
    reader, text = turn.reader, {"ja": lines(wish.ja), "en": lines(wish.en)}
    errors = {name: over for name, each in text.items() if (over := too_long(reader, each, TEXT_MAX))}
    if wish.outcome not in set(map(str, Outcome)):
        errors["outcome"] = reader(said.BAD_OUTCOME)
    if errors:
        return cards_desk.note_form(reader, wish, errors)
    now, kept = notes(turn).get(wish.event, wish.item), {name: each for name, each in text.items() if each}
    same = now and (dict(now.said.text), str(now.outcome)) == (kept, wish.outcome)
    if not same and not notes(turn).keep(wish.event, wish.item, kept, Outcome(wish.outcome), wish.version):
        now = notes(turn).get(wish.event, wish.item)
        again = wish.model_copy(update={"version": now.version if now else 0})
        return cards_desk.note_form(reader, again, {"": reader(said.NOTE_MEANWHILE)}, now)
    running.note(turn, "meeting.minutes", wish.event)
    told.revise(turn.work, turn.community.id, wish.event)
    return shown(turn, *found, reader(said.NOTE_KEPT))


# --- for whom they are ---------------------------------------------------------------------------


def _ready(turn: Turn, event_id: str) -> Event | Redraw:
    """A meeting of which something was noted, or why not."""
    at = begun(turn, event_id)
    if isinstance(at, Redraw):
        return at
    there = cards_minutes.kept(turn.work, turn.community.id, at[0])
    return at[0] if there.notes or there.decisions else _list(turn, at[0], words=turn.reader(said.PUBLISH_NONE))


def _rooms(turn: Turn) -> list[str]:
    return ["none", *(one for one in publishing.rooms_open(turn) if one != "none")]


@router.pressed(actions.Publish, desk=True, supporters=True)
def publish(turn: Turn, wish: actions.Publish) -> Form | Redraw:
    """Open the form."""
    event = _ready(turn, wish.event)
    if isinstance(event, Redraw):
        return event
    return cards_desk.publish(turn.reader, _rooms(turn), actions.PublishLook(event=event.id))


@router.submitted(actions.PublishLook, desk=True, supporters=True)
def look(turn: Turn, wish: actions.PublishLook) -> Answer:
    """What members will read, and what it leads to; nothing is sent yet."""
    event = _ready(turn, wish.event)
    if isinstance(event, Redraw):
        return event
    if wish.channel not in _rooms(turn):
        again = wish.model_copy(update={"channel": "none"})
        return cards_desk.publish(turn.reader, _rooms(turn), again, {"channel": turn.reader(said.BAD_OUTCOME)})
    facts: Sequence[tuple[str, str]] = ()
    if wish.tell:
        who = after.guests(turn.work, turn.community.id, event)
        facts = turn.foreseen(who, told.MINUTES, turn.now)
    seen = cards_minutes.briefly(turn.work, turn.community.id, event, turn.reader)
    return Redraw(cards_desk.look(turn.reader, wish, seen, facts))


@router.pressed(actions.PublishNow, desk=True, supporters=True)
def publish_now(turn: Turn, wish: actions.PublishNow) -> Answer:
    """Members find them from now on; those who came hear of it once, and the room gets them once."""
    event = _ready(turn, wish.event)
    if isinstance(event, Redraw):
        return event
    here = turn.community.id
    desk.shelf(turn).publish(event.id)
    room = publishing.room_of(turn, wish.channel) if wish.channel in _rooms(turn) else None
    if room:
        told.post(turn.work, here, event, room)
    if wish.tell:
        told.offer(turn.work, here, event)
    told.revise(turn.work, here, event.id)
    running.note(turn, "meeting.published", event.id)
    return desk.page(turn, event, turn.reader(said.PUBLISH_SAID))
