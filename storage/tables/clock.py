"""What surfaces remember, what has been taken already, the clock and the outbox."""

import sqlalchemy as sa

from storage.tables.base import Instant, key, metadata, of_community, sealed, text

# --- what surfaces remember, and what has been taken already ------------------------------------------

note = sa.Table(
    "note",
    metadata,
    of_community(),
    key("surface", sa.String(16)),
    key("page", sa.LargeBinary(32)),
    key("name", sa.LargeBinary(32)),
    sealed("text_sealed"),  # JSON [name, text]
    sa.Column("place", Instant, nullable=False),
    sa.Index("ix_note_community_id_surface_page_place", "community_id", "surface", "page", "place"),
)

seen = sa.Table(  # idempotency keys of events, kept a day
    "seen",
    metadata,
    key("tag", sa.LargeBinary(32)),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_seen_at", "at"),
    sqlite_with_rowid=False,
)

# --- the clock and the outbox -------------------------------------------------------------------------

schedule = sa.Table(
    "schedule",
    metadata,
    of_community(),
    key("id"),
    text("kind", 64),  # the planner's name: checkins.prompt
    text("subject", 64, default=""),
    sa.Column("dtstart_local", sa.DateTime, nullable=False),
    sa.Column("rrule", sa.String(200)),  # none: once
    text("zone", 64),
    text("catch_up", 8),  # each, latest, skip
    sa.Column("grace_s", sa.Integer, nullable=False),
    sa.Column("planned_until", Instant, nullable=False),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.UniqueConstraint("community_id", "kind", "subject"),
    sa.Index("ix_schedule_planned_until", "planned_until"),
)

occurrence = sa.Table(
    "occurrence",
    metadata,
    of_community(),
    key("id"),
    text("schedule_id"),
    text("zone", 64),
    sa.Column("nominal_local", sa.DateTime, nullable=False),
    sa.Column("starts_at", Instant, nullable=False),
    sa.Column("state", sa.Integer, nullable=False),  # 0 planned, 1 fanning, 2 fanned, 3 cancelled, 4 skipped
    text("fan_cursor", 64, default=""),  # the last subject fanned out, in the order of ids
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    sa.UniqueConstraint("community_id", "schedule_id", "zone", "nominal_local"),
    sa.Index(
        "ix_occurrence_open", "starts_at", sqlite_where=sa.text("state < 2"), postgresql_where=sa.text("state < 2")
    ),
)

nudge = sa.Table(
    "nudge",
    metadata,
    of_community(),
    key("id"),  # a keyed tag of the dedupe key, so the primary key alone keeps a reason from being told twice
    text("dedupe_key", 200),
    sa.Column("occurrence_id", sa.String(32)),
    sa.Column("member_id", sa.String(32)),  # none: a shared room
    text("platform", 16),
    text("workspace", 64),
    sealed("dest_sealed"),  # str(Address)
    text("kind", 64),
    sealed("params_sealed"),  # JSON
    sa.Column("priority", sa.Integer, nullable=False),  # 0 urgent .. 3 digest
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("state", sa.Integer, nullable=False),  # storage.outbox.State
    sa.Column("attempt", sa.Integer, nullable=False, server_default="0"),
    sa.Column("owner", sa.String(64)),
    sa.Column("sending_at", Instant),
    sa.Column("sent_at", Instant),
    sa.Column("receipt_sealed", sa.LargeBinary),  # the platform's name of the message
    sa.Column("replaces", sa.String(32)),  # the id of the message whose place it takes
    text("on_unknown", 16),  # lookup_resend, lookup_drop, resend, drop
    text("last_error", 64, default=""),  # one word, never content
    text("zone", 64, default=""),  # in which `due_at` is a member's wall time; "": an instant
    sa.Index(
        "ix_nudge_due",
        "platform",
        "workspace",
        "priority",
        "community_id",
        "due_at",
        "id",  # of a batch all are due at once, and the first of them must not be searched for among all
        sqlite_where=sa.text("state = 0"),
        postgresql_where=sa.text("state = 0"),
    ),
    sa.Index(
        "ix_nudge_expires",
        "expires_at",
        sqlite_where=sa.text("state = 0"),
        postgresql_where=sa.text("state = 0"),
    ),
    sa.Index(
        "ix_nudge_doubt",
        "platform",
        "sending_at",
        sqlite_where=sa.text("state IN (1, 6)"),
        postgresql_where=sa.text("state IN (1, 6)"),
    ),
    sa.Index("ix_nudge_member", "community_id", "member_id"),
    sa.Index("ix_nudge_occurrence", "community_id", "occurrence_id"),
)

nudge_log = sa.Table(  # append only; what an administrator is shown
    "nudge_log",
    metadata,
    of_community(),
    key("nudge_id"),
    key("attempt", sa.Integer),
    sa.Column("at", Instant, nullable=False),
    text("outcome", 64),
    sa.Column("retry_after_s", sa.Float),
)

bucket = sa.Table(  # GCRA rate bucket, shared by replicas
    "bucket",
    metadata,
    key("platform", sa.String(16)),
    key("workspace", sa.String(64)),
    key("method", sa.String(32)),
    sa.Column("tat", Instant, nullable=False),
    sa.Column("per_s", sa.Float, nullable=False),
    sa.Column("burst", sa.Float, nullable=False),
    sa.Column("blocked_until", Instant),
    sa.Column("slowed_at", Instant),  # when the platform last asked to slow down; `per_s` is our pace from then on
)

dest_pace = sa.Table(  # shared channels: one message a second
    "dest_pace",
    metadata,
    key("workspace", sa.String(64)),
    key("dest", sa.LargeBinary(32)),  # tag of the address
    sa.Column("next_at", Instant, nullable=False),
)
