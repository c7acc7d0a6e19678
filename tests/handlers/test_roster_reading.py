"""Reading files: encodings, workbooks, columns, dates, rows, and every kind of bad file."""

import io
import zipfile
from datetime import date, datetime
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import LANGUAGES, Reader
from handlers.roster import columns, correcting, csv_file, reading, texts, xlsx_file
from handlers.roster.columns import Columns, Field, guess
from handlers.roster.dates import year_of
from handlers.roster.rules import Checked, Fault, Flaw, Namesakes, checked, harmless, plain
from handlers.roster.sheet import FILE_MAX, ROWS_MAX, Note, Sheet, Trouble, UnreadableError
from storage.roster import Person
from tests.conversations.rostering import csv_of, xlsx_of

TODAY = date(2026, 11, 21)
ROSTER = ["髙橋　太郎,タカハシ タロウ,taro@example.com,0012,令和3年4月1日,営業部", "Ada,,ada@example.com,,2021/4/1,"]


def rows_of(content: bytes) -> list[list[str]]:
    """All rows."""
    return list(reading.read(content).rows())


def trouble_with(content: bytes) -> Trouble:
    """Why it cannot be read."""
    with pytest.raises(UnreadableError) as problem:
        rows_of(content)
    return problem.value.trouble


# --- text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "kind"),
    [
        ("utf_8", "UTF-8"),
        ("utf_8_sig", "UTF-8"),
        ("cp932", "Shift_JIS (CP932)"),
        ("euc_jp", "EUC-JP"),
        ("utf_16", "UTF-16"),
        ("iso2022_jp", "JIS"),
    ],
)
def test_every_encoding_gives_the_same_table(encoding: str, kind: str) -> None:
    """A roster reads the same however it was saved; a short one, too."""
    rows = [row.replace("髙", "高") for row in ROSTER]  # two of the encodings do not have it
    sheet = reading.read(csv_of(*rows, encoding=encoding))
    assert sheet.kind == f"CSV, {kind}"
    assert list(sheet.rows()) == rows_of(csv_of(*rows, encoding="utf_8"))
    assert rows_of(csv_of("高橋太郎", header="氏名", encoding=encoding)) == [["氏名"], ["高橋太郎"]]


def test_the_separator_may_be_a_tab_or_semicolon() -> None:
    """What Excel saves as Unicode text, or in other countries, is split all the same."""
    for separator in ("\t", ";"):
        assert rows_of(f"氏名{separator}部署\r\nA{separator}B, C\r\n".encode()) == [["氏名", "部署"], ["A", "B, C"]]


@given(st.lists(st.sampled_from(ROSTER), max_size=30), st.integers(0, 29))
def test_one_row_of_another_encoding_is_refused_alone(rows: list[str], place: int) -> None:
    """Mixed encodings: the rows that can be read are, and the one that cannot says so."""
    lines = [csv_of(row, header="氏名", encoding="utf_8").split(b"\r\n")[1] for row in ["高橋,a", *rows]]
    strange = "山田 花子ソ,b".encode("cp932")
    lines.insert(min(place, len(lines)), strange)
    found = [checked(1, cells, {Field.NAME: 0}, TODAY).flaw for cells in rows_of(b"\n".join(lines))]
    if len(lines) > 3:  # in a tie nobody can say which of the two was meant
        assert [place for place, flaw in enumerate(found) if flaw] == [lines.index(strange)]


# --- workbooks -----------------------------------------------------------------------------------


def test_a_workbook_with_a_title_merged_cells_dates_and_formulas() -> None:
    """Merged cells give each row their value, dates are dates, and what was done about it is noted."""
    content = xlsx_of(
        ("退職者名簿", None, None, None),
        ("氏名", "部署", "退職日", "社員番号"),
        ("髙橋　太郎", "営業部", date(2021, 3, 31), 12),
        ("山田 花子", None, datetime(2022, 3, 31, 9), "=1+1"),  # noqa: DTZ001 - Excel knows no zones
        merged=("A1:D1", "B3:B4"),
    )
    sheet = reading.read(content)
    found = guess(list(sheet.rows()))
    assert (found.header, found.where) == (2, {Field.NAME: 0, Field.DEPARTMENT: 1, Field.LEFT: 2, Field.NUMBER: 3})
    assert list(sheet.rows())[2:] == [
        ["髙橋　太郎", "営業部", "2021-03-31", "12"],
        ["山田 花子", "営業部", "2022-03-31", ""],
    ]
    assert set(sheet.notes) == {Note.MERGED, Note.FORMULAS}


def zipped(**parts: bytes) -> bytes:
    """A zip file that says it is a workbook."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in {"xl/workbook.xml": b"<workbook/>", **parts}.items():
            packed.writestr(name.replace("__", "/"), content)
    return written.getvalue()


def far_cell(reference: str) -> bytes:
    """A workbook of two cells, one of them far away."""
    content = xlsx_of(("氏名",), ("A",))
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part, old.read(part).replace(b'r="A2"', f'r="{reference}"'.encode()))
    return written.getvalue()


def bomb() -> bytes:
    """Small when packed, and far too large when not."""
    return zipped(xl__worksheets__sheet1=b"\0" * (xlsx_file.UNPACKED_MAX + 1))


def liar() -> bytes:
    """A zip file whose part says it is small."""
    content = bytearray(zipped(xl__worksheets__sheet1=b"\0" * 5_000_000))
    size = (5_000_000).to_bytes(4, "little")
    while (place := content.find(size)) >= 0:
        content[place : place + 4] = (10).to_bytes(4, "little")
    return bytes(content)


OLE = xlsx_file.OLE + b"\0" * 600


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"", Trouble.EMPTY),
        (b"\xef\xbb\xbf\r\n,,,\r\n", Trouble.EMPTY),
        (xlsx_of(), Trouble.EMPTY),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 9, Trouble.KIND),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 9, Trouble.KIND),
        (OLE + "EncryptedPackage".encode("utf_16_le"), Trouble.LOCKED),
        (OLE, Trouble.OLD),
        (xlsx_file.ZIP + b"not a zip file", Trouble.BROKEN),
        (zipped(xl__worksheets__sheet1=b"<worksheet>"), Trouble.BROKEN),
        (xlsx_of(("氏名",), ("A",))[:-200], Trouble.BROKEN),
        (far_cell("XFD1048576"), Trouble.TOO_WIDE),
        (far_cell("A1048576"), Trouble.TOO_LONG),
        (liar(), Trouble.BROKEN),
        (b"x" * (FILE_MAX + 1), Trouble.TOO_LARGE),
        ("氏名\r\n".encode() + b"A\r\n" * ROWS_MAX, Trouble.TOO_LONG),
        (("氏名," * 600).encode(), Trouble.TOO_WIDE),
        ('氏名\r\n"A\r\n'.encode() + b"B\r\n" * 9000, Trouble.QUOTES),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_that_cannot_be_read(content: bytes, trouble: Trouble) -> None:
    """Each has its own reason, and each reason its sentence in both languages."""
    assert trouble_with(content) is trouble
    for language in LANGUAGES:
        assert Reader(language)(texts.TROUBLES[trouble], row=1, rows=2, columns=3)


def test_a_document_is_no_workbook() -> None:
    """A zip file of something else is named as what it is not."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("word/document.xml", b"<document/>")
    assert trouble_with(written.getvalue()) is Trouble.KIND


def test_a_bomb_is_stopped_while_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that would fill the memory is refused on the way."""
    monkeypatch.setattr(xlsx_file, "UNPACKED_MAX", 8 * xlsx_file.PIECE)
    content = bomb()
    assert len(content) < xlsx_file.PIECE
    assert trouble_with(content) is Trouble.TOO_LARGE


def test_300_columns_are_read() -> None:
    """A wide sheet is no trouble; the columns that matter are found."""
    header = ",".join(["氏名", *(f"列{number}" for number in range(298)), "メール"])
    content = csv_of("Ada" + "," * 299 + "ada@example.com", header=header)
    assert guess(rows_of(content)).where == {Field.NAME: 0, Field.MAIL: 299}


# --- columns -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "where"),
    [
        ("氏名,氏名カナ,メールアドレス,社員番号,退職日,部署名", "name reading mail number left department"),
        ("姓,名,姓（カナ）,名（カナ）,Ｅ－ｍａｉｌ", "family given family_reading given_reading mail"),
        ("No.,会社名,お名前,上司氏名,e-mail（個人）,備考", "number - name - mail -"),
        ("Name,Email,Date left,Department,Tags,Language", "name mail left department tags language"),
        ("First name,Last name,E-mail address,Employee ID,Leaving date", "given family mail number left"),
        ("電話番号,性別,入社日,旧姓,理由,Reason,氏名", "- - - - - - name"),
    ],
)
def test_headers_are_recognised(header: str, where: str) -> None:
    """Japanese and English headings, in any width; what is none of ours is left alone."""
    found = guess([header.split(","), ["x"] * 7]).where
    expected = {Field(name): at for at, name in enumerate(where.split()) if name != "-"}
    assert found == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_headings_are_recognised(language: str) -> None:
    """A file that we write can be read again, in each language."""
    for one in Field:
        assert columns.field_of(Reader(language)(texts.FIELDS[one])) is one
    assert columns.field_of(Reader(language)(texts.CORRECT_REASON)) is None


def test_without_a_header_the_cells_say_what_they_are() -> None:
    """Nothing is taken for a header that is somebody; the guess is said to be one."""
    found = guess(
        [
            ["山田 太郎", "ヤマダ タロウ", "taro@example.com", "2021/3/31", "営業部"],
            ["佐藤 花", "サトウ ハナ", "h@example.com", "2020年", ""],
        ]
    )
    assert found.header == 0
    assert found.where == {Field.NAME: 0, Field.READING: 1, Field.MAIL: 2, Field.LEFT: 3}
    assert found.samples[0] == "山田 太郎"


def test_columns_are_called_as_in_a_spreadsheet() -> None:
    """A to Z, then AA."""
    assert [columns.letter(at) for at in (0, 25, 26, 299)] == ["A", "Z", "AA", "KN"]


# --- dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "year"),
    [
        *(
            (text, 2021)
            for text in ("令和3年4月1日", "R3.4.1", "r3/4/1", "令和 3 年 4 月 1 日", "2021/4/1", "2021-04-01")
        ),
        *(
            (text, 2021)
            for text in ("2021年3月", "２０２１年３月３１日", "2021", "2021年度", "20210401", "202104", "44286")
        ),
        *((text, 2021) for text in ("April 1, 2021", "Mar 2021", "3/31/2021", "31.3.2021", "2021-04-01 00:00:00")),
        *((text, 2019) for text in ("令和元年5月1日", "平成31年4月30日", "H31.4.30")),
        ("昭和63年12月31日", 1988),
        *((text, None) for text in ("", "いつか", "2021/13/1", "2021/2/30", "平成32年1月1日", "令和3年13月1日", "12")),
        *((text, None) for text in ("1900/1/1", "2035/1/1", "来月", "999999", "32/1/20211")),
    ],
)
def test_dates_as_people_write_them(written: str, year: int | None) -> None:
    """Eras, dots, slashes, months alone, Excel's numbers; what cannot be a date is none."""
    assert year_of(written, TODAY) == year


@given(st.dates(date(1990, 1, 1), date(2026, 12, 31)))
def test_every_day_in_every_spelling(day: date) -> None:
    """Whatever the day, its spellings agree on the year."""
    spellings = [f"{day:%Y/%m/%d}", f"{day:%Y-%m-%d}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}"]
    spellings += (
        [f"令和{day.year - 2018}年{day.month}月"] if day.year > 2018 else [f"H{day.year - 1988}.{day.month}.{day.day}"]
    )
    assert {year_of(spelling, TODAY) for spelling in spellings} == {day.year}


# --- rows ----------------------------------------------------------------------------------------

WHERE = {
    one: at for at, one in enumerate((Field.NAME, Field.MAIL, Field.LEFT, Field.NUMBER, Field.TAGS, Field.LANGUAGE))
}


@pytest.mark.parametrize(
    ("cells", "person"),
    [
        (
            ["髙橋　太郎", "ＴＡＲＯ@example.com", "R3.4.1", "００１２", "大阪、 元営業", "日本語"],
            Person("髙橋　太郎", "", "TARO@example.com", "0012", 2021, "", ("大阪", "元営業"), "ja"),
        ),
        (["Ada"], Person("Ada")),
        (["'-Ada\u202e", "", "", "'+81"], Person("-Ada", number="+81")),
    ],
)
def test_what_a_row_says(cells: list[str], person: Person) -> None:
    """Names are kept as typed; addresses and numbers are made narrow, dates become years."""
    assert checked(7, cells, WHERE, TODAY) == Checked(7, person, None, cells)


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (["", "a@example.com"], Fault.NAME_MISSING),
        (["　", "a@example.com"], Fault.NAME_MISSING),
        (["A" * 81], Fault.NAME_LONG),
        (["A", "a@example"], Fault.MAIL),
        (["A", "a b@example.com"], Fault.MAIL),
        (["A", "", "いつか"], Fault.LEFT),
        (["A", "", "", "1" * 41], Fault.NUMBER),
        (["A", "", "", "", ",".join(map(str, range(11)))], Fault.TAGS),
        (["A", "", "", "", "あ" * 41], Fault.TAGS),
        (["A", "", "", "", "", "fr"], Fault.LANGUAGE),
        (["=HYPERLINK(1)"], Fault.FORMULA),
        (["A", "=B1"], Fault.FORMULA),
        (["山\udc95田"], Fault.BROKEN),
        (["A", "山\ufffd田"], Fault.BROKEN),
        (
            [
                "髙" * 80,
                f"{'a' * 60}@{'b' * 60}.example.com",
                "",
                "1" * 40,
                "、".join("髙" * 39 + str(n) for n in range(9)),
            ],
            Fault.LONG,
        ),
    ],
)
def test_rows_that_cannot_be_taken(cells: list[str], fault: Fault) -> None:
    """Each has its own reason, and each reason its sentence in both languages."""
    assert checked(7, cells, WHERE, TODAY).flaw == Flaw(fault)


def test_every_reason_is_a_sentence() -> None:
    """No reason is without words."""
    assert set(texts.FAULTS) == set(Fault)
    assert set(texts.TROUBLES) == set(Trouble)
    assert set(texts.NOTES) == set(Note)


@pytest.mark.parametrize(
    ("first", "second", "fault"),
    [
        (["Ada", "a@example.com"], ["Bob", "Ａ@example.com"], Fault.SAME_MAIL),
        (["Ada", "", "", "0012"], ["Bob", "", "", "12"], Fault.SAME_NUMBER),
        (["佐藤 健"], ["佐藤　健"], Fault.SAME_NAME),
        (["佐藤 健", "k@example.com"], ["佐藤 健"], Fault.SAME_NAME),
        (["佐藤 健", "k@example.com"], ["佐藤 健", "other@example.com"], None),
        (["佐藤 健", "", "2020"], ["佐藤 健", "", "2021"], None),
    ],
)
def test_somebody_twice_in_one_file(first: list[str], second: list[str], fault: Fault | None) -> None:
    """The same address or number is one person; two of one name are two when something tells them apart."""
    met = Namesakes()
    assert met.meet(checked(2, first, WHERE, TODAY)).flaw is None
    assert met.meet(checked(3, second, WHERE, TODAY)).flaw == (Flaw(fault, 2) if fault else None)


# --- the file to correct -------------------------------------------------------------------------


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20))
def test_no_cell_of_ours_is_run_by_a_spreadsheet(cell: str) -> None:
    """A cell never begins like a formula, and reads as what it was when it comes back."""
    safe = harmless(cell)
    assert not safe.lstrip().startswith(("=", "+", "-", "@"))
    assert plain(safe) == plain(cell)


def test_the_file_to_correct_can_be_brought_in() -> None:
    """The columns are as they were; those that somebody had to name are headed so that they are known."""
    cells = ["x", "-1", "not-an-address"]
    where = {Field.NAME: 0, Field.MAIL: 2}
    row = checked(9, cells, where, TODAY)
    told = Columns(1, where, ("呼び名", "点数", "連絡先"))
    for language in LANGUAGES:
        content = correcting.corrections(Reader(language), told, [row])
        header, written = islice(reading.read(content).rows(), 2)
        assert header[1] == "点数"
        assert written[:3] == ["x", "'-1", "not-an-address"]
        assert written[3].startswith("メール" if language == "ja" else "this is not a mail address")
        assert guess([header, written]).where == where


def test_a_sheet_may_be_read_twice() -> None:
    """Rows begin anew each time, so that columns can be guessed first."""
    sheet: Sheet = csv_file.read(csv_of(*ROSTER))
    assert list(sheet.rows()) == list(sheet.rows())
