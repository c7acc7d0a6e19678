"""What may be shown, as tables to take along: nothing more than stands on the pages.

A spreadsheet runs what looks like a formula, and members wrote some of the words: such cells begin with an apostrophe.
"""

import csv
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO

from bot.files import File
from bot.language import Reader
from handlers.surveys.results import reading, texts
from handlers.surveys.results.reading import Told
from storage.people import Area, Member
from storage.questions import Kind, worded
from storage.surveys import State, Surveys
from storage.work import Work

CSV, XLSX = "surveys.csv", "surveys.xlsx"
KINDS = {"csv": CSV, "xlsx": XLSX}
XLSX_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RUNS = tuple("=+-@＝＋－＠\t\r\n")  # full-width signs run in Japanese spreadsheets, too
WIDE = 60  # characters of a column of words
Row = tuple[str, str, str, str, str]


def tame(cell: str) -> str:
    """A cell that a spreadsheet shows and does not run."""
    return f"'{cell}" if cell.lstrip(" \u3000").startswith(RUNS) or cell.startswith(RUNS) else cell


def figures(reader: Reader, told: Told) -> Iterator[Row]:
    """A row for each share that may be shown."""
    for question in told.manifest.questions:
        words, number = worded(question.words, reader.language), str(told.number(question))
        found = told.by_option.get(question.id, {})
        if question.kind is Kind.TEXT:
            continue
        for segment in told.groups:
            group = reading.group(reader, told.manifest, segment)
            for place, label in reading.options(reader, question):
                shown = found.get(segment, {}).get(place, "")
                yield (number, tame(words), tame(group), tame(label), shown)


def said(reader: Reader, told: Told) -> Iterator[Row]:
    """A row for each free text, in the order of the pages."""
    for question in told.manifest.questions:
        words, number = worded(question.words, reader.language), str(told.number(question))
        for text in told.results.texts.get(question.id, ()):
            yield (number, tame(words), "", tame(text.body), "")


def as_csv(work: Work, member: Member, survey: str) -> File | None:
    """Everything in one table, for Excel too: UTF-8 with its mark."""
    told = _told(work, member, survey)
    if told is None:
        return None
    reader, out = member.reader, StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([reader(one) for one in texts.COLUMNS])
    writer.writerows(figures(reader, told))
    writer.writerows(said(reader, told))
    return File(_name(reader, told, "csv"), "text/csv; charset=utf-8", out.getvalue().encode("utf_8_sig"))


def as_xlsx(work: Work, member: Member, survey: str) -> File | None:
    """Shares and texts on a sheet each."""
    from openpyxl import Workbook  # noqa: PLC0415 - takes a quarter of a second, and most processes never write one

    told = _told(work, member, survey)
    if told is None:
        return None
    reader, book = member.reader, Workbook(write_only=True)
    book.properties.creator = "Enishi"
    for name, rows in ((texts.SHEET_FIGURES, figures(reader, told)), (texts.SHEET_TEXTS, said(reader, told))):
        sheet = book.create_sheet(reader(name))
        for column, width in zip("ABCDE", (6, WIDE, WIDE // 3, WIDE, WIDE // 4), strict=True):
            sheet.column_dimensions[column].width = width
        sheet.append([reader(one) for one in texts.COLUMNS])
        for row in rows:
            sheet.append(_cells(row))
    out = BytesIO()
    book.save(out)
    return File(_name(reader, told, "xlsx"), XLSX_MIME, out.getvalue())


def _cells(row: Row) -> Sequence[str | int]:
    return [int(row[0]), *row[1:]]


def _told(work: Work, member: Member, survey: str) -> Told | None:
    """The results, for whoever may look after them when the link is opened."""
    one = Surveys(work, member.community.id).get(survey)
    if one is None or one.state is not State.CLOSED or not one.whole or not member.may(Area.CONTENT):
        return None
    return Told.of(one, Surveys(work, member.community.id).results(survey), work.now)


def _name(reader: Reader, told: Told, ending: str) -> str:
    return f"{reader(texts.FILE_NAME)}-{told.manifest.closes_on.isoformat()}.{ending}"
