"""What a kind begins with, what a community may set itself, and which words stay off lock screens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.presets import KINDS, PRESETS, K, Level, preset

SAYS_TOO_MUCH = [
    *(
        "LGBTの会からのお知らせ",
        "ＬＧＢＴＱ＋ News",
        "ALLY meeting",
        "Our allies",
        "アライの集い",
        "カミングアウトについて",
    ),
    *(
        "当事者の声",
        "Pride 2030",
        "Rainbow talk",
        "同性パートナー",
        "SOGIハラ",
        "coming  out",
        "性的指向",
        "ア\u200bライ",
    ),
]
SAYS_NOTHING = [
    *("縁からのお知らせ", "A short note from Enishi", "Really? Finally!", "アライアンスの定例会", "Rally in the alley"),
    *("ゲインとペイン", "みなとの縁", "Your home page", "What would you like to do?", ""),
]


@pytest.mark.parametrize("text", SAYS_TOO_MUCH)
def test_some_words_give_away_what_it_is_about(text: str) -> None:
    """In whatever width, case and spacing; only where a community is neutral."""
    assert PRESETS["ally"].gives_away(text)
    assert not PRESETS["alumni"].gives_away(text)


@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_others_do_not(text: str) -> None:
    """A word within another one is none."""
    assert not PRESETS["ally"].gives_away(text)


def test_a_community_adds_its_own_words() -> None:
    """Beside the usual ones where it is neutral, alone where it is not."""
    for kind in ("ally", "alumni"):
        own = preset(kind, {"words": ["にじ色", "Spectrum*"]})
        assert own.gives_away("にじ色の会")
        assert own.gives_away("spectrums")
        assert own.gives_away("LGBT") is (kind == "ally")


def test_what_protects_members_cannot_be_set_lower() -> None:
    """An ALLY community stays neutral and keeps its floor; what cannot be read changes nothing."""
    ally = preset("ally", {"floor": 1, "neutral": False, "months": 1})
    assert (ally.floor, ally.neutral, ally.months) == (5, True, 1)
    assert preset("ally", {"floor": 10}).floor == 10
    assert preset("ally", {"months": "often"}) == PRESETS["ally"]
    assert preset("alumni", {"level": 7}) == PRESETS["alumni"]
    assert preset("unheard of", {}) == PRESETS["ally"]
    assert PRESETS["ally"].level is Level.HIDDEN
    assert PRESETS["alumni"].level is Level.MEMBERS


@given(st.integers(0, 200), st.sampled_from(KINDS))
def test_counts_are_told_as_the_kind_allows(count: int, kind: str) -> None:
    """Below the floor only that it is below; above, nobody sees a single person come or go."""
    one = preset(kind, {})
    shown = one.shown(count)
    if one.floor == 1:
        assert shown == str(count)
    elif count < one.floor:
        assert shown == "< 5"
    else:
        assert int(shown.rstrip("+")) == one.rounded(count) <= count
        assert one.rounded(count) % one.floor == 0


@given(st.integers(0, 20), st.integers(0, 20))
def test_hidden_people_are_counted_only_among_five(seen: int, hidden: int) -> None:
    """A smaller number is that of those who can be seen, whoever else there is."""
    count = PRESETS["alumni"].counted(seen, hidden)
    assert count == (seen + hidden if seen + hidden >= K else seen)
