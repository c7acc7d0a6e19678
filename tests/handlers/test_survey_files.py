"""Question files: what is read, what is refused and in which line, and what ships."""

import re
import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import LANGUAGES
from handlers.surveys.authoring import files, rules
from handlers.surveys.authoring.files import FILE_MAX, BadFile, Wrong, read, read_yaml, write
from handlers.surveys.authoring.templates import FOLDER, ORDER, template
from storage.questions import QUESTIONS_MAX, Draft, Kind, Question, Segment, clean

DAY = date(2035, 4, 2)
BLANK = Draft(title={}, closes_on=DAY)
ONE = "questions:\n  - kind: text\n    ja: どうですか\n"


def asked_of(text: str) -> list[tuple[str, int]]:
    """What is wrong with a file, and where."""
    with pytest.raises(BadFile) as bad:
        read(text.encode())
    return [(one.wrong, one.line) for one in bad.value.problems]


@pytest.mark.parametrize(
    ("text", "wrong", "line"),
    [
        ("", Wrong.EMPTY, 0),
        ("# nothing\n", Wrong.EMPTY, 0),
        ("title: x\n", Wrong.NONE, 1),
        ("title: [1,\n", Wrong.SYNTAX, 2),
        ("title: x\x00\n", Wrong.SYNTAX, 1),
        ("title: x\nintro: 'a\n", Wrong.SYNTAX, 3),
        ("title: &t x\nintro: *t\n" + ONE, Wrong.ALIAS, 1),
        ("title: x\nintro: !!python/object/apply:os.getcwd []\n" + ONE, Wrong.ALIAS, 2),
        ("title: x\nintro: " + "[" * 50_000, Wrong.DEEP, 2),
        ("x: 1\n" + ONE, Wrong.KEY, 1),
        ("title: x\ntitle: y\n" + ONE, Wrong.TWICE, 2),
        ("title: [x]\n" + ONE, Wrong.SHAPE, 1),
        ("questions: x\n", Wrong.SHAPE, 1),
        ("questions:\n  - x\n", Wrong.SHAPE, 2),
        ("questions:\n  - kind: guess\n    ja: x\n", Wrong.KIND, 2),
        ("questions:\n  - ja: x\n", Wrong.KIND, 2),
        ("questions:\n  - kind: text\n", Wrong.WORDS, 2),
        ('questions:\n  - kind: text\n    ja: "\\u202e\\ud800"\n', Wrong.WORDS, 2),
        (f"questions:\n  - kind: text\n    ja: {'x' * 301}\n", Wrong.LONG, 2),
        ("questions:\n  - kind: single\n    ja: x\n    options: [a]\n", Wrong.OPTIONS, 4),
        ("questions:\n  - kind: single\n    ja: x\n    options: [a, Ａ]\n", Wrong.OPTIONS, 4),
        ("questions:\n  - kind: agree\n    ja: x\n    options: [a, b]\n", Wrong.OPTIONS, 4),
        (
            f"questions:\n  - kind: multiple\n    ja: x\n    options: [{', '.join(map(str, range(300)))}]\n",
            Wrong.OPTIONS,
            4,
        ),
        ("questions:\n  - {id: a, kind: text, ja: x}\n  - {id: a, kind: text, ja: y}\n", Wrong.TWICE, 3),
        ("questions:\n  - {kind: text, ja: x, longest: 1001}\n", Wrong.NUMBER, 2),
        ("segment: {question: x, labels: [a]}\n" + ONE, Wrong.LABELS, 1),
        ("sensitive: maybe\n" + ONE, Wrong.YES_NO, 1),
        ("k: -1\n" + ONE, Wrong.NUMBER, 1),
        ("questions:\n" + "  - {kind: text, ja: x}\n" * (QUESTIONS_MAX + 1), Wrong.MANY, QUESTIONS_MAX + 2),
        ("kind,question\ntext,x\n", Wrong.HEADER, 1),
        ("kind,ja\ntext,x\nguess,y\n", Wrong.KIND, 3),
        ("kind,ja,options_ja,options_en\nsingle,x,a|b,a|b|c\n", Wrong.OPTIONS, 2),
        ("kind,ja\ntext,\n", Wrong.WORDS, 2),
        ('kind,ja\ntext,"x\n', Wrong.SYNTAX, 2),
        ("kind,ja\n", Wrong.NONE, 0),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, wrong: Wrong, line: int) -> None:
    """Whatever is amiss, nothing is taken, and the first mistake is told where it stands."""
    assert (wrong, line) == asked_of(text)[0]


def test_a_file_of_a_megabyte_is_not_even_read() -> None:
    """Nothing is made of it."""
    assert asked_of("x" * 1024 * 1024) == [(Wrong.LARGE, 0)]
    assert asked_of("k: 1\n" * (FILE_MAX // 5)) != [(Wrong.LARGE, 0)]


def test_what_is_no_text_is_refused() -> None:
    """Neither UTF-8 nor what a Japanese spreadsheet writes."""
    with pytest.raises(BadFile) as bad:
        read(b"\xfd\xfe\xff\x80\x00\x81")
    assert bad.value.problems[0].wrong in {Wrong.UNREADABLE, Wrong.SYNTAX}


def test_invisible_signs_are_taken_out() -> None:
    """Nothing that turns a line around, or marks whoever reads it, comes into a survey."""
    [one] = read('questions:\n  - kind: text\n    ja: "\\u202eど\\u200bう\\ud800"\n'.encode()).questions
    assert one.words == {"ja": "どう"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_spreadsheet_is_read(encoding: str) -> None:
    """As it is saved in Japan or elsewhere, with headings in either language."""
    rows = (
        "種類,質問,質問（英語）,選択肢,選択肢（英語）",
        "単一,昼食は？,Lunch?,弁当｜食堂,Box|Hall",
        "自由記述,ほかには？,,,",
    )
    text = "\n".join(rows)
    first, second = read(text.encode(encoding)).questions
    assert first.options == ({"ja": "弁当", "en": "Box"}, {"ja": "食堂", "en": "Hall"})
    assert (first.kind, second.kind, second.words) == (Kind.SINGLE, Kind.TEXT, {"ja": "ほかには？"})


@pytest.mark.parametrize("name", ORDER)
def test_a_template_is_whole_in_both_languages(name: str) -> None:
    """Every word of it is there twice, and it could be opened as it is."""
    shipped = template(name)
    assert shipped
    draft = shipped.onto(BLANK)
    words = [draft.title, draft.intro, *(one.words for one in draft.questions)]
    words += [option for one in draft.questions for option in one.options]
    assert all(set(told) == set(LANGUAGES) for told in words)
    assert not draft.faults(10, date(2035, 3, 30))


def test_every_file_that_ships_is_offered() -> None:
    """And nothing else is."""
    assert {path.stem for path in FOLDER.iterdir()} == set(ORDER)
    assert template("../templates/what_next") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_shows_a_file_that_is_read(language: str) -> None:
    """What a secretary copies from it works."""
    guide = (Path(__file__).parents[2] / "docs" / "secretariat" / f"surveys-{language}.md").read_text()
    [shown] = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    asked = read(shown.encode())
    assert [one.kind for one in asked.questions] == [Kind.SINGLE, Kind.TEXT]
    assert not asked.onto(BLANK).faults(10, date(2035, 3, 30))


# --- round trips -----------------------------------------------------------------------------------

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).map(clean).filter(bool)
WORDS = st.dictionaries(st.sampled_from(rules.LANGUAGES), TEXT, min_size=1)
LABELS = st.lists(WORDS, min_size=2, max_size=5).map(tuple).filter(lambda options: not rules.doubled(options))
QUESTIONS = st.one_of(
    st.builds(
        lambda words, kind, options: (kind, words, options), WORDS, st.sampled_from(["single", "multiple"]), LABELS
    ),
    st.builds(lambda words, kind: (kind, words, ()), WORDS, st.sampled_from(["scale", "agree", "text"])),
)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Whatever a draft may hold."""
    several = draw(st.lists(QUESTIONS, min_size=1, max_size=5))
    questions = [Question(id=f"q{n}", kind=Kind(kind), words=w, options=o) for n, (kind, w, o) in enumerate(several)]
    segment = draw(st.none() | st.builds(lambda words, labels: Segment(words=words, labels=labels), WORDS, LABELS))
    return Draft(
        title=draw(WORDS),
        intro=draw(st.just({}) | WORDS),
        questions=tuple(questions),
        segment=segment,
        sensitive=draw(st.booleans()),
        remind_everyone=True,
        k=draw(st.integers(0, 99)),
        closes_on=DAY,
    )


@settings(max_examples=40)
@given(drafts())
def test_a_draft_as_text_is_the_same_draft(draft: Draft) -> None:
    """Whatever its words hold: quotes, colons, line breaks, emoji."""
    assert read_yaml(write(draft)).onto(BLANK) == draft


@settings(max_examples=40)
@given(st.binary(max_size=200) | st.text(string.printable, max_size=200).map(str.encode))
def test_no_file_does_more_than_be_refused(content: bytes) -> None:
    """Rubbish is refused, never an error of ours."""
    problems: tuple[object, ...] = ()
    try:
        read(content)
    except BadFile as bad:
        problems = bad.problems
    assert len(problems) <= files.PROBLEMS_MAX


# --- one step at a time ----------------------------------------------------------------------------


def test_options_stand_beside_each_other() -> None:
    """Line by line in both languages, or in one; never shifted."""
    assert rules.lines("a\n\n b ", "") == ({"ja": "a"}, {"ja": "b"})
    assert rules.lines("a\nb", "c\nd") == ({"ja": "a", "en": "c"}, {"ja": "b", "en": "d"})
    assert rules.lines("a\nb", "c") is None
    assert rules.lines("", "") == ()


@given(LABELS)
def test_options_come_back_from_their_form(options: tuple[dict[str, str], ...]) -> None:
    """What the form shows, saved as it is, says the same; an option in one language gets the other's words there."""
    flat = tuple({language: " ".join(text.split()) for language, text in one.items()} for one in options)
    again = rules.lines(rules.unlined(flat, "ja"), rules.unlined(flat, "en"))
    assert again is not None
    assert len(again) == len(flat)
    assert all(one.items() >= before.items() for one, before in zip(again, flat, strict=True))


@given(st.integers(1, 6), st.integers(-9, 9), st.data())
def test_a_moved_question_is_lost_nowhere(several: int, by: int, data: st.DataObject) -> None:
    """The same questions, in another order; the others keep theirs."""
    questions = tuple(Question(id=f"q{n}", kind=Kind.TEXT, words={"ja": "x"}) for n in range(several))
    draft = Draft(title={}, closes_on=DAY, questions=questions)
    one = data.draw(st.sampled_from(questions))
    moved = rules.moved(draft, one.id, by)
    assert [q for q in moved.questions if q != one] == [q for q in questions if q != one]
    assert rules.number_of(moved, one.id) == min(max(1, rules.number_of(draft, one.id) + by), several)
    assert rules.fresh_id(moved) not in {q.id for q in questions}
