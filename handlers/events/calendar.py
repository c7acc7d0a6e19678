"""Events as a calendar reads them (RFC 5545): from entries to bytes, by icalendar, whose one room this is.

An entry names nobody: without organiser and attendees no update re-invites anybody, and a calendar that is shown to
others tells of no member.  The zones are written with it, from the zone database, for the years it needs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:  # it is loaded by the first calendar: most processes write none
    from icalendar import Calendar, Timezone

MIME = "text/calendar; charset=utf-8"
LINE = 75  # octets, without the line break
REFRESH = timedelta(hours=1)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # stands for the time of making in what is kept
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")  # in a title they must not begin a property
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # they steer, or do nothing


class State(StrEnum):
    """STATUS."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"  # waits for a seat
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of an event.  `uid` stays the same and `revision` grows for as long as it exists; times are aware."""

    uid: str
    revision: int
    changed_at: datetime
    title: str
    begins: datetime
    ends: datetime
    zone: str
    state: State = State.CONFIRMED
    busy: bool = True  # whether the time is taken in the owner's calendar
    place: str = ""
    text: str = ""
    link: str = ""  # https


def written(name: str, zone: str, entries: Sequence[Entry], now: datetime) -> bytes:
    """A calendar of this name for somebody in this zone, made `now`: of two that differ, the later one holds."""
    from icalendar import Calendar  # noqa: PLC0415 - see above

    whole = Calendar()
    head = {"VERSION": "2.0", "PRODID": "-//Enishi//Enishi//EN", "CALSCALE": "GREGORIAN", "METHOD": "PUBLISH"}
    head |= {"X-WR-CALNAME": _line(name), "X-WR-TIMEZONE": _line(zone), "X-PUBLISHED-TTL": "PT1H"}
    for key, value in head.items():
        whole.add(key, value)
    whole.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    return _filled(whole, entries).replace(_stamp(_NEVER), _stamp(now))


def _filled(empty: "Calendar", entries: Sequence[Entry]) -> bytes:
    """The calendar with its zones and entries, which are kept as they are written."""
    parts: list[bytes] = []
    if entries:
        first = min(entry.begins for entry in entries).year - 1  # a year to either side: zones differ by a day
        last = max(entry.ends for entry in entries).year + 1
        parts = [_zone(name, first, last) for name in sorted({entry.zone for entry in entries} - {"UTC"})]
    end = b"END:VCALENDAR\r\n"
    begun: bytes = empty.to_ical()
    return begun.removesuffix(end) + b"".join([*parts, *map(_event, entries), end])


@lru_cache(4096)
def _event(entry: Entry) -> bytes:
    """VEVENT, made once: many calendars show the same, and each asks again and again."""
    from icalendar import Event  # noqa: PLC0415 - see above

    event = Event()
    zone = ZoneInfo(entry.zone)
    takes_time = entry.busy and entry.state is not State.CANCELLED
    properties: dict[str, object] = {
        "UID": f"{entry.uid}@enishi",
        "DTSTAMP": _NEVER,
        "LAST-MODIFIED": entry.changed_at.astimezone(UTC),
        "SEQUENCE": entry.revision,
        "SUMMARY": _line(entry.title),
        "DTSTART": entry.begins.astimezone(zone),
        "DTEND": entry.ends.astimezone(zone),
        "STATUS": str(entry.state),
        "TRANSP": "OPAQUE" if takes_time else "TRANSPARENT",
        "CLASS": "PRIVATE",
        "LOCATION": _line(entry.place),
        "DESCRIPTION": _UNSEEN.sub("", _BREAKS.sub("\n", entry.text)),
        "URL": entry.link if _is_address(entry.link) else "",
    }
    for key, value in properties.items():
        if value != "":
            event.add(key, value)
    told: bytes = event.to_ical()
    return told


def _line(text: str) -> str:
    """Text of one line."""
    return _UNSEEN.sub("", " ".join(text.split()))


def _is_address(link: str) -> bool:
    """An address is written as it is, so it may hold nothing but what an address holds."""
    return link.startswith("https://") and link.isascii() and link.isprintable() and " " not in link


def _stamp(at: datetime) -> bytes:
    return f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%S}Z".encode()


@lru_cache(100)
def _zone(name: str, first: int, last: int) -> bytes:
    """VTIMEZONE: how the clocks of a zone stand from the beginning of a year to the end of another."""
    from icalendar import Timezone  # noqa: PLC0415 - see above

    zone = Timezone.from_tzinfo(ZoneInfo(name), name, date(first, 1, 1), date(last + 1, 1, 1))
    _begin_as_the_standard_has_it(zone)
    told: bytes = zone.to_ical()
    return told


def _begin_as_the_standard_has_it(zone: "Timezone") -> None:
    """A change begins at the wall time before it (RFC 5545, 3.6.5); the library names a skipped one.

    A calendar would take the skipped hour and the one after for the winter's.
    """
    change: Any  # typed as whatever any property may be
    for change in zone.subcomponents:
        skipped = max(timedelta(), change["TZOFFSETTO"].td - change["TZOFFSETFROM"].td)
        again = change["RDATE"].dts if "RDATE" in change else []
        for one in (change["DTSTART"], *again):
            one.dt -= skipped
