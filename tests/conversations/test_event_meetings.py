"""A monthly meeting: what members would talk about, an agenda, minutes, decisions, and who does what."""

from datetime import datetime

from bot.cards import Facts
from handlers.events.meeting import conversation, digest
from storage.events import Event, Events
from storage.people import Member, People, Role
from storage.series import SeriesShelf
from storage.work import Work
from tests.community import Stage
from tests.conversations.gathering import EVENING, hides, part, talk
from tests.stages import Person, Shown

HOUR = {"ends_local": datetime(2035, 4, 20, 19, 30)}  # noqa: DTZ001 - wall time
MAY = "5月18日(金) 18:30"


async def _monthly(stage: Stage, organiser: str) -> list[Event]:
    """An hour on the third Friday of April, May and June."""
    told = {"organisers": (stage.members[organiser],), "rule": "FREQ=MONTHLY;BYDAY=3FR;COUNT=3"}
    await stage.arrange(paused=True)  # no check-ins in between
    said, parts = talk(part(starts_local=EVENING, **HOUR), **told)

    def write(work: Work) -> list[Event]:
        return SeriesShelf(work, stage.community.id).announce(Events(work, stage.community.id).write(said, parts))

    return await stage.database.tx(write)


async def _card(who: Person, when: str = "4月20日(金) 18:30") -> Shown:
    listed, label = await who.asks("イベント"), f"春の集い · {when}"
    return await who.presses(label if label in listed.buttons else "春の集い")


async def _desk(who: Person, when: str = "4月20日(金) 18:30") -> Shown:
    await who.asks("イベント", admin=True)
    await who.presses(f"春の集い · {when}")
    return await who.presses("会合")


async def _proposes(who: Person, title: str, minutes: str = "") -> Shown:
    await _card(who)
    await who.presses("議題を提案する")
    return await who.submits(title=title, line="", minutes=minutes, link="")


async def _takes_up(sue: Person, title: str) -> Shown:
    await _desk(sue)
    listed = await sue.presses("提案を見る")
    await sue.presses(next(label for label in listed.buttons if label.endswith(title)))
    return await sue.presses("議題に加える")


async def test_an_agenda_is_made_of_what_members_propose(stage: Stage) -> None:
    """It fits the hour, says what stays, names whom one may see, is for those who come, and can be fixed."""
    sue, ada, gus = await stage.member("Sue", Role.SUPPORTER), await stage.member("Ada"), await stage.member("Gus")
    ben, tom = await stage.member("Ben"), await stage.member("Tom", Role.SECRETARIAT)
    await _monthly(stage, "Sue")
    await hides(stage, "Gus")
    assert "議題を提案する" not in (await _card(ada)).buttons
    assert "次の回の議題はそこから作られ" in await _desk(sue)
    assert "会合にしました" in await sue.presses("会合にする")
    await _card(ada)
    await ada.presses("議題を提案する")
    refused = await ada.submits(title="本屋", line="", minutes="長め", link="http://plain.example")
    assert set(refused.errors) == {"minutes", "link"}
    assert "世話役にお届けしました" in await ada.submits(title="町の本屋", line="応援の方法", minutes="20", link="")
    assert "1. 町の本屋" in await ada.asks("events agenda")
    await _proposes(gus, "静かな部屋", "15")
    assert "1. 冬の旅行" in await _proposes(ben, "冬の旅行")
    assert "取り消しました" in await ben.presses("1を取り下げる")
    await _proposes(ben, "夏の旅行", "45")
    assert "議題の提案が3件" in await tom.asks("", admin=True)
    assert "町の本屋" in await tom.presses("提案を見る")
    for title in ("町の本屋", "静かな部屋", "夏の旅行"):
        assert "保存しました" in await _takes_up(sue, title)
    assert "静かな部屋" not in await _card(ben)
    assert "参加される方に表示します" in await ben.presses("議題")
    await _card(ben)
    await ben.presses("参加する")
    seen = await _card(ben)
    assert "議題：2件、35分" in seen
    seen = await ben.presses("議題")
    assert seen.text.index("1. 町の本屋（20分）") < seen.text.index("提案：Ada") < seen.text.index("提案：メンバーの方")
    assert "Gus" not in seen
    assert seen.text.index("次回へ持ち越し") < seen.text.index("夏の旅行")
    assert "印刷用のページ" in seen.links
    assert await _printed(stage, "Ada") == []
    assert await _printed(stage, "Ben") == ["1. 町の本屋（20分）", "2. 静かな部屋（15分）"]
    assert "2件、60分のうち35分" in await _desk(sue)
    assert "議題を確定しました" in await sue.presses("議題を確定する")
    await sue.presses("議題を追加")
    await sue.submits(title="短い報告", line="", minutes="5", link="")
    assert "短い報告" not in await _card(ben)
    assert "前の回が終わってから" in await _card_agenda(ben, MAY)
    await stage.moves(days=17, hours=10)
    assert "議題：2件、35分" in (await ben.inbox())[-1]


async def _printed(stage: Stage, name: str) -> list[str]:
    """The items on the page to print."""

    def page(work: Work) -> list[str]:
        first = Events(work, stage.community.id).upcoming()[0]
        sheet = conversation.sheet(work, _member(stage, work, name), first.id)
        lists = [one.facts for one in sheet.card.pieces if isinstance(one, Facts)] if sheet else []
        return [label for facts in lists for label, _ in facts]

    return await stage.database.look(page)


async def _card_agenda(who: Person, when: str) -> Shown:
    await _card(who, when)
    return await who.presses("議題")


async def _meets(stage: Stage, sue: Person, *titles: str) -> None:
    """These are on the agenda, and the meeting has begun."""
    await _desk(sue)
    await sue.presses("会合にする")
    for title in titles:
        await _desk(sue)
        await sue.presses("議題を追加")
        await sue.submits(title=title, line="", minutes="", link="")
    await stage.moves(days=18, hours=10)  # it has begun half an hour ago


async def _minutes(sue: Person, item: str) -> Shown:
    await _desk(sue)
    await sue.presses("議事録を書く")
    return await sue.presses(item)


async def test_minutes_by_two_hands_are_published_and_what_is_open_comes_again(stage: Stage) -> None:
    """Who writes second reads the first; what goes on comes in May; members find the minutes by their words."""
    sue, tom = await stage.member("Sue", Role.SECRETARIAT), await stage.member("Tom", Role.SECRETARIAT)
    ada = await stage.member("Ada")
    await _monthly(stage, "Sue")
    await _card(ada)
    await ada.presses("参加する")
    await _meets(stage, sue, "町の本屋", "夏の旅行")
    for who in (sue, tom):
        await _minutes(who, "1. 町の本屋")
        await who.presses("記録する")
    assert "保存しました" in await sue.submits(ja="毎月一冊ずつ読みます。", en="", outcome="done")
    again = await tom.submits(ja="読書会を始めます。", en="", outcome="next")
    assert "毎月一冊ずつ読みます。" in again
    assert "ほかの方が先に保存しました" in again
    assert again.values["ja"] == "読書会を始めます。"
    assert "保存しました" in await tom.submits(ja="毎月一冊ずつ、読書会で読みます。", outcome="done")
    await _minutes(sue, "2. 夏の旅行")
    await sue.presses("記録する")
    await sue.submits(ja="", en="", outcome="next")
    assert "議事録を読む" not in (await _card(ada)).buttons
    await sue.presses("議事録に戻る")
    await sue.presses("議事録を公開する")
    look = await sue.submits(channel="board" if stage.surface.surface.name == "portal" else "digest", tell=True)
    assert "次回へ続く" in look
    assert await stage.surface.room_shows() == []
    assert "公開しました" in await sue.presses("公開する")
    await stage.tick()
    assert "決定" not in (await stage.surface.room_shows())[0]
    await _minutes(tom, "1. 町の本屋")
    await tom.presses("記録する")
    await tom.submits(outcome="decided")
    await stage.moves(days=4)
    [post] = await stage.surface.room_shows()
    assert post.text.index("1. 町の本屋") < post.text.index("決定") < post.text.index("次回へ続く")
    assert "議事録をお読みいただけます" in (await ada.inbox())[-1]
    await ada.asks("events past 読書会")
    await ada.presses("春の集い")
    read = await ada.presses("議事録を読む")
    assert (
        read.text.index("1. 町の本屋") < read.text.index("毎月一冊ずつ、読書会で読みます。") < read.text.index("決定")
    )
    assert "1. 夏の旅行" in await _desk_items(sue, MAY)
    assert "町の本屋" not in await sue.presses("会合のページへ")


async def _desk_items(sue: Person, when: str) -> Shown:
    await _desk(sue, when)
    return await sue.presses("議題の一覧")


async def test_decisions_are_numbered_found_and_superseded(stage: Stage) -> None:
    """Members search them; an older one says by which it was superseded; the secretariat corrects and deletes."""
    sue, ada = await stage.member("Sue", Role.SECRETARIAT), await stage.member("Ada")
    await _monthly(stage, "Sue")
    await _meets(stage, sue, "会費", "会場")
    assert "まだありません" in await ada.asks("events decisions")
    await _minutes(sue, "1. 会費")
    await sue.presses("決定を書く")
    assert set((await sue.submits(ja="　", en="", instead="")).errors) == {"ja"}
    assert "2035-1" in await sue.submits(ja="会費は千円です。", en="", instead="")
    await sue.presses("決定を書く")
    assert set((await sue.submits(ja="会費は無料です。", en="", instead="2034-9")).errors) == {"instead"}
    assert "2035-2" in await sue.submits(ja="会費は無料です。", en="The fee is nothing.", instead="2035-1")
    await _minutes(sue, "2. 会場")
    await sue.presses("決定を書く")
    await sue.submits(ja="会場はみなと会館です。", en="", instead="")
    listed = await ada.asks("events decisions 会費")
    assert "2035-3" not in listed
    assert listed.text.index("2035-2") < listed.text.index("2035-1") < listed.text.index("2035-2に置き換え")
    seen = await ada.presses("2035-1")
    assert "2035-2に置き換え" in seen
    assert "削除" not in seen.buttons
    assert "The fee is nothing." in await ada.presses("決定 2035-2")

    await sue.asks("events decisions 2035-2")
    await sue.presses("2035-2")
    await sue.presses("言葉を直す")
    assert "会費はかかりません。" in await sue.submits(ja="会費はかかりません。", en="")
    assert "2035-2 を削除しました" in await sue.presses("削除")
    assert "置き換え" not in await ada.asks("events decisions 会費")

    year = await sue.asks("event year", admin=True)
    assert "2035年の会合と決定" in year
    assert "会費は千円です。" in year
    assert len(year.links) == len(digest.FILES)
    assert await _files(stage, "Ada") == []
    files = await _files(stage, "Sue")
    assert len(files) == len(digest.FILES)
    for told in files:
        assert "2035-1" in told
        assert "会費は千円です。" in told
        assert "会費はかかりません。" not in told


async def _files(stage: Stage, name: str) -> list[str]:
    """The files of the year, as far as they get them."""

    def make(work: Work) -> list[str]:
        made = [maker(work, _member(stage, work, name), "2035") for maker in digest.FILES.values()]
        return [one.content.decode("utf-8-sig") for one in made if one]

    return await stage.database.tx(make)


def _member(stage: Stage, work: Work, name: str) -> Member:
    found = People(work, stage.community.id).get(stage.members[name])
    assert found
    return found


async def test_something_to_do_is_theirs_who_say_yes(stage: Stage) -> None:
    """One is asked, says yes, is reminded once and taps that it is done; silence leaves it nobody's, on top of May."""
    sue, ada, ben = await stage.member("Sue", Role.SECRETARIAT), await stage.member("Ada"), await stage.member("Ben")
    gus = await stage.member("Gus")
    await hides(stage, "Gus")
    await _monthly(stage, "Sue")
    await _meets(stage, sue, "会場")
    await _minutes(sue, "1. 会場")
    await sue.presses("作業を書く")
    refused = await sue.submits(what="電話", until="そのうち", who="Gus")
    assert set(refused.errors) == {"until", "who"}
    checked = await sue.submits(what="会館に電話する", until="4月30日", who="ada")
    assert "2035年4月30日(月)" in checked
    assert "Adaさんに一度だけ" in checked
    await stage.tick()
    assert await ada.inbox() == []
    await sue.presses("決める")
    await sue.presses("作業を書く")
    await sue.submits(what="写真を集める", until="5月10日", who="Ben")
    await sue.presses("決める")
    await stage.tick()
    assert "「春の集い」で" in (await ben.inbox())[-1]
    assert "会館に電話する" in (await ada.inbox())[-1]
    assert "引き受けありがとうございます" in await ada.presses("引き受ける")
    await stage.moves(days=9)
    assert [one for one in await ben.inbox() if "お引き受けいただいた" in one.text] == []
    [soon] = [one for one in await ada.inbox() if "お引き受けいただいたこと" in one.text]
    assert "会館に電話する" in soon
    await _card(gus, MAY)
    await gus.presses("参加する")
    await _card(gus, MAY)
    first = await gus.presses("議題")
    assert "会館に電話する（2035年4月30日(月)まで、メンバー）" in first
    assert "写真を集める（2035年5月10日(木)まで、担当は未定）" in first
    await ada.opens_home()
    assert "ありがとうございました" in await ada.presses("終わりました")
    await _card(gus, MAY)
    assert "会館に電話する" not in await gus.presses("議題")
    assert "会館に電話する" not in await ada.asks("me")
    assert "写真を集める" in await ben.asks("me")
