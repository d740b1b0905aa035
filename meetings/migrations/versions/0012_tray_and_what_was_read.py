"""The tray of a meeting; what a file's header, signatures and pages were read to say."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CERTAINTY = sa.Enum("sure", "guess", "look", name="certainty", native_enum=False)
SOURCE = sa.Enum("layer", "repaired", "ocr", "none", name="source", native_enum=False)
PARENTS = {"meeting": "CASCADE", "document": None, "agenda_item": "SET NULL"}
COLUMNS = {"meeting": "meeting_id", "document": "document_id", "agenda_item": "item_id"}


def upgrade() -> None:
    op.create_table(
        "tray_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("certainty", CERTAINTY, nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.id"],
                name=op.f(f"fk_tray_file_{column}"),
                ondelete=PARENTS[table],
            )
            for table, column in COLUMNS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tray_file")),
        sqlite_strict=True,
    )
    for column in COLUMNS.values():
        op.create_index(op.f(f"ix_tray_file_{column}"), "tray_file", [column])
    op.add_column("document_version", sa.Column("header", sa.JSON(), nullable=True))
    op.add_column("document_version", sa.Column("signatures", sa.JSON(), nullable=True))
    op.add_column("page", sa.Column("source", SOURCE, nullable=False, server_default="layer"))


def downgrade() -> None:
    op.drop_column("page", "source")
    op.drop_column("document_version", "signatures")
    op.drop_column("document_version", "header")
    op.drop_table("tray_file")
