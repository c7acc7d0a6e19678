"""What is stored about a member in meetings: what they proposed, and what they do."""

from collections.abc import Sequence

from bot.cards import Facts, Piece
from handlers.events.meeting import texts, texts_desk
from handlers.sections import Row, Section
from handlers.turn import Turn
from storage.meetings import Meetings
from storage.people import Member
from storage.todos import Todos
from storage.work import Work


def about(turn: Turn) -> Sequence[Piece]:
    """On their page: what waits, and what is to do."""
    reader, here = turn.reader, turn.community.id
    proposed = [one.topic.title for one in Meetings(turn.work, here).mine("", turn.me.id)]
    todo = [f"{one.what} ({reader.full_day(one.until)})" for one in Todos(turn.work, here).of(turn.me.id)]
    facts = [(reader(texts.EXPORT_ITEMS), "\n".join(proposed)), (reader(texts.EXPORT_TODOS), "\n".join(todo))]
    told = tuple(fact for fact in facts if fact[1])
    return (Facts(told),) if told else ()


def export(work: Work, member: Member) -> Sequence[Section]:
    """All that is kept, answered or done too."""
    reader, here = member.reader, member.community.id
    items: list[Row] = [
        [
            ("title", reader(texts.EXPORT_WHAT), one.topic.title),
            ("line", reader(texts.EXPORT_LINE), one.topic.line),
            ("state", reader(texts.EXPORT_STATE), reader(texts_desk.STATES[one.state])),
        ]
        for one in Meetings(work, here).all_of(member.id)
    ]
    todos: list[Row] = [
        [
            ("what", reader(texts.EXPORT_WHAT), one.what),
            ("until", reader(texts.TODO_UNTIL), one.until.isoformat()),
            ("state", reader(texts.EXPORT_STATE), reader(texts.TODO_STATES[one.state])),
        ]
        for one in Todos(work, here).of(member.id, done=True)
    ]
    return (
        Section("meeting_items", reader(texts.EXPORT_ITEMS), reader(texts.EXPORT_ITEMS_SEEN), items),
        Section("meeting_todos", reader(texts.EXPORT_TODOS), reader(texts.EXPORT_TODOS_SEEN), todos),
    )
