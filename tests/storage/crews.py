"""Series for fixed teams, for the tests of what is remembered of them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from storage.cohorting import Place
from storage.cohorts import Cohorts, No, sized
from storage.programme import FixedTeams
from storage.series import SeriesShelf
from tests.storage.hall import Desk, Hall, details, part

RULE = "FREQ=DAILY;INTERVAL=30;COUNT=3"


def begins(hall: Hall, parts: int, **terms: Any) -> Callable[[Desk], str]:
    """Three dates a month apart, of so many parts."""
    cohort = FixedTeams(places=4, dates=3, **terms)

    def announce(desk: Desk) -> str:
        said = details(rule=RULE, cohort=cohort)
        first = (desk.work.now + timedelta(days=18)).replace(tzinfo=None)
        days = [part((first + timedelta(days=number)).isoformat()) for number in range(parts)]
        draft = desk.events.write(said, sized(said, days))
        return SeriesShelf(desk.work, hall.community).announce(draft, cohort.dates)[0].series

    return announce


def of(desk: Desk) -> Cohorts:
    """The repository."""
    return Cohorts(desk.work, desk.hall.community)


def ids(desk: Desk, series: str) -> dict[str, Place]:
    """Where everybody stands, by member."""
    found = of(desk).get(series)
    assert found
    people = of(desk).people(found)
    assert people.keys() == found.roll.places.keys(), "a place of nobody"
    return {people[tag].id: place for tag, place in found.roll.places.items()}


def joins(series: str, member: str, desk: Desk) -> Place | No:
    """Somebody joins."""
    return of(desk).join(series, member, None)


def leaves(series: str, member: str, desk: Desk) -> Place | None:
    """Somebody leaves."""
    return of(desk).leave(series, member)


def moves(series: str, member: str, team: int, desk: Desk) -> bool:
    """Somebody is in another team."""
    return of(desk).move(series, member, team)
