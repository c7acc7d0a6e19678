"""Files that the portal refuses, reads slowly, or loses: each ends in one sentence that says what to do."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.portal import uploads
from bot.portal.uploads import UPLOAD_MAX
from handlers.roster import importing
from handlers.roster.sheet import FILE_MAX
from storage.people import Role
from storage.uploads import ALIVE, LIVES, Uploads
from tests.community import Stage
from tests.conversations.rostering import at_the_portal, csv_of, on_the_roster, sends, xlsx_of
from tests.stages.html import sent

ROWS = [f"山田 {n},,taro{n}@example.com,,2021/4/1,営業部" for n in range(30)]


@pytest.fixture(autouse=True)
def _on_the_portal(stage: Stage) -> None:
    """Files come in on the portal alone, so once is enough."""
    if stage.surface.surface.name != "portal":
        pytest.skip("files come in on the portal")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "何も入っていません"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "CSVでもExcelブックでもない"),
        (xlsx_of(("氏名",), ("Ada",))[:-100], "壊れていて読めません"),
        (csv_of(header="氏名,メール"), "新しい方はいない"),
        (csv_of('"Ada', *["B"] * 9000, header="氏名"), "引用符"),
    ],
)
async def test_a_file_that_cannot_be_read(stage: Stage, content: bytes, words: str) -> None:
    """The reason, and the way to send another; the roster is as it was."""
    mei = await stage.member("Mei", Role.SECRETARIAT)
    async with at_the_portal(stage, mei) as web:
        shown = await sends(web, content)
        assert words in shown
        assert "別のファイルを選ぶ" in shown.buttons
        assert await on_the_roster(stage) == []


async def test_a_huge_file_is_let_pass_by(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """200 MB are refused while they come in: no more than the limit is ever kept, and the form comes again."""
    kept = 0
    write = uploads._InMemory.on_part_data

    def counted(self: uploads._InMemory, data: bytes, start: int, end: int) -> None:
        nonlocal kept
        kept += end - start
        write(self, data, start, end)

    monkeypatch.setattr(uploads._InMemory, "on_part_data", counted)
    mei = await stage.member("Mei", Role.SECRETARIAT)
    async with at_the_portal(stage, mei) as web:
        await web.asks("import", admin=True)
        form = web.browser.main.one("form", lambda node: node["action"] == "/submit")
        parts = [
            f'--b\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in sent(form) if n != "f-file"
        ]
        head = "".join(parts) + '--b\r\nContent-Disposition: form-data; name="f-file"; filename="x.csv"\r\n\r\n'

        async def body() -> AsyncIterator[bytes]:
            yield head.encode()
            for _ in range(200):
                yield b"x" * 1024 * 1024
            yield b"\r\n--b--\r\n"

        kind = {"content-type": "multipart/form-data; boundary=b"}
        shown = web.browser._show(await web.browser.client.post("/submit", content=body(), headers=kind))
    assert "16 MBを超えるファイルです" in shown.errors["file"]
    assert kept <= UPLOAD_MAX


async def test_only_the_desk_may_send_a_file(stage: Stage) -> None:
    """A member who sends one all the same is refused before it is read."""
    ada = await stage.member("Ada")
    async with at_the_portal(stage, ada) as web:
        response = await web.browser.client.post("/submit", files={"f-file": ("x.csv", b"x" * FILE_MAX)})
        assert response.status_code in {400, 413}


async def test_a_long_file_is_read_while_its_secretary_does_something_else(stage: Stage) -> None:
    """When it takes longer than an answer may, the page says how far it is, and later shows what was found."""
    mei = await stage.member("Mei", Role.SECRETARIAT)
    async with at_the_portal(stage, mei, patience=0) as web:
        shown = await sends(web, csv_of(*ROWS))
        assert "読んでいます" in shown
        async with asyncio.timeout(60):
            while "新しく加わる方\n30" not in shown:
                shown = await web.asks("import", admin=True)
        shown = await web.presses("30人を取り込む")
        assert "取り込んでいます" in shown
        async with asyncio.timeout(60):
            while "30人を名簿に加えました" not in shown:
                shown = await web.asks("import", admin=True)
    assert len(await on_the_roster(stage)) == 30


async def test_a_process_that_ends_on_the_way_loses_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted in the middle, nobody of the file is on the roster; asked again later, everybody is, once."""
    monkeypatch.setattr(importing, "AT_ONCE", 10)
    mei = await stage.member("Mei", Role.SECRETARIAT)
    moves = Uploads.move

    def ends(self: Uploads, upload_id: str, done: int) -> bool:
        if done == 20 and importing_now:
            raise SystemError
        return moves(self, upload_id, done)

    importing_now = False
    monkeypatch.setattr(Uploads, "move", ends)
    async with at_the_portal(stage, mei) as web:
        await sends(web, csv_of(*ROWS))
        importing_now = True
        assert "取り込んでいます" in await web.presses("30人を取り込む")
        assert await on_the_roster(stage) == []
        importing_now = False
        stage.clock.forward(ALIVE)
        assert "30人を名簿に加えました" in await web.presses("進み具合を見る")
    assert len(await on_the_roster(stage)) == 30


async def test_a_file_that_waited_too_long_is_gone(stage: Stage) -> None:
    """After an hour the word comes too late: nothing is brought in, and the form for a file is there."""
    mei = await stage.member("Mei", Role.SECRETARIAT)
    async with at_the_portal(stage, mei) as web:
        await sends(web, csv_of(*ROWS))
        stage.clock.forward(LIVES)
        shown = await web.presses("30人を取り込む")
        assert set(shown.fields) == {"file"}
        assert await on_the_roster(stage) == []
        await sends(web, csv_of(*ROWS))
        assert "消しました" in await web.presses("このファイルを消す")
        assert set((await web.asks("import", admin=True)).fields) == {"file"}


async def test_the_desk_says_what_waits(stage: Stage) -> None:
    """A file that waits for a word, then the rows that wait for correction."""
    mei = await stage.member("Mei", Role.SECRETARIAT)
    async with at_the_portal(stage, mei) as web:
        await sends(web, csv_of(*ROWS, ",,nobody@example.com,,,"))
        assert "30人が新しく加わります" in await web.asks("", admin=True)
        await web.presses("開く")
        await web.presses("30人を取り込む")
        assert "1行が直すのを待っています" in await web.asks("", admin=True)
