"""Tablets enrolled for a person, and the sign-ins that were opened on them."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "device",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("pin_open_until", base.UtcDateTime(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_challenge_at", base.UtcDateTime(), nullable=True),
        sa.Column("used_at", base.UtcDateTime(), nullable=True),
        sa.Column("ended_at", base.UtcDateTime(), nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_device_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_device_user_id"), "device", ["user_id"])
    op.create_index(op.f("ix_device_token_hash"), "device", ["token_hash"])
    op.create_table(
        "enrolment_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("expires_at", base.UtcDateTime(), nullable=False),
        sa.Column("used_at", base.UtcDateTime(), nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_enrolment_code_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_enrolment_code_code_hash")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_enrolment_code_user_id"), "enrolment_code", ["user_id"])
    with op.batch_alter_table("sign_in", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.add_column(sa.Column("device_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_sign_in_device_id"), "device", ["device_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("sign_in", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.drop_constraint(op.f("fk_sign_in_device_id"), type_="foreignkey")
        batch_op.drop_column("device_id")
    op.drop_table("enrolment_code")
    op.drop_table("device")
