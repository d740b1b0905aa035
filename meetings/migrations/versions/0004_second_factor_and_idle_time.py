"""Sign-ins that grow idle, the throttle, the second factor."""

import sqlalchemy as sa
from alembic import op

from meetings.models import base

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM sign_in")  # everybody signs in anew, under the new rules
    with op.batch_alter_table("sign_in", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.add_column(sa.Column("idle_until", base.UtcDateTime(), nullable=False))
        batch_op.add_column(sa.Column("idle_seconds", sa.Integer(), nullable=False))
        batch_op.add_column(sa.Column("confirmed_at", base.UtcDateTime(), nullable=True))
    op.create_table(
        "throttle",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", base.UtcDateTime(), nullable=False),
        sa.Column("blocked_until", base.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("account", "device", name=op.f("pk_throttle")),
        sqlite_strict=True,
    )
    op.create_table(
        "second_factor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed_at", base.UtcDateTime(), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_second_factor_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factor")),
        sa.UniqueConstraint("user_id", name=op.f("uq_second_factor_user_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("used_at", base.UtcDateTime(), nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_recovery_code_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_recovery_code_code_hash")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_recovery_code_user_id"), "recovery_code", ["user_id"])


def downgrade() -> None:
    for table in ("recovery_code", "second_factor", "throttle"):
        op.drop_table(table)
    with op.batch_alter_table("sign_in", table_kwargs={"sqlite_strict": True}) as batch_op:
        for column in ("confirmed_at", "idle_seconds", "idle_until"):
            batch_op.drop_column(column)
