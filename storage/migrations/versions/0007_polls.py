"""Named polls."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "poll",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("organiser_member_id", sa.String(length=32), server_default="", nullable=False),
        sa.Column("terms_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_poll_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_poll")),
    )
    op.create_index("ix_poll_state_closes_at", "poll", ["state", "closes_at"], unique=False)
    op.create_table(
        "poll_vote",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("poll_id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("picked_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_poll_vote_community_id_community")),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_poll_vote_community_id_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "poll_id"],
            ["poll.community_id", "poll.id"],
            name=op.f("fk_poll_vote_community_id_poll_id_poll"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "poll_id", "member_id", name=op.f("pk_poll_vote")),
    )
    op.create_index("ix_poll_vote_member", "poll_vote", ["community_id", "member_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_poll_vote_member", table_name="poll_vote")
    op.drop_table("poll_vote")
    op.drop_index("ix_poll_state_closes_at", table_name="poll")
    op.drop_table("poll")
