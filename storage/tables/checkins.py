"""最近何してるの?: how members like to be asked, and what they told."""

import sqlalchemy as sa

from storage.tables.base import Instant, key, metadata, of_community, sealed, text

habit = sa.Table(  # how a member likes to be asked
    "checkin_habit",
    metadata,
    of_community(),
    key("member_id"),
    sa.Column("months", sa.Integer),  # own cadence; none: the community's
    sa.Column("next_on", sa.Date),  # none: not planned yet
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
    sa.Index("ix_checkin_habit_community_id_next_on", "community_id", "next_on"),
)

entry = sa.Table(  # something a member told
    "checkin_entry",
    metadata,
    of_community(),
    key("id"),
    text("member_id"),
    text("template", 16),
    sealed("body_sealed"),  # JSON {text, link, named}
    text("audience", 16),  # everyone, secretariat, self
    sa.Column("told_at", Instant, nullable=False),
    sa.Column("digest_id", sa.String(32)),  # the digest it appeared in
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
    sa.Index("ix_checkin_entry_member", "community_id", "member_id", "told_at"),
    sa.Index("ix_checkin_entry_digest", "community_id", "digest_id"),
)

digest = sa.Table(
    "checkin_digest",
    metadata,
    of_community(),
    key("id"),
    sa.Column("nominal_local", sa.DateTime, nullable=False),
    sa.UniqueConstraint("community_id", "nominal_local"),
)

cheer = sa.Table(  # a reaction to an entry
    "checkin_cheer",
    metadata,
    of_community(),
    key("entry_id"),
    key("member_id"),
    key("kind", sa.String(16)),  # congrats, meet
    sa.Column("told_in", sa.String(32)),  # the message that told the author; none: not told yet
    sa.ForeignKeyConstraint(
        ["community_id", "entry_id"], ["checkin_entry.community_id", "checkin_entry.id"], ondelete="CASCADE"
    ),
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
)
