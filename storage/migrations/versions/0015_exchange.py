"""What somebody looks for and can offer at an event, and who would like to talk with whom."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("event_slip", "event_talk"):
        op.create_table(
            name,
            sa.Column("community_id", sa.String(length=32), nullable=False),
            sa.Column("event_id", sa.String(length=32), nullable=False),
            sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
            sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
            sa.PrimaryKeyConstraint("community_id", "event_id", "tag", name=op.f(f"pk_{name}")),
            sqlite_with_rowid=False,
        )


def downgrade() -> None:
    op.drop_table("event_talk")
    op.drop_table("event_slip")
