"""Sealed dossiers of members on their way from one body to another."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

OUTCOME = sa.Enum("received", "refused", "withdrawn", name="outcome", native_enum=False)
PARENTS = {
    "member_id": "member",
    "from_id": "body",
    "to_id": "body",
    "started_by": "user",
    "closed_by": "user",
}


def upgrade() -> None:
    op.create_table(
        "custody",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("inventory", sa.JSON(), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=False),
        sa.Column("sent_at", base.UtcDateTime(), nullable=True),
        sa.Column("closed_at", base.UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("outcome", OUTCOME, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        *(_child(column, parent) for column, parent in PARENTS.items()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody")),
        sqlite_strict=True,
    )
    for column in ("member_id", "from_id", "to_id"):
        op.create_index(op.f(f"ix_custody_{column}"), "custody", [column])


def downgrade() -> None:
    op.drop_table("custody")


def _child(column: str, parent: str) -> sa.ForeignKeyConstraint:
    gone = "CASCADE" if parent == "member" else None
    name = op.f(f"fk_custody_{column}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete=gone)
