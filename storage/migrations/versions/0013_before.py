"""Themes, groups and presenters of events."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_before",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_event_before_community_id_community")
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "event_id"],
            ["event.community_id", "event.id"],
            name=op.f("fk_event_before_community_id_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "event_id", name=op.f("pk_event_before")),
    )
    op.create_table(
        "event_wish",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "event_id", "tag", name=op.f("pk_event_wish")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event_pitch",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "event_id", "tag", name=op.f("pk_event_pitch")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event_apart",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("other", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "tag", "other", name=op.f("pk_event_apart")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("event_apart")
    op.drop_table("event_pitch")
    op.drop_table("event_wish")
    op.drop_table("event_before")
