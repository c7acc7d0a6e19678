"""A pitch evening: slots are offered, asked for, given in an order, and told."""

from datetime import timedelta

from storage.people import Role
from storage.pitches import Answer, Pitches
from storage.work import Work
from tests.community import Stage
from tests.conversations.gathering import announced, hides
from tests.stages import Person, Shown


async def _event(who: Person) -> Shown:
    await who.asks("イベント")
    return await who.presses("春の集い")


async def _asks(who: Person, title: str) -> Shown:
    await _event(who)
    await who.presses("発表したい")
    return await who.submits(title=title, line="5分でお話しします。")


async def _offers(sue: Person) -> None:
    """Sue offers two slots of seven minutes."""
    await sue.asks("イベント", admin=True)
    await sue.presses("春の集い")
    assert "発表の募集はしていません" in await sue.presses("事前の準備")
    await sue.presses("発表枠を設ける")
    assert set((await sue.submits(number="0", minutes="長め")).errors) == {"number", "minutes"}
    assert "まだ応募はありません" in await sue.submits(number="２", minutes="7")


async def test_from_slots_to_a_programme(stage: Stage) -> None:
    """Two slots for three who ask: each hears what became of it, the order when it stands, and the card names them."""
    sue, ada, ben = await stage.member("Sue", Role.SUPPORTER), await stage.member("Ada"), await stage.member("Ben")
    cat, gus, ivy = await stage.member("Cat"), await stage.member("Gus"), await stage.member("Ivy")
    await hides(stage, "Gus")
    await announced(stage, organisers=(stage.members["Sue"],))
    await _offers(sue)
    assert "2枠、1枠7分" in await _event(gus)
    assert "どなたからも見えない設定" in await gus.presses("発表したい")
    assert "title" in (await _asks(ada, "　")).errors
    assert "世話役にお届けしました" in await ada.submits(title="町の本屋")
    await _asks(ben, "空き家を直す")
    await _asks(cat, "週末の畑")

    await sue.asks("イベント", admin=True)
    await sue.presses("春の集い")
    await sue.presses("事前の準備")
    assert "Ada" in await sue.presses("応募を見る")
    await sue.presses("町の本屋")
    assert "ご本人に届きます" in await sue.presses("発表をお願いする")
    await sue.presses("発表者の一覧に戻る")
    await sue.presses("空き家を直す")
    await sue.presses("発表をお願いする")
    await sue.presses("順番を前へ")
    await sue.presses("発表者の一覧に戻る")
    await sue.presses("週末の畑")
    assert "2枠すべて決まっています" in await sue.presses("発表をお願いする")
    await sue.presses("今回は見送る")
    await stage.tick()
    assert "今回は枠をご用意できませんでした" in (await cat.inbox())[-1]
    assert "順番は、プログラムが決まりましたら" in (await ada.inbox())[-1]
    assert "Ada" not in await _event(ivy)

    await sue.presses("発表者の一覧に戻る")
    assert "2名に順番をお知らせします" in await sue.presses("発表者に知らせる")
    await stage.tick()
    assert "2名中2番目、7分です" in (await ada.inbox())[-1]
    assert "2名中1番目" in (await ben.inbox())[-1]
    assert await ivy.inbox() == []
    seen = await _event(ivy)
    assert seen.text.index("1. 空き家を直す") < seen.text.index("Ben") < seen.text.index("2. 町の本屋")
    assert "Ada" in seen
    assert "週末の畑" not in seen
    assert "発表したい" not in seen.buttons

    for presenter, at in (("Ada", "2. 町の本屋"), ("Ben", "1. 空き家を直す")):
        assert f"{at}（{presenter}）" in await sue.asks("event sheet", admin=True)
    await ben.presses("発表を取りやめる")
    assert "1. 町の本屋" in await _event(ivy)
    assert "町の本屋" in await ada.asks("me")


async def test_whoever_presented_is_thanked_once(stage: Stage) -> None:
    """Ada did; Ben took it back, Cat could not come, Dan had no slot; noting it anew thanks nobody again."""
    sue = await stage.member("Sue", Role.SUPPORTER)
    people = {name: await stage.member(name) for name in ("Ada", "Ben", "Cat", "Dan")}
    await stage.arrange(paused=True)
    event = await announced(stage, organisers=(stage.members["Sue"],))

    def give(work: Work) -> None:
        shelf = Pitches(work, stage.community.id)
        for name in people:
            shelf.ask(event.id, stage.members[name], f"{name}の話", "")
            if name != "Dan":
                shelf.say(event.id, stage.members[name], Answer.YES)
        shelf.take_back(event.id, stage.members["Ben"])

    await stage.database.tx(give)
    await _event(people["Cat"])
    await people["Cat"].presses("参加できない")
    stage.clock.forward(event.ends_at + timedelta(hours=1) - stage.clock.now())
    await stage.surface.returns()
    await sue.asks("event", admin=True)
    await sue.presses("終わったイベント")
    await sue.presses("春の集い")
    await sue.presses("開催後にすること")
    assert await people["Ada"].inbox() == []
    for button in ("参加を記録する", "参加の記録を直す"):
        await sue.presses(button)
        await sue.submits(who="all", strangers="7")
        await stage.tick()
    [thanks] = await people["Ada"].inbox()
    assert "「春の集い」で「Adaの話」を発表してくださり" in thanks
    assert [await people[name].inbox() for name in ("Ben", "Cat", "Dan")] == [[]] * 3
