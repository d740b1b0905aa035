"""The folder in which a file of a tray lay where it came from."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

STRICT = {"sqlite_strict": True}


def upgrade() -> None:
    with op.batch_alter_table("tray_file", table_kwargs=STRICT) as batch_op:
        batch_op.add_column(sa.Column("folder", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("tray_file", table_kwargs=STRICT) as batch_op:
        batch_op.drop_column("folder")
