"""Sealed surveys."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# What the server would otherwise sample into its statistics, where it stays when the rows are gone.
_UNSAMPLED = {
    "survey_audience": ("tag",),
    "survey_ballot": ("tag", "ballot"),
    "survey_text": ("id", "body_sealed"),
    "survey_receipt": ("receipt",),
}


def upgrade() -> None:
    op.create_table(
        "survey",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("ending", sa.String(length=8), server_default="", nullable=False),
        sa.Column("manifest_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("enough", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("enough_on", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("reminders", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("shared_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_survey_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_survey")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_survey_state_closes_at", "survey", ["state", "closes_at"], unique=False)
    op.create_table(
        "survey_audience",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("survey_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "survey_id", "tag", name=op.f("pk_survey_audience")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_ballot",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("survey_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("ballot", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "survey_id", "tag", name=op.f("pk_survey_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_tally",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("survey_id", sa.String(length=32), nullable=False),
        sa.Column("question_id", sa.String(length=32), nullable=False),
        sa.Column("segment", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("option", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("shown", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint(
            "community_id", "survey_id", "question_id", "segment", "option", name=op.f("pk_survey_tally")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_text",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("survey_id", sa.String(length=32), nullable=False),
        sa.Column("question_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "survey_id", "question_id", "id", name=op.f("pk_survey_text")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_receipt",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("survey_id", sa.String(length=32), nullable=False),
        sa.Column("receipt", sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "survey_id", "receipt", name=op.f("pk_survey_receipt")),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in _UNSAMPLED.items():
            for column in columns:
                op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")


def downgrade() -> None:
    op.drop_table("survey_receipt")
    op.drop_table("survey_text")
    op.drop_table("survey_tally")
    op.drop_table("survey_ballot")
    op.drop_table("survey_audience")
    op.drop_index("ix_survey_state_closes_at", table_name="survey")
    op.drop_table("survey")
