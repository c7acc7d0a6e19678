"""Whom an event suits, and the message to them: planned by the clock, so that nobody waits for a thousand of them."""

from datetime import UTC, timedelta

from handlers.events import telling
from handlers.events.telling import ANNOUNCED
from storage.events import Event, Events, State
from storage.outbox import Draft
from storage.people import Member, People
from storage.schedules import CatchUp, Occurrence, Schedules
from storage.seats import kind_of
from storage.work import Work

SOON, LATE = timedelta(minutes=1), timedelta(days=2)  # how long a planning that the clock missed is made up for


def suits(event: Event, member: Member) -> bool:
    """Whether they may come, do not organise it, and what brings them here fits."""
    details, kind = event.details, kind_of(member)
    fits = not details.purposes or bool(set(details.purposes) & set(member.profile.get("purposes") or ()))
    return fits and member.id not in details.organisers and (kind is None or details.admits(kind))


def soon(work: Work, community: str, event_id: str) -> None:
    """Have everybody it suits written to; who has been is not written to again."""
    at = (work.database_now + SOON).astimezone(UTC).replace(tzinfo=None)
    Schedules(work, community).set(
        ANNOUNCED, dtstart_local=at, zone="UTC", subject=event_id, catch_up=CatchUp.EACH, grace=LATE
    )


def plan(work: Work, occurrence: Occurrence, cursor: str, limit: int) -> tuple[list[Draft], str | None]:
    """The next members whom it suits."""
    found = Events(work, occurrence.community).get(occurrence.subject)
    if found is None or found.state is not State.ANNOUNCED:
        return [], None
    members = People(work, occurrence.community).after(cursor, limit)
    who = [one.id for one in members if suits(found, one)]
    return telling.invitations(work, occurrence.community, found, who), members[-1].id if len(
        members
    ) == limit else None


PLANNERS = {ANNOUNCED: plan}
