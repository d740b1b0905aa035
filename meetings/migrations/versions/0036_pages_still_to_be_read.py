"""Pages of versions that were never read: where their text comes from is still to be seen."""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE page SET source = 'none' WHERE version_id IN"
        " (SELECT id FROM document_version WHERE header IS NULL)"
    )


def downgrade() -> None:
    """Leave what was not read before to be read again."""
