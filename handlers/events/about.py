"""What events store about a member: on their page, in the copy they take along, and when they leave."""

from collections.abc import Sequence

from bot.cards import Facts, Look, Piece, Text
from bot.language import Reader
from handlers.events import cards, facing, following, nudges, posting, texts, wording
from handlers.events.asking import about as asking
from handlers.events.before import about as before
from handlers.events.cohort import about as cohort
from handlers.events.meeting import about as meeting
from handlers.events.meeting import told as meeting_told
from handlers.sections import Row, Section
from handlers.turn import Turn
from storage.events import Events
from storage.people import Member
from storage.presets import Level
from storage.seats import Seats, Stand
from storage.work import Work

ROWS = 10  # facts a piece may hold


def _seen_by(member: Member) -> str:
    hidden = member.level is Level.HIDDEN
    return member.reader(texts.ABOUT_SEALED if hidden else texts.ABOUT_SEEN)


def about(turn: Turn) -> Sequence[Piece]:
    """Where they stand in what is not over, and who sees it."""
    reader = turn.reader
    stands = Seats(turn.work, turn.community.id).standing(turn.me.id)
    facts = [(_called(reader, one), _said(reader, one)) for one in stands]
    return (
        Text(reader(texts.ABOUT_TITLE), Look.HEADING),
        *(Facts(tuple(facts[start : start + ROWS])) for start in range(0, len(facts), ROWS)),
        *(() if facts else (Text(reader(texts.ABOUT_NONE)),)),
        Text(_seen_by(turn.me), Look.QUIET),
        *before.about(turn),
        *cohort.about(turn),
        *meeting.about(turn),
        *following.about(turn),
    )


def _called(reader: Reader, stand: Stand) -> str:
    title = stand.event.title(reader.language)
    if len(stand.event.parts) == 1:
        return title
    return f"{title} · {wording.name(reader, stand.part, stand.event.parts.index(stand.part))}"


def _said(reader: Reader, stand: Stand) -> str:
    said = cards.standing(reader, facing.mine(stand))
    return reader(texts.LINE, when=wording.briefly(reader, stand.part), stands=said)


def export(work: Work, member: Member) -> Sequence[Section]:
    """Every answer of theirs that is still kept, and what they organise."""
    reader, seats = member.reader, Seats(work, member.community.id)
    stands = [*seats.standing(member.id), *seats.past_of(member.id)]
    rows: list[Row] = [
        [
            ("event", reader(texts.EXPORT_EVENT), one.event.title(reader.language)),
            ("part", reader(texts.EXPORT_PART), one.part.name(reader.language)),
            ("when", reader(texts.EXPORT_WHEN), one.part.starts_at.isoformat()),
            ("answer", reader(texts.EXPORT_STANDS), cards.standing(reader, facing.mine(one))),
            ("guests", reader(texts.EXPORT_GUESTS), str(one.guests)),
        ]
        for one in stands
    ]
    run: list[Row] = [
        [("event", reader(texts.EXPORT_EVENT), one.title(reader.language))]
        for one in Events(work, member.community.id).run_by(member.id)
    ]
    return (
        Section("events", reader(texts.ABOUT_TITLE), _seen_by(member), rows),
        Section("organised", reader(texts.EXPORT_ORGANISED), reader(texts.EXPORT_EVERYBODY), run),
        *before.export(work, member),
        cohort.export(work, member),
        *meeting.export(work, member),
        following.export(work, member),
        asking.export(work, member),
    )


def seen(work: Work, community: str, member_id: str) -> None:
    """Others see a member now, or do not: what was said to them, and the rooms that name them as an organiser, follow.

    Counts follow with the next answer: drawn at once, they would say who it was that hid.
    """
    nudges.hide(work, community, member_id)
    meeting_told.hide(work, community, member_id)
    run = [one.id for one in Events(work, community).run_by(member_id)]
    for event_id in {*run, *before.presents_at(work, community, member_id)}:
        posting.revise(work, community, event_id)


def leave(work: Work, community: str, member_id: str) -> None:
    """A member leaves: the rooms in which they were counted, or named as an organiser, are drawn again."""
    stands = Seats(work, community).standing(member_id)
    run = Events(work, community).run_by(member_id)
    presents = before.presents_at(work, community, member_id)
    for event_id in dict.fromkeys([*(one.event.id for one in stands), *(one.id for one in run), *presents]):
        posting.revise(work, community, event_id)
