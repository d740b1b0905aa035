"""A bin for documents, and their destruction by two persons."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("document", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.add_column(sa.Column("discarded_at", base.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("destroyed_at", base.UtcDateTime(), nullable=True))
    op.create_table(
        "destruction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", base.UtcDateTime(), nullable=True),
        sa.Column("done_at", base.UtcDateTime(), nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_destruction_document_id")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["user.id"], name=op.f("fk_destruction_asked_by")),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["user.id"], name=op.f("fk_destruction_confirmed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction")),
        sa.UniqueConstraint("document_id", name=op.f("uq_destruction_document_id")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("destruction")
    with op.batch_alter_table("document", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.drop_column("destroyed_at")
        batch_op.drop_column("discarded_at")
