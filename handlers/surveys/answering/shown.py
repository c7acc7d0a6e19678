"""What somebody sees of their surveys: the list, where they stand, a code that was checked, what is stored of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions import Action, pack
from bot.cards import Button, Buttons, Card, Divider, Facts, Link, Look, Piece, Text, TextInput, button
from bot.language import Reader
from bot.replies import Form
from handlers.surveys.answering import actions, texts
from storage.ballots import Check, Evidence
from storage.boxes import CODE_LENGTH
from storage.questions import Manifest, worded
from storage.surveys import RECEIPTS_KEPT

AUDIENCE, BALLOT = "survey_audience", "survey_ballot"  # the two tables that may hold a tag
START = 16  # characters shown of what nobody can read
CHECKS = {
    Check.ONE_SIZE: texts.PROOF_ONE_SIZE,
    Check.NO_MORE_COLUMNS: texts.PROOF_COLUMNS,
    Check.TAG_ORDER: texts.PROOF_ORDER,
    Check.WHOLE: texts.PROOF_WHOLE,
    Check.NOWHERE_ELSE: texts.PROOF_NOWHERE,
}


def line(reader: Reader, survey: Manifest) -> str:
    """A survey and its last day: the same for everybody who was asked."""
    return reader(texts.LINE, title=worded(survey.title, reader.language), day=reader.day(survey.closes_on))


def answer(reader: Reader, survey: Manifest) -> tuple[Button, ...]:
    """What can be done about a survey: the same, too, whether one has answered or not."""
    return (
        button(reader(texts.ANSWER), actions.Open(survey=survey.survey), Look.PRIMARY),
        window(reader(texts.STAND), actions.Stand(survey=survey.survey)),
    )


def window(label: str, action: Action) -> Button:
    """A button whose answer stands in a window that keeps nothing, also on a platform that keeps every message."""
    return button(label, action, opens_form=True)


def promised(reader: Reader, page: str, survey: str = "") -> Button | Link:
    """The way to the promise: its page, or the text itself."""
    if page:
        return Link(reader(texts.PROMISED), page)
    return window(reader(texts.PROMISED), actions.Promise(survey=survey))


def mine(reader: Reader, surveys: Sequence[Manifest], page: str) -> Card:
    """The surveys that are open to somebody."""
    title = reader(texts.TITLE)
    pieces: list[Piece] = [Text(title, Look.HEADING)]
    for one in surveys:
        pieces += [Text(line(reader, one)), Buttons(answer(reader, one))]
    pieces.append(Text(reader(texts.STANDS_HERE if surveys else texts.NONE), Look.QUIET))
    check = button(reader(texts.CHECK), actions.Check())
    rest = (check, window(reader(texts.PROVE), actions.Prove()), promised(reader, page))
    return Card(reader(texts.FORM_SUMMARY), (*pieces, Divider(), Buttons(rest)))


def stand(reader: Reader, survey: Manifest, *, answered: bool) -> Card:
    """Whether there is an answer, and what can be done: for one's own eyes."""
    day = reader.day(survey.closes_on)
    row = [button(reader(texts.CHANGE if answered else texts.ANSWER), actions.Open(survey=survey.survey), Look.PRIMARY)]
    if answered:
        sure = reader(texts.WITHDRAW_SURE)
        row.append(button(reader(texts.WITHDRAW), actions.Withdraw(survey=survey.survey), Look.DANGER, sure))
    return Card(
        reader(texts.FORM_SUMMARY),
        (
            Text(worded(survey.title, reader.language), Look.HEADING),
            Text(reader(texts.STANDS_YES if answered else texts.STANDS_NO)),
            Text(reader(texts.STANDS_AFTER, day=day)),
            *([Text(reader(texts.CHANGE_WHY), Look.QUIET)] if answered else []),
            Buttons(tuple(row)),
        ),
    )


def said(reader: Reader, words: str, *row: Button | Link) -> Card:
    """A sentence about a survey, with a summary that tells nobody which."""
    return Card(reader(texts.FORM_SUMMARY), (Text(words), *([Buttons(row)] if row else [])))


def check(reader: Reader, typed: str = "", error: str = "") -> Form:
    """Where a code is typed."""
    field = TextInput("code", reader(texts.CODE), typed, reader(texts.CODE_HINT), max_length=60)
    errors = {"code": error} if error else {}
    return Form(reader(texts.CHECK_TITLE), pack(actions.Code()), reader(texts.CHECK_SEND), (field,), errors=errors)


def code_needed(reader: Reader) -> str:
    """What is wrong with something that is no code."""
    return reader(texts.CODE_NEEDED, count=CODE_LENGTH)


def checked(reader: Reader, counted: Manifest | None, waiting: Sequence[Manifest]) -> Card:
    """Whether a code counts, and of which surveys nobody can tell yet."""
    if counted:
        return said(reader, reader(texts.COUNTED, title=worded(counted.title, reader.language)))
    lines = [
        reader(texts.NOT_YET, title=worded(one.title, reader.language), day=reader.day(one.closes_on))
        for one in waiting
    ]
    return said(reader, "\n".join([reader(texts.NOT_COUNTED, days=RECEIPTS_KEPT.days), *lines]))


@dataclass(frozen=True)
class Proof:
    """What is stored under somebody's tag in one survey."""

    survey: Manifest
    evidence: Evidence


def proof(reader: Reader, proofs: Sequence[Proof]) -> Card:
    """Every row that carries somebody's tags, in plain words, and what was looked up in the live data."""
    pieces: list[Piece] = [Text(reader(texts.PROOF_TITLE), Look.HEADING)]
    for one in proofs:
        title = worded(one.survey.title, reader.language)
        pieces += [Divider(), Text(reader(texts.PROOF_OF, title=title)), *_proven(reader, one.evidence)]
    if not proofs:
        pieces.append(Text(reader(texts.PROOF_NONE)))
    return Card(reader(texts.FORM_SUMMARY), tuple(pieces))


def _proven(reader: Reader, found: Evidence) -> tuple[Piece, ...]:
    if not found.tag:
        return (Text(reader(texts.PROOF_LOST)),)
    facts = [(reader(texts.PROOF_TAG), f"{found.tag.hex()[:START]}…")]
    for table, row in found.rows:
        if table == AUDIENCE:
            facts.append((reader(texts.PROOF_ASKED), reader(texts.PROOF_ASKED_VALUE)))
        elif table == BALLOT:
            size, start = reader.number(len(found.sealed)), found.sealed.hex()[:START]
            facts.append((reader(texts.PROOF_BALLOT), reader(texts.PROOF_BALLOT_VALUE, bytes=size, start=start)))
        else:
            names = ", ".join(f"{name} = {value}" for name, value in row)
            facts.append((reader(texts.PROOF_ELSEWHERE, table=table), names))
    if not any(table == BALLOT for table, _ in found.rows):
        facts.append((reader(texts.PROOF_BALLOT), reader(texts.PROOF_BALLOT_NONE)))
    checks = [(reader(CHECKS[one]), reader(texts.PROOF_YES if fine else texts.PROOF_NO)) for one, fine in found.checks]
    return (
        Facts(tuple(facts)),
        Text(reader(texts.PROOF_TAG_WHAT), Look.QUIET),
        Text(reader(texts.PROOF_CHECKS)),
        Facts(tuple(checks)),
    )
