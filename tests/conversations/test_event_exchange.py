"""Looking for, can offer: cards among those who have one, a question that is asked once, and a no that nobody hears."""

from datetime import datetime, timedelta

from storage.events import Event
from storage.outbox import Outbox
from storage.people import Role
from tests.community import Stage
from tests.conversations.gathering import announced, hides
from tests.stages import Person, Shown

DAY_BEFORE = datetime.fromisoformat("2035-04-19T09:30+00:00")


async def _event(who: Person) -> Shown:
    await who.asks("イベント")
    return await who.presses("春の集い")


async def _writes(who: Person, **card: str) -> Shown:
    """Comes, and writes a card."""
    await _event(who)
    await who.presses("参加する")
    await who.presses("カードを書く")
    return await who.submits(**card)


async def _cards(who: Person) -> Shown:
    await _event(who)
    return await who.presses("カードを見る")


async def _asks(who: Person, name: str) -> Shown:
    await _cards(who)
    await who.presses(name)
    await who.presses("話してみたい")
    return await who.presses(f"{name}さんに伝える")


async def _offered(stage: Stage, sue: Person) -> Event:
    """Sue organises, and has members write cards."""
    await stage.arrange(paused=True)
    event = await announced(stage, organisers=(stage.members["Sue"],))
    await sue.asks("イベント", admin=True)
    await sue.presses("春の集い")
    assert "カードに書き、読み合える" in await sue.presses("事前の準備")
    assert "書けるようになりました" in await sue.presses("カードを使えるようにする")
    return event


async def _ada_writes(ada: Person) -> None:
    """Who reads it is said first; what is wrong is told at its field, and what was typed stays."""
    await _event(ada)
    assert "カードを書く" in (await ada.presses("参加する")).buttons
    form = await ada.presses("カードを書く")
    assert "ご自身もカードを書いた方だけが、お名前つきで読めます" in form
    assert "見えない設定" not in form
    assert set((await ada.submits(seeks="　", reach="赤い帽子")).errors) == {"seeks"}
    refused = await ada.submits(seeks="販路", offers="縁" * 201)
    assert set(refused.errors) == {"offers"}
    assert (refused.values["seeks"], refused.values["reach"]) == ("販路", "赤い帽子")
    assert "ほかの方のカードは、まだありません" in await ada.submits(offers="町の紹介")


async def test_two_would_like_to_talk(stage: Stage) -> None:
    """Whoever has a card reads the others'; one question, a yes, and both read how to find each other."""
    sue = await stage.member("Sue", Role.SUPPORTER)
    ada, ben, cat = [await stage.member(name) for name in ("Ada", "Ben", "Cat")]
    await _offered(stage, sue)
    await _ada_writes(ada)
    assert "探していること・できること" in await _event(cat)
    assert not {"カードを書く", "カードを見る"} & set((await _event(cat)).buttons)
    await _writes(ben, seeks="本屋の場所", offers="内装", reach="入口の近く")
    await cat.presses("参加する")
    assert "カードを見る" not in (await _event(cat)).buttons
    listed = await _cards(ada)
    assert "できること：内装" in listed
    assert "入口の近く" not in listed
    await ada.presses("カードを検索")
    assert "を含むカードはありません" in await ada.submits(words="大工")
    await ada.presses("カードを検索")
    assert "本屋の場所" in await ada.submits(words="ｂｅｎ 内装")
    await ada.presses("Ben")
    preview = await ada.presses("話してみたい")
    assert "「春の集い」に参加するAdaさんが" in preview
    assert "町の紹介" in preview
    await stage.tick()
    assert await ben.inbox() == []
    assert "Benさんにお伝えします" in await ada.presses("Benさんに伝える")
    await stage.tick()
    [told] = await ben.inbox()
    assert "Adaさんが、あなたと話してみたい" in told
    assert "探していること" in told
    assert "販路" in told
    assert "赤い帽子" not in told
    assert "1名の方が、あなたと話してみたい" in await _event(ben)
    await _cards(ben)
    await ben.presses("Ada")
    assert "赤い帽子" in await ben.presses("喜んで")
    await stage.tick()
    [glad] = await ada.inbox()
    assert "Benさんが、「春の集い」で喜んで" in glad
    assert "入口の近く" in glad
    assert len(await ben.inbox()) == 1
    assert "販路 / 町の紹介" in await ada.asks("me")


async def test_a_card_rests_or_goes_at_once(stage: Stage) -> None:
    """Of whoever does not come, or is seen by fewer than when they agreed; and whoever takes it back reads no other."""
    sue, ada, ben = await stage.member("Sue", Role.SUPPORTER), await stage.member("Ada"), await stage.member("Ben")
    await _offered(stage, sue)
    await _writes(ada, seeks="販路")
    await _writes(ben, offers="内装", reach="入口の近く")
    await _asks(ada, "Ben")
    await _event(ben)
    await ben.presses("参加できない")
    assert "参加されないため" in await ben.presses("わたしのカード")
    assert "まだありません" in await _cards(ada)
    await _event(ben)
    await ben.presses("参加する")
    assert "あなたと話してみたい" in await _cards(ben)
    await hides(stage, "Ben")
    assert "まだありません" in await _cards(ada)
    await _event(ben)
    assert "見える範囲が狭く" in await ben.presses("わたしのカード")
    await ben.presses("カードを変更する")
    await ben.submits()
    assert "Ben" in await _cards(ada)
    assert "カードを削除しました" in await ada.presses("カードを取り下げる")
    assert "まだありません" in await _cards(ben)
    await sue.asks("イベント", admin=True)
    await sue.presses("春の集い")
    assert "5枚未満" in await sue.presses("事前の準備")


async def test_a_no_is_told_to_nobody(stage: Stage) -> None:
    """Gus, whom nobody sees, is asked without a row and leaves it: Ada sees what she would see without an answer."""
    sue, ada = await stage.member("Sue", Role.SUPPORTER), await stage.member("Ada")
    gus, ivy = await stage.member("Gus"), await stage.member("Ivy")
    await hides(stage, "Gus")
    event = await _offered(stage, sue)
    await _writes(ada, seeks="販路")
    await _event(gus)
    await gus.presses("参加する")
    assert "ほかのメンバーから見えない設定" in await gus.presses("カードを書く")
    await gus.submits(offers="翻訳", reach="窓ぎわ")
    await _writes(ivy, offers="写真")
    whispers = stage.surface.surface.name != "portal"  # there the card says it, and nothing is left behind
    for name in ("Gus", "Ivy"):
        assert "お伝えします" in await _asks(ada, name)
    await stage.tick()
    assert ["話してみたい" in one for one in await gus.inbox()] == [True] * whispers
    assert "1名の方が、あなたと話してみたい" in await gus.opens_home()
    await gus.presses("カードを見る")
    await gus.presses("Ada")
    assert "そのままにしました" in await gus.presses("そのままにする")
    await stage.tick()
    seen = {}
    for name in ("Gus", "Ivy"):
        cards = await _cards(ada)
        one = await ada.presses(name)
        seen[name] = [one.buttons, one.text.splitlines()[0], cards.text.count("話してみたいと伝えました")]
        assert "取り消しました" in await ada.presses("伝えたことを取り消す")
        assert "お伝えします" in await _asks(ada, name)
    assert seen["Gus"] == seen["Ivy"]
    await stage.tick()
    assert len(await gus.inbox()) == whispers
    assert len(await ivy.inbox()) == 1
    assert await ada.inbox() == []
    assert await stage.database.look(lambda work: Outbox(work, stage.community.id).last(stage.members["Gus"])) == []
    assert "あなたと話してみたい" not in await _event(gus)
    await _cards(gus)
    await gus.presses("Ada")
    await gus.presses("話してみたい")  # on second thoughts
    assert "お互いに話してみたい" in await gus.presses("Adaさんに伝える")
    await stage.tick()
    [glad] = await ada.inbox()
    assert "窓ぎわ" in glad
    await _time_passes(stage, event, ada)


async def _time_passes(stage: Stage, event: Event, ada: Person) -> None:
    """The reminder says that there are cards; they are read until 30 days after the event."""
    cat = await stage.member("Cat")
    await _event(cat)
    await cat.presses("参加する")
    stage.clock.forward(DAY_BEFORE - stage.clock.now())
    await stage.tick()
    await stage.surface.returns()
    assert "カードを書く" in (await cat.inbox())[-1].buttons
    stage.clock.forward(event.ends_at + timedelta(days=29) - stage.clock.now())
    await stage.surface.returns()
    await ada.asks("イベント 過去")
    await ada.presses("春の集い")
    assert "窓ぎわ" not in await ada.presses("カードを見る")
    assert "窓ぎわ" in await ada.presses("Gus")
    stage.clock.forward(timedelta(days=2))
    assert "もうどなたにも見えません" in await ada.presses("カードの一覧へ")
