"""Cards as Microsoft's own renderer shows them, in a real browser; the pictures go to artifacts/."""

import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright

from bot.cards import Card, Text
from bot.language import Reader
from bot.replies import Form
from bot.teams import drawing
from handlers import features
from handlers.checkins import actions, rules
from handlers.checkins import cards as checkins
from handlers.desk import cards as desks
from handlers.desk.rules import Next
from handlers.events import cards as events
from handlers.home import cards as home
from handlers.welcome import cards as welcome
from handlers.welcome.actions import Enter
from storage.people import FOREVER
from storage.presets import PRESETS
from storage.seating import Standing
from tests import chromium, npm
from tests.bot.teams.test_drawing import EVIL, PIECES
from tests.community import START
from tests.conversations.gathering import part, talk

pytestmark = pytest.mark.browser
WIDE = 480
PICTURES = Path(__file__).parents[3] / "artifacts"
RENDER = """card => {
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = window.markdownit({linkify: true}).render(text);
    result.didProcess = true;
  };
  const shown = new AdaptiveCards.AdaptiveCard();
  shown.hostConfig = new AdaptiveCards.HostConfig({fontFamily: 'Segoe UI, Noto Sans CJK JP, sans-serif'});
  shown.parse(card);
  document.body.replaceChildren(shown.render());
}"""


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """A page with the renderer in it, and no network."""
    chromium.required()
    modules = npm.modules()
    async with async_playwright() as playwright:
        browser = await chromium.launched(playwright)
        shown = await browser.new_page(viewport={"width": WIDE, "height": 600})
        await shown.set_content("<body style='margin:12px;width:456px'></body>")
        await shown.add_script_tag(path=modules / "adaptivecards" / "dist" / "adaptivecards.min.js")
        await shown.add_script_tag(path=modules / "markdown-it" / "dist" / "markdown-it.min.js")
        yield shown
        await browser.close()


def _cards(language: str) -> dict[str, Card | Form]:
    reader = Reader(language)
    typed = actions.Tell(template="job", text="港の近くに *引っ越し* ました", link="http://example.com")
    errors = {"link": "https:// …", "agreed": "…"}
    return {
        "prompt": checkins.prompt(reader, None),
        "often": checkins.resting(reader, FOREVER),
        "form": checkins.write(reader, typed, errors),
        "desk": checkins.desk(reader, rules.Settings(), reader.long_day(date(2026, 12, 1)), ""),
        "secretariat": desks.desk(
            reader,
            [],
            Next.WAVE,
            desks.funnel(reader, {"imported": 600, "invited": 40, "joined": 25, "told": 10}, 5),
            [one for one in features.router().commands if one.admin],
        ),
        "menu": home.menu(reader, features.router().commands),
        "join": welcome.join(reader, PRESETS["alumni"], Enter(level="3", written="usual", language=language)),
        "event": events.event(reader, _evening()),
        "hello": welcome.hello(reader, PRESETS["ally"], "teams"),
    }


def _evening() -> events.Facing:
    """Two parts, one of them full, with a place in line."""
    full = part(id="full", words={"ja": "近況を聞く", "en": "News"}, capacity=20)
    supper = part(id="supper", words={"ja": "食卓を囲む", "en": "Supper"}, capacity=20)
    details, parts = talk(full, supper, about={"ja": "前半は近況を聞きます。", "en": "News, then supper."}, guests=2)
    waits = events.Mine(Standing.WAITING, place=6)
    counts = {"full": "20", "supper": "12"}
    return events.Facing(
        "e", details, parts, START, taken=counts, waiting={"full": "6"}, mine={"full": waits}, organisers=["石井 由紀"]
    )


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_cards_can_be_looked_at(page: Page, language: str) -> None:
    """Prompt, form with errors, desk and menu, as a person sees them; every button is there, and none is cut off."""
    PICTURES.mkdir(exist_ok=True)
    for name, shown in _cards(language).items():
        drawn = drawing.form(shown) if isinstance(shown, Form) else drawing.card(shown)
        await page.evaluate(RENDER, drawn)
        labels = [button.label for button in shown.buttons] if isinstance(shown, Card) else []
        for label in labels:
            box = await page.get_by_role("button", name=label, exact=True).first.bounding_box()
            assert box
            assert box["x"] + box["width"] <= WIDE
        await page.screenshot(path=PICTURES / f"teams-{name}-{language}.png", full_page=True)


async def test_what_a_member_writes_cannot_format_or_link(page: Page) -> None:
    """Rendered with Markdown switched on, mischief is shown as it was typed."""
    await page.evaluate(RENDER, drawing.card(Card(EVIL, PIECES[:6])))
    assert await page.locator("a, strong, em, code, at, img[src*='x.png'], h1, ol, ul, s").count() == 0
    text = await page.inner_text("body")
    assert text.count("**b** _i_ `c` [l](https://e.org)") == 5


async def test_line_breaks_are_kept(page: Page) -> None:
    """Paragraphs of a text stay apart."""
    await page.evaluate(RENDER, drawing.card(Card("x", (Text("one\ntwo"),))))
    assert (await page.inner_text("body")).split() == ["one", "two"]
    assert "one two" not in await page.inner_text("body")


def test_the_renderer_finds_nothing_wrong() -> None:
    """Npm's adaptivecards, asked about the cards above: ids, error messages, and features newer than 1.5."""
    shown = [*_cards("ja").values(), *_cards("en").values(), Card("x", PIECES)]
    drawn = [drawing.form(one) if isinstance(one, Form) else drawing.card(one) for one in shown]
    assert npm.validated(json.loads(json.dumps(drawn))) == [[] for _ in drawn]
