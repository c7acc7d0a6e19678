"""Series for fixed teams."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cohort",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("series_id", sa.String(length=32), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_cohort_community_id_community")),
        sa.ForeignKeyConstraint(
            ["community_id", "series_id"],
            ["event_series.community_id", "event_series.id"],
            name=op.f("fk_cohort_community_id_series_id_event_series"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "series_id", name=op.f("pk_cohort")),
    )
    op.create_table(
        "cohort_place",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("series_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("community_id", "series_id", "tag", name=op.f("pk_cohort_place")),
        sqlite_with_rowid=False,
    )
    there = sa.text("until IS NOT NULL")
    op.create_index("ix_cohort_place_until", "cohort_place", ["until"], sqlite_where=there, postgresql_where=there)


def downgrade() -> None:
    op.drop_table("cohort_place")
    op.drop_table("cohort")
