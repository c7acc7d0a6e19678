"""Results of sealed surveys: to the secretariat first, then to everybody, and nothing that may not be shown."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

from openpyxl import load_workbook

from bot.actions import Action
from bot.address import Address
from bot.events import Pressed
from bot.files import File
from bot.people import Handle, Sighting
from bot.replies import Redraw, Whisper
from handlers import features
from handlers.surveys.results import actions, files
from handlers.turn import turns
from storage import handouts
from storage.audit import Audit
from storage.ideas import Ideas
from storage.people import Area, People, Role
from storage.surveys import Surveys
from storage.work import Work
from tests.community import Stage
from tests.conversations.surveyed import OFFICES, TITLE, answered, closes, crowd
from tests.stages import Person, Shown

APRIL = f"{TITLE}(2035年4月)"


async def deeds(stage: Stage) -> list[str]:
    """What the audit says, oldest first."""
    entries = await stage.database.look(lambda work: Audit(work, stage.community.id).latest(50))
    return [one.action for one in entries][::-1]


async def saved(stage: Stage, url: str) -> File:
    """The file behind a link."""

    def take(work: Work) -> object:
        makers = {files.CSV: files.as_csv, files.XLSX: files.as_xlsx}
        return handouts.take(work, makers, url.rpartition("/")[2], None)

    found = await stage.database.tx(take)
    assert isinstance(found, File)
    return found


async def forges(stage: Stage, name: str, action: Action) -> str:
    """What somebody reads who presses a button that was never drawn for them."""

    def handle(work: Work) -> Handle:
        return People(work, stage.community.id).handles(stage.members[name])[0]

    who = await stage.database.look(handle)
    event = Pressed(who=Sighting(who), where=Address.direct(who), action=action)
    answer = await turns(stage.database, features.house(features.router()))(event)
    assert isinstance(answer, Whisper | Redraw)
    return str(answer.card)


async def until(person: Person, shown: Shown, words: str) -> Shown:
    """Turn pages until one shows these words."""
    for _ in range(9):
        if words in shown:
            return shown
        shown = await person.presses("次のページ")
    raise AssertionError(words)


async def blacks_out(mei: Person, shown: Shown) -> None:
    """Only what stands there; what is typed survives; one text loses a name and a formula, another goes as a whole."""
    assert "4件中1〜4件目" in shown
    assert (await mei.presses("1を黒塗り")).is_form
    wrong = await mei.submits(parts="山田部長")
    assert "「山田部長」は本文の中にありません" in wrong.errors["parts"]
    assert wrong.values["parts"] == "山田部長"
    done = await mei.submits(parts="山田課長\n=1+1")
    assert "■■■に相談したい" in done
    assert done.text.count("山田課長") == 3
    await mei.presses("2を黒塗り")
    done = await mei.submits(whole=True)
    assert "3件中1〜3件目" in done
    assert done.text.count("山田課長") == 2


async def takes_along(stage: Stage, mei: Person) -> None:
    """What stands on the pages, and nothing that a spreadsheet would run."""
    await mei.presses("概要")
    table = await saved(stage, (await mei.presses("表で保存(CSV)")).links["ファイルを保存する"])
    assert table.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(table.content.decode("utf_8_sig"))))
    assert ["1", "相談できる人がいますか", "全体", "はい", "30"] in rows
    assert sum("相談したい" in row[3] for row in rows) == 3
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    await mei.presses("概要")
    book = load_workbook(
        BytesIO((await saved(stage, (await mei.presses("表で保存(Excel)")).links["ファイルを保存する"])).content)
    )
    assert [sheet.title for sheet in book] == ["割合", "自由記述"]
    assert len(list(book["自由記述"].rows)) == 4
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)
    await mei.presses("概要")


async def test_results_go_their_way(stage: Stage) -> None:
    """Told, looked at, blacked out, taken along, shown to members: one after the other, and nothing before its time."""
    mei, ada = await stage.member("Mei", Role.SECRETARIAT), await stage.member("Ada")
    members = [stage.members["Mei"], stage.members["Ada"], *await crowd(stage, 28)]
    survey = await answered(stage, members, 24, segment=OFFICES)
    await closes(stage)
    assert "30人のうち24人が回答しました" in (await mei.inbox())[-1]
    assert "24人が回答" in await mei.asks("", admin=True)
    assert "お願いした30人のうち24人" in await mei.presses(APRIL)
    figures = await mei.presses("回答を見る")
    for words in ("1. 相談できる人がいますか", "はい", "全体", "東京", "ほかのグループ", "30%", "≥95%"):
        assert words in figures
    await blacks_out(mei, await until(mei, await until(mei, figures, "中央の回答は7です"), "山田課長"))
    await takes_along(stage, mei)

    assert "まだ見られる結果はありません" in await ada.asks("アンケート 結果")
    for action in (actions.See(survey=survey), actions.Read(survey=survey, page=1), actions.Compare(survey=survey)):
        assert TITLE not in await forges(stage, "Ada", action)
    assert "自由記述3件も公開されます" in await mei.presses("メンバーに公開")
    done = await mei.submits(channel="board" if stage.surface.surface.name == "portal" else "digest")
    assert "公開しました" in done
    assert "メンバーに公開" not in done.buttons
    await stage.moves(days=1)
    assert f"「{TITLE}」の結果がまとまりました" in (await ada.inbox())[-1]
    assert any(TITLE in one for one in await stage.surface.room_shows())
    page = await ada.presses("結果を見る")
    assert "30人のうち24人" in page
    assert "このアンケートについて事務局が行ったこと" in page
    mine = await until(ada, await ada.presses("回答を見る"), "■■■に相談したい")
    assert mine.text.count("山田課長") == 2
    assert not any("黒塗り" in label or "案" in label for label in mine.buttons)
    assert TITLE in await ada.opens_home()
    assert "30人中24人が回答" in await ada.asks("アンケート 結果")

    await mei.asks("アンケート 結果", admin=True)
    await mei.presses(APRIL)
    shown = await until(mei, await mei.presses("回答を見る"), "3件中")
    assert not any("黒塗り" in label for label in shown.buttons)
    told = await deeds(stage)
    assert told.count("survey.viewed") == 2  # once a day, and this is another
    assert told.count("survey.redacted") == 2
    assert {"survey.taken", "survey.shared"} <= set(told)


async def test_too_few_answers_are_told_kindly(stage: Stage) -> None:
    """Four of twelve: nothing is shown, and no number; secretariat and members read the same kind words."""
    mei, ada = await stage.member("Mei", Role.SECRETARIAT), await stage.member("Ada")
    members = [stage.members["Mei"], stage.members["Ada"], *await crowd(stage, 10)]
    await answered(stage, members, 4)
    await closes(stage)
    told = await mei.inbox()
    assert any("回答が5人に届きませんでした" in one and "あらためてお願いできます" in one for one in told)
    [mine] = [one for one in await ada.inbox() if TITLE in one]
    assert "読まずに破棄しました" in mine
    assert "4人" not in mine
    assert "読まずに破棄しました" in await ada.asks("アンケート 結果")
    listed = await mei.asks("アンケート 結果", admin=True)
    assert "読まずに破棄しました" in listed
    assert APRIL not in listed.buttons
    stage.clock.forward(timedelta(days=30))
    late = await stage.member("Late")
    assert "読まずに破棄しました" not in await late.asks("アンケート 結果")


async def test_the_same_questions_are_asked_again(stage: Stage) -> None:
    """The change since last time, of what was shown both times; members see it when both were shown to them."""
    mei, ada = await stage.member("Mei", Role.SECRETARIAT), await stage.member("Ada")
    members = [stage.members["Mei"], stage.members["Ada"], *await crowd(stage, 28)]
    first = await answered(stage, members, 24)
    await closes(stage)
    stage.clock.forward(timedelta(days=100))
    second = await answered(stage, members, 28, happy=True)
    stage.clock.forward(timedelta(days=2))
    await stage.tick()
    await stage.surface.returns()

    async def shows(survey: str) -> None:
        def share(work: Work) -> None:
            actor = People(work, stage.community.id).get(stage.members["Mei"])
            assert actor
            assert Surveys(work, stage.community.id).share(survey, actor)

        await stage.database.tx(share)

    await mei.asks("アンケート 結果", admin=True)
    await mei.presses(f"{TITLE}(2035年7月)")
    change = await mei.presses("前回からの変化")
    assert "前回の回答は24人、今回は28人です" in change
    words = change.text.replace("\n", "  ")
    assert "はい(+60ポイント以上)" in words
    assert "いいえ(−20ポイント以上)" in words
    await shows(second)
    await ada.asks("アンケート 結果")
    assert "前回からの変化" not in (await ada.presses(f"{TITLE}(2035年7月)")).buttons
    await shows(first)
    await ada.asks("アンケート 結果")
    await ada.presses(f"{TITLE}(2035年7月)")
    assert "はい(+60ポイント以上)" in (await ada.presses("前回からの変化")).text.replace("\n", "  ")


async def test_an_idea_is_kept_and_nobody_else_looks(stage: Stage) -> None:
    """A text in one press, an option by a form; supporters and whoever does the roster alone see nothing of it."""
    mei, sup, ros = [await stage.member(name, Role.SECRETARIAT) for name in ("Mei", "Sup", "Ros")]

    def limit(work: Work) -> None:
        people = People(work, stage.community.id)
        people.appoint(stage.members["Sup"], Role.SUPPORTER)
        people.appoint(stage.members["Ros"], Role.SECRETARIAT, [Area.ROSTER])

    members = [stage.members["Mei"], *await crowd(stage, 28)]
    survey = await answered(stage, members, 24)
    await closes(stage)
    await mei.asks("アンケート 結果", admin=True)
    await mei.presses(APRIL)
    shown = await mei.presses("回答を見る")
    assert (await mei.presses("選択肢をアイデアとして残す")).is_form
    wrong = await mei.submits(option="", kind="event") if stage.surface.surface.name == "portal" else None
    assert wrong is None or "option" in wrong.errors
    shown = await mei.submits(option="talk:2", kind="event")
    assert "イベントのアイデアとして残しました" in shown
    shown = await until(mei, shown, "山田課長")
    assert "企画のアイデアとして残しました" in await mei.presses("1→企画案")
    kept = await stage.database.look(lambda work: Ideas(work, stage.community.id).waiting())
    assert {one.source for one in kept} == {survey}
    assert [one.words for one in kept if one.kind == "event"] == ["月に一度の昼食会があればよい"]
    await mei.presses("1を黒塗り")
    await mei.submits(parts="山田課長")
    kept = await stage.database.look(lambda work: Ideas(work, stage.community.id).waiting())
    assert not any("山田" in one.words for one in kept)
    await mei.asks("アンケート 結果", admin=True)
    assert "イベント" in await mei.presses("残したアイデア")
    await mei.presses("1を削除")
    assert len(await stage.database.look(lambda work: Ideas(work, stage.community.id).waiting())) == 1

    await stage.database.tx(limit)
    for nobody in (sup, ros):  # they were told while it was theirs
        assert TITLE not in await nobody.asks("アンケート 結果", admin=True)
        assert TITLE not in await nobody.presses("回答を見る")
