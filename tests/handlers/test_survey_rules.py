from datetime import date, timedelta
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.surveys import opening
from handlers.surveys.rules import Wave, groups, may_ask_again, release, share
from storage.clock import MovableClock
from storage.engine import database as open_database
from storage.keys import Keys
from storage.people import People
from storage.questions import Answer, Draft, Fault, Kind, Manifest, Question, Segment
from storage.tally import NONE, OTHER, PREFER_NOT, WHOLE, Tally
from storage.work import Work
from tests.privacy.town import Town, draft

DAY = date(2035, 4, 2)


def asked(k: int = 5, labels: int = 3, *, k_text: int = 10) -> Manifest:
    """A manifest of one choice and one text."""
    yes, no = {"en": "yes"}, {"en": "no"}
    choice = Question(id="q", kind=Kind.SINGLE, words={"en": "How are you?"}, options=(yes, no))
    text = Question(id="t", kind=Kind.TEXT, words={"en": "?"})
    segment = Segment(words={"en": "?"}, labels=tuple({"en": str(n)} for n in range(labels))) if labels else None
    nothing: dict[str, str] = {}
    return Manifest(
        **dict.fromkeys(("title", "intro", "readers"), nothing),
        survey="s",
        questions=(choice, text),
        segment=segment,
        sensitive=False,
        trustees=(),
        remind_everyone=False,
        opens_on=DAY,
        closes_on=DAY + timedelta(days=7),
        zone="Asia/Tokyo",
        audience=100,
        k=k,
        k_text=k_text,
        boxes=("00",),
        after="",
    )


@pytest.mark.parametrize(
    ("count", "of", "shown"),
    [
        *((0, 5, "≤20"), (1, 5, "≤20"), (2, 5, "40"), (5, 5, "≥80"), (9, 9, "≥80"), (8, 9, "≥80"), (3, 9, "30")),
        *((0, 10, "≤10"), (1, 10, "≤10"), (2, 10, "20"), (9, 10, "≥90"), (10, 10, "≥90"), (3, 19, "20")),
        *((0, 20, "≤5"), (1, 20, "≤5"), (2, 20, "10"), (19, 20, "≥95"), (20, 20, "≥95"), (18, 20, "90")),
        *((1, 1000, "≤5"), (149, 1000, "10"), (150, 1000, "20"), (999, 1000, "≥95"), (500, 1000, "50")),
    ],
)
def test_shares_are_rounded_and_their_ends_are_wide(count: int, of: int, shown: str) -> None:
    """Tens, and ends so wide that nobody's answer is certain."""
    assert share(count, of) == shown


@given(st.integers(5, 300), st.data())
def test_unanimity_is_never_certain(of: int, data: st.DataObject) -> None:
    """Whatever is shown for everybody, or for nobody, would also be shown with one person more or less."""
    assert share(of, of) == share(of - 1, of)
    assert share(0, of) == share(1, of)
    shown = [share(count, of) for count in range(of + 1)]
    rank = [int(one.strip("≤≥")) for one in shown]
    assert rank == sorted(rank)


@pytest.mark.parametrize(
    ("people", "apart", "merged"),
    [
        ([10, 10, 10], [0, 1, 2], []),
        ([10, 10, 4], [1], [2, 0]),  # one hidden alone could be subtracted
        ([10, 10, 3, 3], [0, 1], [2, 3]),
        ([10, 10, 2, 2], [1], [2, 3, 0]),  # four hidden people are too few
        ([10, 0], [], []),  # only one group would be left
        ([4, 4, 4], [], []),
        ([5, 5], [0, 1], []),
        ([0, 0, 30], [], []),
    ],
)
def test_small_groups_hide_each_other(people: list[int], apart: list[int], merged: list[int]) -> None:
    """Merged until at least two groups of at least k people in all are hidden; else no group is shown."""
    assert groups(dict(enumerate(people)), 5) == (apart, merged)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.integers(5, 12))
def test_9_6_nobody_is_left_over(people: list[int], k: int) -> None:
    """No published set, no difference of published sets, and no whole minus published has one to k - 1 people."""
    sizes = dict(enumerate(people))
    apart, merged = groups(sizes, k)
    published = [frozenset({one}) for one in apart] + ([frozenset(merged)] if merged else [])
    published.append(frozenset(sizes))
    if sum(people) < k:
        assert len(published) == 1
        return
    some = list(chain.from_iterable(combinations(published[:-1], n) for n in range(len(published))))
    unions = {frozenset().union(*parts) for parts in some} | {published[-1]}
    for one in unions:
        for other in unions:
            assert not 0 < sum(sizes[segment] for segment in one - other) < k


def counted(manifest: Manifest, people: list[int]) -> Tally:
    """So many of each label, the last of those who would rather not say; every third said no."""
    tally, number = Tally(manifest), 0
    for segment, several in enumerate(people):
        for _ in range(several):
            number += 1
            said = {"q": None if number % 7 == 0 else number % 3 // 2, "t": f"text {number}"}
            place = segment if manifest.segment and segment < len(manifest.segment.labels) else None
            tally.add(Answer.model_validate({"said": said, "segment": place}), number.to_bytes(16, "big"))
    return tally


@given(st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_9_6_no_figure_of_a_hidden_group_is_stored(people: list[int]) -> None:
    """Of groups that are merged nothing is in the figures, and below k nothing at all; every row is a shown string."""
    tally = counted(asked(), people)
    told = release(asked(), tally.counts())
    segments = {one.segment for one in told.tallies}
    if sum(people) < 5:
        assert not told.tallies
        assert not told.with_texts
        return
    assert segments <= {WHOLE, OTHER, *told.apart}
    assert all(tally.counts().people[one] >= 5 for one in segments - {OTHER})
    assert told.with_texts == (sum(people) >= 10)
    for segment in segments:
        assert {one.option for one in told.tallies if one.segment == segment} == {0, 1, NONE}


def test_those_who_would_rather_not_say_are_a_group_like_others() -> None:
    """They are shown, and hidden, by the same rule."""
    apart, merged = groups({0: 12, 1: 9, PREFER_NOT: 2}, 5)
    assert apart == [0]
    assert set(merged) == {1, PREFER_NOT}


@pytest.mark.parametrize(
    ("days", "now", "since", "then", "may"),
    [
        (89, 100, 0, 0, True),  # the same people
        (89, 99, 0, 0, False),  # one left
        (89, 101, 1, 0, False),  # one came
        (89, 100, 1, 0, False),  # one came and one left
        (89, 105, 5, 0, True),
        (89, 95, 0, 0, True),
        (89, 100, 5, 0, True),
        (89, 103, 5, 0, False),  # two left
        (89, 100, 0, 3, False),  # perhaps after it was opened, perhaps before: nobody knows
        (90, 101, 1, 0, True),
    ],
)
def test_the_same_is_not_asked_of_nearly_the_same_people(
    days: int, now: int, since: int, then: int, *, may: bool
) -> None:
    """Within 90 days only when nobody, or k or more, joined and left."""
    wave = Wave(asked_then=100, members_now=now, joined_since=since, joined_then=then)
    assert may_ask_again(asked(), DAY + timedelta(days=days), wave) is may


def test_the_same_question_is_the_same_whatever_is_moved() -> None:
    """A blank, a full stop or the order of options makes no new question; another word does."""
    first = asked()
    written = Draft(title={"en": "again"}, closes_on=DAY)
    moved = Question(
        id="other", kind=Kind.SINGLE, words={"en": " How, are you "}, options=({"en": "Yes."}, {"en": "no"})
    )
    other = Question(id="q", kind=Kind.SINGLE, words={"en": "why?"}, options=({"en": "yes"}, {"en": "no"}))
    assert written.model_copy(update={"questions": (other, moved)}).asks_again(first) == "other"
    assert not written.model_copy(update={"questions": (other,)}).asks_again(first)


@pytest.mark.parametrize(
    ("days", "comes", "again"), [(20, 0, False), (20, 1, True), (40, 0, False), (40, 1, True), (95, 1, False)]
)
async def test_a_wave_of_nearly_the_same_people_is_not_opened(
    sqlite_url: str, keys: Keys, clock: MovableClock, days: int, comes: int, *, again: bool
) -> None:
    """Twelve are asked, somebody joins, and the same is asked again: nobody is to be had by the difference."""
    database = open_database(sqlite_url, keys, clock)
    await database.open()
    town = await Town.settle(database, clock)
    clock.forward(timedelta(days=31))
    await town.opens()
    clock.forward(timedelta(days=days))

    def asks(work: Work) -> dict[Fault, str]:
        for number in range(comes):
            People(work, town.community).welcome({"name": f"New {number}"})
        surveys = town.surveys(work)
        found = surveys.get(surveys.write(draft(clock.now() + timedelta(days=7))))
        assert found
        return opening.faults(surveys, found)

    assert await database.tx(asks) == ({Fault.AGAIN: "choice"} if again else {})
    await database.close()
