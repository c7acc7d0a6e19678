"""Days and times as people write them: understood for certain, or refused with the reason."""

import re
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dates import SENTENCES, Unclear, Understood, Want, Why, read
from bot.language import LANGUAGES, Reader
from handlers.events.texts_desk import STARTS_HINT

TOKYO = "Asia/Tokyo"
NOW = datetime(2026, 11, 20, 10, tzinfo=ZoneInfo(TOKYO))  # a Friday


def said(text: str, language: str, now: datetime = NOW, zone: str = TOKYO) -> str:
    """What is understood, as text, or the reason's name."""
    found = read(text, now, zone, language=language, want=Want.EITHER)
    if isinstance(found, Unclear):
        return found.why.name
    return found.day.isoformat() if found.at is None else f"{found.local:%Y-%m-%d %H:%M}"


JAPANESE = {
    "12月1日 18:30": "2026-12-01 18:30",
    "12月1日18時半": "2026-12-01 18:30",
    "１２月１日（火）１８：３０": "2026-12-01 18:30",
    "十二月一日 午後六時半": "2026-12-01 18:30",
    "12/1 18:30": "2026-12-01 18:30",
    "2026/12/1": "2026-12-01",
    "2026年12月1日 午後6時30分": "2026-12-01 18:30",
    "令和8年12月1日 18時": "2026-12-01 18:00",
    "R9.1.15": "2027-01-15",
    "来年3月1日": "2027-03-01",
    "9月1日": "2027-09-01",
    "来月1日": "2026-12-01",
    "来月5日 10時": "2026-12-05 10:00",
    "5日": "2026-12-05",
    "25日": "2026-11-25",
    "午後6時": "2026-11-20 18:00",
    "今日の午後6時": "2026-11-20 18:00",
    "明日18時": "2026-11-21 18:00",
    "明日の夜7時": "2026-11-21 19:00",
    "今夜7時": "2026-11-20 19:00",
    "明朝9時": "2026-11-21 09:00",
    "あさって正午": "2026-11-22 12:00",
    "明後日 夕方5時": "2026-11-22 17:00",
    "来週金曜": "2026-11-27",
    "来週の火曜日 18時半": "2026-11-24 18:30",
    "再来週水曜 19:00": "2026-12-02 19:00",
    "今週の日曜": "2026-11-22",
    "月曜 10:00": "2026-11-23 10:00",
    "次の火曜": "2026-11-24",
    "月末": "2026-11-30",
    "来月末": "2026-12-31",
    "3日後": "2026-11-23",
    "2週間後 18時": "2026-12-04 18:00",
    "1か月後": "2026-12-20",
    "半年後": "2027-05-20",
    "2時間後": "2026-11-20 12:00",
    "1時間半後": "2026-11-20 11:30",
    "90分後": "2026-11-20 11:30",
    "来月の第2火曜 19時": "2026-12-08 19:00",
    "12月の最終金曜日": "2026-12-25",
    "午後0時半": "2026-11-20 12:30",
    "12月1日 24:00": "2026-12-02 00:00",
    "2028年2月29日": "2028-02-29",
}
ENGLISH = {
    "Dec 1": "2026-12-01",
    "December 1, 2026 at 6:30pm": "2026-12-01 18:30",
    "1st of December 18:30": "2026-12-01 18:30",
    "Tue, Dec 1 18:30": "2026-12-01 18:30",
    "Saturday, 5 December 2026, 2pm": "2026-12-05 14:00",
    "Sept. 3rd 2027": "2027-09-03",
    "2026-12-01": "2026-12-01",
    "2026-12-01T18:30": "2026-12-01 18:30",
    "20261201 18:30": "2026-12-01 18:30",
    "12/25 18:00": "2026-12-25 18:00",
    "25/12/2026": "2026-12-25",
    "tomorrow at 6:30 p.m.": "2026-11-21 18:30",
    "tomorrow noon": "2026-11-21 12:00",
    "tomorrow morning at 9": "2026-11-21 09:00",
    "tonight at 8": "2026-11-20 20:00",
    "the day after tomorrow 18:00": "2026-11-22 18:00",
    "Monday 7:30pm": "2026-11-23 19:30",
    "next Friday": "2026-11-27",
    "this Sunday 11am": "2026-11-22 11:00",
    "Tuesday next week at 7pm": "2026-11-24 19:00",
    "the 5th at 7pm": "2026-12-05 19:00",
    "in 3 days": "2026-11-23",
    "in two weeks": "2026-12-04",
    "3 weeks from now at 19:00": "2026-12-11 19:00",
    "in 2 hours": "2026-11-20 12:00",
    "in an hour": "2026-11-20 11:00",
    "end of the month": "2026-11-30",
    "end of next month": "2026-12-31",
    "18:30": "2026-11-20 18:30",
    "February 29, 2028 18:00": "2028-02-29 18:00",
}
REFUSED = {
    ("ja", "　"): Why.EMPTY,
    ("ja", "そのうち"): Why.UNREADABLE,
    ("ja", "12月1日ごろ"): Why.UNREADABLE,
    ("ja", "12月1日 18:30 会議室"): Why.UNREADABLE,
    ("en", "2026-12-01T18:30Z"): Why.UNREADABLE,
    ("en", "may"): Why.UNREADABLE,
    ("ja", "来週"): Why.WHICH_DAY,
    ("en", "next week"): Why.WHICH_DAY,
    ("ja", "週末 18時"): Why.WHICH_DAY,
    ("ja", "金曜"): Why.WHICH_DAY,
    ("en", "Friday 6:30pm"): Why.WHICH_DAY,
    ("ja", "来週の日曜"): Why.WHICH_DAY,
    ("ja", "12月1日 6時"): Why.WHICH_HALF,
    ("en", "tomorrow at 7"): Why.WHICH_HALF,
    ("en", "tomorrow 6:30"): Why.WHICH_HALF,
    ("en", "tomorrow 12am"): Why.WHICH_HALF,
    ("en", "midnight tomorrow"): Why.WHICH_HALF,
    ("ja", "明日 午後12時"): Why.WHICH_HALF,
    ("ja", "明日 夜12時"): Why.WHICH_HALF,
    ("ja", "明日の深夜1時"): Why.WHICH_HALF,
    ("en", "12/1"): Why.WHICH_ORDER,
    ("ja", "12月1日 18:30〜20:00"): Why.SEVERAL,
    ("ja", "12月1日か12月2日"): Why.SEVERAL,
    ("ja", "明日の夜"): Why.NO_TIME,
    ("ja", "2027/2/29"): Why.NO_SUCH_DAY,
    ("ja", "2月29日"): Why.NO_SUCH_DAY,
    ("en", "Feb 30"): Why.NO_SUCH_DAY,
    ("ja", "11月31日"): Why.NO_SUCH_DAY,
    ("ja", "12月1日 25時"): Why.NO_SUCH_TIME,
    ("ja", "12月1日 18:75"): Why.NO_SUCH_TIME,
    ("ja", "12月1日(水)18:30"): Why.WRONG_WEEKDAY,
    ("en", "Wed, Dec 1"): Why.WRONG_WEEKDAY,
    ("ja", "昨日"): Why.PAST,
    ("ja", "11月19日"): Why.PAST,
    ("ja", "9:30"): Why.WHICH_HALF,
    ("ja", "09:30"): Why.PAST,
    ("ja", "昭和64年1月7日"): Why.PAST,
    ("ja", "2028年11月21日"): Why.TOO_FAR,
    ("ja", "9999年12月31日 24:00"): Why.TOO_FAR,
    ("ja", "300年後"): Why.TOO_FAR,
    ("ja", "1" * 10_000): Why.UNREADABLE,
}


# written after the reading was: 17 of these 68 were not understood at first, and none was understood wrongly
AFTERWARDS = {
    ("ja", "11月24日（火）午後7時から"): "2026-11-24 19:00",
    ("ja", "来週の水曜の夜7時半"): "2026-11-25 19:30",
    ("ja", "12月5日土曜日 13:00〜"): "2026-12-05 13:00",
    ("ja", "明後日の15時"): "2026-11-22 15:00",
    ("ja", "12月24日の18時30分に"): "2026-12-24 18:30",
    ("ja", "再来週の木曜日、19時"): "2026-12-03 19:00",
    ("ja", "来年の1月15日 10:00"): "2027-01-15 10:00",
    ("ja", "年明け1月8日 18:00"): "UNREADABLE",
    ("ja", "今月27日 19:00"): "2026-11-27 19:00",
    ("ja", "今月末まで"): "2026-11-30",
    ("ja", "11/27(金) 18:00"): "2026-11-27 18:00",
    ("ja", "2026.12.10 19:00"): "2026-12-10 19:00",
    ("ja", "令和八年十二月十日"): "2026-12-10",
    ("ja", "10日後の18時"): "2026-11-30 18:00",
    ("ja", "一週間後"): "2026-11-27",
    ("ja", "2ヶ月後"): "2027-01-20",
    ("ja", "45分後"): "2026-11-20 10:45",
    ("ja", "来月の最終金曜日 19時"): "2026-12-25 19:00",
    ("ja", "12月第1土曜 14時"): "2026-12-05 14:00",
    ("ja", "日曜の朝10時"): "2026-11-22 10:00",
    ("ja", "昼の12時半"): "2026-11-20 12:30",
    ("ja", "明日お昼の1時"): "2026-11-21 13:00",
    ("ja", "12月1日 PM6:30"): "2026-12-01 18:30",
    ("ja", "12月1日 6:30PM"): "2026-12-01 18:30",
    ("ja", "今度の日曜 14:00"): "WHICH_DAY",
    ("ja", "来週末"): "WHICH_DAY",
    ("ja", "大晦日"): "2026-12-31",
    ("ja", "元日"): "2027-01-01",
    ("ja", "1/15 19時"): "2027-01-15 19:00",
    ("ja", "12月1日(火・祝) 18:30"): "2026-12-01 18:30",
    ("ja", "月曜か火曜"): "SEVERAL",
    ("ja", "明日19時00分"): "2026-11-21 19:00",
    ("ja", "12月1日　１８時３０分"): "2026-12-01 18:30",
    ("ja", "来週月曜 正午"): "2026-11-23 12:00",
    ("ja", "明日中"): "UNREADABLE",
    ("en", "Nov 24 at 7pm"): "2026-11-24 19:00",
    ("en", "24 Nov 2026 19:00"): "2026-11-24 19:00",
    ("en", "November 24th, 7:00 PM"): "2026-11-24 19:00",
    ("en", "Tuesday at 7pm"): "2026-11-24 19:00",
    ("en", "on Wednesday, 6:30pm"): "2026-11-25 18:30",
    ("en", "next Monday at 10am"): "2026-11-23 10:00",
    ("en", "Thursday next week"): "2026-11-26",
    ("en", "next week on Thursday at noon"): "2026-11-26 12:00",
    ("en", "tomorrow evening at 7:30"): "2026-11-21 19:30",
    ("en", "tomorrow at 19:30"): "2026-11-21 19:30",
    ("en", "Sat 5 Dec 14:00"): "2026-12-05 14:00",
    ("en", "the 24th of December at 18:00"): "2026-12-24 18:00",
    ("en", "the first of December"): "UNREADABLE",
    ("en", "10 days from now"): "2026-11-30",
    ("en", "in ten days"): "2026-11-30",
    ("en", "in a month"): "2026-12-20",
    ("en", "in 45 minutes"): "2026-11-20 10:45",
    ("en", "in half an hour"): "2026-11-20 10:30",
    ("en", "a week from today"): "2026-11-27",
    ("en", "a week from Tuesday"): "UNREADABLE",
    ("en", "the last Friday of December"): "2026-12-25",
    ("en", "first Saturday in December 2pm"): "2026-12-05 14:00",
    ("en", "New Year's Eve"): "UNREADABLE",
    ("en", "end of December"): "2026-12-31",
    ("en", "end of the year"): "UNREADABLE",
    ("en", "7pm tomorrow"): "2026-11-21 19:00",
    ("en", "2026/12/01 18:30"): "2026-12-01 18:30",
    ("en", "01.12.2026"): "WHICH_ORDER",
    ("en", "Dec 1st 2026, 18.30"): "NO_SUCH_DAY",
    ("en", "this weekend"): "WHICH_DAY",
    ("en", "18:00 on 3 December"): "2026-12-03 18:00",
    ("en", "noon on Dec 3"): "2026-12-03 12:00",
    ("en", "Dec 1 @ 6pm"): "2026-12-01 18:00",
    ("en", "1 December 2026, 6:30 in the evening"): "2026-12-01 18:30",
}


@pytest.mark.parametrize(("text", "expected"), JAPANESE.items())
def test_japanese(text: str, expected: str) -> None:
    """What people write in Japanese is understood as they mean it."""
    assert said(text, "ja") == expected


@pytest.mark.parametrize(("text", "expected"), ENGLISH.items())
def test_english(text: str, expected: str) -> None:
    """What people write in English is understood as they mean it."""
    assert said(text, "en") == expected


@pytest.mark.parametrize(("language", "text", "why"), [(*key, why) for key, why in REFUSED.items()])
def test_what_is_not_certain_is_refused(language: str, text: str, why: Why) -> None:
    """With the reason; nothing is guessed, and nothing written is passed over."""
    assert said(text, language) == why.name


@pytest.mark.parametrize(("language", "text", "expected"), [(*key, said) for key, said in AFTERWARDS.items()])
def test_phrases_nobody_had_in_mind(language: str, text: str, expected: str) -> None:
    """What was written down by who did not look at the patterns is understood, or refused."""
    assert said(text, language) == expected


@pytest.mark.parametrize(
    ("today", "text", "expected"),
    [
        ("2026-11-18", "next Friday", "WHICH_DAY"),  # a Wednesday: the 20th or the 27th
        ("2026-11-18", "次の金曜", "WHICH_DAY"),
        ("2026-11-18", "Friday", "2026-11-20"),
        ("2026-11-21", "next Friday", "2026-11-27"),
        ("2026-11-22", "来週の金曜", "WHICH_DAY"),  # a Sunday ends one week, or begins one
        ("2026-11-22", "今週の金曜", "2026-11-27"),
        ("2026-12-20", "1月31日", "2027-01-31"),
        ("2026-01-31", "来月", "WHICH_DAY"),
        ("2026-01-31", "来月末", "2026-02-28"),
        ("2026-01-31", "1か月後", "2026-02-28"),
        ("2027-02-10", "来月31日", "2027-03-31"),
        ("2027-01-10", "来月31日", "NO_SUCH_DAY"),
        ("2027-12-01", "2月29日", "2028-02-29"),
        ("2028-02-29", "来年2月29日", "NO_SUCH_DAY"),
        ("2028-01-03", "12月28日", "PAST"),  # six days ago: a slip, or nearly a year ahead
        ("2026-12-31", "明日", "2027-01-01"),
    ],
)
def test_on_other_days(today: str, text: str, expected: str) -> None:
    """Around weeks, months and years; a week begins on Monday for some and on Sunday for others."""
    now = datetime.fromisoformat(f"{today}T10:00").replace(tzinfo=ZoneInfo(TOKYO))
    assert said(text, "ja" if text[0] > "z" or text[0].isdigit() else "en", now) == expected


def test_what_is_asked_for() -> None:
    """A moment needs its time, a day takes none, and the end of an event is on its day unless it says another."""
    assert read("12月1日", NOW, TOKYO) == Unclear(Why.NO_TIME)
    assert read("12月1日 18:30", NOW, TOKYO, want=Want.DAY) == Unclear(Why.TIME_NOT_ASKED)
    assert read("今日", NOW, TOKYO, want=Want.DAY) == Understood(date(2026, 11, 20))
    assert read("20:00", NOW, TOKYO, on=date(2026, 12, 1)) == Understood(date(2026, 12, 1), time(20))
    assert read("12月2日 20:00", NOW, TOKYO, on=date(2026, 12, 1)) == Understood(date(2026, 12, 2), time(20))


def test_today_is_the_zones_own() -> None:
    """At ten in Tokyo it is still the day before in New York; hours ahead are a stopwatch's over a clock change."""
    assert said("明日 18:00", "ja", zone="America/New_York") == "2026-11-20 18:00"
    before = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # 01:30 in New York, half an hour before it is 01:00 again
    assert said("2時間後", "ja", before, "America/New_York") == "2026-11-01 02:30"


def test_each_reason_has_its_sentence() -> None:
    """In both languages, and no two the same."""
    for language in LANGUAGES:
        told = [Unclear(why).sentence(Reader(language)) for why in Why]
        assert len(set(told)) == len(SENTENCES) == len(Why)


def test_what_was_understood_is_told_with_weekday_and_zone() -> None:
    """Where an event takes place in another zone, both clocks are told, that of the place first."""
    at = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
    assert Reader("ja").full_moment(at) == "2026年12月1日(火) 18:30 (日本時間)"
    assert Reader("en").full_moment(at, TOKYO) == "Tue, Dec 1, 2026 18:30 (Japan Time)"
    there = Reader("en", "America/New_York").full_moment(at, TOKYO)
    assert there == "Tue, Dec 1, 2026 18:30 (Japan Time) / Tue, Dec 1 04:30 (Eastern Time)"
    assert Reader("ja", "UTC").full_moment(at) == "2026年12月1日(火) 09:30 (協定世界時)"


@pytest.mark.parametrize(
    ("month", "one", "other", "agree"),
    [
        (12, TOKYO, "Asia/Seoul", True),
        (12, "Europe/London", "UTC", True),
        (12, TOKYO, "America/New_York", False),
        (7, "Europe/London", "UTC", False),
    ],
)
def test_one_time_or_two(month: int, one: str, other: str, *, agree: bool) -> None:
    """Seoul's clocks show what Tokyo's do, New York's do not; London's agree with UTC in winter, by whatever name."""
    at = datetime(2026, month, 1, 9, 30, tzinfo=UTC)
    assert (" / " not in Reader("en", other).full_moment(at, one)) is agree


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_the_form_are_taken_on_any_day(language: str) -> None:
    """Whoever copies what the hint says is understood, whatever day it is."""
    hint = Reader(language)(STARTS_HINT, zone="")
    examples = re.findall("[“「](.+?)[”」]", hint)
    assert len(examples) == 3
    for number in range(731):
        now = NOW + timedelta(days=number)
        assert all(isinstance(read(one, now, TOKYO, language=language), Understood) for one in examples), now


LATER = st.datetimes(datetime(2026, 11, 20, 10, 1), datetime(2027, 10, 15)).map(  # noqa: DTZ001 - wall times
    lambda at: at.replace(second=0, microsecond=0)
)


@settings(derandomize=True, database=None, max_examples=200)
@given(local=LATER, language=st.sampled_from(LANGUAGES), zone=st.sampled_from([TOKYO, "America/New_York", "UTC"]))
def test_what_we_write_can_be_read(local: datetime, language: str, zone: str) -> None:
    """A time of ours, copied into a form, means the same again."""
    reader = Reader(language, zone)
    at = local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    shown = reader.local(at).replace(tzinfo=None)  # in a gap the clock shows another time than was drawn
    now = at - timedelta(days=1) if at.astimezone(ZoneInfo(TOKYO)) <= NOW + timedelta(days=1) else NOW
    assert read(reader.moment(at), now, zone, language=language) == Understood(shown.date(), shown.time())
    full = f"{reader.full_day(shown.date())} {shown:%H:%M}"
    assert read(full, now, zone, language=language) == Understood(shown.date(), shown.time())
    for written in (reader.day(shown.date()), reader.long_day(shown.date()), shown.date().isoformat()):
        assert read(written, now, zone, language=language, want=Want.DAY) == Understood(shown.date())


ALPHABET = "12月火日時分半来週末後/:-午前pmnextfridaydec 　年今令和第1２"


@settings(derandomize=True, database=None, max_examples=500)
@given(text=st.text(max_size=120) | st.text(ALPHABET, max_size=20), language=st.sampled_from(LANGUAGES))
def test_any_text_is_answered(text: str, language: str) -> None:
    """Whatever is written is understood or refused, never past, and never more than two years ahead."""
    found = read(text, NOW, TOKYO, language=language, want=Want.EITHER)
    if isinstance(found, Understood):
        assert NOW.date() <= found.day <= date(2028, 11, 21)


def test_nobody_waits_for_the_library() -> None:
    """It is loaded by the first who writes a month's name, and not before."""
    code = (
        "import sys; from datetime import datetime, UTC; from bot.dates import read; "
        "read('2026-12-01 18:30', datetime(2026, 11, 20, tzinfo=UTC), 'UTC'); sys.exit('dateparser' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own words
