"""What happened to members after a day is found without looking through all that ever did."""

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_member_event_happened_on", "member_event", ["happened_on", "kind", "member_id"]
    )


def downgrade() -> None:
    op.drop_index("ix_member_event_happened_on", "member_event")
