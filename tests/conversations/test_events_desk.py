"""Events at the desk: written, looked at before anything is kept, announced, changed and cancelled."""

import re
from datetime import datetime

from storage.events import Events
from storage.people import People, Role
from storage.work import Work
from tests.community import Stage
from tests.conversations.gathering import announced, hides, part
from tests.stages import Person, Shown


async def _comes(who: Person, title: str = "春の集い") -> Shown:
    await who.asks("イベント")
    await who.presses(title)
    return await who.presses("参加する")


async def test_from_a_draft_to_the_room(stage: Stage) -> None:
    """A supporter writes an event and sees the weekday before anything is kept; the room is told counts."""
    sue = await stage.member("Sue", Role.SUPPORTER)
    ada, ben = await stage.member("Ada"), await stage.member("Ben", Role.SECRETARIAT)
    form = await sue.asks("イベント 新規", admin=True)
    assert form.is_form
    refused = await sue.submits(starts="4月31日 18時", ends="20:30", place="みなと会館", seats="10000")
    assert set(refused.errors) >= {"title_ja", "starts", "seats"}
    refused = await sue.submits(title_ja="春の集い", starts="4月20日 18時半", ends="17:00", seats="２０")
    assert set(refused.errors) == {"ends"}
    check = await sue.submits(ends="2時間")
    assert "まだ保存していません" in check
    assert "2035年4月20日(金) 18:30〜20:30（日本時間）" in check
    assert not await _all(stage)
    desk = await sue.presses("はい、保存する")
    assert "下書き" in desk
    await sue.presses("文面を変える")
    await sue.submits(title_en="Spring evening", about_ja="近況を話しましょう。", language="both")
    assert "Spring evening" in (await _previews(sue, "メンバー（英語）"))
    assert "イベントのご案内：春の集い" in await sue.presses("ロック画面")
    await sue.presses("イベントに戻る")
    assert "ほかの方が世話役" not in await ben.asks("イベント", admin=True)
    await sue.presses("告知する")
    effect = await sue.submits(channel=_choice(stage), nudge=True)
    assert "合うメンバー" in effect
    assert "すぐに届く人" in effect
    assert not re.search(r"(\d\d:\d\d)から.*\1", effect.text)  # what goes out within a minute has one time
    assert await _all(stage) == ["draft"]
    assert "告知しました" in await sue.presses("いま告知する")
    await stage.moves(minutes=2)
    [post] = await stage.surface.room_shows()
    assert "0 / 20席" in post
    assert "どなたが押したかは表示されません" in post
    assert "春の集い" in (await ada.inbox())[-1]
    assert "参加を受け付けました" in await ada.presses("参加する")
    await stage.moves(seconds=30)
    [post] = await stage.surface.room_shows()
    assert "1 / 20席" in post
    assert "Ada" not in post


async def test_a_change_is_told_to_those_who_come(stage: Stage) -> None:
    """Fewer seats than are taken are refused; another time and the end are told to whoever comes, and nobody else."""
    sue, ada = await stage.member("Sue", Role.SUPPORTER), await stage.member("Ada")
    ben, cat = await stage.member("Ben"), await stage.member("Cat")
    await announced(stage, part(capacity=2), organisers=(stage.members["Sue"],))
    await _comes(ada)
    await _comes(ben)
    await sue.asks("イベント", admin=True)
    await sue.presses("春の集い")
    await sue.presses("変える：日時と場所")
    refused = await sue.submits(seats="1")
    assert "すでに2席が埋まっています" in refused.errors["seats"]
    check = await sue.submits(seats="2", starts="4月21日 18:30", ends="20:00")
    assert "2名にお知らせします" in check
    await sue.presses("はい、保存する")
    await stage.tick()
    [told] = await ada.inbox()
    assert "変更がありました" in told
    assert "4月21日(土) 18:30〜20:00" in told
    assert await cat.inbox() == []
    sure = await sue.presses("中止にする")
    assert "すぐに中止をお知らせする方" in sure
    await sue.presses("中止にしてお知らせする")
    await stage.tick()
    assert "このイベントは中止になりました" in (await ben.inbox())[-1]
    assert await cat.inbox() == []
    assert "中止になりました" in await ada.presses("参加できない")


async def test_whose_event_it_is(stage: Stage) -> None:
    """A supporter sees and lists only what they organise; a part with people goes only after a second word."""
    sue, tom = await stage.member("Sue", Role.SUPPORTER), await stage.member("Tom", Role.SUPPORTER)
    ada, ben, mei = await stage.member("Ada"), await stage.member("Ben"), await stage.member("Mei", Role.SECRETARIAT)
    two = (part(words={"ja": "講演"}), part(words={"ja": "懇親会"}))
    await announced(stage, *two, organisers=(stage.members["Sue"],))
    await hides(stage, "Ben")
    for one in (ada, ben):
        await one.asks("イベント")
        await one.presses("春の集い")
        await one.presses("参加する：懇親会")
    assert "春の集い" not in await tom.asks("event", admin=True)
    await mei.asks("event", admin=True)
    assert "参加者の一覧" not in (await mei.presses("春の集い")).buttons
    await sue.asks("event", admin=True)
    await sue.presses("春の集い")
    card = await sue.presses("参加者の一覧")
    assert set(card.links) == {"CSVで", "Excelで"}
    await sue.presses("イベントに戻る")
    asked = await sue.presses("消す：懇親会")
    assert "1席が埋まっています" in asked
    desk = await sue.presses("消してお知らせする")
    assert "変える：懇親会" not in desk.buttons
    await stage.tick()
    assert "お申し込みの部がなくなりました" in (await ada.inbox())[-1]


async def test_a_series_with_an_end(stage: Stage) -> None:
    """Every month on the same weekday, with an end; one date is cancelled, the others stay."""
    mei, ada = await stage.member("Mei", Role.SECRETARIAT), await stage.member("Ada")
    await mei.asks("イベント new", admin=True)
    await mei.submits(title_ja="<!channel> *お茶会*", starts="来週金曜 15時", ends="90分", place="食堂")
    await mei.presses("はい、保存する")
    await mei.presses("くり返す")
    refused = await mei.submits(rhythm="monthly_weekday")
    assert set(refused.errors) == {"until"}
    check = await mei.submits(until="2035-07-31")
    assert "2035年5月11日(金) 15:00" in check
    assert "2035年7月13日(金) 15:00" in check
    await mei.presses("はい、保存する")
    await mei.presses("告知する")
    await mei.submits(channel="none")
    assert "4回分を告知" in await mei.presses("いま告知する")
    listed = await ada.asks("イベント")
    dates = [label for label in listed.buttons if label.startswith("<!channel> *お茶会*")]
    assert dates[0] == "<!channel> *お茶会* · 4月13日(金) 15:00"
    assert len(dates) == 4
    await mei.presses("中止にする")
    await mei.presses("中止にしてお知らせする")
    assert [one for one in (await ada.asks("イベント")).buttons if "お茶会" in one] == dates[1:]


def _choice(stage: Stage) -> str:
    return "board" if stage.surface.surface.name == "portal" else "digest"


async def _previews(who: Person, eyes: str) -> Shown:
    await who.presses("見え方を確かめる")
    return await who.presses(eyes)


async def _all(stage: Stage) -> list[str]:
    def look(work: Work) -> list[str]:
        events = Events(work, stage.community.id)
        return [str(one.state) for one in (*events.drafts(), *events.upcoming(cancelled=True))]

    return await stage.database.look(look)


async def test_a_message_suits_and_anybody_may_answer(stage: Stage) -> None:
    """Where purposes are named, messages go to members who chose one of them; everybody may answer the event."""
    sue, ada, ben = await stage.member("Sue", Role.SUPPORTER), await stage.member("Ada"), await stage.member("Ben")
    cat = await stage.member("Cat")

    def chose(work: Work) -> None:
        for name, purpose in (("Ada", "reunion"), ("Ben", "reading")):
            profile = {"name": name, "purposes": [purpose]}
            People(work, stage.community.id).describe(stage.members[name], profile)

    await stage.database.tx(chose)
    await announced(stage, organisers=(stage.members["Sue"],))
    await sue.asks("イベント", admin=True)
    await sue.presses("春の集い")
    await sue.presses("対象と期限")
    await sue.submits(purposes=("reunion", "business"))
    await sue.presses("ほかでも告知する")
    assert re.search(r"合うメンバー\W*1\b", (await sue.submits(channel="none", nudge=True)).text)
    await sue.presses("いま告知する")
    await stage.moves(minutes=2)
    assert ["春の集い" in one for one in await ada.inbox()] == [True]
    for one in (ben, cat):
        await one.asks("イベント")
        assert "参加する" in (await one.presses("春の集い")).buttons
    stage.clock.forward(datetime.fromisoformat("2035-04-18T08:00+00:00") - stage.clock.now())
    await stage.tick()  # the last call: they looked, and are spared all the same
    await stage.surface.returns()
    for one in (ben, cat):
        assert await one.inbox() == []
        assert "参加を受け付けました" in await _comes(one)
