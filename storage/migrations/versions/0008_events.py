"""Events, their parts, seats and series."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_look",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "event_id", "tag", name=op.f("pk_event_look")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event_outcome",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("came", sa.Boolean(), nullable=False),
        sa.Column("line_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "event_id", "tag", name=op.f("pk_event_outcome")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event_seat",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("part_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("guests", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("line", sa.Integer(), server_default="0", nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("here", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("owed", sa.String(length=8), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("community_id", "event_id", "part_id", "tag", name=op.f("pk_event_seat")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("archive_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("totals", sa.String(length=100), server_default="", nullable=False),
        sa.Column("series_id", sa.String(length=32), nullable=True),
        sa.Column("nominal_local", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_event_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_event")),
        sa.UniqueConstraint(
            "community_id", "series_id", "nominal_local", name=op.f("uq_event_community_id_series_id_nominal_local")
        ),
    )
    op.create_index("ix_event_ends_at", "event", ["community_id", "ends_at"], unique=False)
    op.create_table(
        "event_series",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("dtstart_local", sa.DateTime(), nullable=False),
        sa.Column("rrule", sa.String(length=200), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("ahead", sa.SmallInteger(), nullable=False),
        sa.Column("made_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_event_series_community_id_community")
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_event_series")),
    )
    op.create_table(
        "event_mark",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=96), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "event_id"],
            ["event.community_id", "event.id"],
            name=op.f("fk_event_mark_community_id_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_event_mark_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "event_id", "what", name=op.f("pk_event_mark")),
    )
    op.create_table(
        "event_part",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("about_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("starts_local", sa.DateTime(), nullable=False),
        sa.Column("ends_local", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("shares", sa.String(length=200), server_default="{}", nullable=False),
        sa.Column("strangers", sa.Integer(), server_default="0", nullable=False),
        sa.Column("totals", sa.String(length=500), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "event_id"],
            ["event.community_id", "event.id"],
            name=op.f("fk_event_part_community_id_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_event_part_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_event_part")),
    )
    op.create_index("ix_event_part_ends_at", "event_part", ["ends_at"], unique=False)
    op.create_index("ix_event_part_event_id", "event_part", ["community_id", "event_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_event_part_event_id", table_name="event_part")
    op.drop_index("ix_event_part_ends_at", table_name="event_part")
    op.drop_table("event_part")
    op.drop_table("event_mark")
    op.drop_table("event_series")
    op.drop_index("ix_event_ends_at", table_name="event")
    op.drop_table("event")
    op.drop_table("event_seat")
    op.drop_table("event_outcome")
    op.drop_table("event_look")
