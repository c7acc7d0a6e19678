"""What the clock says about events: reminders, the last call, changes, and what is asked when an event is over."""

from datetime import datetime, timedelta

import pytest

from handlers.events import telling
from storage.attendance import Attendance
from storage.events import Events
from storage.outbox import Outbox
from storage.people import Role
from storage.surveys import State as Survey
from storage.surveys import Surveys
from storage.work import Work
from tests.community import Stage
from tests.conversations.gathering import EVENING, announced, hides, part
from tests.stages import Person

ORGANISER = "Olga"


@pytest.fixture(autouse=True)
async def nothing_else_is_said(stage: Stage) -> None:
    """No check-in comes between, on whichever day it would."""
    await stage.arrange(paused=True)


async def comes(who: Person) -> None:
    """By the list."""
    await who.asks("イベント")
    await who.presses("春の集い")
    await who.presses("参加する")


async def at(stage: Stage, moment: str) -> None:
    """It is this moment, UTC; the clock has not looked since the last one."""
    stage.clock.forward(datetime.fromisoformat(f"{moment}+00:00") - stage.clock.now())
    await stage.tick()
    await stage.surface.returns()


async def test_whoever_is_going_is_reminded_a_day_and_an_hour_before(stage: Stage) -> None:
    """Ada is reminded twice; Ben, who looked, once before the last day; Cat, who said no, and Dan never."""
    ada, ben = await stage.member("Ada"), await stage.member("Ben")
    cat, dan = await stage.member("Cat"), await stage.member("Dan")
    await announced(stage, part(link="https://meet.example/abc"), deadline="2035-04-19")
    await comes(ada)
    await ben.asks("イベント")
    await ben.presses("春の集い")
    await cat.asks("イベント")
    await cat.presses("春の集い")
    await cat.presses("参加できない")
    await stage.tick()
    await at(stage, "2035-04-17T02:00")
    assert await ada.inbox() == []
    await at(stage, "2035-04-18T08:00")
    [call] = await ben.inbox()
    assert "2035年4月19日(木)まで申し込めます" in call
    await at(stage, "2035-04-19T09:25")
    assert await ada.inbox() == []
    await at(stage, "2035-04-19T09:30")
    [day] = await ada.inbox()
    assert "このイベントは明日です" in day
    assert day.links["会議を開く"] == "https://meet.example/abc"
    await at(stage, "2035-04-20T08:30")
    assert "約1時間後に始まります" in (await ada.inbox())[-1]
    await at(stage, "2035-04-20T12:00")
    assert len(await ada.inbox()) == 2
    assert len(await ben.inbox()) == 1
    assert await cat.inbox() == await dan.inbox() == []


async def test_a_change_is_told_at_once_and_nobody_hears_twice(stage: Stage) -> None:
    """Moved by a day: whoever comes hears it and is reminded for the new day; hidden members, too, without a row."""
    ada, hidden = await stage.member("Ada"), await stage.member("Hid")
    await hides(stage, "Hid")
    event = await announced(stage)
    await comes(ada)
    await comes(hidden)
    await stage.tick()
    await at(stage, "2035-04-19T09:30")

    def move(work: Work) -> None:
        found = Events(work, stage.community.id).change(
            event.id, event.details, [part(id=event.parts[0].id, starts_local=EVENING + timedelta(days=1))]
        )
        assert found
        telling.changed(work, stage.community.id, found)

    await stage.database.tx(move)
    await stage.tick()
    await at(stage, "2035-04-20T09:30")
    await at(stage, "2035-04-21T08:30")

    def cancel(work: Work) -> None:
        found = Events(work, stage.community.id).cancel(event.id)
        assert found
        telling.cancelled(work, stage.community.id, found)

    await stage.database.tx(cancel)
    await stage.tick()
    await at(stage, "2035-04-21T10:00")
    said = ["明日です", "時間", "明日です", "約1時間後", "中止になりました"]
    heard = await ada.inbox()
    assert [words in card for words, card in zip(said, heard, strict=True)] == [True] * len(said)
    quietly = [] if stage.surface.surface.name == "portal" else said  # a letter there would stay
    assert [words in card for words, card in zip(quietly, await hidden.inbox(), strict=True)] == [True] * len(quietly)
    rows = await stage.database.look(lambda work: Outbox(work, stage.community.id).last(stage.members["Hid"]))
    assert rows == []


async def test_what_is_asked_when_it_is_over(stage: Stage) -> None:
    """Its organiser notes who came and keeps a summary; who came finds it, and says after a month what came of it."""
    olga, ada = await stage.member(ORGANISER, Role.SECRETARIAT), await stage.member("Ada")
    event = await announced(stage, organisers=(stage.members[ORGANISER],))
    await comes(ada)
    await stage.tick()
    await at(stage, "2035-04-21T01:00")
    [letter] = await olga.inbox()
    assert "開催ありがとうございました" in letter
    assert (await olga.presses("参加を記録する")).is_form
    assert set((await olga.submits(who="all", strangers="多い")).errors) == {"strangers"}
    noted = await olga.submits(who="all", strangers="２")
    assert "記録しました" in noted
    assert "来場者数" in noted
    await olga.presses("まとめとリンク")
    refused = await olga.submits(ja="楽しい夜でした。", links="http://slides.example")
    assert refused.errors.keys() == {"links"}
    assert refused.values["ja"] == "楽しい夜でした。"
    assert "保存しました" in await olga.submits(links="https://slides.example/abc")
    await olga.presses("3つの質問をする（無記名）")
    [draft] = await stage.database.look(lambda work: Surveys(work, stage.community.id).all(Survey.DRAFT))
    assert draft.draft
    assert len(draft.draft.questions) == 3
    await olga.asks("event", admin=True)
    await olga.presses("終わったイベント")
    await olga.presses("春の集い")
    await olga.presses("開催後にすること")
    await olga.presses("来た方に知らせる")
    await olga.presses("送る")
    await at(stage, "2035-04-24T02:00")
    told = (await ada.inbox())[-1]
    assert "楽しい夜でした。" in told
    assert told.links["リンク1"] == "https://slides.example/abc"
    assert "春の集い" in await ada.asks("イベント 楽しい夜")
    await at(stage, "2035-05-22T08:00")
    asked = (await ada.inbox())[-1]
    assert "何かにつながりましたか" in asked
    assert "数に入れました" in await ada.presses("はい")
    outcome = await stage.database.look(lambda work: Attendance(work, stage.community.id).outcome(event.id))
    assert (outcome.yes, outcome.no) == (1, 0)
    assert "何かにつながった" in await olga.asks("event numbers", admin=True)
