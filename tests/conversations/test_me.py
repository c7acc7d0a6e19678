"""My data: everything stored about me is shown, can be changed, taken along, kept quiet, and erased."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from handlers import features
from handlers.turn import turns
from scheduler.tidying import tidy
from storage.engine import Database
from storage.handouts import StoredHandouts
from storage.notebook import StoredNotebook
from storage.people import FOREVER, Member, People
from storage.presets import Level
from storage.roster import Person as Listed
from storage.roster import Roster, prepared
from storage.work import Work
from tests.community import Stage
from tests.stages import Person
from tests.stages.portal import Browser, PortalStage

KEY = re.compile(r"https://portal\.example(/k/[A-Z2-9]{4}(?:-[A-Z2-9]{4}){4})")


async def row(stage: Stage, name: str) -> Member:
    """A member as stored."""
    member = await stage.database.look(lambda work: People(work, stage.community.id).get(stage.members[name]))
    assert member
    return member


@asynccontextmanager
async def web(database: Database) -> AsyncIterator[PortalStage]:
    """The portal beside whatever surface a story is told on."""
    routes, files = features.router(), StoredHandouts(database, features.files())
    take_turn = turns(database, features.house(routes, key=lambda code: f"https://portal.example/k/{code}"))
    notebook = StoredNotebook(database, "portal")
    portal = PortalStage(database, take_turn, routes.actions, notebook, files=files)
    await portal.open()
    yield portal
    await portal.close()


async def opens(browser: Browser, address: str) -> None:
    """Go to an address, and press the one button that is there."""
    await browser.get(address.removeprefix("https://portal.example"))
    await browser.submit(browser.main.one("form"), browser.main.one("button"))


async def asks(browser: Browser, words: str) -> str:
    """Type a command; what comes back."""
    form = browser.page.one("form", lambda node: node["action"] == "/ask")
    return (await browser.submit(form, words=words)).text


# --- seeing and changing it ----------------------------------------------------------------------


async def test_everything_is_on_one_page_and_can_be_changed(stage: Stage) -> None:
    """Each feature tells its part and who sees it; what is typed wrong is said at its field; the rest is kept."""
    ada = await stage.member("Ada")
    await ada.asks("update 畑を始めました")
    await ada.submits()
    page = await ada.asks("わたしの情報")
    for part in ("自分について書いたこと", "見られる人", "つながっているアカウント", "書いたこと", "1件"):
        assert part in page
    assert "事務局と、名前を出しているメンバー" in page
    form = await ada.presses("書きかえる")
    assert form.values["called"] == "Ada"
    wrong = await ada.submits(called="Ada", years="むかし", mail="ada@", zone="Mars/Base", field="農園")
    assert set(wrong.errors) == {"years", "mail", "zone"}
    assert wrong.values["field"] == "農園"
    done = await ada.submits(years="2009年〜2019年", mail="ada@example.org", zone="Europe/Berlin", reunion=True)
    assert "直しました" in done
    kept = (await row(stage, "Ada")).profile
    assert kept == {
        "name": "Ada",
        "years": "2009–2019",
        "field": "農園",
        "mail": "ada@example.org",
        "purposes": ["reunion"],
    }
    assert (await row(stage, "Ada")).reader.zone == "Europe/Berlin"
    page = await ada.presses("わたしの情報をぜんぶ見る")
    hidden = page.text.count("自分のページに表示されます")  # where the chat can be exported
    assert (("農園" in page) and not hidden) or (hidden and "農園" not in page)


async def test_who_is_seen_by_others_keeps_a_name(stage: Stage) -> None:
    """A name may be left out only by whoever nobody sees."""
    ada = await stage.member("Ada")
    await ada.asks("me")
    await ada.presses("書きかえる")
    assert "called" in (await ada.submits(called="　")).errors
    await stage.database.tx(lambda work: People(work, stage.community.id).show(stage.members["Ada"], Level.HIDDEN))
    await ada.asks("me")
    await ada.presses("書きかえる")
    assert "直しました" in await ada.submits(called="")
    assert (await row(stage, "Ada")).profile == {}


# --- a break, and fewer --------------------------------------------------------------------------


async def test_a_break_ends_on_its_day_by_itself(stage: Stage) -> None:
    """Quiet until the day that was typed; on that day it is over without anybody doing anything."""
    ada = await stage.member("Ada")
    assert "2035年5月1日 まで" in await ada.asks("休み 5月1日")
    assert (await row(stage, "Ada")).paused_until == date(2035, 5, 1)
    assert "お休み中" in await ada.asks("pause")
    await stage.moves(days=28)
    assert (await row(stage, "Ada")).is_paused(date(2035, 4, 30))
    await stage.moves(days=2)
    assert not (await row(stage, "Ada")).is_paused(date(2035, 5, 1))
    assert "お休み中" not in await ada.asks("pause")


@pytest.mark.parametrize(("words", "says"), [("いつか", "日付として"), ("2035-04-01", "過ぎて"), ("2099-01-01", "5年")])
async def test_what_is_no_day_is_said(stage: Stage, words: str, says: str) -> None:
    """A break until nobody knows when begins only when it is meant."""
    ada = await stage.member("Ada")
    assert says in await ada.asks(f"pause {words}")
    assert (await row(stage, "Ada")).paused_until is None


async def test_a_break_is_picked_and_ended_by_buttons(stage: Stage) -> None:
    """By months, by a day in a form, or without an end; and back at any time."""
    ada = await stage.member("Ada")
    await ada.asks("pause")
    await ada.presses("日を決めて休む")
    assert "day" in (await ada.submits(day="きのう")).errors
    assert "2035年12月24日 まで" in await ada.submits(day="12/24")
    await ada.presses("再開する")
    assert (await row(stage, "Ada")).paused_until is None
    await ada.asks("pause")
    await ada.presses("もどるまで休む")
    assert (await row(stage, "Ada")).paused_until == FOREVER
    await ada.asks("pause")
    await ada.presses("3か月")
    assert (await row(stage, "Ada")).paused_until == date(2035, 7, 2)


async def test_fewer_messages_at_once_and_back(stage: Stage) -> None:
    """One fewer each time, down to one; one tap makes it as before."""
    ada = await stage.member("Ada")
    assert "2通まで" in await ada.asks("減らす")
    assert "1通まで" in await ada.asks("less")
    assert "すでに" in await ada.asks("less")
    await ada.asks("pause")
    assert "nudges" not in await ada.asks("less")


# --- a copy --------------------------------------------------------------------------------------


async def test_the_copy_comes_once_to_whoever_asked(stage: Stage) -> None:
    """The link gives the file once; used again, too late or by somebody else who is signed in, it gives none."""
    ada, ben = await stage.member("Ada"), await stage.member("Ben")
    await ada.asks("update 畑を始めました")
    await ada.submits()
    await ben.asks("me")
    async with web(stage.database) as portal:
        mallory = await portal.person("Ben", portal.handle("Ben", stage.community.id, stage.members["Ben"]))
        first = (await ada.asks("export")).links["ファイルを受け取る"]
        await opens(mallory.browser, first)
        assert mallory.browser.response.status_code == 403  # it is not theirs, and stays unused
        browser = portal.browser()
        await opens(browser, first)
        copy = ZipFile(BytesIO(browser.response.content))
        told = json.loads(copy.read("enishi.json"))
        assert told["profile"]["rows"] == [{"name": "Ada"}]
        assert [one["text"] for one in told["told"]["rows"]] == ["畑を始めました"]
        assert told["accounts"]["rows"]
        assert told["not_in_this_file"]
        page = copy.read("enishi.html").decode()
        for words in ("畑を始めました", "Ada", "このファイルに入っていないもの"):
            assert words in page
        await opens(browser, first)
        assert browser.response.status_code == 410
        second = (await ada.asks("export")).links["ファイルを受け取る"]
        third = (await ada.asks("export")).links["ファイルを受け取る"]
        await opens(browser, second)
        assert browser.response.status_code == 410  # asking anew ended it
        await stage.moves(minutes=11)
        await opens(browser, third)
        assert browser.response.status_code == 410


# --- a key, and leaving --------------------------------------------------------------------------


async def test_who_has_no_account_any_more_leaves_by_the_printed_link(stage: Stage) -> None:
    """A key opens the page as often as needed, a copy can be taken, and leaving erases everything."""
    ada = await stage.member("Ada")
    await ada.asks("鍵")
    key = KEY.search((await ada.presses("鍵をつくる")).text)
    assert key
    handles = await stage.database.look(
        lambda work: People(work, stage.community.id).handles(stage.members["Ada"], reachable_only=False)
    )

    def closed(work: Work) -> None:
        for who in handles:
            People(work, stage.community.id).lose(who)

    await stage.database.tx(closed)
    await stage.moves(days=200)
    async with web(stage.database) as portal:
        paper = portal.browser()
        await paper.get(f"{key[1]}/print")
        assert key[1] in paper.main.words
        assert paper.main.all("svg")
        for _ in range(2):
            await opens(portal.browser(), key[1])
        await opens(paper, key[1])
        assert paper.response.url.path == "/"
        await stage.moves(hours=2)
        await paper.get("/inbox")
        assert paper.response.status_code == 403  # the session behind a key is short
        await opens(paper, key[1])
        await asks(paper, "退会")
        form = paper.main.one("form", lambda node: node["action"] == "/submit")
        assert "退会しました" in (await paper.submit(form)).text
        assert "Ada" not in [one.name for one in await everybody(stage)]
        await opens(paper, key[1])
        assert paper.response.status_code == 410


async def test_a_new_key_ends_the_old_one_and_an_unused_one_ends(stage: Stage) -> None:
    """Only the newest works, and none that lay unused for a year; ending it is one press."""
    ada = await stage.member("Ada")
    await ada.asks("key")
    old = KEY.search((await ada.presses("鍵をつくる")).text)
    await ada.asks("key")
    new = KEY.search((await ada.presses("新しくつくる")).text)
    assert old
    assert new
    async with web(stage.database) as portal:

        async def status(code: str) -> int:
            browser = portal.browser()
            await opens(browser, code)
            return browser.response.status_code

        assert (await status(old[1]), await status(new[1])) == (410, 200)
        stage.clock.forward(date(2036, 4, 30) - date(2035, 4, 2))
        assert await status(new[1]) == 200  # the month counts, and using it begins a new year
        stage.clock.forward(date(2037, 5, 1) - date(2036, 4, 30))
        assert await status(new[1]) == 410


async def everybody(stage: Stage) -> list[Member]:
    """All members."""
    return await stage.database.look(lambda work: People(work, stage.community.id).all())


async def test_who_leaves_may_come_again_or_ask_not_to_be_invited(stage: Stage) -> None:
    """Without the tick nothing is kept, and joining again begins anew; with it the list has their name, as wished."""

    async def listed() -> bool:
        return await stage.database.look(lambda work: Roster(work, stage.community.id).is_barred(name="Ada"))

    ada = await stage.member("Ada")
    await ada.asks("退会")
    assert "退会しました" in await ada.submits()
    assert not await listed()
    first = stage.members["Ada"]
    ada = await stage.member("Ada")
    assert stage.members["Ada"] != first
    await ada.asks("me")
    await ada.presses("退会する")
    assert "今後ご招待しません" in await ada.submits(never=True)
    assert await listed()
    assert await everybody(stage) == []


async def test_who_is_on_the_roster_is_recognised_by_all_it_says(stage: Stage) -> None:
    """The wish not to be invited again covers what the roster knew: another mail of theirs stops an invitation too."""
    ada = await stage.member("Ada")
    listed = Listed(name="芥川 あだ", mail="ada@old.example", number="0042")

    def imports(work: Work) -> None:
        roster = Roster(work, stage.community.id)
        batch = roster.begin()
        assert batch
        roster.put(batch, [prepared(work.keys, listed)])
        roster.publish(batch)
        [one] = roster.after()
        roster.joined(one.id, stage.members["Ada"])

    await stage.database.tx(imports)
    await ada.asks("退会")
    await ada.submits(never=True)
    barred = await stage.database.look(lambda work: Roster(work, stage.community.id).is_barred(mail="Ada@OLD.example"))
    assert barred


# --- two silent years ----------------------------------------------------------------------------


async def test_two_silent_years_end_with_a_question(stage: Stage) -> None:
    """Who answers stays; who does not is erased two months later; whoever came by meanwhile is not asked."""
    for name in ("Ada", "Ben", "Eve"):
        await stage.member(name)

    async def comes_by(name: str) -> Person:
        handle = stage.surface.handle(name, stage.community.id, stage.members[name])
        return await stage.surface.person(name, handle)

    async def on(day: date) -> None:
        stage.clock.forward(day - stage.clock.now().date())
        await stage.tick()
        await tidy(stage.database, features.leave)

    async def names() -> list[str]:
        return sorted(one.name for one in await everybody(stage))

    await on(date(2037, 3, 1))
    await (await comes_by("Eve")).asks("help")
    await on(date(2037, 5, 2))
    ada, eve = await comes_by("Ada"), await comes_by("Eve")
    assert "残りますか" in (await ada.inbox())[-1]
    assert not [one for one in await eve.inbox() if "残りますか" in one]
    assert "何も変わりません" in await ada.presses("残る")
    await on(date(2037, 6, 30))
    assert await names() == ["Ada", "Ben", "Eve"]
    await on(date(2037, 7, 1))
    assert await names() == ["Ada", "Eve"]
