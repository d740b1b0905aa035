"""Copies that were taken along, who may take one of a paper, and how tablets did on trial."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

STRICT = {"sqlite_strict": True}
TAKING = sa.Enum("read", "print", "download", name="taking", native_enum=False)
INDEXED = ("user_id", "document_id", "meeting_id")


def upgrade() -> None:
    with op.batch_alter_table("meeting", table_kwargs=STRICT) as batch_op:
        batch_op.add_column(sa.Column("taking", TAKING, server_default="download", nullable=False))
    with op.batch_alter_table("agenda_paper", table_kwargs=STRICT) as batch_op:
        batch_op.add_column(sa.Column("taking", TAKING, nullable=True))
    op.create_table(
        "taken_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("download", "print", "pack", name="copykind", native_enum=False),
            nullable=False,
        ),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("bearer", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("version_number", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("bound", sa.JSON(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_taken_copy_user_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_taken_copy_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_taken_copy_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_copy")),
        sa.UniqueConstraint("code", name=op.f("uq_taken_copy_code")),
        sqlite_strict=True,
    )
    for name in INDEXED:
        op.create_index(op.f(f"ix_taken_copy_{name}"), "taken_copy", [name])
    _tablet_trial()


def _tablet_trial() -> None:
    op.create_table(
        "tablet_trial",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("tablet", sa.Text(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("tried_at", base.UtcDateTime(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_tablet_trial_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_tablet_trial_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tablet_trial")),
        sa.UniqueConstraint(
            "meeting_id",
            "user_id",
            "tablet",
            name=op.f("uq_tablet_trial_meeting_id_user_id_tablet"),
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_tablet_trial_user_id"), "tablet_trial", ["user_id"])


def downgrade() -> None:
    op.drop_table("tablet_trial")
    op.drop_table("taken_copy")
    for table in ("agenda_paper", "meeting"):
        with op.batch_alter_table(table, table_kwargs=STRICT) as batch_op:
            batch_op.drop_column("taking")
