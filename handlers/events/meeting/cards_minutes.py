"""How published minutes look: in short in a room or a message, and in full for whoever reads them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import Buttons, Card, Divider, Facts, Look, Piece, Text, button
from bot.language import Reader
from handlers.events import cards as event_cards
from handlers.events.meeting import actions, cards, texts
from storage.decisions import Decision, Decisions
from storage.events import Event
from storage.meetings import Meetings
from storage.minutes import Minutes, Note, Outcome
from storage.questions import worded
from storage.work import Work

PAGE = 3  # items of a page
SHOWN = 10  # items and decisions of a message
ENDING = 5  # decisions and things to do below the last items; all decisions are in their list


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one date: notes in the order of their items, and what was decided."""

    notes: Sequence[Note]
    decisions: Sequence[Decision]


def kept(work: Work, community: str, event: Event) -> Kept:
    """What there is, without items of which nothing was noted."""
    notes = Minutes(work, community).of(event.id)
    items = Meetings(work, community).some(notes)
    order = sorted(items.values(), key=lambda one: (one.position, one.id))
    said = [notes[one.id] for one in order]
    some = [one for one in said if one.said.text or one.outcome is not Outcome.NONE]
    return Kept(some, Decisions(work, community).of_event(event.id))


def briefly(work: Work, community: str, event: Event, reader: Reader, *, room: bool = False) -> list[Piece]:
    """What came of each item, and what was decided; nobody's name."""
    found = kept(work, community, event)
    facts = [
        (f"{number}. {one.said.title}", reader(texts.OUTCOMES[one.outcome]))
        for number, one in enumerate(found.notes[:SHOWN], 1)
    ]
    pieces: list[Piece] = [Facts(tuple(facts))] if facts else []
    if found.decisions:
        lines = [(reader(texts.DECIDED, name=one.name), cards.short(reader, one)) for one in found.decisions[:SHOWN]]
        pieces.append(Facts(tuple(lines)))
    return [*pieces, Buttons((button(reader(texts.READ), actions.Minutes(event=event.id, room=room)),))]


def full(reader: Reader, event: Event, found: Kept, todos: Sequence[str], start: int) -> Card:
    """The minutes, a page of items; decisions and what is to be done at the end."""
    start = start if 0 <= start < len(found.notes) else 0
    title = reader(texts.MINUTES_OF, title=event.title(reader.language))
    day = reader.full_day(reader.local(event.starts_at).date())
    pieces: list[Piece] = [Text(title, Look.HEADING), Text(day, Look.QUIET)]
    pieces += [Text(reader(texts.NO_ITEMS_NOTED))] if not found.notes else []
    for number, one in enumerate(found.notes[start : start + PAGE], start + 1):
        pieces += [Text(f"{number}. {one.said.title}", Look.HEADING)]
        said = worded(one.said.text, reader.language)
        pieces += [Text(said)] if said else []
        pieces.append(Text(reader(texts.OUTCOMES[one.outcome]), Look.QUIET))
    row = []
    if start + PAGE < len(found.notes):
        row.append(button(reader(texts.MORE), actions.Minutes(event=event.id, start=start + PAGE)))
    else:
        pieces += _end(reader, found, todos)
    row += [button(one.name, actions.Decision(number=one.name)) for one in found.decisions[:ENDING]]
    if len(found.decisions) > ENDING:
        row.append(button(reader(texts.TO_DECISIONS), actions.Decisions()))
    row.append(cards.to_event(reader, event))
    return Card(event_cards.summary(reader, event.details), (*pieces, Buttons(tuple(row))))


def _end(reader: Reader, found: Kept, todos: Sequence[str]) -> list[Piece]:
    pieces: list[Piece] = []
    if found.decisions:
        lines = [(reader(texts.DECIDED, name=one.name), cards.short(reader, one)) for one in found.decisions[:ENDING]]
        pieces += [Divider(), Text(reader(texts.DECISIONS), Look.HEADING), *cards.in_rows(lines)]
    if todos:
        pieces += [
            Divider(),
            Text(reader(texts.TODOS), Look.HEADING),
            Text("\n".join(cards.as_many(reader, todos, ENDING))),
        ]
    return pieces
