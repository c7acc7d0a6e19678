"""What shown shares tell: of a change between two surveys, and of the middle of a scale.  Pure.

Nothing here has ever seen a count.  It gets the strings that everybody may read, so it cannot say more than they do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HALF = 5  # a share that is shown as tens lies within so many points of it
MEANS = 10  # points of a change from which on a share shown by its bound tells of one
NARROW = 2  # steps of a scale between which its middle is worth telling


@dataclass(frozen=True, slots=True)
class Change:
    """How a share changed, in points.  `at_least`: so much or more, since one of both is shown by its bound."""

    points: int
    at_least: bool = False


def is_bound(shown: str) -> bool:
    """Whether a share is shown as "at most" or "at least"."""
    return shown[:1] in {"≤", "≥"}


def limits(shown: str) -> tuple[int, int]:
    """The least and the most per cent that a shown share may stand for (`rules.share`)."""
    number = int(shown.lstrip("≤≥"))
    if shown.startswith("≤"):
        return 0, number if number == HALF else number + HALF
    if shown.startswith("≥"):
        return number if number == 100 - HALF else number - HALF, 100
    return number - HALF, number + HALF


def change(before: str, after: str) -> Change | None:
    """How a share changed; None where bounds leave open whether it did."""
    if not is_bound(before) and not is_bound(after):
        return Change(int(after) - int(before))
    (least, most), (least_now, most_now) = limits(before), limits(after)
    if least_now - most >= MEANS:
        return Change(least_now - most, at_least=True)
    if most_now - least <= -MEANS:
        return Change(most_now - least, at_least=True)
    return None


def middle(steps: Sequence[str], nothing: str) -> tuple[int, int] | None:
    """Between which steps of a scale half of those who answered lie, where the shown shares make that certain.

    `steps` are the shares of its steps, `nothing` that of "no answer".  None: between more than `NARROW` steps.
    """
    known = [limits(one) for one in steps]
    beside = limits(nothing)

    def of(part: range) -> tuple[int, int]:
        rest = [known[one] for one in range(len(known)) if one not in part] + [beside]
        least = max(sum(known[one][0] for one in part), 100 - sum(one[1] for one in rest))
        most = min(sum(known[one][1] for one in part), 100 - sum(max(0, one[0]) for one in rest))
        return least, most

    lowest = highest = len(known) - 1
    for step in range(len(known)):
        (least, most), (least_above, most_above) = of(range(step + 1)), of(range(step + 1, len(known)))
        if most >= least_above:
            lowest = min(lowest, step)
        if least >= most_above:
            highest = step
            break
    return (lowest, highest) if highest - lowest <= NARROW else None


def changes(before: Mapping[int, str], after: Mapping[int, str]) -> dict[int, Change]:
    """By option, what was shown both times and tells of a change."""
    found = {one: change(before[one], after[one]) for one in after if one in before}
    return {one: told for one, told in found.items() if told}
