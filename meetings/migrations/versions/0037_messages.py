"""How people are reached outside the system, and what was sent to them."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

KIND = sa.Enum("invitation", "reminder", "news", name="messagekind", native_enum=False)
WAY = sa.Enum("mail", "sms", name="way", native_enum=False)
STATE = sa.Enum("waiting", "sent", "failed", name="messagestate", native_enum=False)


def upgrade() -> None:
    op.create_table(
        "contact",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("mail", sa.Text(), nullable=False),
        sa.Column("mobile", sa.Text(), nullable=False),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("by_sms", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.Boolean(), nullable=False),
        _owner("contact", "person_id", "person"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_contact")),
        sqlite_strict=True,
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("way", WAY, nullable=False),
        sa.Column("state", STATE, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", base.UtcDateTime(), nullable=True),
        _owner("message", "person_id", "person"),
        _owner("message", "meeting_id", "meeting"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sqlite_strict=True,
    )
    for column in ("person_id", "meeting_id"):
        op.create_index(op.f(f"ix_message_{column}"), "message", [column])


def downgrade() -> None:
    op.drop_table("message")
    op.drop_table("contact")


def _owner(table: str, column: str, of: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=name, ondelete="CASCADE")
