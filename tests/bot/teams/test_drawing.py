"""Cards and forms as Adaptive Cards: as they look, and always within what Teams takes."""

import pytest
from hypothesis import example, given
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from bot.address import Address
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
    Piece,
    Text,
    TextInput,
    illustrated,
)
from bot.language import both
from bot.replies import Form
from bot.teams import drawing, texts
from tests.bot.slack.house import form
from tests.bot.slack.test_drawing import cards, forms
from tests.fakes import adaptive_cards as limits
from tests.stages.teams import actions, body

EVIL = "<at>Ada</at> **b** _i_ `c` [l](https://e.org) ![x](https://e.org/x.png) https://e.org # 1. - > &lt; ~~no~~"


@pytest.fixture
def drawn(snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch) -> SnapshotAssertion:
    """Golden drawings, in English alone, so that a better translation changes none."""
    monkeypatch.setattr(drawing, "both", str)
    monkeypatch.setattr("secrets.token_urlsafe", lambda _: "once")
    return snapshot.use_extension(JSONSnapshotExtension)


PIECES = (
    Text("Assembly", Look.HEADING),
    Text(EVIL, Look.HEADING),
    Text(EVIL),
    Text(EVIL, Look.QUOTE),
    Text("Answers are seen by members only.", Look.QUIET),
    Facts((("When", "12月1日(火) 18:30"), (EVIL, EVIL))),
    Image("https://e.org/chart.png", "12 of 30 came"),
    Image("http://e.org/chart.png", "A picture that Teams cannot fetch"),
    Divider(),
    Buttons(
        (
            Button("Going", "try.rsvp {}", Look.PRIMARY),
            Button("Delete", "try.delete {}", Look.DANGER, "Delete it for good?"),
            Link("Map", "https://e.org/map"),
            Link("Nowhere", "javascript:alert(1)"),
        )
    ),
    Buttons(()),
    Text("  "),
)


def test_every_piece_looks_like_this(drawn: SnapshotAssertion) -> None:
    """The golden drawing."""
    assert drawing.message(drawing.card(Card(f"Assembly {EVIL}", PIECES)), "Assembly") == drawn


def test_a_form_looks_like_this(drawn: SnapshotAssertion) -> None:
    """Each input tells its kind by its name; errors stand above their inputs, or above all."""
    many = Choice("where", "Where", tuple((str(n), f"Place {n}") for n in range(6)), "3", "One of six")
    empty = Choice("none", "Nothing to choose", ())
    boxes = Choices("boxes", "Some", (("a", "A"), ("b", "B"), ("c", "C")), ("c", "b"), "As you like", required=False)
    fields = (*form().fields, many, empty, boxes, TextInput("line", "Line", "too long", max_length=3))
    errors = {"text": "Please say more.", "gone": "Not today."}
    asked = Form("A title", "try.tell {}", "Send", fields, (Text("Intro"),), errors)
    assert drawing.form(asked, Address("teams", "T", "19:x@thread.tacv2")) == drawn


def test_what_a_member_writes_is_literal() -> None:
    """It stands in text runs; where Markdown is read, every sign of it is behind a backslash."""
    for element in body(drawing.message(drawing.card(Card("x", PIECES)), "x")):
        if element["type"] == "TextBlock":
            bare = element["text"].replace("\\\\", "")
            for sign in "*_[]<`":
                assert bare.count(sign) == bare.count("\\" + sign)
    assert drawing.escape("a:b") == "a\\:b"


def test_a_question_comes_before_what_cannot_be_taken_back() -> None:
    """The button unfolds the question, and only the second one presses."""
    [shown] = actions(
        drawing.message(drawing.card(Card("x", (Buttons((Button("Delete", "try.delete {}", confirm="Sure?"),)),))), "x")
    )
    assert shown["type"] == "Action.ShowCard"
    assert "Sure?" in str(shown["card"]["body"])
    [meant] = shown["card"]["actions"]
    assert meant["title"] == "Delete"
    assert meant["data"] == {"enishi": {"press": "try.delete {}"}}


def test_what_does_not_fit_ends_in_a_sentence_and_its_buttons() -> None:
    """The last row of buttons leads on, so it stays."""
    long = [Text("あ" * 2900)] * 8
    pieces: tuple[Piece, ...] = (*long, Buttons((Button("Next page", "try.next {}"),)))
    made = drawing.message(drawing.card(Card("x", pieces)), "x")
    assert limits.of_activity(made) == []
    assert body(made)[-2]["inlines"][0]["text"] == both(texts.MORE)
    assert [action["title"] for action in actions(made)] == ["Next page"]


def test_what_was_typed_is_kept_however_long_it_is() -> None:
    """A form that comes back with an error has all of it, also beyond what may be sent."""
    asked = Form("t", "try.tell {}", "Send", (TextInput("text", "Words", "あ" * 600, max_length=300),))
    [element] = [one for one in drawing.form(asked)["body"] if one["type"] == "Input.Text"]
    assert element["value"] == "あ" * 600


def test_a_secret_shows_dots() -> None:
    """The client does not show what is typed."""
    drawn = drawing.form(Form("Passphrase", "x {}", "Send", (TextInput("word", "Passphrase", secret=True),)))
    assert [element["style"] for element in drawn["body"] if element["type"] == "Input.Text"] == ["password"]


def test_two_drawings_of_a_form_are_two_deeds() -> None:
    """The same form sent twice is one deed; asked again, it is another."""
    assert drawing.form(form()) != drawing.form(form())


@given(cards)
@example(Card("", ()))
@example(Card("x", tuple(Buttons(tuple(Button(f"{n}", "x {}") for n in range(10))) for _ in range(60))))
@example(Card("x", (Text("x" * 2999 + "\n" + "y" * 10),)))
def test_every_card_stays_within_the_limits(made: Card) -> None:
    """By the official schema, by size, and by what the schema lets through."""
    assert limits.of_activity(drawing.message(drawing.card(made), made.summary)) == []
    assert limits.of_card(drawing.card(made, Address("teams", "T" * 36, "19:" + "x" * 60))) == []


@given(forms)
def test_every_form_stays_within_the_limits(made: Form) -> None:
    """Whatever the house asks for."""
    assert limits.of_activity(drawing.message(drawing.form(made), made.title)) == []


def test_the_schema_is_here() -> None:
    """Without it these tests check less, and say so."""
    if limits.schema() is None:
        pytest.skip("no official schema beside the project or at ENISHI_CARD_SCHEMA: only our own rules were checked")
    assert limits.by_schema({"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "Nonsense"}]})


def test_a_chart_is_its_figures_below_its_picture() -> None:
    """The figures are always there; the picture where it can be fetched."""
    chart = Chart("From invitation to first words", (("Invited", 1200), ("Joined", 30)), "30 of 1,200 joined")
    kinds = [element["type"] for element in drawing.card(Card("s", (chart,)))["body"]]
    assert kinds == ["TextBlock", "RichTextBlock", "RichTextBlock"]
    shown = drawing.card(Card("s", illustrated((chart,), lambda _: "https://e.org/c.png")))["body"]
    assert (shown[1]["url"], shown[1]["altText"]) == ("https://e.org/c.png", chart.alt)
    assert [run["text"] for run in shown[2]["inlines"]] == ["Invited", "  1,200"]


def test_a_list_begins_below_its_label() -> None:
    """A value of one line stands beside its label, one of several below it."""
    lines = drawing.card(Card("s", (Facts((("When", "18:30"), ("Themes", "Work\nRest"))),)))["body"]
    said = ["".join(run["text"] for run in line["inlines"]) for line in lines]
    assert said == ["When  18:30", "Themes\nWork\nRest"]
