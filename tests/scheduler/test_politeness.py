"""One budget for everything we start, in polite hours: a table of examples, and what always holds."""

import dataclasses
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.language import mark
from scheduler import politeness
from scheduler.politeness import Decision, Drop, InDigest, SendNow, Standing, WaitUntil, Wanted, decide
from storage.habits import ALL, Awaited, stretched
from storage.manners import WINDOW, Limits, Manner, Settings, Why, Wishes, limits
from storage.workdays import calendar

TOKYO = ZoneInfo("Asia/Tokyo")
NEWS = Manner(name=mark("Name"), why=mark("Name"), digest=True, priority=3)
PROMPT = Manner(name=mark("Name"), why=mark("Name"), prompt=True, every=28)
ASKED = Manner(name=mark("Name"), why=mark("Name"), asked=True)
MONDAY = datetime(2035, 4, 2, 10, tzinfo=TOKYO)
DAY = timedelta(days=1)


def standing(settings: Settings | None = None, wishes: Wishes | None = None, **more: Any) -> Standing:
    settings = settings or Settings()
    own = limits(settings, wishes or Wishes())
    return dataclasses.replace(Standing("Asia/Tokyo", calendar(settings, "Asia/Tokyo"), own), **more)


def decided(manner: Manner, member: Standing, now: datetime = MONDAY, lives: timedelta = 14 * DAY) -> Decision:
    return decide(Wanted("story.kind", manner, now + lives, "seed"), member, now)


def tokyo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("at", "why", "day"),
    [
        ("2035-04-02T10:00", None, "2035-04-02"),
        ("2035-04-02T08:59", Why.HOURS, "2035-04-02"),
        ("2035-04-02T18:00", Why.HOURS, "2035-04-03"),
        ("2035-04-07T10:00", Why.DAY, "2035-04-09"),  # a Saturday
        ("2035-04-30T10:00", Why.DAY, "2035-05-01"),  # 振替休日: 29 April is a Sunday
        ("2035-05-02T18:00", Why.HOURS, "2035-05-07"),  # over the holidays of May
        ("2035-08-13T10:00", Why.DAY, "2035-08-16"),  # お盆
        ("2035-12-28T19:00", Why.HOURS, "2036-01-04"),  # over the year's end
    ],
)
def test_a_message_waits_for_the_next_polite_day(at: str, why: Why | None, day: str) -> None:
    """Nights, weekends, holidays, お盆 and the year's end are quiet; what waits comes on the next working day."""
    now = tokyo(at)
    found = decided(PROMPT, standing(), now, 30 * DAY)
    if why is None:
        assert found == SendNow()
    else:
        assert isinstance(found, WaitUntil)
        assert (found.why, found.at.astimezone(TOKYO).date()) == (why, date.fromisoformat(day))
        assert 9 <= found.at.astimezone(TOKYO).hour < 18


@pytest.mark.parametrize(
    ("manner", "ago", "lives", "expected"),
    [
        (PROMPT, [27, 20, 13], 14, WaitUntil),  # the fourth waits until the first is 28 days old
        (PROMPT, [9, 6, 3], 14, Drop),  # ... unless it is worth nothing by then
        (NEWS, [27, 20, 13], 14, InDigest),  # what is least urgent leaves the budget to others
        (NEWS, [1], 14, WaitUntil),  # two days between two
        (NEWS, [1], 1, InDigest),
        (ASKED, [2, 1, 0], 1, SendNow),  # what they asked for is outside
        (PROMPT, [29, 20, 13], 14, SendNow),  # what is older than 28 days does not count
    ],
)
def test_overflow_waits_or_goes_into_the_digest(
    manner: Manner, ago: list[int], lives: int, expected: type[Decision]
) -> None:
    """Three in 28 days and never two in 48 hours; what exceeds it waits, or is a line of another message."""
    sent = tuple(MONDAY - days * DAY for days in ago if days * DAY < WINDOW)
    assert isinstance(decided(manner, standing(sent=sent), lives=lives * DAY), expected)


@pytest.mark.parametrize(
    ("unanswered", "days_ago", "expected"),
    [
        (1, 0, SendNow),
        (2, 19, WaitUntil),
        (2, 20, SendNow),
        (4, 90, WaitUntil),
        (4, 91, SendNow),
        (6, 100, Drop),
        (6, 355, WaitUntil),
        (6, 365, SendNow),
        (99, 365, SendNow),
    ],
)
def test_who_answers_nothing_hears_less_and_less(unanswered: int, days_ago: int, expected: type[Decision]) -> None:
    """Every two messages left alone lead to the next step: half as often, once a quarter, once a year."""
    awaited = {ALL: Awaited(unanswered, (MONDAY - days_ago * DAY).date())}
    assert isinstance(decided(PROMPT, standing(awaited=awaited)), expected)


def test_one_kind_left_alone_backs_off_by_itself() -> None:
    """Who answers other things but leaves this kind alone gets this kind less often, and the others as ever."""
    member = standing(awaited={"story.kind": Awaited(2, (MONDAY - 40 * DAY).date())})
    assert isinstance(decided(PROMPT, member), Drop)  # monthly becomes every other month, which is too long to wait
    assert decided(NEWS, member) == SendNow()


def test_a_break_wishes_and_purposes_are_kept() -> None:
    """A break puts off or ends a message; a kind switched off and one for other purposes are not said."""
    assert decided(PROMPT, standing(paused_until=date(2035, 4, 20))) == Drop(Why.BREAK)
    found = decided(PROMPT, standing(paused_until=date(2035, 4, 6)))
    assert isinstance(found, WaitUntil)
    assert found.why is Why.BREAK
    assert found.at.astimezone(TOKYO).date() == date(2035, 4, 6)
    assert decided(PROMPT, standing(paused_until=date.max)) == Drop(Why.BREAK)
    assert decided(PROMPT, standing(wishes=Wishes(off=("story.kind",)))) == Drop(Why.OFF)
    business = dataclasses.replace(NEWS, purposes=frozenset({"business"}))
    assert decided(business, standing(purposes=frozenset({"reunion"}))) == Drop(Why.PURPOSE)
    assert decided(business, standing()) == SendNow()


def test_hours_that_do_not_meet_let_nothing_through() -> None:
    """A member's hours outside their community's are kept: what fits a line is for the digest, the rest not said."""
    member = standing(wishes=Wishes(opens=20, closes=21))
    assert (decided(PROMPT, member), decided(NEWS, member)) == (Drop(Why.HOURS), InDigest(Why.HOURS))


@pytest.mark.parametrize(
    ("zone", "own", "country", "known"),
    [
        ("Asia/Tokyo", "", "JP", True),
        ("Asia/Tokyo", "Europe/Berlin", "DE", True),
        ("UTC", "", "", False),
        ("Etc/GMT-9", "", "", False),
    ],
)
def test_holidays_are_those_of_where_one_lives(zone: str, own: str, country: str, known: bool) -> None:  # noqa: FBT001 - a table's column
    """By the member's own zone, else the community's; a zone of no country has weekends, and says so."""
    found = calendar(Settings(), zone, own)
    assert (found.country, found.known) == (country, known)
    assert not found.works(date(2035, 4, 7))
    assert found.works(date(2035, 4, 4))


def test_a_set_country_and_closures_hold() -> None:
    """A community may name the country and its company's closures, of one year or of every year."""
    found = calendar(Settings(country="DE", closures=("12-23/01-08", "2035-06-14")), "Asia/Tokyo")
    closed = [date(2035, 6, 14), date(2035, 1, 5), date(2035, 12, 27), date(2035, 10, 3)]
    assert not any(found.works(day) for day in closed)
    assert found.works(date(2036, 6, 16))
    assert found.works(date(2035, 8, 14))  # お盆 is Japan's
    nowhere = calendar(Settings(country="QQ"), "Asia/Tokyo")
    assert not nowhere.known
    assert not nowhere.works(date(2035, 4, 7))


@pytest.mark.parametrize("text", ["", "13-01", "2035-02-30", "08-16/2035-08-18", "2035-08-16/2035-08-10", "8-1"])
def test_a_closure_that_is_no_day_is_refused(text: str) -> None:
    """A mistake in a closure is told, not ignored."""
    with pytest.raises(ValidationError):
        Settings(closures=(text,))


@pytest.mark.parametrize(
    ("usual", "intervals"),
    [(1, [1, 2, 3, 12, 12]), (3, [3, 6, 12, 12]), (6, [6, 12, 12]), (12, [12, 12])],
)
def test_each_step_is_longer_than_the_one_before(usual: int, intervals: list[int]) -> None:
    """In months: twice as long, a quarter, a year; a step that would not be longer is left out."""
    assert [stretched(usual, 2 * n, quarter=3, year=12) for n in range(len(intervals))] == intervals
    assert [stretched(usual, 2 * n + 1, quarter=3, year=12) for n in range(len(intervals))] == intervals


# --- what always holds ---------------------------------------------------------------------------

zones = st.sampled_from(["Asia/Tokyo", "Europe/Berlin", "America/Sao_Paulo", "Asia/Riyadh", "Pacific/Apia", "UTC"])
moments = st.datetimes(datetime(2030, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
settings_of = st.builds(
    Settings,
    most=st.integers(1, 6),
    gap=st.integers(24, 200),
    opens=st.integers(0, 23),
    closes=st.integers(1, 24),
    closures=st.sampled_from([(), ("08-01/09-15",), ("12-20/01-10", "02-29")]),
)
wishes_of = st.builds(
    Wishes,
    most=st.none() | st.integers(0, 9),
    opens=st.none() | st.integers(0, 23),
    closes=st.none() | st.integers(1, 24),
)
manners = st.builds(
    Manner,
    name=st.just(mark("Name")),
    why=st.just(mark("Name")),
    prompt=st.booleans(),
    digest=st.booleans(),
    priority=st.integers(0, 3),
    every=st.sampled_from([0, 7, 28]),
)


@given(settings_of, wishes_of)
def test_wishes_only_tighten(settings: Settings, wishes: Wishes) -> None:
    """Whatever a member wishes for, they are written to no more and at no other hours than their community allows."""
    own, plain = limits(settings, wishes), limits(settings, Wishes())
    assert own.most <= plain.most
    assert own.gap >= plain.gap
    assert own.opens >= plain.opens
    assert own.closes <= plain.closes


@given(st.data(), settings_of, zones, moments, st.lists(manners, min_size=1, max_size=3))
def test_the_budget_holds_whatever_comes(
    data: st.DataObject, settings: Settings, zone: str, start: datetime, kinds: list[Manner]
) -> None:
    """However messages come and whatever is answered: the budget, the pace, the hours and the days are kept.

    What waits is decided anew when its time comes, and never waits for a time that has passed.
    """
    own, days = limits(settings, Wishes()), calendar(settings, zone)
    sent: list[datetime] = []
    awaited: dict[str, Awaited] = {}
    now, waiting = start, [(start, start + 60 * DAY, kind) for kind in kinds * 3]
    while waiting:
        waiting.sort(key=lambda one: one[0])
        due, expires, kind = waiting.pop(0)
        now = max(now, due) + timedelta(minutes=data.draw(st.integers(0, 3000)))
        if now >= expires:
            continue
        recent = tuple(at for at in sent if at > now - WINDOW)
        member = Standing(zone, days, own, recent, dict(awaited))
        match decide(Wanted("k", kind, expires, str(len(waiting))), member, now):
            case SendNow():
                local = now.astimezone(ZoneInfo(zone))
                assert own.opens <= local.hour < own.closes
                assert days.works(local.date())
                assert len(recent) < own.most
                assert not sent or now - sent[-1] >= own.gap
                sent.append(now)
                before = awaited.get(ALL, Awaited()).unanswered
                awaited = {} if data.draw(st.booleans()) else {ALL: Awaited(before + 1, local.date())}
            case WaitUntil(at):
                assert now < at < expires
                waiting.append((at, expires, kind))
            case _:
                pass


@given(st.data(), settings_of, zones, moments)
def test_a_silent_member_hears_six_in_the_first_year_and_one_in_the_second(
    data: st.DataObject, settings: Settings, zone: str, start: datetime
) -> None:
    """Whoever never answers, in a community that always has something to say, hears less and less; never nothing."""
    own, days = limits(settings, Wishes()), calendar(settings, zone)
    kind = data.draw(manners)
    sent: list[datetime] = []
    now, year = start, 365 * DAY
    while now < start + 3 * year:
        awaited = {ALL: Awaited(len(sent), sent[-1].astimezone(ZoneInfo(zone)).date())} if sent else {}
        recent = tuple(at for at in sent if at > now - WINDOW)
        found = decide(Wanted("k", kind, now + 30 * DAY, "x"), Standing(zone, days, own, recent, awaited), now)
        if isinstance(found, SendNow):
            sent.append(now)
        now = found.at if isinstance(found, WaitUntil) else now + timedelta(hours=7)
    by_year = [sum(start + n * year <= at < start + (n + 1) * year for at in sent) for n in range(3)]
    assert by_year[0] <= 6
    assert by_year[1] <= 1
    assert own.opens >= own.closes or by_year[0] >= 1


@given(settings_of, zones, moments, st.text(max_size=5))
def test_a_polite_moment_is_polite_and_not_before(settings: Settings, zone: str, at: datetime, seed: str) -> None:
    """It lies in the hours of a working day, at or after the time wished for; the same seed gives the same."""
    member = Standing(zone, calendar(settings, zone), limits(settings, Wishes()))
    found = politeness.polite_moment(at, member, seed)
    assert found == politeness.polite_moment(at, member, seed)
    if settings.opens >= settings.closes:
        assert found is None
        return
    assert found is not None
    assert found >= at
    local = found.astimezone(ZoneInfo(zone))
    assert settings.opens <= local.hour < settings.closes
    assert member.calendar.works(local.date())


def test_no_limits_are_shared_by_mistake() -> None:
    """Two members of one community have their own limits."""
    assert limits(Settings(), Wishes(most=1)) != limits(Settings(), Wishes()) == Limits(3, timedelta(hours=48), 9, 18)
