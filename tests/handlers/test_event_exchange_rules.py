"""Who would like to talk with whom: a no looks like no answer, and the largest cards fit."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import Button, Card
from bot.language import Reader
from bot.slack import drawing as slack
from bot.teams import drawing as teams
from handlers.events.exchange import cards, rules
from handlers.events.exchange.rules import NOTHING, Between
from handlers.events.exchange.slips import Shown
from storage.communities import Community
from storage.exchange import LINE_MAX, REACH_MAX, Pair, Slip
from storage.keys import Keys
from storage.people import Member, Role
from storage.presets import Level
from tests.fakes import blocks
from tests.handlers.test_event_before_cards import MORE, NAME
from tests.handlers.test_event_cards import NOW, TEAMS_MAX, _event

DEEDS = ("ask", "take_back", "gladly", "leave")
Deeds = list[tuple[bool, str]]  # by the second of the two, and what


def _does(pair: Pair, second: bool, deed: str) -> Pair:  # noqa: FBT001 - as drawn
    mine, theirs = reversed(pair) if second else pair
    if deed in {"gladly", "leave"}:
        new = rules.answer(mine, theirs, yes=deed == "gladly")
    else:
        new = {"ask": rules.ask, "take_back": rules.take_back}[deed](mine, theirs)
    return (new[1], new[0]) if second else new


def _after(deeds: Deeds) -> Pair:
    pair = NOTHING
    for second, deed in deeds:
        pair = _does(pair, second, deed)
    return pair


some = st.lists(st.tuples(st.booleans(), st.sampled_from(DEEDS)), max_size=8)


@given(some, st.lists(st.sampled_from(DEEDS), max_size=6))
def test_a_no_looks_like_no_answer(before: Deeds, then: list[str]) -> None:
    """Whatever was before, and whatever whoever asked does from then on: they see the same either way."""
    silent = _after(before)
    left = _does(silent, second=True, deed="leave")
    for deed in (None, *then):
        if deed:
            silent, left = (_does(one, second=False, deed=deed) for one in (silent, left))
        assert rules.between(*silent) is rules.between(*left)


@given(some)
def test_two_agree_on_whether_both_would(deeds: Deeds) -> None:
    """Both know it or neither; it stays so; and nobody is wanted by somebody who does not ask."""
    mine, theirs = _after(deeds)
    ours, yours = rules.between(mine, theirs), rules.between(theirs, mine)
    assert (ours is Between.BOTH) is (yours is Between.BOTH)
    assert ours is not Between.WANTED or (yours is Between.ASKED and theirs.wants)
    for second, deed in ((second, deed) for second in (False, True) for deed in DEEDS):
        if ours is Between.BOTH:
            assert _does((mine, theirs), second, deed) == (mine, theirs)


@pytest.mark.parametrize(
    ("deeds", "seen"),
    [
        ([(False, "ask")], (Between.ASKED, Between.WANTED)),
        ([(False, "ask"), (True, "gladly")], (Between.BOTH, Between.BOTH)),
        ([(False, "ask"), (True, "ask")], (Between.BOTH, Between.BOTH)),
        ([(False, "ask"), (True, "leave")], (Between.ASKED, Between.NOTHING)),
        ([(False, "ask"), (True, "leave"), (True, "ask")], (Between.BOTH, Between.BOTH)),
        ([(False, "ask"), (False, "take_back"), (True, "gladly")], (Between.NOTHING, Between.NOTHING)),
        ([(False, "ask"), (True, "leave"), (False, "take_back"), (False, "ask")], (Between.ASKED, Between.NOTHING)),
    ],
)
def test_how_it_stands(deeds: Deeds, seen: tuple[Between, Between]) -> None:
    """As each of the two may know it."""
    mine, theirs = _after(deeds)
    assert (rules.between(mine, theirs), rules.between(theirs, mine)) == seen


def _shown(keys: Keys) -> Shown:
    here = Community(keys, "c", "みなとの縁", "alumni", "ja", "Asia/Tokyo", keys.seal("{}"))
    profile = keys.seal(json.dumps({"name": NAME}))
    member = Member(
        "m", here, Role.MEMBER, frozenset(), "", "", Level.OPEN, None, NOW.date(), NOW.date(), profile, keys
    )
    text = "縁" * (LINE_MAX - 3)
    slip = Slip(seeks=f"{text}始め人", offers=f"{text}終わり", reach="縁" * REACH_MAX)
    return Shown("k" * 32, member, slip)


def _cards(language: str, keys: Keys) -> dict[str, Card]:
    reader, found, who = Reader(language), _event(1, 20), _shown(keys)
    some = [(replace(who, key=f"{n:032}"), Between.BOTH) for n in range(cards.PAGE * 2)]
    return {
        "listed": cards.listed(reader, found, some, 0, words="縁" * cards.WORDS_MAX, said=NAME),
        **{str(how): cards.one(reader, found, who, how) for how in Between},
        "preview": cards.preview(reader, found, who, who),
    }


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_largest_cards_fit(language: str, keys: Keys) -> None:
    """A full page of full cards is refused nowhere, and nothing had to be left out."""
    for name, card in _cards(language, keys).items():
        message = slack.message(card)
        assert not blocks.of_message(message["blocks"], message["text"]), name
        buttons = [one for block in message["blocks"] for one in block.get("elements", []) if "value" in one]
        assert len(buttons) == sum(isinstance(one, Button) for one in card.buttons), name
        told = json.dumps(teams.card(card, None), ensure_ascii=False)
        assert len(told) * 2 < TEAMS_MAX, name
        for drawn in (json.dumps(message, ensure_ascii=False), told):
            assert not [said for said in (*MORE, *map(Reader("ja"), MORE)) if said in drawn], name
            least = cards.PAGE if name == "listed" else 1
            assert min(drawn.count("始め人"), drawn.count("終わり")) >= least, name
