"""Cards and forms of questions without a name: at their largest they fit every surface."""

import json
from datetime import UTC, datetime

import pytest

from bot.cards import Button, Card
from bot.language import LANGUAGES, Reader
from bot.replies import Form
from bot.slack import drawing as slack
from bot.teams import drawing as teams
from handlers.events.asking import actions, cards, cards_desk, desk_actions
from handlers.hints import MOST, Hint, Sign
from storage.asked import Question, State
from storage.asking import WORDS_MAX
from storage.events import Event
from storage.events import State as EventState
from storage.programme import Archive
from tests.conversations.gathering import talk
from tests.fakes import adaptive_cards, blocks

NOW = datetime(2035, 4, 2, tzinfo=UTC)
TEAMS_MAX = 28_000  # bytes, counted as twice the characters

WORDS = "縁" * WORDS_MAX


def _event() -> Event:
    details, parts = talk()
    return Event("e" * 22, EventState.ANNOUNCED, 1, details, tuple(parts), NOW, Archive(), None, "", None)


def _some(state: State) -> list[Question]:
    return [Question(bytes([number]) * 16, state, WORDS, 7) for number in range(40)]


def _cards(reader: Reader) -> dict[str, Card]:
    found, url = _event(), "https://portal.example/sheet/questions/" + "e" * 22
    facts = [("a" * 30, "1")] * 5
    sift = desk_actions.Sift(event=found.id)
    return {
        "questions": cards.questions(reader, found, _some(State.SHOWN), set(), start=0, asks=True),
        "taken": cards.taken(reader, found.id, "A" * 16, "x" * 40),
        "page": cards_desk.page(reader, found, facts, WORDS, over=False, shared=False, screen=url),
        "new": cards_desk.sifted(reader, found, _some(State.NEW), sift, WORDS, over=False),
        "host": cards_desk.host(reader, found, _some(State.SHOWN), 5, screen=url),
    }


def _forms(reader: Reader) -> dict[str, Form]:
    typed = actions.Sent(event="e" * 22, words=WORDS)
    above = cards.promise(reader, ["縁" * 60] * 8, "teams", "x" * 40)
    found = [Hint(Sign.UNIT, "営" * 40)] * MOST
    merged = desk_actions.Merged(event="e" * 22, words=WORDS)
    black = desk_actions.Blacked(event="e" * 22, question="ab" * 16, state="new")
    return {
        "ask": cards.ask(reader, typed, above, error="x"),
        "hinted": cards.ask(reader, typed, above, found),
        "merge": cards_desk.merge(reader, _some(State.NEW) * 3, merged, {"which": "x"}),
        "black": cards_desk.black(reader, WORDS, black, "x"),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_largest_fit(language: str) -> None:
    """Nothing is refused, and no button is left out."""
    reader = Reader(language, "America/New_York")
    for name, card in _cards(reader).items():
        message = slack.message(card)
        assert not blocks.of_message(message["blocks"], message["text"]), name
        buttons = [one for block in message["blocks"] for one in block.get("elements", []) if "value" in one]
        assert len(buttons) == sum(isinstance(one, Button) for one in card.buttons), name
        assert len(json.dumps(teams.card(card, None), ensure_ascii=False)) * 2 < TEAMS_MAX, name
    for name, form in _forms(reader).items():
        assert not blocks.of_view(slack.form(form, "x" * 500)), name
        drawn = teams.form(form, None)
        assert not adaptive_cards.of_card(drawn), name
        assert len(json.dumps(drawn, ensure_ascii=False)) * 2 < TEAMS_MAX, name
