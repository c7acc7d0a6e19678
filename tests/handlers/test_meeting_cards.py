"""Cards and forms of meetings, at their largest, fit every surface and leave nothing out."""

import json
from datetime import date

import pytest

from bot.cards import Button, Buttons, Card
from bot.language import Reader
from bot.slack import drawing as slack
from bot.slack import texts as slack_texts
from bot.teams import drawing as teams
from bot.teams import texts as teams_texts
from handlers.events.meeting import actions, cards, cards_desk, cards_minutes, desk_actions
from handlers.events.meeting.cards_minutes import Kept
from handlers.events.meeting.rules import Agenda
from storage import decisions, minutes, todos
from storage.decisions import Decision
from storage.meetings import ITEMS_MAX, LINE_MAX, LINK_MAX, OWN_MAX, TITLE_MAX, Item, ItemState, Topic
from storage.minutes import Note, Outcome, Said
from storage.todos import Todo, TodoState
from tests.fakes import blocks
from tests.handlers.test_event_cards import TEAMS_MAX, _event

MORE = (slack_texts.MORE, teams_texts.MORE)  # said where something had to go
NAME = "縁" * 15 + "名"
DAY = date(2035, 12, 30)
VIEW_MAX = 250_000  # bytes of a window on Slack


def _topic() -> Topic:
    link = "https://example.org/".ljust(LINK_MAX, "x")
    return Topic(title="縁" * TITLE_MAX, line="線" * LINE_MAX, minutes=240, link=link)


def _items(state: ItemState = ItemState.OPEN) -> list[Item]:
    return [Item(f"{n:022}", "m" * 22, state, n, _topic(), asked=True) for n in range(ITEMS_MAX)]


def _notes() -> list[Note]:
    said = Said(title="縁" * TITLE_MAX, text={"ja": "録" * minutes.TEXT_MAX, "en": "n" * minutes.TEXT_MAX})
    return [Note("e" * 22, f"{n:022}", 9, Outcome.DECIDED, said) for n in range(30)]


def _decisions() -> list[Decision]:
    text = {"ja": "決" * decisions.TEXT_MAX, "en": "d" * decisions.TEXT_MAX}
    words = decisions.Words(text=text, title="縁" * TITLE_MAX, instead="2034-99")
    return [Decision(2035, 1000 + n, DAY, "e", "2036-1000", words) for n in range(30)]


def _cards(language: str) -> dict[str, Card]:
    reader, found, items = Reader(language), _event(2, 20), _items()
    agenda = Agenda(items[:50], items[50:], 9999, fixed=True)
    todo = Todo("t" * 22, "m" * 22, "e" * 22, TodoState.OFFERED, DAY, "事" * todos.WHAT_MAX)
    lines = [cards.todo_line(reader, todo, NAME)] * todos.OPEN_MAX
    kept = Kept(_notes(), _decisions())
    named = {one.id: NAME for one in items}
    body = cards.agenda(reader, agenda, named, lines)
    own = items[:OWN_MAX]
    return {
        "agenda": cards.agenda_card(reader, found, body, own, said=NAME, proposes=True, page="https://e.org/p"),
        "minutes": cards_minutes.full(reader, found, kept, lines, 0),
        "the end": cards_minutes.full(reader, found, kept, lines, 27),
        "decisions": cards.decisions(reader, kept.decisions, actions.Decisions(words="w" * 100)),
        "decision": cards.decision(reader, kept.decisions[0]),
        "items": cards_desk.items(reader, desk_actions.Items(event=found.id), items, NAME),
        "item": cards_desk.item(reader, found.id, items[0], NAME, first=False, last=False, words=NAME),
        "notes": cards_desk.minutes(reader, found, [(n.item, n.said.title, n) for n in kept.notes], 0, "", noted=True),
        "note": cards_desk.note(reader, found.id, items[0], kept.notes[0], decided=["2035-9999"] * 9, words=NAME),
        "todos": cards_desk.todos(reader, desk_actions.Todos(event=found.id), [todo] * 40, {todo.id: NAME}, NAME),
    }


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_largest_cards_fit(language: str) -> None:
    """A hundred items, forty things to do, texts as long as they may be: nothing is refused, and nothing cut off."""
    for name, card in _cards(language).items():
        message = slack.message(card)
        assert not blocks.of_message(message["blocks"], message["text"]), name
        buttons = [one for block in message["blocks"] for one in block.get("elements", []) if "action_id" in one]
        assert len(buttons) == len(card.buttons), name
        told = json.dumps(teams.card(card, None), ensure_ascii=False)
        assert len(told) * 2 < TEAMS_MAX, name
        for drawn in (json.dumps(message, ensure_ascii=False), told):
            assert not [said for said in (*MORE, *map(Reader("ja"), MORE)) if said in drawn], name
        assert all(len(one.buttons) <= 10 for one in card.pieces if isinstance(one, Buttons)), name
        assert any(isinstance(one, Button) for one in card.buttons), name


def test_a_form_shows_the_others_words_whole() -> None:
    """Two long notes that meet stand both in one window."""
    [other, *_] = _notes()
    typed = desk_actions.Noted(event="e" * 22, item="i" * 22, version=3, ja="私" * 2000, en="m" * 2000, outcome="done")
    form = cards_desk.note_form(Reader("ja"), typed, {"": "x"}, other)
    view = json.dumps(slack.form(form, "{}"), ensure_ascii=False)
    assert not [said for said in map(Reader("ja"), MORE) if said in view]
    assert "録" * 1000 in view
    assert len(view.encode()) < VIEW_MAX
