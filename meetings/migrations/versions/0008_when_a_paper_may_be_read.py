"""From when until when a released paper may be read, and when a meeting's papers turn."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STRICT = {"sqlite_strict": True}
BOUNDS = ("readable_from", "readable_until")


def upgrade() -> None:
    with op.batch_alter_table("meeting", table_kwargs=STRICT) as batch_op:
        batch_op.add_column(sa.Column("turns_at", sa.JSON(), server_default="[]", nullable=False))
    with op.batch_alter_table("agenda_paper", table_kwargs=STRICT) as batch_op:
        for bound in BOUNDS:
            batch_op.add_column(sa.Column(bound, base.UtcDateTime(), nullable=True))
            batch_op.create_index(op.f(f"ix_agenda_paper_{bound}"), [bound])


def downgrade() -> None:
    with op.batch_alter_table("agenda_paper", table_kwargs=STRICT) as batch_op:
        for bound in BOUNDS:
            batch_op.drop_index(op.f(f"ix_agenda_paper_{bound}"))
            batch_op.drop_column(bound)
    with op.batch_alter_table("meeting", table_kwargs=STRICT) as batch_op:
        batch_op.drop_column("turns_at")
