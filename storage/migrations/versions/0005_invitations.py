"""Invitations, files, the record of what the secretariat did, and how members like to be reached."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=48), nullable=False),
        sa.Column("subject", sa.String(length=64), server_default="", nullable=False),
        sa.Column("actor_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("link", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_audit_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "number", name=op.f("pk_audit")),
    )
    op.create_table(
        "audit_head",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("erased", sa.Integer(), nullable=False),
        sa.Column("erased_link", sa.LargeBinary(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("link", sa.LargeBinary(length=32), nullable=False),
        sa.Column("mark", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_audit_head_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "wave",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=True),
        sa.Column("picked_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_wave_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_wave")),
    )
    op.create_table(
        "invitation",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("wave_id", sa.String(length=32), nullable=True),
        sa.Column("invitee_id", sa.String(length=32), nullable=True),
        sa.Column("member_id", sa.String(length=32), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("about_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("joined_tag", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "wave_id"],
            ["wave.community_id", "wave.id"],
            name=op.f("fk_invitation_community_id_wave_id_wave"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_invitation_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("tag", name=op.f("uq_invitation_tag")),
    )
    op.create_index("ix_invitation_community_id_invitee_id", "invitation", ["community_id", "invitee_id"], unique=False)
    op.create_index(
        "ix_invitation_community_id_member_id", "invitation", ["community_id", "member_id", "state"], unique=False
    )
    op.create_table(
        "seat",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("invitation_id", sa.String(length=32), nullable=False),
        sa.Column("session_tag", sa.LargeBinary(length=32), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "invitation_id"],
            ["invitation.community_id", "invitation.id"],
            name=op.f("fk_seat_community_id_invitation_id_invitation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_seat_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "tag", name=op.f("pk_seat")),
    )
    op.create_index("ix_seat_community_id_invitation_id", "seat", ["community_id", "invitation_id"], unique=False)
    op.create_index("ix_seat_session_tag", "seat", ["session_tag"], unique=False)
    op.create_table(
        "nudge_habit",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_nudge_habit_community_id_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_nudge_habit_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "member_id", "kind", name=op.f("pk_nudge_habit")),
    )
    op.create_table(
        "door_key",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("used_month", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_door_key_community_id_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_door_key_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "tag", name=op.f("pk_door_key")),
    )
    op.create_index("ix_door_key_tag", "door_key", ["tag"], unique=False)
    op.create_table(
        "handout",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=32), server_default="", nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_handout_community_id_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_handout_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "tag", name=op.f("pk_handout")),
    )
    op.create_index("ix_handout_tag", "handout", ["tag"], unique=False)


def downgrade() -> None:
    op.drop_table("handout")
    op.drop_table("door_key")
    op.drop_table("nudge_habit")
    op.drop_index("ix_seat_session_tag", table_name="seat")
    op.drop_index("ix_seat_community_id_invitation_id", table_name="seat")
    op.drop_table("seat")
    op.drop_index("ix_invitation_community_id_member_id", table_name="invitation")
    op.drop_index("ix_invitation_community_id_invitee_id", table_name="invitation")
    op.drop_table("invitation")
    op.drop_table("wave")
    op.drop_table("audit_head")
    op.drop_table("audit")
