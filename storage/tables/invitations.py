"""Invitations: waves, the links of people who may come, and who holds one open."""

import sqlalchemy as sa

from storage.tables.base import Instant, key, metadata, of_community, sealed, text

wave = sa.Table(  # people picked together; a person approves
    "wave",
    metadata,
    of_community(),
    key("id"),
    text("state", 16),  # asked, approved, stopped
    sa.Column("member_id", sa.String(32)),  # who picked, and who sends; none: they have left
    sealed("picked_sealed"),  # JSON {year, department, tag, tone}: by what
    sa.Column("asked_on", sa.Date, nullable=False),
)

invitation = sa.Table(  # a link for one person; the link itself is nowhere
    "invitation",
    metadata,
    of_community(),
    key("id"),
    text("kind", 16),  # personal, referral, leaver
    text("state", 16),  # asked, planned, open, used, quiet, revoked
    sa.Column("tag", sa.LargeBinary(32), nullable=False),  # of the code in the link
    sa.Column("wave_id", sa.String(32)),
    sa.Column("invitee_id", sa.String(32)),  # of the roster, where the person stands there
    sa.Column("member_id", sa.String(32)),  # the secretary who sends it, the member who asked; none: they have left
    text("language", 8),
    sealed("about_sealed"),  # JSON {name, mail, note}: what its sender wrote; one size
    sa.Column("opened_on", sa.Date),  # local date on which it could first be used
    sa.Column("sent_on", sa.Date),  # local date on which its sender ticked "sent by me"
    sa.Column("expires_on", sa.Date),  # the last local date it opens
    sa.Column("joined_tag", sa.LargeBinary(32)),  # keyed tag of the member it made, to forget it when they leave
    sa.ForeignKeyConstraint(["community_id", "wave_id"], ["wave.community_id", "wave.id"], ondelete="CASCADE"),
    sa.UniqueConstraint("tag"),
    sa.Index("ix_invitation_community_id_member_id", "community_id", "member_id", "state"),
    sa.Index("ix_invitation_community_id_invitee_id", "community_id", "invitee_id"),
)

seat = sa.Table(  # somebody who has come in by a link and not joined yet
    "seat",
    metadata,
    of_community(),
    key("tag", sa.LargeBinary(32)),  # of their handle: a guest's of the portal, or an account on a chat platform
    text("id"),  # names the guest of the portal
    text("invitation_id"),
    sa.Column("session_tag", sa.LargeBinary(32)),  # of the portal's cookie; none: a chat account
    sa.Column("expires_at", Instant, nullable=False),
    sa.ForeignKeyConstraint(
        ["community_id", "invitation_id"], ["invitation.community_id", "invitation.id"], ondelete="CASCADE"
    ),
    sa.Index("ix_seat_session_tag", "session_tag"),
    sa.Index("ix_seat_community_id_invitation_id", "community_id", "invitation_id"),
)
