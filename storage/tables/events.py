"""Events, their parts, and who holds a seat.

Rows that stand for people (`event_seat`, `event_look`, `event_outcome`) lie under keyed tags, of hidden members and of
everybody else alike, one tag a part, and have neither a member's id nor a time.  They have no foreign key, since that
would lock a row of another table in the transaction that stores them.  See docs/decisions/0022-events.md.
"""

import sqlalchemy as sa

from storage.tables.base import Instant, key, metadata, of_community, sealed, text

event_series = sa.Table(  # a rule, and what each of its events begins with
    "event_series",
    metadata,
    of_community(),
    key("id"),
    sealed("body_sealed"),  # JSON {details, parts} of the first one
    sa.Column("dtstart_local", sa.DateTime, nullable=False),
    text("rrule", 200),
    text("zone", 64),
    sa.Column("ahead", sa.SmallInteger, nullable=False),  # how many coming events there are at least
    sa.Column("made_until", Instant, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
)

event = sa.Table(
    "event",
    metadata,
    of_community(),
    key("id"),
    text("state", 16),  # draft, announced, cancelled
    sa.Column("revision", sa.Integer, nullable=False, server_default="0"),  # raised when what a calendar shows changes
    sealed("details_sealed"),  # JSON of storage.programme.Details
    sa.Column("archive_sealed", sa.LargeBinary),  # JSON of storage.programme.Archive
    sa.Column("starts_at", Instant, nullable=False),  # of the first part
    sa.Column("ends_at", Instant, nullable=False),  # of the last one
    sa.Column("changed_at", Instant, nullable=False),  # of the announcement, or of the last change
    sa.Column("clocked", sa.Boolean, nullable=False, server_default=sa.false()),  # its schedules are set as it is now
    sa.Column("confirmed_on", sa.Date),  # when an organiser confirmed who had come
    text("totals", 100, default=""),  # JSON: what came of it, when those who said so are forgotten
    sa.Column("series_id", sa.String(32)),
    sa.Column("nominal_local", sa.DateTime),  # of a series: the wall time by its rule, wherever it was moved to
    sa.UniqueConstraint("community_id", "series_id", "nominal_local"),
    sa.Index("ix_event_ends_at", "community_id", "ends_at"),
)

event_part = sa.Table(
    "event_part",
    metadata,
    of_community(),
    key("id"),
    text("event_id"),
    sa.Column("position", sa.SmallInteger, nullable=False),
    sealed("about_sealed"),  # JSON {words, place, link}
    sa.Column("starts_local", sa.DateTime, nullable=False),
    sa.Column("ends_local", sa.DateTime, nullable=False),
    text("zone", 64),
    sa.Column("starts_at", Instant, nullable=False),
    sa.Column("ends_at", Instant, nullable=False),
    sa.Column("capacity", sa.Integer),  # none: as many as come
    text("shares", 200, default="{}"),  # JSON: the most seats of each kind
    sa.Column("strangers", sa.Integer, nullable=False, server_default="0"),  # came in without being a member
    text("totals", 500, default=""),  # JSON: what is left when the seats are forgotten
    sa.ForeignKeyConstraint(["community_id", "event_id"], ["event.community_id", "event.id"], ondelete="CASCADE"),
    sa.Index("ix_event_part_event_id", "community_id", "event_id"),
    sa.Index("ix_event_part_ends_at", "ends_at"),
)


def _mine() -> tuple[sa.Column[str], sa.Column[str]]:
    """The event of a row, without a foreign key (see above)."""
    return key("community_id"), key("event_id")


event_seat = sa.Table(  # what somebody answered to one part
    "event_seat",
    metadata,
    *_mine(),
    key("part_id"),
    key("tag", sa.LargeBinary(32)),
    text("state", 8),  # storage.seating.Standing
    text("kind", 8),  # storage.programme.Attendee
    sa.Column("guests", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Column("line", sa.Integer, nullable=False, server_default="0"),  # place in line while waiting, else 0
    sa.Column("until", Instant),  # of a seat that is offered: when the offer ends
    sa.Column("here", sa.Boolean, nullable=False, server_default=sa.false()),  # came
    text("owed", 8, default=""),  # what they have not been told yet, and no conversation could tell
    sa.Index(
        "ix_event_seat_owed",
        "community_id",
        "owed",
        sqlite_where=sa.text("owed <> ''"),
        postgresql_where=sa.text("owed <> ''"),
    ),
    sa.Index(
        "ix_event_seat_until",
        "community_id",
        "until",
        sqlite_where=sa.text("until IS NOT NULL"),
        postgresql_where=sa.text("until IS NOT NULL"),
    ),
    sqlite_with_rowid=False,
)

event_look = sa.Table(  # opened the details and has not answered; gone when they have, or when it begins
    "event_look",
    metadata,
    *_mine(),
    key("tag", sa.LargeBinary(32)),
    sqlite_with_rowid=False,
)

event_outcome = sa.Table(  # whether anything came of it
    "event_outcome",
    metadata,
    *_mine(),
    key("tag", sa.LargeBinary(32)),
    sa.Column("came", sa.Boolean, nullable=False),
    sealed("line_sealed"),  # in their own words; sealed "": none.  All of one size
    sqlite_with_rowid=False,
)

event_mark = sa.Table(  # what has been done for an event once and must not be done again
    "event_mark",
    metadata,
    of_community(),
    key("event_id"),
    key("what", sa.String(96)),
    sa.ForeignKeyConstraint(["community_id", "event_id"], ["event.community_id", "event.id"], ondelete="CASCADE"),
)
