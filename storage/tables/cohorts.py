"""Series for fixed teams: what stands of the whole, and who has a place.

Rows that stand for people lie under tags, without an id of theirs, as seats do (`events.py` beside this file).
"""

import sqlalchemy as sa

from storage.tables.base import Instant, key, metadata, of_community, sealed

cohort = sa.Table(  # which teams there are, and what has been told
    "cohort",
    metadata,
    of_community(),
    key("series_id"),
    sealed("body_sealed"),  # JSON of storage.cohorting.Book
    sa.ForeignKeyConstraint(
        ["community_id", "series_id"], ["event_series.community_id", "event_series.id"], ondelete="CASCADE"
    ),
)

cohort_place = sa.Table(  # who has a place in a series, or waits for one
    "cohort_place",
    metadata,
    key("community_id"),
    key("series_id"),
    key("tag", sa.LargeBinary(32)),
    sealed("body_sealed"),  # JSON of storage.cohorting.Place; all of one size
    sa.Column("until", Instant),  # of a place that is kept: when that ends
    sa.Index(
        "ix_cohort_place_until",
        "until",
        sqlite_where=sa.text("until IS NOT NULL"),
        postgresql_where=sa.text("until IS NOT NULL"),
    ),
    sqlite_with_rowid=False,
)
