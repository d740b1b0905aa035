"""Rooms, and the meetings that hold them."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "room",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("equipment", sa.JSON(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_room_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("body_id", "name", name=op.f("uq_room_body_id_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "room_booking",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_room_booking_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_room_booking_room_id")),
        sa.PrimaryKeyConstraint("meeting_id", "room_id", name=op.f("pk_room_booking")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_room_booking_room_id"), "room_booking", ["room_id"])


def downgrade() -> None:
    op.drop_table("room_booking")
    op.drop_table("room")
