"""What is stored about a member in series for fixed teams: on their page, and in the copy they take along."""

from collections.abc import Sequence

from bot.cards import Facts, Look, Piece, Text
from bot.language import Reader
from handlers.events.cohort import texts
from handlers.sections import Row, Section
from handlers.turn import Turn
from storage.cohorting import Place, Stage
from storage.cohorts import Cohorts
from storage.people import Member
from storage.work import Work

ROWS = 10  # facts a piece may hold


def _mine(work: Work, member: Member) -> list[tuple[str, Place]]:
    """The title of each series, and where they stand."""
    shelf = Cohorts(work, member.community.id)
    found = ((shelf.get(series), place) for series, place in shelf.of(member.id) if place.state is not Stage.GONE)
    return [(one.details.titled(member.reader.language), place) for one, place in found if one]


def _said(reader: Reader, place: Place) -> str:
    if place.state is not Stage.IN:
        return reader(texts.ABOUT_WAITS)
    return reader(texts.YOU_IN_TEAM, number=place.told) if place.told else reader(texts.ABOUT_IN)


def about(turn: Turn) -> Sequence[Piece]:
    """On their page."""
    facts = [(title, _said(turn.reader, place)) for title, place in _mine(turn.work, turn.me)]
    if not facts:
        return ()
    pieces = (Facts(tuple(facts[start : start + ROWS])) for start in range(0, len(facts), ROWS))
    return (*pieces, Text(turn.reader(texts.ABOUT_SEEN), Look.QUIET))


def export(work: Work, member: Member) -> Section:
    """All that is still kept."""
    reader = member.reader
    rows: list[Row] = [
        [
            ("series", reader(texts.EXPORT_SERIES), title),
            ("state", reader(texts.EXPORT_STATE), _said(reader, place)),
            ("team", reader(texts.EXPORT_TEAM), str(place.told or "")),
        ]
        for title, place in _mine(work, member)
    ]
    return Section("fixed_teams", reader(texts.ABOUT), reader(texts.ABOUT_SEEN), rows)
