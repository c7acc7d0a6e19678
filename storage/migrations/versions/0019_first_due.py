"""The first of a batch that is due at one moment is found without looking at all of it."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

COLUMNS = ["platform", "workspace", "priority", "community_id", "due_at"]


def _index(columns: list[str]) -> None:
    op.drop_index("ix_nudge_due", table_name="nudge")
    waiting = sa.text("state = 0")
    op.create_index("ix_nudge_due", "nudge", columns, sqlite_where=waiting, postgresql_where=waiting)


def upgrade() -> None:
    _index([*COLUMNS, "id"])


def downgrade() -> None:
    _index(COLUMNS)
