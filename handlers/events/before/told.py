"""What members are told before an event: their group, and what became of what they would present.

Hidden members have no row here; the clock tells them, see `handlers/events/quiet.py`.
"""

from collections.abc import Collection, Iterable

from bot.cards import Card
from handlers.events import cards, facing
from handlers.events.before import cards_pitch, circle, texts, texts_pitch
from storage.asides import Asides
from storage.events import Event, State
from storage.grouping import Grouping
from storage.manners import Manner
from storage.outbox import Draft, Nudge, Outbox
from storage.people import Member, People
from storage.pitches import Answer, Pitches
from storage.presets import Level
from storage.work import Work

GROUPED, PITCH = "events.grouped", "events.presents"


def send(work: Work, community: str, kind: str, event: Event, who: Collection[str]) -> None:
    """A message to each of these members whom somebody may see, until the event is over.

    One that still waits, for the morning, goes: both would say how it stands when they are sent.
    """
    seen = {one.id for one in People(work, community).some(who) if one.level is not Level.HIDDEN}
    outbox, drafts = Outbox(work, community), list[Draft]()
    for member, to in People(work, community).addresses(seen).items():
        reason = f"{kind}:{work.keys.tag('event.told', community, event.id, member).hex()}:"
        outbox.cancel(kind=kind, member=member, key_prefix=reason, why="newer")
        drafts.append(
            Draft(
                key=f"{reason}{work.now:%Y%m%dT%H%M%S%f}",
                kind=kind,
                to=to,
                member=member,
                due_at=work.now,
                expires_at=event.ends_at,
                params={"event": event.id},
                priority=MANNERS[kind].priority,
            )
        )
    outbox.add(drafts)


def grouped(work: Work, community: str, event: Event, who: Collection[str]) -> None:
    """These members have a group; hidden ones hear it in passing."""
    send(work, community, GROUPED, event, who)
    if any(one.level is Level.HIDDEN for one in People(work, community).some(who)):
        Asides(work, community).leave(event.id, GROUPED)


def hidden(work: Work, community: str, event: Event) -> Iterable[tuple[Member, Card | None]]:
    """Hidden members, each with their group."""
    who = [one.member for one in circle.coming(work, community, event) if one.level is Level.HIDDEN]
    return [(one, _group(work, one, event)) for one in People(work, community).some(who)]


def _group(work: Work, member: Member, event: Event) -> Card | None:
    if event.state is not State.ANNOUNCED or event.ends_at <= work.now:
        return None
    return circle.own(work, member, event, cards.summary(member.reader, event.details), told=True)


def draw_grouped(work: Work, nudge: Nudge) -> Card | None:
    """The group as it is now."""
    found = facing.whose(work, nudge)
    return _group(work, *found) if found else None


def draw_pitch(work: Work, nudge: Nudge) -> Card | None:
    """What became of it, as it is now; nothing when it was taken back."""
    found = facing.whose(work, nudge)
    if found is None or found[1].state is not State.ANNOUNCED or found[1].ends_at <= work.now:
        return None
    (member, event), shelf = found, Pitches(work, nudge.community)
    one, slots = shelf.of(event.id, member.id), Grouping(work, nudge.community).get(event.id).slots
    if one is None or slots is None or one.answer is Answer.ASKED:
        return None
    reader = member.reader
    words = texts_pitch.YES if one.answer is Answer.YES else texts_pitch.NO
    first = reader(words, title=one.pitch.title, event=event.title(reader.language))
    said = cards_pitch.stands(reader, one, slots, [each.member for each in shelf.chosen(event.id)])
    summary = cards.summary(reader, event.details)
    return cards_pitch.mine(reader, event, one, said if one.answer is Answer.YES else "", summary=summary, first=first)


DRAWERS = {GROUPED: draw_grouped, PITCH: draw_pitch}
MANNERS = {
    GROUPED: Manner(name=texts.GROUPED_NAME, why=texts.GROUPED_WHY, asked=True, priority=1),
    PITCH: Manner(name=texts_pitch.NAME, why=texts_pitch.WHY, asked=True, priority=1),
}
