"""What is typed into the forms of an event: what is read, and what is refused with which sentence."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions import PACKED_MAX, pack
from bot.language import Reader
from handlers.events import desk_actions, export, repeating, typed
from handlers.events.repeating import Rhythm
from storage.programme import Attendee, Details, Part

NOW = datetime(2035, 4, 2, 3, tzinfo=UTC)  # a Monday, noon in Tokyo
JA, EN = (typed.Desk(Reader(one, "Asia/Tokyo"), NOW, "Asia/Tokyo") for one in ("ja", "en"))


def _typed(**more: str) -> desk_actions.Parted:
    usual = {"starts": "4月20日 18:30", "ends": "20:30", "place": "みなと会館"}
    return desk_actions.Parted.model_validate({**usual, **more})


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90分", 90),
        ("９０分間", 90),
        ("2時間", 120),
        ("1時間半", 90),
        ("1時間15分", 75),
        ("2 hours", 120),
        ("90 minutes", 90),
        ("1h 30m", 90),
        ("20:30", None),
        ("", None),
        ("二時間", None),
        ("2時間くらい", None),
    ],
)
def test_how_long_it_lasts(text: str, minutes: int | None) -> None:
    """Hours and minutes in both languages; anything else is no length."""
    assert typed.lasts(text) == (None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({}, set()),
        ({"ends": "120分", "seats": "２０"}, set()),
        ({"ends": "4月21日 01:00"}, set()),
        ({"ends": "18:00"}, {"ends"}),
        ({"ends": ""}, {"ends"}),
        ({"starts": "4月31日 18:30"}, {"starts"}),
        ({"starts": "2037年2月29日 18:30"}, {"starts"}),
        ({"starts": "4月1日 18:30"}, {"starts"}),
        ({"starts": "2038-01-01 18:30"}, {"starts"}),
        ({"starts": "そのうち"}, {"starts"}),
        ({"seats": "10000"}, {"seats"}),
        ({"seats": "0"}, {"seats"}),
        ({"seats": "-3", "alumni": "many"}, {"seats", "alumni"}),
        ({"seats": "5", "staff": "6"}, {"staff"}),
        ({"place": "", "link": ""}, {"place"}),
        ({"place": "", "link": "https://meet.example/abc"}, set()),
        ({"link": "http://meet.example/abc"}, {"link"}),
        ({"link": "https://"}, {"link"}),
        ({"link": "https://[broken"}, {"link"}),
        ({"link": "https://meet.example/a b"}, {"link"}),
        ({"called": "x" * 5000, "place": "y" * 5000}, {"called", "place"}),
    ],
)
def test_a_part_as_it_was_typed(more: dict[str, str], wrong: set[str]) -> None:
    """Each mistake is told at its field, in one sentence; else there is a part."""
    read, errors = typed.part(JA, _typed(**more), None)
    if read is not None and not errors:
        errors = typed.amiss(JA.reader, Details(title={"ja": "x"}), [read], NOW, ())
    assert set(errors) == wrong
    assert all("\n" not in said for said in errors.values())


def test_what_was_looked_at_is_kept() -> None:
    """The card's dates are ISO and are read to the same part again, in either language."""
    read, _ = typed.part(JA, _typed(ends="1時間半", seats="20", alumni="5", called="講演"), None)
    assert read
    iso = {name: getattr(read, f"{name}_local").strftime(typed.ISO) for name in ("starts", "ends")}
    for desk in (JA, EN):
        again, errors = typed.part(desk, _typed(**iso, seats="20", alumni="5"), None)
        assert not errors
        assert again
        assert (again.starts_local, again.ends_local) == (read.starts_local, read.ends_local)
        assert dict(again.shares) == {Attendee.ALUMNI: 5}


def test_a_part_that_has_begun_may_stay() -> None:
    """Who leaves the times as they stand changes the place alone, although the time has passed."""
    old = Part(
        id="p",
        starts_local=datetime(2035, 4, 2, 11),  # noqa: DTZ001 - wall time
        ends_local=datetime(2035, 4, 2, 14),  # noqa: DTZ001 - wall time
        zone="Asia/Tokyo",
        place={"ja": "会館", "en": "Hall"},
    )
    read, errors = typed.part(JA, _typed(starts="2035-04-02 11:00", ends="2035-04-02 14:00", place="会館"), old)
    assert not errors
    assert read == old


def test_the_longest_part_fits_a_button() -> None:
    """Whatever the fields take at most, what is carried from the form to the check fits the smallest surface."""
    longest = desk_actions.KeepPart(
        event="e" * 24,
        idea="i" * 24,
        part="p" * 24,
        title_ja="あ" * typed.TITLE,
        title_en="x" * typed.TITLE,
        called="あ" * typed.CALLED,
        starts="2035-04-02 11:00",
        ends="2035-04-02 11:00",
        zone="America/Argentina/ComodRivadavia",
        place="あ" * typed.PLACE,
        link="https://" + "x" * (typed.LINK - 8),
        seats="5000",
        alumni="5000",
        staff="5000",
        scope="all",
    )
    assert len(pack(longest)) <= PACKED_MAX


@pytest.mark.parametrize(
    ("ja", "en", "wrong"),
    [
        ("春の集い", "", set()),
        ("", "Spring", set()),
        ("　\n ", "", {"title_ja"}),
        ("<!channel> *x* @here", "", set()),
        ("x" * 5000, "", {"title_ja"}),
    ],
)
def test_a_title(ja: str, en: str, wrong: set[str]) -> None:
    """One language is enough; lines and invisible characters become one line, markup stays what it is."""
    title, errors = typed.titles(JA.reader, ja, en)
    assert set(errors) == wrong
    assert all("\n" not in words for words in title.values())


# --- repeating -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rhythm", "first", "until", "days"),
    [
        (Rhythm.ONCE, (2035, 4, 20), (2036, 1, 1), ["04-20"]),
        (Rhythm.WEEKLY, (2035, 4, 20), (2035, 5, 4), ["04-20", "04-27", "05-04"]),
        (Rhythm.FORTNIGHTLY, (2035, 4, 20), (2035, 5, 17), ["04-20", "05-04"]),
        (Rhythm.MONTHLY_WEEKDAY, (2035, 4, 20), (2035, 7, 1), ["04-20", "05-18", "06-15"]),
        (Rhythm.MONTHLY_WEEKDAY, (2035, 3, 30), (2035, 6, 30), ["03-30", "04-27", "05-25", "06-29"]),
        (Rhythm.MONTHLY_DATE, (2035, 1, 31), (2035, 4, 30), ["01-31", "02-28", "03-31", "04-30"]),
        (Rhythm.MONTHLY_DATE, (2036, 1, 30), (2036, 3, 31), ["01-30", "02-29", "03-30"]),
    ],
)
def test_dates_of_a_series(
    rhythm: Rhythm, first: tuple[int, int, int], until: tuple[int, int, int], days: list[str]
) -> None:
    """The first date is always among them, the last day is included, and short months have their last day."""
    begins = datetime(*first, 18, 30)  # noqa: DTZ001 - wall time
    rule = repeating.rule_of(rhythm, begins, datetime(*until).date())  # noqa: DTZ001 - a day
    assert [f"{one:%m-%d}" for one in repeating.dates(rule, begins, "Asia/Tokyo")] == days
    assert repeating.rhythm_of(rule) is rhythm


@given(
    st.datetimes(datetime(2030, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001 - wall time
    st.sampled_from([one for one in Rhythm if one is not Rhythm.ONCE]),
    st.sampled_from(["Asia/Tokyo", "America/New_York", "Europe/London"]),
)
def test_every_series_begins_with_its_first_date(first: datetime, rhythm: Rhythm, zone: str) -> None:
    """Whatever the day, a series of a year has at least twelve dates, the first being the one that was typed."""
    begins = first.replace(second=0, microsecond=0)
    rule = repeating.rule_of(rhythm, begins, (begins + timedelta(days=366)).date())
    found = repeating.dates(rule, begins, zone)
    assert found[0] == begins
    assert len(found) >= 12
    assert all(one.time() == begins.time() for one in found)
    assert repeating.until_of(rule) == (begins + timedelta(days=366)).date()


# --- the file ------------------------------------------------------------------------------------


@given(st.text(max_size=30))
def test_no_cell_is_run(name: str) -> None:
    """No cell begins as a formula does, whatever blanks stand before it."""
    cell = export.harmless(name)
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    assert not cell.startswith(("\t", "\r", "\n"))
