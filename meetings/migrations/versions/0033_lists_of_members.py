"""Lists of members between their arrival and their entry, one a body, sealed."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "member_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("true_on", sa.Date(), nullable=False),
        sa.Column("heading", sa.Integer(), nullable=False),
        sa.Column("encoding", sa.Text(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("others", sa.JSON(), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_member_list_body_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["given_by"], ["user.id"], name=op.f("fk_member_list_given_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_list")),
        sa.UniqueConstraint("body_id", name=op.f("uq_member_list_body_id")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("member_list")
