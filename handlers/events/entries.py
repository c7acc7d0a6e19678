"""Events as they stand in one member's calendar: which, under what title, and how much of them.

A calendar is often seen by others: colleagues, an assistant, a screen that is shared.  So a title that says too much is
replaced by a neutral one, and where that is so, nothing else is told either but the time and, to those who are going,
the link.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.files import File
from bot.language import Reader
from handlers.events import texts
from handlers.events import texts_calendar as said
from handlers.events.calendar import MIME, Entry, written
from handlers.events.calendar import State as Status
from storage.communities import Community
from storage.events import Event, Events, State
from storage.feeds import Feed
from storage.people import Member
from storage.programme import Part
from storage.questions import worded
from storage.seating import Standing
from storage.seats import Seats, Stand, kind_of
from storage.work import Work

KEPT = timedelta(days=90)  # what is over stays in the feed so long
IN_IT = {Standing.GOING, Standing.OFFERED, Standing.WAITING, Standing.CAME}
HERE = {Standing.GOING, Standing.CAME}
NOTES = {Standing.WAITING: said.WAITS, Standing.OFFERED: said.KEPT, None: said.OPEN}


def feed(work: Work, member: Member, of: Feed) -> File:
    """What a member's address gives."""
    here = member.community
    events = Events(work, here.id).upcoming(work.now - KEPT, cancelled=True)
    stands = _stands(work, member, events)
    kind = kind_of(member)
    entries = [
        entry(member, event, part, stands.get(part.id))
        for event in events
        for part in event.parts
        if _is_mine(stands.get(part.id))
        or (of.every and part.id not in stands and event.state is State.ANNOUNCED and _admits(event, kind))
    ]
    return File("enishi.ics", MIME, written(_name(here, member.reader), member.reader.zone, entries, work.now))


def one(work: Work, member: Member, event_id: str) -> File | None:
    """One event, all its parts that a member is coming to or waits for, or all of them; None: there is none."""
    here = member.community
    event = Events(work, here.id).get(event_id)
    if event is None or event.state is State.DRAFT:
        return None
    stands = _stands(work, member, [event])
    mine = [part for part in event.parts if _is_mine(stands.get(part.id))]
    entries = [entry(member, event, part, stands.get(part.id)) for part in mine or event.parts]
    return File("enishi.ics", MIME, written(_name(here, member.reader), member.reader.zone, entries, work.now))


def entry(member: Member, event: Event, part: Part, stand: Stand | None) -> Entry:
    """One part, as it stands in this member's calendar."""
    here, reader = member.community, member.reader
    standing = stand.state if stand else None
    cancelled = event.state is State.CANCELLED
    title, neutral = _titled(here, reader, event, part)
    link = part.link if standing in HERE and not cancelled else ""
    place = "" if neutral and _says_too_much(here, part.place.values()) else part.where(reader.language)
    return Entry(
        uid=part.uid,
        revision=event.revision,
        changed_at=event.changed_at,
        title=reader(said.CALLED_OFF, title=title) if cancelled else title,
        begins=part.starts_at,
        ends=part.ends_at,
        zone=part.zone,
        state=_status(standing, cancelled=cancelled),
        busy=standing in HERE,
        place=place,
        text=_text(reader, event, standing, link, neutral=neutral, cancelled=cancelled),
        link=link,
    )


def _stands(work: Work, member: Member, events: Sequence[Event]) -> dict[str, Stand]:
    return {one.part.id: one for one in Seats(work, member.community.id).standing(member.id, events)}


def _is_mine(stand: Stand | None) -> bool:
    return stand is not None and stand.state in IN_IT


def _admits(event: Event, kind: object) -> bool:
    """Whether it could be answered: a date of fixed teams stands in their members' calendars alone."""
    return not event.details.cohort and (not event.details.kinds or kind is None or kind in event.details.kinds)


def _status(standing: Standing | None, *, cancelled: bool) -> Status:
    if cancelled:
        return Status.CANCELLED
    return Status.TENTATIVE if standing in {Standing.WAITING, Standing.OFFERED} else Status.CONFIRMED


def _says_too_much(here: Community, texts_of_it: Iterable[str]) -> bool:
    preset = here.preset
    return bool(preset.discreet) and any(preset.gives_away(text) for text in texts_of_it if text)


def _titled(here: Community, reader: Reader, event: Event, part: Part) -> tuple[str, bool]:
    """The title, and whether it is a neutral one."""
    details, name = event.details, part.name(reader.language) if len(event.parts) > 1 else ""
    if any(details.neutral.values()):
        return worded(details.neutral, reader.language), True
    title = event.title(reader.language)
    if _says_too_much(here, (title, name)):
        return reader(texts.NEUTRAL), True
    return (reader(said.PART, title=title, part=name) if name else title), False


def _text(reader: Reader, event: Event, standing: Standing | None, link: str, *, neutral: bool, cancelled: bool) -> str:
    note = None if cancelled else NOTES.get(standing)
    about = "" if neutral else worded(event.details.about, reader.language)
    lines = [reader(note) if note else "", reader(said.JOIN, link=link) if link else "", about]
    return "\n\n".join(line for line in lines if line)


def _name(here: Community, reader: Reader) -> str:
    if here.preset.gives_away(here.name):
        return reader(said.NAME_PLAIN)
    return reader(said.NAME, community=here.name)
