"""How much somebody is written to: what is still without an answer."""

import sqlalchemy as sa

from storage.tables.base import key, metadata, of_community

nudge_habit = sa.Table(  # a row stands only while an answer is awaited
    "nudge_habit",
    metadata,
    of_community(),
    key("member_id"),
    key("kind", sa.String(64)),  # "": everything we started
    sa.Column("unanswered", sa.Integer, nullable=False),
    sa.Column("asked_on", sa.Date, nullable=False),  # local date of the last one
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
)
