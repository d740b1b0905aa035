"""Copies of notes that were sent, and how long notes are kept after a meeting."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KIND = sa.Enum("ink", "highlight", "text", name="notekind", native_enum=False)


def upgrade() -> None:
    op.create_table(
        "note_sending",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("sender_id", sa.Uuid(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=True),
        sa.Column("read_at", base.UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", base.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_note_sending_meeting_id")
        ),
        sa.ForeignKeyConstraint(["sender_id"], ["user.id"], name=op.f("fk_note_sending_sender_id")),
        sa.ForeignKeyConstraint(
            ["receiver_id"], ["person.id"], name=op.f("fk_note_sending_receiver_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_sending")),
        sqlite_strict=True,
    )
    for column in ("meeting_id", "sender_id", "receiver_id"):
        op.create_index(op.f(f"ix_note_sending_{column}"), "note_sending", [column])
    op.create_table(
        "sent_note",
        sa.Column("sending_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("shape", sa.JSON(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sending_id"],
            ["note_sending.id"],
            name=op.f("fk_sent_note_sending_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_sent_note_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_sent_note_item_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_note")),
        sqlite_strict=True,
    )
    for column in ("sending_id", "document_id"):
        op.create_index(op.f(f"ix_sent_note_{column}"), "sent_note", [column])

    op.create_table(
        "note_keeping",
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("since", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_note_keeping_body_id")),
        sa.PrimaryKeyConstraint("body_id", name=op.f("pk_note_keeping")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("note_keeping")
    op.drop_table("sent_note")
    op.drop_table("note_sending")
