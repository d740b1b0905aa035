"""The cleaned copy of a version, what marks its text, papers that look the same, appendices."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KIND = sa.Enum("file", "number", "text", name="samekind", native_enum=False)
CHOICE = sa.Enum("version", "replace", "both", "cancel", name="samechoice", native_enum=False)
COLUMNS = {"viewing": sa.Text, "removed": sa.JSON, "edits": sa.JSON, "marks": sa.LargeBinary}


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.add_column("document_version", sa.Column(name, kind(), nullable=True))
    op.create_table(
        "text_mark",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["document_version.id"],
            name=op.f("fk_text_mark_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "mark", name=op.f("pk_text_mark")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_text_mark_mark"), "text_mark", ["mark"])
    op.create_table(
        "sameness",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("similarity", sa.Float(), nullable=False),
        sa.Column("choice", CHOICE, nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], ["document.id"], name=op.f(f"fk_sameness_{column}"), ondelete="CASCADE"
            )
            for column in ("document_id", "other_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sameness")),
        sa.UniqueConstraint(
            "document_id", "other_id", name=op.f("uq_sameness_document_id_other_id")
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_sameness_other_id"), "sameness", ["other_id"])
    op.create_table(
        "tray_edit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_tray_edit_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_tray_edit_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tray_edit")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_tray_edit_meeting_id"), "tray_edit", ["meeting_id"])
    with op.batch_alter_table("agenda_paper", table_kwargs={"sqlite_strict": True}) as paper:
        paper.add_column(sa.Column("appendix_of", sa.Uuid(), nullable=True))
        paper.create_foreign_key(
            op.f("fk_agenda_paper_appendix_of"),
            "agenda_paper",
            ["appendix_of"],
            ["id"],
            ondelete="SET NULL",
        )
        paper.create_index(op.f("ix_agenda_paper_appendix_of"), ["appendix_of"])


def downgrade() -> None:
    with op.batch_alter_table("agenda_paper", table_kwargs={"sqlite_strict": True}) as paper:
        paper.drop_index(op.f("ix_agenda_paper_appendix_of"))
        paper.drop_constraint(op.f("fk_agenda_paper_appendix_of"), type_="foreignkey")
        paper.drop_column("appendix_of")
    op.drop_table("tray_edit")
    op.drop_table("sameness")
    op.drop_table("text_mark")
    for name in reversed(COLUMNS):
        op.drop_column("document_version", name)
