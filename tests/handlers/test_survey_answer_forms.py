"""The form of a survey: drawn whole or not at all on every surface, and read back as an answer."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import Card, Choice, Choices, TextInput
from bot.language import Reader
from bot.replies import Form
from bot.slack import drawing as slack
from bot.teams import drawing as teams
from handlers.hints import MOST, Hint, Sign
from handlers.surveys.answering import cards, reading
from handlers.surveys.answering.cards import Again
from handlers.surveys.answering.promise import Place
from handlers.surveys.answering.reading import GROUP, NONE, named, read
from storage.questions import QUESTIONS_MAX, Answer, Kind, Manifest, Question, Segment
from tests.fakes import adaptive_cards as teams_limits
from tests.fakes import blocks as slack_limits

PLACE = Place("slack", "みなとの縁", "https://portal.example/promise")
TODAY = date(2035, 4, 2)


def question(number: int, kind: Kind, words: str = "問い", option: str = "選択肢", longest: int = 1000) -> Question:
    """One of this kind; its options are told from each other by their numbers."""
    options = tuple({"ja": f"{option}{n}"} for n in range(3)) if kind in {Kind.SINGLE, Kind.MULTIPLE} else ()
    return Question(id=f"q{number}", kind=kind, words={"ja": words}, options=options, longest=longest)


def manifest(*questions: Question, segment: Segment | None = None) -> Manifest:
    """A survey that is open."""
    return Manifest(
        survey="s" * 22,
        title={"ja": "職場アンケート"},
        questions=questions,
        segment=segment,
        intro={"ja": "よろしくお願いします。"},
        readers={},
        sensitive=False,
        trustees=(),
        remind_everyone=False,
        opens_on=TODAY,
        closes_on=TODAY + timedelta(days=14),
        zone="Asia/Tokyo",
        audience=40,
        k=5,
        k_text=10,
        boxes=("00" * 32,),
        after="",
    )


KINDS = [Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE, Kind.AGREE, Kind.TEXT]
READER = Reader("ja")
SEGMENT = Segment(words={"ja": "拠点"}, labels=({"ja": "東京"}, {"ja": "大阪"}))


def filled(asked: Manifest) -> Again:
    """All that can be typed, and as many hints as there may be."""
    typed: dict[str, Any] = {GROUP: "1"}
    for place, one in enumerate(asked.questions):
        texts = ('"\\\n縁' * 400)[: one.longest].strip().ljust(one.longest, "縁")
        typed[named(place)] = {Kind.TEXT: texts, Kind.MULTIPLE: ("0", "2")}.get(one.kind, "1")
    found = read(asked, typed)
    assert found.fits
    return Again(found, hints=[Hint(Sign.UNIT, "営" * 40)] * MOST)


def whole(drawn: dict[str, Any], form: Form) -> bool:
    """Whether every question stands in it, every option and all that was typed."""
    told = json.dumps(drawn, ensure_ascii=False).replace("\\\\", "")
    for field in form.fields:
        words = [field.label, *(label for _, label in getattr(field, "options", ()))]
        words += [field.value] if isinstance(field, TextInput) else []
        for word in words:
            if json.dumps(word, ensure_ascii=False)[1:-1].replace("\\\\", "") not in told:
                return False
    return True


@pytest.mark.parametrize("words", ["問い", "長い問い" * 60, "もっと長い問い" * 280])
@pytest.mark.parametrize("option", ["選択肢", "長い選択肢" * 30, '"\n' * 60])
@pytest.mark.parametrize(("count", "longest"), [(1, 1000), (5, 100), (9, 1000), (QUESTIONS_MAX, 1000)])
def test_a_form_is_whole_or_leads_to_the_page(words: str, option: str, count: int, longest: int) -> None:
    """Within the limits of each chat, nothing is cut: not a question, an option, nor what comes back with hints."""
    asked = manifest(*(question(n, KINDS[n % 5], words, option, longest) for n in range(count)), segment=SEGMENT)
    _is_whole_or_leads_on(asked)


@pytest.mark.parametrize("count", [1, 3, 6, 12, QUESTIONS_MAX])
def test_there_is_room_for_what_will_be_written(count: int) -> None:
    """Empty boxes are small; a form of them is drawn only where it also fits once they are full."""
    _is_whole_or_leads_on(manifest(*(question(n, Kind.TEXT) for n in range(count))))


def _is_whole_or_leads_on(asked: Manifest) -> None:
    form, again = cards.asked(READER, asked, PLACE), cards.asked(READER, asked, PLACE, filled(asked))
    assert isinstance(form.otherwise, Card)
    for draw, limits in ((teams.form, teams_limits.of_card), (on_slack, slack_limits.of_view)):
        drawn = draw(form)
        assert limits(drawn) == []
        if _is_form(drawn):
            assert whole(drawn, form)
            back = draw(again)
            assert limits(back) == []
            assert whole(back, again)


def on_slack(form: Form) -> dict[str, Any]:
    """As a window."""
    return slack.form(form, "x" * 500)


def _is_form(drawn: dict[str, Any]) -> bool:
    return "submit" in drawn or any(one["type"].startswith("Input.") for one in drawn.get("body", []))


def test_usual_surveys_need_no_page() -> None:
    """Seven steps of agreement and two texts fit into every chat; forty questions fit into Slack."""
    seven = [question(n, Kind.AGREE, "このチームでは、間違いをしても責められない") for n in range(7)]
    usual = manifest(*seven, question(7, Kind.TEXT), question(8, Kind.TEXT), segment=SEGMENT)
    assert _is_form(teams.form(cards.asked(READER, usual, PLACE)))
    many = manifest(
        *(question(n, KINDS[n % 4], "このチームでは、間違いをしても責められない") for n in range(QUESTIONS_MAX))
    )
    assert _is_form(slack.form(cards.asked(READER, many, PLACE), "x"))
    assert not _is_form(teams.form(cards.asked(READER, many, PLACE)))


def test_every_question_can_be_left_out_and_none_is_filled_in() -> None:
    """Each choice has "no answer", the group "prefer not to say", and no value stands anywhere."""
    asked = manifest(*(question(n, kind) for n, kind in enumerate(KINDS)), segment=SEGMENT)
    for field in cards.asked(READER, asked, PLACE).fields:
        assert not field.required
        match field:
            case Choice():
                assert field.options[-1][0] == NONE
                assert not field.value
            case Choices():
                assert not field.values
                assert "回答しない" in field.hint
            case _:
                assert isinstance(field, TextInput)
                assert not field.value


ASKED = manifest(*(question(n, kind, longest=10) for n, kind in enumerate(KINDS)), segment=SEGMENT)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, {"q0": None, "q1": None, "q2": None, "q3": None, "q4": None}),
        ({"q1": "2", "q2": ("2", "0"), "q3": "10", "q4": "4", "q5": " a\r\nb "}, {"q0": 2, "q1": (0, 2), "q4": "a\nb"}),
        ({"q1": NONE, "q2": (), "q3": "", "q4": None}, {"q0": None, "q1": None, "q2": None, "q3": None}),
        ({"q2": ["1"]}, {"q1": (1,)}),
        ({"q5": "\u202eabc\u200b\ud800\x00"}, {"q4": "abc"}),  # nothing that turns a line around or marks an author
    ],
)
def test_what_was_typed_is_read(typed: dict[str, Any], said: dict[str, Any]) -> None:
    """Blank or "no answer" alike; texts as they will be counted."""
    found = read(ASKED, typed)
    assert found.fits
    assert {name: found.answer.said[name] for name in said} == said


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"q1": "3"}, {"q1"}),
        ({"q1": "-1"}, {"q1"}),
        ({"q1": "１"}, {"q1"}),
        ({"q1": "9" * 5000}, {"q1"}),
        ({"q1": ("0",)}, {"q1"}),
        ({"q1": True}, {"q1"}),
        ({"q1": {"a": "b"}}, {"q1"}),
        ({"q2": ("0", "0")}, {"q2"}),
        ({"q2": ("0", "7")}, {"q2"}),
        ({"q3": "11"}, {"q3"}),
        ({"q5": "縁" * 11}, {"q5"}),
        ({"q5": "a" * 1_000_000}, {"q5"}),
        ({GROUP: "2"}, {GROUP}),
        ({"q1": "x", "q5": "a" * 11}, {"q1", "q5"}),
    ],
)
def test_what_does_not_fit_is_named(typed: dict[str, Any], wrong: set[str]) -> None:
    """By its input; the rest of what was typed stays."""
    found = read(ASKED, {"q4": "1", **typed})
    assert not found.fits
    assert set(found.too_long) | set(found.unknown) == wrong
    if "q4" not in wrong:
        assert found.answer.said["q3"] == 1


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*map(named, range(6)), GROUP, "other"]), json_values))
def test_whatever_a_client_sends_is_an_answer_or_named(typed: dict[str, Any]) -> None:
    """Nothing raises, and what fits can be sealed."""
    found = read(ASKED, typed)
    assert not found.fits or ASKED.misfits(found.answer) == ()
    assert isinstance(found.answer, Answer)
    assert reading.standing(ASKED.questions[0], found.answer) in {"", "0", "1", "2"}
