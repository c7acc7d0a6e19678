"""Counts as pictures."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot import charts
from bot.cards import Card, Chart, Text, dump, illustrated, load
from bot.portal.pictures import LIVES, Pictures
from storage.clock import MovableClock
from storage.keys import Keys

FUNNEL = Chart("参加まで", (("名簿の人", 20_000), ("<招待> & した人", 5_000), ("参加した人", 0)), "名簿 20,000、参加 0")


def test_a_page_gets_an_element_that_its_policy_allows() -> None:
    """Every label and count is text, escaped; nothing is styled inline; the name says what is shown."""
    drawn = charts.svg(FUNNEL)
    whole = ET.fromstring(drawn)  # noqa: S314 - our own
    assert (whole.get("role"), whole.get("aria-label")) == ("img", FUNNEL.alt)
    said = [element.text for element in whole.iter("text")]
    assert said == ["名簿の人", "20,000", "<招待> & した人", "5,000", "参加した人", "0"]
    assert not re.search(r"style|<script|xlink|DOCTYPE| id=", drawn)


def test_bars_are_as_long_as_their_counts() -> None:
    """A quarter is a quarter as long, and nothing has no length."""
    whole = ET.fromstring(charts.svg(FUNNEL))  # noqa: S314 - our own
    ends = [max(float(x) for x in re.findall(r"[ML] (\S+)", path.get("d", ""))) for path in whole.iter("path")]
    assert ends[0] == pytest.approx(4 * ends[1])
    assert len(ends) < 3 or ends[2] == 0


@pytest.mark.parametrize("bars", [(), (("誰もいない", 0),), tuple((f"長い名前{'あ' * 40}{n}", n) for n in range(10))])
def test_any_chart_is_a_picture(bars: tuple[tuple[str, int], ...]) -> None:
    """None, nobody, and ten long ones; every letter has a shape, or a warning would have failed this."""
    assert charts.png(Chart("題", bars, "x")).startswith(b"\x89PNG")


def test_a_chart_can_be_kept() -> None:
    """A surface that must remember what it showed gets the same chart back, with and without its picture."""
    card = Card("s", (FUNNEL, Text("あ"), *illustrated((FUNNEL,), lambda chart: f"https://e.org/{len(chart.bars)}")))
    assert load(dump(card)) == card
    assert card.pieces[2].url == "https://e.org/3"  # type: ignore[union-attr] # it is the chart


@pytest.fixture
def pictures(keys: Keys, clock: MovableClock) -> Pictures:
    clock.forward(datetime(2035, 4, 2, tzinfo=UTC) - clock.now())
    return Pictures("https://portal.example/", keys.seal, keys.open, clock.now)


def test_a_chat_fetches_the_picture_for_a_while(pictures: Pictures, clock: MovableClock) -> None:
    """The address alone shows it, without a session, until it expires; it holds no figures that a log could keep."""
    url = pictures.url(FUNNEL)
    assert "20" + "000" not in url
    with TestClient(Starlette(routes=pictures.routes()), base_url="https://portal.example") as chat:
        shown = chat.get(url)
        assert (shown.status_code, shown.headers["content-type"]) == (200, "image/png")
        assert shown.content == charts.png(FUNNEL)
        clock.forward(LIVES)
        assert chat.get(url).status_code == 404


def test_nobody_makes_up_a_picture(pictures: Pictures, keys: Keys) -> None:
    """A changed address, and anything else of ours that is sealed, shows nothing."""
    url = pictures.url(FUNNEL)
    other = keys.seal('{"name": "Ada"}').decode()
    with TestClient(Starlette(routes=pictures.routes()), base_url="https://portal.example") as chat:
        for address in (url[:-9] + "A" * 5 + ".png", f"/chart/{other}.png", "/chart/x.png"):
            assert chat.get(address).status_code == 404


def test_where_there_is_no_way_to_fetch_it_there_is_no_address(keys: Keys, clock: MovableClock) -> None:
    """Without https a chat could not show it; over Slack's length it would not."""
    assert Pictures("http://127.0.0.1:8000", keys.seal, keys.open, clock.now).url(FUNNEL) == ""
    long = Chart("t", tuple((f"{n}" + "語" * 100, n) for n in range(10)), "x")
    assert Pictures("https://portal.example", keys.seal, keys.open, clock.now).url(long) == ""
