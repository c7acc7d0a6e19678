"""What the clock says once an event is over: who came is asked of its organisers, what came of it of those who came."""

from collections.abc import Collection

from bot.cards import Card, Text
from handlers.events import cards, cards_after, facing
from handlers.events import texts_after as texts
from handlers.events.rules import AFTER_LIVES, AFTERWARDS, KEPT_LIVES, OUTCOME, OUTCOME_LIVES
from storage.asides import Asides
from storage.attendance import Attendance
from storage.communities import Community
from storage.events import Event, State
from storage.manners import Manner
from storage.outbox import Draft, Nudge, Outbox
from storage.people import Area, Member, People, Role
from storage.pitches import Pitches
from storage.presets import Level
from storage.schedules import Occurrence, Schedules
from storage.seating import Standing
from storage.seats import Seats
from storage.work import Work

THANKED, PRESENTED, KEPT = "events.thanked", "events.presented", "events.kept"


def over(work: Work, community: str, event_id: str) -> Event | None:
    """An event that took place."""
    found = facing.get(work, community, event_id)
    return found if found and found.state is State.ANNOUNCED and found.ends_at <= work.now else None


def once(work: Work, community: str, told: tuple[str, Manner], event: Event, who: Collection[str]) -> list[Draft]:
    """One message of a kind, with its manner, to each, once for an event."""
    now, (kind, manner) = work.database_now, told
    return [
        Draft(
            key=f"{kind}:{work.keys.tag('event.told', community, kind, event.id, member).hex()}",
            kind=kind,
            to=to,
            member=member,
            due_at=now,
            expires_at=now + manner.lives,
            params={"event": event.id},
            priority=manner.priority,
        )
        for member, to in People(work, community).addresses(who).items()
    ]


# --- its organisers ------------------------------------------------------------------------------


def organisers(work: Work, community: str, event: Event, *, hidden: bool) -> list[Member]:
    """Who runs it; if nobody is left of them, who does the community's content."""
    people = People(work, community)
    some = people.some(event.details.organisers)
    some = some or [one for one in people.with_role(Role.SECRETARIAT, Role.OWNER) if one.may(Area.CONTENT)]
    return [one for one in some if (one.level is Level.HIDDEN) is hidden]


def plan_afterwards(work: Work, occurrence: Occurrence, _: str, _limit: int) -> tuple[list[Draft], str | None]:
    """The day after: whoever ran it hears what is left to do."""
    community, found = occurrence.community, over(work, occurrence.community, occurrence.subject)
    Schedules(work, community).stop(AFTERWARDS, occurrence.subject)
    if found is None:
        return [], None
    Asides(work, community).leave(found.id, AFTERWARDS)
    who = [one.id for one in organisers(work, community, found, hidden=False)]
    return once(work, community, (AFTERWARDS, MANNERS[AFTERWARDS]), found, who), None


def draw_afterwards(work: Work, nudge: Nudge) -> Card | None:
    """Unless it has been seen to."""
    member = People(work, nudge.community).get(nudge.member or "")
    found = over(work, nudge.community, str(nudge.params["event"]))
    return page(work, member, found) if member and found and not found.confirmed_on else None


def organisers_cards(work: Work, community: str, event: Event, *, hidden: bool) -> list[tuple[Member, Card]]:
    """What they see, each."""
    found = over(work, community, event.id)
    if found is None or found.confirmed_on:
        return []
    return [(one, page(work, one, found)) for one in organisers(work, community, found, hidden=hidden)]


def page(work: Work, member: Member, event: Event, said: str = "") -> Card:
    """What is left to do about an event, and what is known of it."""
    reader, attendance = member.reader, Attendance(work, member.community.id)
    outcome, preset = attendance.outcome(event.id), member.community.preset
    facts = [(reader(texts.SIGNED_UP), _signed_up(work, member.community, event))]
    noted = came(work, member.community, event)
    facts.append((reader(texts.CAME), noted or reader(texts.CAME_UNKNOWN)))
    if event.confirmed_on:
        facts.append((reader(texts.CONFIRMED), reader.day(event.confirmed_on)))
    if outcome.yes or outcome.no:
        told = ((texts.OUTCOME_YES, outcome.yes), (texts.OUTCOME_NO, outcome.no))
        facts += [(reader(label), preset.shown(count)) for label, count in told]
    survey = member.may(Area.CONTENT)
    said = said or reader(texts.THANKS)
    return cards_after.page(reader, event, facts, said=said, lines=outcome.lines, survey=survey)


def _signed_up(work: Work, here: Community, event: Event) -> str:
    return " · ".join(facing.told(work, here, event, part)[0] for part in event.parts)


def came(work: Work, here: Community, event: Event) -> str:
    """How many came, as may be told; "" while it is not known."""
    there = Attendance(work, here.id).came(event)
    counts = [Seats(work, here.id).counts(event.id, part.id) for part in event.parts]
    strangers = sum(one.strangers for one in counts)
    if not there and not strangers and not event.confirmed_on:
        return ""
    hidden = sum(one.hidden for one in there)
    return here.preset.shown(here.preset.counted(len(there) - hidden, hidden) + strangers)


def thank(work: Work, community: str, event: Event, by: str) -> None:
    """Thanks to whoever organised it or presented there, but whoever says so, once for an event."""
    people, organised = People(work, community), {*event.details.organisers}
    for kind, who in ((THANKED, organised), (PRESENTED, presenters(work, community, event) - organised)):
        seen = {one.id for one in people.some(who - {by}) if one.level is not Level.HIDDEN}
        Outbox(work, community).add(once(work, community, (kind, MANNERS[kind]), event, seen))


def presenters(work: Work, community: str, event: Event) -> set[str]:
    """Who had a slot, by id, and has not said since that they could not come."""
    seats, slots = Seats(work, community), Pitches(work, community).chosen(event.id)
    stands = {one.member: [stand.state for stand in seats.standing(one.member, [event])] for one in slots}
    return {who for who, states in stands.items() if not states or set(states) != {Standing.CANNOT}}


def draw_thanked(work: Work, nudge: Nudge) -> Card | None:
    """How many came, and thanks; nothing to whoever did not present after all."""
    member = People(work, nudge.community).get(nudge.member or "")
    found = over(work, nudge.community, str(nudge.params["event"]))
    pitch = Pitches(work, nudge.community).of(found.id, member.id) if member and found else None
    if member is None or found is None or (nudge.kind == PRESENTED and pitch is None):
        return None
    reader, number = member.reader, came(work, member.community, found)
    words = texts.THANKED if nudge.kind == THANKED else texts.PRESENTED
    what = pitch.pitch.title if pitch else ""
    title, count = found.title(reader.language), 1 if number == "1" else 2
    said = reader(words, title=title, what=what, number=number, count=count)
    return Card(cards.summary(reader, found.details), (Text(said),))


# --- those who came ------------------------------------------------------------------------------


def guests(work: Work, community: str, event: Event) -> list[str]:
    """Who came, by id, without hidden members; while nobody was noted, who was going."""
    there = [one.id for one in Attendance(work, community).came(event) if not one.hidden]
    if there or event.confirmed_on:
        return sorted(there)
    seats = Seats(work, community)
    going = (one for part in event.parts for one in seats.going(event.id, part.id))
    return sorted({one.member for one in going if one.level is not Level.HIDDEN})


def offer(work: Work, community: str, event: Event) -> int:
    """The summary to those who came, within what each allows.  How many rows."""
    return Outbox(work, community).add(
        once(work, community, (KEPT, MANNERS[KEPT]), event, guests(work, community, event))
    )


def draw_kept(work: Work, nudge: Nudge) -> Card | None:
    """Unless it was taken back."""
    member = People(work, nudge.community).get(nudge.member or "")
    found = over(work, nudge.community, str(nudge.params["event"]))
    if member is None or found is None or not cards_after.is_kept(found.archive):
        return None
    return cards_after.kept(member.reader, found)


def plan_outcome(work: Work, occurrence: Occurrence, cursor: str, limit: int) -> tuple[list[Draft], str | None]:
    """After a month: whoever is known to have come is asked once, within what each allows."""
    community, found = occurrence.community, over(work, occurrence.community, occurrence.subject)
    came_there = Attendance(work, community).came(found) if found else []
    who = sorted(one.id for one in came_there if not one.hidden and one.id > cursor)
    if found and len(who) > limit:
        return once(work, community, (OUTCOME, MANNERS[OUTCOME]), found, who[:limit]), who[limit - 1]
    Schedules(work, community).stop(OUTCOME, occurrence.subject)
    return once(work, community, (OUTCOME, MANNERS[OUTCOME]), found, who) if found else [], None


def draw_outcome(work: Work, nudge: Nudge) -> Card | None:
    """Unless they have said so already."""
    member = People(work, nudge.community).get(nudge.member or "")
    found = over(work, nudge.community, str(nudge.params["event"]))
    if member is None or found is None or Attendance(work, nudge.community).told(found.id, member.id):
        return None
    return cards_after.outcome(member.reader, found)


PLANNERS = {AFTERWARDS: plan_afterwards, OUTCOME: plan_outcome}
DRAWERS = {
    AFTERWARDS: draw_afterwards,
    THANKED: draw_thanked,
    PRESENTED: draw_thanked,
    KEPT: draw_kept,
    OUTCOME: draw_outcome,
}
MANNERS = {
    AFTERWARDS: Manner(name=texts.AFTER_NAME, why=texts.AFTER_WHY, asked=True, priority=1, lives=AFTER_LIVES),
    THANKED: Manner(name=texts.THANKED_NAME, why=texts.THANKED_WHY, asked=True, lives=AFTER_LIVES),
    PRESENTED: Manner(name=texts.THANKED_NAME, why=texts.PRESENTED_WHY, asked=True, lives=AFTER_LIVES),
    KEPT: Manner(name=texts.KEPT_NAME, why=texts.KEPT_WHY, priority=3, digest=True, lives=KEPT_LIVES),
    OUTCOME: Manner(name=texts.OUTCOME_NAME, why=texts.OUTCOME_WHY, priority=3, lives=OUTCOME_LIVES),
}
