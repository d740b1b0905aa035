"""Scans of members' dossiers, their pages, the pieces that they are cut into."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _dossier_scan()
    _dossier_piece()
    _dossier_step()
    _dossier_page()


def downgrade() -> None:
    op.drop_index(op.f("ix_dossier_page_piece_id"), table_name="dossier_page")
    op.drop_table("dossier_page")
    op.drop_index(op.f("ix_dossier_step_scan_id"), table_name="dossier_step")
    op.drop_table("dossier_step")
    op.drop_index(op.f("ix_dossier_piece_scan_id"), table_name="dossier_piece")
    op.drop_table("dossier_piece")
    op.drop_table("dossier_scan")


def _dossier_scan() -> None:
    op.create_table(
        "dossier_scan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("received", "ready", name="scanstate", native_enum=False),
            nullable=False,
        ),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("plain_sha256", sa.Text(), nullable=False),
        sa.Column("blob", sa.Text(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["given_by"], ["user.id"], name=op.f("fk_dossier_scan_given_by")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_dossier_scan_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_scan")),
        sa.UniqueConstraint("member_id", "number", name=op.f("uq_dossier_scan_member_id_number")),
        sa.UniqueConstraint(
            "member_id", "plain_sha256", name=op.f("uq_dossier_scan_member_id_plain_sha256")
        ),
        sqlite_strict=True,
    )


def _dossier_piece() -> None:
    op.create_table(
        "dossier_piece",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("proposed", "accepted", "tray", name="piecestate", native_enum=False),
            nullable=False,
        ),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "state <> 'accepted' OR kind IS NOT NULL", name=op.f("ck_dossier_piece_named")
        ),
        sa.CheckConstraint("kind BETWEEN 1 AND 104", name=op.f("ck_dossier_piece_kind")),
        sa.ForeignKeyConstraint(
            ["scan_id"], ["dossier_scan.id"], name=op.f("fk_dossier_piece_scan_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_piece")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_dossier_piece_scan_id"), "dossier_piece", ["scan_id"], unique=False)


def _dossier_step() -> None:
    op.create_table(
        "dossier_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scan_id"], ["dossier_scan.id"], name=op.f("fk_dossier_step_scan_id")
        ),
        sa.ForeignKeyConstraint(["taken_by"], ["user.id"], name=op.f("fk_dossier_step_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_step")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_dossier_step_scan_id"), "dossier_step", ["scan_id"], unique=False)


def _dossier_page() -> None:
    op.create_table(
        "dossier_page",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("piece_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("width", sa.Double(), nullable=False),
        sa.Column("height", sa.Double(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("thumbnail", sa.Text(), nullable=False),
        sa.CheckConstraint("turn IN (0, 90, 180, 270)", name=op.f("ck_dossier_page_turn")),
        sa.ForeignKeyConstraint(
            ["piece_id"], ["dossier_piece.id"], name=op.f("fk_dossier_page_piece_id")
        ),
        sa.ForeignKeyConstraint(
            ["scan_id"], ["dossier_scan.id"], name=op.f("fk_dossier_page_scan_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_page")),
        sa.UniqueConstraint("scan_id", "number", name=op.f("uq_dossier_page_scan_id_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_dossier_page_piece_id"), "dossier_page", ["piece_id"], unique=False)
