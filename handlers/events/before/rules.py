"""Groups of those who come: by theme, of even sizes, mixed, and without those who asked not to sit together; pure.

What goes before what: everybody is in exactly one group; groups of a theme differ in size by one at most; whoever asked
to be kept apart is, if need be in smaller groups of the theme, and if that does not do, in another theme; then what
they chose; then a mix of kinds.  Hidden members are seated last, so that those who can be seen are spread evenly among
themselves, whether or not somebody sits there whom nobody sees.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil

Pairs = Collection[frozenset[str]]
STEPS = 4000  # of looking for seats in one theme, after which the best found is taken
TRIES = 60  # of moving somebody to another theme


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who comes.  `themes`: which they chose, one or two, or none; none is as good as any."""

    id: str
    kind: str
    themes: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Who sits together."""

    theme: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """The groups; `kept`: nobody sits with whom they asked not to."""

    groups: tuple[Group, ...]
    kept: bool


def make(guests: Sequence[Guest], themes: Sequence[str], size: int, apart: Pairs = (), *, told: bool = True) -> Made:
    """Groups of at most `size`.

    `told`: hidden members are so well covered that they count for how many groups there are; otherwise they join the
    groups that are made without them.
    """
    first = [one for one in guests if told or not one.hidden]
    rest = [one for one in guests if not (told or not one.hidden)]
    if not first:
        first, rest = rest, []
    foes = _foes(apart)
    by_theme = _resolved(_by_theme(first, themes, size), themes, size, foes)
    groups = [
        Group(theme, tuple(one.id for one in members))
        for theme in themes
        for members in (_seated(by_theme[theme], size, foes)[0] if by_theme.get(theme) else ())
    ]
    made = Made(tuple(groups), kept=not _together((group.members for group in groups), foes))
    return fill(made, rest, apart) if rest else made


def fill(made: Made, late: Sequence[Guest], apart: Pairs = ()) -> Made:
    """Whoever came later joins a group of a theme they chose, the smallest; everybody else stays."""
    foes, groups = _foes(apart), [list(group.members) for group in made.groups]
    for one in late:
        best = min(
            range(len(groups)),
            key=lambda n: (
                len(foes.get(one.id, set()) & set(groups[n])),
                bool(one.themes) and made.groups[n].theme not in one.themes,
                len(groups[n]),
                n,
            ),
        )
        groups[best].append(one.id)
    filled = tuple(Group(old.theme, tuple(new)) for old, new in zip(made.groups, groups, strict=True))
    return Made(filled, kept=not _together(groups, foes))


def timing(minutes: int) -> tuple[int, int, int]:
    """Minutes to introduce oneself, to talk, and to sum up."""
    first, last = minutes // 4, minutes // 8
    return first, minutes - first - last, last


# --- who takes which theme -----------------------------------------------------------------------


def _by_theme(guests: Sequence[Guest], themes: Sequence[str], size: int) -> dict[str, list[Guest]]:
    """What each chose, as far as a theme finds enough people: half a group, and two at least."""
    least = max(2, ceil(size / 2))
    wishes = {one.id: [theme for theme in themes if theme in one.themes] for one in guests}
    if not any(wishes.values()):
        open_ = list(themes)[: max(1, ceil(len(guests) / size))]
        return {theme: list(guests[n :: len(open_)]) for n, theme in enumerate(open_)}
    places: dict[str, list[Guest]] = {theme: [] for theme in themes if any(theme in some for some in wishes.values())}
    free: list[Guest] = []
    _sort_in(sorted(guests, key=lambda one: len(wishes[one.id]) or len(themes) + 1), wishes, places, free, size)
    while len(places) > 1 and (thin := [theme for theme in places if len(places[theme]) < least]):
        nearest = max(thin, key=lambda theme: len(places[theme]))
        lacks = least - len(places[nearest])
        if places[nearest] and len(free) >= lacks:
            places[nearest] += [free.pop() for _ in range(lacks)]
        else:
            lost = places.pop(min(thin, key=lambda theme: len(places[theme])))
            _sort_in(lost, wishes, places, free, size)
    for one in free:
        places[_roomiest(places, places, size)].append(one)
    return places


def _sort_in(
    some: Iterable[Guest],
    wishes: Mapping[str, Sequence[str]],
    places: dict[str, list[Guest]],
    free: list[Guest],
    size: int,
) -> None:
    for one in some:
        open_ = [theme for theme in wishes[one.id] if theme in places]
        (places[_roomiest(open_, places, size)] if open_ else free).append(one)


def _roomiest(among: Iterable[str], places: Mapping[str, Sequence[Guest]], size: int) -> str:
    """The theme in whose groups there is most room; if all are full, the smallest."""

    def room(theme: str) -> tuple[int, int]:
        count = len(places[theme])
        return -(-count % size), count

    return min(among, key=room)


# --- keeping apart -------------------------------------------------------------------------------


def _foes(apart: Pairs) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for pair in apart:
        for one, other in ((a, b) for a in pair for b in pair if a != b):
            found.setdefault(one, set()).add(other)
    return found


def _together(groups: Iterable[Collection[str]], foes: Mapping[str, set[str]]) -> int:
    """How many sit with somebody they should not: each pair once."""
    return sum(
        other in foes.get(one, ())
        for members in groups
        for one, other in combinations([who for who in members if who in foes], 2)
    )


def _clashes(guests: Sequence[Guest], size: int, foes: Mapping[str, set[str]]) -> int:
    seated, _ = _seated(guests, size, foes)
    return _together(([one.id for one in group] for group in seated), foes)


def _resolved(
    places: dict[str, list[Guest]], themes: Sequence[str], size: int, foes: Mapping[str, set[str]]
) -> dict[str, list[Guest]]:
    """Where a theme has no room to keep some apart, one of them takes another, best one that they chose, too."""
    clashes = {theme: _clashes(guests, size, foes) for theme, guests in places.items()}
    tries = 0
    while tries < TRIES and (bad := next((theme for theme, count in clashes.items() if count), None)):
        here = {one.id for one in places[bad]}
        movable = [one for one in places[bad] if foes.get(one.id, set()) & here]
        others = [theme for theme in themes if theme != bad and (theme in places or not places[bad][1:])]
        ways = [(theme not in one.themes, n, theme) for n, one in enumerate(movable) for theme in others]
        for _, n, theme in sorted(ways):
            tries += 1
            left = [one for one in places[bad] if one is not movable[n]]
            more = [*places.get(theme, []), movable[n]]
            now = _clashes(left, size, foes), _clashes(more, size, foes)
            if sum(now) < clashes[bad] + clashes.get(theme, 0):
                places[bad], places[theme] = left, more
                clashes[bad], clashes[theme] = now
                break
            if tries >= TRIES:
                return places
        else:
            return places
    return places


# --- who sits where ------------------------------------------------------------------------------


def _seated(guests: Sequence[Guest], size: int, foes: Mapping[str, set[str]]) -> tuple[list[list[Guest]], bool]:
    """The groups of one theme; more and smaller ones, of two at least, where that keeps people apart."""
    ids = {one.id for one in guests}
    wary = [one for one in guests if foes.get(one.id, set()) & ids]
    fewest = max(1, ceil(len(guests) / size))
    for count in range(fewest, max(fewest, len(guests) // 2 if wary else 0) + 1):
        room = _sizes(len(guests), count)
        placed = _apart(wary, room, foes)
        if placed is not None:
            return _dealt(guests, room, placed), True
    room = _sizes(len(guests), fewest)
    return _dealt(guests, room, _least_bad(wary, room, foes)), False


def _sizes(people: int, groups: int) -> list[int]:
    return [people // groups + (n < people % groups) for n in range(groups)]


def _apart(wary: Sequence[Guest], room: Sequence[int], foes: Mapping[str, set[str]]) -> list[list[Guest]] | None:
    """Seats for those who want to sit apart from somebody, or None when there are none (or none are found in time)."""
    order = sorted(wary, key=lambda one: -len(foes[one.id]))
    groups: list[list[Guest]] = [[] for _ in room]
    left = [STEPS]

    def seat(n: int) -> bool:
        if n == len(order):
            return True
        left[0] -= 1
        if left[0] < 0:
            return False
        one, tried = order[n], set[int]()
        for number in sorted(range(len(room)), key=lambda g: len(groups[g])):
            group = groups[number]
            if len(group) >= room[number] or any(other.id in foes[one.id] for other in group):
                continue
            if not group:  # one empty group of a size is like another
                if room[number] in tried:
                    continue
                tried.add(room[number])
            group.append(one)
            if seat(n + 1):
                return True
            group.pop()
        return False

    return groups if seat(0) else None


def _least_bad(wary: Sequence[Guest], room: Sequence[int], foes: Mapping[str, set[str]]) -> list[list[Guest]]:
    groups: list[list[Guest]] = [[] for _ in room]
    for one in sorted(wary, key=lambda each: -len(foes[each.id])):
        open_ = [n for n in range(len(room)) if len(groups[n]) < room[n]]
        best = min(open_, key=lambda n: (sum(other.id in foes[one.id] for other in groups[n]), len(groups[n])))
        groups[best].append(one)
    return groups


def _dealt(guests: Sequence[Guest], room: Sequence[int], placed: list[list[Guest]]) -> list[list[Guest]]:
    """The others are dealt out kind by kind, hidden members last."""
    groups = [list(group) for group in placed]
    done = {one.id for group in groups for one in group}
    kinds = Counter(one.kind for one in guests)
    rest = [one for one in guests if one.id not in done]
    counts = [Counter((one.hidden, one.kind) for one in group) for group in groups]
    for one in sorted(rest, key=lambda each: (each.hidden, -kinds[each.kind], each.kind)):
        shown = one.hidden

        def load(n: int, hidden: bool = shown, kind: str = one.kind) -> tuple[int, int, int]:  # noqa: FBT001 - a default
            alike = len(groups[n]) if hidden else sum(c for (h, _), c in counts[n].items() if not h)
            return alike, counts[n][(hidden, kind)], n

        best = min((n for n in range(len(room)) if len(groups[n]) < room[n]), key=load)
        groups[best].append(one)
        counts[best][(one.hidden, one.kind)] += 1
    return groups
