"""Pure decisions about named polls: nothing here reads a clock, a database or a platform."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.router import plain
from storage.people import Member
from storage.polls import Names, Result, Terms
from storage.presets import Preset

QUESTION_MAX, OPTION_MAX = 200, 60  # characters; an option is the label of a button
OPTIONS = range(2, 11)  # how many there may be
LONGEST = timedelta(days=180)
REMIND_AT, REMIND_LEFT = time(9), timedelta(days=1)  # the day before the last one
REMIND_AFTER = timedelta(days=2)  # a poll that ends sooner has no reminder
SHOWN_ON_HOME = timedelta(days=14)  # a result, after the close
PAGE = 100  # names of one option told at once
FEW = 12  # names beside an option on a card


class Fault(StrEnum):
    """What is wrong with the options of a poll."""

    FEW = "few"
    MANY = "many"
    LONG = "long"
    TWICE = "twice"


def tidy(text: str) -> str:
    """One line of what somebody typed, without invisible characters that could hide or turn words around."""
    lines = (c if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} else " " for c in text)
    return " ".join("".join(lines).split())


def options_in(text: str) -> tuple[str, ...]:
    """One option a line; empty lines do not count."""
    found = (tidy(line) for line in text.splitlines())
    return tuple(line for line in found if line)


def fault_of(options: Sequence[str]) -> Fault | None:
    """The first thing that is wrong with them."""
    if len(options) not in OPTIONS:
        return Fault.FEW if len(options) < OPTIONS.start else Fault.MANY
    if any(len(one) > OPTION_MAX for one in options):
        return Fault.LONG
    return Fault.TWICE if len({plain(one) for one in options}) < len(options) else None


def may_end(last_day: date, today: date) -> bool:
    """Whether a poll of today may have this last day."""
    return today <= last_day <= today + LONGEST


def closes_at(last_day: date, zone: str) -> datetime:
    """The end of the last day there, UTC."""
    return datetime.combine(last_day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


def reminder(published: date, last_day: date) -> datetime | None:
    """When those who have not answered are reminded, as wall time; None for a poll too short for it."""
    if last_day - published < REMIND_AFTER:
        return None
    return datetime.combine(last_day - REMIND_LEFT, REMIND_AT)


def is_named(terms: Terms, member: Member, organiser: Member | None) -> bool:
    """Whether those a poll shows names to may see this member; else nobody is shown the name, whoever reads."""
    return member.is_seen_by(organiser if terms.names is Names.ORGANISER else None)


def told(options: int, votes: Mapping[str, Sequence[int]], seen: set[str], preset: Preset) -> Result:
    """How many chose each option and how many answered, as it may be told where `seen` of them have a name.

    Whoever has none is counted only in an option that so many chose that nobody is picked out, and among those who
    answered only when counted in an option: else the sum would tell of them.
    """
    counted: set[str] = set()
    counts = []
    for option in range(options):
        chose = {who for who, picked in votes.items() if option in picked}
        named = chose & seen
        number = preset.counted(len(named), len(chose - named))
        counts.append(number)
        counted |= chose if number == len(chose) else named
    return Result(counts=tuple(counts), people=len(counted))
