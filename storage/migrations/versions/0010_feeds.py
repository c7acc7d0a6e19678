"""Addresses at which members' calendars ask for their events."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("every", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("made_month", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_calendar_feed_community_id_community")
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_calendar_feed_community_id_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "tag", name=op.f("pk_calendar_feed")),
    )
    op.create_index("ix_calendar_feed_tag", "calendar_feed", ["tag"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_calendar_feed_tag", table_name="calendar_feed")
    op.drop_table("calendar_feed")
