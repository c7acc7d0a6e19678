"""Organisers' own lines on the run-sheets of events."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_sheet",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("lines_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_event_sheet_community_id_community")),
        sa.ForeignKeyConstraint(
            ["community_id", "event_id"],
            ["event.community_id", "event.id"],
            name=op.f("fk_event_sheet_community_id_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "event_id", name=op.f("pk_event_sheet")),
    )


def downgrade() -> None:
    op.drop_table("event_sheet")
