"""On which days somebody may be written to: weekends, public holidays where they live, and days a company is closed.

Pure, but for the tables of public holidays (`holidays`), which a release a month keeps up to date.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

import holidays
from babel.core import get_global

from storage.manners import Settings, spans

OBON, YEAR_END = "08-13/08-15", "12-29/01-03"
WEEKEND = frozenset({5, 6})  # where no table says otherwise
NOBODYS = "ZZ"  # how the zone table names no country


@dataclass(frozen=True)
class Calendar:
    """The working days of one country and company.  `known`: there is a table of the country's public holidays."""

    country: str
    known: bool
    _closed: tuple[tuple[str, str], ...]
    _years: dict[int, frozenset[date]] = field(default_factory=dict, compare=False, repr=False)

    def works(self, day: date) -> bool:
        """Whether somebody may be written to on this day."""
        free = self._years.get(day.year)
        if free is None:
            free = self._years[day.year] = _free_days(self.country if self.known else "", day.year, self._closed)
        return day not in free

    def days_off(self, after: date, number: int) -> list[date]:
        """The next days off that are no weekend, within a year."""
        days = (after + timedelta(days=n) for n in range(1, 367))
        off = (day for day in days if not self.works(day) and self.works_by_weekday(day))
        return [day for day, _ in zip(off, range(number), strict=False)]

    def works_by_weekday(self, day: date) -> bool:
        """Whether it is no weekend day there."""
        return day.weekday() not in _weekend(self.country if self.known else "")


@lru_cache(maxsize=1024)
def calendar(settings: Settings, zone: str, own_zone: str = "") -> Calendar:
    """The calendar of a member: by where they live, when they said so; else the community's country or its zone's."""
    country = country_of(own_zone) or settings.country or country_of(zone)
    closed = [*settings.closures]
    closed += [OBON] if settings.obon and country == "JP" else []
    closed += [YEAR_END] if settings.year_end else []
    return Calendar(country, has_table(country), tuple(spans(text) for text in closed))


def country_of(zone: str) -> str:
    """The country of a time zone (ISO 3166), or "" when it is nobody's, as UTC."""
    territory = get_global("zone_territories").get(zone, "")
    return territory if territory.isalpha() and territory != NOBODYS else ""


@lru_cache(maxsize=512)
def has_table(country: str) -> bool:
    """Whether the public holidays of a country are known; without a table only its weekends are kept."""
    try:
        return bool(country) and holidays.country_holidays(country) is not None
    except NotImplementedError:
        return False


@lru_cache(maxsize=4096)
def _free_days(country: str, year: int, closed: tuple[tuple[str, str], ...]) -> frozenset[date]:
    table = holidays.country_holidays(country, years=year) if country else None
    first, last = date(year, 1, 1), date(year, 12, 31)
    free = {first + timedelta(days=n) for n in range((last - first).days + 1)}
    free = {day for day in free if day.weekday() in _weekend(country)}
    free |= set(table) if table is not None else set()
    for start, end in closed:
        free |= _closure(start, end, year)
    return frozenset(free)


@lru_cache(maxsize=512)
def _weekend(country: str) -> frozenset[int]:
    return frozenset(holidays.country_holidays(country).weekend) if country else WEEKEND


def _closure(start: str, end: str, year: int) -> set[date]:
    """The days of a closure that fall into a year: of one year, or of every year, also across its end."""
    yearly = len(start) == len("MM-DD")
    days: set[date] = set()
    for begins in (year - 1, year) if yearly else (year,):
        ends = begins + (yearly and end < start)
        first, last = (_on(begins, start), _on(ends, end)) if yearly else map(date.fromisoformat, (start, end))
        days |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return {day for day in days if day.year == year}


def _on(year: int, month_day: str) -> date:
    """That day; 29 February is the 28th where there is none."""
    try:
        return date.fromisoformat(f"{year}-{month_day}")
    except ValueError:
        return date(year, 2, 28)
