"""Counts as pictures."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot import charts
from bot.cards import Card, Chart, Shares, Text, dump, illustrated, load
from bot.portal.pictures import LIVES, Pictures
from storage.clock import MovableClock
from storage.keys import Keys

FUNNEL = Chart("参加まで", (("名簿の人", 20_000), ("<招待> & した人", 5_000), ("参加した人", 0)), "名簿 20,000、参加 0")

GROUPS = Shares(
    "相談できる<人>がいますか",
    ("全体", "東京"),
    (("はい", ("40", "≥80")), ("いいえ & どちらでもない", ("30", "≤20")), ("無回答", ("≤5", ""))),
    "はい 40%、いいえ 30%、無回答 5%以下",
)
SCALE = Shares("0から10で", ("",), tuple((str(step), ("≤5" if step else "50",)) for step in range(11)), "x")


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


def bars_of(shares: Shares) -> list[tuple[float, float, float]]:
    """Of each piece of a bar, where it begins, where it ends, and how strong it is."""
    whole = ET.fromstring(charts.svg(shares))  # noqa: S314 - our own
    found = []
    for path in whole.iter("path"):
        ends = [float(x) for x in re.findall(r"[ML] (\S+)", path.get("d", ""))]
        found.append((min(ends), max(ends), float(path.get("opacity", 1))))
    return found


def test_a_bound_is_drawn_as_one() -> None:
    """40 is strong up to 40; "at least 80" is pale from there to the end, "at most 20" pale up to there and no more."""
    drawn = bars_of(GROUPS)
    [left, end] = {one[0] for one in drawn if one[2] < 0.2}, {one[1] for one in drawn if one[2] < 0.2}
    assert (len(left), len(end)) == (1, 1)  # all on a track of one length
    zero, hundred = left.pop(), end.pop()

    def at(x: float) -> int:
        return round(100 * (x - zero) / (hundred - zero))

    pieces = [(at(begin), at(stop), strength) for begin, stop, strength in drawn if strength > 0.2]
    assert pieces == [(0, 40, 1), (80, 100, 0.4), (0, 80, 1), (0, 30, 1), (0, 20, 0.4), (0, 5, 0.4)]


def test_shares_say_what_is_shown_and_nothing_else() -> None:
    """Every label, group and share is text; what may not be shown is a dash; in a table as in the picture."""
    whole = ET.fromstring(charts.svg(GROUPS))  # noqa: S314 - our own
    assert (whole.get("role"), whole.get("aria-label")) == ("img", GROUPS.alt)
    said = [element.text for element in whole.iter("text")]
    assert said[:5] == ["はい", "全体", "40%", "東京", "≥80%"]
    assert said[-2:] == ["東京", "–"]
    assert not re.search(r"style|<script|xlink|DOCTYPE| id=", charts.svg(GROUPS))
    assert GROUPS.facts[0].facts[0] == ("はい", "全体 40%  東京 ≥80%")
    assert [len(facts.facts) for facts in SCALE.facts] == [10, 1]


@pytest.mark.parametrize(
    "shares",
    [
        GROUPS,
        SCALE,
        Shares("t", ("",), (), "x"),
        Shares("t", ("",), (("語" * 2000, ("≥95",)), ("word " * 300, ("≤10",))), "x"),
        Shares("t", tuple(f"とても長い名前の部署{n}" for n in range(7)), (("", ("≤5",) * 7),) * 21, "x"),
    ],
)
def test_any_shares_are_a_picture(shares: Shares) -> None:
    """None, long labels, and as many as a survey may have; every letter has a shape."""
    assert charts.png(shares).startswith(b"\x89PNG")
    assert charts.png(charts.slim(shares)) == charts.png(shares)


@pytest.mark.parametrize("bars", [(), (("誰もいない", 0),), tuple((f"長い名前{'あ' * 40}{n}", n) for n in range(10))])
def test_any_chart_is_a_picture(bars: tuple[tuple[str, int], ...]) -> None:
    """None, nobody, and ten long ones; every letter has a shape, or a warning would have failed this."""
    assert charts.png(Chart("題", bars, "x")).startswith(b"\x89PNG")


def test_a_chart_can_be_kept() -> None:
    """A surface that must remember what it showed gets the same chart back, with and without its picture."""
    card = Card(
        "s", (FUNNEL, GROUPS, *illustrated((FUNNEL,), lambda chart: f"https://e.org/{chart.title}"), Text("あ"))
    )
    assert load(dump(card)) == card
    assert card.pieces[2].url == "https://e.org/参加まで"  # type: ignore[union-attr] # it is the chart


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


def test_a_chat_fetches_shares_too(pictures: Pictures) -> None:
    """The address holds all that the picture shows: twelve long options, or a scale in seven groups."""
    label = "とても長い選択肢の言葉です" * 9
    long = tuple((f"{n}{label}", ("≤5",)) for n in range(12))
    many = tuple((str(n), ("≤5", "≥95", "40", "≤20", "30", "≤10", "50")) for n in range(12))
    groups = tuple(f"とても長い部署の名前{n}" for n in range(7))
    with TestClient(Starlette(routes=pictures.routes()), base_url="https://portal.example") as chat:
        for shares in (GROUPS, SCALE, Shares("題" * 999, ("",), long, "x" * 999), Shares("題", groups, many, "x")):
            shown = chat.get(pictures.url(shares))
            assert (shown.status_code, shown.content) == (200, charts.png(shares))
        twenty = Shares("題", ("",), tuple((f"{n}{label}", ("≤5",)) for n in range(21)), "x")
        assert chat.get(pictures.url(twenty)).content == charts.png(charts.slim(twenty, 1))  # a line each
    assert pictures.url(Shares("題", groups, tuple((f"{n}{label}", many[0][1]) for n in range(21)), "x")) == ""


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
