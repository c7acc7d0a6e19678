"""What a form will look like on each surface, in words and shapes."""

import pytest

from bot.actions import stamped as packed
from bot.cards import Buttons, Card, Choice, Choices, Facts, Field, Link, Look, Text, TextInput, Tick
from bot.portal.previews import Draw, Line, screen
from bot.replies import Form, stamped
from bot.slack import drawing as slack
from bot.teams import drawing as teams

SCREENS: dict[str, Draw | None] = {"slack": lambda form: slack.form(form, ""), "teams": teams.form, "portal": None}
FEW = (("0", "弁当 & co."), ("1", "食堂 (1F)"))
MANY = tuple((str(n), f"選択肢 {n}") for n in range(8))
FIELDS: tuple[Field, ...] = (
    Choice("a", "1. 昼食は？", FEW, hint="一つ"),
    Choice("b", "2. どれ？", MANY),
    Choices("c", "3. いくつでも", FEW),
    TextInput("d", "4. ほかには？", lines=4),
    TextInput("e", "5. ひとこと"),
    Tick("f", "6. はい"),
)


def shown(surface: str, form: Form) -> list[Line]:
    """What stands on a screen."""
    return list(screen(surface, form, SCREENS[surface]).lines)


@pytest.mark.parametrize("surface", SCREENS)
def test_every_question_is_there_in_its_shape(surface: str) -> None:
    """Its words and options as they are read, and what kind of input it is there."""
    intro = (Text("前書き", Look.QUIET), Facts((("締切", "4月16日"),)), Buttons((Link("約束", "https://x.example"),)))
    lines = shown(surface, Form("お昼", "x {}", "送る", FIELDS, intro))
    inputs = [line for line in lines if line.look in {"radio", "select", "check", "box", "line"}]
    assert [line.look for line in inputs] == ["radio", "select", "check", "box", "line", "check"]
    assert [line.text or line.options[0] for line in inputs] == [field.label for field in FIELDS]
    assert inputs[0].options == tuple(label for _, label in FEW)
    assert len(inputs[1].options) == len(MANY)
    told = " ".join(f"{line.text} {line.hint}" for line in lines)
    assert all(words in told for words in ("前書き", "締切", "4月16日", "一つ"))
    assert [line.runs for line in lines if line.runs] == [(("締切", True), ("  4月16日", False))]
    buttons = [line.text for line in lines if line.look == "button"]
    assert buttons[-1] == "送る"


@pytest.mark.parametrize("surface", ["slack", "teams"])
def test_what_does_not_fit_is_shown_as_it_will_be(surface: str) -> None:
    """A form that a chat cannot hold shows what the chat shows instead; the page has all of it."""
    long = tuple(TextInput(f"q{n}", f"質問 {n} " + "あ" * 250, lines=4, max_length=1000) for n in range(40))
    form = Form("長い", "x {}", "送る", long, otherwise=Card("長い", (Text("ページへどうぞ"),)))
    assert [line.text for line in shown(surface, form) if line.look != "button"] == ["ページへどうぞ"]
    assert sum(line.look == "box" for line in shown("portal", form)) == 40


def test_a_preview_belongs_to_the_community_of_its_form() -> None:
    """Where one account is in several, the question asked while somebody types says which one it is about."""
    form = Form("t", "x {}", "送る", (), preview="y {}")
    made = stamped(form, "here")
    assert isinstance(made, Form)
    assert made.preview == packed("y {}", "here")
    assert isinstance(stamped(Form("t", "x {}", "送る", ()), "here"), Form)
