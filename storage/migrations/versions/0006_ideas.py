"""Ideas out of a survey's results."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "idea",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=8), server_default="", nullable=False),
        sa.Column("source_id", sa.String(length=32), server_default="", nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_idea_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_idea")),
    )
    op.create_index("ix_idea_community_id_kind", "idea", ["community_id", "kind"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_idea_community_id_kind", table_name="idea")
    op.drop_table("idea")
