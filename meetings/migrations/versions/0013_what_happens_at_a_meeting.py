"""When a meeting and its items began and ended; what the invited answered."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENTS = {"meeting": ("opened_at", "closed_at"), "agenda_item": ("begun_at", "ended_at")}


def upgrade() -> None:
    for table, columns in MOMENTS.items():
        for column in columns:
            op.add_column(table, sa.Column(column, base.UtcDateTime(), nullable=True))
    op.create_table(
        "invitation_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("coming", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("substitute_id", sa.Uuid(), nullable=True),
        sa.Column("substitute_agreed", sa.Boolean(), nullable=True),
        sa.Column("answered_at", base.UtcDateTime(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_invitation_answer_participant_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["person.id"], name=op.f("fk_invitation_answer_substitute_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_answer")),
        sa.UniqueConstraint("participant_id", name=op.f("uq_invitation_answer_participant_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_invitation_answer_substitute_id"), "invitation_answer", ["substitute_id"]
    )


def downgrade() -> None:
    op.drop_table("invitation_answer")
    for table, columns in MOMENTS.items():
        for column in columns:
            op.drop_column(table, column)
