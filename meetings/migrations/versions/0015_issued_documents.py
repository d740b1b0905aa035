"""Issued documents: how far each one goes, and the drafts it was made from."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

REACH = sa.Enum("party", "bodies", "people", "archivists", name="reach", native_enum=False)


def upgrade() -> None:
    op.create_table(
        "issue",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("reach", REACH, nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_issue_document_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["issued_by"], ["user.id"], name=op.f("fk_issue_issued_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue")),
        sa.UniqueConstraint("document_id", name=op.f("uq_issue_document_id")),
        sqlite_strict=True,
    )
    for table, owner in (("issue_body", "body"), ("issue_reader", "person")):
        column = f"{owner}_id"
        op.create_table(
            table,
            sa.Column("issue_id", sa.Uuid(), nullable=False),
            sa.Column(column, sa.Uuid(), nullable=False),
            sa.ForeignKeyConstraint(
                ["issue_id"], ["issue.id"], name=op.f(f"fk_{table}_issue_id"), ondelete="CASCADE"
            ),
            sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=op.f(f"fk_{table}_{column}")),
            sa.PrimaryKeyConstraint("issue_id", column, name=op.f(f"pk_{table}")),
            sqlite_strict=True,
        )
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_table(
        "issue_draft",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("issue_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["document.id"], name=op.f("fk_issue_draft_draft_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issue.id"], name=op.f("fk_issue_draft_issue_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_issue_draft")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_issue_draft_issue_id"), "issue_draft", ["issue_id"])


def downgrade() -> None:
    for table in ("issue_draft", "issue_reader", "issue_body", "issue"):
        op.drop_table(table)
