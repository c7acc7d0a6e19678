"""What is arranged before an event: themes and groups, who presents, and who looks for what.

Rows that stand for people lie under tags, without an id or a time, as seats do (`events.py` beside this file).
"""

import sqlalchemy as sa

from storage.tables.base import key, metadata, of_community, sealed, text

event_before = sa.Table(  # what whoever runs an event has set up
    "event_before",
    metadata,
    of_community(),
    key("event_id"),
    sealed("body_sealed"),  # JSON of storage.grouping.Before
    sa.ForeignKeyConstraint(["community_id", "event_id"], ["event.community_id", "event.id"], ondelete="CASCADE"),
)

event_wish = sa.Table(  # which themes somebody chose, and which group they are in
    "event_wish",
    metadata,
    key("community_id"),
    key("event_id"),
    key("tag", sa.LargeBinary(32)),
    sealed("body_sealed"),  # JSON of storage.grouping.Wish; all of one size
    sqlite_with_rowid=False,
)

event_pitch = sa.Table(  # what somebody would present
    "event_pitch",
    metadata,
    key("community_id"),
    key("event_id"),
    key("tag", sa.LargeBinary(32)),
    text("state", 16),  # storage.pitches.Answer
    sealed("body_sealed"),  # JSON of storage.pitches.Pitch; all of one size
    sqlite_with_rowid=False,
)

event_slip = sa.Table(  # what somebody looks for and can offer
    "event_slip",
    metadata,
    key("community_id"),
    key("event_id"),
    key("tag", sa.LargeBinary(32)),
    sealed("body_sealed"),  # JSON of storage.exchange.Slip; all of one size
    sqlite_with_rowid=False,
)

event_talk = sa.Table(  # that one of two would like to talk with the other, and what came of it
    "event_talk",
    metadata,
    key("community_id"),
    key("event_id"),
    key("tag", sa.LargeBinary(32)),  # of who asks and who is asked, which no other row has
    sealed("body_sealed"),  # JSON of storage.exchange.Talk; all of one size
    sqlite_with_rowid=False,
)

event_apart = sa.Table(  # with whom somebody wants to be in no group; both are tags
    "event_apart",
    metadata,
    key("community_id"),
    key("tag", sa.LargeBinary(32)),  # whose wish it is
    key("other", sa.LargeBinary(32)),  # with whom not: a tag of the two, which no other row has
    sqlite_with_rowid=False,
)
