"""What may be shown of a sealed survey, and when the same may be asked again.  Pure.

Nobody may be picked out: not by a figure, not by what is left when figures are taken from each other, and not by the
same question asked again of nearly the same people.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from storage.questions import Manifest
from storage.tally import OTHER, WHOLE, Counts, Released, Shown

AGAIN = timedelta(days=90)  # after that the same question may be asked of whomever
_ENDS = ((20, 5), (10, 10), (0, 20))  # from so many people on, shares up to so many per cent are not told apart


def release(manifest: Manifest, counts: Counts) -> Released:
    """The figures that may be stored and shown; decided once, on the counts alone.

    Nothing below k people.  Groups smaller than k are merged with the next smallest until they hide each other, and
    are shown as one; when only that one is left, no group is shown.
    """
    if counts.counted < manifest.k:
        return Released((), with_texts=False)
    apart, merged = groups({one: n for one, n in counts.people.items() if one != WHOLE}, manifest.k)
    shown = [*_figures(WHOLE, [WHOLE], counts)]
    for segment in apart:
        shown += _figures(segment, [segment], counts)
    if merged and apart:
        shown += _figures(OTHER, merged, counts)
    return Released(tuple(shown), with_texts=counts.counted >= manifest.k_text, apart=tuple(apart))


def groups(people: dict[int, int], k: int) -> tuple[list[int], list[int]]:
    """Which groups are shown by themselves, and which together as one: both empty, or each of them of k or more.

    A group that is hidden alone could be had by subtraction, so the next smallest joins it.
    """
    by_size = sorted(people, key=lambda one: (people[one], one))
    hidden = [one for one in by_size if people[one] < k]
    apart = by_size[len(hidden) :]
    while hidden and apart and (len(hidden) == 1 or sum(people[one] for one in hidden) < k):
        hidden.append(apart.pop(0))
    return (apart, hidden) if apart else ([], [])


def share(count: int, of: int) -> str:
    """A share in per cent as it is shown: rounded to tens, its ends so wide that "everybody" is never certain."""
    if of <= 0:
        raise ValueError("a share of nobody")
    end = next(end for least, end in _ENDS if of >= least)
    percent, tens = 100 * count / of, 10 * ((20 * count + of) // (2 * of))  # halves up
    if percent <= end or tens <= end:
        return f"≤{end}"
    if percent >= 100 - end or tens >= 100 - end:
        return f"≥{100 - end}"
    return str(tens)


def _figures(shown_as: int, segments: list[int], counts: Counts) -> list[Shown]:
    people = sum(counts.people[one] for one in segments)
    found = []
    for question, options in counts.by_option[WHOLE].items():
        for option in options:
            count = sum(counts.by_option[one][question][option] for one in segments)
            found.append(Shown(question, shown_as, option, share(count, people)))
    return found


@dataclass(frozen=True, slots=True)
class Wave:
    """How a community has changed since an earlier survey, as far as monthly figures tell.

    `joined_since` became members in a later month than the one it was opened in; `joined_then` in that month, before or
    after it was opened: nobody keeps which.
    """

    asked_then: int
    members_now: int
    joined_since: int
    joined_then: int


def may_ask_again(earlier: Manifest, today: date, wave: Wave) -> bool:
    """Whether the same question may be asked: by the difference of two results nobody's answer may show.

    Within 90 days only if nobody, or at least k people, joined and left meanwhile, whichever way the month is read.
    """
    if today - earlier.opens_on >= AGAIN:
        return True
    for joined in range(wave.joined_since, wave.joined_since + wave.joined_then + 1):
        left = wave.asked_then + joined - wave.members_now
        if left >= 0 and any(0 < some < earlier.k for some in (joined, left)):
            return False
    return True
