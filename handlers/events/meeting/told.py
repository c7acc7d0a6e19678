"""What members are told about meetings: that something was asked of them, a reminder, and the minutes.

Hidden members have no row here.  Nobody asks them to do something, since they are named to nobody; who hides after
having taken something on is not reminded, since a reminder is started by us.
"""

from collections.abc import Sequence
from datetime import datetime, time

from bot.address import Address
from bot.cards import Card, Look, Text
from bot.language import Reader
from handlers.events import after, facing
from handlers.events import cards as event_cards
from handlers.events.meeting import cards, cards_minutes, rules, seen, texts
from handlers.events.rules import KEPT_LIVES
from storage import moments
from storage.communities import Settings
from storage.events import Event, Events
from storage.manners import Manner
from storage.manners import Settings as Manners
from storage.meetings import Meetings
from storage.outbox import Draft, Nudge, OnUnknown, Outbox
from storage.people import Member, People
from storage.presets import Level
from storage.programme import end_of
from storage.schedules import CatchUp, Occurrence, Schedules
from storage.todos import Todo, Todos, TodoState
from storage.work import Work
from storage.workdays import calendar

TODO, SOON, MINUTES, ROOM = "meetings.todo", "meetings.soon", "meetings.minutes", "meetings.room"
AT = time(10)  # of the day on which somebody is reminded, by the clocks of the meeting


def title_of(work: Work, member: Member, one: Todo) -> str:
    """What the meeting is called that it comes from."""
    event = Events(work, member.community.id).get(one.event)
    return event.title(member.reader.language) if event else ""


def todo_lines(work: Work, member: Member, todos: Sequence[Todo]) -> list[str]:
    """A line each, with names of those who show theirs to other members."""
    names = seen.named(work, member, Todos(work, member.community.id).owners(todos))
    return [f"- {cards.todo_line(member.reader, one, names.get(one.id, ''))}" for one in todos]


# --- something to do -----------------------------------------------------------------------------


def ask(work: Work, community: str, one: Todo, zone: str, who: str) -> bool:
    """One message to somebody who may be seen; False to anybody else.  Asked once more, one message more."""
    people = People(work, community)
    some = [each.id for each in people.some({who}) if each.level is not Level.HIDDEN]
    ends = end_of(one.until, zone)
    tag = work.keys.tag("meeting.told", community, one.id, who).hex()
    drafts = [
        Draft(
            key=f"{TODO}:{tag}:{work.now:%Y%m%dT%H%M%S%f}",
            kind=TODO,
            to=to,
            member=member,
            due_at=work.now,
            expires_at=ends,
            params={"todo": one.id},
            priority=MANNERS[TODO].priority,
        )
        for member, to in people.addresses(some).items()
        if ends > work.now
    ]
    return bool(Outbox(work, community).add(drafts)) if drafts else False


def _todo(work: Work, nudge: Nudge, state: TodoState) -> tuple[Member, Todo] | None:
    """Whose it is and what, as long as it is so."""
    member = People(work, nudge.community).get(nudge.member or "")
    mine = Todos(work, nudge.community).of(member.id) if member else []
    one = next((each for each in mine if each.id == nudge.params["todo"] and each.state is state), None)
    return (member, one) if member and one else None


def draw_todo(work: Work, nudge: Nudge) -> Card | None:
    """The question, while it is open."""
    found = _todo(work, nudge, TodoState.OFFERED)
    return cards.todo(found[0].reader, found[1], title_of(work, *found)) if found else None


def remind_later(work: Work, community: str, one: Todo) -> None:
    """Whoever took it on hears of it once more, unless that day has passed."""
    event = Events(work, community).get(one.event)
    if event is None:
        return
    here = Settings(work, community).get()
    works = calendar(Manners.read(here.settings), here.zone).works
    local = datetime.combine(rules.reminded_on(one.until, works), AT)
    if moments.instant(local, event.zone) > work.database_now:
        Schedules(work, community).set(
            SOON, dtstart_local=local, zone=event.zone, subject=one.id, catch_up=CatchUp.EACH
        )


def plan_soon(work: Work, occurrence: Occurrence, _: str, _limit: int) -> tuple[list[Draft], str | None]:
    """Whoever has it, if they may be seen, within what they allow."""
    community = occurrence.community
    Schedules(work, community).stop(SOON, occurrence.subject)
    one = Todos(work, community).get(occurrence.subject)
    if one is None or one.state is not TodoState.TAKEN:
        return [], None
    people, owner = People(work, community), Todos(work, community).owners([one]).get(one.id, "")
    some = [each.id for each in people.some({owner}) if each.level is not Level.HIDDEN]
    tag = work.keys.tag("meeting.told", community, SOON, one.id, owner).hex()
    return [
        Draft(
            key=f"{SOON}:{tag}",
            kind=SOON,
            to=to,
            member=member,
            due_at=occurrence.starts_at,
            expires_at=end_of(one.until, occurrence.zone),
            params={"todo": one.id},
            priority=MANNERS[SOON].priority,
        )
        for member, to in people.addresses(some).items()
    ], None


def draw_soon(work: Work, nudge: Nudge) -> Card | None:
    """As long as it is theirs and not done."""
    found = _todo(work, nudge, TodoState.TAKEN)
    if found is None:
        return None
    (member, one), reader = found, found[0].reader
    said = reader(texts.SOON, day=reader.full_day(one.until), title=title_of(work, member, one))
    return cards.todo(reader, one, "", said=said, summary=reader(texts.SOON_SUMMARY))


# --- the minutes ---------------------------------------------------------------------------------


def offer(work: Work, community: str, event: Event) -> int:
    """The minutes to those who came, once for an event, within what each allows.  How many rows."""
    guests = after.guests(work, community, event)
    drafts = after.once(work, community, (MINUTES, MANNERS[MINUTES]), event, guests)
    return Outbox(work, community).add(drafts)


def draw_minutes(work: Work, nudge: Nudge) -> Card | None:
    """The way to them."""
    found = facing.whose(work, nudge)
    if found is None or not _published(work, nudge.community, found[1].id):
        return None
    event, reader = found[1], found[0].reader
    said = reader(texts.PUBLISHED, title=event.title(reader.language))
    shown = cards_minutes.briefly(work, nudge.community, event, reader)
    return Card(event_cards.summary(reader, event.details), (Text(said), *shown))


def _key(event_id: str) -> str:
    return f"{ROOM}:{event_id}:"


def post(work: Work, community: str, event: Event, room: Address) -> None:
    """Put them into a room, once."""
    place = work.keys.tag("event.room", str(room)).hex()[:16]
    draft = Draft(
        key=f"{_key(event.id)}{place}",
        kind=ROOM,
        to=room,
        member=None,
        due_at=work.now,
        expires_at=work.now + MANNERS[ROOM].lives,
        params={"event": event.id},
        priority=1,
        on_unknown=OnUnknown.LOOKUP_DROP,
    )
    Outbox(work, community).add([draft])


def revise(work: Work, community: str, event_id: str) -> None:
    """Something was corrected: wherever they stand they are drawn anew."""
    Outbox(work, community).revise(_key(event_id))


def draw_room(work: Work, nudge: Nudge) -> Card | None:
    """As they are now, in the room's language; nobody's name."""
    here = Settings(work, nudge.community).get()
    event = facing.get(work, nudge.community, str(nudge.params["event"]))
    if event is None or not _published(work, nudge.community, event.id):
        return None
    reader = Reader(nudge.language or here.language, here.zone)
    title = reader(texts.MINUTES_OF, title=event.title(reader.language))
    shown = cards_minutes.briefly(work, here.id, event, reader, room=True)
    return Card(event_cards.summary(reader, event.details), (Text(title, Look.HEADING), *shown))


def _published(work: Work, community: str, event_id: str) -> bool:
    sitting = Meetings(work, community).sitting(event_id)
    return bool(sitting and sitting.published)


def hide(work: Work, community: str, member_id: str) -> None:
    """Somebody hides: what was said to them about meetings is forgotten, since its rows name them."""
    member = People(work, community).get(member_id)
    if member and member.level is Level.HIDDEN:
        Outbox(work, community).forget(member_id, {TODO, SOON, MINUTES})


PLANNERS = {SOON: plan_soon}
DRAWERS = {TODO: draw_todo, SOON: draw_soon, MINUTES: draw_minutes, ROOM: draw_room}
MANNERS = {
    TODO: Manner(name=texts.TODO_NAME, why=texts.TODO_WHY, asked=True, priority=1),
    SOON: Manner(name=texts.SOON_NAME, why=texts.SOON_WHY, digest=True, lives=2 * rules.REMINDED),
    MINUTES: Manner(name=texts.MINUTES_NAME, why=texts.MINUTES_WHY, priority=3, digest=True, lives=KEPT_LIVES),
    ROOM: Manner(name=texts.ROOM_NAME, why=texts.ROOM_WHY, asked=True),
}
