"""Every sentence in the reader's language: gettext catalogues, and dates and numbers by Babel.

Sentences are written in English in `texts.py` files, marked for extraction, and looked up when a card is made:
`reader(texts.HELLO, name=...)`.  Catalogues are compiled in memory from `bot/locale/*/LC_MESSAGES/enishi.po`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_skeleton, get_timezone_name
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("ja", "en")
DEFAULT = "ja"


class Msg(str):
    """A sentence to be looked up; in English until then."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Plural:
    """A sentence that changes with a number, which is given as `count`."""

    one: str
    many: str


Sentence = Msg | Plural


def mark(text: str) -> Msg:
    """Mark a sentence for the catalogue.  `{name}` stands for values."""
    return Msg(text)


def plural(one: str, many: str) -> Plural:
    """Mark a sentence with a number for the catalogue."""
    return Plural(one, many)


@cache
def catalogue(language: str) -> NullTranslations:
    """The translations of one language, compiled once a process."""
    source = LOCALE / language / "LC_MESSAGES" / "enishi.po"
    with source.open("rb") as file:
        messages = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)


def nearest(tag: str, otherwise: str = DEFAULT) -> str:
    """The language we have for a platform's tag ("ja-JP", "en_GB", ""), or `otherwise`."""
    base = tag.replace("_", "-").partition("-")[0].lower()
    return base if base in LANGUAGES else otherwise


def asked_for(accept_language: str) -> str:
    """The first of our languages that a browser names (RFC 9110, 12.5.4), else our default."""

    def weight(entry: str) -> float:
        try:
            return float(entry.partition("q=")[2] or 1)
        except ValueError:
            return 0.0

    entries = sorted(accept_language.split(","), key=weight, reverse=True)
    known = (nearest(entry.partition(";")[0].strip(), "") for entry in entries if weight(entry) > 0)
    return next((language for language in known if language), DEFAULT)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody's language and time zone."""

    language: str = DEFAULT
    zone: str = "Asia/Tokyo"

    def __call__(self, said: Sentence, /, **values: object) -> str:
        """The sentence, in this reader's language, with values filled in."""
        words = catalogue(self.language)
        if isinstance(said, Plural):
            count = values["count"]
            if not isinstance(count, int):
                msg = "a plural sentence takes an int as count"
                raise TypeError(msg)
            return words.ngettext(said.one, said.many, count).format(**{**values, "count": self.number(count)})
        text = words.gettext(said)
        return text.format(**values) if values else text

    def day(self, day: date) -> str:
        """12月1日(火) or Tue, Dec 1."""
        return format_skeleton("MMMEd", day, locale=self.language)

    def long_day(self, day: date) -> str:
        """With the year: 2026年12月1日 or December 1, 2026."""
        return format_date(day, "long", locale=self.language)

    def full_day(self, day: date) -> str:
        """With year and weekday: 2026年12月1日(火) or Tue, Dec 1, 2026."""
        return format_skeleton("yMMMEd", day, locale=self.language)

    def month(self, day: date) -> str:
        """2026年12月 or December 2026."""
        return format_skeleton("yMMMM", day, locale=self.language)

    def moment(self, at: datetime) -> str:
        """An aware time in this reader's zone, with weekday: 12月1日(火) 18:30."""
        local = at.astimezone(ZoneInfo(self.zone))
        return f"{self.day(local.date())} {format_datetime(local, 'HH:mm', locale=self.language)}"

    def full_moment(self, at: datetime, zone: str = "") -> str:
        """An aware time so that nobody can mistake it: 2026年12月1日(火) 18:30 (日本時間).

        With another zone (IANA), in which it takes place, both are told, that one first, unless their clocks agree.
        """
        there = Reader(self.language, zone or self.zone).local(at)
        told = f"{self.full_day(there.date())} {there:%H:%M} ({_zone(there, self.language)})"
        if (mine := self.local(at)).utcoffset() == there.utcoffset():
            return told
        return f"{told} / {self.moment(at)} ({_zone(mine, self.language)})"

    def local(self, at: datetime) -> datetime:
        """An aware time as this reader's wall clock shows it, still aware."""
        return at.astimezone(ZoneInfo(self.zone))

    def number(self, number: int) -> str:
        """With the grouping of the language."""
        return _number(number, self.language)


def _zone(local: datetime, language: str) -> str:
    """日本時間, Eastern Time; and 協定世界時, which belongs to no country."""
    if local.tzname() == "UTC":
        return get_timezone_name(local, "long", locale=language)
    return get_timezone_name(local.tzinfo, "long", locale=language, zone_variant="generic")


@lru_cache(1000)
def _number(number: int, language: str) -> str:
    return format_decimal(number, locale=language)


@cache
def both(said: Msg) -> str:
    """The sentence in each of our languages, once each, for whoever's language is not known."""
    return " / ".join(dict.fromkeys(Reader(language)(said) for language in LANGUAGES))
