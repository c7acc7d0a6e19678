"""Named polls: what was asked, and who chose what.  Nothing here is shared with sealed surveys."""

import sqlalchemy as sa

from storage.tables.base import Instant, key, metadata, of_community, sealed, text

poll = sa.Table(
    "poll",
    metadata,
    of_community(),
    key("id"),
    text("state", 8),  # storage.polls.State
    text("organiser_member_id", default=""),  # "": they have left
    sealed("terms_sealed"),  # JSON: storage.polls.Terms
    sa.Column("closes_at", Instant),  # the end of the last day; of a draft, when it was last written
    sa.Column("closed_at", Instant),
    sealed("result_sealed", nullable=True),  # JSON: storage.polls.Result, from its close on
    sa.Index("ix_poll_state_closes_at", "state", "closes_at"),
)

vote = sa.Table(  # what a member chose; deleted with their name some time after the close
    "poll_vote",
    metadata,
    of_community(),
    key("poll_id"),
    key("member_id"),
    sealed("picked_sealed"),  # JSON: places of options
    sa.ForeignKeyConstraint(["community_id", "poll_id"], ["poll.community_id", "poll.id"], ondelete="CASCADE"),
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
    sa.Index("ix_poll_vote_member", "community_id", "member_id"),
)
