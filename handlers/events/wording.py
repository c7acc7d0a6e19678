"""Times, places and people of an event in words."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_time, get_timezone_name

from bot.language import Reader
from handlers.events import texts
from storage.programme import Attendee, Part

KINDS = {Attendee.ALUMNI: texts.KINDS["alumni"], Attendee.STAFF: texts.KINDS["staff"], Attendee.OTHER: texts.OTHERS}


def zone(name: str, language: str) -> str:
    """日本時間 or Japan Time."""
    return str(get_timezone_name(name, locale=language))


def _clock(reader: Reader, at: datetime) -> str:
    return str(format_time(at, "HH:mm", locale=reader.language))


def span(reader: Reader, starts: datetime, ends: datetime, *, short: bool = False) -> str:
    """Two wall times of one zone, the day of the second only where it is another."""

    def moment(at: datetime) -> str:
        return f"{reader.day(at.date()) if short else reader.full_day(at.date())} {_clock(reader, at)}"

    last = _clock(reader, ends) if ends.date() == starts.date() else moment(ends)
    return reader(texts.SPAN, starts=moment(starts), ends=last)


def _there(part: Part, name: str) -> tuple[datetime, datetime]:
    """When it begins and ends by the clocks of another zone, naive."""
    here = ZoneInfo(name)
    return (
        part.starts_at.astimezone(here).replace(tzinfo=None),
        part.ends_at.astimezone(here).replace(tzinfo=None),
    )


def when(reader: Reader, part: Part) -> str:
    """Its time by its own clocks, with the zone, and by the reader's where those show something else."""
    return "\n".join(clocks(reader, part))


def clocks(reader: Reader, part: Part) -> list[str]:
    """One line for each zone that matters: the reader's own first."""
    local = (part.starts_local, part.ends_local)
    there = reader(texts.IN_ZONE, when=span(reader, *local), zone=zone(part.zone, reader.language))
    own = _there(part, reader.zone)
    if own == _there(part, part.zone):
        return [there]
    return [reader(texts.IN_ZONE, when=span(reader, *own), zone=zone(reader.zone, reader.language)), there]


def briefly(reader: Reader, part: Part) -> str:
    """For a list: by the reader's clocks, without year and zone."""
    starts, _ = _there(part, reader.zone)
    return f"{reader.day(starts.date())} {_clock(reader, starts)}"


def name(reader: Reader, part: Part, number: int) -> str:
    """What a part is called, or its number, counted from 0."""
    return part.name(reader.language) or reader(texts.PART_OF, number=number + 1)


def place(reader: Reader, part: Part) -> str:
    """Where it is; of a link only that there is one."""
    found = [part.where(reader.language), reader(texts.ONLINE_GOING) if part.link else ""]
    return "\n".join(filter(None, found))


def kinds(reader: Reader, among: Iterable[Attendee]) -> str:
    """Who may come."""
    return reader(texts.AND).join(reader(KINDS[one]) for one in among) or reader(texts.KINDS["all"])


def spoken(reader: Reader, languages: Iterable[str]) -> str:
    """The languages spoken there."""
    there = set(languages)
    which = "both" if {"ja", "en"} <= there else next(iter(there), "")
    return reader(texts.LANGUAGES[which]) if which in texts.LANGUAGES else ""
