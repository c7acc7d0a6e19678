"""Calendars as bytes: read by the library that writes them, and by two that know nothing of it."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.events import calendar
from handlers.events.calendar import LINE, Entry, State
from tests import npm

TOKYO, NEW_YORK = "Asia/Tokyo", "America/New_York"
BEGINS = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
LUNCH = Entry(
    uid="0123456789abcdef",
    revision=2,
    changed_at=datetime(2026, 11, 20, 3, tzinfo=UTC),
    title="十二月の昼食会",
    begins=BEGINS,
    ends=BEGINS + timedelta(hours=2),
    zone=TOKYO,
    place="会議室; 3F, 東京",
    text="話すこと:\n- 近況\n- 来年のこと",
    link="https://meet.example/abc?x=1&y=2",
)
EVIL = "祝\r\nEND:VEVENT\r\nATTENDEE:mailto:all@example.org\nBEGIN:VALARM\u2028X-A:1\x0bURL:javascript:1\x85;,\\n"


def written(name: str, zone: str, entries: Sequence[Entry], now: datetime = LUNCH.changed_at) -> bytes:
    return calendar.written(name, zone, entries, now)


def changed(**other: Any) -> Entry:
    return Entry(**{name: getattr(LUNCH, name) for name in Entry.__slots__} | other)


def first(content: bytes) -> icalendar.Event:
    """By icalendar: the one entry of a calendar."""
    [event] = icalendar.Calendar.from_ical(content).events
    return event


def second(content: bytes) -> Any:
    """By vobject: the same."""
    calendar = vobject.readOne(content.decode())
    [event] = calendar.vevent_list
    return event


def test_two_readers_understand_the_same() -> None:
    """What was meant, in Japanese, with everything that has to be escaped."""
    content = written("縁", TOKYO, [LUNCH])
    one, two = first(content), second(content)
    for found in (
        (str(one["SUMMARY"]), str(one["LOCATION"]), str(one["DESCRIPTION"]), str(one["URL"]), str(one["UID"])),
        (two.summary.value, two.location.value, two.description.value, two.url.value, two.uid.value),
    ):
        assert found == (LUNCH.title, LUNCH.place, LUNCH.text, LUNCH.link, "0123456789abcdef@enishi")
    assert one.start == two.dtstart.value == LUNCH.begins
    assert one.end == two.dtend.value == LUNCH.ends
    assert (one["SEQUENCE"], two.sequence.value) == (2, "2")
    assert one["STATUS"] == two.status.value == "CONFIRMED"
    assert icalendar.Calendar.from_ical(content)["METHOD"] == "PUBLISH"


@pytest.mark.parametrize("reader", [first, second])
def test_a_change_and_a_cancellation_are_of_the_same_event(reader: Any) -> None:
    """The same UID with a higher SEQUENCE; what does not take place says so and takes no time."""
    told = [
        reader(written("縁", TOKYO, [one]))
        for one in (
            LUNCH,
            changed(revision=3, begins=LUNCH.begins + timedelta(days=1), ends=LUNCH.ends + timedelta(days=1)),
            changed(revision=4, state=State.CANCELLED),
        )
    ]
    values = [
        tuple(str(getattr(one.get(name), "value", one.get(name))) for name in ("UID", "SEQUENCE", "STATUS", "TRANSP"))
        if reader is first
        else (one.uid.value, one.sequence.value, one.status.value, one.transp.value)
        for one in told
    ]
    assert values == [
        ("0123456789abcdef@enishi", "2", "CONFIRMED", "OPAQUE"),
        ("0123456789abcdef@enishi", "3", "CONFIRMED", "OPAQUE"),
        ("0123456789abcdef@enishi", "4", "CANCELLED", "TRANSPARENT"),
    ]


def test_thunderbird_s_reader_understands_the_same() -> None:
    """All that was meant, a move and a cancellation of the same event by UID and SEQUENCE, beside another one."""
    other = changed(uid="b", state=State.TENTATIVE, busy=False, title="折り返す" * 40, text="", place="", link="")
    moved = changed(revision=3, begins=LUNCH.begins + timedelta(days=1), ends=LUNCH.ends + timedelta(days=1))
    gone = changed(revision=4, state=State.CANCELLED)
    feeds = [written("縁", NEW_YORK, [one, other]).decode() for one in (LUNCH, moved, gone)]
    (first_, second_), (later, _), (last, _) = npm.calendars(feeds)
    said = (first_["SUMMARY"], first_["LOCATION"], first_["DESCRIPTION"], first_["URL"])
    assert said == (LUNCH.title, LUNCH.place, LUNCH.text, LUNCH.link)
    assert (first_["BEGINS"], first_["ENDS"]) == (LUNCH.begins.timestamp(), LUNCH.ends.timestamp())
    assert (second_["SUMMARY"], second_["STATUS"], second_["TRANSP"]) == (other.title, "TENTATIVE", "TRANSPARENT")
    assert later["BEGINS"] - first_["BEGINS"] == timedelta(days=1).total_seconds()
    assert [(one["UID"], one["SEQUENCE"], one["STATUS"]) for one in (first_, later, last)] == [
        ("0123456789abcdef@enishi", "2", "CONFIRMED"),
        ("0123456789abcdef@enishi", "3", "CONFIRMED"),
        ("0123456789abcdef@enishi", "4", "CANCELLED"),
    ]


def test_thunderbird_s_reader_finds_the_instant_in_every_zone() -> None:
    """By the zone that the calendar brings along, around the hours at which clocks change, and long after.

    But for times that come twice: there it takes the second, where the standard and the others take the first.
    """
    changes = ("2026-03-08T07", "2026-03-29T01", "2026-04-04T15", "2026-09-06T04", "2026-10-25T01", "2026-11-01T06")
    hours = (-3, -0.5, 0.25, 1.5, 24 * 300)
    at = [datetime.fromisoformat(f"{one}:00Z") + timedelta(hours=more) for one in changes for more in hours]
    meant = [
        (zone, one)
        for zone in ZONES
        for one in at
        if len({one.astimezone(ZoneInfo(zone)).replace(fold=fold).utcoffset() for fold in (0, 1)}) == 1
    ]
    feeds = [
        written("縁", TOKYO, [changed(zone=zone, begins=one, ends=one + timedelta(hours=1))]).decode()
        for zone, one in meant
    ]
    found = [event["BEGINS"] for [event] in npm.calendars(feeds)]
    wrong = [
        (*one, has - one[1].timestamp()) for one, has in zip(meant, found, strict=True) if has != one[1].timestamp()
    ]
    assert not wrong


def test_nobody_is_named_or_invited() -> None:
    """No organiser, no attendee, no alarm: an update asks nobody again, and others who look see nobody."""
    content = written("縁", TOKYO, [LUNCH, changed(uid="b", state=State.TENTATIVE, busy=False)]).decode()
    for word in ("ORGANIZER", "ATTENDEE", "VALARM", "mailto"):
        assert word not in content
    assert content.count("CLASS:PRIVATE") == 2


@pytest.mark.parametrize("field", ["title", "place", "text", "link"])
def test_no_text_becomes_a_property(field: str) -> None:
    """Line breaks of every kind, separators and unseen characters stay text, or go."""
    evil = "https://x.example/\r\nATTENDEE:mailto:all@example.org" if field == "link" else EVIL
    content = written(EVIL, "Asia/Tokyo\nX-A:1", [changed(**{field: evil})])
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    assert not [line for line in lines if line.startswith(("ATTENDEE", "X-A", "BEGIN:VALARM"))]
    assert [line for line in lines if line.startswith("URL")] == ([] if field == "link" else [f"URL:{LUNCH.link}"])
    assert content.count(b"BEGIN:VEVENT") == content.count(b"\r\nEND:VEVENT\r\n") == 1
    for event in (first(content), second(content)):
        assert event


def test_lines_are_folded_between_characters() -> None:
    """No line has more than 75 octets, each is whole UTF-8, and together they are what was written."""
    title, text = "あ" * 200, "𠮷野家🍱é" * 300
    content = written("縁" * 60, TOKYO, [changed(title=title, text=text)])
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= LINE
    assert all(line.decode() for line in lines[:-1])
    assert str(first(content)["SUMMARY"]) == second(content).summary.value == title
    assert str(first(content)["DESCRIPTION"]) == second(content).description.value == text


ZONES = (TOKYO, NEW_YORK, "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu", "UTC")


@settings(derandomize=True, database=None, max_examples=150)
@given(
    zone=st.sampled_from(ZONES),
    around=st.sampled_from([date(2026, 3, 8), date(2026, 4, 5), date(2026, 10, 25), date(2026, 11, 1)]),
    minutes=st.integers(-48 * 4, 48 * 4),
)
def test_zones_are_written_as_their_clocks_go(zone: str, around: date, minutes: int) -> None:
    """Whoever reads the zone from the calendar alone finds the instant that was meant, also around clock changes."""
    at = datetime(around.year, around.month, around.day, 7, tzinfo=UTC) + timedelta(minutes=15 * minutes)
    content = written("縁", TOKYO, [changed(zone=zone, begins=at, ends=at + timedelta(hours=1))])
    wall = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    meant = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)  # the first, of a time that comes twice
    found: Any = first(content).start
    assert found.astimezone(UTC) == meant
    if zone == "UTC":  # is known without being told
        assert f"DTSTART:{wall:%Y%m%dT%H%M%S}Z".encode() in content
        return
    assert f"DTSTART;TZID={zone}:{wall:%Y%m%dT%H%M%S}".encode() in content
    told = content.decode().replace("\r\n ", "")
    zones = told[told.index("BEGIN:VTIMEZONE") : told.rindex("END:VTIMEZONE")] + "END:VTIMEZONE\r\n"
    assert wall.replace(tzinfo=tzical(io.StringIO(zones)).get(zone)).utcoffset() in {
        wall.replace(tzinfo=ZoneInfo(zone), fold=fold).utcoffset() for fold in (0, 1)
    }


def test_a_zone_is_written_as_the_standard_has_it() -> None:
    """Each change begins at the wall time of the clocks before it (RFC 5545, 3.6.5), every year."""
    content = written("縁", TOKYO, [changed(zone=NEW_YORK)]).decode()
    assert "BEGIN:DAYLIGHT\r\nDTSTART:20250309T020000\r\nRDATE:20260308T020000,20270314T020000\r\n" in content
    assert "BEGIN:STANDARD\r\nDTSTART:20251102T020000\r\nRDATE:20261101T020000,20271107T020000\r\n" in content
    assert "TZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\nEND:DAYLIGHT" in content
    assert "BEGIN:VTIMEZONE\r\nTZID:Asia/Tokyo\r\n" in written("縁", NEW_YORK, [LUNCH]).decode()


def test_an_empty_calendar_is_one() -> None:
    """Both read it: nothing is planned."""
    content = written("縁", TOKYO, [])
    assert not icalendar.Calendar.from_ical(content).events
    assert vobject.readOne(content.decode()).contents.get("vevent") is None


def test_the_later_of_two_holds() -> None:
    """The time of making stands in every entry, and is all that differs between two of the same calendar."""
    early, late = written("縁", TOKYO, [LUNCH]), written("縁", TOKYO, [changed()], LUNCH.ends)
    assert early.replace(b"DTSTAMP:20261120T030000Z", b"DTSTAMP:20261201T113000Z") == late
    assert first(late).DTSTAMP == second(late).dtstamp.value == LUNCH.ends
    assert first(late).LAST_MODIFIED == second(late).last_modified.value == LUNCH.changed_at
