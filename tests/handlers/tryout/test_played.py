"""A sealed survey and a named poll, played in the demo with a real browser: what a visitor can do with clicks alone."""

import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.async_api import Page, async_playwright

from app import assemble, website
from bot.settings import Settings
from handlers.tryout.people import script
from handlers.tryout.seed import seed
from handlers.tryout.stage import DemoTryout
from storage.clock import MovableClock
from storage.keys import Keys
from tests import chromium
from tests.community import START

pytestmark = pytest.mark.browser
PICTURES = Path(__file__).parents[3] / "artifacts"
SECRETARY = "石井 由紀"
REMINDER = "アンケートの対象のみなさまへのリマインドです"
CODE = re.compile(r"(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}")
EIGHT = [person.name for person in script().people if person.name != SECRETARY and not person.language][:8]


@pytest.fixture(autouse=True)
def chromium_is_here() -> None:
    chromium.required()


@asynccontextmanager
async def demo(database_url: str, keys: Keys, clock: MovableClock) -> AsyncIterator[str]:
    """What `app.py demo` serves, on a free port, on a day of its own; its address."""
    clock.forward(START - clock.now())
    with socket.create_server(("127.0.0.1", 0)) as listening:
        base = f"http://127.0.0.1:{listening.getsockname()[1]}"
        tryout = DemoTryout(clock)
        install = assemble(Settings(database=database_url, public_url=base, _env_file=None), keys, clock, tryout)
        await install.database.open()
        await seed(install.database, clock)
        tryout.play(install.database, install.tick)
        config = uvicorn.Config(website(install, ticking=False), log_config=None, access_log=False)
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        await server.startup(sockets=[listening])
        try:
            yield base
        finally:
            await server.shutdown(sockets=[listening])
            await install.database.close()


@pytest.fixture
async def page(sqlite_url: str, keys: Keys, clock: MovableClock) -> AsyncIterator[Page]:
    """A visitor's browser, at the first page."""
    async with demo(sqlite_url, keys, clock) as base, async_playwright() as playwright:
        launched = await chromium.launched(playwright)
        context = await launched.new_context(locale="ja", base_url=base, viewport={"width": 1100, "height": 900})
        opened = await context.new_page()
        opened.set_default_timeout(20_000)
        await opened.goto("/")
        await opened.locator("main form[action='/tryout/become'] button").last.click()
        yield opened
        await launched.close()


async def acts(page: Page, name: str) -> None:
    """Somebody else, by the bar."""
    chosen = page.locator("#demo-who option", has_text=f"{name} (")
    await page.locator("#demo-who").select_option(await chosen.get_attribute("value"), force=True)
    await page.locator("form[action='/tryout/become'] button:not([type=button])").click()
    await page.locator(".demo-line", has_text=name).wait_for()


async def asks(page: Page, words: str, *, desk: bool = False) -> None:
    """The command line of the page."""
    await page.goto("/")
    if desk:
        await page.locator("form.command select").select_option("yes")
    await page.locator("#words").fill(words)
    await page.locator("form.command button").click()


async def presses(page: Page, label: str) -> None:
    """The first such button of the page."""
    await page.locator("main").get_by_role("button", name=label, exact=True).first.click()


async def sure(page: Page, label: str) -> None:
    """A button that asks first, and yes."""
    await presses(page, label)
    await page.locator("dialog[open] button").first.click()


async def answers(page: Page, name: str, worth: int, words: str = "") -> str:
    """As this member, with the form; the code."""
    await acts(page, name)
    await asks(page, "アンケート")
    await presses(page, "回答する")
    await page.locator(f"input[name='f-q1'][value='{worth}'], select[name='f-q1']").first.wait_for()
    radio = page.locator(f"input[name='f-q1'][value='{worth}']")
    if await radio.count():
        await radio.check(force=True)
    else:
        await page.locator("select[name='f-q1']").select_option(str(worth))
    if words:
        await page.locator("textarea[name='f-q3']").fill(words)
    await presses(page, "封印して送る")
    found = CODE.search(await page.locator("main").inner_html())  # in a field, to be copied
    assert found
    return found.group()


async def forward(page: Page, by: str, times: int = 1) -> None:
    """The bar's buttons of time."""
    for _ in range(times):
        await page.locator(f"form[action='/tryout/forward'] button[value='{by}']").click()
        await page.locator(".demo-arrived").wait_for(timeout=60_000)


async def pictured(page: Page, name: str) -> None:
    """For whoever wants to see it."""
    PICTURES.mkdir(exist_ok=True)
    await page.screenshot(path=PICTURES / f"played-{name}.png", full_page=True)


async def test_a_survey_is_played_from_its_template_to_a_code_that_counts(page: Page) -> None:
    """Written, opened, answered by eight, changed, withdrawn, closed by the clock, drawn as charts, and checked."""
    await asks(page, "survey results", desk=True)
    assert "安心して話せるチームか" in await page.locator("main").inner_text()  # the seeded one: charts at once
    await asks(page, "survey new", desk=True)
    await presses(page, "集まりのあとで（3問）")
    await presses(page, "確認して開く")
    await presses(page, "開く")
    await page.locator("input[name='f-sure']").check(force=True)
    await presses(page, "開く")
    codes = [await answers(page, name, 6 + number % 4, "また会いましょう") for number, name in enumerate(EIGHT)]
    await pictured(page, "code")
    again = await answers(page, EIGHT[1], 9)
    assert again != codes[1]
    await acts(page, EIGHT[2])
    await asks(page, "アンケート")
    await presses(page, "自分の状況")
    await sure(page, "回答を取り消す")
    assert "取り消しました" in await page.locator("main").inner_text()
    await page.goto("/")
    assert REMINDER not in await page.locator("main").inner_text()
    await forward(page, "week")
    await forward(page, "day", 2)
    await page.goto("/")
    assert REMINDER in await page.locator("main").inner_text()  # it says the same to whoever has answered
    await forward(page, "week")
    await acts(page, SECRETARY)
    await asks(page, "survey results", desk=True)
    await page.locator("main").get_by_role("button", name="集まりの感想").first.click()
    await pictured(page, "overview")
    await presses(page, "回答を見る")
    await pictured(page, "results")
    shown = page.locator("main svg[role='img']").first
    assert await shown.get_attribute("aria-label")
    await acts(page, EIGHT[1])
    for code, counts in ((again, True), (codes[1], False), (codes[2], False)):
        await asks(page, f"アンケート 確認 {code}")
        assert ("数えられています" in await page.locator("main").inner_text()) == counts


async def test_a_poll_is_played_with_names(page: Page) -> None:
    """The secretariat asks for a date on the board, two answer, and the result has a chart and their names."""
    await asks(page, "記名投票 new", desk=True)
    await page.locator("[name='f-question']").fill("懇親会はいつがよいですか")
    await page.locator("[name='f-options']").fill("4月20日(金)\n4月21日(土)")
    await page.locator("[name='f-last_day']").fill("2035-04-09")
    await pictured(page, "poll-form")
    await presses(page, "下見をする")
    await pictured(page, "poll-preview")
    await sure(page, "公開する")
    for name in EIGHT[:2]:
        await acts(page, name)
        await asks(page, "記名投票")
        await presses(page, "回答する")
        await presses(page, "4月21日(土)")
        await pictured(page, "poll-answered")
    await acts(page, SECRETARY)
    await asks(page, "記名投票", desk=True)
    await sure(page, "いま締め切る")
    await presses(page, "投票を見る")
    text = await page.locator("main").inner_text()
    await pictured(page, "poll-result")
    assert "2人が回答しました" in text
    assert all(name in text for name in EIGHT[:2])
    assert await page.locator("main svg[role='img']").count() == 1
