"""The pages in a real browser: with and without JavaScript, by keyboard, measured, in both languages."""

import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.async_api import Browser, Page, async_playwright
from starlette.applications import Starlette

from bot.cards import sentence
from bot.language import Reader
from bot.portal import texts
from bot.portal.surface import PortalSettings, PortalSurface
from storage.doors import Doors, StoredDoors
from storage.people import People
from storage.work import Work
from tests import chromium
from tests.bot.portal.village import WORDS, Trying, Village, digest, prompt, router

pytestmark = pytest.mark.browser
PICTURES = Path(__file__).parents[3] / "artifacts"
NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1200, "height": 900}
TARGET, CONTRAST = 44, 4.5  # CSS pixels (WCAG 2.5.5), ratio (WCAG 1.4.3)


@pytest.fixture(autouse=True)
def chromium_is_here() -> None:
    chromium.required()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await chromium.launched(playwright)
        yield launched
        await launched.close()


class Site:
    """The portal on a port of this machine."""

    def __init__(self, village: Village, browser: Browser, base: str, surface: PortalSurface) -> None:
        self.village, self.base, self.surface = village, base, surface
        self._browser = browser

    @asynccontextmanager
    async def page(self, language: str = "ja", *, script: bool = True, **more: Any) -> AsyncIterator[Page]:
        """A new browser profile's page."""
        context = await self._browser.new_context(
            locale=language, java_script_enabled=script, base_url=self.base, viewport=more.pop("viewport", WIDE), **more
        )
        try:
            yield await context.new_page()
        finally:
            await context.close()

    async def enters(self, page: Page, name: str) -> None:
        """By a link, as a member does."""
        handle = self.village.handle(name)
        nonce = await self.village.database.tx(lambda work: Doors(work, handle.tenant).invite(handle.user))
        await page.goto(self.surface.links.url(nonce))
        await page.locator("main button").click()
        await page.wait_for_url(self.base + "/")


@asynccontextmanager
async def served(village: Village, browser: Browser, trying: Trying | None = None) -> AsyncIterator[Site]:
    """The portal on a free port, in this loop."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        base = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings = PortalSettings(base, ("a key of these tests",), secure_cookies=False)
        surface = PortalSurface(
            settings, village.take_turn, router.actions, village.notebook, StoredDoors(village.database), tryout=trying
        )
        app = Starlette(routes=surface.routes())
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        await server.startup(sockets=[listening])
        try:
            yield Site(village, browser, base, surface)
        finally:
            await server.shutdown(sockets=[listening])


@pytest.fixture
async def site(village: Village, browser: Browser) -> AsyncIterator[Site]:
    async with served(village, browser) as site:
        yield site


@pytest.fixture
async def demo(village: Village, browser: Browser) -> AsyncIterator[Site]:
    async with served(village, browser, Trying(village)) as site:
        yield site


async def speaks(village: Village, name: str, language: str) -> None:
    member, community = village.members[name], village.handle(name).tenant
    await village.database.tx(lambda work: People(work, community).speak(member, language))


MEASURE = """() => {
  const light = (rgb) => {
    const [r, g, b] = rgb.map((c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const colour = (text) => (text.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const c = colour(getComputedStyle(node).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const name = (node) => `${node.tagName}.${node.className} ${node.textContent.trim().slice(0, 20)}`;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(
    (node) => node.checkVisibility() && !node.closest(".visually-hidden, .skip"));
  const written = all("p,a,button,label,legend,h1,h2,h3,li,dt,dd,span,strong,input,select");
  const contrasts = written.filter((node) => node.textContent.trim()).map((node) => {
    const [a, b] = [light(colour(getComputedStyle(node).color)), light(ground(node))];
    return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), name(node)];
  });
  const hidden = ["hidden", "radio", "checkbox"].map((type) => `:not([type=${type}])`).join("");
  const targets = all(`a,button,select,textarea,input${hidden},.choice label`).map((node) => {
    const box = node.getBoundingClientRect();
    return [Math.min(box.width, box.height), name(node)];
  });
  return { contrasts, targets, scroll: document.documentElement.scrollWidth - innerWidth };
}"""


async def measured(page: Page, name: str) -> None:
    """Takes a picture, and holds the page to the promised measures."""
    PICTURES.mkdir(exist_ok=True)
    await page.screenshot(path=PICTURES / f"portal-{name}.png", full_page=True)
    found = await page.evaluate(MEASURE)
    assert found["scroll"] <= 0, f"{name} scrolls sideways by {found['scroll']} px"
    small = [what for size, what in found["targets"] if size < TARGET - 0.5]
    assert not small, f"{name}: too small to touch: {small}"
    faint = [what for ratio, what in found["contrasts"] if ratio < CONTRAST]
    assert not faint, f"{name}: too faint to read: {faint}"
    assert found["targets"]
    assert found["contrasts"]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(("size", "viewport"), [("narrow", NARROW), ("wide", WIDE)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_page_keeps_its_measures(
    site: Site, village: Village, *, language: str, size: str, viewport: dict[str, int], scheme: str
) -> None:
    """Targets of 44 px, contrast of 4.5, no sideways scrolling, and the page's language, on every page."""
    say = WORDS[language]
    await speaks(village, "Chitose", language)
    await village.receives("Chitose", sentence(say["thanks"]), "earlier")
    await village.receives("Chitose", prompt(say))
    await village.board_receives(digest(say))
    name = f"{size}-{language}-{scheme}"
    async with site.page(language, viewport=viewport, color_scheme=scheme) as page:
        await page.goto("/")
        await measured(page, f"stranger-{name}")
        await page.goto("/door/no-such-link")
        await measured(page, f"dead-{name}")
        await site.enters(page, "Chitose")
        assert await page.locator("html").get_attribute("lang") == language
        await measured(page, f"home-{name}")
        for address in ("/inbox", "/board", "/nowhere"):
            await page.goto(address)
            await measured(page, f"{address.strip('/')}-{name}")
        await page.goto("/")
        await page.get_by_role("button", name=say["changed"]).click()
        await measured(page, f"form-{name}")
        await page.get_by_role("button", name=say["send"], exact=True).last.click()
        await page.locator("#errors").wait_for()
        await measured(page, f"errors-{name}")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(("size", "viewport"), [("narrow", NARROW), ("wide", WIDE)])
async def test_the_tryout_keeps_its_measures_too(
    demo: Site, village: Village, *, language: str, size: str, viewport: dict[str, int]
) -> None:
    """The first page and the bar, with what arrived."""
    name = f"{size}-{language}"
    await speaks(village, "Aoba", language)
    async with demo.page(language, viewport=viewport) as page:
        await page.goto("/")
        await measured(page, f"demo-first-{name}")
        for member in ("Aoba", "Beni"):
            await speaks(village, member, language)
        await page.locator("main button.primary").click()
        await page.locator("main .card dl").wait_for()
        await measured(page, f"demo-home-{name}")
        await page.locator("button[value=week]").click()
        await page.locator(".demo-arrived").wait_for()
        await measured(page, f"demo-arrived-{name}")


@pytest.mark.parametrize("script", [True, False])
async def test_a_letter_is_answered_with_and_without_javascript(site: Site, village: Village, *, script: bool) -> None:
    """The same pages, the same deed; the question before it is a dialog or a page."""
    say = WORDS["ja"]
    await village.receives("Aoba", prompt(say))
    async with site.page(script=script) as page:
        await site.enters(page, "Aoba")
        await page.get_by_role("link", name=say["prompt"]).click()
        await page.get_by_role("button", name=say["pause"]).click()
        await page.get_by_text(say["sure"]).wait_for()
        assert (await page.locator("dialog").count() > 0) is script
        await page.get_by_role("button", name=say["pause"]).last.click()
        await page.get_by_text(say["paused"]).wait_for()
        assert (await page.locator("article:target").inner_text()).endswith(say["paused"])
    assert village.deeds == ["pause"]


async def test_the_question_can_be_declined_by_keyboard(site: Site, village: Village) -> None:
    """The dialog begins on the harmless button, Escape closes it, and the focus goes back to where it was."""
    say = WORDS["ja"]
    await village.receives("Aoba", prompt(say))
    async with site.page() as page:
        await site.enters(page, "Aoba")
        await page.goto("/inbox")
        await page.get_by_role("button", name=say["pause"]).focus()
        await page.keyboard.press("Enter")
        await page.locator("dialog[open]").wait_for()
        assert await page.evaluate("document.activeElement.textContent") == Reader("ja")(texts.CANCEL)
        await page.keyboard.press("Escape")
        await page.locator("dialog").wait_for(state="detached")
        assert await page.evaluate("document.activeElement.textContent") == say["pause"]
    assert village.deeds == []


async def tab_to(page: Page, expression: str) -> None:
    """Press Tab until the focused element `e` is the one; the focus must be seen there."""
    for _ in range(40):
        await page.keyboard.press("Tab")
        if await page.evaluate(f"(() => {{ const e = document.activeElement; return {expression}; }})()"):
            ring = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert ring != "none", f"the focus cannot be seen on {expression}"
            return
    pytest.fail(f"the Tab key never reaches {expression}")


@pytest.mark.parametrize("script", [True, False])
async def test_a_form_is_filled_in_by_keyboard_alone(site: Site, village: Village, *, script: bool) -> None:
    """From the skip link to the answer without a mouse; a mistake moves the focus to the summary, which leads on."""
    say = WORDS["ja"]
    async with site.page(script=script) as page:
        await site.enters(page, "Aoba")
        await tab_to(page, "e.className === 'skip'")
        await page.keyboard.press("Enter")
        await tab_to(page, f"e.textContent === {json.dumps(say['changed'])}")
        await page.keyboard.press("Enter")
        await page.get_by_role("heading", name=say["form"]).wait_for()
        await tab_to(page, "e.className === 'primary'")
        await page.keyboard.press("Enter")
        await page.locator("#errors").wait_for()
        assert await page.evaluate("document.activeElement.id") == "errors"
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.hash") == "#f-text"
        await page.keyboard.press("Enter")
        await page.keyboard.type("ok")
        assert await page.locator("#f-text").input_value() == "ok"
        await tab_to(page, "e.id === 'f-consent'")
        await page.keyboard.press("Space")
        await tab_to(page, "e.className === 'primary'")
        await page.keyboard.press("Enter")
        await page.get_by_text(say["thanks"]).wait_for()
    assert village.deeds == ["told:work:ok:everyone:True"]


async def test_a_double_click_sends_once(site: Site, village: Village) -> None:
    """With JavaScript the second click never leaves the page."""
    say = WORDS["ja"]
    await village.board_receives(digest(say))
    async with site.page() as page:
        await site.enters(page, "Aoba")
        await page.goto("/board")
        await page.get_by_role("button", name=say["meet"]).dblclick()
        await page.get_by_text(say["thanks"]).wait_for()
    assert village.deeds == ["cheer:meet"]


async def test_the_policy_stops_nothing_of_ours(demo: Site, village: Village) -> None:
    """No page breaks the rules we send with it: the console stays silent."""
    said: list[str] = []
    async with demo.page() as page:
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        await page.goto("/")
        await page.locator("main button.primary").click()
        for address in ("/inbox", "/board", "/"):
            await page.goto(address)
        await page.get_by_role("button", name=WORDS["ja"]["changed"]).click()
        await page.locator("form.card").wait_for()
    assert said == []


async def test_a_name_is_found_by_typing(demo: Site, village: Village) -> None:
    """With many people, the list narrows as one types."""

    def more(work: Work) -> None:
        for number in range(12):
            People(work, village.community).welcome({"name": f"Person {number}"})

    await village.database.tx(more)
    async with demo.page() as page:
        await page.goto("/")
        await page.locator("main button.primary").click()
        await page.locator("input[type=search]").fill("ｂｅｎｉ")
        assert await page.locator("#demo-who option").count() == 1
        await page.get_by_role("button", name=Reader("ja")(texts.DEMO_SWITCH)).click()
        await page.get_by_text(Reader("ja")(texts.SIGNED_IN_AS, name="Beni")).wait_for()


async def test_what_is_written_is_shown_while_it_is_written(site: Site) -> None:
    """Beside the form, in the language one chooses, with nothing sent; without JavaScript by a button."""
    say, see = WORDS["ja"], Reader("ja")
    async with site.page() as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        await site.enters(page, "Aoba")
        await page.fill("input[name=words]", "sketch")
        await page.press("input[name=words]", "Enter")
        await page.get_by_text("nothing yet").wait_for()
        await page.locator("#form input[type=text]").fill("花見")
        await page.get_by_text("花見 (ja, portal)").wait_for()
        lefts = [await page.locator(one).evaluate("one => one.getBoundingClientRect().left") for one in ("h1", "#form")]
        assert lefts[0] == lefts[1]  # the heading stands above both halves
        await page.select_option("#preview-language", "en")
        await page.get_by_text("花見 (en, portal)").wait_for()
        assert await page.get_by_role("button", name=see(texts.PREVIEW_SHOW)).count() == 0
        await page.get_by_role("button", name=say["send"]).last.click()
        await page.get_by_text("sent:花見").wait_for()
        assert said == []
    async with site.page(script=False) as page:
        await site.enters(page, "Aoba")
        await page.fill("input[name=words]", "sketch")
        await page.press("input[name=words]", "Enter")
        await page.locator("#form input[type=text]").fill("花見")
        await page.get_by_role("button", name=see(texts.PREVIEW_SHOW)).click()
        await page.get_by_text("花見 (ja, portal)").wait_for()
        assert await page.locator("#form input[type=text]").input_value() == "花見"
