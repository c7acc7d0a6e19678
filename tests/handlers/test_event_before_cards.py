"""Cards of what comes before an event, at their largest, fit every surface and leave nothing out."""

import json

import pytest

from bot.cards import Button, Buttons, Card, Facts, Look, Piece, Text
from bot.language import Reader
from bot.slack import drawing as slack
from bot.slack import texts as slack_texts
from bot.teams import drawing as teams
from bot.teams import texts as teams_texts
from handlers.events.before import cards_desk, cards_pitch, circle
from handlers.events.before.cards_pitch import Seen
from storage.grouping import PROMPT_MAX, PROMPTS, SIZE_MAX, SLOTS_MAX, THEME_MAX, THEMES_MAX, Slots, Theme, Themes
from storage.pitches import LINE_MAX, TITLE_MAX, Answer, Pitch, Presenter
from tests.fakes import blocks
from tests.handlers.test_event_cards import TEAMS_MAX, _event

MORE = (slack_texts.MORE, teams_texts.MORE)  # said where something had to go
THEME = "縁" * THEME_MAX
NAME = "縁" * 15 + "名"  # of a member
NAMED = 3  # letters at the end, by which it is known that all is there


def _cards(language: str) -> dict[str, Card]:
    reader, found = Reader(language), _event(2, 20)
    themes = tuple(Theme(id=f"{n}", words=THEME) for n in range(THEMES_MAX))
    now = Themes(
        themes=themes,
        size=SIZE_MAX,
        minutes=240,
        prompts=("縁" * (PROMPT_MAX - 1) + "問",) * PROMPTS,
        groups=themes * 9,
    )
    names = "・".join([NAME] * SIZE_MAX)
    some = [(n + 1, names) for n in range(cards_desk.PAGE)]
    facts = circle.facts(reader, now, "\n".join([NAME] * SIZE_MAX))
    shown: list[Piece] = [Text(circle.title(reader, now, 72), Look.HEADING), Facts(tuple(facts))]
    pitch = Pitch(title="縁" * TITLE_MAX, line="縁" * LINE_MAX, place=SLOTS_MAX)
    presenters = [Seen(Presenter(f"{n:032}", Answer.YES, pitch), NAME) for n in range(SLOTS_MAX)]
    set_up = [("x", f"{THEME}: 25\n" * (THEMES_MAX - 1) + f"{THEME}: 250")]
    slots = cards_pitch.section(reader, found, Slots(number=SLOTS_MAX, minutes=9), 60, SLOTS_MAX)
    others = [(f"{n:032}", NAME) for n in range(SIZE_MAX)]
    return {
        "groups": cards_desk.groups(reader, found, now, some, start=0, without="9", said=THEME),
        "group": cards_desk.group(reader, found, 72, shown),
        "swap": cards_desk.swap_with(reader, found.id, ("m", NAME), others, 72),
        "page": cards_desk.page(reader, found, [cards_desk.themes(reader, found, now, set_up), slots]),
        "programme": Card("x", tuple(cards_pitch.programme(reader, presenters))),
        "presenters": cards_pitch.listed(reader, found, presenters, 0, THEME),
        "one": cards_pitch.one_pitch(reader, found, presenters[0], SLOTS_MAX, THEME),
    }


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_largest_cards_fit(language: str) -> None:
    """Eight groups of twenty, a programme of twelve: nothing is refused, and nothing had to be left out."""
    for name, card in _cards(language).items():
        message = slack.message(card)
        assert not blocks.of_message(message["blocks"], message["text"]), name
        buttons = [one for block in message["blocks"] for one in block.get("elements", []) if "value" in one]
        assert len(buttons) == sum(isinstance(one, Button) for one in card.buttons), name
        told = json.dumps(teams.card(card, None), ensure_ascii=False)
        assert len(told) * 2 < TEAMS_MAX, name
        for drawn in (json.dumps(message, ensure_ascii=False), told):
            assert not [said for said in (*MORE, *map(Reader("ja"), MORE)) if said in drawn], name
            ends = [one.facts[-1][1].splitlines()[-1][-NAMED:] for one in card.pieces if isinstance(one, Facts)]
            assert all(end in drawn for end in ends), name
        assert all(len(one.buttons) <= 10 for one in card.pieces if isinstance(one, Buttons)), name
