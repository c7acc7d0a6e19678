"""Fixed teams on the home page: a place that is kept, and a question that waits; no message may have told them."""

from collections.abc import Sequence

from bot.cards import Buttons, Look, Piece, Text, button
from handlers.events.cohort import actions, cards, crew, texts
from handlers.turn import Turn
from storage.cohorting import Stage
from storage.cohorts import Cohorts


def home(turn: Turn) -> Sequence[Piece]:
    """For whoever looks."""
    pieces: list[Piece] = []
    for series, place in Cohorts(turn.work, turn.community.id).of(turn.me.id):
        found = crew.load(turn.work, turn.community, series) if place.state in {Stage.OFFERED, Stage.IN} else None
        seen = cards.own(found, turn.me) if found and not found.found.is_over else None
        if seen is None or not (place.state is Stage.OFFERED or seen.asked):
            continue
        title = seen.crew.found.details.titled(turn.reader.language)
        said = [Text(cards.standing(seen))] if place.state is Stage.OFFERED else []
        open_ = button(turn.reader(texts.OPEN), actions.Series(series=series))
        pieces += [Text(title, Look.HEADING), *said, Buttons((open_,))]
    return pieces
