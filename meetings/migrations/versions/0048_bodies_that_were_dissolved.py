"""Bodies that were dissolved, and what became of those that belonged to them."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dissolution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("done_by", sa.Uuid(), nullable=False),
        sa.Column("done_at", base.UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", base.UtcDateTime(), nullable=True),
        sa.Column("undone_at", base.UtcDateTime(), nullable=True),
        _child("dissolution", "body_id", "body"),
        _child("dissolution", "done_by", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dissolution")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_dissolution_body_id"), "dissolution", ["body_id"])
    op.create_table(
        "dissolution_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dissolution_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=True),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("closes", sa.Boolean(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("posts", sa.JSON(), nullable=False),
        _child("dissolution_step", "dissolution_id", "dissolution", ondelete="CASCADE"),
        *(_child("dissolution_step", name, "body") for name in ("body_id", "from_id", "to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dissolution_step")),
        sqlite_strict=True,
    )
    for column in ("dissolution_id", "body_id", "to_id"):
        op.create_index(op.f(f"ix_dissolution_step_{column}"), "dissolution_step", [column])


def downgrade() -> None:
    op.drop_table("dissolution_step")
    op.drop_table("dissolution")


def _child(
    table: str, column: str, parent: str, *, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete=ondelete)
