"""When something is said about an event: rules, and around changes of the clock."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from handlers.events import rules
from handlers.events.rules import A_DAY, AFTERWARDS, AN_HOUR, LAST_CALL, OUTCOME, TEAMS
from storage.events import Event, State
from storage.programme import Archive, FixedTeams
from tests.storage.hall import details, part

NEW_YORK, TOKYO = "America/New_York", "Asia/Tokyo"


@pytest.mark.parametrize(
    ("begins", "zone", "day", "hour"),
    [  # both as UTC
        ("2036-12-01T18:30", TOKYO, "2036-11-30T09:30", "2036-12-01T08:30"),
        ("2036-02-29T18:30", TOKYO, "2036-02-28T09:30", "2036-02-29T08:30"),
        ("2036-03-01T00:10", TOKYO, "2036-02-28T15:10", "2036-02-29T14:10"),
        ("2036-03-09T18:00", NEW_YORK, "2036-03-08T23:00", "2036-03-09T21:00"),  # 23 hours
        ("2035-11-04T18:00", NEW_YORK, "2035-11-03T22:00", "2035-11-04T22:00"),  # 25 hours
        ("2036-03-09T03:15", NEW_YORK, "2036-03-08T08:15", "2036-03-09T06:15"),  # the wall showed 01:15
        ("2036-03-09T02:30", NEW_YORK, "2036-03-08T07:30", "2036-03-09T06:30"),  # skipped: it is 03:30
        ("2035-11-04T02:00", NEW_YORK, "2035-11-03T06:00", "2035-11-04T06:00"),  # the second 01:00
    ],
)
def test_a_day_is_of_the_wall_and_an_hour_of_a_stopwatch(begins: str, zone: str, day: str, hour: str) -> None:
    """A day before shows the same time; an hour before is an hour, whatever the wall shows."""
    one = part(begins, zone=zone)
    at = {kind: rules.before(kind, one).at for kind in rules.REMINDERS}
    assert at == {A_DAY: datetime.fromisoformat(f"{day}+00:00"), AN_HOUR: datetime.fromisoformat(f"{hour}+00:00")}


@pytest.mark.parametrize(
    ("begins", "zone", "same_day", "same_moment"),
    [
        ("2036-12-01T18:30", TOKYO, True, True),
        ("2036-12-01T19:00", TOKYO, True, False),
        ("2036-12-02T18:30", TOKYO, False, False),
        ("2036-12-01T18:30", "Asia/Seoul", True, True),  # another name of the same moment
        ("2036-12-01T18:30", NEW_YORK, True, False),
    ],
)
def test_a_reminder_is_another_one_when_its_reason_is(
    begins: str, zone: str, *, same_day: bool, same_moment: bool
) -> None:
    """Of the day before it is the date, of the hour before the moment."""
    old, new = part("2036-12-01T18:30"), part(begins, zone=zone)
    assert (rules.reason(A_DAY, old) == rules.reason(A_DAY, new)) is same_day
    assert (rules.reason(AN_HOUR, old) == rules.reason(AN_HOUR, new)) is same_moment


def _event(*parts: str, state: State = State.ANNOUNCED, deadline: date | None = None) -> Event:
    made = tuple(part(begins, id=f"{number}") for number, begins in enumerate(parts))
    at = made[0].starts_at
    return Event("E", state, 0, details(deadline=deadline), made, at, Archive(), None, "", None)


def test_everything_the_clock_says_about_an_event() -> None:
    """Of each part its reminders; of the whole the last call, and what is asked when the last part is over."""
    found = {
        (one.kind, one.subject): one.local.isoformat(" ", "minutes")
        for one in rules.times(_event("2036-02-28T18:00", "2036-02-29T10:00", deadline=date(2036, 2, 20)))
    }
    assert found == {
        (A_DAY, "0"): "2036-02-27 18:00",
        (AN_HOUR, "0"): "2036-02-28 08:00",
        (A_DAY, "1"): "2036-02-28 10:00",
        (AN_HOUR, "1"): "2036-02-29 00:00",
        (LAST_CALL, "E"): "2036-02-18 10:00",
        (AFTERWARDS, "E"): "2036-03-01 10:00",
        (OUTCOME, "E"): "2036-03-30 10:00",
    }
    assert set(found) == set(rules.subjects(_event("2036-02-28T18:00", "2036-02-29T10:00")))


def test_of_fixed_teams_nobody_is_asked_each_month_what_came_of_it() -> None:
    """Instead the clock looks three days after each date: for the closing note, or whether it is still fine."""
    event = _event("2036-02-28T18:00")
    event = replace(event, details=event.details.model_copy(update={"cohort": FixedTeams()}))
    found = {one.kind: one.local.isoformat(" ", "minutes") for one in rules.times(event) if one.subject == "E"}
    assert (found.pop(TEAMS), OUTCOME in found) == ("2036-03-02 10:00", False)
    assert {kind for kind, subject in rules.subjects(event) if subject == "E"} == {*found, TEAMS}


def test_nothing_is_said_about_what_does_not_take_place() -> None:
    """Neither of a draft nor of what was cancelled."""
    assert [*rules.times(_event("2036-02-28T18:00", state=State.DRAFT))] == []
    assert [*rules.times(_event("2036-02-28T18:00", state=State.CANCELLED))] == []


def test_one_reminder_does_for_the_parts_of_a_day() -> None:
    """Whoever goes to an earlier part of the day has heard."""
    event = _event("2036-02-28T18:00", "2036-02-28T10:00", "2036-02-29T10:00")
    assert [[one.id for one in rules.reminded_by(event, each)] for each in event.parts] == [["1"], [], []]
