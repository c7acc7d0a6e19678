"""Events as members meet them: coming, not coming, a waiting list, guests, and who sees what."""

from tests.community import Stage
from tests.conversations.gathering import announced, hides, part


async def test_a_seat_that_is_freed_goes_to_the_next_and_nobody_else_hears(stage: Stage) -> None:
    """One seat: the first has it and sees the link, the second waits, and moves up when the first can't come."""
    ada, ben, cat = await stage.member("Ada"), await stage.member("Ben"), await stage.member("Cat", language="en")
    await announced(stage, part(capacity=1, link="https://meet.example/abc"))
    seen = await ada.asks("イベント")
    assert "これから" in seen
    card = await ada.presses("春の集い")
    assert "2035年4月20日(金) 18:30〜20:30（日本時間）" in card
    assert "0 / 1席" in card
    assert "会議を開く" not in card.links
    card = await ada.presses("参加する")
    assert "参加を受け付けました" in card
    assert card.links["会議を開く"] == "https://meet.example/abc"
    await ben.asks("event")
    await ben.presses("春の集い")
    card = await ben.presses("参加する")
    assert "キャンセル待ちの1番目" in card
    assert "会議を開く" not in card.links
    await cat.asks("events")
    assert "Fri, Apr 20" in (await cat.asks("events"))
    await cat.presses("Spring evening")
    assert "number 2 on the waiting list" in await cat.presses("I'm coming")
    assert "キャンセル待ち 1番目" in await ben.asks("イベント")
    await ada.asks("イベント")
    await ada.presses("春の集い")
    assert "ほかの方にお回しします" in await ada.presses("参加できない")
    await stage.tick()
    [told] = await ben.inbox()
    assert "参加できることになりました" in told
    assert told.links["会議を開く"] == "https://meet.example/abc"
    assert await ada.inbox() == await cat.inbox() == []
    assert "waiting list, number 1" in await cat.asks("events")


async def test_two_parts_and_guests(stage: Stage) -> None:
    """Each part is answered by itself; guests take seats, and a number that does not fit is told at its field."""
    ada, ben = await stage.member("Ada"), await stage.member("Ben")
    talk, dinner = part(words={"ja": "講演"}, capacity=9), part(words={"ja": "懇親会"}, capacity=3)
    await announced(stage, talk, dinner, guests=2)
    await ada.asks("イベント")
    await ada.presses("春の集い")
    assert "講演：参加を受け付けました" in await ada.presses("参加する：講演")
    form = await ada.presses("ゲストと参加する：懇親会")
    assert form.is_form
    assert set((await ada.submits(guests="三")).errors) == {"guests"}
    assert set((await ada.submits(guests="3")).errors) == {"guests"}
    card = await ada.submits(guests="２")
    assert "ゲスト2名" in card
    assert "3 / 3席" in card
    await ben.asks("イベント")
    await ben.presses("春の集い")
    await ben.presses("参加する：講演")
    assert "懇親会：いまは満席です" in await ben.presses("参加する：懇親会")
    who = await ben.presses("参加する方")
    assert "Ada" in who
    assert "Ben" in who
    about = await ada.asks("me")
    assert "春の集い · 懇親会" in about


async def test_hidden_members_are_counted_only_among_many(stage: Stage) -> None:
    """A hidden member has a seat like everybody; no name and no number tells of them until five come together."""
    ada, ben = await stage.member("Ada"), await stage.member("Ben")
    await hides(stage, "Ben")
    await announced(stage, part(capacity=20))
    await ben.asks("イベント")
    await ben.presses("春の集い")
    assert "参加を受け付けました" in await ben.presses("参加する")
    await ada.asks("イベント")
    card = await ada.presses("春の集い")
    assert "0 / 20席" in card
    who = await ada.presses("参加する方")
    assert "Ben" not in who
    assert "ほかに" not in who
    for name in ("Cat", "Dan", "Eva"):
        one = await stage.member(name)
        await one.asks("イベント")
        await one.presses("春の集い")
        await one.presses("参加する")
    await ada.asks("イベント")
    await ada.presses("春の集い")
    assert "5 / 20席" in await ada.presses("参加する")
    assert "どなたからも見えない設定" in await ben.asks("me")


async def test_a_seat_is_held_for_a_day(stage: Stage) -> None:
    """Where the event asks first, the next in line has a day to take the seat, and says so with one tap."""
    ada, ben = await stage.member("Ada"), await stage.member("Ben")
    await announced(stage, part(capacity=1), waitlist="claim", kinds=("alumni",))
    for one in (ada, ben):
        await one.asks("イベント")
        await one.presses("春の集い")
        assert "どちらとして参加されますか" in await one.presses("参加する")
    assert "対象は「退職された方」です" in await ben.presses("在職中です")
    await ada.presses("退職しました")
    await ben.presses("参加する")
    assert "キャンセル待ちの1番目" in await ben.presses("退職しました")
    await ada.presses("参加できない")
    await stage.tick()
    [told] = await ben.inbox()
    assert "4月3日(火)" in told
    assert "あなたのために取ってあります" in told
    assert "参加を受け付けました" in await ben.presses("席を受け取る")
    assert "Ben" in await ben.presses("参加する方")
