"""Bridge points, and who takes part from them."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

COLUMNS = ("meeting_id", "room_id", "person_id")


def upgrade() -> None:
    op.create_table(
        "bridge_point",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        _child("bridge_point", "meeting_id", "meeting", "CASCADE"),
        _child("bridge_point", "room_id", "room"),
        _child("bridge_point", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bridge_point")),
        sqlite_strict=True,
    )
    for column in COLUMNS:
        op.create_index(op.f(f"ix_bridge_point_{column}"), "bridge_point", [column])
    op.create_table(
        "point_participant",
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=False),
        _child("point_participant", "participant_id", "participant", "CASCADE"),
        _child("point_participant", "point_id", "bridge_point", "CASCADE"),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_point_participant")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_point_participant_point_id"), "point_participant", ["point_id"])


def downgrade() -> None:
    op.drop_table("point_participant")
    op.drop_table("bridge_point")


def _child(
    table: str, column: str, parent: str, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete=ondelete)
