"""What is typed into the forms of an event, read: what can be kept, or one sentence for each field that cannot."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from bot import dates
from bot.dates import Unclear, Want
from bot.language import Reader, Sentence
from handlers.events import desk_actions, texts, texts_desk
from handlers.profiles import tidy
from storage.programme import GUESTS_MAX, PLACES_MAX, Attendee, Details, Fault, Part, faults
from storage.questions import Words

TITLE, ABOUT, CALLED, PLACE, LINK = 120, 2000, 60, 200, 500  # characters
ISO = "%Y-%m-%d %H:%M"
DAY_ISO = "%Y-%m-%d"
_HOURS = re.compile(r"(\d{1,3})\s*(?:時間|hours?|hrs?|h)\s*(半)?")
_MINUTES = re.compile(r"(\d{1,4})\s*(?:分間?|minutes?|mins?|m)")
_HALF = 30
Errors = dict[str, str]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who types, when and where."""

    reader: Reader
    now: datetime
    zone: str  # of the community


def number_in(typed: str) -> int | None:
    """A whole number of at most five digits, in any width; None for anything else."""
    text = unicodedata.normalize("NFKC", typed).strip().replace(",", "")
    return int(text) if re.fullmatch(r"[0-9]{1,5}", text) else None


def lines(typed: str) -> str:
    """A text of several lines, without blanks around them and without more than one empty line on end."""
    kept = "\n".join(tidy(line) for line in typed.replace("\r\n", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", kept).strip()


def too_long(reader: Reader, text: str, most: int) -> str:
    """The sentence for a text that is too long, or ""."""
    over = len(text) - most
    return reader(texts_desk.TOO_LONG, over=reader.number(over), max=reader.number(most)) if over > 0 else ""


def worded(ja: str, en: str) -> dict[str, str]:
    """The same words by language, as far as they were given."""
    return {language: words for language, words in (("ja", ja), ("en", en)) if words}


def titles(reader: Reader, ja: str, en: str) -> tuple[Words, Errors]:
    """A title in one of the two languages at least."""
    found = worded(tidy(ja), tidy(en))
    errors = {
        f"title_{language}": said for language, words in found.items() if (said := too_long(reader, words, TITLE))
    }
    if not found:
        errors["title_ja" if reader.language == "ja" else "title_en"] = reader(texts_desk.TITLE_NEEDED)
    return found, errors


# --- a part --------------------------------------------------------------------------------------


def lasts(typed: str) -> timedelta | None:
    """How long: "90分", "1時間半", "2 hours 15 minutes"; None for anything else."""
    text = unicodedata.normalize("NFKC", typed).strip().casefold()
    hours, minutes = _HOURS.search(text), _MINUTES.search(text)
    rest = _MINUTES.sub("", _HOURS.sub("", text)).strip()
    if rest or not (hours or minutes):
        return None
    whole = int(hours[1]) * 60 + (_HALF if hours[2] else 0) if hours else 0
    return timedelta(minutes=whole + (int(minutes[1]) if minutes else 0))


def _moment(desk: Desk, typed: str, zone: str, on: date | None = None) -> datetime | str:
    """A wall time, or why there is none.  What the desk wrote itself is read as it was written."""
    found = dates.read(typed, desk.now, zone, language=desk.reader.language, want=Want.MOMENT, on=on)
    return found.sentence(desk.reader) if isinstance(found, Unclear) else found.local


def _kept(typed: str, old: datetime | None) -> bool:
    """Whether a time was left as it stood in the form."""
    return old is not None and typed.strip() == old.strftime(ISO)


def _times(
    desk: Desk, typed: desk_actions.Parted, zone: str, old: Part | None
) -> tuple[datetime | None, datetime | None, Errors]:
    starts = (
        old.starts_local
        if old and old.zone == zone and _kept(typed.starts, old.starts_local)
        else _moment(desk, typed.starts, zone)
    )
    if isinstance(starts, str):
        return None, None, {"starts": starts}
    length = lasts(typed.ends)
    if length is not None:
        return starts, starts + length, {}
    if old and old.zone == zone and _kept(typed.ends, old.ends_local):
        return starts, old.ends_local, {}
    ends = _moment(desk, typed.ends, zone, starts.date())
    if not isinstance(ends, str):
        return starts, ends, {}
    return starts, None, {"ends": ends if typed.ends.strip() else desk.reader(texts_desk.BAD_ENDS)}


def _numbers(desk: Desk, typed: desk_actions.Parted) -> tuple[dict[str, int | None], Errors]:
    """Seats, and those set aside; an empty field is no limit."""
    numbers: dict[str, int | None] = {}
    errors = {}
    for name in ("seats", "alumni", "staff"):
        text = getattr(typed, name)
        numbers[name] = number_in(text)
        if text.strip() and not 0 < (numbers[name] or 0) <= PLACES_MAX:
            errors[name] = desk.reader(texts_desk.BAD_SEATS, max=desk.reader.number(PLACES_MAX))
    seats = numbers["seats"]
    for name in ("alumni", "staff"):
        share = numbers[name]
        if seats and share and share > seats:
            errors.setdefault(name, desk.reader(texts_desk.MORE_SEATS_KIND))
    return numbers, errors


def is_address(link: str) -> bool:
    """Whether this is an address that begins with https."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in (parts.hostname or "") and not re.search(r"\s", link)


def _link(desk: Desk, link: str) -> str:
    """What is wrong with an address, or ""."""
    return "" if is_address(link) and len(link) <= LINK else desk.reader(texts_desk.BAD_LINK)


def part(desk: Desk, typed: desk_actions.Parted, old: Part | None) -> tuple[Part | None, Errors]:
    """One part as it was typed, or what is wrong with it."""
    reader, language = desk.reader, desk.reader.language
    zone = typed.zone if typed.zone in zones(desk, old) else zones(desk, old)[0]
    starts, ends, errors = _times(desk, typed, zone, old)
    numbers, wrong = _numbers(desk, typed)
    called, place, link = tidy(typed.called), tidy(typed.place), typed.link.strip()
    errors |= wrong
    for name, text, most in (("called", called, CALLED), ("place", place, PLACE)):
        if said := too_long(reader, text, most):
            errors[name] = said
    if not place and not link:
        errors["place"] = reader(texts_desk.NO_PLACE)
    if link and (said := _link(desk, link)):
        errors["link"] = said
    if errors or starts is None or ends is None:
        return None, errors
    shares = {Attendee.ALUMNI: numbers["alumni"], Attendee.STAFF: numbers["staff"]}
    return Part(
        id=old.id if old else "",
        words=_same(old.words if old else {}, called, language),
        starts_local=starts,
        ends_local=ends,
        zone=zone,
        place=_same(old.place if old else {}, place, language),
        link=link,
        capacity=numbers["seats"],
        shares={kind: seats for kind, seats in shares.items() if seats},
    ), {}


def _same(old: Words, text: str, language: str) -> Words:
    """One text in place of what stood there in several languages, unless it says the same."""
    if old and (old.get(language) or next(iter(old.values()))) == text:
        return old
    return {language: text} if text else {}


def zones(desk: Desk, old: Part | None) -> tuple[str, ...]:
    """In which zones a time may be typed: the one it has, the community's, the typist's own."""
    return tuple(dict.fromkeys(filter(None, (old.zone if old else "", desk.zone, desk.reader.zone))))


_FAULTS: dict[Fault, tuple[str, Sentence]] = {
    Fault.END: ("ends", texts_desk.ENDS_FIRST),
    Fault.LONG: ("ends", texts_desk.TOO_LONG_PART),
    Fault.PAST: ("starts", texts_desk.PAST_TIME),
    Fault.FAR: ("starts", texts_desk.FAR_TIME),
    Fault.LINK: ("link", texts_desk.BAD_LINK),
    Fault.SHARES: ("alumni", texts_desk.MORE_SEATS_KIND),
    Fault.WHO: ("alumni", texts_desk.SHARE_NOT_FOR),
    Fault.DEADLINE: ("starts", texts_desk.DEADLINE_THEN),
}


def amiss(reader: Reader, details: Details, parts: Sequence[Part], now: datetime, known: Sequence[Part]) -> Errors:
    """What is wrong with the whole, at the field of a part's form where it can be mended."""
    found = faults(details, parts, now, known)
    return {field: reader(said) for fault, (field, said) in reversed(_FAULTS.items()) if fault in found}


# --- rules and repeating -------------------------------------------------------------------------


def day(desk: Desk, typed: str, zone: str, old: date | None) -> date | str | None:
    """A day to come, None for an empty field, or why it cannot be read."""
    if not typed.strip():
        return None
    if old and typed.strip() == old.strftime(DAY_ISO):
        return old
    found = dates.read(typed, desk.now, zone, language=desk.reader.language, want=Want.DAY)
    return found.sentence(desk.reader) if isinstance(found, Unclear) else found.day


def guests(desk: Desk, typed: str) -> int | str:
    """How many may come along, or why that cannot be read."""
    number = number_in(typed) if typed.strip() else 0
    if number is None or number > GUESTS_MAX:
        return desk.reader(texts_desk.BAD_GUESTS, max=GUESTS_MAX)
    return number


# --- words ---------------------------------------------------------------------------------------


def said(words: Words, language: str) -> str:
    """The words in this language, or in the one there is."""
    return words.get(language) or next(iter(words.values()), "")


def words(reader: Reader, wish: desk_actions.Worded, old: Details) -> tuple[Details, Errors]:
    """What an event says of itself, as it was typed, or what is wrong with it."""
    title, errors = titles(reader, wish.title_ja, wish.title_en)
    about = worded(lines(wish.about_ja), lines(wish.about_en))
    access, captions = lines(wish.access), tidy(wish.captions)
    checked = [(f"about_{language}", text, ABOUT) for language, text in about.items()]
    for name, text, most in (*checked, ("access", access, PLACE), ("captions", captions, PLACE)):
        if sentence := too_long(reader, text, most):
            errors[name] = sentence
    if wish.language not in texts.LANGUAGES:
        errors["language"] = reader(texts_desk.BAD_CHOICE)
    if errors:
        return old, errors
    both = ("ja", "en")
    return old.model_copy(
        update={
            "title": title,
            "about": about,
            "languages": both if wish.language == "both" else (wish.language,),
            "access": _same(old.access, access, reader.language),
            "captions": _same(old.captions, captions, reader.language),
            "neutral": {one: Reader(one)(texts.NEUTRAL) for one in both} if wish.neutral else {},
        }
    ), {}
