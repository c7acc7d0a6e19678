"""What named polls store about a member, on their page and in the copy they take with them."""

from collections.abc import Sequence

from bot.cards import Facts, Look, Piece, Text
from handlers.polls import cards, texts
from handlers.sections import Row, Section
from handlers.turn import Turn
from storage.people import Member
from storage.polls import NAMES_KEPT, Polls
from storage.work import Work


def about(turn: Turn) -> Sequence[Piece]:
    """How many answers carry their name, and who sees them."""
    reader, there = turn.reader, Polls(turn.work, turn.community.id)
    facts = [(reader(texts.ABOUT_ANSWERS), reader(texts.ABOUT_COUNT, count=len(there.by(turn.me.id))))]
    if own := there.organised_by(turn.me.id):
        facts.append((reader(texts.ABOUT_ORGANISED), reader.number(len(own))))
    seen = Text(reader(texts.ABOUT_SEEN, count=NAMES_KEPT.days), Look.QUIET)
    return (Text(reader(texts.ABOUT_TITLE), Look.HEADING), Facts(tuple(facts)), seen)


def export(work: Work, member: Member) -> Sequence[Section]:
    """Every answer of theirs, and every poll they asked."""
    reader, there = member.reader, Polls(work, member.community.id)
    answers: list[Row] = [
        [
            ("question", reader(texts.ABOUT_QUESTION), poll.terms.question),
            ("answer", reader(texts.ABOUT_PICKED), cards.picked(reader, poll, picked)),
            ("last_day", reader(texts.ABOUT_UNTIL), poll.terms.last_day.isoformat()),
        ]
        for poll, picked in there.by(member.id)
    ]
    asked: list[Row] = [
        [
            ("question", reader(texts.ABOUT_QUESTION), poll.terms.question),
            ("last_day", reader(texts.ABOUT_UNTIL), poll.terms.last_day.isoformat()),
        ]
        for poll in there.organised_by(member.id)
    ]
    seen = reader(texts.ABOUT_SEEN, count=NAMES_KEPT.days)
    return (
        Section("polls", reader(texts.ABOUT_TITLE), seen, answers),
        Section("polls_organised", reader(texts.ABOUT_ORGANISED), seen, asked),
    )
