"""What the card of a date says of its fixed teams."""

from collections.abc import Sequence

from bot.cards import Buttons, Piece, Text, button
from bot.language import Reader
from handlers.events.cohort import actions, crew, texts
from handlers.events.cohort.crew import Crew
from storage.cohorting import Place, Stage
from storage.communities import Community
from storage.events import Event, State
from storage.people import Member
from storage.seats import Seats
from storage.team_seats import Cohort
from storage.work import Work


def below(work: Work, here: Community, event: Event, member: Member | None, reader: Reader) -> Sequence[Piece]:
    """For this member, or None for whoever reads a shared room; nothing once it is off."""
    terms = event.details.cohort
    found = crew.load(work, here, event.series) if terms and event.state is State.ANNOUNCED else None
    if terms is None or found is None:
        return ()
    room = Text(reader(texts.ROOM, count=reader.number(terms.dates)))
    series = actions.Series(series=event.series, room=member is None)
    place = found.place(member.id) if member else None
    if member is None or place is None or place.state is not Stage.IN:
        stands = Seats(work, here.id).standing(member.id, [event]) if member else []
        guest = any(one.state.holds for one in stands)
        return (Text(reader(texts.GUEST)) if guest else room, Buttons((button(reader(texts.OPEN), series),)))
    pieces = [Text(reader(texts.YOUR_TEAM, number=place.told))] if place.told else []
    if said := comes(found, event, place, reader):
        pieces.append(Text(said))
    row = [button(reader(texts.MINE), series)]
    if event.starts_at > work.now:
        row.append(button(reader(texts.THIS_DATE), actions.OneDate(event=event.id)))
    return (*pieces, Buttons(tuple(row)))


def comes(here: Crew, event: Event, place: Place | None, reader: Reader) -> str:
    """How many of one's team come; "" while there is none."""
    part = Cohort.part(event, place) if place and place.state is Stage.IN and place.told else None
    if part is None or place is None or event.state is not State.ANNOUNCED:
        return ""
    come, all_ = here.come(event, part, place.told)
    return reader(texts.COME, come=come, all=all_)
