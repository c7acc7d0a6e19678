"""Ideas that the secretariat took out of a survey's results."""

import sqlalchemy as sa

from storage.tables.base import key, metadata, of_community, sealed, text

idea = sa.Table(  # no member, no group, no time: nothing that leads back to whoever had it
    "idea",
    metadata,
    of_community(),
    key("id"),  # random
    text("kind", 16),  # storage.ideas.Kind
    sealed("words_sealed"),
    text("language", 8, default=""),  # of the words; "": not known
    text("source_id", default=""),  # the survey; "": none
    sa.Column("kept_on", sa.Date, nullable=False),  # in the community's zone
    sa.Index("ix_idea_community_id_kind", "community_id", "kind"),
)
