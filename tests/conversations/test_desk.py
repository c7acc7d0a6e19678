"""The secretariat's desk: what waits, how many came how far, roles, and what was done."""

import pytest

from storage.audit import Audit, Broken
from storage.people import Area, People, Role
from storage.presets import Level
from storage.work import Work
from tests.community import Stage


async def _audited(stage: Stage) -> list[tuple[str, str]]:
    entries = await stage.database.look(lambda work: Audit(work, stage.community.id).latest(50))
    names = {member_id: name for name, member_id in stage.members.items()}
    return [(names.get(entry.actor, entry.actor), entry.action) for entry in entries]


async def _shows(stage: Stage, name: str, level: Level) -> None:
    await stage.database.tx(lambda work: People(work, stage.community.id).show(stage.members[name], level))


@pytest.mark.parametrize("words", ["", "desk", "机"])
async def test_the_desk_says_kindly_that_nothing_waits(stage: Stage, words: str) -> None:
    """`/enishi-admin` alone opens it: nothing to do, the next step, and a button to every command."""
    ben = await stage.member("Ben", Role.SECRETARIAT)
    desk = await ben.asks(words, admin=True)
    assert "今日お願いすることはありません" in desk
    assert "次の一歩は名簿の取り込み" in desk
    assert {"近況", "役割", "記録"} <= set(desk.buttons)
    assert "2年間保存します" in await ben.presses("記録")
    assert "事務局の机" in await ben.presses("机に戻る")


async def test_the_home_page_leads_to_the_desk(stage: Stage) -> None:
    """Whoever has a desk opens it from home."""
    ben = await stage.member("Ben", Role.SECRETARIAT)
    await ben.opens_home()
    assert "今日お願いすることはありません" in await ben.presses("事務局")


async def test_members_have_no_desk(stage: Stage) -> None:
    """Neither by its name nor by an old button."""
    ada = await stage.member("Ada")
    assert "事務局の方だけ" in await ada.asks("", admin=True)
    assert "事務局の方だけ" in await ada.asks("role", admin=True)
    assert "事務局の方だけ" in await ada.asks("audit", admin=True)


async def test_a_supporter_has_a_small_desk(stage: Stage) -> None:
    """A supporter sees neither numbers nor the commands of the secretariat."""
    await stage.member("Ben", Role.OWNER)
    sue = await stage.member("Sue", Role.SUPPORTER)
    desk = await sue.asks("", admin=True)
    assert "事務局の机" in desk
    assert "名簿の方" not in desk
    assert "役割" not in desk.buttons
    assert "事務局の方だけ" in await sue.asks("role", admin=True)
    assert "役割" not in await sue.asks("help", admin=True)


async def test_the_numbers_are_there_as_figures(stage: Stage) -> None:
    """How many came how far, whatever the surface can draw; a chat also fetches a picture, which says the same."""
    ben, ada = await stage.member("Ben", Role.OWNER), await stage.member("Ada", language="en")
    await ada.asks("update planted beans")
    await ada.submits()
    desk = await ben.asks("", admin=True)
    flat = "".join(desk.text.split())
    assert "名簿の方0" in flat
    assert "メンバー2" in flat
    assert "近況を書いた方1" in flat
    if stage.surface.surface.name != "portal":
        assert "名簿の方 0、招待した方 0、メンバー 2、近況を書いた方 1" in desk


async def test_an_ally_community_shows_no_small_number(stage: Stage) -> None:
    """Below five there is none; above, fives, and they stay as they are until the month is over."""
    await _becomes(stage, "ally")
    ben = await stage.member("Ben", Role.OWNER)
    assert "数は表示しません" in await ben.asks("", admin=True)
    for number in range(8):
        await stage.member(f"M{number}")
    assert "数は表示しません" in await ben.asks("", admin=True)
    await stage.moves(days=31)
    assert "メンバー5" in "".join((await ben.asks("", admin=True)).text.split())
    for number in range(8, 12):
        await stage.member(f"M{number}")
    desk = "".join((await ben.asks("", admin=True)).text.split())
    assert "メンバー5" in desk
    assert "近況を書いた方" not in desk
    await stage.moves(days=31)
    assert "メンバー10" in "".join((await ben.asks("", admin=True)).text.split())


async def _becomes(stage: Stage, kind: str) -> None:
    await stage.database.tx(
        lambda work: work.connection.exec_driver_sql(f"UPDATE community SET kind = '{kind}'")  # noqa: S608 - a word above
    )


async def test_an_owner_gives_a_role_and_it_is_told(stage: Stage) -> None:
    """The person is picked, hears of it, can do it, and the record says what was done, not to whom."""
    ben, ada = await stage.member("Ben", Role.OWNER), await stage.member("Ada")
    assert "この机を使えるのは今お一人" in await ben.asks("役割", admin=True)
    await ben.presses("役割を付ける・外す")
    page = await ben.submits(person=stage.members["Ada"], role="secretariat", scope="all")
    assert "Adaさん: 事務局" in page
    assert "今お一人" not in page
    await stage.moves(hours=1)
    [letter] = await ada.inbox()
    assert "Adaさん、みなとの縁の事務局になりました" in letter
    assert "事務局の机" in await ada.asks("", admin=True)
    assert await _audited(stage) == [("Ben", "role.secretariat")]
    record = await ada.asks("audit", admin=True)
    assert "Benさん: 事務局のメンバーを決めました" in record
    assert "Ada" not in record


async def test_the_last_owner_stays(stage: Stage) -> None:
    """Neither the owner nor anybody else can leave a community without one, by this way."""
    ben, ada = await stage.member("Ben", Role.OWNER), await stage.member("Ada", Role.SECRETARIAT)
    await ben.asks("role", admin=True)
    await ben.presses("役割を付ける・外す")
    refused = await ben.submits(person=stage.members["Ben"], role="member")
    assert "オーナーはBenさんだけです" in refused.errors["role"]
    await ada.asks("role", admin=True)
    await ada.presses("役割を付ける・外す")
    refused = await ada.submits(person=stage.members["Ben"], role="supporter")
    assert "オーナーはBenさんだけです" in refused.errors["role"]
    assert await _audited(stage) == []


async def test_the_secretariat_names_supporters_and_no_one_else(stage: Stage) -> None:
    """Its form offers only these; what an owner may give is refused whatever is sent."""
    await stage.member("Ben", Role.OWNER)
    await stage.member("Eve", Role.OWNER)
    ada = await stage.member("Ada", Role.SECRETARIAT)
    await stage.member("Sue")
    await ada.asks("role", admin=True)
    form = await ada.presses("役割を付ける・外す")
    assert "scope" not in form.fields
    refused = await ada.submits(person=stage.members["Ben"], role="supporter")
    assert "オーナーが決めます" in refused.errors["role"]
    assert "Sueさん: サポーター" in await ada.submits(person=stage.members["Sue"], role="supporter")


async def test_an_alumnus_does_a_part_of_the_work(stage: Stage) -> None:
    """Limited to the roster, they neither arrange check-ins nor read letters, and give no roles."""
    ben, ada = await stage.member("Ben", Role.OWNER), await stage.member("Ada")
    await stage.member("Sue")
    await ben.asks("role", admin=True)
    await ben.presses("役割を付ける・外す")
    page = await ben.submits(person=stage.members["Ada"], role="secretariat", scope="roster")
    assert "名簿と招待だけ" in page
    desk = await ada.asks("", admin=True)
    assert "近況" not in desk.buttons
    assert "ほかの担当者" in await ada.asks("checkin", admin=True)
    await ada.asks("role", admin=True)
    await ada.presses("役割を付ける・外す")
    refused = await ada.submits(person=stage.members["Sue"], role="supporter")
    assert "仕事すべてを担当する方" in refused.errors["role"]
    member = await stage.database.look(lambda work: People(work, stage.community.id).get(stage.members["Ada"]))
    assert member is not None
    assert (member.may(Area.ROSTER), member.may(Area.CONTENT)) == (True, False)


async def test_a_hidden_member_is_never_listed(stage: Stage) -> None:
    """Nobody finds them by picking or by name, not even when they hold a role; the record names no hidden actor."""
    ben, hid = await stage.member("Ben", Role.OWNER), await stage.member("Hid", Role.SECRETARIAT)
    sue = await stage.member("Sue")
    await hid.asks("role", admin=True)
    await hid.presses("役割を付ける・外す")
    await hid.submits(person=stage.members["Sue"], role="supporter")
    await _shows(stage, "Hid", Level.HIDDEN)
    assert "Hid" not in await ben.asks("role", admin=True)
    await ben.presses("役割を付ける・外す")
    refused = await ben.submits(person=stage.members["Sue"], role="supporter")
    assert "すでにこの役割" in refused.errors["role"]
    record = await ben.asks("audit", admin=True)
    assert "事務局のお一人: サポーター" in record
    assert "Hid" not in record
    assert "Hid" in await hid.asks("role", admin=True)
    await stage.moves(hours=1)
    assert "サポーターになりました" in (await sue.inbox())[0]


async def test_a_lone_admin_hears_of_it_each_month(stage: Stage) -> None:
    """Politely, once a month; not once there are two."""
    ben = await stage.member("Ben", Role.OWNER)
    await stage.moves(days=40)
    told = [letter for letter in await ben.inbox() if "あなたお一人です" in letter]
    assert len(told) == 1
    assert "急ぎではありません" in told[0]
    await stage.member("Ada", Role.SECRETARIAT)
    await stage.moves(days=40)
    assert len([letter for letter in await ben.inbox() if "あなたお一人です" in letter]) == 1


async def test_a_community_of_many_is_asked_for_a_name(stage: Stage) -> None:
    """More people than a choice can hold: a part of the name finds them; nobody and several are said."""
    ben = await stage.member("Ben", Role.OWNER)

    def many(work: Work) -> None:
        people = People(work, stage.community.id)
        for number in range(101):
            people.welcome({"name": f"山田 {number}"})
        people.welcome({"name": "髙橋 花"})

    await stage.database.tx(many)
    await ben.asks("role", admin=True)
    form = await ben.presses("役割を付ける・外す")
    assert "お名前の一部" in form
    assert "表示できる方はいません" in (await ben.submits(who="佐藤", role="supporter")).errors["who"]
    assert "100人より多く" in (await ben.submits(who="山田", role="supporter")).errors["who"]
    several = await ben.submits(who="山田 9", role="supporter")
    assert "何人かいます" in several
    assert several.values["role"] == "supporter"
    assert "高橋" not in several
    await ben.asks("role", admin=True)
    await ben.presses("役割を付ける・外す")
    assert "髙橋 花さん: サポーター" in await ben.submits(who="　橋 花", role="supporter")


async def test_the_record_is_read_page_by_page(stage: Stage) -> None:
    """Newest first, ten a page; a word this version does not know, and the operator, are named as such."""
    ben = await stage.member("Ben", Role.SECRETARIAT)
    assert "まだ記録はありません" in await ben.asks("記録", admin=True)

    def busy(work: Work) -> None:
        record, actor = Audit(work, stage.community.id), People(work, stage.community.id).get(stage.members["Ben"])
        record.record(None, "made.up", "an-object")
        for _ in range(12):
            record.record(actor, "role.supporter")

    await stage.database.tx(busy)
    first = await ben.asks("記録", admin=True)
    assert first.text.count("サポーターを決めました") == 10
    older = await ben.presses("以前のもの")
    assert older.text.count("サポーターを決めました") == 2
    assert "サーバー: この版では説明できない作業 (made.up)" in older
    assert "an-object" not in older
    assert (await ben.presses("最新")).text == first.text
    whole = await stage.database.look(lambda work: Audit(work, stage.community.id).verify())
    assert not isinstance(whole, Broken)


async def test_reading_letters_and_changing_settings_is_recorded(stage: Stage) -> None:
    """Who paused everything and who opened what was written to the secretariat; not what was in it, nor who wrote."""
    ben, ada = await stage.member("Ben", Role.SECRETARIAT), await stage.member("Ada")
    await ada.asks("update 相談があります")
    await ada.submits(audience="secretariat")
    await ben.asks("checkin", admin=True)
    await ben.presses("事務局あて")
    await ben.asks("checkin", admin=True)
    await ben.presses("すべて休止")
    assert await _audited(stage) == [("Ben", "checkins.stopped"), ("Ben", "checkins.letters")]
    record = await ben.asks("記録", admin=True)
    assert "Benさん: 事務局あての近況を読みました" in record
    assert "相談" not in record
    assert "Ada" not in record
