"""Groups by theme: everybody in one, even sizes, apart who asked to be, and a mix of kinds."""

from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.events.before import rules
from handlers.events.before.rules import Group, Guest, Made

THEMES = ("a", "b", "c")


def guests(*wishes: str, kinds: str = "") -> list[Guest]:
    """Guests 0, 1, …, each with the themes of one word; kinds one letter each."""
    return [Guest(str(n), kinds[n : n + 1] or "x", tuple(words)) for n, words in enumerate(wishes)]


def pair(one: int, other: int) -> frozenset[str]:
    """Two who are to be kept apart."""
    return frozenset({str(one), str(other)})


def sat(made: Made) -> list[tuple[str, int]]:
    """Theme and size of each group."""
    return [(group.theme, len(group.members)) for group in made.groups]


@pytest.mark.parametrize(
    ("wishes", "size", "expected"),
    [
        (["a"] * 4 + ["b"] * 4, 4, [("a", 4), ("b", 4)]),
        (["a"] * 7, 4, [("a", 4), ("a", 3)]),
        (["a"] * 9, 4, [("a", 3), ("a", 3), ("a", 3)]),
        (["a"] * 4 + ["b"], 4, [("a", 3), ("a", 2)]),  # a theme of one person does not take place
        (["a"] * 4 + ["bc"] + ["c"] * 3, 4, [("a", 4), ("c", 4)]),  # ... and their second wish does
        (["a"] * 4 + ["b", "", ""], 4, [("a", 4), ("b", 3)]),  # whoever chose nothing makes a thin theme whole
        (["ab"] * 8, 4, [("a", 4), ("b", 4)]),
        ([""] * 8, 4, [("a", 4), ("b", 4)]),
        (["c"], 4, [("c", 1)]),
    ],
)
def test_groups_by_theme(wishes: list[str], size: int, expected: list[tuple[str, int]]) -> None:
    """Who chose what, and the groups that come of it."""
    assert sat(rules.make(guests(*wishes), THEMES, size)) == expected


def test_kinds_are_mixed() -> None:
    """Alumni and staff are spread over the groups of a theme."""
    made = rules.make(guests(*["a"] * 12, kinds="aaaaaaaassss"), THEMES, 3)
    staff = [sum(int(who) >= 8 for who in group.members) for group in made.groups]
    assert staff == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("wishes", "size", "apart", "expected"),
    [
        (["a"] * 4, 4, [pair(0, 1)], [("a", 2), ("a", 2)]),  # smaller groups of the same theme
        (["a", "a", "a", "b", "b"], 4, [pair(0, 1)], [("a", 2), ("b", 3)]),  # or another theme
        (["ab", "ab", "a", "b"], 4, [pair(0, 1)], [("a", 2), ("b", 2)]),
    ],
)
def test_who_asked_is_kept_apart(
    wishes: list[str], size: int, apart: list[frozenset[str]], expected: list[tuple[str, int]]
) -> None:
    """Whoever does not want to sit together does not."""
    made = rules.make(guests(*wishes), THEMES, size, apart)
    assert made.kept
    assert sorted(sat(made)) == expected


def test_what_cannot_be_kept_is_said() -> None:
    """Three people, and nobody wants to sit with anybody: they sit together, and it is said that this was asked."""
    made = rules.make(guests("a", "a", "a"), ("a",), 4, [pair(0, 1), pair(1, 2), pair(0, 2)])
    assert sat(made) == [("a", 3)]
    assert not made.kept


def test_late_comers_join_and_nobody_moves() -> None:
    """They sit with a theme they chose, in the smallest group, and not with whom they asked not to."""
    made = Made((Group("a", ("p", "q")), Group("a", ("r", "s", "t")), Group("b", ("u",))), kept=True)
    late = [Guest("x", "k", ("a",)), Guest("y", "k", ("a",)), Guest("z", "k")]
    filled = rules.fill(made, late, [frozenset({"x", "p"})])
    assert [group.members for group in filled.groups] == [("p", "q", "y"), ("r", "s", "t", "x"), ("u", "z")]


WISHES = st.lists(st.sampled_from(["", "a", "b", "c", "ab", "bc", "ac"]), min_size=1, max_size=30)


@st.composite
def evenings(draw: st.DrawFn) -> tuple[list[Guest], int, set[frozenset[str]]]:
    """Guests with wishes and kinds, some hidden; a size, and who is to be kept apart."""
    wishes = draw(WISHES)
    many = len(wishes)
    kinds = draw(st.lists(st.sampled_from("ao"), min_size=many, max_size=many))
    hidden = draw(st.lists(st.booleans(), min_size=many, max_size=many))
    some = [
        Guest(str(n), kind, tuple(words), hides)
        for n, (words, kind, hides) in enumerate(zip(wishes, kinds, hidden, strict=True))
    ]
    pairs = st.tuples(st.integers(0, many - 1), st.integers(0, many - 1)).filter(lambda one: one[0] != one[1])
    apart = {pair(*one) for one in draw(st.lists(pairs, max_size=6))} if many > 1 else set()
    return some, draw(st.integers(3, 7)), apart


@settings(max_examples=150)
@given(evenings())
def test_everybody_sits_once_in_groups_of_even_sizes(
    evening: tuple[list[Guest], int, set[frozenset[str]]],
) -> None:
    """Whatever was chosen: one group each, no group too large, and those of a theme alike but for one."""
    some, size, apart = evening
    made = rules.make(some, THEMES, size, apart)
    assert sorted(who for group in made.groups for who in group.members) == sorted(one.id for one in some)
    clashes = any(together <= set(group.members) for group in made.groups for together in apart)
    assert made.kept is not clashes
    for theme in THEMES:
        sizes = [len(group.members) for group in made.groups if group.theme == theme]
        assert max(sizes, default=0) <= size
        assert max(sizes, default=0) - min(sizes, default=0) <= 1
        if not apart:
            seen = {one.id for one in some if not one.hidden}
            shown = [len(seen & set(group.members)) for group in made.groups if group.theme == theme]
            assert max(shown, default=0) - min(shown, default=0) <= 1


@settings(max_examples=100)
@given(evenings())
def test_one_wish_is_always_kept_among_four(evening: tuple[list[Guest], int, set[frozenset[str]]]) -> None:
    """From four people on, two who do not want to sit together never do."""
    some, size, apart = evening
    if len(some) > 3:
        assert rules.make(some, THEMES, size, list(apart)[:1]).kept


@settings(max_examples=60)
@given(st.integers(4, 7), st.integers(3, 4), st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=8))
def test_in_one_theme_nothing_possible_is_missed(many: int, size: int, wanted: set[tuple[int, int]]) -> None:
    """If any seating of one theme keeps everybody apart, one is found: compared with all there are."""
    apart = {pair(a, b) for a, b in wanted if a != b and max(a, b) < many}
    made = rules.make(guests(*["a"] * many), ("a",), size, apart)
    fewest = -(-many // size)

    def fits(seats: tuple[int, ...], groups: int) -> bool:
        counts = Counter(seats)
        even = len(counts) == groups and max(counts.values()) - min(counts.values()) <= 1
        return even and not any(seats[a] == seats[b] and pair(a, b) in apart for a, b in combinations(range(many), 2))

    possible = any(
        fits(seats, groups)
        for groups in range(fewest, max(fewest, many // 2) + 1)
        for seats in product(range(groups), repeat=many)
    )
    assert made.kept is possible


def test_hidden_members_among_few_change_nothing_that_is_seen() -> None:
    """Too few to cover somebody hidden: the others sit as if they were not there."""
    seen = guests("a", "a", "a", "a")
    alone = rules.make(seen, THEMES, 4, told=False)
    hidden = Guest("h", "x", ("a",), hidden=True)
    made = rules.make([*seen, hidden], THEMES, 4, told=False)
    assert [tuple(who for who in group.members if who != "h") for group in made.groups] == [
        group.members for group in alone.groups
    ]


def test_two_hundred_and_fifty_people_are_seated() -> None:
    """Everybody, and apart, when many want to be; the search ends after so many steps, however hard they make it."""
    many = [Guest(f"{n}", "as"[n % 3 == 0], tuple("abc"[n % 3 :][:2]), n % 9 == 0) for n in range(250)]
    apart = {pair(n, (n * 7 + 3) % 250) for n in range(0, 250, 2)} - {frozenset({str(n)}) for n in range(250)}
    made = rules.make(many, THEMES, 6, apart)
    assert made.kept
    assert sum(len(group.members) for group in made.groups) == 250
