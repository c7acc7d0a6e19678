"""Questions that members ask an event without their name."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_round",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("box", sa.LargeBinary(length=32), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("over", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_event_round_community_id_community")),
        sa.ForeignKeyConstraint(
            ["community_id", "event_id"],
            ["event.community_id", "event.id"],
            name=op.f("fk_event_round_community_id_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "event_id", name=op.f("pk_event_round")),
    )
    op.create_table(
        "event_inbox",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("question", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "event_id", "id", name=op.f("pk_event_inbox")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event_question",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False, server_default="0"),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_event_question_community_id_community")
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "event_id"],
            ["event_round.community_id", "event_round.event_id"],
            name=op.f("fk_event_question_community_id_event_id_event_round"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "event_id", "id", name=op.f("pk_event_question")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event_vote",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("question_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "event_id", "question_id", "tag", name=op.f("pk_event_vote")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for name in ("event_vote", "event_question", "event_inbox", "event_round"):
        op.drop_table(name)
