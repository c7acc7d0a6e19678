"""Questions that members ask an event without their name.

`event_inbox` and `event_vote` stand for people.  As ballots do, their rows lie under random or keyed ids whose secret
is in a file outside the database (`storage/boxes.py`), and have neither a member, a time nor a foreign key.
"""

import sqlalchemy as sa

from storage.tables.base import Instant, key, metadata, of_community, sealed, text

event_round = sa.Table(  # questions can be asked
    "event_round",
    metadata,
    of_community(),
    key("event_id"),
    text("key_id", 32),  # of its key file
    sa.Column("box", sa.LargeBinary(32), nullable=False),  # the public key
    sa.Column("opened_at", Instant, nullable=False),  # the last announced time at which the inbox was looked into
    sa.Column("over", sa.Boolean, nullable=False, server_default=sa.false()),  # the key is (to be) destroyed
    sa.Column("shared", sa.Boolean, nullable=False, server_default=sa.false()),  # the answered ones, with members
    sa.ForeignKeyConstraint(["community_id", "event_id"], ["event.community_id", "event.id"], ondelete="CASCADE"),
)

event_inbox = sa.Table(  # asked, and not opened yet
    "event_inbox",
    metadata,
    key("community_id"),
    key("event_id"),
    key("id", sa.LargeBinary(16)),  # says nothing without its code and the key
    sa.Column("question", sa.LargeBinary, nullable=False),  # all of one size
    sqlite_with_rowid=False,
)

event_question = sa.Table(  # opened, many at once and shuffled
    "event_question",
    metadata,
    of_community(),
    key("event_id"),
    key("id", sa.LargeBinary(16)),  # random
    text("state", 8),  # storage.asked.State
    sealed("words_sealed"),  # all of one size
    sa.Column("votes", sa.Integer, nullable=False, server_default="0"),  # how many wanted it, once the rows are gone
    sa.ForeignKeyConstraint(
        ["community_id", "event_id"], ["event_round.community_id", "event_round.event_id"], ondelete="CASCADE"
    ),
    sqlite_with_rowid=False,
)

event_vote = sa.Table(  # somebody wants a question to be answered
    "event_vote",
    metadata,
    key("community_id"),
    key("event_id"),
    key("question_id", sa.LargeBinary(16)),
    key("tag", sa.LargeBinary(32)),  # of this question alone
    sqlite_with_rowid=False,
)
