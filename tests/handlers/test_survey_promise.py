"""What is promised: the same words on the page, in the guides and in the specification's order; to strangers, too."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.language import LANGUAGES, Reader
from handlers.surveys.answering import promise, texts
from storage.clock import MovableClock
from storage.engine import Database
from tests.community import Stage
from tests.stages.portal import PortalStage

GUIDES = Path(__file__).parents[2] / "docs" / "members"
NEVER = re.compile(r"100 ?%|完全に匿名|絶対")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guides_say_what_the_page_says(language: str) -> None:
    """Word for word, but for the marks of a quotation; and nothing is promised that nobody can keep."""
    guide = re.sub(r"\s*\n> ?|\s+", " ", (GUIDES / f"surveys-{language}.md").read_text())
    guide = guide if language == "en" else guide.replace(" ", "")
    said = [piece.text for piece in promise.paper(Reader(language)).pieces if hasattr(piece, "text")]
    for words in said[2:3] + said[4:-1]:
        assert (words if language == "en" else words.replace(" ", "")) in guide
        assert not NEVER.search(words)


@pytest.fixture
async def portal(database: Database, clock: MovableClock) -> AsyncIterator[Stage]:
    """A community on the portal."""
    stage = await Stage.set_up("portal", database, clock)
    yield stage
    await stage.close()


async def test_nobody_signs_in_to_read_it(portal: Stage) -> None:
    """A stranger's browser shows it in its language, and in the other one by a link; nothing is set or asked."""
    assert isinstance(portal.surface, PortalStage)
    browser = portal.surface.browser("en-GB,ja;q=0.5")
    shown = await browser.get("/promise")
    assert Reader("en")(texts.PROMISE_TITLE) in shown
    assert "set-cookie" not in browser.response.headers
    other = browser.main.one("a")["href"]
    assert Reader("ja")(texts.CANNOT_REMIND) in await browser.get(f"/promise{other}")
