"""How likely it is by chance: fixed points of a random order, rank correlation, and many tests at once."""

from collections.abc import Mapping, Sequence
from functools import cache
from math import erfc, exp, sqrt


@cache
def at_least(correct: int, n: int) -> float:
    """The chance that a random order of n puts so many, or more, in their right place."""
    if correct <= 0:
        return 1.0
    tail, factorial, derangements = 0.0, 1.0, _derangements(n)
    for m in range(1, n + 1):
        factorial *= m
        if m >= correct:
            tail += derangements[n - m] / factorial
    return min(1.0, tail)


@cache
def _derangements(n: int) -> list[float]:
    """Of each size up to n: the share of orders without a fixed point."""
    shares, term = [], 0.0
    sign, factorial = 1.0, 1.0
    for size in range(n + 1):
        if size:
            factorial *= size
            sign = -sign
        term += sign / factorial
        shares.append(term)
    return shares


def in_all(correct: int, runs: int) -> float:
    """The chance of so many right places, or more, in so many runs together: each has one on the average."""
    below, term = 0.0, exp(-runs)
    for m in range(correct):
        below += term
        term *= runs / (m + 1)
    return max(0.0, 1.0 - below)


def ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 0; equal values share one."""
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for at in order[start : end + 1]:
            found[at] = (start + end) / 2
        start = end + 1
    return found


def together(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's rho; 0 when one of them never changes."""
    a, b = ranks(one), ranks(other)
    middle = (len(a) - 1) / 2
    above = sum((x - middle) * (y - middle) for x, y in zip(a, b, strict=True))
    below = sqrt(sum((x - middle) ** 2 for x in a) * sum((y - middle) ** 2 for y in b))
    return above / below if below else 0.0


def by_chance(rho: float, n: int) -> float:
    """The chance of a rank correlation at least as strong, either way."""
    return erfc(abs(rho) * sqrt(n - 1) / sqrt(2))


def adjusted(found: Mapping[str, float]) -> dict[str, float]:
    """Holm: the chances, made honest for their number."""
    worst, told = 0.0, {}
    for at, (name, p) in enumerate(sorted(found.items(), key=lambda one: one[1])):
        worst = max(worst, min(1.0, p * (len(found) - at)))
        told[name] = worst
    return told
