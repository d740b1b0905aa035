"""What is said of kinds in dossiers, and dossiers that are taken along."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _dossier_mark()
    _dossier_package()


def downgrade() -> None:
    op.drop_index(op.f("ix_dossier_package_body_id"), table_name="dossier_package")
    op.drop_table("dossier_package")
    op.drop_table("dossier_mark")


def _dossier_mark() -> None:
    op.create_table(
        "dossier_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column(
            "mark",
            sa.Enum("not_arisen", "to_supplement", name="mark", native_enum=False),
            nullable=False,
        ),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind BETWEEN 1 AND 104", name=op.f("ck_dossier_mark_kind")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_dossier_mark_member_id")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["user.id"], name=op.f("fk_dossier_mark_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_mark")),
        sa.UniqueConstraint("member_id", "kind", name=op.f("uq_dossier_mark_member_id_kind")),
        sqlite_strict=True,
    )


def _dossier_package() -> None:
    op.create_table(
        "dossier_package",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("blob", sa.Text(), nullable=True),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("checked_at", base.UtcDateTime(), nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["user.id"], name=op.f("fk_dossier_package_asked_by")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_dossier_package_body_id")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_dossier_package_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_package")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_dossier_package_body_id"), "dossier_package", ["body_id"], unique=False
    )
