"""The pages of a version that a person had in view."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "read_pages",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("pages", sa.JSON(), nullable=False),
        sa.Column("opened_at", base.UtcDateTime(), nullable=False),
        sa.Column("ended_at", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_read_pages_user_id")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["document_version.id"],
            name=op.f("fk_read_pages_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "version_id", name=op.f("pk_read_pages")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_read_pages_version_id"), "read_pages", ["version_id"])


def downgrade() -> None:
    op.drop_table("read_pages")
