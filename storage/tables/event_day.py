"""What organisers keep for the day of an event."""

import sqlalchemy as sa

from storage.tables.base import key, metadata, of_community, sealed

event_sheet = sa.Table(  # an organiser's own lines on the run-sheet
    "event_sheet",
    metadata,
    of_community(),
    key("event_id"),
    sealed("lines_sealed"),  # JSON of storage.runsheets.Lines
    sa.ForeignKeyConstraint(["community_id", "event_id"], ["event.community_id", "event.id"], ondelete="CASCADE"),
)
