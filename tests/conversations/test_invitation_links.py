"""Links: previews, two tabs, two surfaces, somebody else, and people who are members already."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from storage.clock import MovableClock
from storage.communities import Settings as Communities
from storage.engine import Database
from storage.invitations import Invitations, Kind, State
from storage.people import People, Role
from storage.roster import Person as Listed
from storage.roster import Roster
from storage.work import Work
from tests.community import CHATS, Stage
from tests.conversations.inviting import bars, imports, names, opens, states, web

DEAD = "この招待は、もう開けません"
HANA = Listed("佐藤 花子", "サトウ ハナコ", "hana@example.org", left_year=2019)


async def link(stage: Stage, kind: Kind = Kind.PERSONAL, *, invitee: str = "", name: str = "", days: int = 30) -> str:
    """The code of a link that works."""

    def make(work: Work) -> str:
        places, today = Communities(work, stage.community.id), work.now.date()
        places.move_in("portal", stage.community.id)
        links = Invitations(work, stage.community.id)
        last = today + timedelta(days=days)
        sender = next((one.id for one in People(work, stage.community.id).all()), "nobody")
        made = links.add(kind, State.PLANNED, sender, language="ja", name=name, invitee=invitee, last_day=last)
        links.open(made, today, last)
        return links.code(made)

    return await stage.database.tx(make)


async def on_the_roster(stage: Stage) -> str:
    """Hana, and her id."""
    await imports(stage, HANA)
    [who] = await stage.database.look(lambda work: Roster(work, stage.community.id).after())
    return who.id


@pytest.fixture
async def stage(database: Database, clock: MovableClock) -> AsyncIterator[Stage]:
    """A community of nobody yet, on the web."""
    stage = await Stage.set_up("portal", database, clock)
    yield stage
    await stage.close()


@pytest.fixture(params=CHATS)
async def chat(request: pytest.FixtureRequest, database: Database, clock: MovableClock) -> AsyncIterator[Stage]:
    """A community of nobody yet, on a chat platform."""
    chat = await Stage.set_up(request.param, database, clock)
    yield chat
    await chat.close()


async def test_a_preview_uses_nothing_up_and_one_guest_joins(stage: Stage) -> None:
    """However often it is fetched, the button still works; joining makes one member in the same session."""
    code = await link(stage, invitee=await on_the_roster(stage))
    async with web(stage.database) as portal:
        preview = portal.browser()
        for _ in range(3):
            assert "佐藤" not in await preview.get(f"/i/{code}")
        guest = portal.browser()
        home = await opens(guest, code)
        assert "佐藤" not in home
        assert "はじめまして" in home
        assert "広場" not in guest.page.words
        await guest.presses(guest.region, "参加する")
        assert "佐藤" not in str(guest.page.words)
        await guest.submit(guest.region.one("form", lambda node: node["action"] == "/submit"), called="花子")
        assert "花子さん、こんにちは" in await guest.get("/")
        assert DEAD in await opens(preview, code)
    assert await names(stage) == ["花子"]
    assert await states(stage) == {"佐藤 花子": "joined"}


async def test_every_link_that_does_not_open_says_the_same(stage: Stage) -> None:
    """Used, expired, revoked, mistyped, and of somebody who was put on the list since: one page, one status."""
    hana = await on_the_roster(stage)
    codes = {"barred": await link(stage, invitee=hana), "mistyped": "ABCD-EFGH-JKMN-PQRS"}
    await bars(stage, HANA)
    codes |= {"expired": await link(stage, days=1), "revoked": await link(stage), "used": await link(stage)}

    def end(work: Work) -> None:
        links = Invitations(work, stage.community.id)
        for one in links.of_member("nobody", State.OPEN):
            if links.code(one.id) == codes["revoked"]:
                links.revoke(one.id)

    await stage.database.tx(end)
    stage.clock.forward(timedelta(days=3))
    pages = set()
    async with web(stage.database) as portal:
        first = portal.browser()
        await opens(first, codes["used"])
        await first.presses(first.region, "参加する")
        await first.submit(first.region.one("form", lambda node: node["action"] == "/submit"), called="花子")
        for code in codes.values():
            browser = portal.browser()
            looked = await browser.get(f"/i/{code}")
            shown = await opens(browser, code)
            pages.add((looked.text, shown.text, browser.response.status_code))
    assert len(pages) == 1
    assert DEAD in pages.pop()[1]


async def test_two_tabs_are_one_guest(stage: Stage) -> None:
    """The second tab, sent after the first one joined, finds a member and makes no other."""
    code = await link(stage)
    async with web(stage.database) as portal:
        browser = portal.browser()
        await opens(browser, code)
        await opens(browser, code)
        await browser.presses(browser.region, "参加する")
        form = browser.region.one("form", lambda node: node["action"] == "/submit")
        await browser.submit(form, called="花子")
        await browser.submit(form, called="花子")
        assert "花子さん、こんにちは" in await browser.get("/")
    assert await names(stage) == ["花子"]


async def test_two_browsers_make_one_member_and_only_that_session_is_hers(stage: Stage) -> None:
    """Whoever comes second, perhaps somebody else with a forwarded link, is not signed in as the first."""
    code = await link(stage)
    async with web(stage.database) as portal:
        one, other = portal.browser(), portal.browser()
        for browser in (one, other):
            await opens(browser, code)
            await browser.presses(browser.region, "参加する")
        for browser in (one, other):
            form = browser.region.one("form", lambda node: node["action"] == "/submit")
            await browser.submit(form, called="花子")
        assert "花子さん、こんにちは" in await one.get("/")
        assert "花子" not in await other.get("/")
    assert await names(stage) == ["花子"]


async def test_a_member_who_opens_a_link_stays_who_they_are(stage: Stage) -> None:
    """In a browser where a member is signed in, the link goes to their page and stays for somebody else."""
    await stage.member("Ada")
    code = await link(stage)
    async with web(stage.database) as portal:
        handle = portal.handle("Ada", stage.community.id, stage.members["Ada"])
        inside = await portal.person("Ada", handle)
        assert "Adaさん、こんにちは" in await opens(inside.browser, code)
        assert "はじめまして" in await opens(portal.browser(), code)
    assert await names(stage) == ["Ada"]


async def test_who_has_a_chat_account_joins_there(chat: Stage) -> None:
    """By the code or the whole link, dressed up by the chat; the roster knows that they came."""
    code = await link(chat, invitee=await on_the_roster(chat))
    zoe = await chat.stranger("Zoe")
    assert "続けて招待コードを" in await zoe.asks("invited")
    assert DEAD in await zoe.asks("招待コード ABCD-EFGH-JKMN-PQRS")
    assert "はじめまして" in await zoe.asks(f"招待コード https://portal.example/i/{code.lower()}")
    await zoe.presses("参加する")
    assert "ようこそ" in await zoe.submits(called="花子")
    assert await states(chat) == {"佐藤 花子": "joined"}
    assert DEAD in await zoe.asks(f"invited {code}")


async def test_two_surfaces_make_one_member(chat: Stage) -> None:
    """The form was open in the chat when the same link was joined by on the web: it is not taken any more."""
    code = await link(chat)
    zoe = await chat.stranger("Zoe")
    await zoe.asks(f"invited {code}")
    await zoe.presses("参加する")
    async with web(chat.database) as portal:
        browser = portal.browser()
        await opens(browser, code)
        await browser.presses(browser.region, "参加する")
        await browser.submit(browser.region.one("form", lambda node: node["action"] == "/submit"), called="花子")
    assert DEAD in await zoe.submits(called="花子")
    assert await names(chat) == ["花子"]


async def test_a_leaver_who_is_a_member_stays_that_member(chat: Stage) -> None:
    """The code of /enishi link, typed by the guest and confirmed by the member, keeps the id and uses the link up."""
    ada = await chat.member("Ada")
    code = await link(chat, Kind.LEAVER)
    joining = (await ada.asks("つなぐ")).text.split("/enishi つなぐ ")[-1].split()[0]
    async with web(chat.database) as portal:
        browser = portal.browser()
        await opens(browser, code)
        ask = browser.page.one("form", lambda node: node["action"] == "/ask")
        await browser.submit(ask, words=f"つなぐ {joining}")
        await browser.presses(browser.region, "はい、どちらも本人です")
        await chat.tick()
        await ada.presses("はい、本人です")
        home = await browser.get("/")
        assert "Adaさん、こんにちは" in home
        assert "私用の連絡先をうかがっていません" in home
        await browser.presses(browser.region, "私用の連絡先を伝える")
        form = browser.region.one("form", lambda node: node["action"] == "/submit")
        assert "チェックを入れて" in await browser.submit(form, mail="ada@example.org")
        form = browser.region.one("form", lambda node: node["action"] == "/submit")
        assert "連絡先を残しました" in await browser.submit(form, mail="ada@example.org", agreed=True)
        assert "私用の連絡先をうかがっていません" not in await browser.get("/")
        assert DEAD in await opens(portal.browser(), code)
    [member] = await chat.database.look(lambda work: People(work, chat.community.id).all())
    assert member.id == chat.members["Ada"]
    assert member.profile["mail"] == "ada@example.org"
    handles = await chat.database.look(lambda work: People(work, chat.community.id).handles(member.id))
    assert not [one for one in handles if one.user.startswith("guest-")]


async def test_a_page_to_print(stage: Stage) -> None:
    """One page in both languages with the address as a picture; the same for any code, so that it tells nothing."""
    ben = await stage.member("Ben", Role.OWNER)
    page = await ben.asks("退職者リンク", admin=True)
    assert "どなたに渡すかは入力不要" in page
    made = await ben.presses("新しいリンク")
    assert "印刷用のページ" in made.buttons
    async with web(stage.database) as portal:
        browser = portal.browser()
        sheet = await browser.get("/i/ABCD-EFGH-JKMN-PQRS/print")
        assert "つながっていませんか" in sheet
        assert "Staying in touch" in sheet
        assert browser.page.all("svg")
        assert "ABCD-EFGH-JKMN-PQRS" in sheet
        await browser.get("/i/short/print")
        assert browser.response.status_code == 404
