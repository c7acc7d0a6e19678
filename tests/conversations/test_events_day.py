"""The day of an event: members arrive with a tap or a code, the door counts, and the run-sheet says who does what."""

import re
from datetime import datetime, timedelta

from bot.codes import spelled
from storage.arrivals import Arrivals
from storage.people import Role
from tests.community import Stage
from tests.conversations.gathering import announced, hides, part
from tests.stages import Person, Shown
from tests.stages.portal import PortalStage

TOMORROW = datetime(2035, 4, 3, 18, 30)  # noqa: DTZ001 - wall time in the part's zone
HOUR = timedelta(hours=1)


def _told(card: Shown, label: str) -> str:
    """What stands beside a label."""
    found = re.search(rf"{label}\W*?([0-9<]\S*(?: / \S+)?)", card.text)
    return found[1] if found else card.text


async def _opens(who: Person) -> Shown:
    await who.asks("イベント")
    return await who.presses("春の集い")


async def test_an_assembly_of_two_parts_counts_who_arrives(stage: Stage) -> None:
    """By code and by tap, late and without a seat, ticked off by name or a number alone; nobody hidden is named."""
    sue = await stage.member("Sue", Role.SUPPORTER)
    ada, ben, cat, dan, eva = [await stage.member(name) for name in ("Ada", "Ben", "Cat", "Dan", "Eva")]
    await hides(stage, "Cat")
    talk = part(words={"ja": "講演"}, capacity=4, starts_local=TOMORROW)
    dinner = part(words={"ja": "懇親会"}, starts_local=TOMORROW + 2 * HOUR)
    event = await announced(stage, talk, dinner, organisers=(stage.members["Sue"],))
    for one in (ada, cat, eva):
        assert "到着しました：講演" not in (await _opens(one)).buttons
        await one.presses("参加する：講演")
    code = await stage.database.look(lambda work: Arrivals(work, stage.community.id).code(event.parts[0].id))
    stage.clock.forward(event.starts_at - 2 * HOUR - stage.clock.now())
    assert "もう一度ご確認ください" in await ada.asks("イベント 受付 ZZZZZZ")
    assert "受付は" in await ada.asks(f"イベント 受付 {code.lower()}")
    stage.clock.forward(HOUR)
    await ada.asks("events here")
    await ada.presses("受付のコードを入力する")
    assert set((await ada.submits(code="ABC")).errors) == {"code"}
    assert "「春の集い · 講演」" in await ada.submits(code=spelled(code))
    card = await ada.presses("到着しました")
    assert "講演：受付しました" in card
    assert "到着しました：講演" not in card.buttons
    await _opens(ben)
    assert "空いている席をお使いください" in await ben.presses("到着しました：講演")
    await _opens(cat)
    assert "講演：受付しました" in await cat.presses("到着しました：講演")
    door = await sue.asks("イベント 受付", admin=True)
    assert spelled(code) in door
    assert _told(door, "来場") == "2"  # Cat is nobody's to count among so few
    assert _told(door, "埋まっている席") == "3 / 4"
    names = await sue.presses("お名前で受付")
    assert names.is_form
    assert ("Eva" in names) == isinstance(stage.surface, PortalStage)  # a chat unfolds the list when it is pressed
    assert "Cat" not in names
    assert "1名を受付しました" in await sue.submits(who=(stage.members["Eva"],))
    stage.clock.forward(HOUR + timedelta(minutes=5))
    await _opens(dan)
    assert "場所については受付の方に" in (late := await dan.presses("到着しました：講演"))
    assert "そのままお入りください" in late
    door = await sue.asks("event door", admin=True)
    assert _told(door, "来場") == "5"
    await _corrects(sue, stage.members["Dan"])
    assert "お名前" not in await ada.asks("event door", admin=True)
    if isinstance(stage.surface, PortalStage):
        await _looks_at_the_door(stage, event.id, code)
    stage.clock.forward(event.parts[0].ends_at - stage.clock.now())
    assert "こちらは終了しました" in await ben.asks(f"イベント 受付 {code}")


async def _corrects(sue: Person, mistaken: str) -> None:
    """One check-in is taken back, and others are counted without a name."""
    await sue.presses("受付を取り消す")
    assert "1名の受付を取り消しました" in await sue.submits(who=(mistaken,))
    await sue.presses("メンバー以外の方 +1")
    await sue.presses("メンバー以外の人数")
    assert set((await sue.submits(number="ten")).errors) == {"number"}
    assert _told(await sue.submits(number="３"), "メンバー以外の方") == "3"


async def _looks_at_the_door(stage: Stage, event_id: str, code: str) -> None:
    """The page for the door looks anew without JavaScript, is nobody else's, and its code leads to the event."""
    surface = stage.surface
    assert isinstance(surface, PortalStage)
    sue, ben = surface.of("Sue").browser, surface.of("Ben").browser
    page = await sue.get(f"/sheet/door/{event_id}")
    assert f"/here/{spelled(code)}" in page
    assert '<meta http-equiv="refresh" content="20">' in sue.response.text
    assert "<svg" in sue.response.text
    await sue.get(f"/sheet/door/{event_id}?still")
    assert "http-equiv" not in sue.response.text
    await ben.get(f"/sheet/door/{event_id}")
    assert ben.response.status_code == 404
    assert "会場にお着きですか" in await ben.get(f"/here/{spelled(code)}")


async def test_the_run_sheet_says_what_there_is_to_do(stage: Stage) -> None:
    """Made of the event and of the organisers' own lines, in their language; nobody else gets it."""
    sue = await stage.member("Sue", Role.SUPPORTER, language="en")
    ada = await stage.member("Ada", Role.SUPPORTER)
    talk = part(words={"ja": "講演", "en": "Talk"}, capacity=4, link="https://meet.example/abc")
    dinner = part(words={"ja": "懇親会", "en": "Dinner"}, starts_local=TOMORROW.replace(day=20, hour=21))
    about = {"access": {"en": "A lift"}, "captions": {"en": "By two interpreters"}}
    event = await announced(stage, talk, dinner, organisers=(stage.members["Sue"],), guests=1, **about)
    card = await sue.asks("event sheet", admin=True)
    assert "Run-sheet: Spring evening" in card
    for words in ("Minato Hall", "https://meet.example/abc", "A lift", "Nothing is written here yet."):
        assert words in card
    assert "☐ Look once more whether this is arranged: By two interpreters" in card
    assert "An hour before (Fri, Apr 20" in card
    code = await stage.database.look(lambda work: Arrivals(work, stage.community.id).code(event.parts[0].id))
    assert spelled(code) in card
    await sue.presses("Add your own lines")
    refused = await sue.submits(who="x" * 1001)
    assert set(refused.errors) == {"who"}
    card = await sue.submits(who="Ben: sound\nCat: coats", day="Order flowers")
    assert "Ben: sound\nCat: coats" in card
    assert "☐ Order flowers" in card
    assert "Order flowers" not in await ada.asks("イベント 進行表", admin=True)
    if isinstance(stage.surface, PortalStage):
        sue_browser, ada_browser = stage.surface.of("Sue").browser, stage.surface.of("Ada").browser
        assert "☐ Order flowers" in await sue_browser.get(f"/sheet/run/{event.id}")
        await ada_browser.get(f"/sheet/run/{event.id}")
        assert ada_browser.response.status_code == 404
