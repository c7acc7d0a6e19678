"""Sealed surveys.  These are all the rows there are, and none of them says who answered or when.

Rows that stand for people (`audience`, `ballot`) lie under keyed tags whose secret is outside the database, have no
time, number, state or foreign key, are inserted in the order of their tags, and are deleted at the close.  A foreign
key would lock a row of another table in the transaction that stores an answer, and the two would be found together.
"""

import sqlalchemy as sa

from storage.tables.base import Instant, key, metadata, of_community, sealed, text

survey = sa.Table(
    "survey",
    metadata,
    of_community(),
    key("id"),
    text("state", 8),  # storage.surveys.State
    text("ending", 8, default=""),  # of a void one, storage.surveys.Ending
    sealed("manifest_sealed"),  # JSON: `Draft` until it is opened, then `Manifest`
    sa.Column("sha256", sa.LargeBinary(32)),  # of the manifest, when it was opened
    sa.Column("closes_at", Instant),  # the end of the last day
    sa.Column("counted", sa.Integer),  # how many answers were counted; set at the close
    sa.Column("enough", sa.Boolean, nullable=False, server_default=sa.false()),  # k or more, as of `enough_on`
    sa.Column("enough_on", sa.Date),
    sa.Column("reminded_on", sa.Date),
    sa.Column("reminders", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Column("shared_on", sa.Date),  # when members were shown the results
    sa.Index("ix_survey_state_closes_at", "state", "closes_at"),
    sqlite_with_rowid=False,
)


def _mine() -> tuple[sa.Column[str], sa.Column[str]]:
    """The survey of a row, without a foreign key (see above)."""
    return key("community_id"), key("survey_id")


audience = sa.Table(  # who was asked
    "survey_audience",
    metadata,
    *_mine(),
    key("tag", sa.LargeBinary(32)),
    sqlite_with_rowid=False,
)

ballot = sa.Table(  # who has answered; sealed with another key than the texts of this database, see `storage/boxes.py`
    "survey_ballot",
    metadata,
    *_mine(),
    key("tag", sa.LargeBinary(32)),
    sa.Column("ballot", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

tally = sa.Table(  # what may be shown, as it is shown: no count
    "survey_tally",
    metadata,
    *_mine(),
    key("question_id"),
    key("segment", sa.SmallInteger, autoincrement=False),  # place of the label; see `storage.tally`
    key("option", sa.SmallInteger, autoincrement=False),
    text("shown", 16),
    sqlite_with_rowid=False,
)

said = sa.Table(  # free texts, of each question in an order of its own
    "survey_text",
    metadata,
    *_mine(),
    key("question_id"),
    key("id", sa.LargeBinary(16)),  # random
    sealed("body_sealed"),
    sqlite_with_rowid=False,
)

receipt = sa.Table(
    "survey_receipt",
    metadata,
    *_mine(),
    key("receipt", sa.LargeBinary(16)),
    sqlite_with_rowid=False,
)
