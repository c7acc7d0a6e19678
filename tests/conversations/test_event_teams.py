"""A series for fixed teams: planned, joined as a whole, made into teams, absence, a change, an end."""

import re
from datetime import timedelta

import pytest

from handlers.events import entries
from handlers.events.cohort import exporting
from storage import leaving
from storage.attendance import Attendance
from storage.cohorting import Place, Stage
from storage.cohorts import Cohorts
from storage.events import Event, Events
from storage.feeds import Feed
from storage.people import People, Role
from storage.seats import Seats
from storage.work import Work
from tests.community import Stage as Scene
from tests.conversations.gathering import EVENING, hides, part, talk
from tests.stages import Person, Shown

NAMES = ("Ada", "Ben", "Cat", "Dan", "Eva", "Fay", "Gus", "Hal", "Ivy")


@pytest.fixture(autouse=True)
async def nothing_else_is_said(stage: Scene) -> None:
    """No check-in comes between, on whichever day it would."""
    await stage.arrange(paused=True)


async def _drafts(stage: Scene, parts: int) -> None:
    """A draft that Sue organises, on so many evenings on end."""
    days = [part(starts_local=EVENING + timedelta(days=number)) for number in range(parts)]
    said, what = talk(*days, organisers=(stage.members["Sue"],))
    await stage.database.tx(lambda work: Events(work, stage.community.id).write(said, what))


async def _announces(sue: Person, **typed: str) -> Shown:
    """Sue makes it a series for fixed teams, and announces it."""
    await sue.asks("イベント", admin=True)
    await sue.presses("春の集い")
    await sue.presses("固定チーム")
    check = await sue.submits(**{"rhythm": "monthly_weekday", "dates": "6", "teams": "2", "places": "4", **typed})
    await sue.presses("はい、保存する")
    await sue.presses("告知する")
    await sue.submits(channel="none")
    await sue.presses("いま告知する")
    return check


async def _first(who: Person, *, admin: bool = False) -> Shown:
    """The first date that is to come, from the list."""
    listed = await who.asks("イベント", admin=admin)
    return await who.presses(next(one for one in listed.buttons if "春の集い" in one))


async def _looks(who: Person) -> Shown:
    """All dates, from the list of events."""
    seen = await _first(who)
    assert not {"参加する", "参加できない"} & set(seen.buttons)
    return await who.presses("全日程と参加")


async def _joins(who: Person) -> Shown:
    await _looks(who)
    return await who.presses("全日程に参加する")


async def _teams(sue: Person) -> Shown:
    await _first(sue, admin=True)
    return await sue.presses("固定チーム")


async def _stands(stage: Scene) -> tuple[list[Event], dict[str, Place]]:
    """The dates, and where everybody stands, by name."""

    def look(work: Work) -> tuple[list[Event], dict[str, Place]]:
        shelf = Cohorts(work, stage.community.id)
        series = next(one.series for one in Events(work, stage.community.id).upcoming() if one.series)
        found = shelf.get(series)
        assert found
        places = {name: shelf.place(series, who) for name, who in stage.members.items()}
        return list(found.dates), {name: place for name, place in places.items() if place}

    return await stage.database.look(look)


async def _made_and_told(stage: Scene, sue: Person, people: dict[str, Person]) -> tuple[dict[str, Place], str, str]:
    """Teams are made, changed by hand and told; where everybody stood before, and the two that changed."""
    ada = people["Ada"]
    await _teams(sue)
    made = await sue.presses("チームを組む")
    assert "まだだれにも知らせていません" in made
    assert "Gus" not in made
    _, at = await _stands(stage)
    assert at["Ada"].team != at["Ben"].team
    assert [place.told for place in at.values()] == [0] * 9
    mate = next(name for name in ("Cat", "Dan", "Eva", "Fay", "Hal") if at[name].team == at["Ada"].team)
    other = next(name for name in ("Cat", "Dan", "Eva", "Fay", "Hal") if at[name].team == at["Ben"].team)
    await sue.presses("2人のチームを入れ替える")
    assert "チームを変えました" in await sue.submits(member=stage.members[mate], other=stage.members[other])
    assert "知らせます" in await sue.presses("チームを知らせる")
    await stage.tick()
    await stage.tick()
    [told] = await ada.inbox()
    assert f"チーム{at['Ada'].team}です" in told
    return at, mate, other


async def _passed_on(stage: Scene, people: dict[str, Person], team: int, mate: str) -> None:
    """Ben leaves; Ivy takes his place, and their team alone hears that somebody is new."""
    ada, ben, ivy = (people[name] for name in ("Ada", "Ben", "Ivy"))
    await ben.asks("イベント チーム")
    assert "チームを抜けました" in await ben.presses("チームを抜ける")
    await stage.tick()
    await stage.tick()
    assert "空きが出ました" in (await ivy.inbox())[-1]
    await ivy.asks("イベント チーム")
    assert f"チーム{team}に入りました" in await ivy.presses("参加を決める")
    await stage.tick()
    await stage.tick()
    fellow = people[mate]
    assert "新しい方が1名" in (await fellow.inbox())[-1]
    assert "Ben" not in "".join(str(one) for one in await fellow.inbox())
    assert "新しい方" not in "".join(str(one) for one in await ada.inbox())


async def test_half_a_year_with_the_same_people(stage: Scene) -> None:
    """Joined in one press, made into teams apart from whom one asked, and a place that is passed on."""
    sue = await stage.member("Sue", Role.SUPPORTER)
    people = {name: await stage.member(name) for name in NAMES}
    ada, hal, ivy = (people[name] for name in ("Ada", "Hal", "Ivy"))
    await hides(stage, "Gus")
    await _drafts(stage, 1)
    await sue.asks("イベント", admin=True)
    await sue.presses("春の集い")
    await sue.presses("固定チーム")
    refused = await sue.submits(rhythm="monthly_weekday", dates="13", teams="0", places="３", until="いつか")
    assert set(refused.errors) == {"dates", "teams", "places", "until"}
    check = await _announces(sue)
    assert "2035年9月21日(金) 18:30" in check
    assert "日本時間" in check
    await stage.tick()

    seen = await _looks(ada)
    assert seen.text.count("(金)") >= 6
    for name in ("Ada", "Ben", "Cat", "Dan", "Eva", "Fay", "Gus"):
        assert "これからの全日程に席があります" in await _joins(people[name])
    assert "これからの全日程" in await _joins(hal)
    assert "空きをお待ちです（1番目）" in await _joins(ivy)
    await ada.asks("イベント 別の組")
    await ada.presses("登録する")
    await ada.submits(named="Ben")

    at, mate, other = await _made_and_told(stage, sue, people)
    mine = await ada.asks("イベント チーム")
    assert other in mine
    assert mate not in mine
    assert "Gus" not in mine

    await ada.presses(next(one for one in mine.buttons if "4月20日" in one))
    away = await ada.presses("今回は休む")
    assert "チームはそのままで" in away
    assert re.search(r"\d名のうち\d名", away.text)
    await ada.presses("この回の席を譲る")
    await stage.tick()
    [offer] = await ivy.inbox()
    assert "席" in offer
    await _first(ivy)
    await ivy.presses("席を受け取る")

    await _passed_on(stage, people, at["Ben"].team, mate)


async def _dates_go_by(stage: Scene, here: tuple[str, ...], number: int) -> None:
    """So many dates take place; these came, and it is noted."""
    for _ in range(number):
        dates, _ = await _stands(stage)
        event = next(one for one in dates if one.ends_at > stage.clock.now())
        stage.clock.forward(event.starts_at - stage.clock.now() + timedelta(minutes=5))

        def note(work: Work, event: Event = event) -> None:
            for name in here:
                Attendance(work, stage.community.id).arrived(event.parts[0].id, stage.members[name])

        await stage.database.tx(note)
        stage.clock.forward(timedelta(days=5, hours=16))  # a working day, in the morning
        await stage.tick()
        await stage.tick()
        await stage.surface.returns()


async def test_missed_dates_and_the_end(stage: Scene) -> None:
    """Whoever missed two is asked alone whether it is fine; after the last date all may say that they would go on."""
    sue = await stage.member("Sue", Role.SUPPORTER)
    ada, ben, cat = [await stage.member(name) for name in ("Ada", "Ben", "Cat")]
    await _drafts(stage, 1)
    await _announces(sue, dates="4", teams="1")
    for one in (ada, ben, cat):
        await _joins(one)
    await _teams(sue)
    await sue.presses("チームを組む")
    await sue.presses("チームを知らせる")
    await stage.tick()
    await _dates_go_by(stage, ("Ada", "Cat"), 1)
    assert not any("直近2回" in str(one) for one in await ben.inbox())
    await _dates_go_by(stage, ("Ada", "Cat"), 1)
    asked = [one for one in await ben.inbox() if "直近2回" in str(one)]
    assert len(asked) == 1
    for other in (ada, cat, sue):
        assert not any("直近2回" in str(one) for one in await other.inbox())
    rests = await ben.presses("次回は休む")
    assert "次回をお休みにしました" in rests
    own = await ada.asks("イベント チーム")
    assert own.text.count("：参加") == 2
    assert re.search(r"チーム1：3名中2名", (await _came(sue)).text)
    assert await _file(stage) == [["チーム1", name, f"これまで2回中{came}回参加", ""] for name, came in _NOTED]
    await _dates_go_by(stage, ("Ada", "Cat"), 2)
    assert "最終回でした" in str((await ada.inbox())[-1])
    assert "人数だけが伝わります" in await ada.presses("続けたい")
    await sue.asks("イベント", admin=True)
    past = await sue.presses("終わったイベント")
    await sue.presses(past.buttons[0])
    page = await sue.presses("固定チーム")
    assert re.search(r"続けたい方\W*1", page.text)
    draft = await sue.presses("次の会の下書きを作る")
    assert "2035年8月17日(金)" in draft
    assert "1チーム（各4名まで）" in draft


_NOTED = (("Ada", 2), ("Ben", 0), ("Cat", 2))


async def _file(stage: Scene) -> list[list[str]]:
    """What the organisers' file says of the teams."""
    dates, _ = await _stands(stage)

    def look(work: Work) -> list[list[str]]:
        sue = People(work, stage.community.id).get(stage.members["Sue"])
        assert sue
        return exporting.rows(work, sue, dates[-1])

    return await stage.database.look(look)


async def _came(sue: Person) -> Shown:
    await _teams(sue)
    return await sue.presses("出席の人数")


async def test_teams_on_two_days(stage: Scene) -> None:
    """Two change dates when both say so; a small team is told kindly and made one with another by a press."""
    sue = await stage.member("Sue", Role.SUPPORTER)
    people = {name: await stage.member(name) for name in ("Ada", "Ben", "Cat", "Dan", "Eva", "Fay")}
    await _drafts(stage, 2)
    check = await _announces(sue, places="5", dates="2")
    assert "5月19日(土)" in check
    assert "どれか1つの日" in await _looks(people["Ada"])
    for one in people.values():
        assert "チームが決まると" in await _joins(one)
    await _teams(sue)
    await sue.presses("チームを組む")
    dates, at = await _stands(stage)
    if {place.team for place in at.values()} == {1, 2}:
        sizes = sorted(place.team for place in at.values())
        assert sizes.count(1) == sizes.count(2) == 3
    await sue.presses("チームを知らせる")
    await stage.tick()
    await stage.tick()
    first = next(name for name in people if at[name].team == 1)
    second = next(name for name in people if at[name].team == 2)
    here, there = people[first], people[second]
    page = await here.asks("イベント チーム")
    day = next(label for label in page.buttons if "4月" in label)
    await here.presses(day)
    await here.presses("ほかの方と日を替える")
    assert "おたずね中です" in await here.submits(member=stage.members[second])
    await stage.tick()
    await stage.tick()
    assert "おたずねです" in str((await there.inbox())[-1])
    assert await _parts(stage, dates[0], first) == [0]
    assert "今回だけ日を替えました" in await there.presses("はい、替わります")
    assert (await _parts(stage, dates[0], first), await _parts(stage, dates[0], second)) == ([1], [0])
    assert (await _parts(stage, dates[1], first), await _parts(stage, dates[1], second)) == ([0], [1])

    await here.asks("イベント チーム")
    await here.presses("チームを抜ける")
    await stage.tick()
    await stage.tick()
    assert "人数が減りました" in str((await sue.inbox())[-1])
    await sue.presses("チームへ")
    await sue.presses("2つのチームを1つにする")
    effect = await sue.submits(pair="1-2")
    assert "別の部に集まる" in effect
    assert re.search(r"チーム2\W*5", effect.text)
    await sue.presses("1つにする")
    _, after = await _stands(stage)
    assert {place.team for place in after.values() if place.state is Stage.IN} == {2}


async def _parts(stage: Scene, event: Event, name: str) -> list[int]:
    """At which parts of a date somebody has a seat."""

    def look(work: Work) -> list[int]:
        stands = Seats(work, stage.community.id).standing(stage.members[name], [event])
        return [event.parts.index(one.part) for one in stands if one.state.holds]

    return await stage.database.look(look)


async def test_all_dates_are_off_once(stage: Scene) -> None:
    """When the whole series is cancelled, its members hear so in one message."""
    sue, ada = await stage.member("Sue", Role.SUPPORTER), await stage.member("Ada")
    await _drafts(stage, 1)
    await _announces(sue)
    await _joins(ada)
    await stage.tick()
    await _first(sue, admin=True)
    await sue.presses("中止にする")
    await sue.presses("これからの回をすべて中止にする")
    await stage.tick()
    await stage.tick()
    [told] = await ada.inbox()
    assert "開催されなくなりました" in told


async def _entries(stage: Scene, name: str) -> list[str]:
    """The entries of a member's calendar feed, by what calendars know them by."""

    def look(work: Work) -> list[str]:
        member = People(work, stage.community.id).get(stage.members[name])
        assert member
        made = entries.feed(work, member, Feed(made_month=work.now.date(), every=True))
        return re.findall(r"UID:(\S+)", made.content.decode())

    return await stage.database.look(look)


async def test_somebody_nobody_sees_waits(stage: Scene) -> None:
    """Gus waits, and hears of his place by a message of which nothing is kept; calendars follow who is in it."""
    sue = await stage.member("Sue", Role.SUPPORTER)
    people = {name: await stage.member(name) for name in ("Ada", "Ben", "Cat", "Dan", "Gus")}
    await hides(stage, "Gus")
    await _drafts(stage, 1)
    await _announces(sue, teams="1")
    for one in people.values():
        await _joins(one)
    mine = await _entries(stage, "Ada")
    assert len(mine) == len(set(mine)) == 6
    assert await _entries(stage, "Gus") == []
    ada, gus = people["Ada"], people["Gus"]
    await ada.asks("イベント チーム")
    await ada.presses("チームを抜ける")
    assert await _entries(stage, "Ada") == []
    assert await _entries(stage, "Ben") == mine
    assert "参加しています" in await people["Ben"].asks("me")
    await stage.tick()
    await stage.tick()
    if stage.surface.surface.name == "portal":  # nothing is left behind: the home page says it
        assert await gus.inbox() == []
        assert "席をお取り置きしています" in await gus.opens_home()
        await gus.presses("全日程と参加")
    else:
        assert "空きが出ました" in str((await gus.inbox())[-1])
    await gus.presses("参加を決める")
    assert await _entries(stage, "Gus") == mine

    await stage.database.tx(lambda work: leaving.leave(work, stage.community.id, stage.members["Gus"]))
    dates, at = await _stands(stage)
    assert set(at) == {"Ben", "Cat", "Dan"}
    assert [await _parts(stage, date, "Gus") for date in dates] == [[]] * 6
