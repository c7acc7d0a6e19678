"""An evening with themes: set up, chosen, grouped, changed by hand, told, and printed."""

from storage.events import Event
from storage.grouping import Grouping
from storage.people import Role
from storage.work import Work
from tests.community import Stage
from tests.conversations.gathering import announced, hides
from tests.stages import Person, Shown

WORK, LAND = "AIと仕事", "地方で暮らす"


async def _comes(who: Person) -> Shown:
    await who.asks("イベント")
    await who.presses("春の集い")
    return await who.presses("参加する")


async def _desk(who: Person) -> Shown:
    await who.asks("イベント", admin=True)
    await who.presses("春の集い")
    return await who.presses("事前の準備")


async def _themes(stage: Stage, event: Event) -> dict[str, str]:
    """The value of each theme in a form, by its words."""

    def look(work: Work) -> dict[str, str]:
        themes = Grouping(work, stage.community.id).get(event.id).themes
        return {one.words: one.id for one in themes.themes} if themes else {}

    return await stage.database.look(look)


async def _groups(stage: Stage, event: Event) -> dict[str, int]:
    """Who is in which group, by name."""
    by_id = {who: name for name, who in stage.members.items()}

    def look(work: Work) -> dict[str, int]:
        wishes = Grouping(work, stage.community.id).wishes(event.id, by_id)
        return {by_id[who]: wish.group for who, wish in wishes.items() if wish.group}

    return await stage.database.look(look)


async def _sets(stage: Stage, sue: Person, ivy: Person) -> Event:
    """Sue sets themes; Ivy, who does not come, sees them and cannot choose."""
    event = await announced(stage, organisers=(stage.members["Sue"],))
    assert "テーマはまだありません" in await _desk(sue)
    await sue.presses("テーマを決める")
    refused = await sue.submits(themes=WORK, size="二", minutes="0")
    assert set(refused.errors) == {"themes", "size", "minutes"}
    assert "これから選べます" in await sue.submits(themes=f"{WORK}\n{LAND}", size="４", minutes="40")
    await ivy.asks("イベント")
    seen = await ivy.presses("春の集い")
    assert LAND in seen
    assert "テーマを選ぶ" not in seen.buttons
    return event


async def _choose(stage: Stage, event: Event, people: dict[str, Person]) -> None:
    """Everybody comes: the first four choose one theme, the others the second."""
    value = await _themes(stage, event)
    for name, who in people.items():
        await _comes(who)
        await who.presses("テーマを選ぶ")
        if name == "Ada":
            assert "themes" in (await who.submits(themes=())).errors
        wished = WORK if name in {"Ada", "Ben", "Cat", "Dan"} else LAND
        assert f"選んだテーマ：{wished}" in await who.submits(themes=(value[wished],))


async def _keeps_away(ada: Person) -> None:
    """Ada does not want to sit with Ben, and finds nobody who is hidden."""
    assert "どなたも登録していません" in await ada.asks("イベント 別の組")
    await ada.presses("登録する")
    assert "named" in (await ada.submits(named="Gus")).errors  # nobody sees Gus: there is no such name
    assert "Ben" in await ada.submits(named="ｂｅｎ")


async def test_from_themes_to_groups(stage: Stage) -> None:
    """Groups follow what was chosen, keep apart who asked to be, change by hand, and are told to nobody else."""
    sue, ivy = await stage.member("Sue", Role.SUPPORTER), await stage.member("Ivy")
    people = {name: await stage.member(name) for name in ("Ada", "Ben", "Cat", "Dan", "Eva", "Fay", "Gus")}
    ada, gus = people["Ada"], people["Gus"]
    await hides(stage, "Gus")
    event = await _sets(stage, sue, ivy)
    await _choose(stage, event, people)
    await _keeps_away(ada)

    assert f"{WORK}：4名" in await _desk(sue)
    await sue.presses("グループを見る・組む")
    made = await sue.presses("グループを組む")
    assert "Fay" in made
    assert "Gus" not in made
    at = await _groups(stage, event)
    assert at["Ada"] != at["Ben"]
    assert {at[name] for name in ("Ada", "Ben", "Cat", "Dan")} == {1, 2}
    assert at["Eva"] == at["Fay"] == at["Gus"] == 3
    assert "あなたのグループ" not in await ada.asks("イベント")

    mate = next(name for name in ("Cat", "Dan") if at[name] == at["Ada"])
    await sue.presses(f"グループ{at['Ada']}")
    await sue.presses("1人を移す")
    assert "移しました" in await sue.submits(member=stage.members[mate], to="3")
    await sue.presses("2人を入れ替える")
    await sue.submits(member=stage.members[mate], to=str(at["Ada"]))
    assert "入れ替えました" in await sue.presses("Ada")
    changed = await _groups(stage, event)
    assert changed == {**at, "Ada": 3}
    await sue.presses("グループに戻る")
    await sue.presses("メンバーに知らせる")
    await stage.tick()
    [told] = await ada.inbox()
    assert "グループが決まりました：3" in told
    assert "自己紹介10分、話し合い25分、まとめ5分" in told
    assert "話のきっかけ" in told
    assert "Fay" in told
    assert "Gus" not in told
    assert await ivy.inbox() == []
    if stage.surface.surface.name != "portal":  # there the card says it, and nothing is left behind
        assert LAND in (await gus.inbox())[-1]
    await gus.asks("イベント")
    await gus.presses("春の集い")
    assert "話のきっかけ" in await gus.presses("グループを見る")

    await _comes(ivy)  # late: she is seated when somebody says so, and hears it alone
    await _desk(sue)
    assert "グループのない方" in await sue.presses("グループを見る・組む")
    await sue.presses("グループのない方を入れる")
    await sue.presses("メンバーに知らせる")
    await stage.tick()
    assert len(await ivy.inbox()) == len(await ada.inbox()) == 1
    assert "保存する" in "".join((await sue.presses("印刷する")).links)
