"""Who of the secretariat asked to stop a survey."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey_stop",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("survey_id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_survey_stop_community_id_community")),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_survey_stop_community_id_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "survey_id"],
            ["survey.community_id", "survey.id"],
            name=op.f("fk_survey_stop_community_id_survey_id_survey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "survey_id", name=op.f("pk_survey_stop")),
    )
    op.create_index("ix_survey_stop_community_id_member_id", "survey_stop", ["community_id", "member_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_survey_stop_community_id_member_id", table_name="survey_stop")
    op.drop_table("survey_stop")
