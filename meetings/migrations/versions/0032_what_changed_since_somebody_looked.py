"""Until when somebody has seen what changed, and when a meeting was moved."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice_mark",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_notice_mark_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_notice_mark")),
        sqlite_strict=True,
    )
    op.add_column("meeting", sa.Column("moved_at", base.UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("meeting", "moved_at")
    op.drop_table("notice_mark")
