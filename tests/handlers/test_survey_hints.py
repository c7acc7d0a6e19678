"""Words by which somebody may be recognised, and days on which nobody is bothered."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.hints import MOST, Sign, hints
from handlers.surveys.answering.reminding import days


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("書いたのは佐藤です", Sign.NAME),
        ("As Aoba I would say", Sign.NAME),
        ("aoba.sato@example.com まで", Sign.MAIL),
        ("ａｏｂａ＠ｅｘａｍｐｌｅ．ｃｏｍ", Sign.MAIL),  # full-width
        ("03-1234-5678 に電話を", Sign.PHONE),
        ("090 1234 5678", Sign.PHONE),
        ("call +81 90-1234-5678", Sign.PHONE),
        ("https://example.com/me を見て", Sign.WEB),
        ("www.example.com", Sign.WEB),
        ("営業部の飲み会で", Sign.UNIT),
        ("法人営業課の課長が", Sign.UNIT),
        ("大阪支店では", Sign.UNIT),
        ("in the Sales Department", Sign.UNIT),
        ("HR team says", Sign.UNIT),
        ("4月2日の会議で", Sign.DATE),
        ("2035-04-02 に", Sign.DATE),
        ("on 3 April", Sign.DATE),
        ("on April 3rd", Sign.DATE),
        ("my team of five", Sign.FEW),
        ("we are a 4-person team", Sign.FEW),
        ("the three of us", Sign.FEW),
        ("5人のチームなので", Sign.FEW),
        ("うちの課は三人です", Sign.FEW),
        ("部署で唯一の女性", Sign.FEW),
    ],
)
def test_what_may_tell_is_shown(text: str, sign: Sign) -> None:
    """Each kind of word, in both languages and in full-width letters."""
    assert sign in {hint.sign for hint in hints([text], ["佐藤 Aoba"])}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "もっと話を聞いてほしい",
        "I wish that meetings were shorter, and that 3 things changed.",
        "全部よかったです。一部は難しかった。",
        "部下の話を聞くべき。部長も課題も多い。",
        "The may or may not of it; 24/7 work; 100% of people",
        "五人十色、十人十色",
        "感想は10点満点で8点",
    ],
)
def test_plain_words_are_no_hint(text: str) -> None:
    """Nobody is stopped for nothing."""
    assert hints([text], ["佐藤 Aoba", "A"]) == ()


@given(st.lists(st.text(), max_size=5), st.lists(st.text(max_size=20), max_size=3))
def test_whatever_is_typed_is_looked_at_and_a_few_hints_are_shown(texts: list[str], names: list[str]) -> None:
    """No text breaks it, and no list is endless."""
    assert len(hints(texts, names)) <= MOST


def test_a_long_text_is_looked_at_in_no_time() -> None:
    """Nothing in it looks back and forth for ever."""
    for text in ("a" * 100_000, "1" * 100_000, "部" * 100_000, "a." * 50_000, "A b " * 25_000, "部課" * 50_000):
        hints([text])


# --- reminders -------------------------------------------------------------------------------------


def _weekday(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("lasts", "expected"),
    [
        (1, []),  # opened on a Monday, the last day is Tuesday: nobody is hurried
        (2, [3]),
        (4, [4]),  # half-way and two days before meet
        (8, [6]),  # the last day is the Tuesday after: between Friday and two days before it no day is a working day
        (14, [9, 13]),
        (30, [17, 30]),
    ],
)
def test_reminders_come_half_way_and_shortly_before_the_end(lasts: int, expected: list[int]) -> None:
    """On working days, at most two, in April 2035 from Monday the 2nd on."""
    opens = date(2035, 4, 2)
    found = days(opens, opens + timedelta(days=lasts), _weekday)
    assert [day.day for day in found] == expected


@given(st.dates(date(2030, 1, 1), date(2040, 1, 1)), st.integers(1, 45), st.sets(st.integers(0, 6)))
def test_reminders_are_rare_and_polite(opens: date, lasts: int, free: set[int]) -> None:
    """Never more than two, in order, after the first day and before the last, and on working days."""
    closes = opens + timedelta(days=lasts)
    found = days(opens, closes, lambda day: day.weekday() not in free)
    assert len(found) <= 2
    assert list(found) == sorted(set(found))
    for day in found:
        assert opens < day < closes
        assert day.weekday() not in free
