"""People: members, their accounts, and the portal's door."""

import sqlalchemy as sa

from storage.tables.base import Instant, key, metadata, of_community, sealed, text

# --- people -------------------------------------------------------------------------------------------

member = sa.Table(
    "member",
    metadata,
    of_community(),
    key("id"),
    sealed("profile_sealed"),  # JSON {name, ...}, padded to one size
    text("role", 16, default="member"),  # owner, secretariat, supporter, member
    text("areas", 64, default=""),  # of the secretariat: what they may do, by commas; "": everything
    text("language", 8, default=""),  # "": the community's
    text("zone", 64, default=""),
    sa.Column("level", sa.SmallInteger, nullable=False, server_default="1"),  # who may see them, see `presets.Level`
    text("wishes", 1000, default=""),  # JSON: how they want to be written to, tighter than their community
    sa.Column("paused_until", sa.Date),  # no nudges before this local date; 9999-12-31: until they return
    sa.Column("joined_month", sa.Date, nullable=False),
    sa.Column("active_month", sa.Date, nullable=False),  # the month of the last sign of life; nothing finer is kept
    sa.Column("asked_month", sa.Date),  # after two silent years: the month in which we asked whether they stay
    sa.Index("ix_member_asked_month", "asked_month"),
)

handle = sa.Table(
    "handle",
    metadata,
    of_community(),
    key("tag", sa.LargeBinary(32)),
    text("member_id"),
    text("surface", 16),
    text("tenant", 64),
    sealed("sealed"),  # str(Handle)
    sa.Column("reachable", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("chosen", sa.Boolean, nullable=False, server_default=sa.false()),  # of several communities
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
    sa.Index("ix_handle_tag", "tag"),
    sa.Index("ix_handle_community_id_member_id", "community_id", "member_id"),
)

consent = sa.Table(  # a row for each version of the text that a member was asked about
    "consent",
    metadata,
    of_community(),
    key("member_id"),
    key("version", sa.String(16)),
    sa.Column("month", sa.Date, nullable=False),
    sa.Column("agreed", sa.Boolean, nullable=False),
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
)

introduction = sa.Table(  # somebody new who would like a supporter; gone when it is answered, or nobody has time
    "introduction",
    metadata,
    of_community(),
    key("member_id"),
    text("supporter_id"),  # who is asked now
    sealed("body_sealed"),  # JSON {line, asked}: how they can be reached, and who was asked before; one size
    sa.Column("asked_month", sa.Date, nullable=False),
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
    sa.ForeignKeyConstraint(["community_id", "supporter_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
)

joining = sa.Table(  # an offer to make two accounts one person's; confirmed on both sides, or forgotten within the hour
    "joining",
    metadata,
    of_community(),
    key("tag", sa.LargeBinary(32)),
    text("member_id"),
    sa.Column("other_sealed", sa.LargeBinary),  # str(Handle) of whoever typed the code; none yet
    sa.Column("expires_at", Instant, nullable=False),
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
)

# --- the portal's door --------------------------------------------------------------------------------

door_link = sa.Table(  # an unused link; using it deletes the row
    "door_link",
    metadata,
    of_community(),
    key("tag", sa.LargeBinary(32)),
    text("member_id"),
    sa.Column("expires_at", Instant, nullable=False),
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
    sa.Index("ix_door_link_tag", "tag"),
)

door_session = sa.Table(
    "door_session",
    metadata,
    of_community(),
    key("tag", sa.LargeBinary(32)),
    text("member_id"),
    sa.Column("expires_at", Instant, nullable=False),
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
    sa.Index("ix_door_session_tag", "tag"),
)

door_key = sa.Table(  # a member's own link for years, on paper or in a mail; one each
    "door_key",
    metadata,
    of_community(),
    key("tag", sa.LargeBinary(32)),
    text("member_id"),
    sa.Column("used_month", sa.Date, nullable=False),  # the month in which it was made or last opened
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
    sa.Index("ix_door_key_tag", "tag"),
)

handout = sa.Table(  # a file that waits behind a link; using it deletes the row
    "handout",
    metadata,
    of_community(),
    key("tag", sa.LargeBinary(32)),
    text("member_id"),
    text("kind", 32),
    text("subject", 32, default=""),  # the id of what it is made of
    sa.Column("expires_at", Instant, nullable=False),
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
    sa.Index("ix_handout_tag", "tag"),
)
