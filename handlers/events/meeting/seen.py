"""What an event's card says of the meeting it is a date of: the agenda, and the way to propose something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.cards import Buttons, Piece, Text, button
from bot.language import Reader
from handlers.events.meeting import actions, rules, texts
from handlers.events.meeting.rules import Agenda
from storage.events import Event, State
from storage.meetings import Item, ItemState, Meetings
from storage.people import Member, People
from storage.presets import Level
from storage.seating import Standing
from storage.seats import Seats, kind_of
from storage.todos import Todo, Todos
from storage.work import Work

SHOWN = 6  # items on the event's card


@dataclass(frozen=True, slots=True)
class Coming:
    """What there is for a date: its agenda, None where another date comes first, and what is still to be done."""

    meeting: str
    agenda: Agenda | None
    todos: Sequence[Todo] = ()


def coming(work: Work, community: str, event: Event) -> Coming | None:
    """Of an event that is no meeting, None."""
    shelf = Meetings(work, community)
    meeting = shelf.of(event)
    if not meeting:
        return None
    following = shelf.next(meeting)
    if following is None or following.id != event.id:
        return Coming(meeting, None)
    sitting, open_ = shelf.sitting(event.id), shelf.items(meeting, ItemState.OPEN)
    agenda = rules.agenda(open_, sitting.items if sitting else None, rules.room(event.first))
    return Coming(meeting, agenda, Todos(work, community).open(meeting))


def below(work: Work, event: Event, member: Member) -> Sequence[Piece]:
    """For this member; a shared room shows nothing of it."""
    if event.state is not State.ANNOUNCED:
        return ()
    here, reader = member.community.id, member.reader
    if event.ends_at <= work.now:
        sitting = Meetings(work, here).sitting(event.id)
        read = button(reader(texts.READ), actions.Minutes(event=event.id))
        return (Buttons((read,)),) if sitting and sitting.published else ()
    found = coming(work, here, event)
    if found is None:
        return ()
    pieces, row = list[Piece](), []
    if found.agenda and is_coming(work, event, member):
        pieces.append(Text("\n".join([counted(reader, found.agenda), *briefly(reader, found.agenda.items)])))
    row.append(button(reader(texts.AGENDA), actions.Agenda(event=event.id)))
    if may_propose(event, member):
        row.append(button(reader(texts.PROPOSE), actions.Propose(event=event.id)))
    return (*pieces, Buttons(tuple(row)))


def counted(reader: Reader, agenda: Agenda) -> str:
    """How many items, and how long they take."""
    if not agenda.items:
        return reader(texts.FREE)
    return reader(texts.COUNT, count=len(agenda.items), minutes=reader.number(agenda.taken))


def briefly(reader: Reader, items: Sequence[Item]) -> list[str]:
    """A line each, as many as a card holds."""
    lines = [
        reader(texts.LINE, number=number, title=one.topic.title, minutes=one.topic.minutes)
        for number, one in enumerate(items[:SHOWN], 1)
    ]
    more = len(items) - SHOWN
    return [*lines, reader(texts.MORE_ITEMS, count=more)] if more > 0 else lines


def is_coming(work: Work, event: Event, member: Member) -> bool:
    """Whether they come to any part, or run it."""
    if event.is_run_by(member.id):
        return True
    stands = Seats(work, member.community.id).standing(member.id, [event])
    return any(one.state in {Standing.GOING, Standing.CAME} for one in stands)


def may_propose(event: Event, member: Member) -> bool:
    """Whoever may come."""
    kind = kind_of(member)
    return event.state is State.ANNOUNCED and (kind is None or event.details.admits(kind))


def proposers(work: Work, reader: Member, items: Sequence[Item]) -> dict[str, str]:
    """By item, who proposed it, as far as this reader may see the name; others have no entry."""
    return named(work, reader, Meetings(work, reader.community.id).asked_by(items))


def named(work: Work, reader: Member, whose: Mapping[str, str]) -> dict[str, str]:
    """The names of these members, under the same keys: of those who show theirs to other members, and to this one."""
    some = {one.id: one for one in People(work, reader.community.id).some(set(whose.values()))}
    shown = {who: one.name for who, one in some.items() if one.level >= Level.MEMBERS and one.is_seen_by(reader)}
    return {key: shown[who] for key, who in whose.items() if who in shown}


def from_whom(reader: Reader, item: Item, names: Mapping[str, str]) -> str:
    """Beside an item that a member proposed; "" beside others."""
    if not item.asked:
        return ""
    name = names.get(item.id)
    return reader(texts.FROM, name=name) if name else reader(texts.FROM_MEMBER)
