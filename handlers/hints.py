"""Words by which somebody may be recognised, found in memory and forgotten with the answer.  Pure.

No list of names is complete and no style is looked at: these are hints, and whoever writes decides.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

SHOWN = 40  # characters of what was found
MOST = 6  # hints shown


class Sign(StrEnum):
    """What kind of word it is."""

    NAME = "name"
    MAIL = "mail"
    PHONE = "phone"
    WEB = "web"
    UNIT = "unit"  # a department or team by its name
    DATE = "date"
    FEW = "few"  # "my team of five"


@dataclass(frozen=True, slots=True)
class Hint:
    """A word, and why it may tell who wrote it."""

    sign: Sign
    words: str


_NUMBER = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|[二三四五六七八九十])"
_MONTHS = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
_MONTHS += "|nov(?:ember)?|dec(?:ember)?"
_PATTERNS: tuple[tuple[Sign, str], ...] = (
    (Sign.MAIL, r"(?<![\w.+-])[\w.+-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63})+"),
    (Sign.WEB, r"(?:https?://|www\.)\S+"),
    (Sign.PHONE, r"(?<![\d-])(?:\+\d{1,3}[ -]?)?\(?0?\d{1,4}\)?[ -]\d{1,4}[ -]\d{3,4}(?![\d-])|(?<!\d)0\d{9,10}(?!\d)"),
    (
        Sign.DATE,
        r"(?:\d{4}年)?\d{1,2}月\d{1,2}日|(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|(?<![\d/])(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?![\d/])",
    ),
    (Sign.DATE, rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})|(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?)\b"),
    (Sign.FEW, rf"\b(?:team|group|department|section|office) of {_NUMBER}\b|\b{_NUMBER} of us\b"),
    (
        Sign.FEW,
        rf"\b{_NUMBER}[- ](?:person|people|member) (?:team|group|department|section|office)\b|\bonly (?:wo)?man\b",
    ),
    (
        Sign.FEW,
        rf"{_NUMBER}\s?[人名]の(?:チーム|部署|部|課|班|グループ|職場)|(?:チーム|部署|課|班|職場)は{_NUMBER}\s?[人名]",
    ),
    (Sign.FEW, r"(?:部署|課|チーム|職場)で(?:唯一|一人だけ|1人だけ|ただ一人)"),
    (
        Sign.UNIT,
        r"[一-龠ァ-ヶーA-Za-z]{1,12}(?:事業部|本部|推進部|[一-龠ァ-ヶー]部|支店|支社|営業所|研究所|工場|[一-龠]課|[一-龠]室)(?!下|分|長|屋|品|活|題)",
    ),
    (Sign.UNIT, r"\b(?:[A-Z][\w&-]+ ){1,3}(?:Department|Division|Team|Section|Office|Branch|Lab)\b"),
    (Sign.UNIT, r"\b(?:HR|R&D|IT|QA|PR) (?:department|division|team|section)\b"),
)
_FOUND = tuple(
    (sign, re.compile(pattern, re.IGNORECASE if sign is not Sign.UNIT else 0)) for sign, pattern in _PATTERNS
)
_LETTERS = 2  # of a name: a single one stands in too many words


def hints(texts: Iterable[str], names: Iterable[str] = ()) -> tuple[Hint, ...]:
    """What may tell who wrote these texts; `names`: what their author is called."""
    found: dict[Hint, None] = {}
    for text in texts:
        plain = unicodedata.normalize("NFKC", text)
        found |= dict.fromkeys((*_named(plain, names), *_matching(plain)))
    return tuple(found)[:MOST]


def _matching(text: str) -> Iterator[Hint]:
    for sign, pattern in _FOUND:
        for match in pattern.finditer(text):
            yield Hint(sign, " ".join(match.group().split())[:SHOWN])


def _named(text: str, names: Iterable[str]) -> Iterator[Hint]:
    """The whole name or the first part of it that is there, but not in the middle of another word in Latin letters."""
    for name in names:
        whole = unicodedata.normalize("NFKC", name).strip()
        for part in dict.fromkeys((whole, *re.split(r"[\s・,]+", whole))):
            found = re.search(rf"(?<![a-z]){re.escape(part)}(?![a-z])", text, re.IGNORECASE)
            if len(part) >= _LETTERS and found:
                yield Hint(Sign.NAME, found.group())
                break
