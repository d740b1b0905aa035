"""What meetings ask of those who serve their rooms."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

KIND = sa.Enum("water", "microphone", "projector", "other", name="servicekind", native_enum=False)
STATE = sa.Enum("asked", "taken", "done", name="servicestate", native_enum=False)


def upgrade() -> None:
    op.create_table(
        "service_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("due_at", base.UtcDateTime(), nullable=False),
        sa.Column("state", STATE, nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_service_request_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_service_request_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_request")),
        sqlite_strict=True,
    )
    for column in ("meeting_id", "due_at", "person_id"):
        op.create_index(op.f(f"ix_service_request_{column}"), "service_request", [column])


def downgrade() -> None:
    op.drop_table("service_request")
