"""The plans of rooms, and who sits where."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("room", sa.Column("plan", sa.JSON(), server_default="[]", nullable=False))
    op.create_table(
        "seat",
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("column", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_seat_participant_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_seat_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_seat")),
        sa.UniqueConstraint(
            "meeting_id", "row", "column", name=op.f("uq_seat_meeting_id_row_column")
        ),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("seat")
    op.drop_column("room", "plan")
