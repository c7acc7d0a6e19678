"""Named polls: from the form to the result, with names as promised."""

from handlers import features
from storage.people import Role
from storage.presets import Level
from tests.community import Stage
from tests.stages import Person, Shown

WEEK = "2035-04-09"  # a week after the stage's first day
QUESTION = "懇親会はいつがよいですか"


async def written(organiser: Person, **more: str | bool) -> Shown:
    """The form of a poll with three dates, sent."""
    await organiser.asks("poll new", admin=True)
    typed = {"question": QUESTION, "options": "4月20日\n4月21日\n4月27日", "last_day": WEEK, "channel": "none"}
    return await organiser.submits(**{**typed, **more})


async def published(organiser: Person, **more: str | bool) -> Shown:
    """The same, published; what the desk then shows."""
    shown = await written(organiser, **more)
    assert not shown.errors
    return await organiser.presses("公開する")


async def seen_by(stage: Stage, name: str, level: Level) -> None:
    """As the member's own page would set it."""
    await stage.database.tx(lambda work: features.show(work, stage.community.id, stage.members[name], level))


async def test_a_date_is_found(stage: Stage) -> None:
    """Asked of everybody, answered by a tap, changed, taken back, reminded once, closed by the clock, and shown."""
    ben = await stage.member("Ben", Role.SUPPORTER)
    ada, eve, cat = await stage.member("Ada"), await stage.member("Eve"), await stage.member("Cat")
    assert "公開しました" in await published(ben, letters="remind")
    await stage.moves(hours=10)
    [letter] = await ada.inbox()
    assert QUESTION in letter
    assert "ここにいる全員に表示" in letter
    assert "匿名" not in letter
    assert "ありがとうございます" in await ada.presses("4月21日")
    await eve.presses("4月20日")
    seen = await eve.presses("4月21日")  # on the card that took the letter's place
    assert "2 · Ada、Eve" in seen
    assert "2人が回答しています" in seen
    await cat.asks("記名投票")
    await cat.presses("回答する")
    assert "Cat" in await cat.presses("4月27日")
    assert "Cat" not in await cat.presses("回答を取り消す")
    await stage.moves(days=7)
    assert "明日で終わります" in (await cat.inbox())[-1]
    assert len(await ada.inbox()) == 1
    await stage.moves(days=2)
    ended = (await ben.inbox())[-1]
    assert "結果" in ended
    assert "Ada、Eve" in ended
    await ada.asks("poll")
    result = await ada.presses("投票を見る")
    assert "2人が回答しました" in result
    assert "90日後に消去" in result
    assert "4月20日" not in result.buttons


async def test_a_poll_in_a_room_shows_names_as_they_come_and_go(stage: Stage) -> None:
    """Taps on one card count live; whoever leaves is gone from it; ended by hand, the result stands in the room."""
    ben = await stage.member("Ben", Role.SECRETARIAT)
    ada, eve = await stage.member("Ada"), await stage.member("Eve")
    await published(ben, channel="home")
    await stage.tick()
    assert "ありがとうございます" in await ada.presses("4月21日")
    await eve.presses("4月21日")
    await stage.moves(hours=1)
    [card] = await stage.surface.room_shows()
    assert "2 · Ada、Eve" in card
    await stage.database.tx(lambda work: features.leave(work, stage.community.id, stage.members["Ada"]))
    await stage.moves(hours=1)
    [card] = await stage.surface.room_shows()
    assert "1 · Eve" in card
    assert "Ada" not in card
    await ben.asks("poll", admin=True)
    assert "締め切りました" in await ben.presses("いま締め切る")
    await stage.moves(hours=1)  # one message a second to one room
    await stage.moves(hours=1)
    before, result = await stage.surface.room_shows()
    assert "この投票は終わりました" in before
    assert not before.buttons or "4月21日" not in before.buttons
    assert "1人が回答しました" in result
    assert "Eve" in result


async def test_whoever_is_hidden_is_asked_first_and_never_named(stage: Stage) -> None:
    """The first tap of somebody hidden stores nothing; the second counts without a name, among five of the same."""
    ben = await stage.member("Ben", Role.SUPPORTER)
    people = [await stage.member(name) for name in ("Ada", "Eve", "Cat", "Dan")]
    zoe = await stage.member("Zoe")
    await seen_by(stage, "Zoe", Level.HIDDEN)
    await published(ben, letters="once")
    for one in people[:3]:
        await one.asks("poll")
        await one.presses("回答する")
        await one.presses("4月21日")
    await zoe.asks("poll")
    shown = await zoe.presses("回答する")
    assert "お名前はだれにも表示されません" in shown
    asked = await zoe.presses("4月21日")
    assert "これは記名投票です" in asked
    assert asked.buttons == ("名前を出さずに回答する",)
    mine = await zoe.presses("名前を出さずに回答する")
    assert "ありがとうございます" in mine
    assert "3人が回答しています" in mine  # of four of the same nobody without a name is told
    await people[3].asks("poll")
    await people[3].presses("回答する")
    last = await people[3].presses("4月21日")
    assert "5 · Ada、Cat、Dan、Eve" in last
    assert "5人が回答しています" in last
    for one in (ben, people[0]):
        await one.asks("poll")
        await one.presses("回答を変える" if one is people[0] else "回答する")
        assert "Zoe" not in await one.presses("だれが何を選んだか")


async def test_several_may_be_chosen_and_only_whoever_asks_reads_the_names(stage: Stage) -> None:
    """The promise on the card is kept: counts for everybody, names for one."""
    ben, cat = await stage.member("Ben", Role.SUPPORTER), await stage.member("Cat", Role.OWNER)
    ada = await stage.member("Ada")
    await published(ben, several=True, names="organiser", letters="once")
    await ada.asks("poll")
    shown = await ada.presses("回答する")
    assert "Benさんだけに表示" in shown
    form = await ada.presses("回答する")
    assert form.is_form
    assert "Benさんだけに表示" in form
    mine = await ada.submits(picked=("0", "2"))
    assert "4月20日、4月27日" in mine
    await cat.asks("poll")
    assert "Ada" not in await cat.presses("回答する")
    await ben.asks("poll")
    assert "1 · Ada" in await ben.presses("回答する")


async def test_a_mistake_is_told_at_its_field_and_what_is_published_stays(stage: Stage) -> None:
    """Nothing typed is lost; a draft can be changed and thrown away; another supporter may not end somebody's poll."""
    ben, dan = await stage.member("Ben", Role.SUPPORTER), await stage.member("Dan", Role.SUPPORTER)
    refused = await written(ben, options="はい\nは い\nはい", last_day="2035-02-30", question="\u202e")
    assert set(refused.errors) == {"question", "options", "last_day"}
    assert refused.values["options"].split() == ["はい", "は", "い", "はい"]
    nowhere = await ben.submits(question="来ますか", options="はい\nいいえ", last_day="４月１２日")
    assert set(nowhere.errors) == {"channel"}
    preview = await ben.submits(letters="once")
    assert "4月12日" in preview
    form = await ben.presses("直す")
    assert form.values["question"] == "来ますか"
    await ben.submits(question="いらっしゃいますか")
    assert "公開しました" in await ben.presses("公開する")
    desk = await dan.asks("poll", admin=True)
    assert "いらっしゃいますか" in desk
    assert "いま締め切る" not in desk.buttons
    await written(ben, letters="once")
    assert "下書きを破棄しました" in await ben.presses("破棄する")
    assert "事務局" in await (await stage.member("Ada")).asks("poll", admin=True)
