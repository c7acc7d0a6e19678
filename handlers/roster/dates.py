"""When somebody left, in the ways people write it; only the year is kept."""

import re
import unicodedata
from datetime import date, timedelta

from dateutil import parser

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "令": 2018, "平": 1988, "昭": 1925, "r": 2018, "h": 1988, "s": 1925}
LENGTHS = {2018: 82, 1988: 31, 1925: 64}  # years an era had, or may well have
FIRST = 1950
EXCEL_ZERO = date(1899, 12, 30)
_DAYS = range(20_000, 80_000)  # what Excel counts from 1954 to 2119
_ERA = re.compile(r"(令和|平成|昭和|[令平昭rhs])\s*\.?\s*(\d{1,2}|元)(?:\s*[年./-].*)?(?:年度?)?")
_YEAR = re.compile(r"(\d{4})(?:年度?|[年./-].*|(0[1-9]|1[0-2])([0-3]\d)?)?")
_DAY_FIRST = re.compile(r"(?:[12]?\d|3[01]|0\d)[/.-](?:[12]?\d|3[01]|0\d)[/.-](\d{4})")
_ENGLISH = re.compile(r"(?=.*[a-z]{3})(?=.*\d{4})")
_PARTS = re.compile(r"\d+|元")


def year_of(written: str, today: date) -> int | None:
    """The year in 令和3年4月1日, R3.4.1, 2021/4/1, 2021年3月, 2021, April 1 2021; None where there is none.

    A day that does not exist is none, nor is a year long ago or after the next.
    """
    text = unicodedata.normalize("NFKC", written).strip().casefold()
    year = _year(text)
    return year if year is not None and FIRST <= year <= today.year + 1 else None


def _year(text: str) -> int | None:
    if found := _ERA.fullmatch(text):
        numbers = _numbers(text)
        begins = ERAS[found[1]]
        year = begins + numbers[0]
        return year if 1 <= numbers[0] <= LENGTHS[begins] and _exists(year, numbers[1:]) else None
    if found := _YEAR.fullmatch(text):
        numbers = [int(found[2]), int(found[3] or 1)] if found[2] else _numbers(text)[1:]
        return int(found[1]) if _exists(int(found[1]), numbers) else None
    if found := _DAY_FIRST.fullmatch(text):  # or month first: the year is where all orders agree
        return int(found[1])
    if text.isdecimal():
        return (EXCEL_ZERO + timedelta(days=int(text))).year if int(text) in _DAYS else None
    return _in_english(text) if _ENGLISH.search(text) else None


def _in_english(text: str) -> int | None:
    try:
        return parser.parse(text, default=parser.parse("2000-01-01")).year
    except (ValueError, OverflowError):
        return None


def _numbers(text: str) -> list[int]:
    """Year, month and day, as many as there are; a time of day after them does not count."""
    return [1 if part == "元" else int(part) for part in _PARTS.findall(text)][:3]


def _exists(year: int, month_and_day: list[int]) -> bool:
    try:
        date(year, *[*month_and_day, 1, 1][:2])
    except ValueError:
        return False
    return True
