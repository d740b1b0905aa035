"""Where the notes of an earlier version stand in a later one."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "note_placement",
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("shape", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"], ["note.id"], name=op.f("fk_note_placement_note_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["document_version.id"],
            name=op.f("fk_note_placement_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("note_id", "version_id", name=op.f("pk_note_placement")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("note_placement")
