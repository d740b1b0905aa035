"""Forms with which opinions are asked for without a meeting, and what was answered."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

BASE = sa.Enum("asked", "received", name="countingbase", native_enum=False)
SILENCE = sa.Enum("uncounted", "agreement", name="silence", native_enum=False)
STANCE = sa.Enum("agree", "disagree", "other", name="stance", native_enum=False)


def upgrade() -> None:
    op.create_table(
        "consultation",
        *_identity("consultation"),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", base.UtcDateTime(), nullable=False),
        sa.Column("counted_of", BASE, nullable=False),
        sa.Column("silence", SILENCE, nullable=False),
        sa.Column("follower_id", sa.Uuid(), nullable=False),
        _child("consultation", "meeting_id", "meeting", "CASCADE"),
        _child("consultation", "follower_id", "person"),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_consultation_meeting_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "consultation_question",
        *_identity("consultation_question"),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _child("consultation_question", "consultation_id", "consultation", "CASCADE"),
        _child("consultation_question", "item_id", "agenda_item", "SET NULL"),
        sqlite_strict=True,
    )
    _make_tables_of_answers()
    for table, column in INDEXED:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


INDEXED = (
    ("consultation", "due_at"),
    ("consultation", "follower_id"),
    ("consultation_question", "consultation_id"),
    ("consultation_question", "item_id"),
    ("consultation_reply", "person_id"),
    ("consultation_opinion", "question_id"),
    ("consultation_reminder", "person_id"),
)


def _make_tables_of_answers() -> None:
    op.create_table(
        "consultation_reply",
        *_identity("consultation_reply"),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("answered_at", base.UtcDateTime(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        _child("consultation_reply", "consultation_id", "consultation", "CASCADE"),
        _child("consultation_reply", "person_id", "person"),
        _child("consultation_reply", "entered_by", "user"),
        sa.UniqueConstraint(
            "consultation_id",
            "person_id",
            name=op.f("uq_consultation_reply_consultation_id_person_id"),
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "consultation_opinion",
        sa.Column("reply_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("stance", STANCE, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _child("consultation_opinion", "reply_id", "consultation_reply", "CASCADE"),
        _child("consultation_opinion", "question_id", "consultation_question", "CASCADE"),
        sa.PrimaryKeyConstraint("reply_id", "question_id", name=op.f("pk_consultation_opinion")),
        sqlite_strict=True,
    )
    op.create_table(
        "consultation_reminder",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("reminded_at", base.UtcDateTime(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        _child("consultation_reminder", "consultation_id", "consultation", "CASCADE"),
        _child("consultation_reminder", "person_id", "person"),
        sa.PrimaryKeyConstraint(
            "consultation_id", "person_id", name=op.f("pk_consultation_reminder")
        ),
        sqlite_strict=True,
    )


def downgrade() -> None:
    for table in ("reminder", "opinion", "reply", "question"):
        op.drop_table(f"consultation_{table}")
    op.drop_table("consultation")


def _identity(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    return (sa.Column("id", sa.Uuid(), nullable=False), key)


def _child(
    table: str, column: str, parent: str, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete=ondelete)
