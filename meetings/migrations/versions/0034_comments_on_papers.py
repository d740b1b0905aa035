"""When papers are open for comments, what was written, and the answers."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

VERDICT = sa.Enum("accepted", "partly", "explained", name="verdict", native_enum=False)


def upgrade() -> None:
    op.create_table(
        "comment_round",
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("opens_at", base.UtcDateTime(), nullable=False),
        sa.Column("closes_at", base.UtcDateTime(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("answerer_id", sa.Uuid(), nullable=True),
        _child("comment_round", "paper_id", "agenda_paper", "CASCADE"),
        _child("comment_round", "answerer_id", "person"),
        sa.PrimaryKeyConstraint("paper_id", name=op.f("pk_comment_round")),
        sqlite_strict=True,
    )
    op.create_table(
        "paper_comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("verdict", VERDICT, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", base.UtcDateTime(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        _child("paper_comment", "paper_id", "agenda_paper", "CASCADE"),
        _child("paper_comment", "person_id", "person"),
        _child("paper_comment", "version_id", "document_version", "SET NULL"),
        _child("paper_comment", "answered_by", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_comment")),
        sqlite_strict=True,
    )
    for table, column in INDEXED:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


INDEXED = (
    ("comment_round", "answerer_id"),
    ("paper_comment", "paper_id"),
    ("paper_comment", "person_id"),
    ("paper_comment", "version_id"),
)


def downgrade() -> None:
    op.drop_table("paper_comment")
    op.drop_table("comment_round")


def _child(
    table: str, column: str, parent: str, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete=ondelete)
