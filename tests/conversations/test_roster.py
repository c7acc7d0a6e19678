"""Bringing in a roster: dry run, corrections, confirm, undo; on the portal, and asked for on every surface."""

import csv
import io

from storage.people import Role
from tests.community import Stage
from tests.conversations.rostering import at_the_portal, csv_of, on_the_roster, sends
from tests.stages.html import sent
from tests.stages.portal import PortalPerson

GOOD = [f"山田　太郎{n},ヤマダ タロウ,taro{n}@example.com,０{n:03},令和{n % 6 + 1}年4月1日,営業部" for n in range(580)]
BAD = [
    *(f"鈴木 {n},,not-an-address,,2021/4/1,人事部" for n in range(8)),
    *(f",,nobody{n}@example.com,,2021/4/1,人事部" for n in range(6)),
    *(f"田中 {n},,tanaka{n}@example.com,,いつか,総務部" for n in range(4)),
    "佐藤 花,,taro1@example.com,,2021/4/1,総務部",
    "佐藤 花,,sato@example.com,,2021/4/1,=1+1",
]


async def test_a_roster_of_600_with_20_bad_rows(stage: Stage) -> None:
    """CP932: a dry run writes nothing; a confirm brings in 580; the bad rows are corrected in a file and brought in."""
    mei = await stage.member("Mei", Role.SECRETARIAT)
    rows = [*GOOD[:300], *BAD, *GOOD[300:]]
    async with at_the_portal(stage, mei) as web:
        dry = await sends(web, csv_of(*rows))
        assert "Shift_JIS (CP932)" in dry
        assert "新しく加わる方\n580" in dry
        assert "取り込めない行\n20" in dry
        assert "メールアドレス(C列)" in dry
        assert "302行目：メールアドレスの形になっていません" in dry
        assert await on_the_roster(stage) == []
        each = await web.presses("行ごとに見る")
        assert "2行目：山田　太郎0、新しく加わる" in each
        waits = await mei.asks("import", admin=True)  # the word may be given on any surface
        assert "580" in waits
        done = await mei.presses("580人を取り込む")
        assert "580人を名簿に加えました" in done
        assert len(await on_the_roster(stage)) == 580
        assert {who.left_year for who in await on_the_roster(stage)} == set(range(2019, 2025))
        again = await sends(web, csv_of(*rows))
        assert "すでに名簿にある方(そのまま)\n580" in again
        assert "新しい方はいない" in again
        table = await _corrections(web)
    assert len(table) == 21
    assert table[0] == ["氏名", "フリガナ", "メールアドレス", "社員番号", "退職日", "最終所属", "理由"]
    assert table[-1][5] == "'=1+1"
    corrected = [_corrected(number, row) for number, row in enumerate(table)]
    written = io.StringIO()
    csv.writer(written).writerows(corrected)
    async with at_the_portal(stage, mei) as web:
        fixed = await sends(web, written.getvalue().encode("utf_8_sig"))
        assert "新しく加わる方\n20" in fixed
        await web.presses("20人を取り込む")
    assert len(await on_the_roster(stage)) == 600
    assert "名簿" in await mei.asks("roster", admin=True)


async def _corrections(web: PortalPerson) -> list[list[str]]:
    """The file behind the button, as a spreadsheet opens it."""
    shown = await web.presses("直す行をダウンロード")
    assert "10分以内" in shown
    browser = web.browser
    link = browser.main.one("a", lambda node: "/file/" in node["href"])
    await browser.get(link["href"])
    content = (await browser.client.post(link["href"], data=dict(sent(browser.main.one("form"))))).content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf_8_sig"))))


def _corrected(number: int, row: list[str]) -> list[str]:
    if number == 0:
        return row
    name, reading, _, given, _, _, reason = row
    return [name or "高橋 直", reading, f"corrected{number}@example.com", given, "2021年3月", "人事部", reason]
