"""Addresses at which members' calendars ask for their events."""

import sqlalchemy as sa

from storage.tables.base import key, metadata, of_community, text

feed = sa.Table(  # whoever knows an address sees the events; kept as a keyed tag, with no trace of who asked when
    "calendar_feed",
    metadata,
    of_community(),
    key("tag", sa.LargeBinary(32)),
    text("member_id"),
    sa.Column("every", sa.Boolean, nullable=False, server_default=sa.false()),  # also what they have not answered to
    sa.Column("made_month", sa.Date, nullable=False),
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
    sa.Index("ix_calendar_feed_tag", "tag"),
)
