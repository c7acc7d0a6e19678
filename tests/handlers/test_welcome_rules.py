"""Joining and the first weeks as pure decisions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import mark
from handlers.welcome import cards, rules, texts
from storage.presets import KINDS, PRESETS, Level


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("0, 7, 21", [0, 7, 21]),
        ("０、７、２１日", [0, 7, 21]),
        ("3", [3]),
        ("0 30 60 90 365", [0, 30, 60, 90, 365]),
        ("", []),
        ("7, 0", None),
        ("7, 7", None),
        ("-1", None),
        ("1,2,3,4,5,6", None),
        ("366", None),
        ("soon", None),
        ("1.5", None),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, days: list[int] | None) -> None:
    """Some numbers in their order; anything else is refused and nothing guessed."""
    assert rules.days_of(typed) == days


@given(st.lists(st.integers(0, rules.LAST_DAY), unique=True, max_size=rules.STEPS_MAX).map(sorted))
def test_other_days_keep_the_words_of_each_letter(days: list[int]) -> None:
    """The first letter stays the first one, whatever day it comes."""
    settings = rules.Settings(steps=(rules.Step(day=1, ja="一", goal=rules.Goal.NONE), rules.Step(day=2, en="two")))
    steps = settings.on(days)
    assert [step.day for step in steps] == days
    assert [step.ja for step in steps[:1]] == ["一"][: len(days)]
    assert rules.Settings.read({"welcome": settings.model_copy(update={"steps": steps}).model_dump()}).steps == steps


@pytest.mark.parametrize(
    ("own", "filled"),
    [
        ("{name}さん、{community}へようこそ", "Ada {community}さん、みなとへようこそ"),
        ("{0} {name.__class__} {", "{0} {name.__class__} {"),
        ("", ""),
    ],
)
def test_a_text_of_the_secretariat_is_filled_and_never_run(own: str, filled: str) -> None:
    """Only two words mean something, and what they stand for is not read again."""
    assert rules.filled(own, "Ada {community}", "みなと") == filled


def test_settings_that_cannot_be_read_are_the_usual_ones() -> None:
    """A stored mistake does not stop anybody from joining."""
    assert rules.Settings.read({"welcome": {"steps": [{"day": "x"}]}}) == rules.Settings()
    assert [step.day for step in rules.Settings().steps] == [0, 7, 21]


def test_the_version_follows_every_word_that_is_agreed_to() -> None:
    """Another sentence, another version; the same sentences, the same one; kinds that say other things differ."""
    said = cards.agreed(PRESETS["alumni"])
    assert rules.version(said) == rules.version(list(said))
    assert rules.version(said) != rules.version([*said[:-1], mark("Something else.")])
    assert len({rules.version(cards.agreed(PRESETS[kind])) for kind in KINDS}) == 2


def test_every_level_says_who_sees_what() -> None:
    """In a line for the choice, and in full before it is raised."""
    assert set(texts.LEVELS) == set(texts.LEVEL_MEANS) == {int(level) for level in Level}
    assert rules.is_raised(Level.HIDDEN, Level.SECRETARIAT)
    assert not rules.is_raised(Level.OPEN, Level.HIDDEN)
