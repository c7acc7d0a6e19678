"""Meetings: items, minutes, decisions, and who does what."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def _of_community(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f(f"fk_{table}_community_id_community"))


def _of_event(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["community_id", "event_id"],
        ["event.community_id", "event.id"],
        name=op.f(f"fk_{table}_community_id_event_id_event"),
        ondelete="CASCADE",
    )


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=32), nullable=False)


def upgrade() -> None:
    op.create_table(
        "meeting",
        _id("community_id"),
        _id("id"),
        _id("of_id"),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        _of_community("meeting"),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("community_id", "of_id", name=op.f("uq_meeting_community_id_of_id")),
    )
    op.create_table(
        "meeting_item",
        _id("community_id"),
        _id("id"),
        _id("meeting_id"),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=True),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_meeting_item")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_meeting_item_meeting_id", "meeting_item", ["community_id", "meeting_id"])
    op.create_table(
        "meeting_date",
        _id("community_id"),
        _id("event_id"),
        _id("meeting_id"),
        sa.Column("items", sa.String(length=4000), server_default="", nullable=False),
        sa.Column("fixed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("published", sa.Boolean(), server_default=sa.false(), nullable=False),
        _of_community("meeting_date"),
        _of_event("meeting_date"),
        sa.PrimaryKeyConstraint("community_id", "event_id", name=op.f("pk_meeting_date")),
    )
    op.create_table(
        "meeting_note",
        _id("community_id"),
        _id("event_id"),
        _id("item_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=16), server_default="", nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        _of_community("meeting_note"),
        _of_event("meeting_note"),
        sa.PrimaryKeyConstraint("community_id", "event_id", "item_id", name=op.f("pk_meeting_note")),
    )
    op.create_table(
        "decision",
        _id("community_id"),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("event_id", sa.String(length=32), server_default="", nullable=False),
        sa.Column("by", sa.String(length=16), server_default="", nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        _of_community("decision"),
        sa.PrimaryKeyConstraint("community_id", "year", "number", name=op.f("pk_decision")),
    )
    op.create_table(
        "meeting_todo",
        _id("community_id"),
        _id("id"),
        _id("meeting_id"),
        _id("event_id"),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=True),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_meeting_todo")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_meeting_todo_meeting_id", "meeting_todo", ["community_id", "meeting_id"])


def downgrade() -> None:
    for name in ("meeting_todo", "decision", "meeting_note", "meeting_date", "meeting_item", "meeting"):
        op.drop_table(name)
