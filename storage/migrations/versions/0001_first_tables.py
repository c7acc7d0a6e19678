"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bucket",
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("method", sa.String(length=32), nullable=False),
        sa.Column("tat", sa.DateTime(timezone=True), nullable=False),
        sa.Column("per_s", sa.Float(), nullable=False),
        sa.Column("burst", sa.Float(), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("slowed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("platform", "workspace", "method", name=op.f("pk_bucket")),
    )
    op.create_table(
        "community",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("settings_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community")),
    )
    op.create_table(
        "dest_pace",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("dest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "dest", name=op.f("pk_dest_pace")),
    )
    op.create_table(
        "keycheck",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keycheck")),
    )
    op.create_table(
        "seen",
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tag", name=op.f("pk_seen")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_seen_at", "seen", ["at"], unique=False)
    op.create_table(
        "slack_errand",
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("installer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tag", name=op.f("pk_slack_errand")),
    )
    op.create_table(
        "slack_install",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("access_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("access_tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("renewing_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant", name=op.f("pk_slack_install")),
    )
    op.create_table(
        "checkin_digest",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("nominal_local", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_checkin_digest_community_id_community")
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_checkin_digest")),
        sa.UniqueConstraint("community_id", "nominal_local", name=op.f("uq_checkin_digest_community_id_nominal_local")),
    )
    op.create_table(
        "install",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("surface", sa.String(length=16), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_install_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "surface", "tenant", name=op.f("pk_install")),
    )
    op.create_index("ix_install_surface_tenant", "install", ["surface", "tenant"], unique=False)
    op.create_table(
        "member",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("profile_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("role", sa.String(length=16), server_default="member", nullable=False),
        sa.Column("areas", sa.String(length=64), server_default="", nullable=False),
        sa.Column("language", sa.String(length=8), server_default="", nullable=False),
        sa.Column("zone", sa.String(length=64), server_default="", nullable=False),
        sa.Column("level", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("wishes", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("joined_month", sa.Date(), nullable=False),
        sa.Column("active_month", sa.Date(), nullable=False),
        sa.Column("asked_month", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_member_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_member")),
    )
    op.create_index("ix_member_asked_month", "member", ["asked_month"], unique=False)
    op.create_table(
        "note",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("surface", sa.String(length=16), nullable=False),
        sa.Column("page", sa.LargeBinary(length=32), nullable=False),
        sa.Column("name", sa.LargeBinary(length=32), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("place", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_note_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "surface", "page", "name", name=op.f("pk_note")),
    )
    op.create_index(
        "ix_note_community_id_surface_page_place", "note", ["community_id", "surface", "page", "place"], unique=False
    )
    op.create_table(
        "nudge",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("dedupe_key", sa.String(length=200), nullable=False),
        sa.Column("occurrence_id", sa.String(length=32), nullable=True),
        sa.Column("member_id", sa.String(length=32), nullable=True),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("dest_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("params_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), server_default="0", nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("sending_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("replaces", sa.String(length=32), nullable=True),
        sa.Column("on_unknown", sa.String(length=16), nullable=False),
        sa.Column("last_error", sa.String(length=64), server_default="", nullable=False),
        sa.Column("zone", sa.String(length=64), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_nudge_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_nudge")),
    )
    op.create_index(
        "ix_nudge_doubt",
        "nudge",
        ["platform", "sending_at"],
        unique=False,
        sqlite_where=sa.text("state IN (1, 6)"),
        postgresql_where=sa.text("state IN (1, 6)"),
    )
    op.create_index(
        "ix_nudge_due",
        "nudge",
        ["platform", "workspace", "priority", "community_id", "due_at"],
        unique=False,
        sqlite_where=sa.text("state = 0"),
        postgresql_where=sa.text("state = 0"),
    )
    op.create_index(
        "ix_nudge_expires",
        "nudge",
        ["expires_at"],
        unique=False,
        sqlite_where=sa.text("state = 0"),
        postgresql_where=sa.text("state = 0"),
    )
    op.create_index("ix_nudge_member", "nudge", ["community_id", "member_id"], unique=False)
    op.create_index("ix_nudge_occurrence", "nudge", ["community_id", "occurrence_id"], unique=False)
    op.create_table(
        "nudge_log",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("nudge_id", sa.String(length=32), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=64), nullable=False),
        sa.Column("retry_after_s", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_nudge_log_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "nudge_id", "attempt", name=op.f("pk_nudge_log")),
    )
    op.create_table(
        "occurrence",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("schedule_id", sa.String(length=32), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("nominal_local", sa.DateTime(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("fan_cursor", sa.String(length=64), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_occurrence_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_occurrence")),
        sa.UniqueConstraint(
            "community_id",
            "schedule_id",
            "zone",
            "nominal_local",
            name=op.f("uq_occurrence_community_id_schedule_id_zone_nominal_local"),
        ),
    )
    op.create_index(
        "ix_occurrence_open",
        "occurrence",
        ["starts_at"],
        unique=False,
        sqlite_where=sa.text("state < 2"),
        postgresql_where=sa.text("state < 2"),
    )
    op.create_table(
        "schedule",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), server_default="", nullable=False),
        sa.Column("dtstart_local", sa.DateTime(), nullable=False),
        sa.Column("rrule", sa.String(length=200), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("catch_up", sa.String(length=8), nullable=False),
        sa.Column("grace_s", sa.Integer(), nullable=False),
        sa.Column("planned_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_schedule_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_schedule")),
        sa.UniqueConstraint("community_id", "kind", "subject", name=op.f("uq_schedule_community_id_kind_subject")),
    )
    op.create_index("ix_schedule_planned_until", "schedule", ["planned_until"], unique=False)
    op.create_table(
        "checkin_entry",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("template", sa.String(length=16), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_checkin_entry_community_id_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_checkin_entry_community_id_community")
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_checkin_entry")),
    )
    op.create_index("ix_checkin_entry_digest", "checkin_entry", ["community_id", "digest_id"], unique=False)
    op.create_index("ix_checkin_entry_member", "checkin_entry", ["community_id", "member_id", "told_at"], unique=False)
    op.create_table(
        "checkin_habit",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_checkin_habit_community_id_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_checkin_habit_community_id_community")
        ),
        sa.PrimaryKeyConstraint("community_id", "member_id", name=op.f("pk_checkin_habit")),
    )
    op.create_index("ix_checkin_habit_community_id_next_on", "checkin_habit", ["community_id", "next_on"], unique=False)
    op.create_table(
        "joining",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("other_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_joining_community_id_community")),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_joining_community_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "tag", name=op.f("pk_joining")),
    )
    op.create_table(
        "door_link",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_door_link_community_id_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_door_link_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "tag", name=op.f("pk_door_link")),
    )
    op.create_index("ix_door_link_tag", "door_link", ["tag"], unique=False)
    op.create_table(
        "door_session",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_door_session_community_id_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_door_session_community_id_community")
        ),
        sa.PrimaryKeyConstraint("community_id", "tag", name=op.f("pk_door_session")),
    )
    op.create_index("ix_door_session_tag", "door_session", ["tag"], unique=False)
    op.create_table(
        "handle",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("surface", sa.String(length=16), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reachable", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("chosen", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_handle_community_id_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_handle_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "tag", name=op.f("pk_handle")),
    )
    op.create_index("ix_handle_community_id_member_id", "handle", ["community_id", "member_id"], unique=False)
    op.create_index("ix_handle_tag", "handle", ["tag"], unique=False)
    op.create_table(
        "checkin_cheer",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("entry_id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("told_in", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "entry_id"],
            ["checkin_entry.community_id", "checkin_entry.id"],
            name=op.f("fk_checkin_cheer_community_id_entry_id_checkin_entry"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_checkin_cheer_community_id_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_checkin_cheer_community_id_community")
        ),
        sa.PrimaryKeyConstraint("community_id", "entry_id", "member_id", "kind", name=op.f("pk_checkin_cheer")),
    )


def downgrade() -> None:
    op.drop_table("checkin_cheer")
    op.drop_index("ix_handle_tag", table_name="handle")
    op.drop_index("ix_handle_community_id_member_id", table_name="handle")
    op.drop_table("handle")
    op.drop_index("ix_door_session_tag", table_name="door_session")
    op.drop_table("door_session")
    op.drop_index("ix_door_link_tag", table_name="door_link")
    op.drop_table("joining")
    op.drop_table("door_link")
    op.drop_index("ix_checkin_habit_community_id_next_on", table_name="checkin_habit")
    op.drop_table("checkin_habit")
    op.drop_index("ix_checkin_entry_member", table_name="checkin_entry")
    op.drop_index("ix_checkin_entry_digest", table_name="checkin_entry")
    op.drop_table("checkin_entry")
    op.drop_index("ix_schedule_planned_until", table_name="schedule")
    op.drop_table("schedule")
    op.drop_index(
        "ix_occurrence_open",
        table_name="occurrence",
        sqlite_where=sa.text("state < 2"),
        postgresql_where=sa.text("state < 2"),
    )
    op.drop_table("occurrence")
    op.drop_table("nudge_log")
    op.drop_index("ix_nudge_occurrence", table_name="nudge")
    op.drop_index("ix_nudge_member", table_name="nudge")
    op.drop_index(
        "ix_nudge_expires", table_name="nudge", sqlite_where=sa.text("state = 0"), postgresql_where=sa.text("state = 0")
    )
    op.drop_index(
        "ix_nudge_due", table_name="nudge", sqlite_where=sa.text("state = 0"), postgresql_where=sa.text("state = 0")
    )
    op.drop_index(
        "ix_nudge_doubt",
        table_name="nudge",
        sqlite_where=sa.text("state IN (1, 6)"),
        postgresql_where=sa.text("state IN (1, 6)"),
    )
    op.drop_table("nudge")
    op.drop_index("ix_note_community_id_surface_page_place", table_name="note")
    op.drop_table("note")
    op.drop_table("member")
    op.drop_index("ix_install_surface_tenant", table_name="install")
    op.drop_table("install")
    op.drop_table("checkin_digest")
    op.drop_table("slack_install")
    op.drop_table("slack_errand")
    op.drop_index("ix_seen_at", table_name="seen")
    op.drop_table("seen")
    op.drop_table("keycheck")
    op.drop_table("dest_pace")
    op.drop_table("community")
    op.drop_table("bucket")
