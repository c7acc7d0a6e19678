"""Meetings: what there is to talk about, what was said and decided, and who does what.

Rows that may stand for somebody (`meeting_item`, `meeting_todo`) hold a tag in place of a member, and no time finer
than a month, as seats do (`events.py` beside this file).
"""

import sqlalchemy as sa

from storage.tables.base import key, metadata, of_community, sealed, text

meeting = sa.Table(  # an event, or a series, that is a meeting
    "meeting",
    metadata,
    of_community(),
    key("id"),
    text("of_id"),  # the series, or the event where it takes place once
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.UniqueConstraint("community_id", "of_id"),
)

meeting_item = sa.Table(  # something to talk about
    "meeting_item",
    metadata,
    key("community_id"),
    key("id"),
    text("meeting_id"),
    text("state", 16),  # storage.meetings.ItemState
    sa.Column("position", sa.Integer, nullable=False, server_default="0"),
    sa.Column("month", sa.Date, nullable=False),  # the first day of the month in which it came
    sa.Column("tag", sa.LargeBinary(32)),  # whose proposal it is; none: the organisers', or nobody's any more
    sealed("body_sealed"),  # JSON of storage.meetings.Topic; all of one size
    sa.Index("ix_meeting_item_meeting_id", "community_id", "meeting_id"),
    sqlite_with_rowid=False,
)


def _of_event() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["community_id", "event_id"], ["event.community_id", "event.id"], ondelete="CASCADE")


meeting_date = sa.Table(  # one date of a meeting
    "meeting_date",
    metadata,
    of_community(),
    key("event_id"),
    text("meeting_id"),
    text("items", 4000, default=""),  # ids of those that are fixed for it, parted by a blank
    sa.Column("fixed", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("published", sa.Boolean, nullable=False, server_default=sa.false()),
    _of_event(),
)

meeting_note = sa.Table(  # what was said about an item at one date
    "meeting_note",
    metadata,
    of_community(),
    key("event_id"),
    key("item_id"),
    sa.Column("version", sa.Integer, nullable=False),
    text("outcome", 16, default=""),  # storage.minutes.Outcome
    sealed("body_sealed"),  # JSON of storage.minutes.Said
    _of_event(),
)

decision = sa.Table(  # what was decided, by its number in a year
    "decision",
    metadata,
    of_community(),
    key("year", sa.SmallInteger),
    key("number", sa.Integer),
    sa.Column("decided_on", sa.Date, nullable=False),
    text("event_id", default=""),
    text("by", 16, default=""),  # the name of the one that took its place
    sealed("body_sealed"),  # JSON of storage.decisions.Words; empty: deleted, so that no number comes twice
)

meeting_todo = sa.Table(  # what somebody does until when
    "meeting_todo",
    metadata,
    key("community_id"),
    key("id"),
    text("meeting_id"),
    text("event_id"),
    text("state", 16),  # storage.todos.TodoState
    sa.Column("until", sa.Date, nullable=False),
    sa.Column("tag", sa.LargeBinary(32)),  # whom it was offered to, or who said yes
    sealed("body_sealed"),  # what; all of one size
    sa.Index("ix_meeting_todo_meeting_id", "community_id", "meeting_id"),
    sqlite_with_rowid=False,
)
