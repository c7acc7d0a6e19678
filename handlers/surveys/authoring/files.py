"""Question files: what a survey asks, as YAML or CSV, and back to YAML.  Pure, and safe with whatever is sent.

A file is small, flat and plain: no aliases, no tags, no more than a few levels.  Whatever is amiss is told with the
number of its line.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from handlers.surveys.authoring import rules
from storage.questions import QUESTIONS_MAX, TEXT_MAX, Draft, Kind, Question, Segment, Words, clean

FILE_MAX = 100_000  # bytes
DEPTH_MAX = 6
PROBLEMS_MAX, SHOWN = 20, 5  # mistakes that are noted, and told
_ID = re.compile(r"[a-z0-9_-]{1,32}")
_TRUE, _FALSE = {"true", "yes", "on", "はい"}, {"false", "no", "off", "いいえ", ""}
_OPTIONS = re.compile(r"[|｜\n]")
_COLUMNS = {
    "kind": ("kind", "type", "種類", "形式"),
    "ja": ("ja", "japanese", "質問", "日本語"),
    "en": ("en", "english", "質問(英語)", "英語"),
    "options_ja": ("options_ja", "選択肢"),
    "options_en": ("options_en", "options", "選択肢(英語)"),
}
KINDS = {
    Kind.SINGLE: ("single", "choice", "単一選択", "単一"),
    Kind.MULTIPLE: ("multiple", "複数選択", "複数"),
    Kind.SCALE: ("scale", "0-10", "0~10", "10段階"),
    Kind.AGREE: ("agree", "agreement", "賛否", "5段階"),
    Kind.TEXT: ("text", "free", "自由記述", "記述"),
}


class Wrong(StrEnum):
    """What can be wrong with a question file."""

    EMPTY = "empty"
    LARGE = "large"
    UNREADABLE = "unreadable"  # no text
    SYNTAX = "syntax"  # no YAML
    ALIAS = "alias"  # an alias, an anchor or a tag
    DEEP = "deep"
    KEY = "key"  # a word that means nothing here
    TWICE = "twice"  # a word, or a question's id, given twice
    SHAPE = "shape"  # a list where words should be, or the like
    KIND = "kind"
    WORDS = "words"  # a question without words
    LONG = "long"
    OPTIONS = "options"  # too few or too many, two alike, or where there are none
    LABELS = "labels"  # of the group
    NUMBER = "number"
    YES_NO = "yes_no"
    HEADER = "header"  # a CSV file without the columns it needs
    MANY = "many"  # too many questions
    NONE = "none"  # no question


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, in which line (counted from 1; 0: in the whole file), and the word it is about."""

    wrong: Wrong
    line: int = 0
    word: str = ""


@dataclass(frozen=True)
class Asked:
    """What a file asks; what it does not say is None."""

    questions: tuple[Question, ...] = ()
    title: Words | None = None
    intro: Words | None = None
    readers: Words | None = None
    segment: Segment | None = None
    sensitive: bool | None = None
    remind_everyone: bool | None = None
    k: int | None = None

    def onto(self, draft: Draft) -> Draft:
        """A draft that asks this, and is otherwise as it was."""
        names = ("title", "intro", "readers", "segment", "sensitive", "remind_everyone", "k")
        told = {name: value for name in names if (value := getattr(self, name)) is not None}
        if self.sensitive and self.remind_everyone is None:
            told["remind_everyone"] = True  # the usual way, where nobody said otherwise
        return draft.model_copy(update={**told, "questions": self.questions})


class BadFile(Exception):
    """A file that cannot be used."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


def read(content: bytes) -> Asked:
    """A file of either kind.  Raises BadFile."""
    if len(content) > FILE_MAX:
        raise BadFile([Problem(Wrong.LARGE)])
    for encoding in ("utf-8-sig", "cp932"):  # the second is Excel's in Japan
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return read_csv(text) if _is_csv(text) else read_yaml(text)
    raise BadFile([Problem(Wrong.UNREADABLE)])


def _is_csv(text: str) -> bool:
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return "," in first and first[0] not in "#-{[&*!%\"'" and ":" not in first.partition(",")[0]


# --- YAML ------------------------------------------------------------------------------------------


def read_yaml(text: str) -> Asked:
    """Raises BadFile."""
    if len(text.encode(errors="replace")) > FILE_MAX:
        raise BadFile([Problem(Wrong.LARGE)])
    try:
        _look_over(text)
        whole = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        raise BadFile([Problem(Wrong.SYNTAX, mark.line + 1 if mark else _bad_sign(text))]) from None
    if whole is None:
        raise BadFile([Problem(Wrong.EMPTY)])
    reading = _Yaml()
    asked = reading.survey(whole)
    if reading.problems or asked is None:
        raise BadFile(reading.problems)
    return asked


def _bad_sign(text: str) -> int:
    """The line of the first sign that no YAML may hold."""
    for number, line in enumerate(text.split("\n"), 1):
        if yaml.reader.Reader.NON_PRINTABLE.search(line):
            return number
    return 0


def _look_over(text: str) -> None:
    """Refuse what makes a small file large or deep, before anything is made of it.  Raises BadFile."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise BadFile([Problem(Wrong.ALIAS, line)])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEPTH_MAX:
            raise BadFile([Problem(Wrong.DEEP, line)])


@dataclass
class _Yaml:
    """Reads nodes, and notes what is amiss with its line."""

    problems: list[Problem] = field(default_factory=list)

    def amiss(self, wrong: Wrong, node: Node, word: str = "") -> None:
        if len(self.problems) < PROBLEMS_MAX:
            self.problems.append(Problem(wrong, node.start_mark.line + 1, clean(word)[:40]))

    def entries(self, node: Node, known: Sequence[str]) -> dict[str, Node]:
        """A mapping with these words."""
        if not isinstance(node, MappingNode):
            self.amiss(Wrong.SHAPE, node)
            return {}
        found: dict[str, Node] = {}
        for name, value in node.value:
            word = name.value if isinstance(name, ScalarNode) else ""
            if word not in known:
                self.amiss(Wrong.KEY, name, word)
            elif word in found:
                self.amiss(Wrong.TWICE, name, word)
            else:
                found[word] = value
        return found

    def words(self, node: Node | None, most: int) -> Words:
        """Words in both languages, or in one."""
        if node is None:
            return {}
        if isinstance(node, ScalarNode):
            return self._short({"ja" if _is_japanese(node.value) else "en": clean(node.value)}, node, most)
        told = self.entries(node, rules.LANGUAGES)
        return self._short({language: self.scalar(one) for language, one in told.items()}, node, most)

    def _short(self, told: Mapping[str, str], node: Node, most: int) -> Words:
        if rules.too_long(told, most):
            self.amiss(Wrong.LONG, node, str(most))
        return {language: text for language, text in told.items() if text}

    def scalar(self, node: Node | None) -> str:
        if node is None:
            return ""
        if not isinstance(node, ScalarNode):
            self.amiss(Wrong.SHAPE, node)
            return ""
        return clean(node.value)

    def items(self, node: Node | None) -> list[Node]:
        if node is None:
            return []
        if not isinstance(node, SequenceNode):
            self.amiss(Wrong.SHAPE, node)
            return []
        return list(node.value)

    def number(self, node: Node | None, most: int) -> int | None:
        if node is None:
            return None
        told = self.scalar(node)
        if told.isdecimal() and len(told) < 5 and int(told) <= most:  # noqa: PLR2004 - digits
            return int(told)
        self.amiss(Wrong.NUMBER, node, told)
        return None

    def truth(self, node: Node | None) -> bool | None:
        if node is None:
            return None
        told = self.scalar(node).casefold()
        if told not in _TRUE | _FALSE:
            self.amiss(Wrong.YES_NO, node, told)
        return told in _TRUE

    def survey(self, node: Node) -> Asked | None:
        names = ("title", "intro", "readers", "segment", "sensitive", "remind_everyone", "k", "questions")
        told = self.entries(node, names)
        given = self.items(told.get("questions"))
        if not given and not self.problems:
            self.amiss(Wrong.NONE, node)
        if len(given) > QUESTIONS_MAX:
            self.amiss(Wrong.MANY, given[QUESTIONS_MAX])
        questions = self.questions(given[:QUESTIONS_MAX])
        most = {"title": rules.TITLE_MAX, "intro": rules.INTRO_MAX, "readers": rules.READERS_MAX}
        words = {name: self.words(told[name], length) for name, length in most.items() if name in told}
        asked = Asked(
            questions=tuple(questions),
            segment=self.segment(told["segment"]) if "segment" in told else None,
            sensitive=self.truth(told.get("sensitive")),
            remind_everyone=self.truth(told.get("remind_everyone")),
            k=self.number(told.get("k"), 1000),
            **words,
        )
        return None if self.problems else asked

    def questions(self, nodes: Sequence[Node]) -> Iterator[Question]:
        taken: set[str] = set()
        for number, node in enumerate(nodes, 1):
            told = self.entries(node, ("id", "kind", *rules.LANGUAGES, "words", "options", "longest"))
            before = len(self.problems)
            name = self.scalar(told.get("id")) or _free(f"q{number}", taken)
            if not _ID.fullmatch(name):
                self.amiss(Wrong.KEY, told["id"], name)
            if name in taken:
                self.amiss(Wrong.TWICE, node, name)
            taken.add(name)
            said = self.words(told.get("words"), rules.QUESTION_MAX)
            here = {one: self.scalar(told[one]) for one in rules.LANGUAGES if one in told}
            asked = self._short({**said, **here}, node, rules.QUESTION_MAX)
            options = tuple(self.words(one, rules.OPTION_MAX) for one in self.items(told.get("options")))
            longest = self.number(told.get("longest"), TEXT_MAX)
            kind = kind_of(self.scalar(told.get("kind")))
            if kind is None:
                self.amiss(Wrong.KIND, told.get("kind", node), self.scalar(told.get("kind")))
            elif not asked:
                self.amiss(Wrong.WORDS, node)
            elif not _fits(kind, options):
                self.amiss(Wrong.OPTIONS, told.get("options", node))
            if kind is not None and len(self.problems) == before:
                yield Question(id=name, kind=kind, words=asked, options=options, longest=longest or TEXT_MAX)

    def segment(self, node: Node) -> Segment | None:
        told = self.entries(node, ("question", "labels"))
        labels = [self.words(one, rules.OPTION_MAX) for one in self.items(told.get("labels"))]
        words = self.words(told.get("question"), rules.QUESTION_MAX)
        if not words or not all(labels) or not rules.fits_segment(labels):
            self.amiss(Wrong.LABELS, told.get("labels", node))
        return rules.segment(words, labels)


def kind_of(told: str) -> Kind | None:
    """The kind of question that somebody means."""
    word = told.strip().casefold().replace("〜", "~").replace("～", "~")
    return next((kind for kind, spellings in KINDS.items() if word in spellings), None)


def _free(name: str, taken: set[str]) -> str:
    """This id, or one beside it that is still free."""
    return next(one for one in (name, *(f"{name}-{at}" for at in range(2, 100))) if one not in taken)


def _fits(kind: Kind, options: Sequence[Words]) -> bool:
    return all(options) and rules.fits_choice(options) if rules.single(kind) else not options


def _is_japanese(text: str) -> bool:
    return any("\u3040" <= sign <= "\u30ff" or "\u4e00" <= sign <= "\u9fff" for sign in text)


# --- CSV -------------------------------------------------------------------------------------------


def read_csv(text: str) -> Asked:
    """One question a row; options within a cell are parted by "|".  Raises BadFile."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    problems: list[Problem] = []
    questions: list[Question] = []
    try:
        header = next(rows, [])
        where = {
            name: at for name, called in _COLUMNS.items() for at, one in enumerate(header) if _plain(one) in called
        }
        if "kind" not in where or not {"ja", "en"} & set(where):
            raise BadFile([Problem(Wrong.HEADER, 1)])
        for row in rows:
            cells = {name: row[at] if at < len(row) else "" for name, at in where.items()}
            if any(cell.strip() for cell in cells.values()):
                found = _row(cells, f"q{len(questions) + len(problems) + 1}", rows.line_num)
                (questions if isinstance(found, Question) else problems).append(found)  # type: ignore[arg-type] # each to its own
    except csv.Error:
        problems.append(Problem(Wrong.SYNTAX, rows.line_num))
    if len(questions) > QUESTIONS_MAX:
        problems.append(Problem(Wrong.MANY))
    if not questions and not problems:
        problems.append(Problem(Wrong.NONE))
    if problems:
        raise BadFile(problems)
    return Asked(questions=tuple(questions))


def _row(cells: Mapping[str, str], name: str, line: int) -> Question | Problem:
    kind = kind_of(cells["kind"])
    asked = rules.words(cells.get("ja", ""), cells.get("en", ""))
    if kind is None:
        return Problem(Wrong.KIND, line, clean(cells["kind"])[:40])
    if not asked:
        return Problem(Wrong.WORDS, line)
    if rules.too_long(asked, rules.QUESTION_MAX):
        return Problem(Wrong.LONG, line, str(rules.QUESTION_MAX))
    sides = [_OPTIONS.sub("\n", cells.get(f"options_{language}", "")) for language in rules.LANGUAGES]
    options = rules.lines(*sides)
    if options is None or not _fits(kind, options):
        return Problem(Wrong.OPTIONS, line)
    return Question(id=name, kind=kind, words=asked, options=options)


def _plain(cell: str) -> str:
    return cell.strip().casefold().replace("（", "(").replace("）", ")")


# --- back to YAML ----------------------------------------------------------------------------------


def write(draft: Draft) -> str:
    """A draft as YAML that `read_yaml` reads again."""
    told: dict[str, Any] = {"title": dict(draft.title), "intro": dict(draft.intro), "readers": dict(draft.readers)}
    told |= {"sensitive": draft.sensitive, "remind_everyone": draft.remind_everyone, "k": draft.k}
    told = {name: value for name, value in told.items() if value}
    if draft.segment:
        labels = [dict(label) for label in draft.segment.labels]
        told["segment"] = {"question": dict(draft.segment.words), "labels": labels}
    told["questions"] = [_written(question) for question in draft.questions]
    return str(yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1000))


def _written(question: Question) -> dict[str, Any]:
    told: dict[str, Any] = {"id": question.id, "kind": str(question.kind), **question.words}
    if question.options:
        told["options"] = [dict(option) for option in question.options]
    if question.longest != TEXT_MAX:
        told["longest"] = question.longest
    return told
