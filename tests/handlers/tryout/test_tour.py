import re
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from bot.cards import Button, Buttons, Card, Choice, Choices, Divider, Facts, Image, Link, Look, Text, TextInput, Tick
from bot.language import Reader
from bot.replies import Form, Silence
from handlers.checkins import rules
from handlers.checkins import texts as checkins
from handlers.deliveries import texts as deliveries
from handlers.events import texts_after as after
from handlers.events.before import texts as themes
from handlers.events.before import texts_pitch as slots
from handlers.events.day import sheet_texts as run_sheet
from handlers.events.day import texts as evening
from handlers.invite import texts as invite
from handlers.nudges import texts as nudges
from handlers.roster import texts as roster
from handlers.surveys.answering import texts as answering
from handlers.surveys.authoring import texts as authoring
from handlers.surveys.results import texts as results
from handlers.tryout import terminal, texts
from handlers.tryout.player import OffScript
from handlers.tryout.tour import BROWSER, play
from handlers.welcome import texts as welcome
from storage.batches import Fate
from storage.manners import Why
from tests.handlers.tryout.conftest import World

WIDTH = 80


def printed(*shown: RenderableType) -> str:
    paper = StringIO()
    console = Console(file=paper, width=WIDTH)
    for piece in shown:
        console.print(piece)
    return paper.getvalue()


async def tour(world: World, language: str) -> str:
    paper = StringIO()
    console = Console(file=paper, width=WIDTH)
    await play(console, world.database, world.install.take_turn, world.tryout.forward, language, quick=True)
    return paper.getvalue()


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_tour_tells_the_whole_story_and_ends(world: World, language: str) -> None:
    """From a file to a member, from a prompt to thanks, and the desk: each drawn from what was really answered."""
    shown = await tour(world, language)
    reader = Reader(language)
    steps = (
        reader(roster.NEW),
        reader(roster.CORRECT),
        reader(invite.WAVE_TITLE, picked=""),
        reader(invite.DRAFT_WHAT)[:20],
        "http://127.0.0.1:8000/i/",
        reader(invite.TICK),
        reader(welcome.HELLO_TITLE),
        reader(welcome.JOIN_LEVEL),
        reader(welcome.JOINED_SEEN, who="")[:4],
        reader(welcome.STEP_TITLE),
        reader(nudges.HELD),
        reader(nudges.REASONS[Why.OFF])[:10],
        reader(texts.EVENING, name="", command="")[-12:],
        reader(run_sheet.WHO),
        reader(evening.SAID["seated"])[:6],
        reader(evening.DOOR_CODE),
        reader(after.CONFIRM),
        reader(themes.YOU_CHOSE, themes="")[:6],
        reader(themes.GROUPS_DONE)[:10],
        reader(themes.GROUPED, number="", theme="")[:8],
        reader(slots.TOLD, count=3),
        reader(deliveries.FATE, label=reader(deliveries.FATES[Fate.HELD]), count=1),
        reader(checkins.CHANGE),
        reader(checkins.FORM_TITLE),
        reader(checkins.TOLD),
        reader(texts.NEWS)[:20],
        reader(checkins.SUMMARY_TITLE),
        reader(checkins.DESK_SAVED),
        reader(checkins.EVERY, count=1),
        reader(checkins.PREVIEW_TITLE),
        reader(authoring.FROZEN)[:10],
        reader(answering.TAKEN),
        reader(answering.HOME_REMINDER)[:12],
        reader(texts.SURVEY_RESULTS, name="", command="")[:12],
        reader(results.SHARE, percent=30),
        reader(answering.COUNTED, title="")[:6],
        reader(texts.END, command=BROWSER),
    )
    place = 0
    for step in steps:
        assert step in shown[place:], step
        place = shown.index(step, place)
    too_long = len(" ".join([reader(texts.NEWS)] * (rules.TEXT_MAX // len(reader(texts.NEWS)) + 1)))
    assert reader(checkins.TOO_LONG, over=too_long - rules.TEXT_MAX, max=rules.TEXT_MAX) in shown
    for fault in ("{", "}", "Traceback", "Error"):
        assert fault not in shown
    assert all(cell_len(line) <= WIDTH for line in shown.splitlines())
    assert reader(checkins.CONGRATS) in shown
    assert Reader("en")(checkins.CONGRATS) in shown  # the English reader has the same digest in English


async def test_a_tour_off_its_script_says_so(world: World) -> None:
    """When no prompt comes the tour stops, rather than showing something else."""

    async def stands_still(_: object) -> list[str]:
        return []

    console = Console(file=StringIO(), width=WIDTH)
    with pytest.raises(OffScript):
        await play(console, world.database, world.install.take_turn, stands_still, "ja", quick=True)


def test_every_piece_is_drawn_as_text() -> None:
    """Whatever a member wrote stays text: no markup, no colours of their own."""
    card = Card(
        "summary",
        (
            Text("[red]not red[/red]", Look.QUOTE),
            Text("Heading", Look.HEADING),
            Facts((("Label", "[b]value"),)),
            Image("https://example.com/a.png", "A cat"),
            Buttons((Button("Press 👏", "x"), Link("Open", "https://example.com"))),
            Divider(),
        ),
    )
    shown = printed(terminal.card(card))
    for words in ("[red]not red[/red]", "Heading", "Label", "[b]value", "A cat", "[Press 👏]", "[Open]"):
        assert words in shown
    assert printed(terminal.answer(Silence(), Reader("en"))).strip() == ""


def test_a_long_fact_is_broken_between_letters_and_never_cut() -> None:
    """Japanese has no blanks; a line of it goes on below, beside its label."""
    words = "3. 次にやってみたいことは何ですか。ここで力を借りられそうな方はいらっしゃいますか。"
    shown = printed(terminal.card(Card("s", (Facts((("話のきっかけ", words), ("日時", "19:00"))),))))
    assert "…" not in shown
    assert words.replace(" ", "") in re.sub(r"[│\s]", "", shown)


def test_a_form_shows_what_was_typed_and_what_is_wrong() -> None:
    """Values, the chosen option, ticks, and the sentence at the field it belongs to."""
    fields = (
        TextInput("text", "In your words", "港" * 200),
        Choice("audience", "Who?", (("all", "Everyone"), ("me", "Only me")), "me"),
        Choices("topics", "Which?", (("a", "News"), ("b", "Events")), ("b",)),
        Tick("agreed", "Agreed", value=True),
        TextInput("link", "Link"),
    )
    form = Form("Title", "x", "Send", fields, errors={"text": "Too long."})
    lines = printed(terminal.form(form, Reader("en"))).splitlines()
    shown = "\n".join(lines)
    assert "( ) Everyone  (*) Only me" in shown
    assert "[ ] News  [x] Events" in shown
    assert "[x]" in shown
    assert Reader("en")(texts.KEPT, count=200) in shown
    wrong = next(number for number, line in enumerate(lines) if "! Too long." in line)
    assert wrong < next(number for number, line in enumerate(lines) if "Who?" in line)
    assert {cell_len(line) for line in lines} == {terminal.WIDTH}
