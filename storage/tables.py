"""Every table.  The names and states of the outbox are explained in `outbox.py`, those of the clock in `schedules.py`.

Conventions: `community_id` is in every row that belongs to a community, first in its key.  `*_sealed` is encrypted with
a key that is not in the database, `tag` is a keyed hash (`keys.py`).  Rows that stand for people have random ids and no
time finer than the month they joined.  Times are UTC; `*_local` is naive wall time in the zone named beside it.
"""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = sa.MetaData(naming_convention=NAMES)


class Instant(TypeDecorator[datetime]):
    """An aware UTC time; SQLite, which has no such type, keeps it naive."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Refuses naive times: they are wall times and belong in a `*_local` column."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "an instant needs a time zone"
            raise ValueError(msg)
        at = value.astimezone(UTC)
        return at.replace(tzinfo=None) if dialect.name == "sqlite" else at

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Aware again."""
        return value.replace(tzinfo=UTC) if value is not None and dialect.name == "sqlite" else value


def _community() -> sa.Column[str]:
    return sa.Column("community_id", sa.String(32), sa.ForeignKey("community.id"), primary_key=True)


def _key(name: str, kind: Any = None, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, kind or sa.String(32), primary_key=True, **more)


def _text(name: str, length: int = 32, *, default: str | None = None, **more: Any) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False, server_default=default, **more)


def _sealed(name: str, **more: Any) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=more.pop("nullable", False), **more)


# --- the install ---------------------------------------------------------------------------------

keycheck = sa.Table(
    "keycheck", metadata, _key("id", sa.Integer), _sealed("mark")
)  # one row: which tag key we were made with

community = sa.Table(
    "community",
    metadata,
    _key("id"),
    _text("name", 200),
    _text("kind", 16),  # ally, alumni, peers, alliance: a preset of settings
    _text("language", 8),
    _text("zone", 64),
    _sealed("settings_sealed"),  # JSON by feature name; each feature reads and checks its own
)

install = sa.Table(  # which communities live in a workspace or tenant
    "install",
    metadata,
    _community(),
    _key("surface", sa.String(16)),
    _key("tenant", sa.String(64)),
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Index("ix_install_surface_tenant", "surface", "tenant"),
)

slack_install = sa.Table(  # a workspace that installed the app by OAuth; taken out: no row
    "slack_install",
    metadata,
    _key("tenant", sa.String(64)),
    _sealed("access_sealed"),  # JSON: who we are there, token, refresh token
    sa.Column("access_tag", sa.LargeBinary(32), nullable=False),  # of the token, to tell it from its successor
    sa.Column("expires_at", Instant),  # of the token; none: it does not
    sa.Column("installed_at", Instant, nullable=False),
    sa.Column("renewing_until", Instant),  # a replica is about to replace the tokens
)

slack_errand = sa.Table(  # somebody on their way through OAuth; using the secret deletes the row
    "slack_errand",
    metadata,
    _key("tag", sa.LargeBinary(32)),
    sa.Column("installer_sealed", sa.LargeBinary),  # str(Handle); none before they come back from Slack
    sa.Column("expires_at", Instant, nullable=False),
)

# --- people --------------------------------------------------------------------------------------

member = sa.Table(
    "member",
    metadata,
    _community(),
    _key("id"),
    _sealed("profile_sealed"),  # JSON {name, ...}, padded to one size
    _text("role", 16, default="member"),  # owner, secretariat, supporter, member
    _text("language", 8, default=""),  # "": the community's
    _text("zone", 64, default=""),
    sa.Column("paused_until", sa.Date),  # no nudges before this local date; 9999-12-31: until they return
    sa.Column("joined_month", sa.Date, nullable=False),
)

handle = sa.Table(
    "handle",
    metadata,
    _community(),
    _key("tag", sa.LargeBinary(32)),
    _text("member_id"),
    _text("surface", 16),
    _text("tenant", 64),
    _sealed("sealed"),  # str(Handle)
    sa.Column("reachable", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("chosen", sa.Boolean, nullable=False, server_default=sa.false()),  # of several communities
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
    sa.Index("ix_handle_tag", "tag"),
    sa.Index("ix_handle_community_id_member_id", "community_id", "member_id"),
)

joining = sa.Table(  # an offer to make two accounts one person's; confirmed on both sides, or forgotten within the hour
    "joining",
    metadata,
    _community(),
    _key("tag", sa.LargeBinary(32)),
    _text("member_id"),
    sa.Column("other_sealed", sa.LargeBinary),  # str(Handle) of whoever typed the code; none yet
    sa.Column("expires_at", Instant, nullable=False),
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
)

# --- the portal's door ---------------------------------------------------------------------------

door_link = sa.Table(  # an unused link; using it deletes the row
    "door_link",
    metadata,
    _community(),
    _key("tag", sa.LargeBinary(32)),
    _text("member_id"),
    sa.Column("expires_at", Instant, nullable=False),
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
    sa.Index("ix_door_link_tag", "tag"),
)

door_session = sa.Table(
    "door_session",
    metadata,
    _community(),
    _key("tag", sa.LargeBinary(32)),
    _text("member_id"),
    sa.Column("expires_at", Instant, nullable=False),
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
    sa.Index("ix_door_session_tag", "tag"),
)

# --- what surfaces remember, and what has been taken already ---------------------------------------

note = sa.Table(
    "note",
    metadata,
    _community(),
    _key("surface", sa.String(16)),
    _key("page", sa.LargeBinary(32)),
    _key("name", sa.LargeBinary(32)),
    _sealed("text_sealed"),  # JSON [name, text]
    sa.Column("place", Instant, nullable=False),
    sa.Index("ix_note_community_id_surface_page_place", "community_id", "surface", "page", "place"),
)

seen = sa.Table(  # idempotency keys of events, kept a day
    "seen",
    metadata,
    _key("tag", sa.LargeBinary(32)),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_seen_at", "at"),
    sqlite_with_rowid=False,
)

# --- the clock and the outbox ----------------------------------------------------------------------

schedule = sa.Table(
    "schedule",
    metadata,
    _community(),
    _key("id"),
    _text("kind", 64),  # the planner's name: checkins.prompt
    _text("subject", 64, default=""),
    sa.Column("dtstart_local", sa.DateTime, nullable=False),
    sa.Column("rrule", sa.String(200)),  # none: once
    _text("zone", 64),
    _text("catch_up", 8),  # each, latest, skip
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
    _community(),
    _key("id"),
    _text("schedule_id"),
    _text("zone", 64),
    sa.Column("nominal_local", sa.DateTime, nullable=False),
    sa.Column("starts_at", Instant, nullable=False),
    sa.Column("state", sa.Integer, nullable=False),  # 0 planned, 1 fanning, 2 fanned, 3 cancelled, 4 skipped
    _text("fan_cursor", 64, default=""),  # the last subject fanned out, in the order of ids
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    sa.UniqueConstraint("community_id", "schedule_id", "zone", "nominal_local"),
    sa.Index(
        "ix_occurrence_open", "starts_at", sqlite_where=sa.text("state < 2"), postgresql_where=sa.text("state < 2")
    ),
)

nudge = sa.Table(
    "nudge",
    metadata,
    _community(),
    _key("id"),  # a keyed tag of the dedupe key, so the primary key alone keeps a reason from being told twice
    _text("dedupe_key", 200),
    sa.Column("occurrence_id", sa.String(32)),
    sa.Column("member_id", sa.String(32)),  # none: a shared room
    _text("platform", 16),
    _text("workspace", 64),
    _sealed("dest_sealed"),  # str(Address)
    _text("kind", 64),
    _sealed("params_sealed"),  # JSON
    sa.Column("priority", sa.Integer, nullable=False),  # 0 urgent .. 3 digest
    sa.Column("rank", sa.Float, nullable=False),
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("state", sa.Integer, nullable=False),  # storage.outbox.State
    sa.Column("attempt", sa.Integer, nullable=False, server_default="0"),
    sa.Column("owner", sa.String(64)),
    sa.Column("sending_at", Instant),
    sa.Column("sent_at", Instant),
    sa.Column("receipt_sealed", sa.LargeBinary),  # the platform's name of the message
    sa.Column("replaces", sa.String(32)),  # the id of the message whose place it takes
    _text("on_unknown", 16),  # lookup_resend, lookup_drop, resend, drop
    _text("last_error", 64, default=""),  # one word, never content
    sa.Index(
        "ix_nudge_due",
        "platform",
        "workspace",
        "priority",
        "due_at",
        sqlite_where=sa.text("state = 0"),
        postgresql_where=sa.text("state = 0"),
    ),
    sa.Index(
        "ix_nudge_rank",
        "platform",
        "workspace",
        "priority",
        "rank",
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
    _community(),
    _key("nudge_id"),
    _key("attempt", sa.Integer),
    sa.Column("at", Instant, nullable=False),
    _text("outcome", 64),
    sa.Column("retry_after_s", sa.Float),
)

bucket = sa.Table(  # GCRA rate bucket, shared by replicas
    "bucket",
    metadata,
    _key("platform", sa.String(16)),
    _key("workspace", sa.String(64)),
    _key("method", sa.String(32)),
    sa.Column("tat", Instant, nullable=False),
    sa.Column("per_s", sa.Float, nullable=False),
    sa.Column("burst", sa.Float, nullable=False),
    sa.Column("blocked_until", Instant),
    sa.Column("vt", sa.Float, nullable=False, server_default="0"),
)

dest_pace = sa.Table(  # shared channels: one message a second
    "dest_pace",
    metadata,
    _key("workspace", sa.String(64)),
    _key("dest", sa.LargeBinary(32)),  # tag of the address
    sa.Column("next_at", Instant, nullable=False),
)

# --- 最近何してるの? --------------------------------------------------------------------------------

habit = sa.Table(  # how a member likes to be asked
    "checkin_habit",
    metadata,
    _community(),
    _key("member_id"),
    sa.Column("months", sa.Integer),  # own cadence; none: the community's
    sa.Column("ignored", sa.Integer, nullable=False, server_default="0"),  # prompts in a row without an answer
    sa.Column("asked_on", sa.Date),  # local date of the last prompt
    sa.Column("answered", sa.Boolean, nullable=False, server_default=sa.true()),  # ... and whether it was answered
    sa.Column("next_on", sa.Date),  # none: not planned yet
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
    sa.Index("ix_checkin_habit_community_id_next_on", "community_id", "next_on"),
)

entry = sa.Table(  # something a member told
    "checkin_entry",
    metadata,
    _community(),
    _key("id"),
    _text("member_id"),
    _text("template", 16),
    _sealed("body_sealed"),  # JSON {text, link, named}
    _text("audience", 16),  # everyone, secretariat, self
    sa.Column("told_at", Instant, nullable=False),
    sa.Column("digest_id", sa.String(32)),  # the digest it appeared in
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
    sa.Index("ix_checkin_entry_member", "community_id", "member_id", "told_at"),
    sa.Index("ix_checkin_entry_digest", "community_id", "digest_id"),
)

digest = sa.Table(
    "checkin_digest",
    metadata,
    _community(),
    _key("id"),
    sa.Column("nominal_local", sa.DateTime, nullable=False),
    sa.UniqueConstraint("community_id", "nominal_local"),
)

cheer = sa.Table(  # a reaction to an entry
    "checkin_cheer",
    metadata,
    _community(),
    _key("entry_id"),
    _key("member_id"),
    _key("kind", sa.String(16)),  # congrats, meet
    sa.Column("told_in", sa.String(32)),  # the message that told the author; none: not told yet
    sa.ForeignKeyConstraint(
        ["community_id", "entry_id"], ["checkin_entry.community_id", "checkin_entry.id"], ondelete="CASCADE"
    ),
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
)
