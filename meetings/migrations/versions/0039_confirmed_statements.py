"""What bodies confirmed of their members, quarter by quarter."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "member_statement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("opening", sa.Integer(), nullable=False),
        sa.Column("closing", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_member_statement_body_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["user.id"], name=op.f("fk_member_statement_confirmed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_statement")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_member_statement_body_id"), "member_statement", ["body_id"])


def downgrade() -> None:
    op.drop_table("member_statement")
