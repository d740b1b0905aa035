"""Private notes, which changes of them a tablet has sent, and what tablets keep."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KIND = sa.Enum("ink", "highlight", "text", name="notekind", native_enum=False)
PARENTS = {
    "user_id": ("user", None),
    "document_id": ("document", None),
    "version_id": ("document_version", None),
    "item_id": ("agenda_item", "SET NULL"),
}


def upgrade() -> None:
    op.create_table(
        "note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("shape", sa.JSON(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", base.UtcDateTime(), nullable=False),
        sa.Column("deleted_at", base.UtcDateTime(), nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_note_{column}"), ondelete=ends
            )
            for column, (table, ends) in PARENTS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("user_id", "mark", name=op.f("uq_note_user_id_mark")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_note_document_id"), "note", ["document_id"])
    op.create_table(
        "note_operation",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("made_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_note_operation_user_id")),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_note_operation")),
        sqlite_strict=True,
    )

    op.create_table(
        "kept_pack",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("tablet", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("told_at", base.UtcDateTime(), nullable=False),
        sa.Column("dropped_at", base.UtcDateTime(), nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_kept_pack_user_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["document_version.id"], name=op.f("fk_kept_pack_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_pack")),
        sa.UniqueConstraint(
            "user_id", "tablet", "version_id", name=op.f("uq_kept_pack_user_id_tablet_version_id")
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_kept_pack_version_id"), "kept_pack", ["version_id"])


def downgrade() -> None:
    op.drop_table("kept_pack")
    op.drop_table("note_operation")
    op.drop_table("note")
