"""The forms of a draft.  Each takes what is typed as its action, so that a mistake costs nothing."""

from collections.abc import Mapping, Sequence
from functools import partial

from bot.actions import pack
from bot.cards import Choice, Facts, FileInput, Text, TextInput, Tick
from bot.language import Reader
from bot.replies import Form
from handlers.surveys.authoring import actions, files, rules, texts
from handlers.surveys.authoring.files import Problem
from storage.questions import (
    K_SENSITIVE,
    OPTIONS_MAX,
    QUESTIONS_MAX,
    SEGMENT_MAX,
    TEXT_MAX,
    Draft,
    K,
    Kind,
    Question,
)

TEXT_LINES = 30
OPTIONS_LENGTH = OPTIONS_MAX * (rules.OPTION_MAX + 1) * 2  # twice what fits, so that a mistake can be told
Errors = Mapping[str, str]


def _box(name: str, label: str, value: str, hint: str = "", *, most: int, lines: int = 1) -> TextInput:
    """A line or box that may stay empty."""
    return TextInput(name, label, value, hint, lines=lines, max_length=most, required=False)


# --- a question ------------------------------------------------------------------------------------


def asked(survey: str, question: Question | None) -> actions.Asked:
    """A question as it stands in its form."""
    if question is None:
        return actions.Asked(survey=survey)
    return actions.Asked(
        survey=survey,
        question=question.id,
        kind=question.kind,
        words_ja=question.words.get("ja", ""),
        words_en=question.words.get("en", ""),
        options_ja=rules.unlined(question.options, "ja"),
        options_en=rules.unlined(question.options, "en"),
        longest=str(question.longest) if question.longest != TEXT_MAX else "",
    )


def question(reader: Reader, typed: actions.Asked, number: int, errors: Errors | None = None) -> Form:
    """The form of one question; `number` 0: a new one."""
    title = reader(texts.QUESTION, number=number) if number else reader(texts.QUESTION_NEW)
    kinds = tuple((str(kind), reader(said)) for kind, said in texts.KINDS.items())
    one_will_do, only_choice = reader(texts.ONE_WILL_DO), reader(texts.OPTIONS_HINT)
    most = partial(_box, most=rules.QUESTION_MAX, lines=2)
    many = partial(_box, most=OPTIONS_LENGTH, lines=5)
    fields = (
        Choice("kind", reader(texts.KIND), kinds, typed.kind),
        most("words_ja", reader(texts.WORDS_JA), typed.words_ja, one_will_do),
        most("words_en", reader(texts.WORDS_EN), typed.words_en),
        many("options_ja", reader(texts.OPTIONS_JA), typed.options_ja, only_choice),
        many("options_en", reader(texts.OPTIONS_EN), typed.options_en),
        _box("longest", reader(texts.LONGEST), typed.longest, str(TEXT_MAX), most=10),
    )
    submit = pack(actions.Asked(survey=typed.survey, question=typed.question))
    return Form(title, submit, reader(texts.SAVE), fields, errors=errors or {})


def read_question(reader: Reader, typed: actions.Asked, free: str) -> tuple[Question | None, dict[str, str]]:
    """The question that was typed, or what is amiss, by field; a new one gets the id that is `free`."""
    errors: dict[str, str] = {}
    kind = next((one for one in Kind if one == typed.kind), None)
    words, options = rules.words(typed.words_ja, typed.words_en), rules.lines(typed.options_ja, typed.options_en)
    if kind is None:
        errors["kind"] = reader(texts.BAD_CHOICE)
    for language in rules.LANGUAGES:
        if len(words.get(language, "")) > rules.QUESTION_MAX:
            errors[f"words_{language}"] = reader(texts.BAD_LONG, most=rules.QUESTION_MAX)
    if not words:
        errors["words_ja"] = reader(texts.BAD_EMPTY)
    at = "options_ja" if typed.options_ja.strip() or not typed.options_en.strip() else "options_en"
    if options is None:
        errors["options_en"] = reader(texts.BAD_LINES)
    elif kind and not rules.single(kind) and options:
        errors[at] = reader(texts.BAD_NO_OPTIONS)
    elif kind and rules.single(kind) and not rules.fits_choice(options):
        errors[at] = reader(texts.BAD_OPTIONS, most=OPTIONS_MAX, longest=rules.OPTION_MAX)
    longest = rules.number_in(typed.longest or str(TEXT_MAX), 1, TEXT_MAX)
    if longest is None:
        errors["longest"] = reader(texts.BAD_NUMBER, least=1, most=TEXT_MAX)
    if errors or kind is None or options is None or longest is None:
        return None, errors
    return Question(id=typed.question or free, kind=kind, words=words, options=options, longest=longest), {}


# --- title and introduction ------------------------------------------------------------------------


def worded(survey: str, draft: Draft) -> actions.Worded:
    """Title and introduction as they stand in their form."""
    sides = {
        f"{name}_{one}": getattr(draft, name).get(one, "") for name in ("title", "intro") for one in rules.LANGUAGES
    }
    return actions.Worded(survey=survey, **sides)


def words(reader: Reader, typed: actions.Worded, errors: Errors | None = None) -> Form:
    """The form of title and introduction."""
    title = partial(_box, most=rules.TITLE_MAX)
    intro = partial(_box, most=rules.INTRO_MAX, lines=4)
    fields = (
        title("title_ja", reader(texts.TITLE_JA), typed.title_ja, reader(texts.ONE_WILL_DO)),
        title("title_en", reader(texts.TITLE_EN), typed.title_en),
        intro("intro_ja", reader(texts.INTRO_JA), typed.intro_ja),
        intro("intro_en", reader(texts.INTRO_EN), typed.intro_en),
    )
    submit = pack(actions.Worded(survey=typed.survey))
    return Form(reader(texts.EDIT_WORDS), submit, reader(texts.SAVE), fields, errors=errors or {})


def read_words(reader: Reader, typed: actions.Worded, draft: Draft) -> tuple[Draft | None, dict[str, str]]:
    """The draft under this title, or what is amiss, by field."""
    title, intro = rules.words(typed.title_ja, typed.title_en), rules.words(typed.intro_ja, typed.intro_en)
    errors = _too_long(reader, "title", title, rules.TITLE_MAX) | _too_long(reader, "intro", intro, rules.INTRO_MAX)
    if not title:
        errors["title_ja"] = reader(texts.BAD_TITLE)
    return (None, errors) if errors else (draft.model_copy(update={"title": title, "intro": intro}), {})


def _too_long(reader: Reader, name: str, told: Mapping[str, str], most: int) -> dict[str, str]:
    said = reader(texts.BAD_LONG, most=most)
    return {f"{name}_{language}": said for language, text in told.items() if len(text) > most}


# --- what is promised ------------------------------------------------------------------------------


def termed(survey: str, draft: Draft) -> actions.Termed:
    """What is promised as it stands in its form."""
    return actions.Termed(
        survey=survey,
        readers_ja=draft.readers.get("ja", ""),
        readers_en=draft.readers.get("en", ""),
        closes=draft.closes_on.isoformat(),
        k=str(draft.k) if draft.k else "",
        sensitive=draft.sensitive,
        everyone=draft.remind_everyone,
    )


def terms(reader: Reader, typed: actions.Termed, zone: str, errors: Errors | None = None) -> Form:
    """The form of what is promised."""
    name = partial(_box, most=rules.READERS_MAX)
    k = reader(texts.K_HINT, usual=K, sensitive=K_SENSITIVE)
    sensitive = reader(texts.SENSITIVE_HINT, k=K_SENSITIVE)
    fields = (
        TextInput("closes", reader(texts.LAST_DAY), typed.closes, reader(texts.DAY_HINT, zone=zone), max_length=100),
        name("readers_ja", reader(texts.READERS_JA), typed.readers_ja, reader(texts.READERS_HINT)),
        name("readers_en", reader(texts.READERS_EN), typed.readers_en),
        _box("k", reader(texts.K_LABEL), typed.k, k, most=10),
        Tick("sensitive", reader(texts.SENSITIVE_LABEL), typed.sensitive, sensitive),
        Tick("everyone", reader(texts.EVERYONE_LABEL), typed.everyone, reader(texts.EVERYONE_HINT)),
    )
    submit = pack(actions.Termed(survey=typed.survey))
    return Form(reader(texts.EDIT_TERMS), submit, reader(texts.SAVE), fields, errors=errors or {})


# --- the group -------------------------------------------------------------------------------------


def grouped(survey: str, draft: Draft) -> actions.Grouped:
    """The group as it stands in its form."""
    if draft.segment is None:
        return actions.Grouped(survey=survey)
    return actions.Grouped(
        survey=survey,
        words_ja=draft.segment.words.get("ja", ""),
        words_en=draft.segment.words.get("en", ""),
        labels_ja=rules.unlined(draft.segment.labels, "ja"),
        labels_en=rules.unlined(draft.segment.labels, "en"),
    )


def group(reader: Reader, typed: actions.Grouped, errors: Errors | None = None) -> Form:
    """The form of the one group that people may name."""
    asked = partial(_box, most=rules.QUESTION_MAX, lines=2)
    many = partial(_box, most=OPTIONS_LENGTH, lines=5)
    hint = reader(texts.LABELS_HINT, most=SEGMENT_MAX)
    fields = (
        asked("words_ja", reader(texts.GROUP_JA), typed.words_ja),
        asked("words_en", reader(texts.GROUP_EN), typed.words_en),
        many("labels_ja", reader(texts.LABELS_JA), typed.labels_ja, hint),
        many("labels_en", reader(texts.LABELS_EN), typed.labels_en),
    )
    submit, what = pack(actions.Grouped(survey=typed.survey)), (Text(reader(texts.GROUP_WHAT)),)
    return Form(reader(texts.EDIT_GROUP), submit, reader(texts.SAVE), fields, what, errors or {})


def read_group(reader: Reader, typed: actions.Grouped, draft: Draft) -> tuple[Draft | None, dict[str, str]]:
    """The draft with this group, or without one; or what is amiss, by field."""
    words, labels = rules.words(typed.words_ja, typed.words_en), rules.lines(typed.labels_ja, typed.labels_en)
    errors = _too_long(reader, "words", words, rules.QUESTION_MAX)
    at = "labels_ja" if typed.labels_ja.strip() or not typed.labels_en.strip() else "labels_en"
    if labels is None:
        errors["labels_en"] = reader(texts.BAD_LINES)
    elif labels and not words:
        errors["words_ja"] = reader(texts.BAD_EMPTY)
    elif (words or labels) and not rules.fits_segment(labels):
        errors[at] = reader(texts.BAD_LABELS, most=SEGMENT_MAX)
    elif any(rules.too_long(label, rules.OPTION_MAX) for label in labels):
        errors[at] = reader(texts.BAD_LONG, most=rules.OPTION_MAX)
    if errors or labels is None:
        return None, errors
    return draft.model_copy(update={"segment": rules.segment(words, labels)}), {}


# --- files and text --------------------------------------------------------------------------------


def file(reader: Reader, problem: str = "") -> Form:
    """The form that takes a question file."""
    field = FileInput("file", reader(texts.FILE_FIELD), accept=".yaml,.yml,.csv")
    errors = {"file": problem} if problem else {}
    what = (Text(reader(texts.FILE_WHAT)),)
    return Form(reader(texts.FILE_TITLE), pack(actions.Take()), reader(texts.FILE_SUBMIT), (field,), what, errors)


def written(reader: Reader, survey: str, text: str, errors: Errors | None = None) -> Form:
    """The form of the whole survey as text."""
    most = files.FILE_MAX
    hint = reader(texts.TEXT_HINT)
    field = TextInput("text", reader(texts.TEXT_FIELD), text, hint, lines=TEXT_LINES, max_length=most)
    submit = pack(actions.Rewritten(survey=survey))
    trying, title = pack(actions.Try(survey=survey)), reader(texts.TEXT_TITLE)
    return Form(title, submit, reader(texts.TEXT_SUBMIT), (field,), errors=errors or {}, preview=trying)


def problems(reader: Reader, found: Sequence[Problem]) -> str:
    """What is wrong with a file: the first few mistakes with their lines, and how many more there are."""
    told = [problem(reader, one) for one in found[: files.SHOWN]]
    if more := len(found) - len(told):
        told.append(reader(texts.MORE_WRONG, count=more))
    return "\n".join(told)


def problem(reader: Reader, one: Problem) -> str:
    """One mistake in a file."""
    limits = {"most": OPTIONS_MAX, "longest": rules.OPTION_MAX, "labels": SEGMENT_MAX, "questions": QUESTIONS_MAX}
    said = reader(texts.WRONG[one.wrong], word=one.word, **limits)
    return reader(texts.IN_LINE, line=one.line, said=said) if one.line else said


# --- opening ---------------------------------------------------------------------------------------


def opening(
    reader: Reader, survey: str, facts: Sequence[tuple[str, str]], channels: Sequence[str], errors: Errors | None = None
) -> Form:
    """The last form before a survey is opened: everything that is frozen, and a tick."""
    named = tuple((name, reader(texts.CHANNELS[name])) for name in channels)
    fields = (
        Choice("channel", reader(texts.OPEN_CHANNEL), named, channels[0]),
        Tick("sure", reader(texts.OPEN_SURE), required=True),
    )
    what = (Facts(tuple(facts)), Text(reader(texts.FROZEN)), Text(reader(texts.MARK_LATER)))
    submit = pack(actions.Opened(survey=survey))
    return Form(reader(texts.OPEN_TITLE), submit, reader(texts.OPEN), fields, what, errors or {})
