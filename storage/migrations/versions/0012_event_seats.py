"""Seats that somebody is to be told of, or that are kept until a time, are found without looking at the others."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    owed, kept = sa.text("owed <> ''"), sa.text("until IS NOT NULL")
    for name, where in (("owed", owed), ("until", kept)):
        columns = ["community_id", name]
        op.create_index(f"ix_event_seat_{name}", "event_seat", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_index("ix_event_seat_until", table_name="event_seat")
    op.drop_index("ix_event_seat_owed", table_name="event_seat")
