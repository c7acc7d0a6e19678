"""Pure decisions about a roster: what a row says, what is wrong with it, and who is who within one file."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError, ValidationInfo
from pydantic.networks import validate_email

from handlers.roster.columns import Field
from handlers.roster.dates import year_of
from handlers.roster.sheet import Cells
from storage.names import mail_key, name_key, number_key, reading_key
from storage.people import NAME_MAX
from storage.roster import PERSON_BYTES, Person

DEPARTMENT_MAX = 100  # characters
NUMBER_MAX = 40
TAG_MAX, TAGS_MAX = 40, 10
BROKEN = re.compile("[\udc80-\udcff\ufffd]")  # bytes of another encoding, or what stood for them
LINES = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")  # could turn words around
FORMULA = re.compile(r"[=+@\t\r-]")  # how a cell begins that a spreadsheet would run
LANGUAGES = {
    **dict.fromkeys(("", "-"), ""),
    **dict.fromkeys(("ja", "jp", "日本語", "japanese"), "ja"),
    **dict.fromkeys(("en", "英語", "english"), "en"),
}
_SEPARATES_TAGS = re.compile(r"[,、;;，；/／|]+")


class Verdict(StrEnum):
    """What an import does with a row."""

    NEW = "new"
    KNOWN = "known"  # stays as it is
    BARRED = "barred"  # on the do-not-invite list: left out
    BAD = "bad"


class Fault(StrEnum):
    """Why a row cannot be taken."""

    BROKEN = "broken"  # characters of another encoding
    FORMULA = "formula"
    NAME_MISSING = "name_missing"
    NAME_LONG = "name_long"
    MAIL = "mail"
    NUMBER = "number"
    LEFT = "left"
    DEPARTMENT = "department"
    TAGS = "tags"
    LANGUAGE = "language"
    LONG = "long"  # all in all
    SAME_MAIL = "same_mail"
    SAME_NUMBER = "same_number"
    SAME_NAME = "same_name"  # and nothing that tells them apart


@dataclass(frozen=True, slots=True)
class Flaw:
    """One fault; `row` is the earlier row it clashes with."""

    fault: Fault
    row: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """One row of a file: whom it stands for, or why it cannot be taken.  `number` counts from 1, as spreadsheets do."""

    number: int
    person: Person
    flaw: Flaw | None
    cells: Cells


# --- one row -------------------------------------------------------------------------------------


def plain(cell: str) -> str:
    """A cell on one line, without blanks around it, or the mark that keeps a spreadsheet from running it."""
    text = UNSEEN.sub("", LINES.sub(" ", cell)).strip()
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def narrow(text: str) -> str:
    """Full-width digits, letters and blanks made narrow: for what is compared or counted, never for a name."""
    return unicodedata.normalize("NFKC", text).strip()


def _mail(text: str) -> str:
    return validate_email(narrow(text).removeprefix("mailto:"))[1] if text else ""


def _year(text: str, info: ValidationInfo) -> int | None:
    today: date = info.context or date.max
    year = year_of(text, today)
    if text and year is None:
        msg = "no date"
        raise ValueError(msg)
    return year


def _tags(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag.strip() for tag in _SEPARATES_TAGS.split(text) if tag.strip()))


def _language(text: str) -> str:
    key = narrow(text).casefold()
    if key not in LANGUAGES:
        msg = "no language of ours"
        raise ValueError(msg)
    return LANGUAGES[key]


_Tag = Annotated[str, StringConstraints(max_length=TAG_MAX)]


class Row(BaseModel):
    """What a row must hold.  The context is today's date."""

    model_config = ConfigDict(frozen=True)
    name: Annotated[str, StringConstraints(min_length=1, max_length=NAME_MAX)]
    reading: Annotated[str, StringConstraints(max_length=NAME_MAX)] = ""
    mail: Annotated[str, BeforeValidator(_mail)] = ""
    number: Annotated[str, BeforeValidator(narrow), StringConstraints(max_length=NUMBER_MAX)] = ""
    left: Annotated[int | None, BeforeValidator(_year)] = None
    department: Annotated[str, StringConstraints(max_length=DEPARTMENT_MAX)] = ""
    tags: Annotated[tuple[_Tag, ...], BeforeValidator(_tags)] = ()
    language: Annotated[str, BeforeValidator(_language)] = ""


_FAULTS = {
    "name": Fault.NAME_LONG,
    "reading": Fault.NAME_LONG,
    "mail": Fault.MAIL,
    "number": Fault.NUMBER,
    "left": Fault.LEFT,
    "department": Fault.DEPARTMENT,
    "tags": Fault.TAGS,
    "language": Fault.LANGUAGE,
}


def checked(number: int, cells: Cells, where: Mapping[Field, int], today: date) -> Checked:
    """What one row says, or what is wrong with it."""
    told: dict[str, Any] = {one.value: plain(cells[at]) for one, at in where.items() if at < len(cells)}
    whole = "\n".join(told.values())
    if BROKEN.search(whole):
        return _faulty(number, cells, Fault.BROKEN)
    if "=" in whole and any(value.startswith("=") for value in told.values()):
        return _faulty(number, cells, Fault.FORMULA)
    if "name" not in told:
        told["name"] = _joined(told, "family", "given")
    if "reading" not in told:
        told["reading"] = _joined(told, "family_reading", "given_reading")
    try:
        row = Row.model_validate(told, context=today)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        missing = first["type"] == "string_too_short"
        return _faulty(number, cells, Fault.NAME_MISSING if missing else _FAULTS[str(first["loc"][0])])
    person = Person(row.name, row.reading, row.mail, row.number, row.left, row.department, row.tags, row.language)
    if len(row.tags) > TAGS_MAX:
        return _faulty(number, cells, Fault.TAGS)
    return _faulty(number, cells, Fault.LONG) if person.size > PERSON_BYTES else Checked(number, person, None, cells)


def _joined(told: Mapping[str, str], *parts: str) -> str:
    return " ".join(told[part] for part in parts if told.get(part))


def _faulty(number: int, cells: Cells, fault: Fault) -> Checked:
    return Checked(number, Person(), Flaw(fault), cells)


# --- one file ------------------------------------------------------------------------------------


@dataclass(slots=True)
class Namesakes:
    """Who was in the rows above: nobody is taken twice from one file."""

    mails: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    people: dict[tuple[str, str, int | None], list[tuple[bool, bool, int]]] = field(default_factory=dict)

    def meet(self, row: Checked) -> Checked:
        """The row, with a flaw when somebody above is the same, or cannot be told from them."""
        if row.flaw:
            return row
        who = row.person
        mail, number = mail_key(who.mail), number_key(who.number)
        for seen, key, fault in ((self.mails, mail, Fault.SAME_MAIL), (self.numbers, number, Fault.SAME_NUMBER)):
            if key and seen.setdefault(key, row.number) != row.number:
                return _clashes(row, fault, seen[key])
        alike = self.people.setdefault((name_key(who.name), reading_key(who.reading), who.left_year), [])
        for has_mail, has_number, above in alike:
            if not (mail and has_mail) and not (number and has_number):
                return _clashes(row, Fault.SAME_NAME, above)
        alike.append((bool(mail), bool(number), row.number))
        return row


def _clashes(row: Checked, fault: Fault, above: int) -> Checked:
    return Checked(row.number, row.person, Flaw(fault, above), row.cells)


# --- a file for a spreadsheet --------------------------------------------------------------------


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula; `plain` takes the mark away again."""
    text = BROKEN.sub("\ufffd", cell)
    return f"'{text}" if FORMULA.match(text.lstrip()) else text
