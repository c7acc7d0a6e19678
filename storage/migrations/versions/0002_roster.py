"""The roster, the do-not-invite list, and files that wait."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "barred",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("mail_tag", sa.LargeBinary(length=32), nullable=True),
        sa.Column("number_tag", sa.LargeBinary(length=32), nullable=True),
        sa.Column("name_tag", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_barred_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_barred")),
    )
    op.create_index("ix_barred_mail", "barred", ["community_id", "mail_tag"], unique=False)
    op.create_index("ix_barred_name", "barred", ["community_id", "name_tag"], unique=False)
    op.create_index("ix_barred_number", "barred", ["community_id", "number_tag"], unique=False)
    op.create_table(
        "roster_batch",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("closed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("busy_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_roster_batch_community_id_community")
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_roster_batch")),
    )
    op.create_table(
        "invitee",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("batch_id", sa.String(length=32), nullable=False),
        sa.Column("person_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("mail_tag", sa.LargeBinary(length=32), nullable=True),
        sa.Column("number_tag", sa.LargeBinary(length=32), nullable=True),
        sa.Column("person_tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("state", sa.String(length=8), server_default="imported", nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "batch_id"],
            ["roster_batch.community_id", "roster_batch.id"],
            name=op.f("fk_invitee_community_id_batch_id_roster_batch"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_invitee_community_id_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_invitee_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_invitee")),
        sa.UniqueConstraint("community_id", "mail_tag", name=op.f("uq_invitee_community_id_mail_tag")),
        sa.UniqueConstraint("community_id", "number_tag", name=op.f("uq_invitee_community_id_number_tag")),
    )
    op.create_index("ix_invitee_batch", "invitee", ["community_id", "batch_id"], unique=False)
    op.create_index("ix_invitee_member", "invitee", ["community_id", "member_id"], unique=False)
    op.create_index("ix_invitee_person", "invitee", ["community_id", "person_tag"], unique=False)
    op.create_table(
        "upload",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("about_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("busy_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "member_id"],
            ["member.community_id", "member.id"],
            name=op.f("fk_upload_community_id_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_upload_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_upload")),
        sa.UniqueConstraint("community_id", "member_id", name=op.f("uq_upload_community_id_member_id")),
    )
    op.create_table(
        "upload_part",
        sa.Column("community_id", sa.String(length=32), nullable=False),
        sa.Column("upload_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("part_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "upload_id"],
            ["upload.community_id", "upload.id"],
            name=op.f("fk_upload_part_community_id_upload_id_upload"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_upload_part_community_id_community")),
        sa.PrimaryKeyConstraint("community_id", "upload_id", "kind", "number", name=op.f("pk_upload_part")),
    )


def downgrade() -> None:
    op.drop_table("upload_part")
    op.drop_table("upload")
    op.drop_index("ix_invitee_person", table_name="invitee")
    op.drop_index("ix_invitee_member", table_name="invitee")
    op.drop_index("ix_invitee_batch", table_name="invitee")
    op.drop_table("invitee")
    op.drop_table("roster_batch")
    op.drop_index("ix_barred_number", table_name="barred")
    op.drop_index("ix_barred_name", table_name="barred")
    op.drop_index("ix_barred_mail", table_name="barred")
    op.drop_table("barred")
