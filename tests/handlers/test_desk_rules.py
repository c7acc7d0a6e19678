"""What the desk decides: who may give which role, which numbers may be seen, what comes next."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.desk.rules import Next, Refusal, Standing, following, month, refusal, shown, together
from storage.people import Role
from storage.presets import Level, preset

OWNER, WHOLE, HELPER = Standing(Role.OWNER), Standing(Role.SECRETARIAT), Standing(Role.SUPPORTER)
PART = Standing(Role.SECRETARIAT, frozenset({"roster"}))
NOBODY = Standing(Role.MEMBER)
STANDINGS = st.sampled_from([OWNER, WHOLE, PART, HELPER, NOBODY])
ALLY, ALUMNI = preset("ally", {}), preset("alumni", {})


@pytest.mark.parametrize(
    ("mine", "theirs", "wish", "owners", "myself", "expected"),
    [
        (OWNER, NOBODY, OWNER, 1, False, None),
        (OWNER, NOBODY, PART, 1, False, None),
        (OWNER, WHOLE, PART, 1, False, None),
        (OWNER, OWNER, NOBODY, 2, False, None),
        (OWNER, OWNER, NOBODY, 1, True, Refusal.LAST_OWNER),
        (OWNER, OWNER, WHOLE, 1, True, Refusal.LAST_OWNER),
        (OWNER, OWNER, WHOLE, 2, True, None),
        (OWNER, HELPER, HELPER, 1, False, Refusal.UNCHANGED),
        (WHOLE, NOBODY, HELPER, 1, False, None),
        (WHOLE, HELPER, NOBODY, 1, False, None),
        (WHOLE, NOBODY, WHOLE, 1, False, Refusal.OWNERS_ONLY),
        (WHOLE, NOBODY, OWNER, 1, False, Refusal.OWNERS_ONLY),
        (WHOLE, OWNER, NOBODY, 2, False, Refusal.OWNERS_ONLY),
        (WHOLE, WHOLE, NOBODY, 1, False, Refusal.OWNERS_ONLY),
        (WHOLE, WHOLE, HELPER, 1, True, None),
        (WHOLE, WHOLE, OWNER, 1, True, Refusal.OWNERS_ONLY),
        (PART, PART, WHOLE, 1, True, Refusal.OWNERS_ONLY),
        (PART, PART, NOBODY, 1, True, None),
        (PART, NOBODY, HELPER, 1, False, Refusal.NOT_ALL_WORK),
    ],
)
def test_who_may_give_what(
    mine: Standing, theirs: Standing, wish: Standing, owners: int, *, myself: bool, expected: Refusal | None
) -> None:
    """Owners name owners and the secretariat, the whole secretariat supporters; anybody may step down, but the last."""
    assert refusal(mine, theirs, wish, owners=owners, myself=myself) is expected


@given(mine=STANDINGS, theirs=STANDINGS, wish=STANDINGS, owners=st.integers(1, 3), myself=st.booleans())
def test_nobody_but_an_owner_raises_anybody_and_one_owner_stays(
    mine: Standing, theirs: Standing, wish: Standing, owners: int, *, myself: bool
) -> None:
    """Whatever is asked: no one gains the desk but by an owner, and the last owner keeps the role."""
    if myself:
        theirs = mine
    if refusal(mine, theirs, wish, owners=owners, myself=myself) is not None:
        return
    gains = wish.role in {Role.OWNER, Role.SECRETARIAT} and theirs.role in {Role.SUPPORTER, Role.MEMBER}
    assert mine.role is Role.OWNER or not gains
    assert theirs.role is not Role.OWNER or owners > 1
    assert theirs != wish


@given(st.dictionaries(st.sampled_from(["imported", "invited", "joined", "told"]), st.integers(0, 10_000)))
def test_no_small_number_is_seen_nor_found_by_subtracting(counts: dict[str, int]) -> None:
    """In an ALLY community every number is a multiple of five and at least five, and so is every difference."""
    seen = shown(counts, ALLY)
    assert all(number >= 5 for number in seen.values())
    assert all((one - other) % 5 == 0 for one, other in product(seen.values(), repeat=2))
    assert all(counts[stage] - 5 < number <= counts[stage] for stage, number in seen.items())


@given(st.integers(0, 40), st.integers(0, 40))
def test_hidden_members_are_counted_in_a_crowd_only(seen: int, hidden: int) -> None:
    """Fewer than five together: whoever is hidden is not counted."""
    counted = together({Level.MEMBERS: seen, Level.HIDDEN: hidden}, ALUMNI)
    assert counted == (seen + hidden if seen + hidden >= 5 else seen)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, Next.ROSTER),
        ({"imported": 0, "invited": 0, "joined": 3}, Next.ROSTER),
        ({"imported": 600, "invited": 0}, Next.WAVE),
        ({"imported": 600}, Next.WAVE),
        ({"imported": 600, "invited": 40}, Next.REST),
    ],
)
def test_what_comes_next(counts: dict[str, int], expected: Next) -> None:
    """The step after those already taken."""
    assert following(counts) is expected


def test_shown_numbers_change_with_the_month() -> None:
    """The last day and the first day are of two months."""
    assert month(date(2035, 4, 30)) != month(date(2035, 5, 1)) == month(date(2035, 5, 31))
