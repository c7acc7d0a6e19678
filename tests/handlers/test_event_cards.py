"""Event cards at their largest fit every surface, and say nothing to whom it must not be said."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.cards import Button, Card
from bot.language import Reader
from bot.slack import drawing as slack
from bot.slack import texts as slack_texts
from bot.teams import drawing as teams
from bot.teams import texts as teams_texts
from handlers.events import cards, cards_desk, desk_actions, typed
from handlers.events.cards import Facing, Mine
from storage.events import Event, State
from storage.programme import Archive, Attendee, Details, Part
from storage.seating import Standing
from tests.fakes import blocks

NOW = datetime(2035, 4, 2, tzinfo=UTC)
EVENING = datetime(2035, 4, 20, 18, 30)  # noqa: DTZ001 - wall time
TEAMS_MAX = 28_000  # bytes, counted as twice the characters
LINK = "https://meet.example/" + "x" * 60
MORE = (slack_texts.MORE, teams_texts.MORE)  # said where something had to go
MARKUP = "<!channel> *b* @here <at>all</at> [l](https://e.org)"


def _event(parts: int, length: int) -> Event:
    """So many parts, every text of this length."""
    text = ("縁" * length)[:length]
    details = Details(
        title={"ja": MARKUP, "en": MARKUP},
        about={"ja": text * 3, "en": text * 3},
        languages=("ja", "en"),
        access={"ja": text},
        captions={"ja": text},
        guests=3,
        organisers=("a",),
    )
    programme = tuple(
        Part(
            id=f"{number:024}",
            words={"ja": text[:20]},
            starts_local=EVENING + timedelta(hours=number),
            ends_local=EVENING + timedelta(hours=number + 1),
            zone="Asia/Tokyo",
            place={"ja": text},
            link=LINK,
            capacity=20,
            shares={Attendee.ALUMNI: 12, Attendee.STAFF: 8},
        )
        for number in range(parts)
    )
    return Event("e" * 22, State.ANNOUNCED, 3, details, programme, NOW, Archive(), None, "", None)


def _facing(found: Event) -> Facing:
    ids = [part.id for part in found.parts]
    return Facing(
        id=found.id,
        details=found.details,
        parts=found.parts,
        now=NOW,
        taken=dict.fromkeys(ids, "20"),
        waiting=dict.fromkeys(ids, "5"),
        mine=dict.fromkeys(ids, Mine(Standing.GOING, 2)),
        organisers=("Sue", "Tom"),
    )


def _drawn(language: str) -> dict[str, Card]:
    reader = Reader(language, "America/New_York")
    found = _event(cards_desk.PARTS, 60)
    seen = _facing(found)
    wish = desk_actions.Parted(
        event=found.id, title_ja="縁" * typed.TITLE, place="縁" * typed.PLACE, link=LINK, starts="x", ends="x"
    )
    mine = cards.event(reader, seen)
    return {
        "mine": mine,
        "room": cards.event(reader, replace(seen, shared=True, mine={})),
        "desk": cards_desk.event(reader, found, seen, said="", dates=9, own=True),
        "preview": cards_desk.preview(reader, found.id, "going", "Asia/Tokyo", mine),
        "check": cards_desk.check_part(reader, wish, found.parts[0], "縁" * typed.TITLE, 12),
    }


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_largest_cards_fit(language: str) -> None:
    """Six parts, each with a long place: nothing is refused, and nothing had to be left out."""
    for name, card in _drawn(language).items():
        message = slack.message(card)
        assert not blocks.of_message(message["blocks"], message["text"]), name
        buttons = [
            element for block in message["blocks"] for element in block.get("elements", []) if "value" in element
        ]
        assert len(buttons) == sum(isinstance(one, Button) for one in card.buttons), name
        drawn = json.dumps([message, teams.card(card, None)], ensure_ascii=False)
        assert len(json.dumps(teams.card(card, None), ensure_ascii=False)) * 2 < TEAMS_MAX, name
        assert not [said for said in (*MORE, *map(Reader("ja"), MORE)) if said in drawn], name


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_link_is_for_those_who_are_coming(language: str) -> None:
    """It is neither in the room, nor shown to whoever waits, has a seat held, can't come, or has not answered."""
    reader, found = Reader(language), _event(2, 20)
    seen = _facing(found)
    others = [None, *(one for one in Standing if one not in {Standing.GOING, Standing.CAME})]
    views = [replace(seen, shared=True)]
    views += [replace(seen, mine={part.id: Mine(one, place=1) for part in found.parts}) for one in others]
    assert all(LINK not in str(cards.event(reader, view)) for view in views)
    assert LINK in str(cards.event(reader, seen))
    over = replace(seen, now=NOW + timedelta(days=30))
    assert LINK not in str(cards.event(reader, over))


def test_nothing_can_be_pressed_once_it_is_off() -> None:
    """A cancelled event's card says so and offers no answer."""
    card = cards.event(Reader("en"), replace(_facing(_event(1, 20)), state="cancelled"))
    assert [one.label for one in card.buttons] == ["Who is coming", "To my calendar", "All events"]
    assert "does not take place" in str(card.pieces)


def test_a_preview_cannot_be_pressed() -> None:
    """What the others' buttons say is written; the card's own lead to other previews and back."""
    card = _drawn("en")["preview"]
    presses = {one.press.split()[0] for one in card.buttons if isinstance(one, Button)}
    assert presses == {"events.preview", "events.run"}
