"""A closed survey's figures in words, on pages and in tables."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import illustrated
from bot.language import Reader, both
from bot.portal.pictures import Pictures
from bot.slack import drawing as slack
from bot.slack import texts as slack_texts
from bot.teams import drawing as teams
from bot.teams import texts as teams_texts
from handlers.surveys.results import cards, reading
from handlers.surveys.results.cards import View
from handlers.surveys.results.files import RUNS, figures, said, tame
from handlers.surveys.results.reading import BARS, QUESTIONS, TEXTS, Both, Told
from storage.clock import MovableClock
from storage.keys import Keys
from storage.questions import Kind, Manifest, Question, Segment
from storage.surveys import Results, State, Survey, Text
from storage.tally import NONE, OTHER, WHOLE, Shown

DAY = date(2035, 4, 2)
NOW = datetime(2035, 4, 20, tzinfo=UTC)
JA, EN = Reader("ja"), Reader("en")


def choice(id_: str, options: int = 2, kind: Kind = Kind.SINGLE) -> Question:
    """A question, its options told apart by their numbers."""
    words = tuple({"ja": f"選択肢{n}", "en": f"option {n}"} for n in range(options))
    return Question(id=id_, kind=kind, words={"ja": f"質問{id_}", "en": f"question {id_}"}, options=words)


def told(questions: tuple[Question, ...], opens: date = DAY, *, counted: int = 30, labels: int = 0) -> Told:
    """A closed survey in which every figure is 50, of everybody and of each group."""
    nothing: dict[str, str] = {}
    segment = Segment(words={"en": "group"}, labels=tuple({"en": f"group {n}"} for n in range(labels)))
    manifest = Manifest(
        **dict.fromkeys(("title", "intro", "readers"), nothing),
        survey=f"s{opens}",
        questions=questions,
        segment=segment if labels else None,
        sensitive=False,
        trustees=(),
        remind_everyone=False,
        opens_on=opens,
        closes_on=opens + timedelta(days=7),
        zone="Asia/Tokyo",
        audience=60,
        k=5,
        k_text=10,
        boxes=("00",),
        after="",
    )
    over = datetime.combine(opens + timedelta(days=8), datetime.min.time(), UTC)
    survey = Survey(
        id=manifest.survey,
        state=State.CLOSED,
        ending=None,
        draft=None,
        manifest=manifest,
        sha256=manifest.sha256,
        closes_at=over,
        counted=counted,
        enough=True,
        reminders=0,
        reminded_on=None,
        shared_on=None,
    )
    groups = (WHOLE, *range(labels - 1), *((OTHER,) if labels else ()))
    tallies = tuple(
        Shown(one.id, group, place, "50")
        for one in questions
        if one.kind is not Kind.TEXT
        for group in groups
        for place in (*range(one.choices), NONE)
    )
    bodies = ("=1+1", "＋1", "@here", "よい\n-1")
    texts = {
        one.id: [Text(bytes([n]), body) for n, body in enumerate(bodies)] for one in questions if one.kind is Kind.TEXT
    }
    return Told.of(survey, Results(counted, tallies, texts, ()), NOW)


WORDS = Question(id="words", kind=Kind.TEXT, words={"en": "=why?"})


@given(st.lists(st.tuples(st.sampled_from(list(Kind)), st.integers(2, 20)), min_size=1, max_size=40), st.integers(0, 5))
def test_every_question_is_on_one_page_in_its_order(made: list[tuple[Kind, int]], labels: int) -> None:
    """No page is heavier than a chat can show, unless a single question is; a text has pages of its own."""
    questions = tuple(
        choice(str(n), options if kind in {Kind.SINGLE, Kind.MULTIPLE} else 0, kind)
        for n, (kind, options) in enumerate(made)
    )
    found = told(questions, labels=labels)
    asked = [question for page in found.pages if not page.start for question in page.questions]
    assert asked == list(questions)
    for page in found.pages:
        heavy = sum(reading.weight(one, len(found.groups)) for one in page.questions)
        assert len(page.questions) == 1 or (len(page.questions) <= QUESTIONS and heavy <= BARS and not page.is_text)
        assert not page.is_text or len(found.texts(page)) <= TEXTS


def test_a_group_that_is_not_shown_is_not_named() -> None:
    """Everybody comes first, groups in their order, those put together last; each figure has its bar."""
    shares = reading.shares(EN, told((choice("q"),), labels=3), choice("q"))
    assert shares.groups == ("Everybody", "group 0", "group 1", "Other groups")
    assert [label for label, _ in shares.rows] == ["option 0", "option 1", "No answer"]
    assert {share for _, row in shares.rows for share in row} == {"50"}
    assert shares.alt == "option 0: 50%; option 1: 50%; No answer: 50%"


@pytest.mark.parametrize(
    ("shown", "ja", "en"),
    [
        ("40", "40%", "40%"),
        ("≤5", "5%以下", "5% or less"),
        ("≥95", "95%以上", "95% or more"),
        ("", "非表示", "not shown"),
    ],
)
def test_a_share_is_read_aloud_without_signs(shown: str, ja: str, en: str) -> None:
    """As words, which every screen reader knows."""
    assert (reading.worded_share(JA, shown), reading.worded_share(EN, shown)) == (ja, en)


def test_surveys_are_compared_by_the_words_of_their_questions() -> None:
    """The latest before it that asked one of them; ids and order make no difference, texts are not compared."""
    same, other = choice("a"), choice("b", 3)
    again = same.model_copy(update={"id": "z"})
    after = told((other, WORDS, again), DAY + timedelta(days=400))
    older, newer = told((same, WORDS), DAY - timedelta(days=400)), told((same, WORDS), DAY)
    without = told((WORDS, choice("c", 4)), DAY + timedelta(days=100))
    later = told((same,), DAY + timedelta(days=800))
    surveys = [one.survey for one in (later, without, older, newer, after)]
    assert reading.earlier(surveys, after.survey) == newer.survey
    assert reading.earlier(surveys, older.survey) is None
    pairs = reading.pairs(newer.manifest, after.manifest)
    assert pairs == ((same, again),)
    shares = reading.compared(EN, Both(newer, after, pairs), *pairs[0])
    assert shares.groups == ("2035", "2036")
    assert shares.rows[0] == ("option 0 (±0)", ("50", "50"))


def test_texts_that_were_not_kept_are_not_missed() -> None:
    """Too few answered, nobody wrote, or a year has passed: three different things."""
    assert not told((WORDS,), counted=9).with_texts
    assert told((WORDS,)).with_texts
    assert not told((WORDS,)).forgotten
    assert told((WORDS,), DAY - timedelta(days=400)).forgotten


def test_a_table_holds_what_is_shown_and_nothing_runs() -> None:
    """A row a share and a row a text; whatever a spreadsheet would run begins with an apostrophe."""
    found = told((choice("q"), WORDS), labels=2)
    rows = [*figures(EN, found), *said(EN, found)]
    assert rows[0] == ("1", "question q", "Everybody", "option 0", "50")
    assert len(rows) == 3 * 3 + 4
    assert [row[3] for row in rows[-4:]] == ["'=1+1", "'＋1", "'@here", "よい\n-1"]
    assert rows[-1][1] == "'=why?"


@given(st.text(max_size=20))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    """Whatever somebody wrote, also behind blanks; nothing else is changed."""
    cell = tame(text)
    assert not cell.lstrip(" \u3000").startswith(RUNS)
    assert cell in {text, f"'{text}"}


LONG = dict.fromkeys(("ja", "en"), "とても長い選択肢の言葉です" * 5)
HEAVY = (
    *(choice(f"a{n}", 0, Kind.AGREE) for n in range(7)),
    *(choice(f"s{n}", 0, Kind.SCALE) for n in range(3)),
    *(Question(id=f"l{n}", kind=Kind.MULTIPLE, words=LONG, options=(LONG,) * 20) for n in range(2)),
    Question(id="t", kind=Kind.TEXT, words=LONG),
)


@pytest.mark.parametrize("labels", [0, 5])
def test_a_page_fits_a_chat(keys: Keys, clock: MovableClock, labels: int) -> None:
    """With the addresses of its pictures, which hold what they show, no chat leaves anything of a page out."""
    pictures = Pictures("https://portal.example", keys.seal, keys.open, clock.now)
    found = told(HEAVY, labels=labels)
    texts = {"t": [Text(bytes([n]), "長い文章です。" * 140) for n in range(9)]}
    found = Told.of(found.survey, replace(found.results, texts=texts), NOW)
    for view in (View(desk=True), View(desk=False)):
        for number in range(len(found.pages) + 1):
            card = cards.page(JA, found, number, view) if number else cards.overview(JA, found, view)
            card = replace(card, pieces=illustrated(card.pieces, pictures.url))
            drawn = json.dumps([slack.message(card), teams.card(card)], ensure_ascii=False)
            assert both(slack_texts.MORE) not in drawn, number
            assert both(teams_texts.MORE) not in drawn, number
