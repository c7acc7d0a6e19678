"""The roster: whom the secretariat may invite, whom it must not, and an uploaded file while it waits."""

import sqlalchemy as sa

from storage.tables.base import Instant, key, metadata, of_community, sealed, text

batch = sa.Table(  # one import
    "roster_batch",
    metadata,
    of_community(),
    key("id"),
    sa.Column("day", sa.Date, nullable=False),
    text("state", 8),  # writing: nobody sees its rows yet; ready
    sa.Column("closed", sa.Boolean, nullable=False, server_default=sa.false()),  # an invitation went out: no undo
    sa.Column("busy_until", Instant),  # while writing: whoever writes is alive
)

invitee = sa.Table(
    "invitee",
    metadata,
    of_community(),
    key("id"),
    text("batch_id"),
    sealed("person_sealed"),  # JSON, all of one size
    sa.Column("mail_tag", sa.LargeBinary(32)),
    sa.Column("number_tag", sa.LargeBinary(32)),
    sa.Column("person_tag", sa.LargeBinary(32), nullable=False),  # of name, reading and year of leaving
    text("state", 8, default="imported"),  # invited, joined
    sa.Column("member_id", sa.String(32)),  # who joined; never in a community whose membership is hidden
    sa.ForeignKeyConstraint(
        ["community_id", "batch_id"], ["roster_batch.community_id", "roster_batch.id"], ondelete="CASCADE"
    ),
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
    sa.UniqueConstraint("community_id", "mail_tag"),
    sa.UniqueConstraint("community_id", "number_tag"),
    sa.Index("ix_invitee_person", "community_id", "person_tag"),
    sa.Index("ix_invitee_batch", "community_id", "batch_id"),
    sa.Index("ix_invitee_member", "community_id", "member_id"),
)

barred = sa.Table(  # do not invite; why is nowhere
    "barred",
    metadata,
    of_community(),
    key("id"),
    sealed("person_sealed"),  # JSON, all of one size
    sa.Column("mail_tag", sa.LargeBinary(32)),
    sa.Column("number_tag", sa.LargeBinary(32)),
    sa.Column("name_tag", sa.LargeBinary(32)),
    sa.Index("ix_barred_mail", "community_id", "mail_tag"),
    sa.Index("ix_barred_number", "community_id", "number_tag"),
    sa.Index("ix_barred_name", "community_id", "name_tag"),
)

upload = sa.Table(  # a file that waits for its secretary's word; one each, gone within the hour
    "upload",
    metadata,
    of_community(),
    key("id"),
    text("member_id"),
    sealed("about_sealed"),  # JSON: the file's name, how it is read, what was found
    text("state", 16),
    sa.Column("done", sa.Integer, nullable=False, server_default="0"),  # rows
    sa.Column("busy_until", Instant),  # whoever reads or imports it is alive
    sa.Column("expires_at", Instant, nullable=False),
    sa.UniqueConstraint("community_id", "member_id"),
    sa.ForeignKeyConstraint(["community_id", "member_id"], ["member.community_id", "member.id"], ondelete="CASCADE"),
)

upload_part = sa.Table(
    "upload_part",
    metadata,
    of_community(),
    key("upload_id"),
    key("kind", sa.String(8)),  # file: its bytes; rows: as read, with the verdict on each
    key("number", sa.Integer),
    sealed("part_sealed"),
    sa.ForeignKeyConstraint(["community_id", "upload_id"], ["upload.community_id", "upload.id"], ondelete="CASCADE"),
)
