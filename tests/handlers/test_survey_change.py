"""What shown shares tell, and what they do not."""

from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.surveys.results.change import Change, change, limits, middle
from handlers.surveys.rules import share


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        *(("30", "50", Change(20)), ("50", "30", Change(-20)), ("40", "40", Change(0))),
        *(("≤5", "40", Change(30, at_least=True)), ("40", "≤5", Change(-30, at_least=True))),
        *(("≤20", "≥80", Change(50, at_least=True)), ("≤5", "20", Change(10, at_least=True))),
        *(("≤5", "≤5", None), ("≤5", "10", None), ("90", "≥95", None), ("≥80", "≥95", None), ("≤20", "30", None)),
    ],
)
def test_a_change_is_told_where_the_shown_shares_tell_one(before: str, after: str, told: Change | None) -> None:
    """In points; of a bound at least so many; nothing where the bound leaves it open."""
    assert change(before, after) == told


def counts(least: int = 5, most: int = 400) -> st.SearchStrategy[tuple[int, int]]:
    """Some of so many people."""
    return st.integers(least, most).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(counts())
def test_a_shown_share_stands_for_what_its_limits_say(one: tuple[int, int]) -> None:
    """The true share lies within them."""
    least, most = limits(share(*one))
    assert least <= 100 * one[0] / one[1] <= most


@given(counts(), counts())
def test_a_change_that_is_told_happened(before: tuple[int, int], after: tuple[int, int]) -> None:
    """The true one is within ten points, or at least as large; the other way round it is the opposite."""
    shown = share(*before), share(*after)
    told = change(*shown)
    back = change(shown[1], shown[0])
    assert (back and (-back.points, back.at_least)) == (told and (told.points, told.at_least))
    if told is None:
        return
    true = 100 * after[0] / after[1] - 100 * before[0] / before[1]
    if told.at_least:
        assert true * (1 if told.points > 0 else -1) >= abs(told.points)
    else:
        assert abs(true - told.points) <= 10


@given(counts(5, 40), counts(5, 40))
def test_a_change_tells_no_more_than_both_results(before: tuple[int, int], after: tuple[int, int]) -> None:
    """It holds for every two counts that would be shown alike, so by it none of them is ruled out."""
    told = change(share(*before), share(*after))
    if told is None:
        return

    def alike(count: int, of: int) -> list[float]:
        return [100 * other / of for other in range(of + 1) if share(other, of) == share(count, of)]

    for one in alike(*before):
        for other in alike(*after):
            if told.at_least:
                assert (other - one) * (1 if told.points > 0 else -1) >= abs(told.points)
            else:
                assert abs(other - one - told.points) <= 10


@given(st.lists(st.integers(-1, 10), min_size=5, max_size=80))
def test_the_middle_of_a_scale_lies_where_it_is_said(given_: list[int]) -> None:
    """Half of those who answered are at or below it."""
    shown = {step: share(given_.count(step), len(given_)) for step in range(-1, 11)}
    found = middle([shown[step] for step in range(11)], shown[-1])
    answered = [one for one in given_ if one >= 0]
    if found and answered:
        assert found[0] <= median_low(answered) <= found[1]


@pytest.mark.parametrize(
    ("steps", "nothing", "found"),
    [
        (["≤5"] * 7 + ["80", "≤5", "≤5", "≤5"], "≤5", (7, 7)),
        (["≤5"] * 6 + ["30", "40", "20", "≤5", "≤5"], "≤5", (6, 7)),
        (["≤20"] * 11, "≤20", None),
        (["≤5"] * 11, "≥95", None),
    ],
)
def test_a_wide_middle_is_not_told(steps: list[str], nothing: str, found: tuple[int, int] | None) -> None:
    """Where it could be nearly anywhere, and where nearly nobody answered, nothing is said."""
    assert middle(steps, nothing) == found
