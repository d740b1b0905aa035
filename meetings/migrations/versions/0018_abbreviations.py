"""The abbreviations of an office, used when somebody searches."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "abbreviation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("short", sa.Text(), nullable=False),
        sa.Column("full", sa.Text(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_abbreviation")),
        sa.UniqueConstraint("short", name=op.f("uq_abbreviation_short")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("abbreviation")
