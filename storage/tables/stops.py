"""Who of the secretariat asked to stop a survey; a second person has to agree."""

import sqlalchemy as sa

from storage.tables.base import key, metadata, of_community, text

survey_stop = sa.Table(
    "survey_stop",
    metadata,
    of_community(),
    key("survey_id"),
    text("member_id"),
    sa.Column("asked_on", sa.Date, nullable=False),  # in the community's zone
    sa.ForeignKeyConstraint(["community_id", "survey_id"], ["survey.community_id", "survey.id"], ondelete="CASCADE"),
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
    sa.Index("ix_survey_stop_community_id_member_id", "community_id", "member_id"),
)
