"""What cards store about a member: on their page, and in the copy they take along."""

from collections.abc import Iterator

from handlers.events.exchange import texts
from handlers.events.texts import EXPORT_EVENT
from handlers.sections import Row, Section
from storage.events import Event, Events
from storage.exchange import Exchange, Slip
from storage.people import Member, People
from storage.work import Work


def cards(work: Work, member: Member) -> Iterator[tuple[Event, Slip]]:
    """Those that are still kept, with their events."""
    shelf = Exchange(work, member.community.id)
    for event in Events(work, member.community.id).some(shelf.events(member.id)):
        if slip := shelf.of(event.id, member.id):
            yield event, slip


def facts(work: Work, member: Member) -> list[tuple[str, str]]:
    """In short."""
    reader = member.reader
    return [
        (event.title(reader.language), f"{reader(texts.MINE)}: {' / '.join(filter(None, (slip.seeks, slip.offers)))}")
        for event, slip in cards(work, member)
    ]


def export(work: Work, member: Member) -> Section:
    """In full."""
    reader = member.reader
    rows: list[Row] = [
        [
            ("event", reader(EXPORT_EVENT), event.title(reader.language)),
            ("seeks", reader(texts.SEEKS), slip.seeks),
            ("offers", reader(texts.OFFERS), slip.offers),
            ("reach", reader(texts.REACH), slip.reach),
            ("asked", reader(texts.EXPORT_ASKED), ", ".join(_asked(work, member, event))),
        ]
        for event, slip in cards(work, member)
    ]
    return Section("event_cards", reader(texts.EXPORT), reader(texts.EXPORT_SEEN), rows)


def _asked(work: Work, member: Member, event: Event) -> list[str]:
    everybody = {one.id: one for one in People(work, member.community.id).all() if one.is_seen_by(member)}
    talks = Exchange(work, member.community.id).talks(event.id, member.id, everybody)
    return sorted(everybody[who].name for who, (mine, _) in talks.items() if mine.wants)
