"""Periodic jobs, remembered across restarts, and jobs that may not be done before a moment."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "periodic_job",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ordered_at", base.UtcDateTime(), nullable=True),
        sa.Column("finished_at", base.UtcDateTime(), nullable=True),
        sa.Column("next_at", base.UtcDateTime(), nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_periodic_job")),
        sqlite_strict=True,
    )
    op.add_column("job", sa.Column("not_before", base.UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("job", "not_before")
    op.drop_table("periodic_job")
