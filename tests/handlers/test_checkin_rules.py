"""The pure decisions about check-ins."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.checkins import rules
from storage.checkins import Habit
from storage.presets import PRESETS, Kind

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("own", "community", "ignored", "months"),
    [
        (None, 3, 0, 3),
        (None, 3, 1, 3),
        (None, 3, 2, 6),
        (None, 3, 3, 6),
        (None, 3, 4, 12),
        (None, 3, 40, 12),
        (1, 3, 0, 1),
        (1, 3, 2, 2),
        (1, 3, 4, 3),
        (1, 3, 8, 12),
        (12, 3, 0, 12),
        (12, 3, 9, 12),
    ],
)
def test_two_ignored_prompts_halve_the_frequency(own: int | None, community: int, ignored: int, months: int) -> None:
    """Every second prompt without an answer makes the next rarer: half as often, a quarter, a year."""
    assert rules.months_between(own, community, ignored) == months


@given(days, st.sampled_from(rules.CADENCES))
def test_a_silent_member_hears_from_us_ever_less(start: date, cadence: int) -> None:
    """Whoever never answers is asked at most once a year in the end, is never dropped, and any answer restores it."""
    habit = Habit("m", next_on=start)
    asked_on: list[date] = []
    while habit.next_on and habit.next_on < start + timedelta(days=6 * 366):
        asked_on.append(habit.next_on)
        habit = rules.asked(habit, cadence, len(asked_on) - 1, habit.next_on)
    gaps = [(b - a).days for a, b in pairwise(asked_on)]
    assert all(earlier <= later + 3 for earlier, later in pairwise(gaps))  # months differ by 3 days
    assert gaps[-1] >= 365
    again = rules.answered(habit, cadence, asked_on[-1])
    assert again.next_on
    assert (again.next_on - asked_on[-1]).days <= cadence * 31


def test_the_yearly_hello_is_for_those_who_fell_silent() -> None:
    """Somebody who chose once a year is asked as everybody is; somebody who fell silent is asked if all is well."""
    assert not rules.is_yearly_hello(12, 3, 0)
    assert not rules.is_yearly_hello(None, 3, 3)
    assert rules.is_yearly_hello(None, 3, 4)


@pytest.mark.parametrize(("own", "then"), [(None, 6), (1, 3), (3, 6), (6, 12), (12, 12)])
def test_less_often_takes_the_next_step(own: int | None, then: int) -> None:
    """One tap, one step."""
    assert rules.less_often(own, 3) == then


def test_members_are_spread_over_days() -> None:
    """A thousand members of a quarterly community are first asked on about as many days as there are, evenly."""
    today = date(2026, 4, 1)
    first = [rules.first_ask(f"member-{number}", 3, today) for number in range(1000)]
    assert min(first) > today
    assert max(first) <= today + timedelta(days=90)
    busiest = max(first.count(day) for day in set(first))
    assert busiest < 30  # 11 a day on average; 30 would be a clump


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("転職しました", False),
        ("佐藤さんと店を始めました", True),
        ("田中先輩が受賞", True),
        ("みなさん、お元気ですか", False),
        ("皆さんによろしく", False),
        ("たくさん走りました", False),
        ("お客さんが増えました", False),
        ("赤ちゃんが生まれました", False),
        ("奥さんと旅行", False),
        ("Moved to Berlin", False),
    ],
)
def test_a_name_in_the_text_is_asked_about(text: str, named: bool) -> None:  # noqa: FBT001 - a table of examples
    """A Japanese honorific after a name is a reason to ask whether that person agreed; everyday words are not."""
    assert rules.seems_to_name_somebody(text) is named


@pytest.mark.parametrize(
    ("link", "good"),
    [
        ("https://example.org/a.png", True),
        ("https://例え.jp/写真", True),
        ("http://example.org", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://localhost", False),
        ("https://example.org/<b>", False),
        ("https://example.org/a|b", False),
        ("https://exa mple.org", False),
        ("https://[broken", False),
    ],
)
def test_links_are_https_addresses(link: str, good: bool) -> None:  # noqa: FBT001 - a table of examples
    """Only what every platform can show as a link, and nothing that could be markup there."""
    assert rules.is_web_address(link) is good


@given(st.text(max_size=200))
def test_tidy_leaves_nothing_that_hides(text: str) -> None:
    """No control, formatting, bidirectional or surrogate character survives but the line break, and twice is once."""
    tidied = rules.tidy(text)
    assert not set("\0\r\x1b\u202e\u200b\u2066\ufeff") & set(tidied)
    assert rules.tidy(tidied) == tidied


def test_settings_that_cannot_be_read_fall_back() -> None:
    """A stored setting of another version does not stop the community."""
    assert rules.Settings.read({}) == rules.Settings()
    assert rules.Settings.read({"checkins": {"months": "many"}}) == rules.Settings()
    assert rules.Settings.read({"checkins": {"months": 6, "new": 1}}).months == 6


@pytest.mark.parametrize(
    ("rhythm", "weekday", "rrule"),
    [
        ("weekly", 0, "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO"),
        ("fortnightly", 4, "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("monthly", 6, "FREQ=MONTHLY;BYDAY=1SU"),
    ],
)
def test_a_rhythm_is_a_recurrence_rule(rhythm: str, weekday: int, rrule: str) -> None:
    """The three rhythms in the standard's words."""
    assert rules.Settings(rhythm=rules.Rhythm(rhythm), weekday=weekday).rrule == rrule


@pytest.mark.parametrize(
    ("kind", "seen", "hidden", "told"),
    [
        ("alumni", 0, 0, None),
        ("alumni", 2, 0, rules.Glad(2, exact=True)),
        ("alumni", 0, 1, None),
        ("alumni", 1, 1, rules.Glad(1, exact=True)),
        ("alumni", 1, 4, rules.Glad(5, exact=True)),
        ("ally", 0, 0, None),
        ("ally", 0, 1, rules.Glad(0, exact=False)),
        ("ally", 4, 0, rules.Glad(0, exact=False)),
        ("ally", 3, 4, rules.Glad(5, exact=False)),
    ],
)
def test_who_is_glad_is_told_without_picking_anybody_out(
    kind: Kind, seen: int, hidden: int, told: rules.Glad | None
) -> None:
    """Hidden members count only among five or more; an ALLY community tells steps of five."""
    assert rules.glad(PRESETS[kind], seen, hidden) == told


def test_answering_before_being_asked_counts_from_today() -> None:
    """Who tells something by themselves is not asked again the week after."""
    told = rules.answered(replace(Habit("m"), next_on=date(2026, 4, 3)), 3, date(2026, 4, 1))
    assert told.next_on == date(2026, 7, 1)
