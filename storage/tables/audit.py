"""What the secretariat did: a chain of entries, and its head."""

import sqlalchemy as sa

from storage.tables.base import Instant, key, metadata, of_community, sealed, text

audit = sa.Table(  # one action of the secretariat; never of a member, never with content
    "audit",
    metadata,
    of_community(),
    key("number", sa.Integer, autoincrement=False),  # 1, 2, 3 … without a gap
    sa.Column("done_at", Instant, nullable=False),  # to the minute
    text("action", 48),
    text("subject", 64, default=""),  # the id of an object, never of a member
    sealed("actor_sealed"),  # member id; sealed "": the server
    sa.Column("link", sa.LargeBinary(32), nullable=False),  # keyed hash of this entry and the link before it
)

audit_head = sa.Table(  # where the chain begins and ends, so that a missing end shows
    "audit_head",
    metadata,
    of_community(),
    sa.Column("erased", sa.Integer, nullable=False),  # entries up to this number were kept long enough
    sa.Column("erased_link", sa.LargeBinary(32), nullable=False),  # the link of the last of them
    sa.Column("number", sa.Integer, nullable=False),  # of the newest entry
    sa.Column("link", sa.LargeBinary(32), nullable=False),  # of the newest entry
    sa.Column("mark", sa.LargeBinary(32), nullable=False),  # keyed hash of this row
)
