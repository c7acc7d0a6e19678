"""What surveys store about a member, in the copy they take with them."""

from collections.abc import Sequence

from handlers.sections import Row, Section
from handlers.surveys import texts
from handlers.surveys.authoring import standing
from storage.ballots import Ballots
from storage.people import Member
from storage.questions import worded
from storage.work import Work


def export(work: Work, member: Member) -> Sequence[Section]:
    """For every open survey whether a sealed answer of theirs is present; never the answer, which nobody can open."""
    reader = member.reader
    rows: list[Row] = [
        [
            ("survey", reader(texts.EXPORT_SURVEY), worded(one.promised.title, reader.language)),
            ("sealed_answer", reader(texts.EXPORT_PRESENT), reader(texts.EXPORT_YES if present else texts.EXPORT_NO)),
        ]
        for one, present in Ballots(work, member.community.id).standing(member.id)
    ]
    return (
        *standing.export(work, member),
        Section("sealed_surveys", reader(texts.EXPORT_TITLE), reader(texts.EXPORT_SEEN), rows),
    )
