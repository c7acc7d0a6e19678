"""Which column holds what: guessed from the header, or from the cells where there is none."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from handlers.roster.sheet import Cells

LOOKED_AT = 30  # rows at the top
HEADER_WITHIN = 10  # a title and blank rows may stand above it
HEADER_CELL_MAX = 30  # characters
MOST = 0.6  # so many cells of a column must look like it


class Field(StrEnum):
    """What a column can hold."""

    NAME = "name"
    FAMILY = "family"
    GIVEN = "given"
    READING = "reading"
    FAMILY_READING = "family_reading"
    GIVEN_READING = "given_reading"
    MAIL = "mail"
    NUMBER = "number"
    LEFT = "left"
    DEPARTMENT = "department"
    TAGS = "tags"
    LANGUAGE = "language"


# In this order, so that 氏名カナ is a reading and 部署名 is no name.
HEADERS: Mapping[Field, re.Pattern[str]] = {
    Field.FAMILY_READING: re.compile(
        r"(family|last)namereading|(姓|苗字|名字|せい|セイ)(カナ|かな|フリガナ|ふりがな|読み|よみ)?(?<=[ナなみいイ])"
    ),
    Field.GIVEN_READING: re.compile(
        r"(given|first)namereading|(名|めい|メイ)(カナ|かな|フリガナ|ふりがな|読み|よみ)?(?<=[ナなみいイ])"
    ),
    Field.READING: re.compile(r".*(フリガナ|ふりがな|カナ|かな|よみ|読み|ヨミ).*|reading|.*furigana|.*kana"),
    Field.MAIL: re.compile(r".*(メール|めーる|e-?mail|mail).*"),
    Field.NUMBER: re.compile(
        r".*(社員|従業員|職員|人事|個人|会員|卒業生)(番号|コード|no\.?|id|nr).*|番号|(employee|staff|person(nel)?|member)?"
        r"(id|no\.?|number|code|nr)"
    ),
    Field.LEFT: re.compile(
        r".*(退職|退社|離職|卒業)(日|年|月).*|(date|year|day)?(of)?(leaving|left|departure|exit)(date|year|on|day)?"
        r"|(last|end)(working)?(day|date)|yearleft|(termination|separation)date"
    ),
    Field.DEPARTMENT: re.compile(r".*(部署|所属|部門|部課|部局).*|.*department.*|dept\.?|division|team|section"),
    Field.TAGS: re.compile(r"タグ|分類|グループ|区分|tags?|labels?|groups?"),
    Field.LANGUAGE: re.compile(r".*言語.*|(preferred)?lang(uage)?"),
    Field.FAMILY: re.compile(r"姓|苗字|名字|(family|last|sur)name"),
    Field.GIVEN: re.compile(r"名|(given|first)name"),
    Field.NAME: re.compile(r"(?!.*(上司|会社|法人|部|旧)).*(氏名|名前|姓名).*|(full|employee|member|person)?name"),
}
NEEDED = (Field.NAME, Field.FAMILY, Field.MAIL)  # a header has one of these
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_KANA = re.compile(r"[\u3040-\u30ff\uff66-\uff9f\s・ー]+")
_NAME = re.compile(r"(?=.*[^\W\d_])[^\d@/:=]{2,40}")
_LEFT = re.compile(r"(19|20)\d\d([年/.-].*)?|[RHSrhs令平昭].{0,2}\d{1,2}[年/.-].*")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column each field is in, from 0.  `header` is the number of the header's row, 0 where there is none."""

    header: int
    where: Mapping[Field, int]
    labels: tuple[str, ...]  # of every column: its header, or ""
    samples: tuple[str, ...] = field(default=())  # a cell of every column

    @property
    def complete(self) -> bool:
        """Whether there is enough to name people by."""
        return Field.NAME in self.where or Field.FAMILY in self.where


def guess(top: Sequence[Cells]) -> Columns:
    """From the rows at the top."""
    width = max((len(row) for row in top), default=0)
    found = [(number, by_headers(row)) for number, row in islice(enumerate(top, 1), HEADER_WITHIN)]
    headers = [(number, where) for number, where in found if any(one in where for one in NEEDED)]
    header, where = max(headers, key=lambda each: (len(each[1]), -each[0]), default=(0, {}))
    below = [row for row in top[header:] if any(cell.strip() for cell in row)]
    labels = [" ".join(cell.split()) for cell in top[header - 1]] if header else []
    labels += [""] * (width - len(labels))
    samples = tuple(
        next((row[at].strip() for row in below if at < len(row) and row[at].strip()), "") for at in range(width)
    )
    return Columns(header, where or by_cells(below, width), tuple(labels), samples)


def by_headers(cells: Sequence[str]) -> dict[Field, int]:
    """What these headers say; the first column that fits a field has it.  Empty for a row that is no header."""
    if any("@" in cell or len(cell) > HEADER_CELL_MAX for cell in cells):
        return {}
    where: dict[Field, int] = {}
    for at, cell in enumerate(cells):
        fits = field_of(cell)
        if fits and fits not in where:
            where[fits] = at
    return where


def field_of(header: str) -> Field | None:
    """What a header names, or None."""
    key = re.sub(r"[\s_/,()\[\]【】・:*※\"']+", "", unicodedata.normalize("NFKC", header)).casefold()
    return next((one for one, pattern in HEADERS.items() if key and pattern.fullmatch(key)), None)


def by_cells(rows: Sequence[Cells], width: int) -> dict[Field, int]:
    """What the cells look like, where nobody wrote a header."""
    where: dict[Field, int] = {}
    for at in range(width):
        cells = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
        for one, pattern in ((Field.MAIL, _MAIL), (Field.LEFT, _LEFT), (Field.READING, _KANA), (Field.NAME, _NAME)):
            looks = sum(bool(pattern.fullmatch(cell)) for cell in cells)
            if cells and looks >= MOST * len(cells) and one not in where:
                where[one] = at
                break
    if Field.READING in where and Field.NAME not in where:  # names in kana
        where[Field.NAME] = where.pop(Field.READING)
    return where


def letter(at: int) -> str:
    """What a spreadsheet calls a column: A, B, … Z, AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name
