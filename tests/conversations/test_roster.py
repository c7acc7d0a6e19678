"""Bringing in a roster: dry run, corrections, confirm, undo; on the portal, and asked for on every surface."""

import csv
import io

from storage.audit import Audit
from storage.people import Area, People, Role
from storage.roster import Roster
from storage.work import Work
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
        assert "メールアドレス（C列）" in dry
        assert "302行目：メールアドレスの形になっていません" in dry
        assert await on_the_roster(stage) == []
        each = await web.presses("行ごとに見る")
        assert "2行目：山田 太郎0、新しく加わる" in each
        waits = await mei.asks("import", admin=True)  # the word may be given on any surface
        assert "580" in waits
        done = await mei.presses("580人を取り込む")
        assert "580人を名簿に加えました" in done
        assert len(await on_the_roster(stage)) == 580
        assert {who.left_year for who in await on_the_roster(stage)} == set(range(2019, 2025))
        again = await sends(web, csv_of(*rows))
        assert "すでに名簿にある方（そのまま）\n580" in again
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


async def test_an_import_is_taken_back_as_a_whole(stage: Stage) -> None:
    """Until its first invitation goes out; then it stays, and says why."""
    mei = await stage.member("Mei", Role.SECRETARIAT)
    async with at_the_portal(stage, mei) as web:
        await sends(web, csv_of(*GOOD[:3]))
        await web.presses("3人を取り込む")
        await web.presses("この取り込みを取り消す")
        assert await on_the_roster(stage) == []
        await sends(web, csv_of(*GOOD[:3]))
        await web.presses("3人を取り込む")
    [first, *_] = await on_the_roster(stage)
    shown = await mei.asks("roster", admin=True)
    undo = next(label for label in shown.buttons if label.endswith("の取り込みを取り消す"))
    await stage.database.tx(lambda work: Roster(work, stage.community.id).invited(first.id))
    assert "もう取り消せません" in await mei.presses(undo)
    assert "招待が出ています" in await mei.asks("roster", admin=True)
    noted = await stage.database.look(lambda work: [one.action for one in Audit(work, stage.community.id).latest(9)])
    assert noted == ["import.confirmed", "import.undone", "import.confirmed"]


async def test_columns_nobody_named_are_asked_for(stage: Stage) -> None:
    """Without a header the guess is shown in a form; what is chosen there is how the file is read."""
    mei = await stage.member("Mei", Role.SECRETARIAT)
    names = ("山田　太郎,ヤマダ タロウ", "佐藤 花,サトウ ハナ", "鈴木 一,スズキ ハジメ", "Ada,エイダ")
    rows = "\r\n".join(f"{name},a{n}@example.com,{n},2021/4/1,東京本社" for n, name in enumerate(names)).encode(
        "euc_jp"
    )
    async with at_the_portal(stage, mei) as web:
        form = await sends(web, rows)
        assert "見出しの行が見つからなかった" in form
        assert (form.values["c_name"], form.values["c_mail"], form.values["c_department"]) == ("0", "2", "none")
        wrong = await web.submits(c_name="none", c_reading="2")
        assert set(wrong.errors) == {"c_name", "c_reading", "c_mail"}
        dry = await web.submits(c_name="0", c_reading="1", c_department="5")
        assert "F列：東京本社" in dry
        await web.presses("4人を取り込む")
    assert {who.department for who in await on_the_roster(stage)} == {"東京本社"}


async def test_whoever_is_on_the_list_stays_out(stage: Stage) -> None:
    """The owner keeps the list; an import leaves them out and says so; no form asks why, and no secretary sees it."""
    owner = await stage.member("Owner", Role.OWNER)
    mei = await stage.member("Mei", Role.SECRETARIAT)
    assert "オーナーが預かっています" in await mei.asks("bar", admin=True)
    async with at_the_portal(stage, owner) as web:
        await web.asks("招待しない", admin=True)
        form = await web.presses("加える")
        assert set(form.fields) == {"called", "reading", "mail", "left"}
        assert set((await web.submits()).errors) == {"called"}
        assert set((await web.submits(called="山田 太郎1", mail="not-an-address", left="x")).errors) == {"mail", "left"}
        assert "リストに加えました" in await web.submits(called="山田太郎1", mail="", left="")
        dry = await sends(web, csv_of(*GOOD[:3]))
        assert "招待しないリストの方（除きます）\n1" in dry
        await web.presses("2人を取り込む")
        found = await web.asks("roster 山田", admin=True)
        assert "山田 太郎2" in found
        await web.presses("山田　太郎2さんを招待しない")
        assert "招待しないリストの方" in await web.asks("roster ﾔﾏﾀﾞ", admin=True)
        await web.asks("bar", admin=True)
        await web.presses("山田太郎1さんをリストから外す")
    assert [who.name for who in await on_the_roster(stage)] == ["山田　太郎0", "山田　太郎2"]
    listed = await stage.database.look(lambda work: Roster(work, stage.community.id).bars())
    assert [who.name for _, who in listed] == ["山田　太郎2"]


async def test_the_roster_is_for_whoever_may_see_it(stage: Stage) -> None:
    """A member, a supporter and a secretary without this area get one sentence and no row of it."""
    ada = await stage.member("Ada")
    sue = await stage.member("Sue", Role.SUPPORTER)
    ben = await stage.member("Ben", Role.SECRETARIAT)

    def limit(work: Work) -> None:
        People(work, stage.community.id).appoint(stage.members["Ben"], Role.SECRETARIAT, [Area.CONTENT])

    await stage.database.tx(limit)
    for who in (ada, sue, ben):
        for words in ("import", "roster", "bar"):
            shown = await who.asks(words, admin=True)
            assert not shown.buttons, (who.name, words)
            assert not shown.is_form


async def test_a_chat_takes_no_files(stage: Stage) -> None:
    """Slack and Teams give the way to the page that does; the page has the form."""
    mei = await stage.member("Mei", Role.SECRETARIAT)
    shown = await mei.asks("取込", admin=True)
    if stage.surface.surface.name == "portal":
        assert set(shown.fields) == {"file"}
        assert set((await mei.submits()).errors) == {"file"}
    else:
        assert "ここではファイルをお受け取りできません" in shown
        assert not shown.is_form


async def test_names_do_not_lie_about_in_a_chat(stage: Stage) -> None:
    """Where an answer stays in a chat's history, rows are listed without names and nobody is looked up by name."""
    mei = await stage.member("Mei", Role.SECRETARIAT)
    async with at_the_portal(stage, mei) as web:
        await sends(web, csv_of(*GOOD[:3]))
    await mei.asks("import", admin=True)
    rows = await mei.presses("行ごとに見る")
    stays = stage.surface.surface.name == "teams"
    assert ("山田" in rows) is not stays
    assert ("書き出せるため" in rows) is stays
