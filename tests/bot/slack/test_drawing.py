"""Cards and forms as Block Kit: as they look, and always within Slack's limits."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from bot.actions import PACKED_MAX
from bot.cards import (
    Button,
    Buttons,
    Card,
    Chart,
    Choice,
    Choices,
    Divider,
    Facts,
    Image,
    Link,
    Look,
    Text,
    TextInput,
    Tick,
    illustrated,
)
from bot.language import both
from bot.replies import Form
from bot.slack import drawing, texts
from tests.bot.slack.house import card, form
from tests.fakes import blocks as limits

EVIL = "<!channel> *bold* _it_ `code` <https://e.org|link> @here :tada: &amp; <@U0ADA>"


@pytest.fixture
def drawn(snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch) -> Iterator[SnapshotAssertion]:
    """Golden drawings, in English alone, so that a better translation changes none."""
    drawing._row.cache_clear()
    monkeypatch.setattr(drawing, "both", str)
    yield snapshot.use_extension(JSONSnapshotExtension)
    drawing._row.cache_clear()


def test_every_piece_looks_like_this(drawn: SnapshotAssertion) -> None:
    """The golden drawing; nothing in it but a message's text is parsed by Slack, and that is escaped."""
    pieces = (
        Text("Assembly", Look.HEADING),
        Text(EVIL),
        Text(EVIL, Look.QUOTE),
        Text("Answers are seen by members only.", Look.QUIET),
        Facts((("When", "12月1日(火) 18:30"), (EVIL, EVIL))),
        Image("https://e.org/chart.png", "12 of 30 came"),
        Image("http://e.org/chart.png", "A picture that Slack cannot fetch"),
        Divider(),
        Buttons(
            (
                Button("Going", "try.rsvp {}", Look.PRIMARY),
                Button("Delete", "try.delete {}", Look.DANGER, "Delete it for good?"),
                Link("Map", "https://e.org/map"),
            )
        ),
        Buttons((Button("More", "try.more {}"),)),
        Buttons(()),
        Text("  "),
    )
    assert drawing.message(Card(f"Assembly {EVIL}", pieces)) == drawn


def test_a_form_looks_like_this(drawn: SnapshotAssertion) -> None:
    """Each input is called as its field."""
    many = Choice("where", "Where", tuple((str(n), f"Place {n}") for n in range(6)), "3", "One of six")
    empty = Choice("none", "Nothing to choose", ())
    boxes = Choices("boxes", "Some", (("a", "A"), ("b", "B")), ("b",), "As you like", required=False)
    list_ = Choices("list", "Of many", tuple((str(n), f"Place {n}") for n in range(11)), ("3", "5", "7"), most=2)
    nothing = Choices("nothing", "Nothing to choose", ())
    line = TextInput("line", "Line", "too long", max_length=3)
    fields = (*form().fields, many, empty, boxes, list_, nothing, line)
    asked = Form("A title that is longer than a window's", "try.tell {}", "Send", fields, (Text("Intro"),))
    assert drawing.form(asked, "kept") == drawn


def test_a_home_and_a_window_look_like_this(drawn: SnapshotAssertion) -> None:
    """The same card on the page and in a window."""
    assert [drawing.home(card("Home")), drawing.window(card("Your answer, in short"), "kept")] == drawn


def test_only_a_message_s_text_is_parsed() -> None:
    """It cannot mention, link or format; everything else is plain or literal."""
    drawing_of = drawing.message(Card(EVIL, (Text(EVIL), Text(EVIL, Look.QUOTE), Facts(((EVIL, EVIL),)))))
    assert "<" not in drawing_of["text"]
    assert _kinds(drawing_of["blocks"]).isdisjoint(
        {"mrkdwn", "link", "user", "usergroup", "channel", "broadcast", "emoji"}
    )


def test_a_long_text_is_split_and_nothing_is_lost() -> None:
    """Between lines or words where possible."""
    words = " ".join(f"word{n}" for n in range(1400))
    blocks = drawing.message(Card("x", (Text(words),)))["blocks"]
    assert len(blocks) > 1
    assert " ".join(block["text"]["text"] for block in blocks) == words
    unbroken = "あ" * 6500
    blocks = drawing.message(Card("x", (Text(unbroken, Look.QUOTE),)))["blocks"]
    assert "".join(block["elements"][0]["elements"][0]["text"] for block in blocks) == unbroken


@pytest.mark.parametrize(
    "pieces",
    [
        tuple(Text(f"line {n}") for n in range(80)),
        tuple(Text("あ" * 2900) for _ in range(8)),
    ],
)
def test_what_does_not_fit_ends_in_a_sentence_and_its_buttons(pieces: tuple[Text, ...]) -> None:
    """The last row of buttons leads on, so it stays."""
    made = drawing.message(Card("x", (*pieces, Buttons((Button("Next page", "try.next {}"),)))))
    assert limits.of_message(made["blocks"], made["text"]) == []
    assert made["blocks"][0]["text"]["text"].startswith(pieces[0].text[:6])
    assert made["blocks"][-2]["elements"][0]["text"] == both(texts.MORE)
    assert made["blocks"][-1]["elements"][0]["text"]["text"] == "Next page"


# --- always ---------------------------------------------------------------------------------------

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
long_words = st.one_of(words, words.map(lambda text: text * 60), st.just("あ" * 9000))
looks = st.sampled_from([Look.PLAIN, Look.HEADING, Look.QUIET, Look.QUOTE])
presses = st.text("abc{}\"'あ", min_size=1, max_size=40).map(lambda text: (text * PACKED_MAX)[:PACKED_MAX])
buttons = st.builds(Button, words, presses, st.sampled_from([Look.PLAIN, Look.PRIMARY, Look.DANGER]), words)
links = st.builds(Link, words, st.just("https://e.org/" + "x" * 100))
pieces = st.one_of(
    st.builds(Text, long_words, looks),
    st.builds(Facts, st.lists(st.tuples(long_words, long_words), max_size=10).map(tuple)),
    st.builds(Image, st.sampled_from(["https://e.org/a.png", "http://e.org", "", "https://" + "x" * 4000]), long_words),
    st.builds(Buttons, st.lists(st.one_of(buttons, links), max_size=10).map(tuple)),
    st.just(Divider()),
)
cards = st.builds(Card, long_words, st.lists(pieces, max_size=12).map(tuple))
values = st.text(max_size=100)
choices = st.lists(st.tuples(values, words), max_size=120, unique_by=lambda option: option[0]).map(tuple)
lengths = st.integers(1, 5000)
fields = st.one_of(
    st.builds(TextInput, words, words, long_words, words, st.integers(1, 9), lengths, st.booleans()),
    st.builds(Choice, words, words, choices, values, words, st.booleans()),
    st.builds(Choices, words, words, choices, st.lists(values, max_size=3).map(tuple), words, st.booleans()),
    st.builds(Tick, words, words, st.booleans(), words, st.booleans()),
)
named = st.lists(fields, max_size=8).map(lambda made: tuple(_called(field, f"f{n}") for n, field in enumerate(made)))
forms = st.builds(
    Form,
    long_words,
    presses,
    words,
    named,
    st.lists(pieces, max_size=5).map(tuple),
    st.dictionaries(st.sampled_from(["f0", "f1", "gone"]), words, max_size=3),
)


def _called(field: Any, name: str) -> Any:
    return type(field)(name, *(getattr(field, slot) for slot in field.__slots__ if slot != "name"))


@given(cards)
@example(Card("", ()))
@example(Card("x", tuple(Buttons(tuple(Button(f"{n}", "x {}") for n in range(10))) for _ in range(60))))
@example(Card("x", (Text("x" * 2999 + "\n" + "y" * 10),)))
def test_every_card_stays_within_the_limits(made: Card) -> None:
    """As a message, a page and a window; by the SDK's own checks and by the limits that it lets through."""
    message = drawing.message(made)
    assert limits.of_message(message["blocks"], message["text"]) == []
    for view in (drawing.home(made), drawing.window(made, "kept")):
        assert limits.of_view(view) == []
        View(**view).validate_json()
    for block in Block.parse_all(message["blocks"]):
        block.validate_json()


@given(forms)
def test_every_form_stays_within_the_limits(made: Form) -> None:
    """Whatever the house asks for."""
    view = drawing.form(made, "x" * 2500)
    assert limits.of_view(view) == []
    View(**view).validate_json()


def _kinds(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(_kinds, value)) if value else set()
    if not isinstance(value, dict):
        return set()
    own = {value["type"]} if isinstance(value.get("type"), str) else set()
    return own.union(*map(_kinds, value.values()))


def test_a_chart_is_its_figures_below_its_picture() -> None:
    """The figures are always there; the picture where it can be fetched."""
    chart = Chart("From invitation to first words", (("Invited", 1200), ("Joined", 30)), "30 of 1,200 joined")
    title, facts = drawing.message(Card("s", (chart,)))["blocks"]
    assert title["text"]["text"] == chart.title
    assert [run["text"] for run in facts["elements"][0]["elements"]] == ["Invited", "  1,200", "\nJoined", "  30"]
    _, picture, _ = drawing.message(Card("s", illustrated((chart,), lambda _: "https://e.org/c.png")))["blocks"]
    assert (picture["image_url"], picture["alt_text"]) == ("https://e.org/c.png", chart.alt)


def test_a_list_begins_below_its_label() -> None:
    """A value of one line stands beside its label, one of several below it."""
    [block] = drawing.message(Card("s", (Facts((("When", "18:30"), ("Themes", "Work\nRest"))),)))["blocks"]
    said = "".join(run["text"] for run in block["elements"][0]["elements"])
    assert said == "When  18:30\nThemes\nWork\nRest"
