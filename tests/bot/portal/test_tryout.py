from datetime import timedelta

import pytest

from bot.language import Reader
from bot.portal import texts
from bot.portal.tryout import date_and_time
from tests.bot.portal.village import WORDS, Trying, Village, prompt
from tests.stages.html import Node
from tests.stages.portal import Browser

ROUTES = ("/tryout/become", "/tryout/forward", "/tryout/language", "/tryout/roster")


def form(browser: Browser, action: str) -> Node:
    return browser.page.one("form", lambda node: node["action"] == action)


@pytest.fixture
async def trying(village: Village) -> Trying:
    trying = Trying(village)
    village.stage_with(tryout=trying)
    village.handle("Aoba")
    return trying


async def test_without_a_tryout_there_is_no_way_to_become_somebody(village: Village) -> None:
    """On a real portal the try-out's addresses do not exist, signed in or not."""
    aoba = await village.enters("Aoba")
    for browser in (aoba.browser, village.stage.browser()):
        await browser.get("/")
        assert not browser.page.all("aside")
        for route in ROUTES:
            for response in (await browser.client.get(route), await browser.client.post(route, data={"by": "day"})):
                assert response.status_code == 404


async def test_the_first_page_says_what_to_try(village: Village, trying: Trying) -> None:
    """Four lines, and a button each for acting as a member and as the secretariat."""
    browser = village.stage.browser("en")
    await browser.get("/")
    assert len(browser.main.all("li")) == 4
    begin = form(browser, "/tryout/become")
    await browser.submit(begin, begin.all("button")[1])
    bar = browser.page.one("aside")
    assert "Chitose" in bar.words
    assert Reader("ja")(texts.DEMO_FICTION) in bar.words
    assert date_and_time(Reader("ja"), trying.now()) in bar.words


async def test_acting_as_somebody_else_changes_who_is_inside(village: Village, trying: Trying) -> None:
    """The list names everybody; choosing one opens a session of theirs."""
    aoba = await village.enters("Aoba")
    await village.receives("Beni", prompt(WORDS["ja"]))
    who = f"{village.community}/{village.members['Beni']}"
    await aoba.browser.submit(form(aoba.browser, "/tryout/become"), None, who=who)
    assert len(await aoba.inbox()) == 1
    stranger = {"who": f"{village.other}/{village.members['Mallory']}"}
    refused = await aoba.browser.client.post("/tryout/become", data=stranger)
    assert refused.status_code == 400


async def test_time_passes_by_the_asked_amount_once(village: Village, trying: Trying) -> None:
    """A button moves the clock; what was delivered is told once, and reloading moves nothing."""
    aoba = await village.enters("Aoba")
    trying.delivered = ["3 letters"]
    await aoba.browser.get("/inbox")
    forward = form(aoba.browser, "/tryout/forward")
    week = forward.one("button", lambda node: node["value"] == "week")
    before = village.clock.offset
    await aoba.browser.submit(forward, week)
    assert village.clock.offset - before == timedelta(weeks=1)
    assert aoba.browser.response.url.path == "/inbox"
    assert "3 letters" in aoba.browser.page.one("aside").words
    await aoba.browser.get("/inbox")
    assert "3 letters" not in aoba.browser.page.one("aside").words
    assert village.clock.offset - before == timedelta(weeks=1)


async def test_the_language_changes_for_whom_one_acts_as(village: Village, trying: Trying) -> None:
    """Members get their own language changed, strangers the page's."""
    aoba = await village.enters("Aoba", "ja")
    choose = form(aoba.browser, "/tryout/language")
    came = await aoba.browser.submit(choose, choose.one("button", lambda node: node["value"] == "en"))
    assert WORDS["en"]["hello"] in came
    stranger = village.stage.browser("ja")
    await stranger.get("/")
    choose = form(stranger, "/tryout/language")
    await stranger.submit(choose, choose.one("button", lambda node: node["value"] == "en"))
    assert stranger.page.one("html")["lang"] == "en"


async def test_whoever_runs_the_desk_is_offered_a_roster(village: Village, trying: Trying) -> None:
    """The bar links to a file to bring in; an ordinary member has no use for it."""
    browser = village.stage.browser("en")
    await browser.get("/")
    begin = form(browser, "/tryout/become")
    offered = {}
    for button in begin.all("button"):
        await browser.get("/")
        await browser.submit(begin, button)
        offered[button.words] = [link["href"] for link in browser.page.one("aside").all("a")]
    assert [bool(links) for links in offered.values()] == [False, True]
    saved = await browser.client.get(offered.popitem()[1][0])
    assert saved.content == trying.roster()
    assert saved.headers["content-disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("route", "data"),
    [("/tryout/forward", {"by": "-1"}), ("/tryout/language", {"language": "xx"}), ("/tryout/become", {"who": "a/b"})],
)
async def test_what_the_bar_does_not_offer_is_refused(
    village: Village, trying: Trying, route: str, data: dict[str, str]
) -> None:
    """A made-up value is answered with a page, and nothing happens."""
    response = await village.stage.browser().client.post(route, data=data)
    assert response.status_code == 400
    assert village.clock.offset == timedelta()


async def test_another_site_cannot_use_the_bar(village: Village, trying: Trying) -> None:
    """A form on somebody else's page moves no clock."""
    headers = {"sec-fetch-site": "cross-site", "origin": "https://elsewhere.example"}
    response = await village.stage.browser().client.post("/tryout/forward", data={"by": "day"}, headers=headers)
    assert response.status_code == 403
    assert village.clock.offset == timedelta()
